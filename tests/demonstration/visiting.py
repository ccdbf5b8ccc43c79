"""Looking at the demonstration as anybody does: over GraphQL, on the day on which it was loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hub import clock
from hub.demonstration.loading import load
from hub.files.store import Store
from hub.importing.summary import Unwatched
from hub.settings import Settings
from tests.conftest import fresh_database
from tests.talking import Talking, talking

NOW = dt.datetime(2026, 11, 23, 20, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="package")
async def visited(template: str, data: Path) -> AsyncIterator[Talking]:
    """A hub that the demonstration was loaded into, for all who only look."""
    async with (
        fresh_database(template) as url,
        talking(Settings(data=data, database_url=None, keys=None), url) as hub,
    ):
        with clock.stopped_at(NOW):
            await load(hub.hub.changes, Store(data), progress=Unwatched())
        yield hub


async def known(hub: Talking, name: str, kind: str) -> str:
    """The id of something of the demonstration."""
    (row,) = await hub.rows("SELECT id FROM entry WHERE imported_from = :name", name=name)
    return f"{kind}_{row['id']}"


async def seen(hub: Talking, query: str, id_: str) -> Any:
    """What anybody reads of it."""
    with hub.at(NOW):
        return (await hub.ask(query, {"id": id_}))["node"]
