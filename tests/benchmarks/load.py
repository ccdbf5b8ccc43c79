"""The load: raw HTTP/1.1 over kept-alive connections, each with one request under way, as fast as answers come.

Parsing an answer is finding its length; everything else about it is checked once, before anything is timed. So one
process asks several times faster than any of the servers answers, and the report shows how busy it was.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

LENGTH = b"content-length:"
HEAD_END = b"\r\n\r\n"
FINE = b"HTTP/1.1 200"
PATIENCE = 90.0
"""Seconds that requests under way may take after the end of a round; a server that needs more is not measured."""


class BadAnswer(AssertionError):
    """A server answered something else than it did before the measurement."""


def request(path: str, body: bytes, *, token: str | None = None) -> bytes:
    """Return the bytes of one POST request."""
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
        f"{authorization}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


Good = Callable[[bytes], bool]


@dataclass
class Round:
    """What one round measured."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0


class Asker(asyncio.Protocol):
    """One connection that asks again as soon as it was answered."""

    def __init__(self, requests: Iterator[bytes], until: float, good: Good, measured: Round) -> None:
        self._requests, self._until, self._good, self._measured = requests, until, good, measured
        self._buffer = b""
        self._asked = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        now = time.perf_counter()
        following = next(self._requests, None) if now < self._until else None
        if following is None:
            self._finish()
            return
        self._asked = now
        self._transport.write(following)  # type: ignore[attr-defined]

    def _finish(self, error: Exception | None = None) -> None:
        if not self.done.done():
            if error is None:
                self.done.set_result(None)
            else:
                self.done.set_exception(error)
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer; once it is whole, ask again."""
        buffer = self._buffer = self._buffer + data if self._buffer else data
        end = buffer.find(HEAD_END)
        if end < 0:
            return
        head = buffer[:end].lower()
        start = head.index(LENGTH) + len(LENGTH)
        stop = head.find(b"\r\n", start)
        length = int(head[start:] if stop < 0 else head[start:stop])
        if len(buffer) < end + len(HEAD_END) + length:
            return
        self._measured.latencies.append(time.perf_counter() - self._asked)
        self._buffer = b""
        if not buffer.startswith(FINE) or not self._good(buffer[end + len(HEAD_END) :]):
            self._finish(BadAnswer(buffer[:2000].decode(errors="replace")))
            return
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        """End the round of this connection."""
        self._finish(error or (None if self.done.done() else BadAnswer("The connection was closed.")))


async def ask(
    port: int, requests: Iterator[bytes], *, connections: int, seconds: float, good: Good = lambda body: True
) -> Round:
    """Ask over this many connections for this long, or until the requests are used up."""
    loop, measured, begun = asyncio.get_running_loop(), Round(), time.perf_counter()
    made = [
        await loop.create_connection(lambda: Asker(requests, begun + seconds, good, measured), "127.0.0.1", port)
        for _ in range(connections)
    ]
    async with asyncio.timeout(seconds + PATIENCE):
        await asyncio.gather(*(asker.done for _, asker in made))
    measured.seconds = time.perf_counter() - begun
    return measured


async def answer(port: int, asked: bytes) -> bytes:
    """Return the body of one answer."""
    bodies: list[bytes] = []

    def keep(body: bytes) -> bool:
        bodies.append(body)
        return True

    await ask(port, iter([asked]), connections=1, seconds=PATIENCE, good=keep)
    return bodies[0]
