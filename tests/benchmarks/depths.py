"""What a page costs deep in a list, and what a document costs that nobody asked before."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import asyncpg
from sqlalchemy import BigInteger, DateTime, Uuid

from hub.database.address import plain
from hub.keys import Keyring
from hub.reading.cursors import Cursors
from tests.benchmarks import world
from tests.benchmarks.load import answer, request
from tests.benchmarks.queries import Asked
from tests.benchmarks.servers import Server

PAGES = 200
UNSEEN = 20
SHALLOW = 10

RESPONSES = """
query ($after: String, $filter: ResponseFilter) {
  responses(first: 20, after: $after, filter: $filter, orderBy: RECEIVED_ASC) {
    nodes { id receivedAt language contentHash } pageInfo { hasNextPage endCursor }
  }
}
"""

CHANGES = """
query ($after: String) {
  changes(first: 20, after: $after) { nodes { position at type } pageInfo { hasNextPage endCursor } }
}
"""

RESPONSE_AT = """
SELECT to_char(received_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') AS key, id::text FROM response
WHERE consultation_id = $1 ORDER BY received_at, id OFFSET $2 LIMIT 1
"""
CHANGE_AT = "SELECT position FROM event WHERE public ORDER BY position OFFSET $1 LIMIT 1"


@dataclass
class Depth:
    """A list, and the milliseconds of a page of 20 near its start and near its end."""

    name: str
    row: int
    shallow: float
    deep: float


async def depths(server: Server, url: str, keys: Keyring, great: str) -> list[Depth]:
    """Measure pages of the greatest consultation's responses and of the change feed."""
    by_time = Cursors(keys, "Query.responses:received_asc", (DateTime(timezone=True), Uuid()))
    by_position = Cursors(keys, "Query.changes:position_asc", (BigInteger(),))
    connection = await asyncpg.connect(plain(url), server_settings={"timezone": "UTC"})
    try:
        responses = await connection.fetchval("SELECT count(*) FROM response WHERE consultation_id = $1", great)
        changes = await connection.fetchval("SELECT count(*) FROM event WHERE public")
        found = []
        for row in (SHALLOW, responses - 30):
            at = await connection.fetchrow(RESPONSE_AT, great, row)
            found.append(by_time.encode([at["key"], at["id"]]))
        passed = [await connection.fetchval(CHANGE_AT, row) for row in (SHALLOW, changes - 30)]
    finally:
        await connection.close()
    filtered = {"filter": {"consultation": f"Consultation_{great}"}}
    return [
        await _compared(server, "responses of one consultation", responses - 30, RESPONSES, filtered, found),
        await _compared(
            server, "change feed", changes - 30, CHANGES, {}, [by_position.encode([place]) for place in passed]
        ),
    ]


async def _compared(
    server: Server, name: str, row: int, query: str, variables: Mapping[str, object], cursors: list[str]
) -> Depth:
    taken: list[list[float]] = [[], []]
    for turn in range(PAGES + 5):
        for cursor, times in zip(cursors, taken, strict=True):
            took, body = await _timed(server, query, {**variables, "after": cursor})
            assert body.count(b'"contentHash"' if "responses" in name else b'"position"') == 20, body[:500]
            if turn >= 5:
                times.append(took)
    return Depth(name, row, *[statistics.median(times) for times in taken])


async def _timed(server: Server, query: str, variables: Mapping[str, object]) -> tuple[float, bytes]:
    asked = request("/graphql", json.dumps({"query": query, "variables": variables}).encode(), token=world.token_of(0))
    begun = time.perf_counter()
    body = await answer(server.port, asked)
    return 1000 * (time.perf_counter() - begun), body


def unseen(query: str) -> Iterator[str]:
    """Return versions of a query that nobody asked before: each has a response key of its own."""
    for n in range(UNSEEN):
        yield query.replace(" id ", f" unseen{time.time_ns()}{n}: id ", 1)


async def planning(server: Server, asked: Asked) -> tuple[float, float]:
    """Return the milliseconds of a document that is new, and of the same one seen twice before."""
    new, known = [], []
    for query in unseen(asked.query):
        times = [(await _timed(server, query, asked.variables))[0] for _ in range(4)]
        new.append(times[0])
        known.append(times[-1])
    return statistics.median(new), statistics.median(known)
