"""Following a consultation: the present state at once, then each change, by one reading for all who see the same."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import pytest
from sqlalchemy import case
from structlog.testing import capture_logs

from graphql_schema import broadcasting
from hub import clock
from hub.consultations.models import ResultsPolicy
from hub.errors import Overloaded
from hub.reading.connections import Readers
from hub.reading.readable import Expression, readables
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_draft_consultation, a_response, an_open_consultation
from tests.making.notices import a_withdrawal
from tests.talking import Talking
from tests.transport.streaming import COUNT, Events, connected, events, serving, settled


async def an_open_count(hub: Talking, **known: Any) -> Asked:
    """A consultation whose count is public while it is open."""
    return await an_open_consultation(hub, await a_body(hub), results_policy=ResultsPolicy.LIVE, **known)


def counting(number: int | None) -> dict[str, Any]:
    """What is told of a count."""
    return {"data": {"consultation": {"responseCount": number}}}


async def heard(stream: Events) -> Any:
    """The answer that the next event holds."""
    found = await stream.next()
    assert found is not None
    assert found[0] == "next", found
    return found[1]


async def read_by_itself(hub: Talking) -> None:
    """Wait until what is followed was read again without a cause."""
    before = hub.statements()
    await settled(lambda: hub.statements() >= before + 4)


async def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what comes about by itself come about soon."""
    monkeypatch.setattr(broadcasting, "REFRESH", 0.1)
    monkeypatch.setattr(broadcasting, "PAUSE", 0.01)


