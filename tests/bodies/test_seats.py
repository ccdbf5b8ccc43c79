"""Seats: who makes them, who fills them, and how one leaves them."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from hub import clock
from hub.bodies.seat_models import Post
from hub.viewer import Scope
from tests.bodies.acting import allowed, codes, member_act, seat_act, words
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, an_administrator
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.people import an_organization
from tests.talking import Somebody, Talking

CREATE, EDIT, ABOLISH = seat_act("createSeat"), seat_act("editSeat"), seat_act("abolishSeat")
SEAT, PROPOSE, ACCEPT, DECLINE, LEAVE, RETURN, END = (
    member_act(name)
    for name in (
        "seatMember",
        "proposeMember",
        "acceptMembership",
        "declineMembership",
        "leaveSeat",
        "returnToSeat",
        "endMembership",
    )
)
NOBODY = "00000000-0000-7000-8000-000000000000"


def a_place(body: object, **known: Any) -> dict[str, Any]:
    """What an officer sends who gives a body a seat."""
    wanted = {"bodyId": f"Body_{body}", "post": "MEMBER", "sector": "ACADEMIA", "voting": True, "ordinal": 3}
    return {"input": {**wanted, **known}}


def somebody_in(seat: object, name: str = "Ana Robles", by: Somebody | None = None, **known: Any) -> dict[str, Any]:
    """What an officer sends who seats somebody."""
    person = {"personId": f"Person_{by.person_id}"} if by else {}
    return {"input": {"seatId": f"Seat_{seat}", "name": name, **person, **known}}


def of(payload: dict[str, Any], **known: Any) -> dict[str, Any]:
    """What is sent about the membership of a payload."""
    return {"input": {"membershipId": payload["membership"]["id"], **known}}


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A commission."""
    return await a_body(hub)


@pytest.fixture
async def luis(hub: Talking, body: UUID) -> Somebody:
    """Its secretary."""
    return await a_secretary_of(hub, body)


@pytest.fixture
async def julia(hub: Talking, body: UUID) -> Somebody:
    """Its coordinator."""
    return await a_coordinator_of(hub, body)


async def test_seats_are_made_changed_and_taken_away(hub: Talking, body: UUID, luis: Somebody) -> None:
    university = await an_organization(hub, "Universidad")
    await hub.forget()
    given = a_place(body, title=words("Academia"), organizationId=f"Organization_{university}")
    seat = (await hub.act(CREATE, given, by=luis))["seat"]
    assert {**seat, "id": None} == {
        "id": None,
        "post": "MEMBER",
        "sector": "ACADEMIA",
        "voting": True,
        "ordinal": 3,
        "state": "OPEN",
        "title": {"text": "Academia"},
        "organization": {"id": f"Organization_{university}"},
        "holder": None,
    }
    changed = {**a_place(body, voting=False, post="GUEST")["input"], "seatId": seat["id"]}
    del changed["bodyId"]
    edited = (await hub.act(EDIT, {"input": changed}, by=luis))["seat"]
    assert (edited["post"], edited["voting"], edited["title"]) == ("GUEST", False, None)
    assert (await hub.act(ABOLISH, {"input": {"seatId": seat["id"]}}, by=luis))["seat"]["state"] == "ABOLISHED"
    assert await hub.log() == ["SeatCreated", "SeatEdited", "SeatAbolished"]
    assert codes(await hub.refuse(EDIT, {"input": changed}, by=luis)) == ["WRONG_STATE"]
    assert codes(await hub.refuse(SEAT, somebody_in(seat["id"].removeprefix("Seat_")), by=luis)) == ["WRONG_STATE"]


@pytest.mark.parametrize(("known", "code"), [
    ({"ordinal": 0}, "OUT_OF_RANGE"),
    ({"ordinal": 1_001}, "OUT_OF_RANGE"),
    ({"post": "GUEST"}, "GUESTS_DO_NOT_VOTE"),
    ({"organizationId": f"Organization_{NOBODY}"}, "NOT_FOUND"),
    ({"territoryId": f"Territory_{NOBODY}"}, "NOT_FOUND"),
    ({"territoryId": "x"}, "BAD_ID"),
    ({"title": words("x" * 301)}, "WORDING_TOO_LONG"),
])  # fmt: skip
async def test_what_is_no_seat(hub: Talking, body: UUID, luis: Somebody, known: dict[str, Any], code: str) -> None:
    await hub.forget()
    assert codes(await hub.refuse(CREATE, a_place(body, **known), by=luis)) == [code]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM seat")) == ([], [])


