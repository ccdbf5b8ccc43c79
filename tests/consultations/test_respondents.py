"""In whose name somebody answers: one response for an organisation, whoever of its representatives sends it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hub.consultations.models import Anonymity, IdentityPolicy
from hub.consultations.response_models import ConsentLevel
from hub.consultations.validating import GivenAnswer
from hub.identity import authenticating
from hub.people import representing
from hub.people.models import OrganizationKind, Power
from tests.cast import (
    a_citizen,
    a_client,
    a_representative_of,
    a_verified_citizen,
    a_visitor,
    an_analyst_of,
)
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet, problems
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_closed_consultation, an_open_consultation, some_responses
from tests.making.people import a_pending_representation, a_valid_representation, an_organization
from tests.talking import Somebody, Talking

CONSENT = """mutation ($input: ChangeConsentInput!) { changeConsent(input: $input) {
  response { id consent respondentName organization { id } } errors { __typename code message path } event } }"""
WHOLE = """query ($id: ID!) { node(id: $id) { ... on Response {
  mine state consent respondentKind respondentName organization { id } availableTransitions { event allowed } } } }"""
STANDING = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  viewerHasResponded viewerResponse { id } availableTransitions { event allowed reason { code } } } } }"""
COUNTS = """SELECT (SELECT count(*) FROM response) AS responses, (SELECT count(*) FROM participation) AS parts,
  (SELECT count(*) FROM receipt) AS receipts"""


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    """A consultation that is open to everybody with an account."""
    return await an_open_consultation(hub, await a_body(hub))


@pytest.fixture
async def clear_water(hub: Talking) -> Any:
    """An organisation."""
    return await an_organization(hub)


@pytest.fixture
async def rosa(hub: Talking, clear_water: Any) -> Somebody:
    """A representative of it."""
    return await a_representative_of(hub, clear_water)


def for_it(asked: Asked, organization_id: Any, *answers: dict[str, Any], **known: Any) -> dict[str, Any]:
    """What somebody hands in for an organisation."""
    return a_sheet(asked, *answers, organizationId=f"Organization_{organization_id}", **known)


def taking_back(asked: Asked, organization_id: Any, **known: Any) -> dict[str, Any]:
    """What somebody sends who takes back what an organisation said."""
    named = {"consultationId": asked.node, "organizationId": f"Organization_{organization_id}"}
    return {"input": {**named, **known}}


async def test_an_organization_answers_once_by_whoever_represents_it(
    hub: Talking, asked: Asked, clear_water: Any, rosa: Somebody
) -> None:
    luis = await a_representative_of(hub, clear_water, "Luis Pech")
    await hub.forget()
    answers = await asyncio.gather(
        *[hub.answer(SUBMIT, for_it(asked, clear_water), by=who) for who in (rosa, luis) * 5]
    )
    payloads = [answer["data"]["submitResponse"] for answer in answers]
    assert [len(payload["errors"]) for payload in payloads].count(0) == 1
    assert {e["code"] for payload in payloads for e in payload["errors"]} == {"ALREADY_RESPONDED"}
    assert await hub.log() == ["ResponseSubmitted"]
    (given,) = [payload["response"] for payload in payloads if not payload["errors"]]
    for who in (rosa, luis):
        seen = (await hub.ask(WHOLE, {"id": given["id"]}, by=who))["node"]
        assert seen == {
            "mine": True,
            "state": "ACCEPTED",
            "consent": "WITHOUT_NAME",
            "respondentKind": "ORGANIZATION",
            "respondentName": None,
            "organization": {"id": f"Organization_{clear_water}"},
            "availableTransitions": [
                {"event": "replace", "allowed": True},
                {"event": "withdraw", "allowed": True},
                {"event": "change_consent", "allowed": True},
            ],
        }
    assert (await hub.ask(WHOLE, {"id": given["id"]}, by=await a_citizen(hub)))["node"] is None
    # Either changes it and takes it back, and then there is room for another.
    await hub.act(CHANGE, for_it(asked, clear_water, {"question": "agua", "option": "no"}), by=luis)
    await hub.act(WITHDRAW, taking_back(asked, clear_water), by=rosa)
    assert problems(await hub.refuse(WITHDRAW, taking_back(asked, clear_water), by=luis)) == [("NO_RESPONSE", "")]
    await hub.act(SUBMIT, for_it(asked, clear_water), by=luis)
    in_force = await hub.rows("SELECT organization_id FROM response WHERE state = 'accepted'")
    assert in_force == [{"organization_id": clear_water}]


