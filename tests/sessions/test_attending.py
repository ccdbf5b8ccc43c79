"""Attending: a seat is taken once at a time, alternates make room, and from afar people say it themselves."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from hub.sessions.models import AttendanceMode, SessionMode
from tests.cast import a_citizen, a_visitor
from tests.consultations.asking import es
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.sessions import (
    HOUR,
    MONDAY,
    Commission,
    a_commission,
    a_convened_session,
    a_planned_session,
    an_arrival,
    an_open_session,
    points_of,
    terms,
)
from tests.sessions.acts import act, done, named, refused
from tests.talking import Talking

THERE = """query ($id: ID!) { node(id: $id) { ... on Session {
  quorum { bodyId seats needed present met }
  attendance { nodes { mode cameAt leftAt membership { name } seat { ordinal } } } } } }"""
RECUSALS = """query ($id: ID!) { node(id: $id) { ... on AgendaItem {
  recusals { nodes { reason { text } membership { name } seat { ordinal } } } } } }"""


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    """A commission with its rules: four voting seats, and the secretary's."""
    return await a_commission(hub)


async def there(hub: Talking, session: UUID) -> Any:
    """Return who is or was there, as everybody sees it."""
    return (await hub.ask(THERE, {"id": f"Session_{session}"}, by=a_visitor()))["node"]