async def test_the_count_is_told_at_once_and_whenever_it_changes(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both ways, woken by the log and by nothing else."""
    monkeypatch.setattr(broadcasting, "REFRESH", 3_600.0)
    asked, ana = await an_open_count(hub), await a_citizen(hub)
    async with (
        serving(hub) as port,
        connected(port) as socket,
        events(port, COUNT, {"id": asked.node}) as stream,
    ):
        await socket.subscribe(COUNT, {"id": asked.node}, id='a b"c')
        assert await socket.hear() == {"id": 'a b"c', "type": "next", "payload": counting(0)}
        assert await heard(stream) == counting(0)
        for number, name in enumerate(("Ana", "Blas", "Cruz"), start=1):
            await a_response(hub, asked, await a_citizen(hub, name))
            assert (await socket.hear())["payload"] == counting(number)
            assert await heard(stream) == counting(number)
        await a_response(hub, asked, ana)
        await socket.say(type="complete", id='a b"c')
        assert await heard(stream) == counting(4)
    await settled(lambda: len(hub.hub.live.broadcasts) == 0)
    assert hub.hub.live.places.open.total() == 0
    assert hub.hub.admission.queues.streams.under_way == 0


async def test_many_who_follow_the_same_cost_one_reading(hub: Talking) -> None:
    """Whatever white space they ask with; who shows a token has a reading of their own."""
    asked, ana = await an_open_count(hub), await a_citizen(hub)
    spaced = COUNT.replace(" ", "   ")
    async with serving(hub) as port, AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(connected(port)) for _ in range(10)]
        streams = [await stack.enter_async_context(events(port, COUNT, {"id": asked.node})) for _ in range(10)]
        for socket in sockets:
            for id_ in ("1", "2"):
                await socket.subscribe(spaced if id_ == "1" else COUNT, {"id": asked.node}, id=id_)
                assert (await socket.hear())["payload"] == counting(0)
        for stream in streams:
            assert await heard(stream) == counting(0)
        assert len(hub.hub.live.broadcasts) == 1
        (broadcast, _), *_ = hub.hub.live.broadcasts._known.values()
        before = broadcast.turn
        with hub.counting() as statements:
            await a_response(hub, asked, ana)
            for socket in sockets:
                assert (await socket.hear())["payload"] == (await socket.hear())["payload"] == counting(1)
            for stream in streams:
                assert await heard(stream) == counting(1)
        # One for the response; another one may have come in between by itself, but not one for each of thirty.
        assert 1 <= statements[0] <= 2
        assert broadcast.turn is not before
        async with connected(port, by=ana) as own:
            await own.subscribe(COUNT, {"id": asked.node})
            assert (await own.hear())["payload"] == counting(1)
            assert len(hub.hub.live.broadcasts) == 2


async def test_much_at_once_is_told_together(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes while there is a pause is told after it, as one state; the last one is never lost."""
    monkeypatch.setattr(broadcasting, "PAUSE", 3_600.0)
    asked, other = await an_open_count(hub), await an_open_count(hub)
    crowd = [await a_citizen(hub, f"Persona {number}") for number in range(12)]
    async with serving(hub) as port, events(port, COUNT, {"id": other.node}) as stream:
        assert await heard(stream) == counting(0)
        with hub.counting() as statements:
            await a_response(hub, other, crowd[0])
            await asyncio.sleep(0.3)
        assert statements == [0], "There is a pause, whatever happens in it."
    monkeypatch.setattr(broadcasting, "PAUSE", 0.2)
    async with serving(hub) as port, events(port, COUNT, {"id": asked.node}) as stream:
        assert await heard(stream) == counting(0)
        for person in crowd:
            await a_response(hub, asked, person)
        told = []
        while not told or told[-1] != counting(12):
            told.append(await heard(stream))
    assert len(told) < 12
    assert told == sorted(told, key=lambda state: state["data"]["consultation"]["responseCount"])


async def test_what_may_not_be_seen_tells_nothing_by_its_silence_either(
    hub: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the counts are public nobody hears that somebody has answered: nothing at all is sent."""
    await quickly(monkeypatch)
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, results_policy=ResultsPolicy.AFTER_CLOSING)
    julia = await a_coordinator_of(hub, body)
    now: list[dt.datetime] = []
    monkeypatch.setattr(clock, "now", lambda: now[0] if now else dt.datetime.now(dt.UTC))
    query = COUNT.replace("responseCount", "responseCount state")
    async with (
        serving(hub) as port,
        connected(port, by=julia) as socket,
        events(port, query, {"id": asked.node}) as all_,
    ):
        await socket.subscribe(query, {"id": asked.node})
        unseen = {"data": {"consultation": {"responseCount": None, "state": "OPEN"}}}
        assert (await socket.hear())["payload"] == await heard(all_) == unseen
        await a_response(hub, asked, await a_citizen(hub))
        await read_by_itself(hub)
        turns = [broadcast.turn for broadcast, _ in hub.hub.live.broadcasts._known.values()]
        assert [turn.number for turn in turns if turn is not None] == [1, 1], "It was the same, so there is no other."
        now.append(asked.closed)
        seen = {"data": {"consultation": {"responseCount": 1, "state": "CLOSED"}}}
        assert (await socket.hear())["payload"] == await heard(all_) == seen


@pytest.mark.parametrize("ending", ["hidden", "withdrawn", "over"])
async def test_it_ends_where_nothing_more_may_come(hub: Talking, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """What nobody sees any more is null, what was withdrawn is told once more, and then it is complete."""
    await quickly(monkeypatch)
    asked = await an_open_count(hub)
    await a_response(hub, asked, await a_citizen(hub))
    now: list[dt.datetime] = []
    monkeypatch.setattr(clock, "now", lambda: now[0] if now else dt.datetime.now(dt.UTC))
    async with serving(hub) as port, connected(port) as socket, events(port, COUNT, {"id": asked.node}) as stream:
        await socket.subscribe(COUNT, {"id": asked.node})
        assert (await socket.hear())["payload"] == await heard(stream) == counting(1)
        await read_by_itself(hub)
        if ending == "hidden":
            await hub.run("UPDATE entry SET hidden_at = now() WHERE id = :id", id=asked.id)
            last = {"data": {"consultation": None}}
        elif ending == "withdrawn":
            await a_withdrawal(hub, asked)
            last = counting(None)
        else:
            now.append(asked.late_until)
            last = counting(1)
        if ending != "over":  # Where the last state was told before, it is not told twice.
            assert (await socket.hear())["payload"] == await heard(stream) == last
        assert await socket.hear() == {"id": "1", "type": "complete"}
        assert await stream.next() == ("complete", None)
        assert await stream.next() is None
        # Whoever comes now hears the last state, and the end.
        async with events(port, COUNT, {"id": asked.node}) as later:
            assert [await later.next(), await later.next()] == [("next", last), ("complete", None)]


async def test_what_is_unknown_forbidden_and_no_id_at_all(hub: Talking) -> None:
    """The first two are the same; who may see a draft follows it; an id of something else is refused."""
    body = await a_body(hub)
    draft = await a_draft_consultation(hub, body)
    julia, luis = await a_coordinator_of(hub, body), await a_secretary_of(hub, await a_body(hub, acronym="OTRA"))
    nothing = {"data": {"consultation": None}}
    async with serving(hub) as port:
        for by, id_ in ((None, draft.node), (luis, draft.node), (julia, f"Consultation_{body}")):
            async with events(port, COUNT, {"id": id_}, by=by) as stream:
                assert [await stream.next(), await stream.next()] == [("next", nothing), ("complete", None)]
        async with events(port, COUNT, {"id": draft.node}, by=julia) as stream:
            assert await heard(stream) == counting(None)
        async with events(port, COUNT, {"id": f"Body_{body}"}) as stream:
            found = await heard(stream)
            assert found["errors"][0]["extensions"]["reason"] == "BAD_ID"
            assert await stream.next() == ("complete", None)
        async with connected(port) as socket:
            await socket.subscribe(COUNT, {"id": "nothing"})
            refused = await socket.hear()
            assert (refused["type"], refused["payload"][0]["extensions"]["reason"]) == ("error", "BAD_ID")
            skipped = "subscription ($id: ID!, $no: Boolean!) { consultation(id: $id) @skip(if: $no) { state } }"
            await socket.subscribe(skipped, {"id": draft.node, "no": True})
            assert (await socket.hear())["type"] in ("error", "next")


async def test_a_broken_promise_is_told_as_the_specification_wants_it(
    hub: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A null where none may be: the object is null, the error has its path, and the stream goes on."""
    await quickly(monkeypatch)
    asked = await an_open_count(hub)
    sometimes = Expression(lambda row, call: case((row.responses_each == 1, row.state)))
    monkeypatch.setitem(readables["Consultation"].fields, "state", sometimes)
    query = "subscription ($id: ID!) { consultation(id: $id) { responseCount state } }"
    once = "UPDATE consultation SET responses_each = :number WHERE id = :id"
    async with serving(hub) as port, events(port, query, {"id": asked.node}) as stream:
        whole = await heard(stream)
        await hub.run(once, number=2, id=asked.id)
        broken = await heard(stream)
        assert broken["data"] == {"consultation": None}
        assert broken["errors"][0]["path"] == ["consultation", "state"]
        await hub.run(once, number=1, id=asked.id)
        assert await heard(stream) == whole


SECRET = "canario-9d2f"


@pytest.mark.parametrize("when", ["first", "later"])
async def test_a_secret_that_is_raised_never_reaches_who_follows(
    hub: Talking, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """It is logged once, whole but for its words, under the number that everybody is told."""
    asked = await an_open_count(hub)
    value = Readers.value

    async def broken(self: Readers, sql: str, *rest: Any, **more: Any) -> Any:
        if "late_until" in sql:
            raise asyncpg.UndefinedColumnError(f'column "{SECRET}" does not exist')
        return await value(self, sql, *rest, **more)

    with capture_logs() as lines:
        async with serving(hub) as port, connected(port) as socket, AsyncExitStack() as stack:
            if when == "first":
                monkeypatch.setattr(Readers, "value", broken)
            stream = await stack.enter_async_context(events(port, COUNT, {"id": asked.node}))
            await socket.subscribe(COUNT, {"id": asked.node})
            if when == "later":
                assert (await socket.hear())["payload"] == await heard(stream) == counting(0)
                monkeypatch.setattr(Readers, "value", broken)
                await a_response(hub, asked, await a_citizen(hub))
            refused, event = await socket.hear(), await heard(stream)
            assert await stream.next() == ("complete", None)
            assert refused["type"] == "error"
            assert SECRET not in str((refused, event))
            assert {e["extensions"]["code"] for e in (*refused["payload"], *event["errors"])} == {"INTERNAL"}
    numbers = {line["request_id"] for line in lines if line["event"] == "surprise"}
    assert {e["extensions"]["requestId"] for e in (*refused["payload"], *event["errors"])} == numbers


async def test_a_database_that_is_away_for_a_moment_ends_nothing(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    await quickly(monkeypatch)
    asked = await an_open_count(hub)
    value, failed = Readers.value, asyncio.Event()

    async def away(*_: object, **__: object) -> Any:
        failed.set()
        raise ConnectionRefusedError

    async with serving(hub) as port, events(port, COUNT, {"id": asked.node}) as stream:
        assert await heard(stream) == counting(0)
        monkeypatch.setattr(Readers, "value", away)
        await asyncio.wait_for(failed.wait(), 10)
        await a_response(hub, asked, await a_citizen(hub))
        monkeypatch.setattr(Readers, "value", value)
        assert await heard(stream) == counting(1)


async def test_where_too_many_wait_it_is_tried_again_soon(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log has told of it once only, so what found no turn must not be forgotten."""
    monkeypatch.setattr(broadcasting, "REFRESH", 3_600.0)
    asked, queue = await an_open_count(hub), hub.hub.admission.queues.streams
    async with serving(hub) as port, events(port, COUNT, {"id": asked.node}) as stream:
        assert await heard(stream) == counting(0)
        await asyncio.sleep(0.4)  # The follower of the log has begun, and had it read once more.
        turned_away = asyncio.Event()
        enter = queue.enter

        async def full(**_: object) -> None:
            turned_away.set()
            raise Overloaded("OVERLOADED", retry_after=1)

        monkeypatch.setattr(queue, "enter", full)
        await a_response(hub, asked, await a_citizen(hub))
        await asyncio.wait_for(turned_away.wait(), 10)
        monkeypatch.setattr(queue, "enter", enter)
        assert await heard(stream) == counting(1)
