"""Knowing what was written: which tables have changed since an answer was read, by this process or by another.

Each table that everybody may read has a mark (`hub/changes/models.py`), which is another one after each commit that
wrote it. What this process commits it knows at once; at the marks it looks whenever somebody says that they have
committed, and once a second by itself. Whoever has not looked for two seconds knows nothing, and says so.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Iterable
from typing import Any

import asyncpg
import orjson

from hub.changes.feed import LOST, PAUSE, Feed, woken_or_late
from hub.database.address import plain
from hub.reading.depending import NEVER, Dependencies
from hub.reading.turning import Turn, next_turn

BOUND = 2.0
"""Seconds after a commit of another process until which an older answer may be given."""

LOOK = "SELECT json_object_agg(name, mark)::text FROM table_mark"
SETTINGS = {"timezone": "UTC", "statement_timeout": "1s", "jit": "off", "application_name": "hub marks"}


class Marks:
    """What one process knows of the tables: a count of what was written, and for each table when that was last."""

    def __init__(self, url: str, feed: Feed) -> None:
        self._url, self._feed = url, feed
        self._connection: Any = None
        self._using = asyncio.Lock()
        self._seen = ""
        self._marks: dict[str, str] = {}
        self._fresh_until = 0.0
        self.count = 0
        """How often something was written; what is read from now on is as new as this."""
        self._written: dict[str, int] = {}
        self._turns: dict[Any, Turn] = {}

    # ---- what is known -------------------------------------------------------------------------------------------

    @property
    def known(self) -> bool:
        """Whether it is known what others have written until two seconds ago."""
        return time.monotonic() < self._fresh_until

    def cover(self, tables: frozenset[str]) -> bool:
        """Whether all of these tables have marks."""
        return tables <= self._marks.keys()

    def unwritten(self, tables: Iterable[str], since: int) -> bool:
        """Whether none of these tables was written since the count was this."""
        written = self._written
        return all(written.get(table, 0) <= since for table in tables)

    def note(self, tables: Iterable[str]) -> None:
        """Say that these tables were written, or may have been."""
        self.count += 1
        for table in tables:
            self._written[table] = self.count

    async def turns_at(self, dependencies: Dependencies, at: dt.datetime) -> dt.datetime:
        """Return the first instant, from this one on, at which an answer with these dependencies may turn."""
        turns = [dependencies.turns_at]
        if dependencies.daily:
            midnight = at.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            turns.append(midnight + dt.timedelta(days=1))
        for column in dependencies.columns:
            turn = self._turns.get(column)
            if turn is None or not turn.seen <= at <= turn.at or not self.unwritten([column.table.name], turn.count):
                count = self.count
                found = await self._ask(next_turn(column), at)
                turn = self._turns[column] = Turn(at, NEVER if found is None else found, count)
            turns.append(turn.at)
        return min(turns)

    # ---- how it comes to be known --------------------------------------------------------------------------------

    async def run(self) -> None:
        """Look again and again until cancelled."""
        try:
            with self._feed.waking() as woken:
                while True:
                    woken.clear()
                    await self._look()
                    await asyncio.sleep(PAUSE)
                    await woken_or_late(woken)
        finally:
            if self._connection is not None:
                self._connection.terminate()

    async def _look(self) -> None:
        began = time.monotonic()
        try:
            async with asyncio.timeout(BOUND):
                found = await self._ask(LOOK)
        except LOST:
            return
        if found != self._seen:
            marks: dict[str, str] = orjson.loads(found or "{}")
            # A table without a mark, or with its first one as far as this process knows, may have changed likewise.
            self.note(name for name in {*marks, *self._marks} if marks.get(name) != self._marks.get(name))
            self._seen, self._marks = found, marks
        self._fresh_until = began + BOUND

    async def _ask(self, statement: str, *values: Any) -> Any:
        async with self._using:
            if self._connection is None or self._connection.is_closed():
                self._connection = await asyncpg.connect(plain(self._url), server_settings=SETTINGS, timeout=BOUND)
            try:
                return await self._connection.fetchval(statement, *values)
            except (asyncio.CancelledError, TimeoutError):
                # A statement that was cancelled half-way leaves the connection in an unknown place.
                self._connection.terminate()
                raise
