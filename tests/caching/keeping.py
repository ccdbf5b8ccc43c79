"""Hubs that keep answers, and telling whether an answer was kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from hub.database.address import plain
from hub.settings import Settings
from tests.talking import Talking, talking

MEGABYTE = 2**20


@asynccontextmanager
async def keeping(url: str, data: Path, *, cache_bytes: int = 8 * MEGABYTE, **known: Any) -> AsyncIterator[Talking]:
    """Open a hub that keeps answers, as soon as it knows what was written."""
    settings = Settings(data=data, database_url=None, keys=None, cache_bytes=cache_bytes, **known)
    async with talking(settings, url) as hub:
        await until(lambda: hub.hub.marks.known)
        yield hub


async def until(holds: Any, *, seconds: float = 10.0) -> float:
    """Wait until something holds, and return how long that took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "It never came."
        await asyncio.sleep(0.005)
    return time.monotonic() - began


@contextmanager
def read(hub: Talking, *, times: int) -> Iterator[None]:
    """Assert that so many statements of reading are run in this block: what is kept runs none."""
    with hub.counting() as counted:
        yield
    assert counted == [times]


async def differs(hub: Talking, former: Any, query: str, variables: Mapping[str, Any] | None = None) -> float:
    """Wait until the answer is another one, and return how long that took."""
    began = time.monotonic()
    while await hub.ask(query, variables) == former:
        assert time.monotonic() - began < 10, "The answer never changed."
        await asyncio.sleep(0.005)
    return time.monotonic() - began


async def settled(hub: Talking) -> None:
    """Wait until this process has seen the marks of all that was written: what it writes it drops once more then."""
    rows = await hub.rows("SELECT name, mark::text AS mark FROM table_mark")
    marks = {row["name"]: row["mark"] for row in rows}
    await until(lambda: hub.hub.marks._marks == marks)


@asynccontextmanager
async def as_owner(hub: Talking) -> AsyncIterator[asyncpg.Connection]:
    """A connection past the hub."""
    connection = await asyncpg.connect(plain(hub.url))
    try:
        yield connection
    finally:
        await connection.close()