async def test_who_arranges_seats(hub: Talking, body: UUID) -> None:
    other = await a_body(hub, "Otra", acronym="O")
    ana = await a_citizen(hub)
    seat = await a_seat(hub, body)
    await a_membership(hub, seat, by=ana)
    narrow = frozenset(Scope) - {Scope.BODIES_WRITE}
    people = [
        (ana, "OFFICERS_ONLY"),
        (await a_secretary_of(hub, other), "OFFICERS_ONLY"),
        (await an_administrator(hub), "OFFICERS_ONLY"),
        (await a_secretary_of(hub, body, scopes=narrow), "SCOPE_MISSING"),
    ]
    await hub.forget()
    for who, code in people:
        assert codes(await hub.refuse(CREATE, a_place(body), by=who)) == [code]
        assert codes(await hub.refuse(SEAT, somebody_in(seat), by=who)) == [code]
    assert await hub.log() == []


async def test_nobody_rises_by_their_own_hand(hub: Talking, body: UUID, luis: Somebody, julia: Somebody) -> None:
    chair = await a_seat(hub, body, post=Post.COORDINATOR)
    desk = await a_seat(hub, body, post=Post.SECRETARY, ordinal=2)
    seat = await a_seat(hub, body, ordinal=3)
    await hub.forget()
    assert codes(await hub.refuse(SEAT, somebody_in(chair), by=julia)) == ["SEAT_IS_ELECTED"]
    assert codes(await hub.refuse(SEAT, somebody_in(desk), by=luis)) == ["COORDINATORS_ONLY"]
    assert codes(await hub.refuse(SEAT, somebody_in(seat, by=luis), by=luis)) == ["NOT_TO_ONESELF"]
    assert codes(await hub.refuse(PROPOSE, somebody_in(seat, by=luis), by=luis)) == ["NOT_TO_ONESELF"]
    ground = {"voteEventId": f"VoteEvent_{NOBODY}"}
    assert codes(await hub.refuse(SEAT, somebody_in(chair, **ground), by=julia)) == ["VOTE_IS_NO_GROUND"]
    ground = {"instrumentId": f"Instrument_{NOBODY}"}
    assert codes(await hub.refuse(SEAT, somebody_in(chair, **ground), by=julia)) == ["INSTRUMENT_IS_NO_GROUND"]
    assert await hub.log() == []
    await hub.act(SEAT, somebody_in(desk), by=julia)
    assert await hub.log() == ["MemberSeated", "SeatFilled"]


async def test_an_election_seats_the_coordinator(hub: Talking, body: UUID, luis: Somebody) -> None:
    other = await a_body(hub, "Otra", acronym="O")
    chair = await a_seat(hub, body, post=Post.COORDINATOR)
    votes = {"carried": NOBODY.replace("8000", "8001"), "lost": NOBODY.replace("8000", "8002")}
    acts = {state: NOBODY.replace("8000", f"810{n}") for n, state in enumerate(("published", "signed"))}
    foreign = NOBODY.replace("8000", "8200")
    await _by_force(hub, body, other, votes, acts, foreign)
    await hub.forget()
    for ground, code in (
        ({"voteEventId": f"VoteEvent_{votes['lost']}"}, "VOTE_IS_NO_GROUND"),
        ({"instrumentId": f"Instrument_{acts['signed']}"}, "INSTRUMENT_IS_NO_GROUND"),
        ({"instrumentId": f"Instrument_{foreign}"}, "INSTRUMENT_IS_NO_GROUND"),
    ):
        assert codes(await hub.refuse(SEAT, somebody_in(chair, **ground), by=luis)) == [code]
    assert await hub.log() == []
    elected = await hub.act(SEAT, somebody_in(chair, voteEventId=f"VoteEvent_{votes['carried']}"), by=luis)
    assert elected["membership"]["state"] == "ACTIVE"
    await hub.act(END, of(elected, reason="Renunció."), by=luis)
    await hub.act(SEAT, somebody_in(chair, instrumentId=f"Instrument_{acts['published']}"), by=luis)


