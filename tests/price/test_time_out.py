"""An operation that takes too long: it is refused, its statement ends in the database, and no connection is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Text, cast, func, select

from hub.changes.change import Change, Changes
from hub.database.address import plain
from hub.reading.readable import Expression, readables
from tests.cast import a_citizen
from tests.making.people import a_territory
from tests.price.priced import a_limited_hub
from tests.talking import Talking

SLOW = "{ territories(first: 1) { nodes { code } } }"
ACT = """mutation { askRepresentation(input: {powers: [ANSWER], evidence: "x",
    organizationId: "Organization_00000000-0000-7000-8000-000000000000"}) { event } }"""
QUICK = "{ territories(first: 1) { nodes { id } } }"
RUNNING = (
    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%' "
    "AND pid <> pg_backend_pid() AND datname = current_database()"
)


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
        for _ in range(40):
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
        await a_territory(hub)
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
        await a_territory(hub)
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


async def test_an_act_that_takes_too_long_is_undone(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = await a_citizen(hub)
    await hub.ask("{ viewer { signedIn } }", by=ana)
    await hub.forget()
    begin = Changes.begin

    @asynccontextmanager
    async def slow_to_begin(self: Changes, *given: Any, **known: Any) -> AsyncIterator[Change]:
        async with begin(self, *given, **known) as change:
            await change.session.execute(select(func.pg_sleep(60)))
            yield change

    with monkeypatch.context() as patch:
        patch.setattr("graphql_schema.http.TIME_OUT", 0.4)
        patch.setattr(Changes, "begin", slow_to_begin)
        response = await hub.post(ACT, by=ana)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (503, "TIME_OUT")
    assert await running(hub.url) == 0
    assert await hub.log() == []
    assert hub.hub.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert hub.hub.admission.queues.writes.under_way == 0
