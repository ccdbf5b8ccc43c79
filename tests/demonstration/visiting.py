"""The demonstration, loaded once, and looking at it as anybody does: over GraphQL, on the day of its loading."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from hub import clock
from hub.demonstration.loading import load
from hub.files.store import Store
from hub.importing.summary import Unwatched
from hub.settings import Settings
from tests.conftest import fresh_database
from tests.importing.conftest import changing
from tests.talking import Talking, talking

NOW = dt.datetime(2026, 11, 23, 20, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="package")
async def loaded(template: str, data: Path) -> AsyncIterator[str]:
    """The name of a database that the demonstration was loaded into, which nobody stopped; others are copies of it."""
    async with fresh_database(template) as url:
        async with changing(url) as changes:
            with clock.stopped_at(NOW):
                await load(changes, Store(data), progress=Unwatched())
        yield urlsplit(url).path.lstrip("/")


@pytest.fixture(scope="package")
async def visited(template: str, data: Path, loaded: str) -> AsyncIterator[Talking]:
    """A hub with the demonstration in it, for all who only look."""
    async with (
        fresh_database(template, like=loaded) as url,
        talking(Settings(data=data, database_url=None, keys=None), url) as hub,
    ):
        yield hub


async def known(hub: Talking, name: str, kind: str) -> str:
    """The id of something of the demonstration."""
    (row,) = await hub.rows("SELECT id FROM entry WHERE imported_from = :name", name=name)
    return f"{kind}_{row['id']}"


async def seen(hub: Talking, query: str, id_: str) -> Any:
    """What anybody reads of it."""
    with hub.at(NOW):
        return (await hub.ask(query, {"id": id_}))["node"]
