"""What PostgreSQL does for an operation: the hub's one statement, explained with the plan that serves every caller."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg

from hub.database.address import plain
from hub.reading.connections import READ_SETTINGS
from tests.talking import Somebody, Talking


@dataclass(frozen=True)
class Explained:
    """Which tables a plan reads from one end to the other, how many pages it looks at, and its milliseconds."""

    scanned: frozenset[str]
    pages: int
    """Of 8 kB, each as often as it is looked at: a measure of the work that no other program disturbs."""
    time: float


async def explained(
    hub: Talking, query: str, variables: Mapping[str, Any] | None = None, *, by: Somebody | None = None
) -> Explained:
    """Ask the hub, and explain the statement that it ran for it."""
    async with _noted(hub) as seen:
        await hub.ask(query, variables, by=by)
    ((sql, arguments),) = seen
    connection = await asyncpg.connect(plain(hub.url), server_settings=READ_SETTINGS, statement_cache_size=0)
    try:
        # Only what was prepared has the plan without the values, which is what the hub's readers keep.
        prepared = await connection.prepare(sql, name="explained")
        values = [
            await connection.fetchval(f"SELECT quote_nullable(($1::{type_.name})::text)", value)
            for type_, value in zip(prepared.get_parameters(), arguments, strict=True)
        ]
        run = f"explained({', '.join(values)})" if values else "explained"
        await connection.execute(f"EXECUTE {run}")
        (plan,) = json.loads(await connection.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE {run}"))
    finally:
        await connection.close()
    scans = [node for node in _nodes(plan["Plan"]) if node["Node Type"] == "Seq Scan" and node["Actual Loops"]]
    pages = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    return Explained(frozenset(node["Relation Name"] for node in scans), pages, plan["Execution Time"])


@asynccontextmanager
async def _noted(hub: Talking) -> AsyncIterator[list[tuple[str, Sequence[Any]]]]:
    """Note each statement of reading that the hub runs in this block."""
    seen: list[tuple[str, Sequence[Any]]] = []
    readers = hub.hub.readers
    value = readers.value

    async def noting(sql: str, arguments: Sequence[Any], *, keep: bool = True) -> Any:
        seen.append((sql, arguments))
        return await value(sql, arguments, keep=keep)

    readers.value = noting  # type: ignore[method-assign]
    try:
        yield seen
    finally:
        readers.value = value  # type: ignore[method-assign]


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
