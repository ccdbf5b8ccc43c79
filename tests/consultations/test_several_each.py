"""Several responses of each: as many as the consultation takes, and not one more, whatever arrives at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hub.consultations.models import IdentityPolicy
from tests.cast import a_citizen, a_representative_of, an_analyst_of
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet, problems
from tests.making.bodies import a_body
from tests.making.consultations import Asked, an_open_consultation
from tests.making.people import an_organization
from tests.talking import Somebody, Talking

STANDING = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  viewerHasResponded viewerResponse { id } availableTransitions { event allowed reason { code } } } } }"""
ISSUE = "mutation ($input: IssueInvitationsInput!) { issueInvitations(input: $input) { codes errors { code } } }"
MOST = 3
NO = {"question": "agua", "option": "no"}


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    """A consultation that takes three responses of each."""
    return await an_open_consultation(hub, await a_body(hub), responses_each=MOST)


@pytest.fixture
async def ana(hub: Talking) -> Somebody:
    """A citizen."""
    return await a_citizen(hub)


async def in_force(hub: Talking) -> int:
    """Return how many responses count."""
    return len(await hub.rows("SELECT 1 FROM response WHERE state = 'accepted'"))


async def test_the_last_is_taken_and_one_more_is_not(hub: Talking, asked: Asked, ana: Somebody) -> None:
    await hub.forget()
    given = [(await hub.act(SUBMIT, a_sheet(asked), by=ana))["response"]["id"] for _ in range(MOST)]
    (error,) = await hub.refuse(SUBMIT, a_sheet(asked), by=ana)
    assert (error["__typename"], error["code"]) == ("ConflictError", "RESPONDED_OFTEN_ENOUGH")
    assert "3" in error["message"]
    assert await hub.log() == ["ResponseSubmitted"] * MOST
    own = await hub.ask("{ viewer { responses(orderBy: RECEIVED_ASC) { nodes { id state } } } }", by=ana)
    assert own["viewer"]["responses"]["nodes"] == [{"id": id_, "state": "ACCEPTED"} for id_ in given]
    standing = (await hub.ask(STANDING, {"id": asked.node}, by=ana))["node"]
    assert (standing["viewerHasResponded"], standing["viewerResponse"]) == (True, {"id": given[-1]})
    reasons = {t["event"]: t["reason"] and t["reason"]["code"] for t in standing["availableTransitions"]}
    assert (reasons["submit"], reasons["replace"]) == ("RESPONDED_OFTEN_ENOUGH", None)
    # Somebody else has places of their own.
    await hub.act(SUBMIT, a_sheet(asked), by=await a_citizen(hub, "Luis"))


async def test_fifty_at_once_leave_exactly_so_many(hub: Talking, asked: Asked, ana: Somebody) -> None:
    answers = await asyncio.gather(*[hub.answer(SUBMIT, a_sheet(asked), by=ana) for _ in range(50)])
    payloads = [answer["data"]["submitResponse"] for answer in answers]
    assert [len(payload["errors"]) for payload in payloads].count(0) == MOST
    assert {e["code"] for payload in payloads for e in payload["errors"]} == {"RESPONDED_OFTEN_ENOUGH"}
    assert await in_force(hub) == MOST
    taken = await hub.rows("SELECT DISTINCT participation_id FROM response")
    ordinals = await hub.rows("SELECT ordinal FROM participation ORDER BY ordinal")
    assert (len(taken), [row["ordinal"] for row in ordinals]) == (MOST, [1, 2, 3])