async def _by_force(
    hub: Talking, body: UUID, other: UUID, votes: dict[str, str], acts: dict[str, str], foreign: str
) -> None:
    """Votes and instruments, as their own tables keep them, without all that belongs to them."""
    sitting = UUID(int=7)
    drop = "ALTER TABLE {} DISABLE TRIGGER ALL"
    for table in ("session", "vote_event", "instrument"):
        await hub.run(drop.format(table))
    tables = {
        "session": [{"id": sitting, "body_id": body}],
        "vote_event": [
            {"id": UUID(id_), "session_id": sitting, "state": "closed", "result": result}
            for result, id_ in votes.items()
        ],
        "instrument": [
            *({"id": UUID(id_), "body_id": body, "state": state} for state, id_ in acts.items()),
            {"id": UUID(foreign), "body_id": other, "state": "published"},
        ],
    }
    for table, rows in tables.items():
        needed = await hub.rows(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = :table "
            "AND is_nullable = 'NO' AND column_default IS NULL",
            table=table,
        )
        for constraint in await hub.rows(
            "SELECT conname FROM pg_constraint WHERE conrelid = CAST(:table AS regclass) AND contype = 'c'", table=table
        ):
            await hub.run(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint["conname"]}"')
        for row in rows:
            missing = [one for one in needed if one["column_name"] not in row]
            names = [*row, *(one["column_name"] for one in missing)]
            values = [*(f":{name}" for name in row), *(FILLED[one["data_type"]] for one in missing)]
            await hub.run(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(values)})", **row)


FILLED = {
    "uuid": "gen_random_uuid()",
    "jsonb": "'{}'",
    "integer": "1",
    "bigint": "1",
    "boolean": "false",
    "text": "'x'",
    "character varying": "'x'",
    "timestamp with time zone": "now()",
    "timestamp without time zone": "now()",
    "date": "now()",
    "ARRAY": "'{}'",
}
"""Something for each column that must have something."""


async def test_proposed_and_taken_on(hub: Talking, body: UUID, luis: Somebody) -> None:
    ana = await a_citizen(hub, "Ana Robles")
    seat = await a_seat(hub, body)
    await hub.forget()
    assert codes(
        await hub.refuse(PROPOSE, {"input": {**somebody_in(seat, by=ana)["input"], "name": " "}}, by=luis)
    ) == ["WORDS_MISSING"]
    proposed = await hub.act(PROPOSE, somebody_in(seat, by=ana), by=luis)
    assert (proposed["membership"]["state"], proposed["membership"]["seat"]["state"]) == ("PROPOSED", "OPEN")
    own = "{ viewer { memberships { nodes { id state availableTransitions { event allowed } } } } }"
    (seen,) = (await hub.ask(own, by=ana))["viewer"]["memberships"]["nodes"]
    assert (seen["state"], allowed(seen)) == ("PROPOSED", {"accept", "decline", "end_membership"})
    assert codes(await hub.refuse(ACCEPT, of(proposed), by=luis)) == ["ONES_OWN_ONLY"]
    accepted = (await hub.act(ACCEPT, of(proposed), by=ana))["membership"]
    assert (accepted["state"], accepted["inForce"], accepted["seat"]["state"]) == ("ACTIVE", True, "FILLED")
    assert await hub.log() == ["MemberProposed", "MemberSeated", "SeatFilled"]
    assert [event["public"] for event in await hub.events()] == [False, True, True]


async def test_proposed_and_not_taken_on(hub: Talking, body: UUID, luis: Somebody) -> None:
    ana = await a_citizen(hub, "Ana Robles")
    seat = await a_seat(hub, body)
    proposed = await hub.act(PROPOSE, somebody_in(seat, by=ana), by=luis)
    await hub.forget()
    assert codes(await hub.refuse(DECLINE, of(proposed, reason=""), by=ana)) == ["WORDS_MISSING"]
    declined = (await hub.act(DECLINE, of(proposed, reason="No tengo tiempo."), by=ana))["membership"]
    assert (declined["state"], declined["reason"]) == ("ENDED", "No tengo tiempo.")
    assert await hub.log() == ["ProposalAnswered"]
    assert codes(await hub.refuse(ACCEPT, of(proposed), by=ana)) == ["WRONG_STATE"]
    # Somebody who withdraws a proposal leaves the seat as it is.
    again = await hub.act(PROPOSE, somebody_in(seat, by=ana), by=luis)
    assert (await hub.act(END, of(again, reason="Fue un error."), by=luis))["membership"]["seat"]["state"] == "OPEN"


