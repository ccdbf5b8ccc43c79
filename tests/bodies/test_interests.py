"""Interests: declared by whoever has them, told as far as it is meant, reviewed by somebody else, and never lost."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from hub.bodies.leaving import end
from hub.database.address import plain
from tests.bodies.acting import act, codes
from tests.cast import a_citizen, a_secretary_of, a_visitor
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.people import an_organization
from tests.making.sittings import a_sitting
from tests.talking import Somebody, Talking

PUBLIC = "id kind state summary replaces { id } membership { name }"
DETAILS = "organization { id } matter since until reviewNote"
DECLARE = act("declareMemberInterest", "interestDeclaration", f"{PUBLIC} {DETAILS}")
REVIEW = act("reviewMemberInterest", "interestDeclaration", f"{PUBLIC} {DETAILS}")
LIST = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Body {{
  interestDeclarations(orderBy: DECLARED_ASC) {{ nodes {{ {PUBLIC} {DETAILS} }} }}
  standing: interestDeclarations(filter: {{ state: [DECLARED, REVIEWED] }}) {{ nodes {{ kind }} }}
  memberships(filter: {{ interestsDue: true }}, orderBy: SINCE_ASC) {{ nodes {{ name interestsDue }} }} }} }} }}"""
RECUSE = """mutation ($input: DeclareRecusalInput!) { declareRecusal(input: $input) {
  recusal { interest { id summary } } errors { code path } } }"""


def said(membership: object, **known: Any) -> dict[str, Any]:
    """What a member sends who declares an interest."""
    wanted = {"kind": "EMPLOYMENT", "summary": "Trabaja en una empresa del ramo.", "matter": "Concesión de 2024"}
    return {"input": {"membershipId": f"Membership_{membership}", **wanted, **known}}


def none(membership: object, **known: Any) -> dict[str, Any]:
    """What a member sends who has no interest."""
    return said(membership, kind="NONE", summary="No tiene intereses.", matter=None, **known)


async def seen(hub: Talking, body: UUID, by: Somebody) -> Any:
    """Return what somebody is told of the interests in a body."""
    return (await hub.ask(LIST, {"id": f"Body_{body}"}, by=by))["node"]


async def test_what_is_declared_is_told_as_far_as_it_is_meant(hub: Talking) -> None:
    body, organization = await a_body(hub), await an_organization(hub)
    luis, rosa, ana = await a_secretary_of(hub, body), await a_citizen(hub, "Rosa Canul"), await a_citizen(hub)
    held = await a_membership(hub, await a_seat(hub, body), by=ana)
    await a_membership(hub, await a_seat(hub, body, ordinal=2), "Rosa Canul", by=rosa)
    await hub.forget()
    days = {"since": "2024-02-01", "until": "2031-01-01"}
    payload = await hub.act(DECLARE, said(held, organizationId=f"Organization_{organization}", **days), by=ana)
    first = payload["interestDeclaration"]
    public = {
        "id": first["id"], "kind": "EMPLOYMENT", "state": "DECLARED", "replaces": None,
        "summary": "Trabaja en una empresa del ramo.", "membership": {"name": "Ana Robles"},
    }  # fmt: skip
    details = {"organization": {"id": f"Organization_{organization}"}, "matter": "Concesión de 2024", **days}
    nothing = dict.fromkeys(("organization", "matter", "since", "until", "reviewNote"))
    assert first == {**public, **details, "reviewNote": None}
    for who in (ana, luis, rosa):
        assert (await seen(hub, body, who))["interestDeclarations"]["nodes"] == [first]
    for who in (a_visitor(), await a_citizen(hub, "Noé Ku")):
        assert (await seen(hub, body, who))["interestDeclarations"]["nodes"] == [{**public, **nothing}]
    assert [name for name in await hub.log() if name.startswith("Member")] == ["MemberInterestDeclared"]
    assert "Concesión" not in repr(await hub.events())


