"""Opposing acts about time and wording, at the same moment: one lawful outcome each, whoever is faster.

Which of two acts came first is what the log says: its places are in the order of the commits. So each outcome is
compared with the order in which the two stand there.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from hub.changes.change import retrying
from hub.consultations.deciding import admit, refuse
from hub.consultations.models import ResultsPolicy
from hub.consultations.response_models import ResponseState, Timeliness
from hub.consultations.timekeeping import keep_time
from hub.errors import Conflict, Invalid, Refusal, WrongState
from hub.timetables.zones import declared_at
from tests.cast import an_analyst_of
from tests.failures.crowd import a_crowd
from tests.making.bodies import a_body
from tests.making.consultations import (
    ZONE,
    Asked,
    Given,
    a_response,
    an_open_consultation,
)
from tests.making.notices import a_corrected_consultation, a_withdrawal, an_extension, because
from tests.talking import Talking

NOON = dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC)
TICK = dt.timedelta(microseconds=1)
DAY = dt.timedelta(days=1)
ROUNDS = 12


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """The body that asks."""
    return await a_body(hub, at=NOON)


async def an_open_one(hub: Talking, body: UUID) -> Asked:
    """A consultation that is open, on whose log the round stands."""
    asked = await an_open_consultation(hub, body, at=NOON, results_policy=ResultsPolicy.LIVE)
    await hub.forget()
    return asked


async def at_once(*acts: Any) -> list[Any]:
    """What each of these acts comes to that begin at the same moment: what it returns, or why it was refused."""
    found = await asyncio.gather(*acts, return_exceptions=True)
    for outcome in found:
        assert not isinstance(outcome, BaseException) or isinstance(outcome, Refusal), outcome
    return found


async def places(hub: Talking, *types: str) -> list[int]:
    """The places in the log of these events, each of which happened once at most; 0 for one that did not."""
    events = await hub.events()
    found = [[event["position"] for event in events if event["type"] == type_] for type_ in types]
    assert all(len(each) <= 1 for each in found)
    return [each[0] if each else 0 for each in found]


async def given_of(hub: Talking, given: Given) -> dict[str, Any]:
    """The response as it stands."""
    (row,) = await hub.rows(
        "SELECT state::text AS state, timeliness::text AS timeliness FROM response WHERE id = :id", id=given.id
    )
    return row


async def test_submitting_against_extending(hub: Talking, body: UUID) -> None:
    """A response after the former closing is late where it came first, and on time where the extension did."""
    people = await a_crowd(hub, ROUNDS)
    for person in people:
        asked = await an_open_one(hub, body)
        later = declared_at(asked.closes_at + 7 * DAY, ZONE)
        given, extended = await at_once(
            a_response(hub, asked, person, at=asked.closed), an_extension(hub, asked, later, at=asked.closes_at - TICK)
        )
        assert isinstance(given, Given)
        assert isinstance(extended, Asked)
        held, submitted, extension = await places(hub, "ResponseHeld", "ResponseSubmitted", "NoticePublished")
        first = 0 < held < extension
        assert first or submitted > extension
        assert await given_of(hub, given) == (
            {"state": ResponseState.HELD, "timeliness": Timeliness.LATE}
            if first
            else {"state": ResponseState.ACCEPTED, "timeliness": Timeliness.ON_TIME}
        )


async def test_submitting_against_withdrawing_the_consultation(hub: Talking, body: UUID) -> None:
    people = await a_crowd(hub, ROUNDS)
    for person in people:
        asked = await an_open_one(hub, body)
        given, _ = await at_once(a_response(hub, asked, person, at=asked.open), a_withdrawal(hub, asked))
        submitted, withdrawn = await places(hub, "ResponseSubmitted", "ConsultationWithdrawn")
        assert withdrawn
        if isinstance(given, Given):
            assert 0 < submitted < withdrawn
        else:
            assert (given.code, submitted) == ("CONSULTATION_WITHDRAWN", 0)
        rows = await hub.rows("SELECT id FROM response WHERE consultation_id = :id", id=asked.id)
        assert len(rows) == (1 if submitted else 0)


async def test_extending_against_the_closing(hub: Talking, body: UUID) -> None:
    """Either it was extended and has not closed, or its closing is on record and it is not extended any more."""
    for _ in range(ROUNDS):
        asked = await an_open_one(hub, body)
        later = declared_at(asked.closes_at + DAY, ZONE)
        extended, *_ = await at_once(
            an_extension(hub, asked, later, at=asked.closes_at - TICK),
            keep_time(hub.hub.changes, at=asked.closes_at),
            keep_time(hub.hub.changes, at=asked.closes_at),
        )
        closed, extension = await places(hub, "ConsultationClosed", "NoticePublished")
        (row,) = await hub.rows("SELECT state::text, closes_at FROM consultation WHERE id = :id", id=asked.id)
        if isinstance(extended, Asked):
            assert (closed, row) == (0, {"state": "open", "closes_at": asked.closes_at + DAY})
        else:
            assert isinstance(extended, WrongState)
            assert (extended.code, extension) == ("CONSULTATION_CLOSED", 0)
            assert (bool(closed), row) == (True, {"state": "closed", "closes_at": asked.closes_at})
        # The next round finds nothing of this one that is due.
        await keep_time(hub.hub.changes, at=asked.closes_at + DAY)


async def test_two_extensions_at_once(hub: Talking, body: UUID) -> None:
    """They are numbered one after the other; one that is not later than the other is refused after it."""
    for n in range(ROUNDS):
        asked = await an_open_one(hub, body)
        near, far = (declared_at(asked.closes_at + days * DAY, ZONE) for days in (1, 1 if n % 2 else 2))
        told = await at_once(an_extension(hub, asked, near), an_extension(hub, asked, far))
        refused = [outcome for outcome in told if isinstance(outcome, Invalid)]
        assert all(outcome.code == "NOT_AN_EXTENSION" for outcome in refused)
        assert len(refused) == 1 if near == far else len(refused) <= 1
        assert isinstance(told[1], Asked) or near == far
        numbers = await hub.rows(
            "SELECT number, closes_at FROM timetable_notice WHERE consultation_id = :id ORDER BY number", id=asked.id
        )
        assert [row["number"] for row in numbers] == [*range(1, 4 - len(refused))]
        closings = [row["closes_at"] for row in numbers]
        assert closings == sorted(set(closings))
        (row,) = await hub.rows("SELECT closes_local FROM consultation WHERE id = :id", id=asked.id)
        assert row["closes_local"] == far.local


async def test_submitting_against_correcting(hub: Talking, body: UUID) -> None:
    """What was shown before is taken before the correction, and not after it."""
    people = await a_crowd(hub, ROUNDS)
    for person in people:
        asked = await an_open_one(hub, body)
        given, corrected = await at_once(
            a_response(hub, asked, person, at=asked.open), a_corrected_consultation(hub, asked)
        )
        assert isinstance(corrected, Asked)
        submitted, correction = await places(hub, "ResponseSubmitted", "QuestionnaireCorrected")
        if isinstance(given, Given):
            assert 0 < submitted < correction
        else:
            assert isinstance(given, Conflict)
            assert (given.code, submitted) == ("WRONG_REVISION", 0)
        rows = await hub.rows(
            """SELECT (SELECT count(*) FROM response WHERE consultation_id = :id) AS responses,
               (SELECT count(*) FROM participation WHERE consultation_id = :id) AS parts""",
            id=asked.id,
        )
        assert rows == [dict.fromkeys(("responses", "parts"), 1 if submitted else 0)]


async def test_two_corrections_at_once(hub: Talking, body: UUID) -> None:
    for _ in range(ROUNDS // 2):
        asked = await an_open_one(hub, body)
        # A lock may be waited for too long on a busy machine: the act is run again then, as the API does.
        correct = partial(a_corrected_consultation, hub, asked)
        told = await at_once(*(retrying(correct) for _ in range(3)))
        assert all(isinstance(outcome, Asked) for outcome in told)
        rows = await hub.rows(
            "SELECT number, state::text FROM questionnaire_revision WHERE consultation_id = :id ORDER BY number",
            id=asked.id,
        )
        states = ["superseded", "superseded", "superseded", "published"]
        assert [(row["number"], row["state"]) for row in rows] == [*enumerate(states, start=1)]


async def test_admitting_against_refusing(hub: Talking, body: UUID) -> None:
    people = await a_crowd(hub, ROUNDS)
    noe = await an_analyst_of(hub, body, at=NOON)
    for person in people:
        asked = await an_open_one(hub, body)
        late = await a_response(hub, asked, person, at=asked.closed)

        async def decide(how: Any, late: Given = late, at: dt.datetime = asked.closed) -> str:
            async with hub.change(noe.viewer, at=at) as change:
                return str((await how(change, late.id, reason=because(how.__name__))).state)

        told = await at_once(decide(admit), decide(refuse))
        (refusal,) = [outcome for outcome in told if isinstance(outcome, Refusal)]
        assert refusal.code == "RESPONSE_NOT_HELD"
        (row,) = await hub.rows(
            "SELECT state::text, decision_reason -> 'translations' -> 'es' ->> 'text' AS why FROM response "
            "WHERE id = :id",
            id=late.id,
        )
        assert row in ({"state": "accepted", "why": "admit"}, {"state": "refused", "why": "refuse"})
        answers = await hub.rows("SELECT DISTINCT counted FROM answer WHERE response_id = :id", id=late.id)
        assert answers == [{"counted": row["state"] == "accepted"}]
        assert sum(map(bool, await places(hub, "ResponseAdmitted", "ResponseRefused"))) == 1
