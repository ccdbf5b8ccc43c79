"""Following the log: every follower reads on from its own position, and is woken after each commit.

The log is the truth and the wake-up only a hint: a lost one costs a second, because followers look by
themselves that often. So connections may fail and processes may restart, and nobody misses or repeats a
fact.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from hub import clock
from hub.changes.event import Event
from hub.changes.models import LoggedEvent
from hub.database.address import plain
from hub.viewer import Viewer
from hub.visibility import PlainSight, visible_rows

CHANNEL = "hub"
PAUSE = 0.025
"""Seconds between two wake-ups of one process, however much it commits."""

POLL = 1.0
"""Seconds after which a follower looks by itself."""

PAGE = 500
LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)


@dataclass(frozen=True)
class Fact:
    """A committed event as its reader may see it: the hub itself sees all, everybody else what is public."""

    position: int
    at: dt.datetime
    type: str
    entity_id: UUID | None
    entry_id: UUID | None
    facts: dict[str, Any]


class Relay:
    """Tells all processes of a commit, on a connection of its own and never inside a write."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._dirty = asyncio.Event()

    def mark(self) -> None:
        """Say that something was committed; costs nothing and may be said often."""
        self._dirty.set()

    async def run(self) -> None:
        """Send the wake-ups until cancelled; one that fails is made up for by the followers' own looking."""
        connection: Any = None
        try:
            while True:
                await self._dirty.wait()
                self._dirty.clear()
                try:
                    if connection is None or connection.is_closed():
                        connection = await asyncpg.connect(plain(self._url))
                    await connection.execute(f"NOTIFY {CHANNEL}")
                except LOST:
                    connection = None
                await asyncio.sleep(PAUSE)
        finally:
            if connection is not None:
                connection.terminate()


class Feed:
    """The log as it grows, for all followers of this process over one listening connection."""

    def __init__(self, engine: AsyncEngine, url: str) -> None:
        self._engine = engine
        self._url = url
        self._followers: set[asyncio.Event] = set()

    def wake(self) -> None:
        """Let every follower look now."""
        for follower in self._followers:
            follower.set()

    @contextmanager
    def waking(self) -> Iterator[asyncio.Event]:
        """An event for this block that is set whenever somebody says that they have committed."""
        woken = asyncio.Event()
        self._followers.add(woken)
        try:
            yield woken
        finally:
            self._followers.discard(woken)

    async def listen(self) -> None:
        """Hear the wake-ups until cancelled; a lost connection is made again, after a moment that varies."""
        while True:
            with suppress(*LOST):
                await self._hear()
            await asyncio.sleep(random.uniform(0.05, 0.5))  # noqa: S311 - spreads the reconnections, no secret

    async def _hear(self) -> None:
        lost = asyncio.Event()
        connection = await asyncpg.connect(plain(self._url))
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, lambda *_: self.wake())
            self.wake()
            await lost.wait()
        finally:
            connection.terminate()

    async def newest(self) -> int:
        """Return the last position of the log; 0 if it is empty."""
        async with self._engine.connect() as connection:
            found = await connection.execute(select(func.coalesce(func.max(LoggedEvent.position), 0)))
            return int(found.scalar_one())

    async def read(self, after: int, *, viewer: Viewer, limit: int = PAGE, types: Collection[str] = ()) -> list[Fact]:
        """Return what happened after a position, in commit order, as this viewer may see it."""
        sight = PlainSight(viewer, clock.now())
        statement = (
            select(
                LoggedEvent.position,
                LoggedEvent.at,
                LoggedEvent.type,
                LoggedEvent.entity_id,
                LoggedEvent.entry_id,
                LoggedEvent.facts,
            )
            .where(LoggedEvent.position > after, visible_rows(LoggedEvent, LoggedEvent, sight))
            .order_by(LoggedEvent.position)
            .limit(limit)
        )
        if types:
            statement = statement.where(LoggedEvent.type.in_(types))
        async with self._engine.connect() as connection:
            rows = (await connection.execute(statement)).all()
        facts = [Fact(*row) for row in rows]
        return facts if viewer.system else [public_view(fact) for fact in facts]

    async def follow(self, after: int, *, viewer: Viewer, types: Collection[str] = ()) -> AsyncIterator[Fact]:
        """Yield everything after a position, then everything that follows, until cancelled."""
        with self.waking() as woken:
            while True:
                # Cleared before looking: what is committed while this looks wakes it again.
                woken.clear()
                facts = await self._look(after, viewer, types)
                for fact in facts:
                    after = fact.position
                    yield fact
                if len(facts) < PAGE:
                    await woken_or_late(woken)

    async def _look(self, after: int, viewer: Viewer, types: Collection[str]) -> list[Fact]:
        try:
            return await self.read(after, viewer=viewer, types=types)
        except (DBAPIError, OSError):
            # The database is away: what was missed is read when it is back.
            return []


async def woken_or_late(woken: asyncio.Event) -> None:
    """Wait until somebody says that they have committed, and a second at most."""
    try:
        async with asyncio.timeout(POLL):
            await woken.wait()
    except TimeoutError:
        return


@cache
def event_types() -> dict[str, type[Event]]:
    """Return every kind of event by its name."""
    found: dict[str, type[Event]] = {}
    waiting = Event.__subclasses__()
    while waiting:
        kind = waiting.pop()
        found[kind.__name__] = kind
        waiting.extend(kind.__subclasses__())
    return found


def public_view(fact: Fact) -> Fact:
    """Return what everybody may read of a fact: the fields that its class declares public, no other id."""
    kind = event_types()[fact.type]
    facts = {name: value for name, value in fact.facts.items() if name in kind.public}
    entity_id = fact.entity_id if kind.entity in kind.public else None
    return Fact(fact.position, fact.at, fact.type, entity_id, fact.entry_id, facts)
