"""Keeping what everybody is answered: the response cache for reads without a token.

An answer is kept by the bytes that asked for it (document, operation name and variables are in them) and the caller's
languages, and is given again for as long as nothing that it depends on has changed, by a commit or by the clock. What
it depends on, nobody declares (`hub/reading/depending.py`, `hub/changes/marks.py`).

::

    kept = cache.find(key, at)                      an answer that still holds, or None; before anything else is done
    …
    kept = await cache.awaited(key, at)             … or one that is being read for somebody else
    with cache.begun(key) as begun:                 else: who asks the same meanwhile waits for this one
        answer = …
        await cache.keep(begun, answer, body, …)

What is personal never comes in: answers to a token, `rateLimit`, costs and headers, errors.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphql_schema.execution import Answer
from graphql_schema.pricing import Cost
from graphql_schema.sending import mark
from hub.changes.feed import LOST
from hub.changes.marks import Marks
from hub.reading.depending import Span

Key = tuple[str, bytes, tuple[str, ...]]
"""How it was asked for, the bytes that were sent, and the caller's languages.

The same question in other bytes is another one. That costs a little room and is never wrong; to read JSON only to find
out that its answer is there would take as long as the rest of answering."""

ENTRY_BYTES = 1_500
"""About what an answer takes beside its texts: the objects that hold it, and its place in the order of use."""

LARGEST_SHARE = 8
"""An answer that would take more than this part of the whole is not kept: it would push out all others."""

LONGEST_WAIT = 1.0
"""Seconds for which an answer is waited for that somebody else has begun to read."""


@dataclass(slots=True)
class Kept:
    """An answer, what it cost, and for how long it holds."""

    body: bytes
    cost: Cost
    name: str
    """The operation's, as the log has it."""
    tables: tuple[str, ...]
    count: int
    """How much had been written when it was known to hold."""
    span: Span
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
        self._counts = {"hit": 0, "miss": 0, "outdated": 0, "evicted": 0}

    @property
    def counts(self) -> Mapping[str, int]:
        """What the figures tell, since the start; what was found outdated is a miss, too."""
        return self._counts

    def key(self, method: str, given: bytes, languages: tuple[str, ...]) -> Key | None:
        """Return what the answer to a caller without a token is kept by; None where nothing is kept."""
        return ("GET" if method == "HEAD" else method, given, languages) if self._most else None

    # ---- finding -------------------------------------------------------------------------------------------------

    def find(self, key: Key | None, at: dt.datetime) -> Kept | None:
        """Return the answer to the same request, where it still holds."""
        kept = None if key is None else self._holding(key, at)
        if kept is not None:
            self._counts["hit"] += 1
        return kept

    async def awaited(self, key: Key | None, at: dt.datetime) -> Kept | None:
        """Return the answer that is being read for somebody else who asks the same, where it then holds."""
        kept = self.find(key, at)
        begun = None if key is None else self._begun.get(key)
        # What was begun before a commit that this process knows of may be older than what its caller has seen.
        if kept is not None or begun is None or begun.count != self._marks.count:
            return kept
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT):
                await begun.ended.wait()
        return self.find(key, at)

    def _holding(self, key: Key, at: dt.datetime) -> Kept | None:
        kept = self._kept.get(key)
        if kept is None or not self._marks.known:
            return None
        count = self._marks.count
        written = kept.count != count and not self._marks.unwritten(kept.tables, kept.count)
        if written or at not in kept.span:
            # Whoever asked a moment before the answer turned does not take it from those who come after.
            if written or at >= kept.span.before:
                self._drop(key)
                self._counts["outdated"] += 1
            return None
        kept.count = count
        self._kept.move_to_end(key)
        return kept

    # ---- keeping -------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def begun(self, key: Key | None) -> Iterator[Begun | None]:
        """Let others who ask the same wait for what is read in this block."""
        if key is None:
            yield None
            return
        self._counts["miss"] += 1
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
        size = ENTRY_BYTES + len(begun.key[1]) + len(body)
        if size > self._most // LARGEST_SHARE:
            return
        span = Span()
        if depends.by_the_clock:
            try:
                span = await self._marks.span(depends, at)
            except LOST:
                return
        tables = tuple(depends.tables)
        if at not in span or not self._marks.unwritten(tables, begun.count):
            return
        self._drop(begun.key)
        self._kept[begun.key] = Kept(body, cost, name, tables, begun.count, span, size)
        self.size += size
        while self.size > self._most:
            self._drop(next(iter(self._kept)))
            self._counts["evicted"] += 1

    def _drop(self, key: Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.size -= kept.size