async def test_which_one_is_meant_must_be_said(hub: Talking, asked: Asked, ana: Somebody) -> None:
    first = (await hub.act(SUBMIT, a_sheet(asked), by=ana))["response"]["id"]
    # The only one needs no name.
    first = (await hub.act(CHANGE, a_sheet(asked, NO), by=ana))["response"]["id"]
    second = (await hub.act(SUBMIT, a_sheet(asked), by=ana))["response"]["id"]
    luis = await a_citizen(hub, "Luis")
    foreign = (await hub.act(SUBMIT, a_sheet(asked), by=luis))["response"]["id"]
    taking_back: dict[str, Any] = {"consultationId": asked.node}
    await hub.forget()
    for named in ({}, {"responseId": foreign}, {"responseId": "Response_00000000-0000-4000-8000-000000000000"}):
        assert problems(await hub.refuse(CHANGE, a_sheet(asked, **named), by=ana)) == [
            ("NAME_THE_RESPONSE", "responseId")
        ]
        assert problems(await hub.refuse(WITHDRAW, {"input": {**taking_back, **named}}, by=ana)) == [
            ("NAME_THE_RESPONSE", "responseId")
        ]
    assert await hub.log() == []
    changed = (await hub.act(CHANGE, a_sheet(asked, responseId=first), by=ana))["response"]
    assert changed["answers"][0]["options"] == ["si"]
    await hub.act(WITHDRAW, {"input": {**taking_back, "responseId": second}}, by=ana)
    states = {row["id"]: row["state"] for row in await hub.rows("SELECT 'Response_' || id AS id, state FROM response")}
    assert (states[first], states[second], states[changed["id"]]) == ("replaced", "withdrawn", "accepted")
    # A place that was given back is taken again, and no more than that.
    for _ in range(MOST - 1):
        await hub.act(SUBMIT, a_sheet(asked), by=ana)
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=ana)) == [("RESPONDED_OFTEN_ENOUGH", "")]


async def test_changes_and_new_ones_at_once_stay_within_the_number(hub: Talking, asked: Asked, ana: Somebody) -> None:
    first = (await hub.act(SUBMIT, a_sheet(asked), by=ana))["response"]["id"]
    acts = [(SUBMIT, a_sheet(asked)), (CHANGE, a_sheet(asked, NO, responseId=first))] * 8
    acts += [(WITHDRAW, {"input": {"consultationId": asked.node, "responseId": first}})] * 2
    answers = await asyncio.gather(*[hub.answer(mutation, variables, by=ana) for mutation, variables in acts])
    assert all("errors" not in answer for answer in answers)
    assert await in_force(hub) <= MOST
    while True:
        answer = await hub.answer(SUBMIT, a_sheet(asked), by=ana)
        if answer["data"]["submitResponse"]["errors"]:
            break
    assert await in_force(hub) == MOST


async def test_an_organization_and_an_invitation_have_as_many(hub: Talking, asked: Asked) -> None:
    which = await an_organization(hub)
    rosa, luis = await a_representative_of(hub, which), await a_representative_of(hub, which, "Luis Pech")
    theirs = a_sheet(asked, organizationId=f"Organization_{which}")
    for who in (rosa, luis, rosa):
        await hub.act(SUBMIT, theirs, by=who)
    assert problems(await hub.refuse(SUBMIT, theirs, by=luis)) == [("RESPONDED_OFTEN_ENOUGH", "")]
    await hub.act(SUBMIT, a_sheet(asked), by=rosa)
    body = await a_body(hub, "Otra", acronym="OTRA")
    invited = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.INVITED, responses_each=2)
    batch = {"consultationId": invited.node, "count": 1, "batch": "Padrón"}
    (code,) = (await hub.act(ISSUE, {"input": batch}, by=await an_analyst_of(hub, body)))["codes"]
    for _ in range(2):
        await hub.act(SUBMIT, a_sheet(invited, invitation=code))
    refused = await hub.refuse(SUBMIT, a_sheet(invited, invitation=code))
    assert problems(refused) == [("RESPONDED_OFTEN_ENOUGH", "")]
    refused = await hub.refuse(CHANGE, a_sheet(invited, invitation=code))
    assert problems(refused) == [("NAME_THE_RESPONSE", "responseId")]
