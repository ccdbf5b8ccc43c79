"""Arranging bodies: who enters them into the register, names them, charges them, and ends them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.bodies.models import BodyState
from hub.viewer import Scope
from tests.bodies.acting import allowed, body_act, codes, words
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, a_visitor, an_administrator, here_in_person
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.people import a_territory
from tests.talking import Talking

CREATE = body_act("createBody")
RENAME = body_act("renameBody")
EDIT = body_act("editBody")
CONSTITUTE, SUSPEND = body_act("constituteBody"), body_act("suspendBody")
RESUME, DISSOLVE = body_act("resumeBody"), body_act("dissolveBody")


def a_group(parent: object, **known: Any) -> dict[str, Any]:
    """What a coordinator sends who founds a working group."""
    wanted = {"name": words("Grupo de datos"), "acronym": "GD", "since": "2026-01-10", "kind": "WORKING_GROUP"}
    return {"input": {**wanted, "parentId": f"Body_{parent}", **known}}


async def test_a_coordinator_founds_a_working_group(hub: Talking) -> None:
    commission = await a_body(hub)
    place = await a_territory(hub)
    julia = await a_coordinator_of(hub, commission)
    await hub.forget()
    given = a_group(commission, planned=True, remit=words("Los datos."), territoryIds=[f"Territory_{place}"])
    body = (await hub.act(CREATE, given, by=julia))["body"]
    assert (body["state"], body["acronym"], body["name"]) == ("PLANNED", "GD", {"text": "Grupo de datos"})
    assert (body["parent"], len(body["territories"]["nodes"])) == ({"id": f"Body_{commission}"}, 1)
    assert allowed(body) == {"constitute", "dissolve"}
    assert await hub.log() == ["BodyRegistered"]
    named = {"input": {"bodyId": body["id"]}}
    assert (await hub.act(CONSTITUTE, named, by=julia))["body"]["state"] == "CONSTITUTED"
    reason = {"input": {"bodyId": body["id"], "reason": words("Cambia la ley.")}}
    suspended = (await hub.act(SUSPEND, reason, by=julia))["body"]
    assert (suspended["state"], suspended["stateReason"]) == ("SUSPENDED", {"text": "Cambia la ley."})
    resumed = (await hub.act(RESUME, named, by=julia))["body"]
    assert (resumed["state"], resumed["stateReason"]) == ("CONSTITUTED", None)
    assert (await hub.act(DISSOLVE, reason, by=julia))["body"]["availableTransitions"] == []
    assert await hub.log() == [
        "BodyRegistered", "BodyConstituted", "BodySuspended", "BodyResumed", "BodyDissolved",
    ]  # fmt: skip
    assert codes(await hub.refuse(CONSTITUTE, named, by=julia)) == ["WRONG_STATE"]


async def test_who_enters_bodies(hub: Talking) -> None:
    commission, other = await a_body(hub), await a_body(hub, "Otra", acronym="O")
    narrow = frozenset(Scope) - {Scope.BODIES_WRITE}
    refused = [
        (a_visitor(), {}, "UNAUTHENTICATED"),
        (await a_citizen(hub), {}, "ADMINISTRATORS_ONLY"),
        (await a_secretary_of(hub, commission), {}, "ADMINISTRATORS_ONLY"),
        (await a_coordinator_of(hub, other), {}, "ADMINISTRATORS_ONLY"),
        (await a_coordinator_of(hub, commission, scopes=narrow), {}, "SCOPE_MISSING"),
        (await a_coordinator_of(hub, commission), {"kind": "COMMISSION"}, "ADMINISTRATORS_ONLY"),
        (await a_coordinator_of(hub, commission), {"since": "2199-01-01"}, "NAME_BEGINS_LATER"),
        (await a_coordinator_of(hub, commission), {"acronym": " "}, "BAD_ACRONYM"),
        (await a_coordinator_of(hub, commission), {"acronym": "x" * 41}, "WORDING_TOO_LONG"),
        (await a_coordinator_of(hub, commission), {"name": words("x" * 301)}, "WORDING_TOO_LONG"),
        (await a_coordinator_of(hub, commission), {"territoryIds": ["Body_1"]}, "BAD_ID"),
        (await a_coordinator_of(hub, commission), {"territoryIds": ["x"] * 101}, "OUT_OF_RANGE"),
    ]
    inés = await here_in_person(hub, await an_administrator(hub))
    await hub.forget()
    for who, known, code in refused:
        assert codes(await hub.refuse(CREATE, a_group(commission, **known), by=who)) == [code], (who.name, known)
    gone = "Territory_00000000-0000-7000-8000-000000000000"
    last = refused[-1][0]
    assert codes(await hub.refuse(CREATE, a_group(commission, territoryIds=[gone]), by=last)) == ["NOT_FOUND"]
    assert (await hub.log(), len(await hub.rows("SELECT 1 FROM body"))) == ([], 2)
    await hub.act(CREATE, a_group(commission, kind="COMMISSION"), by=inés)
    assert await hub.log() == ["BodyRegistered"]


async def test_names_change_and_records_stay(hub: Talking) -> None:
    commission = await a_body(hub, since=dt.date(2015, 5, 4))
    julia = await a_coordinator_of(hub, commission)
    await hub.forget()
    given = {"bodyId": f"Body_{commission}", "name": words("Sistema nuevo"), "acronym": "SN", "since": "2025-03-21"}
    body = (await hub.act(RENAME, {"input": given}, by=julia))["body"]
    assert body["names"] == [
        {"acronym": "SN", "validFrom": "2025-03-21", "validUntil": None},
        {"acronym": "CGA", "validFrom": "2015-05-04", "validUntil": "2025-03-21"},
    ]
    assert (body["name"], body["acronym"]) == ({"text": "Sistema nuevo"}, "SN")
    found = await hub.ask('{ bodies(filter: {text: "Gobierno Abierto"}) { nodes { name { text } } } }')
    assert found == {"bodies": {"nodes": [{"name": {"text": "Sistema nuevo"}}]}}
    assert codes(await hub.refuse(RENAME, {"input": given}, by=julia)) == ["NAME_IS_NEWER"]
    later = {**given, "since": "2199-01-01"}
    assert codes(await hub.refuse(RENAME, {"input": later}, by=julia)) == ["NAME_BEGINS_LATER"]
    luis = await a_secretary_of(hub, commission)
    await hub.forget()
    assert codes(await hub.refuse(RENAME, {"input": given}, by=luis)) == ["COORDINATORS_ONLY"]
    assert await hub.log() == []


async def test_a_charter_is_written_anew(hub: Talking) -> None:
    commission = await a_body(hub, remit=None)
    place = await a_territory(hub)
    julia = await a_coordinator_of(hub, commission)
    await hub.forget()
    first = {"bodyId": f"Body_{commission}", "remit": words("Apertura."), "territoryIds": [f"Territory_{place}"]}
    body = (await hub.act(EDIT, {"input": {**first, "reason": words("Lo pide la ley.")}}, by=julia))["body"]
    (code,) = [node["code"] for node in body["territories"]["nodes"]]
    assert body["charters"]["nodes"] == [
        {"number": 2, "remit": {"text": "Apertura."}, "reason": {"text": "Lo pide la ley."},
         "territories": {"nodes": [{"code": code}]}},
        {"number": 1, "remit": None, "reason": None, "territories": {"nodes": []}},
    ]  # fmt: skip
    again = {"bodyId": f"Body_{commission}", "legalBasis": words("Artículo 3.")}
    body = (await hub.act(EDIT, {"input": again}, by=julia))["body"]
    assert (body["remit"], body["legalBasis"]) == ({"text": "Apertura."}, {"text": "Artículo 3."})
    assert [version["number"] for version in body["charters"]["nodes"]] == [3, 2, 1]
    assert await hub.log() == ["CharterAdopted", "CharterAdopted"]


async def test_everybody_leaves_what_is_dissolved(hub: Talking) -> None:
    group = await a_body(hub)
    seat = await a_seat(hub, group)
    await a_membership(hub, seat)
    inés = await here_in_person(hub, await an_administrator(hub))
    await hub.forget()
    given = {"input": {"bodyId": f"Body_{group}", "reason": words("Se acabó.")}}
    await hub.act(DISSOLVE, given, by=inés)
    assert await hub.log() == ["BodyDissolved", "MembershipEnded", "SeatVacated"]
    assert await hub.rows("SELECT state FROM membership") == [{"state": "ended"}]


async def test_a_body_is_born_planned_or_at_work(hub: Talking) -> None:
    await a_body(hub, state=BodyState.PLANNED)
    with pytest.raises(KeyError):
        await a_body(hub, "Otra", acronym=None, state=BodyState.DISSOLVED)
