"""Who waits when there is more to do than can be done at once, how many may, and who goes first.

Waiting is bounded for each class of work by itself, so that a flood of reads never keeps a response from being
submitted. Whoever finds the queue full is told at once to come back, instead of being kept until it is too late.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hub.errors import Overloaded

RETRY_AFTER = 2
"""Seconds after which it is worth trying again."""

URGENT_PLACES = 5
"""How many times as many may wait with something urgent as with anything else."""


class Queue:
    """One class of work: so many at once, so many who wait; the urgent ones have places of their own and go first."""

    def __init__(self, *, at_once: int, places: int) -> None:
        self._at_once = at_once
        self._places = {False: places, True: URGENT_PLACES * places}
        self._waiting: dict[bool, deque[asyncio.Future[None]]] = {False: deque(), True: deque()}
        self.under_way = 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(not turn.done() for line in self._waiting.values() for turn in line)

    async def enter(self, *, urgent: bool = False) -> None:
        """Wait for a turn; Overloaded at once where too many wait already."""
        if self.under_way < self._at_once:
            self.under_way += 1
            return
        line = self._waiting[urgent]
        if len(line) >= self._places[urgent]:
            raise Overloaded("OVERLOADED", retry_after=RETRY_AFTER)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()
            elif turn in line:
                line.remove(turn)
            raise

    def leave(self) -> None:
        """End one's turn; it passes to whoever waits longest with something urgent, else to whoever waits longest."""
        for line in (self._waiting[True], self._waiting[False]):
            while line:
                turn = line.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self.under_way -= 1

    @asynccontextmanager
    async def turn(self, *, urgent: bool = False) -> AsyncIterator[None]:
        """Have one's turn in this block; Overloaded at once where too many wait already."""
        await self.enter(urgent=urgent)
        try:
            yield
        finally:
            self.leave()


class Queues:
    """The classes of work of one process."""

    def __init__(self, *, connections: int, places: int) -> None:
        # A few more than there are connections: while one waits for the database, another is planned or written out.
        self.reads = Queue(at_once=4 * connections, places=places)
        self.writes = Queue(at_once=2 * connections, places=places)
        # Whoever signs in is on the way to something else: half of the connections are kept for those who are there.
        self.sign_ins = Queue(at_once=max(1, connections // 2), places=places)
        # Reading a document that nobody asked before takes the processor and no connection: one at a time.
        self.documents = Queue(at_once=1, places=places)
        # What is followed is read again and again: never by more than half of the connections.
        self.streams = Queue(at_once=max(1, connections // 2), places=places)
