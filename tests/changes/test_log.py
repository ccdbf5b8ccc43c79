"""The log: only lawful moves, only added rows, and positions in the order of the commits."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from sqlalchemy.exc import DBAPIError

from hub.bodies.models import BodyKind
from hub.bodies.registering import BodyDraft, register_body
from hub.register.models import CreatedVia
from hub.text import written
from hub.viewer import ANONYMOUS, SYSTEM
from tests.cast import a_citizen
from tests.making.bodies import a_body
from tests.making.consultations import a_response, an_open_consultation
from tests.talking import Talking

UNLAWFUL = [
    "UPDATE consultation SET state = 'closed'",
    "UPDATE consultation SET state = 'draft'",
    "UPDATE response SET state = 'withdrawn'",
    "UPDATE mandate SET state = 'discharged'",
]


@pytest.mark.parametrize("statement", UNLAWFUL)
async def test_a_state_changes_by_its_event_only(hub: Talking, statement: str) -> None:
    """Whoever writes past the hub, with any program, is refused by the database."""
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body_id=body)
    await a_response(hub, asked, by=await a_citizen(hub))
    before = await hub.rows("SELECT id, state FROM consultation UNION ALL SELECT id, state FROM response ORDER BY 1")
    with pytest.raises(DBAPIError, match="without the event of a lawful move"):
        await hub.run(statement)
    after = await hub.rows("SELECT id, state FROM consultation UNION ALL SELECT id, state FROM response ORDER BY 1")
    assert after == before


@pytest.mark.parametrize("statement", ["UPDATE event SET type = 'Nothing'", "DELETE FROM event", "TRUNCATE event"])
async def test_the_log_only_grows(hub: Talking, statement: str) -> None:
    """No row of it is ever changed or taken away."""
    await a_body(hub)
    before = await hub.rows("SELECT * FROM event ORDER BY position")
    with pytest.raises(DBAPIError, match="only ever added"):
        await hub.run(statement)
    assert await hub.rows("SELECT * FROM event ORDER BY position") == before


async def test_a_move_that_no_machine_knows_cannot_be_written(hub: Talking) -> None:
    """The log's move points at the table of lawful ones."""
    body = await a_body(hub)
    with pytest.raises(DBAPIError, match="event_machine_source_move_target_fkey"):
        await hub.run(
            "INSERT INTO event (at, type, entity_id, machine, source, move, target, facts, public) VALUES "
            "(:at, 'Odd', :body, 'consultation', 'draft', 'close', 'closed', '{}', false)",
            at=dt.datetime.now(dt.UTC),
            body=body,
        )


async def test_whoever_reads_on_from_a_position_misses_nothing(hub: Talking) -> None:
    """Positions are in the order of the commits, so a reader that follows thirty writers sees all they wrote."""
    seen: list[int] = []
    after = await hub.hub.feed.newest()

    async def write(number: int) -> None:
        async with hub.change() as change:
            draft = BodyDraft(
                name=written(es=f"Grupo {number}"), since=dt.date(2020, 1, 1), kind=BodyKind.WORKING_GROUP
            )
            await register_body(change, draft, via=CreatedVia.API)
            # Some commit late although they began early: order of beginning is not order of commit.
            await asyncio.sleep(0.05 if number % 3 == 0 else 0)

    async def read() -> None:
        nonlocal after
        while len(seen) < 30:
            for fact in await hub.hub.feed.read(after, viewer=SYSTEM):
                after = fact.position
                seen.append(fact.position)
            await asyncio.sleep(0)

    async with asyncio.timeout(30):
        await asyncio.gather(read(), *[write(number) for number in range(30)])
    assert len(seen) == 30
    assert seen == sorted(set(seen))


async def test_followers_hear_of_what_is_committed(hub: Talking) -> None:
    """A follower gets each fact once, in order, without asking again and again."""
    heard: list[str] = []
    after = await hub.hub.feed.newest()

    async def follow() -> None:
        async for fact in hub.hub.feed.follow(after, viewer=SYSTEM):
            heard.append(fact.type)
            if len(heard) == 3:
                return

    async with asyncio.timeout(20):
        following = asyncio.create_task(follow())
        for _ in range(3):
            await a_body(hub)
        await following
    assert heard == ["BodyRegistered"] * 3


async def test_the_public_feed_says_less(hub: Talking) -> None:
    """Everybody reads which consultation was answered, nobody which response it was, nor who gave it."""
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body_id=body)
    ana = await a_citizen(hub)
    await hub.forget()
    start = await hub.hub.feed.newest()
    await a_response(hub, asked, by=ana)
    (whole,) = await hub.events()
    assert whole["type"] == "ResponseSubmitted"
    assert (whole["actor_account_id"], whole["actor_client_id"], whole["request_id"]) == (None, None, None)
    for fact in await hub.hub.feed.read(start, viewer=ANONYMOUS):
        assert str(whole["entity_id"]) not in repr(fact)
