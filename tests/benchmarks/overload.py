"""Ten times as much as can be done, for a minute: `python -m tests.benchmarks.overload`.

First one process shows what it can do: the heaviest read (Q3) over sixteen connections. Then ten times as many of them
arrive each second, whether or not the earlier ones were answered, while people go on submitting responses. Once that is
over, a single reader tells how long it takes until answers come as fast as before.

Every five seconds are a line: what was answered and refused, how long the answered and the submissions took, and the
memory of the process. Each submission is asked again after a refusal, as its `Retry-After` says.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import statistics
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from hub.database.server import database_at
from hub.settings import Settings
from tests.benchmarks import world
from tests.benchmarks.load import HEAD_END, LENGTH, BadAnswer, ask, request
from tests.benchmarks.measuring import People
from tests.benchmarks.places import HERE, database_of, prepared
from tests.benchmarks.queries import asked
from tests.benchmarks.reporting import table
from tests.benchmarks.servers import Server, hub_server, pinned_to_the_last

TIMES = 10
SPAN = 5.0
"""Seconds of one line of the report."""

TICK = 0.01
MOST_CONNECTIONS = 1_500
SUBMITTERS = 4
LIKE_BEFORE = 1.5
"""How many times as long as before an answer may take for the process to count as recovered."""


@dataclass
class Span:
    """What happened in a few seconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    submitted: list[float] = field(default_factory=list)
    put_off: int = 0
    memory: float = 0.0


class Caller(asyncio.Protocol):
    """One kept-alive connection: asks when it is told to, and says when it is free again."""

    def __init__(self, storm: Storm) -> None:
        self._storm, self._buffer, self._asked = storm, b"", 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be ready to ask."""
        self._transport = transport

    def ask(self, asked: bytes) -> None:
        """Send a request."""
        self._asked = time.perf_counter()
        self._transport.write(asked)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer, and count it when it is whole."""
        self._buffer += data
        end = self._buffer.find(HEAD_END)
        if end < 0:
            return
        head = self._buffer[:end].lower()
        start = head.index(LENGTH) + len(LENGTH)
        stop = head.find(b"\r\n", start)
        if len(self._buffer) < end + len(HEAD_END) + int(head[start:] if stop < 0 else head[start:stop]):
            return
        self._storm.count(int(self._buffer[9:12]), time.perf_counter() - self._asked)
        self._buffer = b""
        self._storm.free.append(self)

    def connection_lost(self, error: Exception | None) -> None:
        """Count a connection that the server closed."""
        if not self._storm.over:
            self._storm.lost += 1


class Storm:
    """Requests that arrive at a rate of their own."""

    def __init__(self, port: int, asked: bytes, rate: float) -> None:
        self._port, self._asked, self._rate = port, asked, rate
        self.free: deque[Caller] = deque()
        self.spans: list[Span] = []
        self.lost = self.unsent = self.made = 0
        self.over = False

    def count(self, status: int, seconds: float) -> None:
        """Count an answer."""
        span = self.spans[-1]
        span.statuses[status] += 1
        if status == 200:
            span.latencies.append(seconds)

    async def blow(self, seconds: float) -> None:
        """Send what is due, every hundredth of a second."""
        begun, sent = time.perf_counter(), 0
        while (now := time.perf_counter() - begun) < seconds:
            while sent < now * self._rate:
                await self._send()
                sent += 1
            await asyncio.sleep(TICK)
        self.over = True

    async def _send(self) -> None:
        if not self.free and self.made < MOST_CONNECTIONS:
            self.made += 1
            _, caller = await asyncio.get_running_loop().create_connection(
                lambda: Caller(self), "127.0.0.1", self._port
            )
            caller.ask(self._asked)
        elif self.free:
            self.free.popleft().ask(self._asked)
        else:
            self.unsent += 1


async def _submit(server: Server, requests: Iterator[bytes], storm: Storm) -> None:
    """Submit one response after another, each again until it is taken."""
    following: bytes | None = None
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    while not storm.over:
        following = following or next(requests)
        begun = time.perf_counter()
        writer.write(following)
        head = await reader.readuntil(HEAD_END)
        length = int(head.lower().split(LENGTH)[1].split(b"\r\n")[0])
        body = json.loads(await reader.readexactly(length))
        if head.startswith(b"HTTP/1.1 200"):
            assert not body["data"]["submitResponse"]["errors"], body
            storm.spans[-1].submitted.append(time.perf_counter() - begun)
            following = None
            await asyncio.sleep(0.05)
        else:
            storm.spans[-1].put_off += 1
            await asyncio.sleep(1)
    writer.close()


