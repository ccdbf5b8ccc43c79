"""Measuring: alternating rounds of every query on every server, and what each request cost."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.benchmarks import world
from tests.benchmarks.forms import masked
from tests.benchmarks.load import Round, answer, ask, request
from tests.benchmarks.queries import Asked
from tests.benchmarks.servers import Backends, Server

READER = 0
"""The person who reads; all others answer once each."""

WARMING = 1.0
"""Seconds, at most, for which every server is asked before it is measured."""


@dataclass
class Measured:
    """All rounds of one query on one server at one number of connections."""

    rounds: list[Round] = field(default_factory=list)
    server_cpu: float = 0.0
    database_cpu: float = 0.0
    driver_cpu: float = 0.0

    @property
    def requests(self) -> int:
        """How many requests were answered."""
        return sum(len(measured.latencies) for measured in self.rounds)

    @property
    def per_second(self) -> float:
        """Requests a second in the middlemost round."""
        return statistics.median(measured.per_second for measured in self.rounds)

    def latency(self, share: float) -> float:
        """Milliseconds within which this share of the requests was answered."""
        latencies = sorted(latency for measured in self.rounds for latency in measured.latencies)
        return 1000 * latencies[min(int(share * len(latencies)), len(latencies) - 1)]

    def per_request(self, seconds: float) -> float:
        """Milliseconds for each request."""
        return 1000 * seconds / max(self.requests, 1)


class People:
    """The tokens of those who have not answered yet: each is given out once."""

    def __init__(self) -> None:
        self._next = iter(range(1, world.PERSONS))

    def token(self) -> str | None:
        """Return the next one, or None where all have answered."""
        person = next(self._next, None)
        return None if person is None else world.token_of(person)


class Bench:
    """The servers, what they are asked, and what was measured."""

    def __init__(self, queries: Sequence[Asked], backends: Backends, *, seconds: float) -> None:
        self.queries, self.seconds = queries, seconds
        self.measured: dict[tuple[str, str, str, int], Measured] = {}
        self._backends, self._people = backends, People()

    def requests(self, server: Server, asked: Asked, *, signed_in: bool) -> Iterator[bytes]:
        """Return the requests of a query, without end, or until everybody has answered."""
        path = f"/{asked.name}" if server.name == "bare" else "/graphql"
        body = json.dumps(asked.body_for(server.name)).encode()
        if server.blind or not asked.writes:
            same = request(path, body, token=world.token_of(READER) if signed_in else None)
            while True:
                yield same
        while (token := self._people.token()) is not None:
            yield request(path, body, token=token)

    async def answer(self, server: Server, asked: Asked, *, signed_in: bool = True) -> bytes:
        """Return what a server answers to a query."""
        return await answer(server.port, next(self.requests(server, asked, signed_in=signed_in)))

    async def require_equal(self, servers: Sequence[Server]) -> dict[str, bytes]:
        """Assert that all of them give the same answers; return those of the first."""
        bodies: dict[str, bytes] = {}
        for asked in self.queries:
            asked_of = [server for server in servers if asked.asks(server.name)]
            for signed_in in (True,) if asked.writes else (True, False):
                given = [await self.answer(server, asked, signed_in=signed_in) for server in asked_of]
                first, *others = [masked(json.loads(body)) if asked.writes else json.loads(body) for body in given]
                assert "errors" not in first, first
                for server, other in zip(asked_of[1:], others, strict=True):
                    differs = f"{asked.name}: {server.name} does not answer what {asked_of[0].name} does"
                    assert server.form(other) == server.form(first), f"{differs}: {other!s:.500}"
                bodies.setdefault(asked.name, given[0])
        return bodies

    async def warm(self, server: Server, asked: Asked, *, connections: int) -> None:
        """Ask for a moment without measuring: connections are opened, statements prepared, hot code compiled."""
        requests = self.requests(server, asked, signed_in=True)
        await ask(server.port, requests, connections=connections, seconds=min(WARMING, self.seconds))

    async def round(self, server: Server, asked: Asked, *, connections: int, signed_in: bool = True) -> None:
        """Measure one round."""
        who = "" if signed_in else "anonymous"
        kept = self.measured.setdefault((asked.name, who, server.name, connections), Measured())
        expected = len(await self.answer(server, asked, signed_in=signed_in))
        spread = 16 if asked.writes else 0

        def good(body: bytes) -> bool:
            return abs(len(body) - expected) <= spread and b'"errors":[{' not in body

        server_cpu, database_cpu, driver_cpu = server.cpu, self._backends.cpu, time.process_time()
        requests = self.requests(server, asked, signed_in=signed_in)
        kept.rounds.append(await ask(server.port, requests, connections=connections, seconds=self.seconds, good=good))
        kept.driver_cpu += time.process_time() - driver_cpu
        kept.server_cpu += server.cpu - server_cpu
        kept.database_cpu += self._backends.cpu - database_cpu