async def test_away_and_back_and_gone(hub: Talking, body: UUID, luis: Somebody) -> None:
    ana, other = await a_citizen(hub, "Ana"), await a_citizen(hub, "Otra")
    seat = await a_seat(hub, body)
    seated = await hub.act(SEAT, somebody_in(seat, by=ana), by=luis)
    await hub.forget()
    assert codes(await hub.refuse(LEAVE, of(seated, reason="Enfermedad."), by=other)) == ["OFFICERS_ONLY"]
    away = (await hub.act(LEAVE, of(seated, reason="Enfermedad."), by=ana))["membership"]
    assert (away["state"], away["inForce"], away["reason"], away["seat"]["state"]) == (
        "ON_LEAVE", False, "Enfermedad.", "FILLED",
    )  # fmt: skip
    node = "query ($id: ID!) { node(id: $id) { ... on Membership { state reason name } } }"
    seen = (await hub.ask(node, {"id": away["id"]}, by=other))["node"]
    assert seen == {"state": "ON_LEAVE", "reason": None, "name": "Ana Robles"}
    # The seat is kept for them.
    assert codes(await hub.refuse(SEAT, somebody_in(seat, "Otra"), by=luis)) == ["SEAT_IS_TAKEN"]
    back = (await hub.act(RETURN, of(seated), by=ana))["membership"]
    assert (back["state"], back["reason"]) == ("ACTIVE", None)
    gone = (await hub.act(END, of(seated, reason="Se va."), by=ana))["membership"]
    assert (gone["state"], gone["seat"]["state"], gone["availableTransitions"]) == ("ENDED", "VACANT", [])
    assert await hub.log() == ["MemberOnLeave", "MemberReturned", "MembershipEnded", "SeatVacated"]
    assert "Enfermedad" not in repr(await hub.events())


async def test_a_term_that_is_over_makes_room(hub: Talking, body: UUID, luis: Somebody) -> None:
    now = clock.now()
    seat = await a_seat(hub, body)
    until = (now + dt.timedelta(days=30)).isoformat()
    await hub.act(SEAT, somebody_in(seat, validUntil=until), by=luis)
    assert codes(await hub.refuse(SEAT, somebody_in(seat, "Otra"), by=luis)) == ["SEAT_IS_TAKEN"]
    await hub.forget()
    with hub.at(now + dt.timedelta(days=31)):
        await hub.act(SEAT, somebody_in(seat, "Otra"), by=luis)
    assert await hub.log() == ["MembershipEnded", "SeatVacated", "MemberSeated", "SeatFilled"]
    backwards = somebody_in(seat, "Nadie", alternate=True, validUntil="2015-01-01T00:00:00Z")
    assert codes(await hub.refuse(SEAT, backwards, by=luis)) == ["ROLE_ENDS_BEFORE"]


async def test_two_officers_seat_two_people_at_once(hub: Talking, body: UUID, luis: Somebody, julia: Somebody) -> None:
    """However many try, one sits there, and what was refused left nothing behind."""
    for round_ in range(3):
        seat = await a_seat(hub, body, ordinal=round_ + 1)
        ana = await a_citizen(hub, "Ana")
        proposed = await hub.act(PROPOSE, somebody_in(seat, by=ana), by=luis)
        await hub.forget()
        tries = [hub.answer(SEAT, somebody_in(seat, f"Persona {n}"), by=(luis, julia)[n % 2]) for n in range(6)]
        answers = await asyncio.gather(*tries, hub.answer(ACCEPT, of(proposed), by=ana))
        payloads = [next(iter(answer["data"].values())) for answer in answers]
        assert [len(payload["errors"]) for payload in payloads].count(0) == 1
        assert {code for payload in payloads for code in codes(payload["errors"])} == {"SEAT_IS_TAKEN"}
        assert await hub.log() == ["MemberSeated", "SeatFilled"]
        active = "SELECT 1 FROM membership WHERE seat_id = :seat AND state = 'active'"
        assert len(await hub.rows(active, seat=seat)) == 1


async def test_one_person_sits_in_a_seat_once(hub: Talking, body: UUID, luis: Somebody) -> None:
    ana = await a_citizen(hub, "Ana")
    seat = await a_seat(hub, body)
    await hub.act(SEAT, somebody_in(seat, by=ana), by=luis)
    assert codes(await hub.refuse(SEAT, somebody_in(seat, by=ana, alternate=True), by=luis)) == ["SEAT_IS_TAKEN"]
    assert codes(await hub.refuse(SEAT, somebody_in(seat, personId=f"Person_{NOBODY}", alternate=True), by=luis)) == [
        "NOT_FOUND"
    ]