async def test_nobody_declares_or_reviews_for_another(hub: Talking) -> None:
    body = await a_body(hub)
    luis, ana = await a_secretary_of(hub, body), await a_citizen(hub)
    held = await a_membership(hub, await a_seat(hub, body), by=ana)
    of_luis = await a_membership(hub, await a_seat(hub, body, ordinal=2), "Luis Pech", by=luis)
    by_letter = await a_membership(hub, await a_seat(hub, body, ordinal=3), "Eva Tun")
    await hub.forget()
    for who in (luis, await a_citizen(hub, "Rosa Canul")):
        assert codes(await hub.refuse(DECLARE, said(held), by=who)) == ["INTERESTS_ARE_ONES_OWN"]
    assert codes(await hub.refuse(DECLARE, said(held), by=a_visitor())) == ["UNAUTHENTICATED"]
    assert codes(await hub.refuse(DECLARE, said(by_letter), by=ana)) == ["OFFICERS_ONLY"]
    await hub.forget()
    declared = (await hub.act(DECLARE, said(of_luis), by=luis))["interestDeclaration"]["id"]
    await hub.act(DECLARE, said(by_letter), by=luis)
    looked = {"input": {"interestDeclarationId": declared, "note": "No vota sobre concesiones."}}
    assert codes(await hub.refuse(REVIEW, looked, by=ana)) == ["OFFICERS_ONLY"]
    assert codes(await hub.refuse(REVIEW, looked, by=luis)) == ["ANOTHER_REVIEWS_IT"]
    another = await a_secretary_of(hub, body, "Beatriz Mendoza")
    reviewed = (await hub.act(REVIEW, looked, by=another))["interestDeclaration"]
    assert (reviewed["state"], reviewed["reviewNote"]) == ("REVIEWED", "No vota sobre concesiones.")
    assert codes(await hub.refuse(REVIEW, looked, by=another)) == ["INTEREST_REVIEWED"]
    log = [name for name in await hub.log() if name.startswith("MemberInterest")]
    assert log == ["MemberInterestDeclared", "MemberInterestDeclared", "MemberInterestReviewed"]


async def test_another_version_takes_its_place_and_nothing_is_lost(hub: Talking) -> None:
    body = await a_body(hub)
    luis, ana = await a_secretary_of(hub, body), await a_citizen(hub)
    held = await a_membership(hub, await a_seat(hub, body), by=ana)
    assert (await seen(hub, body, luis))["memberships"]["nodes"] == [{"name": "Ana Robles", "interestsDue": True}]
    await hub.act(DECLARE, none(held), by=ana)
    assert (await seen(hub, body, luis))["memberships"]["nodes"] == []
    first = (await hub.act(DECLARE, said(held), by=ana))["interestDeclaration"]["id"]
    assert codes(await hub.refuse(DECLARE, none(held), by=ana)) == ["INTERESTS_STAND"]
    newer = said(held, summary="Trabajó en una empresa del ramo.", until="2025-01-01", replacesId=first)
    answers = await asyncio.gather(*[hub.answer(DECLARE, newer, by=ana) for _ in range(3)])
    payloads = [answer["data"]["declareMemberInterest"] for answer in answers]
    assert sorted(codes(payload["errors"]) for payload in payloads) == [[], *[["INTEREST_SUPERSEDED"]] * 2]
    told = await seen(hub, body, a_visitor())
    assert [(one["kind"], one["state"]) for one in told["interestDeclarations"]["nodes"]] == [
        ("NONE", "SUPERSEDED"), ("EMPLOYMENT", "SUPERSEDED"), ("EMPLOYMENT", "DECLARED"),
    ]  # fmt: skip
    assert told["interestDeclarations"]["nodes"][2]["replaces"] == {"id": first}
    # What is over stands in nobody's way: there is no interest any more.
    await hub.act(DECLARE, none(held), by=ana)
    assert [one["kind"] for one in (await seen(hub, body, luis))["standing"]["nodes"]] == ["NONE", "EMPLOYMENT"]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _by_force(hub, "UPDATE interest_declaration SET summary = 'Otra cosa.'")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _by_force(hub, "DELETE FROM interest_declaration")


