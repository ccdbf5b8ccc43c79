"""Asking a body to decide something, amending that, taking it back; and who may not, or not now."""

from __future__ import annotations

from typing import Any

import pytest

from hub.sessions.dealing import deal_with_point
from hub.sessions.sitting import close_session
from hub.viewer import Scope
from tests.cast import a_citizen, a_visitor
from tests.making.bodies import a_membership
from tests.making.sittings import Sitting, a_sitting, text
from tests.sessions.voting import (
    AMEND,
    MOTION_NODE,
    TABLE,
    WITHDRAW,
    a_motion,
    all_cast,
    an_open_vote,
    codes,
    given,
    moving,
    named,
)
from tests.sessions.voting import CLOSE as CLOSE_VOTE
from tests.talking import Talking


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body in session."""
    made = await a_sitting(hub, voting=3)
    await hub.forget()
    return made


async def test_whoever_sits_there_moves(hub: Talking, sitting: Sitting) -> None:
    member = sitting.people[2]
    first = (await hub.act(TABLE, moving(sitting, text=text("Se aprueba.", en="Approved.")), by=member))["motion"]
    assert {**first, "id": None} == {
        "id": None,
        "number": 1,
        "matter": "simple",
        "state": "TABLED",
        "wording": {"text": "Se aprueba."},
        "text": {"text": "Se aprueba."},
        "amends": None,
        "decidedAt": None,
        "subjectHash": None,
        "vote": None,
        "availableTransitions": [
            {"event": "withdraw_motion", "allowed": True, "reason": None},
            {"event": "open_vote", "allowed": False, "reason": {"code": "COORDINATORS_ONLY"}},
        ],
    }
    second = (await hub.act(TABLE, moving(sitting, point=1), by=sitting.secretary))["motion"]
    assert second["number"] == 2
    assert await hub.log() == ["MotionTabled", "MotionTabled"]
    assert [event["public"] for event in await hub.events()] == [True, True]
    # Everybody reads it; nobody but who moved it takes it back.
    seen = (await hub.ask(MOTION_NODE, {"id": first["id"]}))["node"]
    reasons = [transition["reason"]["code"] for transition in seen["availableTransitions"]]
    assert reasons == ["UNAUTHENTICATED", "UNAUTHENTICATED"]


async def test_an_officer_writes_down_who_moved(hub: Talking, sitting: Sitting) -> None:
    mover = named("Membership", sitting.memberships[3])
    tabled = (await hub.act(TABLE, moving(sitting, moverId=mover), by=sitting.secretary))["motion"]
    assert codes(await hub.refuse(WITHDRAW, given(motionId=tabled["id"]), by=sitting.secretary)) == ["MOVERS_ONLY"]
    assert (await hub.act(WITHDRAW, given(motionId=tabled["id"]), by=sitting.people[3]))["motion"][
        "state"
    ] == "WITHDRAWN"
    assert codes(await hub.refuse(TABLE, moving(sitting, moverId=mover), by=sitting.people[2])) == ["NOT_SEATED"]
    assert await hub.log() == ["MotionTabled", "MotionWithdrawn"]


async def test_who_may_not_move(hub: Talking, sitting: Sitting) -> None:
    stranger = await a_citizen(hub, "Ana")
    narrow = await a_citizen(hub, "Ana", scopes=[Scope.PUBLIC_READ])
    await hub.forget()
    assert codes(await hub.refuse(TABLE, moving(sitting), by=a_visitor())) == ["UNAUTHENTICATED"]
    assert codes(await hub.refuse(TABLE, moving(sitting), by=stranger)) == ["NOT_SEATED"]
    assert codes(await hub.refuse(TABLE, moving(sitting), by=narrow)) == ["SCOPE_MISSING"]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM motion")) == ([], [])


@pytest.mark.parametrize(("known", "code", "path"), [
    ({"matter": "otra"}, "UNKNOWN_MATTER", "matter"),
    ({"text": text("x" * 20_001)}, "WORDING_TOO_LONG", "text"),
    ({"text": text(" ")}, "WORDING_EMPTY", "text.translations.0.text"),
    ({"moverId": "Membership_00000000-0000-7000-8000-000000000000"}, "NOT_A_MEMBER_THERE", "moverId"),
    ({"moverId": "Body_00000000-0000-7000-8000-000000000000"}, "BAD_ID", "moverId"),
    ({"agendaItemId": "AgendaItem_00000000-0000-7000-8000-000000000000"}, "NOT_FOUND", ""),
])  # fmt: skip
async def test_what_cannot_be_moved(
    hub: Talking, sitting: Sitting, known: dict[str, Any], code: str, path: str
) -> None:
    errors = await hub.refuse(TABLE, moving(sitting, **known), by=sitting.coordinator)
    assert (code, path) in [(error["code"], ".".join(error["path"] or ())) for error in errors]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM motion")) == ([], [])


async def test_nobody_moves_what_is_over(hub: Talking, sitting: Sitting) -> None:
    async with hub.change() as change:
        await deal_with_point(change, sitting.points[0])
    await hub.forget()
    errors = await hub.refuse(TABLE, moving(sitting), by=sitting.coordinator)
    assert (codes(errors), await hub.log()) == (["POINT_NOT_DISCUSSED"], [])
    async with hub.change() as change:
        await deal_with_point(change, sitting.points[1])
        await close_session(change, sitting.session_id)
    await hub.forget()
    errors = await hub.refuse(TABLE, moving(sitting, point=1), by=sitting.coordinator)
    assert (codes(errors), await hub.log()) == (["SESSION_TAKES_NO_MOTIONS"], [])


async def test_an_amendment_is_decided_first_and_changes_the_words(hub: Talking, sitting: Sitting) -> None:
    motion = await a_motion(hub, sitting)
    wanted = {"motionId": motion, "matter": "simple", "text": text("Se aprueba con cambios.")}
    amendment = (await hub.act(AMEND, given(**wanted), by=sitting.people[2]))["motion"]
    assert (amendment["number"], amendment["amends"]["id"]) == (2, motion)
    seen = (await hub.ask(MOTION_NODE, {"id": motion}, by=sitting.coordinator))["node"]
    assert seen["availableTransitions"][1] == {
        "event": "open_vote",
        "allowed": False,
        "reason": {"code": "AMENDMENTS_FIRST"},
    }
    again = {**wanted, "motionId": amendment["id"]}
    assert codes(await hub.refuse(AMEND, given(**again), by=sitting.coordinator)) == ["AMENDMENT_OF_AN_AMENDMENT"]
    vote = await an_open_vote(hub, sitting, motion=amendment["id"])
    await all_cast(hub, sitting, vote, "FOR", "FOR", "AGAINST")
    await hub.act(CLOSE_VOTE, given(voteEventId=vote), by=sitting.coordinator)
    seen = (await hub.ask(MOTION_NODE, {"id": motion}, by=sitting.coordinator))["node"]
    assert (seen["text"]["text"], seen["wording"]["text"]) == ("Se aprueba.", "Se aprueba con cambios.")
    vote = await an_open_vote(hub, sitting, motion=motion)
    assert codes(await hub.refuse(AMEND, given(**wanted), by=sitting.coordinator)) == ["MOTION_NOT_TABLED"]


async def test_what_amends_a_motion_goes_with_it(hub: Talking, sitting: Sitting) -> None:
    motion = await a_motion(hub, sitting, by=sitting.people[2])
    wanted = {"motionId": motion, "matter": "simple", "text": text("Otra cosa.")}
    await hub.act(AMEND, given(**wanted), by=sitting.people[3])
    await hub.act(WITHDRAW, given(motionId=motion), by=sitting.people[2])
    assert codes(await hub.refuse(WITHDRAW, given(motionId=motion), by=sitting.people[2])) == ["MOTION_NOT_TABLED"]
    assert await hub.rows("SELECT state FROM motion") == [{"state": "withdrawn"}, {"state": "withdrawn"}]
    assert await hub.log() == ["MotionTabled", "MotionTabled", "MotionWithdrawn", "MotionWithdrawn"]


async def test_what_somebody_without_an_account_moved_the_officers_take_back(hub: Talking, sitting: Sitting) -> None:
    unknown = await a_membership(hub, sitting.seats[2], "Suplente sin cuenta", alternate=True)
    motion = await a_motion(hub, sitting, by=sitting.secretary, moverId=named("Membership", unknown))
    await hub.forget()
    assert codes(await hub.refuse(WITHDRAW, given(motionId=motion), by=sitting.people[2])) == ["OFFICERS_ONLY"]
    assert await hub.log() == []
    await hub.act(WITHDRAW, given(motionId=motion), by=sitting.secretary)
    assert await hub.log() == ["MotionWithdrawn"]