async def test_people_come_and_go(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    await hub.forget()
    with hub.at(HOUR):
        arrived = await done(
            hub,
            "recordArrival",
            commission.luis,
            session=session,
            membership=commission.memberships[2],
            mode="IN_PERSON",
        )
        assert (await there(hub, session))["quorum"] == [
            {"bodyId": f"Body_{commission.body}", "seats": 4, "needed": 3, "present": 1, "met": False}
        ]
    with hub.at(HOUR + dt.timedelta(minutes=20)):
        left = {"attendance": UUID(arrived["attendance"]["id"].partition("_")[2])}
        await done(hub, "recordDeparture", commission.luis, **left)
        assert await refused(hub, "recordDeparture", commission.luis, **left) == ["SEAT_HAS_LEFT"]
        await done(
            hub,
            "recordArrival",
            commission.luis,
            session=session,
            membership=commission.memberships[2],
            mode="REMOTE",
        )
    assert await hub.log() == ["SeatArrived", "SeatLeft", "SeatArrived"]
    ana = {"membership": {"name": "Ana Robles"}, "seat": {"ordinal": 3}}
    first, second = "2026-06-15T16:00:00.000000Z", "2026-06-15T16:20:00.000000Z"
    assert (await there(hub, session))["attendance"]["nodes"] == [
        {"mode": "IN_PERSON", "cameAt": first, "leftAt": second, **ana},
        {"mode": "REMOTE", "cameAt": second, "leftAt": None, **ana},
    ]


async def test_from_afar_a_member_says_it_themself(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    ana, rosa, _ = commission.members
    own = {"session": session, "membership": commission.memberships[2]}
    with hub.at(HOUR):
        assert await refused(hub, "recordArrival", ana, **own, mode="IN_PERSON") == ["OFFICERS_RECORD_THE_ROOM"]
        assert await refused(hub, "recordArrival", rosa, **own, mode="REMOTE") == ["OFFICERS_ONLY"]
        arrived = await done(hub, "recordArrival", ana, **own, mode="REMOTE")
        attendance = UUID(arrived["attendance"]["id"].partition("_")[2])
        assert await refused(hub, "recordDeparture", rosa, attendance=attendance) == ["OFFICERS_ONLY"]
        await done(hub, "recordDeparture", ana, attendance=attendance)
        assert await refused(hub, "recordArrival", await a_citizen(hub), **own, mode="REMOTE") == ["OFFICERS_ONLY"]


async def test_in_the_way_in_which_the_session_is_held(hub: Talking, commission: Commission) -> None:
    given = {"membership": commission.memberships[2]}
    remote = await a_convened_session(hub, commission.body, mode=SessionMode.REMOTE)
    in_person = await a_convened_session(hub, commission.body, mode=SessionMode.IN_PERSON)
    with hub.at(HOUR):
        here, afar = {**given, "mode": "IN_PERSON"}, {**given, "mode": "REMOTE"}
        assert await refused(hub, "recordArrival", commission.luis, session=remote, **here) == ["SESSION_HAS_NO_PLACE"]
        assert await refused(hub, "recordArrival", commission.luis, session=in_person, **afar) == ["NOT_FROM_AFAR"]


async def test_whoever_is_afar_counts_as_the_rules_say(hub: Talking) -> None:
    commission = await a_commission(hub, rules=terms(remote_vote=False))
    session = await a_convened_session(hub, commission.body)
    await an_arrival(hub, session, commission.memberships[0], mode=AttendanceMode.REMOTE)
    await an_arrival(hub, session, commission.memberships[2])
    assert (await there(hub, session))["quorum"][0]["present"] == 1
    silent = await a_commission(hub, rules=terms(remote_voice=False))
    session = await a_convened_session(hub, silent.body)
    given = {"session": session, "membership": silent.memberships[2], "mode": "REMOTE"}
    with hub.at(HOUR):
        assert await refused(hub, "recordArrival", silent.luis, **given) == ["NOT_FROM_AFAR"]


async def test_an_alternate_makes_room(hub: Talking, commission: Commission) -> None:
    pablo = await a_membership(hub, commission.seats[2], "Pablo Chi", alternate=True)
    session = await a_convened_session(hub, commission.body)
    given = {"session": session, "mode": "IN_PERSON"}
    with hub.at(HOUR):
        await done(hub, "recordArrival", commission.luis, **given, membership=pablo)
    with hub.at(HOUR + dt.timedelta(minutes=5)):
        holder = {**given, "membership": commission.memberships[2]}
        await done(hub, "recordArrival", commission.luis, **holder)
        assert await refused(hub, "recordArrival", commission.luis, **holder) == ["SEAT_IS_THERE_ALREADY"]
        again = {**given, "membership": pablo}
        assert await refused(hub, "recordArrival", commission.luis, **again) == ["SEAT_IS_THERE_ALREADY"]
    shown = (await there(hub, session))["attendance"]["nodes"]
    assert [(node["membership"]["name"], node["leftAt"] is None) for node in shown] == [
        ("Pablo Chi", False),
        ("Ana Robles", True),
    ]


async def test_rules_may_know_no_alternates(hub: Talking) -> None:
    commission = await a_commission(hub, rules=terms(alternates=False))
    pablo = await a_membership(hub, commission.seats[2], "Pablo Chi", alternate=True)
    session = await a_convened_session(hub, commission.body)
    given = {"session": session, "membership": pablo, "mode": "IN_PERSON"}
    with hub.at(HOUR):
        assert await refused(hub, "recordArrival", commission.luis, **given) == ["NO_ALTERNATES"]


async def test_only_whoever_sits_there_and_not_too_early(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    elsewhere = await a_membership(hub, await a_seat(hub, await a_body(hub, "Otro", acronym="OTR")), "Eva Tun")
    over = await a_seat(hub, commission.body, ordinal=9)
    past = await a_membership(hub, over, "Raúl Uc", until=MONDAY)
    given = {"session": session, "mode": "IN_PERSON"}
    with hub.at(HOUR):
        for membership in (elsewhere, past):
            codes = await refused(hub, "recordArrival", commission.luis, **given, membership=membership)
            assert codes == ["NOT_A_SEAT_OF_THE_SESSION"]
    own = {**given, "membership": commission.memberships[2]}
    with hub.at(HOUR - dt.timedelta(hours=2, seconds=1)):
        assert await refused(hub, "recordArrival", commission.luis, **own) == ["TOO_EARLY_TO_BE_THERE"]
    plan = {**own, "session": await a_planned_session(hub, commission.body)}
    assert await refused(hub, "recordArrival", commission.luis, **plan) == ["WRONG_STATE"]


async def test_two_officers_record_one_seat_once(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    given = {"session": session, "membership": commission.memberships[2], "mode": "IN_PERSON"}
    with hub.at(HOUR):
        answers = await asyncio.gather(
            *(
                hub.answer(act("recordArrival"), {"input": named(given)}, by=officer)
                for officer in (commission.julia, commission.luis)
            )
        )
    errors = [error["code"] for answer in answers for error in answer["data"]["recordArrival"]["errors"]]
    assert errors == ["SEAT_IS_THERE_ALREADY"]
    assert await hub.rows("SELECT count(*) FROM attendance") == [{"count": 1}]


# ---- recusals ----------------------------------------------------------------------------------------------------


async def test_a_member_takes_no_part_in_a_point(hub: Talking, commission: Commission) -> None:
    session = await an_open_session(hub, commission)
    (point,) = await points_of(hub, session)
    ana, rosa, _ = commission.members
    given = {"agenda_item": point, "membership": commission.memberships[2], "reason": es("Soy parte.")}
    await hub.forget()
    with hub.at(HOUR):
        assert await refused(hub, "declareRecusal", rosa, **given) == ["OFFICERS_ONLY"]
        assert await refused(hub, "declareRecusal", await a_citizen(hub), **given) == ["OFFICERS_ONLY"]
        await hub.forget()
        await done(hub, "declareRecusal", ana, **given)
        assert await refused(hub, "declareRecusal", commission.luis, **given) == ["RECUSED_ALREADY"]
        given["membership"] = commission.memberships[3]
        await done(hub, "declareRecusal", commission.luis, **given)
    assert await hub.log() == ["RecusalDeclared", "RecusalDeclared"]
    data = await hub.ask(RECUSALS, {"id": f"AgendaItem_{point}"}, by=a_visitor())
    assert data["node"]["recusals"]["nodes"] == [
        {"reason": {"text": "Soy parte."}, "membership": {"name": "Ana Robles"}, "seat": {"ordinal": 3}},
        {"reason": {"text": "Soy parte."}, "membership": {"name": "Rosa Canul"}, "seat": {"ordinal": 4}},
    ]


async def test_a_recusal_has_a_reason_and_is_of_a_seat_of_the_session(hub: Talking, commission: Commission) -> None:
    session = await an_open_session(hub, commission)
    (point,) = await points_of(hub, session)
    elsewhere = await a_membership(hub, await a_seat(hub, await a_body(hub, "Otro", acronym="OTR")), "Eva Tun")
    given = {"agenda_item": point, "membership": elsewhere, "reason": {"source": "es", "translations": []}}
    with hub.at(HOUR):
        codes = await refused(hub, "declareRecusal", commission.luis, **given)
    assert codes == ["WORDING_MISSING", "NOT_A_SEAT_OF_THE_SESSION"]
