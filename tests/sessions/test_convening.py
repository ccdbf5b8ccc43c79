"""Convening: in time or late with a reason, by whoever the rules name, under a folio; and moving what was convened."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from hub.bodies.models import BodyState
from hub.sessions.convening import convene
from hub.sessions.models import SessionKind, SessionMode
from hub.timetables.zones import Declared
from hub.viewer import Role
from tests.cast import a_visitor
from tests.consultations.asking import es
from tests.making.bodies import a_body
from tests.making.sessions import (
    HOUR,
    MONDAY,
    SESSION_DAY,
    TERMS,
    ZONE,
    Commission,
    a_commission,
    a_convened_session,
    a_planned_session,
    a_point,
    session_rules,
    terms,
)
from tests.sessions.acts import act, done, named, refused
from tests.talking import Talking

PUBLIC = """query ($id: ID!) { node(id: $id) { ... on Session {
  folio number state link sequence publishedAt rules { version }
  convocations { nodes { number kind noticeMet latestDay reason { text } starts { declaredLocal } place { text } } }
  agenda { nodes { title { text } } } } } }"""
ORDINARY, EXTRAORDINARY = TERMS.kinds
EARLY_ENOUGH = dt.datetime(2026, 6, 9, 4, tzinfo=dt.UTC)
"""Late in the evening of Monday the eighth in Mexico City: five working days before the session's own day."""


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    """A commission with its rules."""
    return await a_commission(hub)


async def planned(hub: Talking, body: UUID, **known: Any) -> UUID:
    """A plan with a point on its agenda."""
    session = await a_planned_session(hub, body, **known)
    await a_point(hub, session, "Acuerdo sobre datos abiertos")
    return session


def moved(**known: Any) -> dict[str, Any]:
    """What somebody sends who moves a session."""
    said = {
        "starts": {"declaredLocal": "2026-06-16T10:00:00", "zone": "America/Mexico_City"},
        "mode": "IN_PERSON",
        "planned_minutes": 90,
        "place": es("Auditorio"),
        "reason": es("La sala está en obras."),
    }
    return {**said, **known}


async def test_in_time(hub: Talking, commission: Commission) -> None:
    session = await planned(hub, commission.body)
    await hub.forget()
    with hub.at(EARLY_ENOUGH):
        payload = await done(hub, "conveneSession", commission.luis, session=session)
    assert payload["convocation"] == {"number": 1, "kind": "ISSUED", "noticeMet": True}
    assert await hub.log() == ["SessionConvened", "ConvocationPublished"]
    data = await hub.ask(PUBLIC, {"id": f"Session_{session}"}, by=a_visitor())
    assert data["node"] == {
        "folio": "CGA/SESION/2026/001",
        "number": 1,
        "state": "CONVENED",
        "link": None,
        "sequence": 0,
        "publishedAt": "2026-06-09T04:00:00.000000Z",
        "rules": {"version": 1},
        "convocations": {
            "nodes": [
                {
                    "number": 1,
                    "kind": "ISSUED",
                    "noticeMet": True,
                    "latestDay": "2026-06-08",
                    "reason": None,
                    "starts": {"declaredLocal": "2026-06-15T10:00:00"},
                    "place": {"text": "Sala de juntas, piso 2"},
                }
            ]
        },
        "agenda": {"nodes": [{"title": {"text": "Acuerdo sobre datos abiertos"}}]},
    }


async def test_too_late_takes_a_reason_which_is_published(hub: Talking, commission: Commission) -> None:
    session = await planned(hub, commission.body)
    late = EARLY_ENOUGH + dt.timedelta(hours=3)
    with hub.at(late):
        errors = await hub.refuse(act("conveneSession"), {"input": named({"session": session})}, by=commission.julia)
        assert [(error["code"], error["path"]) for error in errors] == [("SHORT_NOTICE", ["shortNoticeReason"])]
        assert "8 de junio de 2026" in errors[0]["message"]
        reason = es("Vence el plazo de la ley.")
        await done(hub, "conveneSession", commission.julia, session=session, short_notice_reason=reason)
    data = await hub.ask(PUBLIC, {"id": f"Session_{session}"})
    (convocation,) = data["node"]["convocations"]["nodes"]
    assert (convocation["noticeMet"], convocation["reason"]) == (False, {"text": "Vence el plazo de la ley."})


