"""The response cache: what is kept, what is never kept, and what makes it outdated."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from hub.consultations.models import ResultsPolicy
from hub.consultations.timekeeping import keep_time
from hub.reading.readable import readables
from hub.settings import Settings
from tests.cast import a_citizen
from tests.making.bodies import a_body
from tests.making.consultations import (
    Asked,
    a_response,
    a_scheduled_consultation,
    a_withdrawn_response,
    an_open_consultation,
)
from tests.shape.project import NOTHING, exceptions
from tests.talking import Talking, talking

NOON = dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC)
TICK = dt.timedelta(microseconds=1)
BOUND = 2.0
"""Seconds after which what another process wrote is seen."""

ONE = "query ($id: ID!) { node(id: $id) { ... on Consultation { state responseCount title { text } } } }"
TRANSITIONS = "query ($id: ID!) { node(id: $id) { ... on Consultation { availableTransitions { event allowed } } } }"
LIST = "{ consultations(first: 5) { totalCount nodes { id state responseCount } } }"
BODIES = "{ bodies { nodes { id name { text } } } }"
CHANGES = "{ changes(first: 100) { nodes { position type } } }"
RESULTS = (
    "query ($id: ID!) { node(id: $id) { ... on Consultation { revision { questions { nodes "
    "{ code tally { answered options { code count } } } } } } } }"
)
OF_ONE_PERSON = {
    "linked_identity": "Only its person sees it.",
    "receipt": "Whoever knows its code sees it; it is told once.",
    "response_draft": "Only its person sees it.",
    "sign_in": "Only its person sees it.",
    "token": "Only its owner sees it.",
}
"""Tables of which nobody without a token is told anything that others are told too."""

DOCUMENTS = (ONE, TRANSITIONS, LIST, BODIES, CHANGES, RESULTS)


@pytest.fixture
async def here(database_url: str, data: Path) -> AsyncIterator[Talking]:
    """A hub that keeps answers, and knows what was written until now."""
    settings = Settings(data=data, database_url=None, keys=None, cache_bytes=2**20)
    async with talking(settings, database_url) as hub:
        await known(hub)
        yield hub


@pytest.fixture
async def elsewhere(here: Talking, data: Path) -> AsyncIterator[Talking]:
    """Another process on the same database, which keeps nothing."""
    async with talking(Settings(data=data, database_url=None, keys=None, cache_bytes=0), here.url) as hub:
        yield hub


async def until(holds: Callable[[], Awaitable[bool]], *, seconds: float = 4 * BOUND) -> None:
    """Wait until something holds: some times as long as is promised, on a machine with other work to do."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    for _ in range(10_000):
        if await holds():
            return
        assert loop.time() < end, "It did not come to hold."
        await asyncio.sleep(0.02)


async def known(hub: Talking) -> None:
    async def looked() -> bool:
        return hub.hub.cache._marks.known

    await until(looked)


async def asked_twice(hub: Talking, query: str, variables: dict[str, Any] | None = None, **how: Any) -> list[int]:
    """How many statements each of two equal requests took, when what was written before is known to have been."""
    await hub.hub.cache._marks._look()
    found = []
    for _ in range(2):
        with hub.counting() as counted:
            await hub.post(query, variables, **how)
        found.append(counted[0])
    return found


def variables(query: str, asked: Asked) -> dict[str, Any] | None:
    return {"id": asked.node} if "$id" in query else None


async def counted(hub: Talking, asked: Asked) -> int:
    return int((await hub.ask(ONE, {"id": asked.node}))["node"]["responseCount"])


async def test_what_everybody_is_answered_is_read_once(here: Talking) -> None:
    asked = await an_open_consultation(here, await a_body(here), results_policy=ResultsPolicy.LIVE)
    for query in DOCUMENTS:
        assert await asked_twice(here, query, variables(query, asked)) == [1, 0], query
    answers = [await here.post(ONE, {"id": asked.node}) for _ in range(2)]
    assert answers[0].content == answers[1].content
    # Other variables, languages and names are other answers.
    assert await asked_twice(here, BODIES, headers={"accept-language": "en"}) == [1, 0]
    assert await asked_twice(here, "query Own " + BODIES) == [1, 0]