async def test_somebody_answers_for_themselves_and_for_an_organization(
    hub: Talking, asked: Asked, clear_water: Any, rosa: Somebody
) -> None:
    theirs = await hub.act(SUBMIT, for_it(asked, clear_water), by=rosa)
    standing = (await hub.ask(STANDING, {"id": asked.node}, by=rosa))["node"]
    assert (standing["viewerHasResponded"], standing["viewerResponse"]) == (False, None)
    own = await hub.act(SUBMIT, a_sheet(asked), by=rosa)
    standing = (await hub.ask(STANDING, {"id": asked.node}, by=rosa))["node"]
    assert (standing["viewerHasResponded"], standing["viewerResponse"]) == (True, {"id": own["response"]["id"]})
    await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=rosa)
    states = {row["id"]: row["state"] for row in await hub.rows("SELECT 'Response_' || id AS id, state FROM response")}
    assert states == {own["response"]["id"]: "withdrawn", theirs["response"]["id"]: "accepted"}


@pytest.mark.parametrize(("kind", "shown"), [
    (OrganizationKind.AUTHORITY, "PUBLIC_BODY"),
    (OrganizationKind.GUARANTOR, "PUBLIC_BODY"),
    (OrganizationKind.OBLIGATED_SUBJECT, "PUBLIC_BODY"),
    (OrganizationKind.ACADEMIA, "ORGANIZATION"),
    (OrganizationKind.CIVIL_SOCIETY, "ORGANIZATION"),
])  # fmt: skip
async def test_authorities_are_told_apart(hub: Talking, asked: Asked, kind: OrganizationKind, shown: str) -> None:
    which = await an_organization(hub, "Instituto", kind=kind)
    who = await a_representative_of(hub, which)
    id_ = (await hub.act(SUBMIT, for_it(asked, which), by=who))["response"]["id"]
    assert (await hub.ask(WHOLE, {"id": id_}, by=who))["node"]["respondentKind"] == shown


async def test_how_an_organization_is_named(hub: Talking, asked: Asked, clear_water: Any, rosa: Somebody) -> None:
    named, own = {"id": f"Organization_{clear_water}"}, await a_citizen(hub, "Ana Robles")
    luis = await a_representative_of(hub, clear_water, "Luis Pech")
    errors = await hub.refuse(SUBMIT, a_sheet(asked, consent="ORGANIZATION_NAME"), by=own)
    assert problems(errors) == [("NO_ORGANIZATION_TO_NAME", "consent")]
    given = (await hub.act(SUBMIT, for_it(asked, clear_water, consent="ORGANIZATION_NAME"), by=rosa))["response"]["id"]
    person = (await hub.act(SUBMIT, a_sheet(asked, consent="WITH_NAME"), by=own))["response"]["id"]

    async def public(id_: str) -> Any:
        with hub.at(asked.closed):
            seen = (await hub.ask(WHOLE, {"id": id_}))["node"]
        return None if seen is None else (seen["respondentName"], seen["organization"])

    assert await public(given) == (None, named)
    assert await public(person) == ("Ana Robles", None)
    table: list[tuple[str, Somebody, Any]] = [
        ("WITH_NAME", rosa, ("Rosa Canul", named)),
        ("WITHOUT_NAME", luis, (None, None)),
        # Nobody is named by somebody else: the name is of whoever says so.
        ("WITH_NAME", luis, ("Luis Pech", named)),
        ("NOT_PUBLISHED", rosa, None),
    ]
    for level, who, seen in table:
        wanted = {"responseId": given, "consent": level, "noticeHash": asked.notice_hash}
        await hub.act(CONSENT, {"input": wanted}, by=who)
        assert await public(given) == seen, level


