"""Speaking for an organisation: asked for with evidence, decided by an officer, ended; and who sees any of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from hub import clock
from hub.errors import Refusal
from hub.identity import authenticating
from hub.people.models import Power
from hub.people.representing import valid_representation
from hub.viewer import Scope
from tests.cast import (
    a_citizen,
    a_client,
    a_coordinator_of,
    a_representative_of,
    a_secretary_of,
    a_visitor,
    an_administrator,
    an_analyst_of,
)
from tests.making.bodies import a_body
from tests.making.people import a_pending_representation, a_valid_representation, an_organization
from tests.talking import Somebody, Talking

FIELDS = """id state powers evidence decisionReason askedAt validFrom validUntil personName
  person { displayName } organization { id name { text } } availableTransitions { event allowed reason { code } }"""


def act(verb: str) -> str:
    """Return the mutation that does this to a representation."""
    return f"""mutation ($input: {verb.capitalize()}RepresentationInput!) {{ {verb}Representation(input: $input) {{
      representation {{ {FIELDS} }} errors {{ __typename code message path }} event }} }}"""


ASK, GRANT, REFUSE, END = act("ask"), act("grant"), act("refuse"), act("end")
LIST = """query ($filter: RepresentationFilter, $order: RepresentationOrder) {
  representations(filter: $filter, orderBy: $order) { totalCount nodes { id personName state } } }"""
OWN = """{ viewer { verified represents { nodes { id } } representations { nodes { id state } } } }"""
NODE = "query ($id: ID!) { node(id: $id) { ... on Representation { id evidence } ... on Organization { id } } }"


def wanting(organization_id: object, **known: Any) -> dict[str, Any]:
    """What somebody sends who wants to speak for an organisation."""
    wanted = {"organizationId": f"Organization_{organization_id}", "powers": ["ANSWER"], "evidence": "Acta, foja 3."}
    return {"input": {**wanted, **known}}


def about(id_: object, **known: Any) -> dict[str, Any]:
    """What is sent to decide about a representation."""
    return {"input": {"representationId": f"Representation_{id_}", **known}}


def codes(errors: list[dict[str, Any]]) -> list[str]:
    """Return the codes of errors."""
    return [error["code"] for error in errors]


@pytest.fixture
async def clear_water(hub: Talking) -> Any:
    """An organisation."""
    return await an_organization(hub)


@pytest.fixture
async def julia(hub: Talking) -> Somebody:
    """The coordinator of a body."""
    return await a_coordinator_of(hub, await a_body(hub))


async def test_asked_and_granted(hub: Talking, clear_water: Any, julia: Somebody) -> None:
    rosa = await a_citizen(hub, "Rosa Canul")
    await hub.forget()
    now = clock.now()
    with hub.at(now):
        payload = await hub.act(ASK, wanting(clear_water, powers=["VOTE", "ANSWER", "VOTE"]), by=rosa)
    asked = payload["representation"]
    assert {**asked, "id": None, "askedAt": None} == {
        "id": None,
        "askedAt": None,
        "state": "PENDING",
        "powers": ["ANSWER", "VOTE"],
        "evidence": "Acta, foja 3.",
        "decisionReason": None,
        "validFrom": None,
        "validUntil": None,
        "personName": "Rosa Canul",
        "person": {"displayName": "Rosa Canul"},
        "organization": {"id": f"Organization_{clear_water}", "name": {"text": "Colectivo Agua Clara"}},
        "availableTransitions": [
            {"event": "grant", "allowed": False, "reason": {"code": "OFFICERS_ONLY"}},
            {"event": "deny", "allowed": False, "reason": {"code": "OFFICERS_ONLY"}},
            {"event": "end", "allowed": True, "reason": None},
        ],
    }
    (own,) = (await hub.ask("{ viewer { representations { nodes { id } } } }", by=rosa))["viewer"].values()
    assert own == {"nodes": [{"id": asked["id"]}]}
    later = now + dt.timedelta(hours=1)
    with hub.at(later):
        granted = (await hub.act(GRANT, {"input": {"representationId": asked["id"]}}, by=julia))["representation"]
    assert (granted["state"], granted["validUntil"]) == ("VALID", None)
    assert dt.datetime.fromisoformat(granted["validFrom"]) == later
    # The profile is not public: the officer is told who it is, and no more of them.
    assert (granted["personName"], granted["person"]) == ("Rosa Canul", None)
    assert await hub.log() == ["RepresentationAsked", "RepresentationGranted"]
    log = await hub.events()
    assert [event["public"] for event in log] == [False, False]
    assert "foja" not in repr(log)


async def test_refused_with_a_reason(hub: Talking, clear_water: Any, julia: Somebody) -> None:
    rosa = await a_citizen(hub, "Rosa Canul")
    asked = await a_pending_representation(hub, rosa, clear_water)
    await hub.forget()
    assert codes(await hub.refuse(REFUSE, about(asked, reason=" "), by=julia)) == ["WORDS_MISSING"]
    assert codes(await hub.refuse(REFUSE, about(asked, reason="x" * 4_001), by=julia)) == ["WORDING_TOO_LONG"]
    await hub.act(REFUSE, about(asked, reason="El acta es de otra asociación."), by=julia)
    seen = (await hub.ask(f"query ($id: ID!) {{ node(id: $id) {{ ... on Representation {{ {FIELDS} }} }} }}",
                          {"id": f"Representation_{asked}"}, by=rosa))["node"]  # fmt: skip
    told = (seen["state"], seen["decisionReason"], seen["validFrom"], seen["availableTransitions"])
    assert told == ("ENDED", "El acta es de otra asociación.", None, [])
    assert (await hub.ask(OWN, by=rosa))["viewer"]["represents"] == {"nodes": []}
    # Whoever was refused may ask again.
    await hub.act(ASK, wanting(clear_water), by=rosa)
    assert await hub.log() == ["RepresentationEnded", "RepresentationAsked"]


@pytest.mark.parametrize(("known", "code", "path"), [
    ({"powers": []}, "NO_POWERS", "powers"),
    ({"evidence": "\n "}, "WORDS_MISSING", "evidence"),
    ({"evidence": "x" * 4_001}, "WORDING_TOO_LONG", "evidence"),
    ({"organizationId": "Organization_00000000-0000-7000-8000-000000000000"}, "NOT_FOUND", ""),
    ({"organizationId": "Body_00000000-0000-7000-8000-000000000000"}, "BAD_ID", "organizationId"),
])  # fmt: skip
async def test_what_nobody_can_ask(hub: Talking, clear_water: Any, known: dict[str, Any], code: str, path: str) -> None:
    rosa = await a_citizen(hub)
    await hub.forget()
    errors = await hub.refuse(ASK, wanting(clear_water, **known), by=rosa)
    assert [(error["code"], ".".join(error["path"] or ())) for error in errors] == [(code, path)]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM representation")) == ([], [])


async def test_asking_twice_is_a_conflict(hub: Talking, clear_water: Any) -> None:
    rosa, luis = await a_citizen(hub, "Rosa"), await a_citizen(hub, "Luis")
    await hub.forget()
    answers = await asyncio.gather(*[hub.answer(ASK, wanting(clear_water), by=rosa) for _ in range(10)])
    payloads = [answer["data"]["askRepresentation"] for answer in answers]
    assert [len(payload["errors"]) for payload in payloads].count(0) == 1
    refused = {(e["__typename"], e["code"]) for payload in payloads for e in payload["errors"]}
    assert refused == {("ConflictError", "REPRESENTATION_ASKED_ALREADY")}
    assert await hub.log() == ["RepresentationAsked"]
    # Somebody else may ask for the same one, and the same one for another.
    await hub.act(ASK, wanting(clear_water), by=luis)
    await hub.act(ASK, wanting(await an_organization(hub, "Otra")), by=rosa)
    assert codes(await hub.refuse(ASK, wanting(clear_water), by=rosa)) == ["REPRESENTATION_ASKED_ALREADY"]


async def test_who_decides(hub: Talking, clear_water: Any) -> None:
    body = await a_body(hub)
    rosa = await a_citizen(hub, "Rosa Canul")
    asked = await a_pending_representation(hub, rosa, clear_water)
    narrow = frozenset(Scope) - {Scope.BODIES_WRITE}
    table = [
        (a_visitor(), "NOT_FOUND"),
        (await a_client(hub, scopes=frozenset(Scope)), "NOT_FOUND"),
        (rosa, "OFFICERS_ONLY"),
        (await a_citizen(hub, "Otra"), "NOT_FOUND"),
        (await a_representative_of(hub, clear_water, "Otro"), "NOT_FOUND"),
        (await an_analyst_of(hub, body), "NOT_FOUND"),
        (await an_administrator(hub), "NOT_FOUND"),
        (await a_coordinator_of(hub, body, scopes=narrow), "NOT_FOUND"),
    ]
    await hub.forget()
    for who, code in table:
        for mutation, variables in ((GRANT, about(asked)), (REFUSE, about(asked, reason="No."))):
            assert codes(await hub.refuse(mutation, variables, by=who)) == [code], who.name
    assert await hub.log() == []
    await hub.act(GRANT, about(asked), by=await a_secretary_of(hub, body))


async def test_nobody_grants_their_own(hub: Talking, clear_water: Any, julia: Somebody) -> None:
    asked = await a_pending_representation(hub, julia, clear_water)
    await hub.forget()
    assert codes(await hub.refuse(GRANT, about(asked), by=julia)) == ["NOT_ONES_OWN"]
    assert codes(await hub.refuse(REFUSE, about(asked, reason="No."), by=julia)) == ["NOT_ONES_OWN"]
    assert await hub.log() == []
    # Another officer does, and whoever asked may take it back alone.
    await hub.act(GRANT, about(asked), by=await a_secretary_of(hub, await a_body(hub, "Otra", acronym="OTRA")))
    await hub.act(END, about(asked, reason="Ya no."), by=julia)


async def test_what_is_decided_is_decided_once(hub: Talking, clear_water: Any, julia: Somebody) -> None:
    rosa = await a_citizen(hub, "Rosa Canul")
    asked = await a_pending_representation(hub, rosa, clear_water)
    await hub.forget()
    acts = [(GRANT, about(asked)), (REFUSE, about(asked, reason="No."))] * 4
    answers = await asyncio.gather(*[hub.answer(mutation, variables, by=julia) for mutation, variables in acts])
    errors = [codes(payload["errors"]) for answer in answers for payload in answer["data"].values()]
    assert sorted(errors) == [[], *[["REPRESENTATION_DECIDED"]] * 7]
    assert len(await hub.log()) == 1


async def test_whoever_holds_it_gives_it_up_and_an_officer_ends_it(
    hub: Talking, clear_water: Any, julia: Somebody
) -> None:
    for who_ends in ("rosa", "julia"):
        rosa = await a_citizen(hub, "Rosa Canul")
        held = await a_valid_representation(hub, rosa, clear_water)
        other = await a_citizen(hub, "Otra")
        await hub.forget()
        assert codes(await hub.refuse(END, about(held, reason="No."), by=other)) == ["NOT_FOUND"]
        assert codes(await hub.refuse(END, about(held, reason=""), by=rosa)) == ["WORDS_MISSING"]
        assert await hub.log() == []
        by = rosa if who_ends == "rosa" else julia
        ended = (await hub.act(END, about(held, reason="Dejó el colectivo."), by=by))["representation"]
        assert (ended["state"], ended["decisionReason"]) == ("ENDED", "Dejó el colectivo.")
        assert ended["validUntil"] > ended["validFrom"]
        assert codes(await hub.refuse(END, about(held, reason="Otra vez."), by=by)) == ["REPRESENTATION_DECIDED"]
        assert await hub.log() == ["RepresentationEnded"]


async def test_who_sees_what(hub: Talking, clear_water: Any, julia: Somebody) -> None:
    rosa, luis = await a_citizen(hub, "Rosa", public_profile=True), await a_citizen(hub, "Luis")
    first = await a_valid_representation(hub, rosa, clear_water, at=clock.now() - dt.timedelta(days=1))
    other = await an_organization(hub, "Otra")
    second = await a_pending_representation(hub, luis, other)
    narrow = await a_coordinator_of(hub, await a_body(hub, "B", acronym="B"), scopes=[Scope.PUBLIC_READ])

    async def seen(who: Somebody, **given: Any) -> list[str]:
        found = (await hub.ask(LIST, given, by=who))["representations"]
        assert found["totalCount"] == len(found["nodes"])
        return [node["id"] for node in found["nodes"]]

    both = [f"Representation_{second}", f"Representation_{first}"]
    assert await seen(julia) == both
    assert await seen(julia, order="ASKED_ASC") == both[::-1]
    assert await seen(julia, filter={"state": ["PENDING"]}) == both[:1]
    assert await seen(julia, filter={"organization": f"Organization_{clear_water}"}) == both[1:]
    assert (await seen(rosa), await seen(luis)) == (both[1:], both[:1])
    for who in (a_visitor(), await a_citizen(hub, "Otra"), await a_client(hub), narrow):
        assert await seen(who) == []
        assert (await hub.ask(NODE, {"id": both[0]}, by=who))["node"] is None
    assert (await hub.ask(NODE, {"id": both[0]}, by=luis))["node"]["evidence"] == "Acta constitutiva, foja 3."
    assert (await hub.ask(NODE, {"id": f"Organization_{other}"}))["node"] == {"id": f"Organization_{other}"}
    own = (await hub.ask(OWN, by=rosa))["viewer"]
    assert own == {
        "verified": False,
        "represents": {"nodes": [{"id": f"Organization_{clear_water}"}]},
        "representations": {"nodes": [{"id": both[1], "state": "VALID"}]},
    }
    nobody = {"verified": False, "represents": {"nodes": []}, "representations": {"nodes": []}}
    assert (await hub.ask(OWN))["viewer"] == nobody


async def test_only_the_power_to_answer_lets_somebody_answer(hub: Talking, clear_water: Any) -> None:
    rosa = await a_representative_of(hub, clear_water, powers=[Power.VOTE, Power.PUBLISH])
    assert (await hub.ask(OWN, by=rosa))["viewer"]["represents"] == {"nodes": []}
    async with hub.change(rosa.viewer) as change:
        with pytest.raises(Refusal) as refused:
            await valid_representation(change, clear_water)
        assert (await valid_representation(change, clear_water, power=Power.VOTE)).person_id == rosa.person_id
    assert refused.value.code == "NOT_A_REPRESENTATIVE"


async def test_the_door_forgets_an_ended_one_within_two_seconds(
    hub: Talking, clear_water: Any, julia: Somebody
) -> None:
    rosa = await a_citizen(hub, "Rosa Canul")
    held = await a_valid_representation(hub, rosa, clear_water)
    assert rosa.token is not None

    async def represents() -> tuple[Any, ...]:
        assert rosa.token is not None
        return (await hub.hub.authenticator.viewer(rosa.token, ("es",), clock.now())).represents

    assert await represents() == (clear_water,)
    await hub.act(END, about(held, reason="Dejó el colectivo."), by=julia)
    began = time.monotonic()
    while await represents():
        assert time.monotonic() - began < 2, "The representation still holds after two seconds."
        await asyncio.sleep(0.05)
    assert authenticating.BELIEVED < 2


async def test_a_state_changes_by_its_event_alone(hub: Talking, clear_water: Any) -> None:
    await a_pending_representation(hub, await a_citizen(hub), clear_water)
    with pytest.raises(IntegrityError, match="without the event of a lawful move"):
        await hub.run("UPDATE representation SET state = 'valid', valid_from = now()")
    assert await hub.rows("SELECT state FROM representation") == [{"state": "pending"}]


async def test_a_repetition_has_one_effect(hub: Talking, clear_water: Any, julia: Somebody) -> None:
    rosa = await a_citizen(hub)
    await hub.forget()
    first = await hub.act(ASK, wanting(clear_water, idempotencyKey="una"), by=rosa)
    assert await hub.act(ASK, wanting(clear_water, idempotencyKey="una"), by=rosa) == first
    id_ = first["representation"]["id"].partition("_")[2]
    granted = await hub.act(GRANT, about(id_, idempotencyKey="dos"), by=julia)
    assert await hub.act(GRANT, about(id_, idempotencyKey="dos"), by=julia) == granted
    assert await hub.log() == ["RepresentationAsked", "RepresentationGranted"]
