"""Broadcasting: one reading of what is followed, for everybody who would be told the same.

A subscription is a query that is asked again whenever the log names what it is about, and told where its answer is
another one than before. Everybody without a token who asks the same document with the same variables in the same
language listens to one broadcast, so a thousand of them cost one statement; whoever shows a token has their own.

Nothing is queued: there is only the newest answer. Whoever takes it late misses states in between, and no memory grows.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from uuid import UUID

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError

from hub.changes.feed import Fact, Feed
from hub.errors import Overloaded
from hub.viewer import SYSTEM

log = structlog.get_logger("hub.graphql")

PAUSE = 0.25
"""Seconds at least between two readings of one broadcast, however much happens."""

LEISURE = 4
"""How many times as long as a reading took nothing is read after it: what is dear is read less often."""

REFRESH = 5.0
"""Seconds after which it is read again without a cause: the clock may have changed it, or a statement by hand."""

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    OSError,
    Overloaded,
)
"""What keeps a reading from being made now, and may not the next time."""


@dataclass(frozen=True)
class Turn:
    """What is told at one moment: the whole answer as JSON, and whether it is the last one."""

    number: int
    text: str
    last: bool
    failed: bool = False
    """Whether it could not be read, so that the text holds errors only."""

    @cached_property
    def frame(self) -> bytes:
        """The answer as an event of an event stream, made once for all who get it."""
        return next_event(self.text.encode())


def next_event(answer: bytes) -> bytes:
    """Return an answer as an event of an event stream, whose lines end in LF."""
    return b"event: next\ndata: " + answer.replace(b"\n", b"\ndata: ") + b"\n\n"


class Listener(Protocol):
    """Whoever is told."""

    def wake(self) -> None:
        """Hear that there is something new."""

    def pay(self, part: float) -> None:
        """Pay this part of a reading."""

    @property
    def solvent(self) -> bool:
        """Whether they have something to pay with."""


Reading = Callable[[], Awaitable[tuple[str, bool]]]
"""Reads the answer as it is now, and whether more may come."""

Failing = Callable[[Exception], str]
"""Says in GraphQL's form that a reading failed."""


class Broadcast:
    """What is told to everybody who listens."""

    def __init__(self, topic: UUID | None, read: Reading, failing: Failing) -> None:
        self.topic, self._read, self._failing = topic, read, failing
        self.listeners: set[Listener] = set()
        self.turn: Turn | None = None
        self._due = asyncio.Event()

    def look(self) -> None:
        """Read again soon: something has happened."""
        self._due.set()

    async def run(self) -> None:
        """Read again and again until nothing more may come, or until cancelled."""
        loop = asyncio.get_running_loop()
        while self.turn is None or not self.turn.last:
            began = loop.time()
            self._due.clear()
            if self.turn is None or any(listener.solvent for listener in self.listeners):
                await self._once()
            await asyncio.sleep(max(PAUSE, LEISURE * (loop.time() - began)))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(REFRESH):
                    await self._due.wait()

    async def _once(self) -> None:
        before = self.turn
        try:
            text, goes_on = await self._read()
            turn = Turn(before.number + 1 if before else 1, text, last=not goes_on)
        except LOST as error:
            if before is not None and isinstance(error, Overloaded):
                self.look()  # It is nobody's turn for ever: after the pause it may be ours.
                return
            if before is not None:
                log.warning("a stream waits", exc_info=error)
                return
            turn = Turn(1, self._failing(error), last=True, failed=True)
        except Exception as error:  # noqa: BLE001 - a surprise ends the stream, and whoever listens is told a number
            turn = Turn(before.number + 1 if before else 1, self._failing(error), last=True, failed=True)
        if before is not None:  # The first reading was paid for by asking.
            for listener in self.listeners:
                listener.pay(1 / len(self.listeners))
        if before is not None and (turn.text, turn.last) == (before.text, before.last):
            return
        self.turn = turn
        for listener in self.listeners:
            listener.wake()


class Broadcasts:
    """What is followed in one process, and the one who reads the log for all of it."""

    def __init__(self, feed: Feed, doubt: Callable[[Fact], None]) -> None:
        self._feed, self._doubt = feed, doubt
        self._known: dict[Hashable, tuple[Broadcast, asyncio.Task[None]]] = {}
        self._by_topic: defaultdict[UUID, set[Broadcast]] = defaultdict(set)
        self._following: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._known)

    def join(self, key: Hashable, listener: Listener, make: Callable[[], Broadcast]) -> Broadcast:
        """Listen to the broadcast of this key, which begins with its first listener."""
        broadcast, task = self._known.get(key) or (None, None)
        if broadcast is None or task is None or task.done():
            broadcast = make()
            self._known[key] = (broadcast, asyncio.create_task(broadcast.run()))
            if broadcast.topic is not None:
                self._by_topic[broadcast.topic].add(broadcast)
        broadcast.listeners.add(listener)
        if self._following is None:
            self._following = asyncio.create_task(self._follow())
        return broadcast

    def leave(self, key: Hashable, broadcast: Broadcast, listener: Listener) -> None:
        """Listen no more; what nobody listens to ends."""
        broadcast.listeners.discard(listener)
        if broadcast.listeners:
            return
        if broadcast.topic is not None:
            self._by_topic[broadcast.topic].discard(broadcast)
            if not self._by_topic[broadcast.topic]:
                del self._by_topic[broadcast.topic]
        known, task = self._known.get(key, (None, None))
        if known is broadcast and task is not None:
            task.cancel()
            del self._known[key]
        if not self._known and self._following is not None:
            self._following.cancel()
            self._following = None

    async def _follow(self) -> None:
        """Read the log for as long as anybody listens, and look again at what it names."""
        after = await self._newest()
        for broadcast, _ in list(self._known.values()):
            broadcast.look()  # What was committed while its first reading was made is before this position.
        async for fact in self._feed.follow(after, viewer=SYSTEM):
            self._doubt(fact)
            for broadcast in self._by_topic.get(fact.entry_id, ()) if fact.entry_id else ():
                broadcast.look()

    async def _newest(self) -> int:
        while True:
            try:
                return await self._feed.newest()
            except (DBAPIError, OSError) as error:
                log.warning("a stream waits", exc_info=error)
                await asyncio.sleep(1)

    async def close(self) -> None:
        """End everything."""
        tasks = [task for _, task in self._known.values()]
        tasks += [self._following] if self._following is not None else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