async def test_whoever_the_rules_name_convenes(hub: Talking, commission: Commission) -> None:
    alone = replace(EXTRAORDINARY, convened_by=(Role.COORDINATOR,))
    await session_rules(hub, commission.body, terms(kinds=(ORDINARY, alone)), at=MONDAY + dt.timedelta(minutes=1))
    session = await planned(hub, commission.body, kind=SessionKind.EXTRAORDINARY)
    with hub.at(MONDAY + dt.timedelta(hours=1)):
        assert await refused(hub, "conveneSession", commission.luis, session=session) == ["NOT_CONVENED_BY_THEM"]
        assert await refused(hub, "conveneSession", commission.members[0], session=session) == ["OFFICERS_ONLY"]
        assert await refused(hub, "conveneSession", None, session=session) == ["NOT_FOUND"]
        await done(hub, "conveneSession", commission.julia, session=session)
        assert await refused(hub, "conveneSession", commission.julia, session=session) == ["WRONG_STATE"]


async def test_a_kind_that_the_rules_do_not_know(hub: Talking) -> None:
    commission = await a_commission(hub, rules=terms(kinds=(ORDINARY,)))
    session = await planned(hub, commission.body, kind=SessionKind.EXTRAORDINARY)
    with hub.at(MONDAY):
        assert await refused(hub, "conveneSession", commission.julia, session=session) == ["KIND_NOT_IN_RULES"]


async def test_what_is_missing_is_told_at_once(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body, place=None, link=None)
    with hub.at(HOUR):
        codes = await refused(hub, "conveneSession", commission.julia, session=session)
    assert codes == ["PLACE_MISSING", "LINK_MISSING", "NO_AGENDA", "BEGINS_IN_THE_PAST", "SHORT_NOTICE"]


async def test_a_remote_session_needs_no_place(hub: Talking, commission: Commission) -> None:
    session = await planned(hub, commission.body, mode=SessionMode.REMOTE, place=None)
    with hub.at(MONDAY):
        await done(hub, "conveneSession", commission.julia, session=session)


async def test_a_body_that_is_not_constituted_does_not_sit(hub: Talking, commission: Commission) -> None:
    group = await a_body(hub, "Grupo de trabajo", acronym="GT", state=BodyState.PLANNED)
    session = await planned(hub, commission.body, joint_body_ids=(group,))
    with hub.at(MONDAY):
        assert await refused(hub, "conveneSession", commission.julia, session=session) == ["BODY_DOES_NOT_SIT"]