async def test_without_a_valid_representation_nothing_is_said(hub: Talking, asked: Asked, clear_water: Any) -> None:
    ended, refused = await a_citizen(hub, "Terminada"), await a_citizen(hub, "Negada")
    held = await a_valid_representation(hub, ended, clear_water)
    denied, pending = await a_pending_representation(hub, refused, clear_water), await a_citizen(hub, "Pendiente")
    await a_pending_representation(hub, pending, clear_water)
    async with hub.change() as change:
        await representing.end(change, held, reason="Dejó el colectivo.")
        await representing.refuse(change, denied, reason="No consta.")
    table = [
        (a_visitor(), "UNAUTHENTICATED", ""),
        (await a_client(hub, scopes=[]), "CLIENTS_DO_NOT_ANSWER", ""),
        (await a_citizen(hub), "NOT_A_REPRESENTATIVE", "organizationId"),
        (ended, "NOT_A_REPRESENTATIVE", "organizationId"),
        (refused, "NOT_A_REPRESENTATIVE", "organizationId"),
        (pending, "NOT_A_REPRESENTATIVE", "organizationId"),
        (await a_representative_of(hub, clear_water, powers=[Power.VOTE]), "NOT_A_REPRESENTATIVE", "organizationId"),
        (await a_representative_of(hub, await an_organization(hub, "Otra")), "NOT_A_REPRESENTATIVE", "organizationId"),
    ]
    await hub.forget()
    for who, code, path in table:
        assert problems(await hub.refuse(SUBMIT, for_it(asked, clear_water), by=who)) == [(code, path)], who.name
    assert await hub.log() == []
    assert await hub.rows(COUNTS) == [{"responses": 0, "parts": 0, "receipts": 0}]


async def test_an_ended_representation_answers_no_more_and_what_was_said_stays(
    hub: Talking, asked: Asked, clear_water: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is, the door still remembers what was.
    monkeypatch.setattr(authenticating, "BELIEVED", 600.0)
    rosa = await a_citizen(hub, "Rosa Canul")
    held = await a_valid_representation(hub, rosa, clear_water)
    given = (await hub.act(SUBMIT, for_it(asked, clear_water, consent="ORGANIZATION_NAME"), by=rosa))["response"]["id"]
    async with hub.change() as change:
        await representing.end(change, held, reason="Dejó el colectivo.")
    await hub.forget()
    # At once: the transaction asks again, whatever the door still remembers.
    wanted = {"responseId": given, "consent": "NOT_PUBLISHED", "noticeHash": asked.notice_hash}
    for mutation, variables in (
        (CHANGE, for_it(asked, clear_water)),
        (WITHDRAW, taking_back(asked, clear_water)),
        (CONSENT, {"input": wanted}),
    ):
        assert problems(await hub.refuse(mutation, variables, by=rosa)) == [("NOT_A_REPRESENTATIVE", "organizationId")]
    assert await hub.log() == []
    hub.hub.authenticator._known.clear()
    assert (await hub.ask(WHOLE, {"id": given}, by=rosa))["node"] is None
    with hub.at(asked.closed):
        seen = (await hub.ask(WHOLE, {"id": given}))["node"]
    assert (seen["state"], seen["organization"]) == ("ACCEPTED", {"id": f"Organization_{clear_water}"})
    # Who represents it next finds it.
    luis = await a_representative_of(hub, clear_water, "Luis Pech")
    assert (await hub.ask(WHOLE, {"id": given}, by=luis))["node"]["mine"] is True
    await hub.act(WITHDRAW, taking_back(asked, clear_water), by=luis)


async def test_an_end_and_an_answer_at_the_same_moment(hub: Talking, asked: Asked) -> None:
    for n in range(6):
        which = await an_organization(hub, f"Organización {n}")
        who = await a_citizen(hub, f"Persona {n}")
        held = await a_valid_representation(hub, who, which)

        async def end(held: Any = held) -> None:
            async with hub.change() as change:
                await representing.end(change, held, reason="Ya no.")

        answer, _ = await asyncio.gather(hub.answer(SUBMIT, for_it(asked, which), by=who), end())
        errors = [error["code"] for error in answer["data"]["submitResponse"]["errors"]]
        acts = "type IN ('ResponseSubmitted', 'RepresentationEnded')"
        log = await hub.rows(f"SELECT type FROM event WHERE {acts} ORDER BY position DESC LIMIT 2")
        # Where both happened, the answer came first.
        assert errors in ([], ["NOT_A_REPRESENTATIVE"])
        if not errors:
            assert [row["type"] for row in log] == ["RepresentationEnded", "ResponseSubmitted"]


@pytest.mark.parametrize("policy", [IdentityPolicy.OPEN, IdentityPolicy.ACCOUNT, IdentityPolicy.VERIFIED])
async def test_an_organization_answers_under_every_policy_but_by_invitation(
    hub: Talking, clear_water: Any, rosa: Somebody, policy: IdentityPolicy
) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), identity_policy=policy)
    id_ = (await hub.act(SUBMIT, for_it(asked, clear_water), by=rosa))["response"]["id"]
    seen = (await hub.ask(WHOLE, {"id": id_}, by=rosa))["node"]
    assert [transition["allowed"] for transition in seen["availableTransitions"]] == [True, True, True]