async def test_a_declaration_is_sound_and_of_somebody_who_sits_there(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    ana = await a_citizen(hub)
    held = await a_membership(hub, await a_seat(hub, body), by=ana)
    elsewhere = await a_membership(hub, await a_seat(hub, other), by=ana)
    of_other = (await hub.act(DECLARE, said(elsewhere), by=ana))["interestDeclaration"]["id"]
    await hub.forget()
    wrong = said(held, summary=" ", matter=None, since="2025-01-02", until="2025-01-01")
    assert codes(await hub.refuse(DECLARE, wrong, by=ana)) == [
        "WORDS_MISSING",
        "INTEREST_ENDS_BEFORE",
        "INTEREST_IN_WHAT",
    ]
    assert codes(await hub.refuse(DECLARE, none(held, since="2025-01-01"), by=ana)) == ["NO_INTEREST_HAS_NO_DETAILS"]
    assert codes(await hub.refuse(DECLARE, said(held, replacesId=of_other), by=ana)) == ["NOT_FOUND"]
    assert await hub.log() == []
    async with hub.change() as change:
        await end(change, held, reason="Se fue.")
    assert codes(await hub.refuse(DECLARE, said(held), by=ana)) == ["INTERESTS_OF_NOBODY"]


async def test_a_recusal_names_an_interest_of_theirs(hub: Talking) -> None:
    sitting = await a_sitting(hub, voting=3)
    ana, rosa = sitting.people[2], sitting.people[3]
    declared = (await hub.act(DECLARE, said(sitting.memberships[2]), by=ana))["interestDeclaration"]["id"]
    reason = {"source": "es", "translations": [{"language": "es", "text": "Trabaja ahí."}]}

    def recusing(place: int) -> dict[str, Any]:
        seat = {"membershipId": f"Membership_{sitting.memberships[place]}", "reason": reason}
        return {"input": {"agendaItemId": f"AgendaItem_{sitting.points[0]}", "interestId": declared, **seat}}

    assert codes(await hub.refuse(RECUSE, recusing(3), by=rosa)) == ["NO_INTEREST_OF_THEIRS"]
    recusal = (await hub.act(RECUSE, recusing(2), by=ana))["recusal"]
    assert recusal == {"interest": {"id": declared, "summary": "Trabaja en una empresa del ramo."}}


async def _by_force(hub: Talking, statement: str) -> None:
    connection = await asyncpg.connect(plain(hub.url))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


COMING = """query ($id: ID!) { node(id: $id) { ... on Body {
  memberships(orderBy: SINCE_ASC) { nodes { name availableTransitions { event allowed reason { code } } } }
  interestDeclarations(orderBy: DECLARED_ASC) { nodes { availableTransitions { event allowed reason { code } } } }
} } }"""


async def coming(hub: Talking, body: UUID, by: Somebody) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return who may declare interests, or why not, by their names; and what may come of each that is declared."""
    node = (await hub.ask(COMING, {"id": f"Body_{body}"}, by=by))["node"]

    def told(one: Any) -> dict[str, Any]:
        moves = one["availableTransitions"]
        return {move["event"]: True if move["allowed"] else move["reason"]["code"] for move in moves}

    declaring = {one["name"]: told(one).get("declare_interest") for one in node["memberships"]["nodes"]}
    return declaring, [told(one) for one in node["interestDeclarations"]["nodes"]]


async def test_who_may_declare_and_who_may_review_is_said_beforehand(hub: Talking) -> None:
    body = await a_body(hub)
    luis, julia, ana = await a_secretary_of(hub, body), await a_secretary_of(hub, body, "Julia"), await a_citizen(hub)
    held = await a_membership(hub, await a_seat(hub, body), by=ana)
    of_luis = await a_membership(hub, await a_seat(hub, body, ordinal=2), "Luis Pech", by=luis)
    await a_membership(hub, await a_seat(hub, body, ordinal=3), "Eva Tun")
    await hub.act(DECLARE, none(held), by=ana)
    await hub.act(DECLARE, none(of_luis), by=luis)
    others = "INTERESTS_ARE_ONES_OWN"
    of_ana, of_luis_too = {"review_interest": True}, {"review_interest": "ANOTHER_REVIEWS_IT"}
    assert await coming(hub, body, luis) == (
        {"Ana Robles": others, "Luis Pech": True, "Eva Tun": True}, [of_ana, of_luis_too],
    )  # fmt: skip
    assert (await coming(hub, body, julia))[1] == [{"review_interest": True}] * 2
    assert await coming(hub, body, ana) == (
        {"Ana Robles": True, "Luis Pech": others, "Eva Tun": "OFFICERS_ONLY"},
        [{"review_interest": "OFFICERS_ONLY"}] * 2,
    )
    async with hub.change() as change:
        await end(change, held, reason="Se fue.")
    await hub.act(DECLARE, said(of_luis), by=luis)
    declaring, declared = await coming(hub, body, julia)
    assert (declaring["Ana Robles"], declared[1]) == (None, {})
