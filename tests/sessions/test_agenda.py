"""The agenda: points under points in their order, by the officers alone; members ask for theirs in time."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from tests.cast import a_citizen, a_visitor
from tests.consultations.asking import es
from tests.making.sessions import (
    HOUR,
    MONDAY,
    Commission,
    a_commission,
    a_convened_session,
    a_planned_session,
    a_point,
    an_open_session,
    points_of,
)
from tests.sessions.acts import act, done, named, refused
from tests.talking import Somebody, Talking

AGENDA = """query ($id: ID!) { node(id: $id) { ... on Session { sequence
  agenda { nodes { number title { text } items { nodes { number title { text } } } } }
  requestedPoints { nodes { state title { text } answer { text } requestedBy { name } number } } } } }"""


def point(title: str = "Acuerdo sobre datos abiertos", **known: Any) -> dict[str, Any]:
    """What somebody sends who puts a point on an agenda, or asks for it."""
    return {"kind": "DECISION", "title": es(title), **known}


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    """A commission with its rules."""
    return await a_commission(hub)


async def agenda(hub: Talking, session: UUID, by: Somebody) -> list[tuple[str, str]]:
    """Return the numbers and the titles that somebody sees on an agenda."""
    data = await hub.ask(AGENDA, {"id": f"Session_{session}"}, by=by)
    found = []
    for node in data["node"]["agenda"]["nodes"]:
        found.append((node["number"], node["title"]["text"]))
        found += [(part["number"], part["title"]["text"]) for part in node["items"]["nodes"]]
    return found


def identified(payload: dict[str, Any]) -> UUID:
    """Return the identifier of the point that a mutation answers with."""
    return UUID(payload["agendaItem"]["id"].partition("_")[2])


# ---- arranging ---------------------------------------------------------------------------------------------------


async def test_points_stand_where_they_are_put(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    await hub.forget()
    first = identified(await done(hub, "addAgendaItem", commission.luis, session=session, **point("Informe")))
    second = identified(await done(hub, "addAgendaItem", commission.julia, session=session, **point("Acuerdo")))
    await done(hub, "addAgendaItem", commission.luis, session=session, **point("Lista de asistencia"), position=1)
    for title in ("Antecedentes", "Votación"):
        await done(hub, "addAgendaItem", commission.luis, session=session, parent=second, **point(title))
    assert await hub.log() == ["PointEntered"] * 5
    assert await agenda(hub, session, commission.julia) == [
        ("1", "Lista de asistencia"),
        ("2", "Informe"),
        ("3", "Acuerdo"),
        ("3.1", "Antecedentes"),
        ("3.2", "Votación"),
    ]
    await done(hub, "moveAgendaItem", commission.luis, agenda_item=second, position=1)
    await done(hub, "moveAgendaItem", commission.luis, agenda_item=first, parent=second, position=2)
    assert await agenda(hub, session, commission.julia) == [
        ("1", "Acuerdo"),
        ("1.1", "Antecedentes"),
        ("1.2", "Informe"),
        ("1.3", "Votación"),
        ("2", "Lista de asistencia"),
    ]
    await done(hub, "moveAgendaItem", commission.luis, agenda_item=first, position=99)
    await done(hub, "removeAgendaItem", commission.luis, agenda_item=second)
    assert await agenda(hub, session, commission.julia) == [("1", "Lista de asistencia"), ("2", "Informe")]
    states = await hub.rows("SELECT state, count(*) FROM agenda_item GROUP BY state ORDER BY state")
    assert [(row["state"], row["count"]) for row in states] == [("accepted", 2), ("removed", 3)]


async def test_a_point_is_written_anew(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    (only,) = await points_of(hub, session)
    await hub.forget()
    anew = point("Acuerdo nuevo", public=False, planned_minutes=15, presenter="Ana Robles")
    payload = await done(hub, "editAgendaItem", commission.luis, agenda_item=only, **anew)
    assert payload["agendaItem"]["title"] == {"text": "Acuerdo nuevo"}
    assert await hub.log() == ["PointEdited"]
    assert await agenda(hub, session, commission.members[0]) == [("1", "Acuerdo nuevo")]
    assert await agenda(hub, session, a_visitor()) == []
    # Whoever was convened hears of it by the calendar.
    assert (await hub.rows("SELECT sequence FROM session"))[0]["sequence"] == 1


async def test_nobody_else_arranges(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    (only,) = await points_of(hub, session)
    for somebody in (commission.members[0], await a_citizen(hub)):
        assert await refused(hub, "addAgendaItem", somebody, session=session, **point()) == ["OFFICERS_ONLY"]
        assert await refused(hub, "editAgendaItem", somebody, agenda_item=only, **point()) == ["OFFICERS_ONLY"]
        assert await refused(hub, "moveAgendaItem", somebody, agenda_item=only, position=1) == ["OFFICERS_ONLY"]
        assert await refused(hub, "removeAgendaItem", somebody, agenda_item=only) == ["OFFICERS_ONLY"]
    hidden = await a_point(hub, await a_planned_session(hub, commission.body), "Otro")
    assert await refused(hub, "editAgendaItem", None, agenda_item=hidden, **point()) == ["NOT_FOUND"]


async def test_what_is_wrong_is_told_at_once(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    other = await a_point(hub, await a_planned_session(hub, commission.body), "De otra sesión")
    top = await a_point(hub, session, "Acuerdo")
    part = await a_point(hub, session, "Antecedentes", parent_id=top)
    wrong = {
        **point(),
        "session": session,
        "title": {"source": "es", "translations": []},
        "presenter": " ",
        "planned_minutes": 0,
        "parent": other,
        "explanation": es("x" * 10_001),
    }
    errors = await hub.refuse(act("addAgendaItem"), {"input": named(wrong)}, by=commission.luis)
    assert {(error["code"], ".".join(error["path"])) for error in errors} == {
        ("WORDING_MISSING", "title.source"),
        ("WORDING_TOO_LONG", "explanation"),
        ("WORDS_MISSING", "presenter"),
        ("OUT_OF_RANGE", "plannedMinutes"),
        ("UNKNOWN_POINT", "parentId"),
    }
    deep = {"session": session, "parent": part, **point()}
    assert await refused(hub, "addAgendaItem", commission.luis, **deep) == ["POINTS_TOO_DEEP"]
    second = await a_point(hub, session, "Otro")
    under = {"agenda_item": top, "parent": second, "position": 1}
    assert await refused(hub, "moveAgendaItem", commission.luis, **under) == ["POINTS_TOO_DEEP"]
    under["parent"] = top
    assert await refused(hub, "moveAgendaItem", commission.luis, **under) == ["POINTS_TOO_DEEP"]


async def test_in_a_session_points_are_added_and_none_is_taken_off(hub: Talking, commission: Commission) -> None:
    session = await an_open_session(hub, commission)
    (only,) = await points_of(hub, session)
    with hub.at(HOUR):
        await done(hub, "addAgendaItem", commission.luis, session=session, **point("Asuntos generales"))
        assert await refused(hub, "removeAgendaItem", commission.luis, agenda_item=only) == ["WRONG_STATE"]
    assert [title for _, title in await agenda(hub, session, a_visitor())] == [
        "Acuerdo sobre datos abiertos",
        "Asuntos generales",
    ]


async def test_two_officers_who_arrange_at_once_leave_one_order(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    officers = [commission.julia, commission.luis] * 3
    await asyncio.gather(
        *(
            done(hub, "addAgendaItem", officer, session=session, **point(f"Punto {n}"), position=1)
            for n, officer in enumerate(officers)
        )
    )
    positions = await hub.rows("SELECT position FROM agenda_item ORDER BY position")
    assert [row["position"] for row in positions] == [1, 2, 3, 4, 5, 6]


# ---- requesting --------------------------------------------------------------------------------------------------


async def test_a_member_asks_and_an_officer_answers(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    ana, rosa, _ = commission.members
    await hub.forget()
    with hub.at(MONDAY):
        asked = identified(await done(hub, "requestAgendaItem", ana, session=session, **point("Padrón")))
        other = identified(await done(hub, "requestAgendaItem", rosa, session=session, **point("Viáticos")))
        assert await agenda(hub, session, ana) == [("1", "Acuerdo sobre datos abiertos")]
        yes, no = es("Con gusto."), es("No es de esta comisión.")
        await done(hub, "acceptAgendaItem", commission.luis, agenda_item=asked, answer=yes, position=1)
        await done(hub, "rejectAgendaItem", commission.luis, agenda_item=other, answer=no)
        again = {"agenda_item": other, "answer": no}
        assert await refused(hub, "rejectAgendaItem", commission.luis, **again) == ["WRONG_STATE"]
    assert await hub.log() == ["PointRequested", "PointRequested", "PointAccepted", "PointRejected"]
    assert await agenda(hub, session, a_visitor()) == [("1", "Padrón"), ("2", "Acuerdo sobre datos abiertos")]
    accepted = {
        "state": "ACCEPTED",
        "title": {"text": "Padrón"},
        "answer": {"text": "Con gusto."},
        "requestedBy": {"name": "Ana Robles"},
        "number": "1",
    }
    rejected = {
        "state": "REJECTED",
        "title": {"text": "Viáticos"},
        "answer": {"text": "No es de esta comisión."},
        "requestedBy": {"name": "Rosa Canul"},
        "number": None,
    }
    told = {}
    for somebody in (commission.members[2], a_visitor()):
        data = await hub.ask(AGENDA, {"id": f"Session_{session}"}, by=somebody)
        told[somebody.name] = data["node"]["requestedPoints"]["nodes"]
    # What was refused has no place on the agenda, and so comes before what has one.
    assert told == {"Noé Ku": [rejected, accepted], "a visitor": [accepted]}


async def test_points_are_asked_for_in_time(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    ana = commission.members[0]
    until = HOUR - dt.timedelta(hours=48)
    with hub.at(until + dt.timedelta(seconds=1)):
        errors = await hub.refuse(act("requestAgendaItem"), {"input": named({"session": session, **point()})}, by=ana)
        assert [error["code"] for error in errors] == ["TOO_LATE_FOR_POINTS"]
        assert "13 de junio de 2026 a las 10:00" in errors[0]["message"]
    with hub.at(until):
        await done(hub, "requestAgendaItem", ana, session=session, **point())


async def test_only_members_ask(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    with hub.at(MONDAY):
        asked = {"session": session, **point()}
        assert await refused(hub, "requestAgendaItem", await a_citizen(hub), **asked) == ["MEMBERS_ONLY"]
        assert await refused(hub, "requestAgendaItem", None, **asked) == ["UNAUTHENTICATED"]
        mine = identified(await done(hub, "requestAgendaItem", commission.members[0], **asked))
        own = {"agenda_item": mine}
        assert await refused(hub, "acceptAgendaItem", commission.members[0], **own) == ["OFFICERS_ONLY"]


async def test_nobody_asks_for_more_than_twenty(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    with hub.at(MONDAY):
        for _ in range(20):
            await done(hub, "requestAgendaItem", commission.members[0], session=session, **point())
        asked = {"session": session, **point()}
        assert await refused(hub, "requestAgendaItem", commission.members[0], **asked) == ["TOO_MANY_ITEMS"]
        await done(hub, "requestAgendaItem", commission.members[1], **asked)