async def test_the_rules_of_its_convening_bind_a_session(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    await session_rules(hub, commission.body, terms(casting_vote=False), at=MONDAY + dt.timedelta(days=1))
    data = await hub.ask(PUBLIC, {"id": f"Session_{session}"})
    assert data["node"]["rules"] == {"version": 1}


async def test_sessions_of_a_kind_are_numbered_within_their_year(hub: Talking, commission: Commission) -> None:
    shown = []
    for kind, year in (("ORDINARY", 2026), ("EXTRAORDINARY", 2026), ("ORDINARY", 2026), ("ORDINARY", 2027)):
        starts = in_year(year)
        session = await planned(hub, commission.body, kind=SessionKind[kind], starts=starts)
        with hub.at(MONDAY):
            payload = await done(hub, "conveneSession", commission.julia, session=session)
        shown.append((payload["session"]["folio"], payload["session"]["number"]))
    assert shown == [
        ("CGA/SESION/2026/001", 1),
        ("CGA/SESION/2026/002", 1),
        ("CGA/SESION/2026/003", 2),
        ("CGA/SESION/2026/004", 1),
    ]


def in_year(year: int) -> Declared:
    """Return when a session of this year begins."""
    return Declared(SESSION_DAY.replace(year=year), ZONE)


async def test_two_who_convene_at_once_get_two_folios_and_numbers(hub: Talking, commission: Commission) -> None:
    sessions = [await planned(hub, commission.body) for _ in range(4)]
    with hub.at(MONDAY):
        payloads = await asyncio.gather(
            *(
                done(hub, "conveneSession", officer, session=session)
                for session, officer in zip(sessions, [commission.julia, commission.luis] * 2, strict=True)
            )
        )
    assert sorted(payload["session"]["number"] for payload in payloads) == [1, 2, 3, 4]
    assert len({payload["session"]["folio"] for payload in payloads}) == 4


async def test_one_session_is_convened_once(hub: Talking, commission: Commission) -> None:
    session = await planned(hub, commission.body)
    given = {"input": named({"session": session})}
    with hub.at(MONDAY):
        answers = await asyncio.gather(
            *(hub.answer(act("conveneSession"), given, by=by) for by in (commission.julia, commission.luis))
        )
    payloads = [answer["data"]["conveneSession"] for answer in answers]
    assert sorted(len(payload["errors"]) for payload in payloads) == [0, 1]
    assert await hub.rows("SELECT count(*) FROM convocation") == [{"count": 1}]


# ---- moving it ---------------------------------------------------------------------------------------------------


async def test_a_convened_session_is_moved_with_a_reason(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    await hub.forget()
    with hub.at(MONDAY + dt.timedelta(days=1)):
        payload = await done(hub, "amendConvocation", commission.luis, session=session, **moved())
    assert payload["convocation"] == {"number": 2, "kind": "AMENDED", "noticeMet": True}
    assert (payload["session"]["sequence"], payload["session"]["link"]) == (1, None)
    assert payload["session"]["starts"]["instant"] == "2026-06-16T16:00:00.000000Z"
    assert await hub.log() == ["ConvocationPublished"]


async def test_the_notice_is_checked_anew_where_the_time_changes(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    with hub.at(HOUR - dt.timedelta(hours=2)):
        payload = await done(hub, "amendConvocation", commission.luis, session=session, **moved())
        assert payload["convocation"] == {"number": 2, "kind": "AMENDED", "noticeMet": False}
    other = await a_convened_session(hub, commission.body)
    same = {"declaredLocal": "2026-06-15T10:00:00", "zone": "America/Mexico_City"}
    with hub.at(HOUR - dt.timedelta(hours=2)):
        payload = await done(hub, "amendConvocation", commission.luis, session=other, **moved(starts=same))
        assert payload["convocation"] == {"number": 2, "kind": "AMENDED", "noticeMet": True}


async def test_a_session_is_not_moved_into_the_past_nor_by_anybody(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    with hub.at(HOUR + dt.timedelta(days=3)):
        codes = await refused(hub, "amendConvocation", commission.luis, session=session, **moved(place=None))
        assert codes == ["PLACE_MISSING", "BEGINS_IN_THE_PAST"]
    assert await refused(hub, "amendConvocation", commission.members[0], session=session, **moved()) == [
        "OFFICERS_ONLY"
    ]
    plan = await a_planned_session(hub, commission.body)
    assert await refused(hub, "amendConvocation", commission.luis, session=plan, **moved()) == ["WRONG_STATE"]


async def test_a_convocation_never_changes(hub: Talking, commission: Commission) -> None:
    await a_convened_session(hub, commission.body)
    with pytest.raises(DBAPIError, match="only ever added"):
        await hub.run("UPDATE convocation SET notice_met = false")


# ---- several bodies ----------------------------------------------------------------------------------------------


async def test_bodies_that_sit_together(hub: Talking, commission: Commission) -> None:
    other = await a_commission(hub, ["Eva Tun"], rules=None)
    plan = await planned(hub, commission.body, joint_body_ids=(other.body,))
    listed = "query ($body: ID!) { node(id: $body) { ... on Body { sessions { nodes { id } } } } }"
    ids = {"body": f"Body_{other.body}"}
    theirs = await hub.ask(listed, ids, by=other.members[0])
    assert theirs["node"]["sessions"]["nodes"] == [{"id": f"Session_{plan}"}]
    assert (await hub.ask(listed, ids))["node"]["sessions"]["nodes"] == []
    with hub.at(MONDAY):
        assert await refused(hub, "conveneSession", other.julia, session=plan) == ["OFFICERS_ONLY"]
        await done(hub, "conveneSession", commission.julia, session=plan)
    assert (await hub.ask(listed, ids))["node"]["sessions"]["nodes"] == [{"id": f"Session_{plan}"}]


async def test_at_the_turn_of_a_year_no_number_is_given_twice(hub: Talking, commission: Commission) -> None:
    """One is convened in the last minute of the year and one in the next, both for January: other folios, one count."""
    midnight = dt.datetime(2027, 1, 1, 6, tzinfo=dt.UTC)
    starts = Declared(dt.datetime(2027, 1, 20, 10), ZONE)  # noqa: DTZ001 - what a clock on the wall shows
    for _ in range(5):
        sessions = [await a_planned_session(hub, commission.body, starts=starts) for _ in range(2)]
        for session in sessions:
            await a_point(hub, session, "Asunto")

        async def one(session: UUID, at: dt.datetime) -> None:
            async with hub.change(at=at) as change:
                await convene(change, session)

        moments = (midnight - dt.timedelta(minutes=1), midnight)
        await asyncio.gather(*(one(session, at) for session, at in zip(sessions, moments, strict=True)))
    rows = await hub.rows("SELECT number FROM session ORDER BY number")
    assert [row["number"] for row in rows] == list(range(1, 11))