async def _watch(server: Server, storm: Storm) -> None:
    while not storm.over:
        storm.spans.append(Span())
        begun = time.perf_counter()
        while time.perf_counter() - begun < SPAN and not storm.over:
            await asyncio.sleep(0.25)
            storm.spans[-1].memory = max(storm.spans[-1].memory, server.memory)


async def _measure(url: str, settings: Settings, seconds: float) -> None:
    ids = await world.known(url)
    queries = {query.name: query for query in asked(ids)}
    heavy = request("/graphql", json.dumps(queries["Q3"].body_for("hub")).encode())
    submitting, people = json.dumps(queries["Q4"].body_for("hub")).encode(), People()
    responses = iter(lambda: request("/graphql", submitting, token=people.token()), b"")
    with ExitStack() as leaving:
        server = leaving.enter_context(hub_server(url, settings.keys_file, settings.data))
        await ask(server.port, _same(heavy), connections=16, seconds=2)
        measured = await ask(server.port, _same(heavy), connections=16, seconds=SPAN)
        alone = await ask(server.port, _same(heavy), connections=1, seconds=2)
        before, resting = statistics.median(alone.latencies), server.memory
        storm = Storm(server.port, heavy, TIMES * measured.per_second)
        typer.echo(
            f"Capacity: {measured.per_second:.0f} reads a second; {TIMES} times as many arrive for {seconds:g} s."
        )
        watching = asyncio.create_task(_watch(server, storm))
        await asyncio.sleep(0)
        people_submitting = [asyncio.create_task(_submit(server, responses, storm)) for _ in range(SUBMITTERS)]
        await storm.blow(seconds)
        calm = time.perf_counter()
        await asyncio.gather(watching, *people_submitting)
        while (await _one(server, heavy)) > LIKE_BEFORE * before:
            pass
        recovered = time.perf_counter() - calm
        table(typer.echo, HEADS, [_line(n, span) for n, span in enumerate(storm.spans)])
        typer.echo(f"Memory: {resting:.0f} MB before, {server.memory:.0f} MB after.")
        typer.echo(f"Connections that were opened: {storm.made:,}; closed by the hub: {storm.lost}; ")
        typer.echo(f"not sent because all of them were waiting: {storm.unsent:,}.")
        typer.echo(f"Answers as fast as before again: after {recovered:.2f} s (bounded: 30 s).")


HEADS = (
    "from s", "answered/s", "refused/s", "other", "p50 ms", "p99 ms", "submitted/s", "put off", "p99 ms", "memory MB",
)  # fmt: skip


def _line(number: int, span: Span) -> tuple[str, ...]:
    other = sum(many for status, many in span.statuses.items() if status not in {200, 503})
    return (
        f"{number * SPAN:.0f}",
        f"{span.statuses[200] / SPAN:.0f}",
        f"{span.statuses[503] / SPAN:.0f}",
        str(other),
        _share(span.latencies, 0.5),
        _share(span.latencies, 0.99),
        f"{len(span.submitted) / SPAN:.1f}",
        str(span.put_off),
        _share(span.submitted, 0.99),
        f"{span.memory:.0f}",
    )


def _share(latencies: list[float], share: float) -> str:
    ordered = sorted(latencies)
    return f"{1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]:.0f}" if ordered else "–"


def _same(asked: bytes) -> Iterator[bytes]:
    while True:
        yield asked


async def _one(server: Server, asked: bytes) -> float:
    """How long one answer takes; without end where it is still put off."""
    try:
        return (await ask(server.port, iter([asked]), connections=1, seconds=60)).latencies[0]
    except BadAnswer:
        return math.inf


def overload(
    database: Annotated[str | None, typer.Option(help="The URL of a server to use; unset, a private one.")] = None,
    directory: Annotated[Path, typer.Option(help="Where the private server, keys and logs are kept.")] = HERE,
    responses: Annotated[int, typer.Option(min=world.ANSWERED, help="How many responses the world has.")] = 20_000,
    seconds: Annotated[float, typer.Option(min=5, help="How long more arrives than can be done.")] = 60.0,
) -> None:
    """Ask ten times as much as can be done."""
    # What is asked again and again is to be read each time.
    os.environ["HUB_CACHE_BYTES"] = "0"
    directory.mkdir(parents=True, exist_ok=True)
    settings = Settings(data=directory, database_url=database)
    with database_at(settings, owner=True, say=typer.echo) as server:
        url = database_of(server, f"hub_benchmarks_{responses}")
        asyncio.run(prepared(url, settings, responses))
        pinned_to_the_last()
        uvloop.run(_measure(url, settings, seconds))


if __name__ == "__main__":
    typer.run(overload)
