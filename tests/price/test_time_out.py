"""An operation that takes too long: it is refused, its statement ends in the database, and no connection is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Text, cast, func, select

from hub.database.address import plain
from hub.reading.readable import Expression, readables
from tests.cast import a_citizen
from tests.making.people import some_territories
from tests.price.priced import a_limited_hub
from tests.talking import Talking

SLOW = '{ territories(first: 1) { nodes { code } } }'
QUICK = "{ territories(first: 1) { nodes { id } } }"
RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()"


def asleep(row: Any, call: Any) -> Any:
    """The code of a territory, which the database takes a minute to find."""
    slept = select(func.pg_sleep(60).label("slept")).subquery()
    return func.concat(row.code, select(func.left(cast(slept.c.slept, Text), 0)).scalar_subquery())


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one field be slow, and nobody wait long for it."""
    monkeypatch.setitem(readables["Territory"].fields, "code", Expression(asleep))
    monkeypatch.setattr("graphql_schema.http.TIME_OUT", 0.4)


async def running(url: str) -> int:
    """Return how many statements sleep in the database, when all that are being ended have ended."""
    connection = await asyncpg.connect(plain(url))
    try:
        for _ in range(100):
            found: int = await connection.fetchval(RUNNING)
            if not found:
                break
            await asyncio.sleep(0.05)
        return found
    finally:
        await connection.close()


@pytest.mark.usefixtures("slow")
async def test_a_slow_statement_ends_with_its_request(database_url: str, data: Path) -> None:
    async with a_limited_hub(database_url, data, pool=2) as hub:
        await some_territories(hub)
        refused = await asyncio.gather(*[hub.post(SLOW, headers={"accept-language": "en"}) for _ in range(5)])
        for response in refused:
            assert (response.status_code, response.headers["retry-after"]) == (503, "5")
            assert response.json() == {"errors": [{
                "message": "The answer took too long and was stopped: ask for less at once, or try later.",
                "extensions": {"code": "TIME_OUT", "reason": "TIME_OUT",
                               "requestId": response.headers["x-request-id"]},
            }]}  # fmt: skip
        assert await running(database_url) == 0
        readers, queues = hub.hub.readers, hub.hub.admission.queues
        assert (queues.reads.under_way, queues.reads.waiting) == (0, 0)
        # The pool is whole: as many as there may be are answered at once, each by a connection of its own.
        answered = await asyncio.gather(*[hub.ask(QUICK) for _ in range(10)])
        assert len(answered) == 10
        assert readers._made == len(readers._free) <= 2
        assert len(readers._waiting) == 0


async def test_a_caller_who_leaves_takes_their_statement_along(
    database_url: str, data: Path, slow: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphql_schema.http.TIME_OUT", 30.0)
    async with a_limited_hub(database_url, data, pool=2) as hub:
        await some_territories(hub)
        asking = asyncio.create_task(hub.post(SLOW))
        await until_asleep(hub)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert await running(database_url) == 0
        assert hub.hub.admission.queues.reads.under_way == 0
        assert await hub.ask(QUICK)


async def until_asleep(hub: Talking) -> None:
    for _ in range(200):
        rows = await hub.rows(RUNNING)
        if rows[0]["count"]:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("The statement never began.")


async def test_an_act_that_takes_too_long_is_undone(
    hub: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphql_schema.http.TIME_OUT", 0.4)
    ana = await a_citizen(hub)
    await hub.ask("{ viewer { signedIn } }", by=ana)
    await hub.forget()
    original = type(hub.hub.changes).begin

    async def sleeping(change: Any) -> None:
        await change.session.execute(select(func.pg_sleep(60)))

    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def begin(self: Any, *given: Any, **known: Any) -> Any:
        async with original(self, *given, **known) as change:
            await sleeping(change)
            yield change

    monkeypatch.setattr(type(hub.hub.changes), "begin", begin)
    mutation = """mutation { askRepresentation(input: {organizationId: "Organization_00000000-0000-7000-8000-000000000000",
        powers: [ANSWER], evidence: "x"}) { event } }"""
    response = await hub.post(mutation, by=ana)
    monkeypatch.undo()
    assert response.status_code in (200, 503), response.text
    assert await running(hub.url) == 0
    assert await hub.log() == []
    assert hub.hub.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
