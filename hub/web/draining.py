"""Draining: from the signal to end until the last request under way is answered.

The first signal only says that the end has come: readiness turns to 503 at once, and for as long as the installation
wants (`HUB_DRAIN`) new requests are still taken, until whoever spreads them has noticed. Then new ones are refused with
`Retry-After` and what would last for ever is ended, and once nothing is under way, or it has taken too long, the server
is told to end as it always would.
A second signal is passed on at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

LONGEST_SECONDS = 18.0
"""How long requests under way are waited for, with the seconds in which new ones are taken: none may take longer."""

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Draining:
    """One process on its way out, or not yet."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.begun = False
        """Whether the process was told to end."""
        self.refusing = False
        """Whether it takes no new request any more."""
        self.ends: list[Callable[[], None]] = []
        """What ends whatever would last for ever, such as streams."""

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Count one request for as long as it is under way."""
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def drained(self) -> None:
        """Wait until the process may end."""
        self.begun = True
        await asyncio.sleep(self._seconds)
        self.refusing = True
        for end in self.ends:
            end()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_SECONDS - self._seconds):
                await self._idle.wait()

    @contextmanager
    def before_the_end(self) -> Iterator[None]:
        """Come before the server's own way of ending in this block, where that is in the main thread's hands."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        before = {int(number): signal.getsignal(number) for number in SIGNALS}
        waiting: list[asyncio.Task[None]] = []

        def told(number: int, frame: FrameType | None) -> None:
            ending = before[number]
            if not callable(ending):
                return
            if self.begun:
                ending(number, frame)
                return
            self.begun = True
            loop.call_soon_threadsafe(lambda: waiting.append(loop.create_task(self._end(ending, number))))

        for number, ending in before.items():
            if callable(ending):
                signal.signal(number, told)
        try:
            yield
        finally:
            for number, ending in before.items():
                if signal.getsignal(number) is told:
                    signal.signal(number, ending)

    async def _end(self, ending: Callable[[int, FrameType | None], Any], number: int) -> None:
        await self.drained()
        ending(number, None)
