"""Writing many rows at once, by PostgreSQL's COPY, in the transaction of a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hub.changes.change import Change


async def copy_rows(change: Change, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write these rows as they come; what was added to the session before is written first."""
    await change.session.flush()
    connection = await change.session.connection()
    driver = (await connection.get_raw_connection()).driver_connection
    if driver is None:
        raise TypeError("A session that has begun has a connection.")
    await driver.copy_records_to_table(table, columns=list(columns), records=rows)
