"""Keeping what everybody is answered: the response cache for reads without a token.

An answer is kept by its document, operation name, variables and languages, as the bytes that were sent, and is given
again for as long as nothing that it depends on has changed, by a commit or by the clock. What it depends on, nobody
declares (`hub/reading/depending.py`, `hub/changes/marks.py`).

::

    kept = await cache.find(key, at)                    an answer that still holds, or None
    with cache.begun(key) as begun:                     else: who asks the same meanwhile waits for this one
        answer = …
        await cache.keep(begun, answer, body, …)

What is personal never comes in: answers to a token, `rateLimit`, costs and headers, errors.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import sys
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql_schema.execution import Answer
from graphql_schema.pricing import Cost
from graphql_schema.sending import mark
from hub.changes.feed import LOST
from hub.changes.marks import Marks
from hub.reading.asking import Asking
from hub.reading.depending import NEVER
from hub.viewer import ANONYMOUS

Key = tuple[str, str | None, str, tuple[str, ...]]
"""A document's text, the name of the operation, its variables and the caller's languages."""

ENTRY_BYTES = 1_500
"""About what an answer takes beside its texts: the objects that hold it, and its place in the order of use."""

LARGEST_SHARE = 8
"""An answer that would take more than this part of the whole is not kept: it would push out all others."""

LONGEST_WAIT = 1.0
"""Seconds for which an answer is waited for that somebody else has begun to read."""

ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(slots=True)
class Kept:
    """An answer, what it cost, and for how long it holds."""

    body: bytes
    cost: Cost
    name: str
    """The operation's, as the log has it."""
    tables: tuple[str, ...]
    count: int
    """How much had been written when it was begun to be read."""
    since: dt.datetime
    until: dt.datetime
    size: int
    marks: dict[str, bytes] = field(default_factory=dict)

    def mark(self, media_type: str) -> bytes:
        """Return the validator of the answer in this media type, made out once."""
        made = self.marks.get(media_type)
        if made is None:
            made = self.marks[media_type] = mark(self.body, media_type)
        return made


@dataclass(frozen=True, slots=True)
class Begun:
    """An answer that is being read, and how much had been written before."""

    key: Key
    count: int
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class ResponseCache:
    """The answers that one process keeps, up to so many bytes; with none it keeps nothing."""

    def __init__(self, marks: Marks, *, most: int) -> None:
        self._marks, self._most = marks, most
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._begun: dict[Key, Begun] = {}
        self.size = 0
        """About how many bytes it takes."""
        self.counts = {"hit": 0, "miss": 0, "outdated": 0, "evicted": 0}
        """What the figures tell, since the start; what was found outdated is a miss, too."""

    def key(self, text: str, name: str | None, variables: Mapping[str, Any], asking: Asking) -> Key | None:
        """Return what an answer is kept by; None where it is not for everybody."""
        if asking.viewer is not ANONYMOUS or not self._most:
            return None
        # As Python writes it, since that tells apart what JSON does not: `1e999` is null there.
        return text, name, repr(variables) if variables else "", asking.languages

    # ---- finding -------------------------------------------------------------------------------------------------

    async def find(self, key: Key | None, at: dt.datetime) -> Kept | None:
        """Return the answer to the same request where it still holds, also one that is about to be read."""
        if key is None:
            return None
        kept = self._holding(key, at)
        if kept is None:
            begun = self._begun.get(key)
            # What was begun before a commit that this process knows of may be older than what its caller has seen.
            if begun is not None and begun.count == self._marks.count:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LONGEST_WAIT):
                        await begun.ended.wait()
                    kept = self._holding(key, at)
        if kept is not None:
            self.counts["hit"] += 1
        return kept

    def _holding(self, key: Key, at: dt.datetime) -> Kept | None:
        kept = self._kept.get(key)
        if kept is None or not self._marks.known:
            return None
        if not self._marks.unwritten(kept.tables, kept.count) or at >= kept.until:
            self._drop(key)
            self.counts["outdated"] += 1
            return None
        if at < kept.since:
            return None
        self._kept.move_to_end(key)
        return kept

    # ---- keeping -------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def begun(self, key: Key | None) -> Iterator[Begun | None]:
        """Let others who ask the same wait for what is read in this block."""
        if key is None:
            yield None
            return
        self.counts["miss"] += 1
        begun = self._begun[key] = Begun(key, self._marks.count)
        try:
            yield begun
        finally:
            begun.ended.set()
            if self._begun.get(key) is begun:
                del self._begun[key]

    async def keep(
        self, begun: Begun | None, answer: Answer, body: bytes, *, at: dt.datetime, cost: Cost, name: str
    ) -> None:
        """Keep an answer, where it is known what it depends on and none of that was written while it was read."""
        depends = answer.dependencies
        if begun is None or answer.errors or depends is None or not depends.certain:
            return
        if not self._marks.cover(depends.tables):
            return
        text, _, variables, _ = begun.key
        size = ENTRY_BYTES + len(body) + sys.getsizeof(text) + sys.getsizeof(variables)
        if size > self._most // LARGEST_SHARE:
            return
        since, until = ALWAYS, NEVER
        if depends.by_the_clock:
            try:
                since, until = at, await self._marks.turns_at(depends, at)
            except LOST:
                return
        tables = tuple(depends.tables)
        if at >= until or not self._marks.unwritten(tables, begun.count):
            return
        self._drop(begun.key)
        self._kept[begun.key] = Kept(body, cost, name, tables, begun.count, since, until, size)
        self.size += size
        while self.size > self._most:
            self._drop(next(iter(self._kept)))
            self.counts["evicted"] += 1

    def _drop(self, key: Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.size -= kept.size
