"""Joining a body: asked for or offered, answered with reasons, lapsed by the clock."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from hub import clock
from hub.bodies.seat_models import Post
from hub.viewer import Scope
from tests.bodies.acting import act, codes
from tests.cast import a_citizen, a_representative_of, a_secretary_of, a_visitor
from tests.making.bodies import a_body, a_seat
from tests.making.people import an_organization
from tests.talking import Somebody, Talking

FIELDS = """id kind state lapsed statement answer personName person { displayName } organization { id }
  seat { id holder { name organization { id } } }"""
ASK, INVITE = act("askToJoin", "joinRequest", FIELDS), act("inviteMember", "joinRequest", FIELDS)
ACCEPT = act("acceptJoinRequest", "joinRequest", FIELDS)
ACCEPT_INVITATION = act("acceptInvitation", "joinRequest", FIELDS)
DECLINE = act("declineJoinRequest", "joinRequest", FIELDS)
TAKE_BACK = act("takeBackJoinRequest", "joinRequest", FIELDS)
OWN = "{ viewer { joinRequests { nodes { id kind state } } memberships { nodes { state } } } }"
LIST = "query ($id: ID!) { node(id: $id) { ... on Body { joinRequests { totalCount nodes { personName } } } } }"
NOBODY = "00000000-0000-7000-8000-000000000000"


def wanting(body: object, **known: Any) -> dict[str, Any]:
    """What somebody sends who wants to join."""
    return {"input": {"bodyId": f"Body_{body}", "statement": "Sé de datos.", **known}}


def offering(seat: object, **known: Any) -> dict[str, Any]:
    """What an officer sends who invites somebody."""
    return {"input": {"seatId": f"Seat_{seat}", "statement": "Nos hace falta.", **known}}


def about(payload: dict[str, Any], **known: Any) -> dict[str, Any]:
    """What is sent about the request of a payload."""
    return {"input": {"joinRequestId": payload["joinRequest"]["id"], **known}}


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A commission."""
    return await a_body(hub)


@pytest.fixture
async def luis(hub: Talking, body: UUID) -> Somebody:
    """Its secretary."""
    return await a_secretary_of(hub, body)


async def test_asked_and_accepted(hub: Talking, body: UUID, luis: Somebody) -> None:
    ana, other = await a_citizen(hub, "Ana Robles"), await a_citizen(hub, "Otra")
    seat = await a_seat(hub, body)
    await hub.forget()
    asked = await hub.act(ASK, wanting(body), by=ana)
    assert {**asked["joinRequest"], "id": None} == {
        "id": None, "kind": "REQUEST", "state": "SENT", "lapsed": False, "statement": "Sé de datos.", "answer": None,
        "personName": "Ana Robles", "person": {"displayName": "Ana Robles"}, "organization": None, "seat": None,
    }  # fmt: skip
    assert codes(await hub.refuse(ASK, wanting(body), by=ana)) == ["JOIN_REQUEST_SENT_ALREADY"]
    given = about(asked, seatId=f"Seat_{seat}", answer="Bienvenida.")
    assert codes(await hub.refuse(ACCEPT, given, by=ana)) == ["OFFICERS_ONLY"]
    assert codes(await hub.refuse(ACCEPT, given, by=other)) == ["NOT_FOUND"]
    assert codes(await hub.refuse(ACCEPT_INVITATION, about(asked, answer="Sí."), by=ana)) == ["NOT_FOUND"]
    assert (await hub.ask(LIST, {"id": f"Body_{body}"}, by=other))["node"]["joinRequests"]["totalCount"] == 0
    assert (await hub.ask(LIST, {"id": f"Body_{body}"}, by=luis))["node"]["joinRequests"]["nodes"] == [
        {"personName": "Ana Robles"}
    ]
    assert await hub.log() == ["JoinRequestSent"]
    accepted = (await hub.act(ACCEPT, given, by=luis))["joinRequest"]
    assert (accepted["state"], accepted["answer"], accepted["seat"]["holder"]["name"]) == (
        "ACCEPTED", "Bienvenida.", "Ana Robles",
    )  # fmt: skip
    assert await hub.log() == ["JoinRequestSent", "MemberSeated", "SeatFilled", "JoinRequestAnswered"]
    assert [event["public"] for event in await hub.events()] == [False, True, True, False]
    assert codes(await hub.refuse(DECLINE, about(asked, answer="No."), by=luis)) == ["JOIN_REQUEST_ANSWERED"]


async def test_declined_with_reasons_and_taken_back(hub: Talking, body: UUID, luis: Somebody) -> None:
    ana = await a_citizen(hub, "Ana Robles")
    asked = await hub.act(ASK, wanting(body), by=ana)
    await hub.forget()
    assert codes(await hub.refuse(DECLINE, about(asked, answer=" "), by=luis)) == ["WORDS_MISSING"]
    assert codes(await hub.refuse(DECLINE, about(asked, answer="No."), by=ana)) == ["OFFICERS_ONLY"]
    declined = (await hub.act(DECLINE, about(asked, answer="No hay lugar."), by=luis))["joinRequest"]
    assert (declined["state"], declined["answer"]) == ("DECLINED", "No hay lugar.")
    again = await hub.act(ASK, wanting(body), by=ana)
    assert codes(await hub.refuse(TAKE_BACK, about(again), by=luis)) == ["ONES_OWN_ONLY"]
    assert (await hub.act(TAKE_BACK, about(again), by=ana))["joinRequest"]["state"] == "WITHDRAWN"
    assert await hub.log() == ["JoinRequestAnswered", "JoinRequestSent", "JoinRequestAnswered"]


