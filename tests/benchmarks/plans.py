"""What PostgreSQL does for each read: whether its plan reads a large table from one end to the other, and its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hub.database.address import ask
from hub.settings import Settings
from tests.benchmarks import world
from tests.benchmarks.queries import Asked
from tests.reading.explaining import explained
from tests.talking import Somebody, talking

LARGE = 10_000
"""Rows from which on a table is large: a smaller one is read whole with good reason."""

TRIES = 3


@dataclass
class Plan:
    """A read as one class of viewer asks it: the large tables that are read whole, and the milliseconds of the best."""

    query: str
    viewer: str
    scanned: list[str]
    time: float


async def plans(settings: Settings, url: str, queries: Sequence[Asked]) -> list[Plan]:
    """Explain the statements that a hub in this process runs for the reads."""
    rows = ask(url, "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= $1", float(LARGE))
    large = {row["relname"] for row in rows}
    found = []
    # What is asked again runs no statement where the first answer was kept.
    async with talking(settings.model_copy(update={"cache_bytes": 0}), url) as hub:
        for asked in queries:
            for viewer in (Somebody("signed in", world.token_of(0)), Somebody("anonymous")):
                tries = [await explained(hub, asked.query, asked.variables, by=viewer) for _ in range(TRIES)]
                scanned = sorted(tries[-1].scanned & large)
                found.append(Plan(asked.name, viewer.name, scanned, min(plan.time for plan in tries)))
    return found