async def test_what_is_personal_or_wrong_is_never_kept(here: Talking) -> None:
    ana = await a_citizen(here)
    await an_open_consultation(here, await a_body(here), results_policy=ResultsPolicy.LIVE)
    assert await asked_twice(here, LIST, by=ana) == [1, 1]
    assert await asked_twice(here, LIST) == [1, 0]
    assert await asked_twice(here, LIST, by=ana) == [1, 1]
    assert await asked_twice(here, "{ rateLimit { remaining } bodies { totalCount } }") == [1, 1]
    told = await here.post(LIST, headers={"graphql-cost": "1"})
    assert told.json()["extensions"]["cost"]["requested"] > 0
    assert "extensions" not in (await here.post(LIST)).json()
    assert "errors" in (await here.post("{ bodies(first: 1, last: 1) { totalCount } }")).json()


async def test_who_writes_here_is_answered_anew_at_once(here: Talking) -> None:
    asked = await an_open_consultation(here, await a_body(here), results_policy=ResultsPolicy.LIVE)
    ana, luis = await a_citizen(here), await a_citizen(here, "Luis Mora")
    assert await counted(here, asked) == 0
    await a_response(here, asked, ana)
    assert await counted(here, asked) == 1
    await a_response(here, asked, luis)
    assert await counted(here, asked) == 2
    await a_withdrawn_response(here, asked, luis)
    assert await counted(here, asked) == 1


async def test_what_was_written_elsewhere_is_seen_within_two_seconds(here: Talking, elsewhere: Talking) -> None:
    """By an activity, and by whoever writes past the hub."""
    asked = await an_open_consultation(here, await a_body(here), results_policy=ResultsPolicy.LIVE)
    ana = await a_citizen(here)
    assert await counted(here, asked) == 0
    await a_response(elsewhere, asked, ana)

    async def one() -> bool:
        return await counted(here, asked) == 1

    await until(one)
    await here.ask(BODIES)
    await elsewhere.run("UPDATE dated_name SET name = jsonb_set(name, '{es}', '\"Otro nombre\"')")

    async def renamed() -> bool:
        return (await here.answer(BODIES)) == (await elsewhere.answer(BODIES))

    await until(renamed)


async def test_it_turns_with_the_clock(here: Talking) -> None:
    """At the very instant of an opening and a closing, although nothing was written."""
    asked = await a_scheduled_consultation(here, await a_body(here), at=NOON)

    async def state(at: dt.datetime) -> str:
        with here.at(at):
            return str((await here.ask(ONE, {"id": asked.node}))["node"]["state"])

    for _ in range(2):
        assert await state(asked.opens_at - TICK) == "SCHEDULED"
        assert await state(asked.opens_at) == "OPEN"
        assert await state(asked.closes_at - TICK) == "OPEN"
        assert await state(asked.closes_at) == "CLOSED"
    with here.at(asked.opens_at + TICK):
        assert await asked_twice(here, ONE, {"id": asked.node}) == [1, 0]