async def test_nobody_answers_in_time(hub: Talking, body: UUID, luis: Somebody) -> None:
    ana = await a_citizen(hub, "Ana Robles")
    now = clock.now()
    with hub.at(now):
        asked = await hub.act(ASK, wanting(body), by=ana)
    await hub.forget()
    node = "query ($id: ID!) { node(id: $id) { ... on JoinRequest { state lapsed } } }"
    with hub.at(now + dt.timedelta(days=30)):
        seen = (await hub.ask(node, {"id": asked["joinRequest"]["id"]}, by=ana))["node"]
        assert seen == {"state": "SENT", "lapsed": True}
        assert codes(await hub.refuse(DECLINE, about(asked, answer="Tarde."), by=luis)) == ["JOIN_REQUEST_LAPSED"]
        assert await hub.log() == []
        await hub.act(ASK, wanting(body), by=ana)
    assert await hub.log() == ["JoinRequestLapsed", "JoinRequestSent"]


async def test_an_organisation_is_invited(hub: Talking, body: UUID, luis: Somebody) -> None:
    university = await an_organization(hub, "Universidad")
    rosa, ana = await a_representative_of(hub, university, "Rosa Canul"), await a_citizen(hub, "Ana")
    seat = await a_seat(hub, body)
    await hub.forget()
    invited = await hub.act(INVITE, offering(seat, organizationId=f"Organization_{university}"), by=luis)
    assert codes(await hub.refuse(ACCEPT_INVITATION, about(invited, answer="Sí."), by=ana)) == ["NOT_FOUND"]
    assert codes(await hub.refuse(ACCEPT_INVITATION, about(invited, answer="Sí."), by=luis)) == ["NOT_A_REPRESENTATIVE"]
    accepted = (await hub.act(ACCEPT_INVITATION, about(invited, answer="Con gusto."), by=rosa))["joinRequest"]
    holder = {"name": "Rosa Canul", "organization": {"id": f"Organization_{university}"}}
    assert accepted["seat"]["holder"] == holder
    assert (await hub.ask(OWN, by=rosa))["viewer"] == {
        "joinRequests": {"nodes": [{"id": accepted["id"], "kind": "INVITATION", "state": "ACCEPTED"}]},
        "memberships": {"nodes": [{"state": "ACTIVE"}]},
    }


async def test_an_organisation_asks_by_who_speaks_for_it(hub: Talking, body: UUID) -> None:
    university = await an_organization(hub, "Universidad")
    rosa, ana = await a_representative_of(hub, university, "Rosa Canul"), await a_citizen(hub, "Ana")
    await hub.forget()
    named = wanting(body, organizationId=f"Organization_{university}")
    assert codes(await hub.refuse(ASK, named, by=ana)) == ["NOT_A_REPRESENTATIVE"]
    assert await hub.log() == []
    asked = (await hub.act(ASK, named, by=rosa))["joinRequest"]
    assert asked["organization"] == {"id": f"Organization_{university}"}


async def test_who_asks_and_invites(hub: Talking, body: UUID, luis: Somebody) -> None:
    ana = await a_citizen(hub, "Ana")
    narrow = await a_citizen(hub, "Otra", scopes=frozenset(Scope) - {Scope.BODIES_WRITE})
    seat = await a_seat(hub, body)
    chair = await a_seat(hub, body, ordinal=2, post=Post.COORDINATOR)
    person = {"personId": f"Person_{ana.person_id}"}
    await hub.forget()
    refused = [
        (ASK, wanting(body), a_visitor(), "UNAUTHENTICATED"),
        (ASK, wanting(body), narrow, "SCOPE_MISSING"),
        (ASK, wanting(body, statement=""), ana, "WORDS_MISSING"),
        (ASK, wanting(body, statement="x" * 4_001), ana, "WORDING_TOO_LONG"),
        (ASK, wanting(NOBODY), ana, "NOT_FOUND"),
        (INVITE, offering(seat, **person), ana, "OFFICERS_ONLY"),
        (INVITE, offering(seat), luis, "ONE_IS_INVITED"),
        (INVITE, offering(seat, personId=f"Person_{NOBODY}"), luis, "NOT_FOUND"),
        (INVITE, offering(seat, personId=f"Person_{luis.person_id}"), luis, "NOT_TO_ONESELF"),
        (INVITE, offering(chair, **person), luis, "SEAT_IS_ELECTED"),
        (INVITE, offering(seat, **person, days=91), luis, "OUT_OF_RANGE"),
    ]
    for mutation, given, who, code in refused:
        assert codes(await hub.refuse(mutation, given, by=who)) == [code]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM join_request")) == ([], [])


async def test_two_are_invited_to_one_seat(hub: Talking, body: UUID, luis: Somebody) -> None:
    """Whoever is faster sits there; the other invitation stays as it is."""
    people = [await a_citizen(hub, name) for name in ("Ana", "Rosa")]
    seat = await a_seat(hub, body)
    invited = [await hub.act(INVITE, offering(seat, personId=f"Person_{who.person_id}"), by=luis) for who in people]
    await hub.forget()
    answers = await asyncio.gather(*[
        hub.answer(ACCEPT_INVITATION, about(invitation, answer="Sí."), by=who)
        for invitation, who in zip(invited, people, strict=True)
    ])  # fmt: skip
    errors = [answer["data"]["acceptInvitation"]["errors"] for answer in answers]
    assert sorted(code for found in errors for code in codes(found)) == ["SEAT_IS_TAKEN"]
    states = await hub.rows("SELECT state FROM join_request ORDER BY state")
    assert [row["state"] for row in states] == ["accepted", "sent"]
    assert await hub.log() == ["MemberSeated", "SeatFilled", "JoinRequestAnswered"]
