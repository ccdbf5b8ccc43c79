"""Planning a session: by the officers, for the members to see, whole or not at all; and calling it off."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from tests.cast import a_citizen, a_visitor
from tests.consultations.asking import es
from tests.making.bodies import a_body
from tests.making.sessions import MONDAY, Commission, a_commission, a_convened_session, a_planned_session
from tests.sessions.acts import act, done, named, refused
from tests.talking import Somebody, Talking

SEEN = """query ($id: ID!, $body: ID!) { node(id: $id) { ... on Session { id title { text } link state } }
  sessions(filter: {body: $body}) { nodes { id } } }"""
RECORD = """query ($id: ID!) { node(id: $id) { ... on Session { state sequence endedAt cancelReason { text }
  convocations { nodes { number kind noticeMet reason { text } } } } } }"""


def plan(**known: Any) -> dict[str, Any]:
    """What somebody sends who plans a session."""
    said = {
        "title": es("Primera sesión ordinaria"),
        "kind": "ORDINARY",
        "mode": "HYBRID",
        "starts": {"declaredLocal": "2026-06-15T10:00:00", "zone": "America/Mexico_City"},
        "planned_minutes": 120,
        "place": es("Sala de juntas"),
        "link": "https://sala.example.org/cga",
    }
    return {**said, **known}


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    """A commission with its rules."""
    return await a_commission(hub)


async def seen(hub: Talking, session: UUID, body: UUID, by: Somebody) -> Any:
    """Return what somebody sees of a session, by its id and in the list."""
    data = await hub.ask(SEEN, {"id": f"Session_{session}", "body": f"Body_{body}"}, by=by)
    return data["node"], [node["id"] for node in data["sessions"]["nodes"]]


async def test_an_officer_plans_and_the_members_see_it(hub: Talking, commission: Commission) -> None:
    await hub.forget()
    with hub.at(MONDAY):
        payload = await done(hub, "planSession", commission.luis, body=commission.body, **plan())
    session = payload["session"]
    assert session | {"id": None} == {
        "id": None,
        "folio": None,
        "state": "PLANNED",
        "number": None,
        "call": 1,
        "sequence": 0,
        "mode": "HYBRID",
        "starts": {
            "instant": "2026-06-15T16:00:00.000000Z",
            "declaredLocal": "2026-06-15T10:00:00",
            "zone": "America/Mexico_City",
        },
        "place": {"text": "Sala de juntas"},
        "link": "https://sala.example.org/cga",
        "convocations": {"nodes": []},
    }
    assert await hub.log() == ["SessionPlanned"]
    id_ = UUID(session["id"].partition("_")[2])
    for somebody in commission.everybody:
        found, listed = await seen(hub, id_, commission.body, somebody)
        assert found["state"] == "PLANNED"
        assert listed == [session["id"]]
    for stranger in (a_visitor(), await a_citizen(hub)):
        assert await seen(hub, id_, commission.body, stranger) == (None, [])


async def test_nobody_else_plans(hub: Talking, commission: Commission) -> None:
    for somebody in (commission.members[0], await a_citizen(hub)):
        assert await refused(hub, "planSession", somebody, body=commission.body, **plan()) == ["OFFICERS_ONLY"]
    assert await refused(hub, "planSession", None, body=commission.body, **plan()) == ["UNAUTHENTICATED"]
    other = await a_body(hub, "Otro órgano", acronym="OTR")
    assert await refused(hub, "planSession", commission.julia, body=other, **plan()) == ["OFFICERS_ONLY"]


async def test_everything_that_is_wrong_is_told_at_once(hub: Talking, commission: Commission) -> None:
    wrong = plan(
        body=commission.body,
        title={"source": "es", "translations": []},
        link="ftp://sala.example.org",
        planned_minutes=0,
        open_to_public=False,
        starts={"declaredLocal": "2026-06-15T10:00:00", "zone": "America/Atlantida"},
        joint_body_ids=[f"Body_{commission.body}", f"Body_{commission.julia.person_id}", "Person_1"],
    )
    before = await hub.log()
    errors = await hub.refuse(act("planSession"), {"input": named(wrong)}, by=commission.julia)
    assert await hub.log() == before
    assert {(error["code"], ".".join(error["path"])) for error in errors} == {
        ("WORDING_MISSING", "title.source"),
        ("BAD_ID", "jointBodyIds.2"),
        ("NOT_A_LINK", "link"),
        ("CLOSED_WITHOUT_REASON", "closedReason"),
        ("UNKNOWN_ZONE", "starts.zone"),
        ("OUT_OF_RANGE", "plannedMinutes"),
        ("BODY_GIVEN_TWICE", "jointBodyIds.0"),
        ("UNKNOWN_BODY", "jointBodyIds.1"),
    }


async def test_a_plan_is_written_anew_until_it_is_convened(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    await hub.forget()
    anew = plan(title=es("Otra"), mode="REMOTE", place=None)
    payload = await done(hub, "editSession", commission.julia, session=session, **anew)
    assert (payload["session"]["mode"], payload["session"]["place"]) == ("REMOTE", None)
    assert await hub.log() == ["SessionEdited"]
    assert await refused(hub, "editSession", commission.members[0], session=session, **anew) == ["OFFICERS_ONLY"]
    convened = await a_convened_session(hub, commission.body)
    assert await refused(hub, "editSession", commission.julia, session=convened, **anew) == ["WRONG_STATE"]


async def test_a_plan_is_called_off_without_a_trace_in_public(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    await hub.forget()
    await done(hub, "cancelSession", commission.luis, session=session, reason=es("No hay asuntos."))
    assert await hub.log() == ["SessionCancelled"]
    assert await seen(hub, session, commission.body, a_visitor()) == (None, [])


async def test_a_convened_session_is_called_off_in_public(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    await hub.forget()
    reason = es("Contingencia ambiental.")
    assert await refused(hub, "cancelSession", commission.members[0], session=session, reason=reason) == [
        "OFFICERS_ONLY"
    ]
    empty = {"source": "es", "translations": []}
    assert await refused(hub, "cancelSession", commission.luis, session=session, reason=empty) == ["WORDING_MISSING"]
    with hub.at(MONDAY + dt.timedelta(days=2)):
        await done(hub, "cancelSession", commission.luis, session=session, reason=reason)
    assert await hub.log() == ["SessionCancelled", "ConvocationPublished"]
    data = await hub.ask(RECORD, {"id": f"Session_{session}"})
    assert data["node"] == {
        "state": "CANCELLED",
        "sequence": 1,
        "endedAt": "2026-06-03T16:00:00.000000Z",
        "cancelReason": {"text": "Contingencia ambiental."},
        "convocations": {
            "nodes": [
                {"number": 1, "kind": "ISSUED", "noticeMet": True, "reason": None},
                {"number": 2, "kind": "ANNULLED", "noticeMet": True, "reason": {"text": "Contingencia ambiental."}},
            ]
        },
    }
    assert await refused(hub, "cancelSession", commission.luis, session=session, reason=reason) == ["WRONG_STATE"]