async def test_what_was_read_before_a_commit_is_not_kept_after_it(
    here: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow reader has an older answer, which it may give, but not leave to others."""
    asked = await an_open_consultation(here, await a_body(here), results_policy=ResultsPolicy.LIVE)
    ana = await a_citizen(here)
    execute, read, go_on = here.hub.executor.execute, asyncio.Event(), asyncio.Event()

    async def slow(*given: Any) -> Any:
        answer = await execute(*given)
        read.set()
        await go_on.wait()
        return answer

    monkeypatch.setattr(here.hub.executor, "execute", slow)
    slow_one = asyncio.create_task(counted(here, asked))
    await read.wait()
    await a_response(here, asked, ana)
    go_on.set()
    assert await slow_one == 0
    assert await counted(here, asked) == 1


async def test_who_asks_the_same_meanwhile_waits_for_the_answer(here: Talking) -> None:
    await here.ask(BODIES)
    await a_body(here)
    await here.hub.cache._marks._look()
    with here.counting() as statements:
        answers = await asyncio.gather(*(here.answer(BODIES) for _ in range(20)))
    assert statements == [1]
    assert all(answer == answers[0] for answer in answers)


async def test_it_is_bounded_in_bytes(database_url: str, data: Path) -> None:
    settings = Settings(data=data, database_url=None, keys=None, cache_bytes=40_000)
    async with talking(settings, database_url) as hub:
        await known(hub)
        for number in range(100):
            await hub.ask(f"query Number{number} {BODIES}")
        cache = hub.hub.cache
        assert 0 < cache.size <= 40_000
        assert cache.size == sum(kept.size for kept in cache._kept.values())
        assert await asked_twice(hub, f"query Number99 {BODIES}") == [0, 0]
        assert await asked_twice(hub, f"query Number0 {BODIES}") == [1, 0]


async def test_who_cannot_know_what_was_written_keeps_nothing(here: Talking) -> None:
    """When the marks have not been looked at for two seconds."""
    await a_body(here)
    assert await asked_twice(here, BODIES) == [1, 0]
    here.hub.cache._marks._fresh_until = 0.0
    with here.counting() as statements:
        await here.ask(BODIES)
    assert statements == [1]


async def test_random_writes_reads_and_clock_steps(here: Talking, elsewhere: Talking) -> None:
    """With the cache and without, the answers are alike: at once after own writes, soon after those of others."""
    chance = random.Random(20260901)
    body = await a_body(here)
    asked = [
        await a_scheduled_consultation(
            here,
            body,
            at=NOON,
            opens_at=NOON + dt.timedelta(days=days),
            results_policy=chance.choice(list(ResultsPolicy)),
        )
        for days in (1, 2, 40)
    ]
    people = [await a_citizen(here, f"Persona {number}") for number in range(25)]
    instants = sorted(
        instant + step
        for one in asked
        for instant in (one.opens_at, one.closes_at, one.closes_at + dt.timedelta(seconds=60))
        for step in (-TICK, dt.timedelta(), TICK)
    )
    at, seen = instants[0], 0
    for _ in range(160):
        act = chance.random()
        if act < 0.2:
            at = chance.choice(instants)
        elif act < 0.4 and people:
            one, person = chance.choice(asked), people.pop()
            where = chance.choice((here, elsewhere))
            await a_response(where, one, person, at=one.open)
            if where is elsewhere:
                await soon_alike(here, elsewhere, one, at)
        elif act < 0.45:
            # Not beyond the first closing, which ends the keys by which people are known again.
            await keep_time(chance.choice((here, elsewhere)).hub.changes, at=min(at, asked[0].open))
            await soon_alike(here, elsewhere, asked[0], at)
        one, query = chance.choice(asked), chance.choice(DOCUMENTS)
        language = chance.choice(({}, {"accept-language": "en"}))
        with here.at(at):
            with here.counting() as statements:
                kept = await here.answer(query, variables(query, one), headers=language)
            assert kept == await elsewhere.answer(query, variables(query, one), headers=language), (at, query)
        seen += statements == [0]
    assert seen > 20


async def soon_alike(here: Talking, elsewhere: Talking, one: Asked, at: dt.datetime) -> None:
    async def alike() -> bool:
        with here.at(at):
            pairs = [
                (await here.answer(query, variables(query, one)), await elsewhere.answer(query, variables(query, one)))
                for query in (ONE, LIST, CHANGES, RESULTS)
            ]
        return all(kept == read for kept, read in pairs)

    await until(alike)


async def test_whatever_everybody_may_read_has_a_mark(here: Talking) -> None:
    """An answer with a table that has none is never kept; those are named above, each by its reason."""
    marked = {row["name"] for row in await here.rows("SELECT name FROM table_mark")}
    readable = {found.model.__table__.name for found in readables.values() if found.model is not None}
    assert exceptions(readable - marked, OF_ONE_PERSON) == NOTHING
