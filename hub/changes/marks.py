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
from sqlalchemy import Column

from hub.changes.feed import LOST, PAUSE, Feed, woken_or_late
from hub.clock import midnight_before
from hub.database.address import plain
from hub.reading.depending import Dependencies, Span
from hub.reading.turning import between, neighbours

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
        self._spans: dict[Column[Any], tuple[Span, int]] = {}

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

    async def span(self, dependencies: Dependencies, at: dt.datetime) -> Span:
        """Return the time around an instant in which an answer with these dependencies holds, if nothing is written.

        The instant itself is not in it where the answer turns just then.
        """
        span = dependencies.span
        if dependencies.daily:
            # The day itself begins with its first instant.
            midnight = midnight_before(at)
            tomorrow = midnight_before(midnight + dt.timedelta(hours=36))
            span &= Span(midnight - dt.timedelta(microseconds=1), tomorrow)
        for column in dependencies.columns:
            known, count = self._spans.get(column, (None, 0))
            if known is None or at not in known or not self.unwritten([column.table.name], count):
                count = self.count
                known = between(await self._ask(neighbours(column), at))
                self._spans[column] = known, count
            span &= known
        return span

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
