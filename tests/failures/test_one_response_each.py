"""One response for each person, and one lawful outcome of opposing acts, whatever arrives in whichever process.

Four real processes serve one database; each knows nothing of the others but what stands in it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hub import clock
from hub.consultations.models import Consultation, ConsultationState
from hub.consultations.timekeeping import keep_time
from hub.settings import Settings
from tests.conftest import fresh_database
from tests.failures.calling import Caller, Told, calling, together
from tests.failures.crowd import a_crowd, a_question_to_all
from tests.failures.lawful import broken_laws, states
from tests.journeys.installation import Installation, Served
from tests.making.bodies import a_body
from tests.making.consultations import a_response, a_scheduled_consultation, an_open_consultation, answers
from tests.talking import Talking, talking

PROCESSES = 4
ROUNDS = 50
GRACE = dt.timedelta(seconds=60)
SUBMITS, WITHDRAWS = slice(0, 3), slice(6, 8)
WHOLE = answers(agua="si", servicios=["luz", "gas"], palabras="Llega los jueves.")


@pytest.fixture(scope="module")
async def shared_url(template: str) -> AsyncIterator[str]:
    """The database that all processes serve."""
    async with fresh_database(template) as url:
        yield url


@pytest.fixture(scope="module")
def four(shared_url: str, data: Path) -> Iterator[list[Served]]:
    """Four processes of `hub serve` on one database, with one key file."""
    several = Installation(data, HUB_DATABASE_URL=shared_url, HUB_KEYS=str(data / "keys.json"), HUB_POOL="4")
    several.said("keys", "create")
    with ExitStack() as ending:
        processes = [several.start(wait=False) for _ in range(PROCESSES)]
        for process in processes:
            ending.callback(process.end)
            ending.callback(process.process.terminate)
        for process in processes:
            process.wait_until_ready()
        yield processes


@pytest.fixture
async def hub(shared_url: str, four: list[Served], data: Path) -> AsyncIterator[Talking]:
    """A fifth hold on the same database, to prepare with and to look with."""
    async with talking(Settings(data=data, database_url=None, keys=None), shared_url) as opened:
        yield opened


@pytest.fixture
async def caller(four: list[Served]) -> AsyncIterator[Caller]:
    """Calls the four in turn."""
    async with calling(*(served.graphql for served in four)) as opened:
        yield opened


@pytest.mark.parametrize("withdrawn", [0, 1], ids=["the first time", "after a withdrawal"])
async def test_two_hundred_submissions_of_one_person_leave_one_response(
    hub: Talking, caller: Caller, withdrawn: int
) -> None:
    asked = await a_question_to_all(hub)
    (ana,) = await a_crowd(hub, 1)
    for _ in range(withdrawn):
        await caller.submit(asked, by=ana)
        await caller.withdraw(asked, by=ana)
    before = await states(hub)
    told = await together(*(caller.submit(asked, "si" if n % 2 else "no", by=ana) for n in range(200)))
    assert Counter(code for answer in told for code in answer.codes) == {"ALREADY_RESPONDED": 199}
    (accepted,) = [answer for answer in told if not answer.codes]
    rows = await hub.rows("SELECT id, state FROM response WHERE consultation_id = :id", id=asked.id)
    assert [str(row["id"]) for row in rows if row["state"] == "accepted"] == [accepted.response]
    assert len(rows) == 1 + withdrawn
    assert await states(hub) == {**before, "accepted": before.get("accepted", 0) + 1}
    assert await broken_laws(hub) == {}


async def test_one_person_with_one_key_is_told_the_same_everywhere(hub: Talking, caller: Caller) -> None:
    asked = await a_question_to_all(hub)
    (beto,) = await a_crowd(hub, 1)
    told = await together(*(caller.submit(asked, by=beto, key="la-misma") for _ in range(40)))
    assert {answer.receipt for answer in told} == {told[0].receipt}
    assert len({answer.payload["event"] for answer in told}) == 1
    assert len(await hub.rows("SELECT id FROM response WHERE consultation_id = :id", id=asked.id)) == 1
    assert await broken_laws(hub) == {}


async def test_changing_against_withdrawing_has_one_lawful_outcome(hub: Talking, caller: Caller) -> None:
    asked = await a_question_to_all(hub)
    people = await a_crowd(hub, ROUNDS)
    outcomes: Counter[tuple[bool, bool]] = Counter()
    for n, person in enumerate(people):
        first = await caller.submit(asked, by=person)
        changed, withdrawn = await together(
            caller.change(asked, by=person, at=n), caller.withdraw(asked, by=person, at=n + 1)
        )
        assert not withdrawn.codes, "There is a response to take back, whichever comes first"
        assert changed.codes in ([], ["NO_RESPONSE"])
        assert withdrawn.receipt == (first if changed.codes else changed).receipt
        outcomes[not changed.codes, not withdrawn.codes] += 1
    left = await hub.rows("SELECT id FROM response WHERE consultation_id = :id AND state = 'accepted'", id=asked.id)
    assert left == []
    assert sum(outcomes.values()) == ROUNDS
    assert await broken_laws(hub) == {}


async def test_changing_and_withdrawing_all_at_once_is_one_after_the_other(hub: Talking, caller: Caller) -> None:
    """Eight acts of each person at the same moment: what they were told is the same as some order of them."""
    asked = await a_question_to_all(hub)
    people = await a_crowd(hub, 8)

    async def hesitate(n: int) -> int:
        told = await together(
            *(caller.submit(asked, by=people[n], at=n + turn) for turn in range(3)),
            *(caller.change(asked, by=people[n], at=n + turn) for turn in range(3)),
            *(caller.withdraw(asked, by=people[n], at=n + turn) for turn in range(2)),
        )
        submitted, withdrawn = ([answer for answer in told[part] if not answer.codes] for part in (SUBMITS, WITHDRAWS))
        assert all(answer.codes in ([], ["ALREADY_RESPONDED"], ["NO_RESPONSE"]) for answer in told)
        return len(submitted) - len(withdrawn)

    counted = await asyncio.gather(*(hesitate(n) for n in range(len(people))))
    assert set(counted) <= {0, 1}
    left = await hub.rows("SELECT id FROM response WHERE consultation_id = :id AND state = 'accepted'", id=asked.id)
    assert len(left) == sum(counted)
    assert await broken_laws(hub) == {}


async def test_closing_against_submitting_has_one_lawful_outcome(hub: Talking) -> None:
    """The last instant of the grace counts and the one after it is held, however late anybody comes by."""
    body = await a_body(hub, acronym=None)
    ana, beto = await a_crowd(hub, 2)
    noon = clock.now().replace(microsecond=0)
    for n in range(ROUNDS):
        closes_at = noon + dt.timedelta(days=1, minutes=2 * n)
        asked = await an_open_consultation(hub, body, at=noon - dt.timedelta(hours=1), closes_at=closes_at, kept=False)
        await keep_time(hub.hub.changes, at=asked.opens_at)
        timely, late, *moved = await asyncio.gather(
            a_response(hub, asked, ana, WHOLE, at=closes_at + GRACE - dt.timedelta(microseconds=1)),
            a_response(hub, asked, beto, WHOLE, at=closes_at + GRACE),
            keep_time(hub.hub.changes, at=closes_at),
            keep_time(hub.hub.changes, at=closes_at),
        )
        given = await hub.rows("SELECT id, state::text FROM response WHERE consultation_id = :id", id=asked.id)
        assert {row["id"]: row["state"] for row in given} == {timely.id: "accepted", late.id: "held"}
        assert sum(moved) == 1
        async with hub.change() as change:
            assert (await change.session.get_one(Consultation, asked.id)).state is ConsultationState.CLOSED
        # Its results are released before the next round, whose keepers have nothing to do then but to close.
        await keep_time(hub.hub.changes, at=closes_at + GRACE)
    assert await broken_laws(hub) == {}


async def test_the_closing_hour_over_four_processes(hub: Talking, caller: Caller) -> None:
    """People go on submitting while the clock passes the closing, and all four timekeepers record it at once."""
    people = await a_crowd(hub, 160)
    now = clock.now()
    closes_at = now.replace(microsecond=0) + dt.timedelta(seconds=2)
    opens_at = closes_at - dt.timedelta(hours=1)
    asked = await a_scheduled_consultation(
        hub,
        await a_body(hub, acronym=None),
        at=opens_at - dt.timedelta(days=1),
        opens_at=opens_at,
        closes_at=closes_at,
        grace_seconds=0,
    )
    first = closes_at - dt.timedelta(seconds=0.4)
    await asyncio.sleep(max(0.0, (first - clock.now()).total_seconds()))
    told: list[Told] = []
    for n in range(0, len(people), 8):
        told += await together(*(caller.submit(asked, by=person) for person in people[n : n + 8]))
        await asyncio.sleep(0.03)
    assert [code for answer in told for code in answer.codes] == []
    counted = Counter(answer.payload["response"]["state"] for answer in told)
    assert set(counted) == {"ACCEPTED", "HELD"}
    await asyncio.sleep(max(0.0, (closes_at - clock.now()).total_seconds()) + 1.5)
    closed = "SELECT position FROM event WHERE type = 'ConsultationClosed' AND entity_id = :id"
    assert len(await hub.rows(closed, id=asked.id)) == 1
    given = await hub.rows("SELECT state::text FROM response WHERE consultation_id = :id", id=asked.id)
    assert Counter(row["state"].upper() for row in given) == counted
    assert await broken_laws(hub) == {}
