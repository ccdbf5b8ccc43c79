"""Sitting: opened with a quorum or called again, interrupted and resumed, each point dealt with or deferred, closed."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from hub.sessions.terms import Delay, DelayUnit, Quorum, SeatBase, Share
from tests.cast import a_citizen, a_visitor
from tests.consultations.asking import es
from tests.making.bodies import a_seat
from tests.making.sessions import (
    HALF_AND_ONE,
    HOUR,
    Commission,
    a_commission,
    a_convened_session,
    a_point,
    an_arrival,
    an_open_session,
    points_of,
    terms,
)
from tests.sessions.acts import act, done, named, refused
from tests.talking import Talking

RECORD = """query ($id: ID!) { node(id: $id) { ... on Session { state call sequence usedMinutes openedAt endedAt
  previousCall { id } nextCall { id } resumes { declaredLocal }
  quorum { seats needed present met }
  quorumCounts { nodes { occasion seats needed present body { acronym } } }
  attendance { nodes { leftAt } }
  agenda { nodes { number state usedMinutes outcome { text } items { nodes { number } } } } } } }"""
LATER = HOUR + dt.timedelta(minutes=30)


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    """A commission with its rules: four voting seats, of which three are a quorum."""
    return await a_commission(hub)


async def record(hub: Talking, session: UUID) -> Any:
    """Return the public record of a session."""
    return (await hub.ask(RECORD, {"id": f"Session_{session}"}, by=a_visitor()))["node"]


def code_of(answer: dict[str, Any], name: str) -> list[str]:
    """Return the codes of what was wrong with a mutation."""
    return [error["code"] for error in answer["data"][name]["errors"]]


# ---- opening -----------------------------------------------------------------------------------------------------


async def test_a_session_opens_with_its_quorum(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    for membership in commission.memberships[1:4]:
        await an_arrival(hub, session, membership)
    with hub.at(HOUR):
        # The secretary has no vote, and makes no quorum.
        errors = await hub.refuse(act("openSession"), {"input": named({"session": session})}, by=commission.julia)
        assert [error["code"] for error in errors] == ["NO_QUORUM"]
        assert "2" in errors[0]["message"]
        await an_arrival(hub, session, commission.memberships[0])
        assert await refused(hub, "openSession", commission.luis, session=session) == ["COORDINATORS_ONLY"]
        assert await refused(hub, "openSession", commission.members[0], session=session) == ["COORDINATORS_ONLY"]
        await hub.forget()
        await done(hub, "openSession", commission.julia, session=session)
        assert await refused(hub, "openSession", commission.julia, session=session) == ["WRONG_STATE"]
    assert await hub.log() == ["SessionOpened"]
    shown = await record(hub, session)
    assert shown["state"] == "IN_SESSION"
    assert shown["quorum"] == [{"seats": 4, "needed": 3, "present": 3, "met": True}]
    assert shown["quorumCounts"]["nodes"] == [
        {"occasion": "OPENING", "seats": 4, "needed": 3, "present": 3, "body": {"acronym": "CGA"}}
    ]


async def test_not_before_its_hour(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    early = HOUR - dt.timedelta(seconds=1)
    for membership in commission.memberships:
        await an_arrival(hub, session, membership, at=early)
    with hub.at(early):
        assert await refused(hub, "openSession", commission.julia, session=session) == ["SESSION_NOT_YET"]
        assert await refused(hub, "failSession", commission.julia, session=session) == ["SESSION_NOT_YET"]
    with hub.at(HOUR):
        assert await refused(hub, "failSession", commission.julia, session=session) == ["QUORUM_IS_MET"]
        await done(hub, "openSession", commission.julia, session=session)


async def test_of_all_seats_or_of_those_that_are_held(hub: Talking) -> None:
    of_all = await a_commission(hub, rules=terms(quorums=(Quorum(HALF_AND_ONE, SeatBase.ALL),)))
    for ordinal in (8, 9):
        await a_seat(hub, of_all.body, ordinal=ordinal)
    session = await a_convened_session(hub, of_all.body)
    assert (await record(hub, session))["quorum"] == [{"seats": 6, "needed": 4, "present": 0, "met": False}]


async def test_each_body_that_sits_has_its_quorum(hub: Talking, commission: Commission) -> None:
    other = await a_commission(hub, ["Eva Tun"], rules=None)
    session = await a_convened_session(hub, commission.body, joint_body_ids=(other.body,))
    for membership in commission.memberships:
        await an_arrival(hub, session, membership)
    await an_arrival(hub, session, other.memberships[0])
    with hub.at(HOUR):
        assert await refused(hub, "openSession", commission.julia, session=session) == ["NO_QUORUM"]
        assert (await record(hub, session))["quorum"] == [
            {"seats": 4, "needed": 3, "present": 4, "met": True},
            {"seats": 2, "needed": 2, "present": 1, "met": False},
        ]
        await an_arrival(hub, session, other.memberships[2])
        await done(hub, "openSession", commission.julia, session=session)


async def test_a_quorum_that_leaves_at_the_same_moment(hub: Talking, commission: Commission) -> None:
    """Whichever comes first: a session is never opened by people who have gone."""
    session = await a_convened_session(hub, commission.body)
    there = [await an_arrival(hub, session, membership) for membership in commission.memberships[1:4]]
    there.append(await an_arrival(hub, session, commission.memberships[0]))
    with hub.at(HOUR):
        opened, left = await asyncio.gather(
            hub.answer(act("openSession"), {"input": named({"session": session})}, by=commission.julia),
            hub.answer(act("recordDeparture"), {"input": named({"attendance": there[-1]})}, by=commission.luis),
        )
    assert code_of(left, "recordDeparture") == []
    assert code_of(opened, "openSession") in ([], ["NO_QUORUM"])
    counts = await hub.rows("SELECT present FROM quorum_count")
    assert counts == ([] if code_of(opened, "openSession") else [{"present": 3}])


# ---- no quorum ---------------------------------------------------------------------------------------------------


async def test_without_a_quorum_the_next_call_follows(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body, ["Informe", "Acuerdo"])
    await a_point(hub, session, "Antecedentes", parent_id=(await points_of(hub, session))[1])
    await an_arrival(hub, session, commission.memberships[0])
    await an_arrival(hub, session, commission.memberships[2])
    await hub.forget()
    with hub.at(LATER):
        assert await refused(hub, "failSession", commission.members[0], session=session) == ["OFFICERS_ONLY"]
        payload = await done(hub, "failSession", commission.luis, session=session)
    assert await hub.log() == [
        "SeatLeft",
        "SeatLeft",
        "SessionFailed",
        "SessionPlanned",
        "PointEntered",
        "PointEntered",
        "PointEntered",
        "SessionConvened",
        "ConvocationPublished",
    ]
    assert payload["session"]["state"] == "FAILED"
    following = payload["nextCall"]
    assert {name: following[name] for name in ("state", "call", "number", "folio")} == {
        "state": "CONVENED",
        "call": 2,
        "number": 1,
        "folio": "CGA/SESION/2026/002",
    }
    assert following["starts"]["declaredLocal"] == "2026-06-18T10:00:00"
    assert following["convocations"]["nodes"][0]["noticeMet"]
    failed = await record(hub, session)
    assert (failed["nextCall"], failed["quorum"]) == ({"id": following["id"]}, [])
    assert failed["quorumCounts"]["nodes"] == [
        {"occasion": "FAILURE", "seats": 4, "needed": 3, "present": 2, "body": {"acronym": "CGA"}}
    ]
    second = UUID(following["id"].partition("_")[2])
    carried = await record(hub, second)
    assert carried["previousCall"] == {"id": f"Session_{session}"}
    assert [
        (node["number"], [part["number"] for part in node["items"]["nodes"]]) for node in carried["agenda"]["nodes"]
    ] == [
        ("1", []),
        ("2", ["2.1"]),
    ]
    # The second call sits with those who are there: two, by these rules.
    for membership in (commission.memberships[0], commission.memberships[2]):
        await an_arrival(hub, second, membership, at=HOUR + dt.timedelta(days=3))
    with hub.at(HOUR + dt.timedelta(days=3)):
        assert (await record(hub, second))["quorum"] == [{"seats": 4, "needed": 2, "present": 2, "met": True}]
        await done(hub, "openSession", commission.julia, session=second)


async def test_a_second_call_on_the_same_day(hub: Talking) -> None:
    rules = terms(next_call=Delay(30, DelayUnit.MINUTES), quorums=(Quorum(Share(1, 2)), Quorum(Share(1, 3))))
    commission = await a_commission(hub, rules=rules)
    session = await a_convened_session(hub, commission.body)
    with hub.at(HOUR + dt.timedelta(minutes=15)):
        payload = await done(hub, "failSession", commission.julia, session=session)
    assert payload["nextCall"]["starts"]["instant"] == "2026-06-15T16:30:00.000000Z"
    twice = {"session": session}
    with hub.at(LATER):
        assert await refused(hub, "failSession", commission.julia, **twice) == ["WRONG_STATE"]


async def test_it_fails_once(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    given = {"input": named({"session": session})}
    with hub.at(HOUR):
        answers = await asyncio.gather(
            *(hub.answer(act("failSession"), given, by=by) for by in (commission.julia, commission.luis))
        )
    assert sorted(code_of(answer, "failSession") for answer in answers) == [[], ["WRONG_STATE"]]
    assert await hub.rows("SELECT count(*) FROM session") == [{"count": 2}]


# ---- in session --------------------------------------------------------------------------------------------------


async def test_from_the_first_point_to_the_closing(hub: Talking, commission: Commission) -> None:
    session = await an_open_session(hub, commission, ["Informe", "Acuerdo", "Asuntos generales"])
    report, agreement, general = await points_of(hub, session)
    part = await a_point(hub, session, "Antecedentes", parent_id=agreement, at=HOUR)
    luis = commission.luis
    await hub.forget()
    with hub.at(HOUR + dt.timedelta(minutes=1)):
        assert await refused(hub, "startAgendaItem", commission.members[0], agenda_item=report) == ["OFFICERS_ONLY"]
        await done(hub, "startAgendaItem", luis, agenda_item=report)
        assert await refused(hub, "startAgendaItem", luis, agenda_item=report) == ["POINT_BEGUN_ALREADY"]
    with hub.at(HOUR + dt.timedelta(minutes=13, seconds=30)):
        outcome = es("Se tiene por rendido.")
        await done(hub, "dealWithAgendaItem", luis, agenda_item=report, outcome=outcome)
        assert await refused(hub, "dealWithAgendaItem", luis, agenda_item=report) == ["WRONG_STATE"]
        assert await refused(hub, "dealWithAgendaItem", luis, agenda_item=agreement) == ["POINTS_ARE_OPEN"]
        assert await refused(hub, "closeSession", commission.julia, session=session) == ["POINTS_ARE_OPEN"]
        await done(hub, "dealWithAgendaItem", luis, agenda_item=part)
        await done(hub, "dealWithAgendaItem", luis, agenda_item=agreement)
        await done(hub, "deferAgendaItem", luis, agenda_item=general, reason=es("Falta tiempo."))
    with hub.at(HOUR + dt.timedelta(minutes=61)):
        assert await refused(hub, "closeSession", luis, session=session) == ["COORDINATORS_ONLY"]
        await done(hub, "closeSession", commission.julia, session=session)
        assert await refused(hub, "addAgendaItem", luis, session=session, kind="DECISION", title=outcome) == [
            "WRONG_STATE"
        ]
    assert await hub.log() == [
        "PointStarted",
        "PointDealtWith",
        "PointDealtWith",
        "PointDealtWith",
        "PointDeferred",
        *["SeatLeft"] * 5,
        "SessionClosed",
    ]
    shown = await record(hub, session)
    assert (shown["state"], shown["usedMinutes"], shown["quorum"]) == ("CLOSED", 61, [])
    assert {node["leftAt"] for node in shown["attendance"]["nodes"]} == {"2026-06-15T17:01:00.000000Z"}
    assert [(node["state"], node["usedMinutes"], node["outcome"]) for node in shown["agenda"]["nodes"]] == [
        ("DEALT_WITH", 12, {"text": "Se tiene por rendido."}),
        ("DEALT_WITH", None, None),
        ("DEFERRED", None, {"text": "Falta tiempo."}),
    ]


async def test_an_unanswered_request_keeps_a_session_open(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    with hub.at(HOUR - dt.timedelta(days=3)):
        asked = {"session": session, "kind": "DECISION", "title": es("Padrón")}
        payload = await done(hub, "requestAgendaItem", commission.members[0], **asked)
    for membership in commission.memberships:
        await an_arrival(hub, session, membership)
    (point,) = await points_of(hub, session)
    with hub.at(HOUR):
        await done(hub, "openSession", commission.julia, session=session)
        await done(hub, "dealWithAgendaItem", commission.luis, agenda_item=point)
        assert await refused(hub, "closeSession", commission.julia, session=session) == ["POINTS_ARE_OPEN"]
        request = UUID(payload["agendaItem"]["id"].partition("_")[2])
        await done(hub, "rejectAgendaItem", commission.luis, agenda_item=request, answer=es("Ya se trató."))
        await done(hub, "closeSession", commission.julia, session=session)


async def test_interrupted_and_resumed_with_a_quorum(hub: Talking, commission: Commission) -> None:
    session = await an_open_session(hub, commission)
    julia, luis = commission.julia, commission.luis
    tomorrow = {"declaredLocal": "2026-06-16T10:00:00", "zone": "America/Mexico_City"}
    await hub.forget()
    with hub.at(LATER):
        assert await refused(hub, "adjournSession", luis, session=session) == ["COORDINATORS_ONLY"]
        past = {"declaredLocal": "2026-06-15T10:00:00", "zone": "America/Mexico_City"}
        assert await refused(hub, "adjournSession", julia, session=session, resumes=past) == ["BEGINS_IN_THE_PAST"]
        elsewhere = {"declaredLocal": "2026-06-16T10:00:00", "zone": "America/Tijuana"}
        assert await refused(hub, "adjournSession", julia, session=session, resumes=elsewhere) == ["ZONES_DIFFER"]
        await done(hub, "adjournSession", julia, session=session, resumes=tomorrow)
        shown = await record(hub, session)
        assert (shown["state"], shown["resumes"]) == ("ADJOURNED", {"declaredLocal": "2026-06-16T10:00:00"})
    (point,) = await points_of(hub, session)
    there = await hub.rows("SELECT id FROM attendance ORDER BY came_at, id")
    with hub.at(HOUR + dt.timedelta(days=1)):
        assert await refused(hub, "dealWithAgendaItem", luis, agenda_item=point) == ["WRONG_STATE"]
        for row in there[1:]:
            await done(hub, "recordDeparture", luis, attendance=row["id"])
        assert await refused(hub, "resumeSession", julia, session=session) == ["NO_QUORUM"]
        for membership in commission.memberships[2:]:
            given = {"session": session, "membership": membership, "mode": "REMOTE"}
            await hub.answer(act("recordArrival"), {"input": named(given)}, by=luis)
        await done(hub, "resumeSession", julia, session=session)
    shown = await record(hub, session)
    assert (shown["state"], shown["resumes"], shown["sequence"]) == ("IN_SESSION", None, 3)
    assert [node["occasion"] for node in shown["quorumCounts"]["nodes"]] == ["OPENING", "RESUMPTION"]


async def test_losing_the_quorum_does_not_stop_the_discussion(hub: Talking, commission: Commission) -> None:
    session = await an_open_session(hub, commission)
    (point,) = await points_of(hub, session)
    there = await hub.rows("SELECT id FROM attendance")
    with hub.at(LATER):
        for row in there:
            await done(hub, "recordDeparture", commission.luis, attendance=row["id"])
        assert (await record(hub, session))["quorum"] == [{"seats": 4, "needed": 3, "present": 0, "met": False}]
        await done(hub, "dealWithAgendaItem", commission.luis, agenda_item=point)


async def test_nobody_from_outside_does_any_of_it(hub: Talking, commission: Commission) -> None:
    session = await an_open_session(hub, commission)
    citizen = await a_citizen(hub)
    with hub.at(LATER):
        for name in ("openSession", "adjournSession", "resumeSession", "closeSession"):
            assert await refused(hub, name, citizen, session=session) == ["COORDINATORS_ONLY"]
            assert await refused(hub, name, None, session=session) == ["UNAUTHENTICATED"]