async def test_by_invitation_no_organization_answers(hub: Talking, clear_water: Any, rosa: Somebody) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), identity_policy=IdentityPolicy.INVITED)
    await hub.forget()
    errors = await hub.refuse(SUBMIT, for_it(asked, clear_water), by=rosa)
    assert problems(errors) == [("INVITATION_NEEDED", "organizationId")]
    assert await hub.log() == []


async def test_in_an_anonymous_consultation_an_organization_still_answers_by_name(
    hub: Talking, clear_water: Any, rosa: Somebody
) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), anonymity=Anonymity.ANONYMOUS)
    id_ = (await hub.act(SUBMIT, for_it(asked, clear_water, consent="ORGANIZATION_NAME"), by=rosa))["response"]["id"]
    seen = (await hub.ask(WHOLE, {"id": id_}, by=rosa))["node"]
    assert (seen["mine"], seen["respondentKind"]) == (True, "ORGANIZATION")
    assert [transition["allowed"] for transition in seen["availableTransitions"]] == [True, True, True]
    standing = (await hub.ask(STANDING, {"id": asked.node}, by=rosa))["node"]
    assert standing["viewerHasResponded"] is False
    assert next(t["allowed"] for t in standing["availableTransitions"] if t["event"] == "submit") is True
    await hub.act(SUBMIT, a_sheet(asked), by=rosa)
    standing = (await hub.ask(STANDING, {"id": asked.node}, by=rosa))["node"]
    assert (standing["viewerHasResponded"], standing["viewerResponse"]) == (True, None)
    await hub.act(CHANGE, for_it(asked, clear_water), by=rosa)
    kinds = await hub.rows("SELECT respondent_kind AS kind, state, participation_id IS NULL AS loose FROM response")
    assert sorted((row["kind"], row["state"], row["loose"]) for row in kinds) == [
        ("anonymous", "accepted", True),
        ("organization", "accepted", False),
        ("organization", "replaced", False),
    ]


async def test_a_verified_person_answers_beside_their_organization(hub: Talking, clear_water: Any) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), identity_policy=IdentityPolicy.VERIFIED)
    bea = await a_verified_citizen(hub)
    await a_valid_representation(hub, bea, clear_water)
    await hub.act(SUBMIT, a_sheet(asked), by=bea)
    await hub.act(SUBMIT, for_it(asked, clear_water), by=bea)
    assert len(await hub.rows("SELECT 1 FROM response WHERE state = 'accepted'")) == 2


THEIRS = """query ($consultation: ID!, $organization: ID!) {
  responses(filter: { consultation: $consultation, organization: $organization }) {
    totalCount nodes { consent organization { id } } } }"""


async def test_what_an_organization_said_is_found_only_where_it_lets_itself_be_named(
    hub: Talking, clear_water: Any
) -> None:
    """By looking for its responses nobody learns of one that does not name it, but those who see all of it."""
    asked = await a_closed_consultation(hub, await a_body(hub))
    noe = await an_analyst_of(hub, asked.body_id)
    said = GivenAnswer(question="agua", option="si")
    for consent in (ConsentLevel.ORGANIZATION_NAME, ConsentLevel.WITHOUT_NAME):
        await some_responses(hub, asked, 1, said, consent=consent, organization_id=clear_water)
    named = {"consultation": asked.node, "organization": f"Organization_{clear_water}"}
    own = {"consent": "ORGANIZATION_NAME", "organization": {"id": named["organization"]}}
    for who in (a_visitor(), await a_citizen(hub)):
        assert (await hub.ask(THEIRS, named, by=who))["responses"] == {"totalCount": 1, "nodes": [own]}
    assert (await hub.ask(THEIRS, named, by=noe))["responses"]["totalCount"] == 2
    another = {**named, "organization": f"Organization_{await an_organization(hub, 'Otra')}"}
    assert (await hub.ask(THEIRS, another, by=noe))["responses"]["totalCount"] == 0
