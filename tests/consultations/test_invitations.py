"""Invitations: codes that are told once, open one consultation, and let each holder answer once, without an account."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hub.consultations.models import Anonymity, IdentityPolicy
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_visitor, an_analyst_of
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet, problems
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_closed_consultation, a_draft_consultation, an_open_consultation
from tests.talking import Somebody, Talking

ISSUE = """mutation ($input: IssueInvitationsInput!) { issueInvitations(input: $input) {
  consultation { id } codes errors { __typename code message path } event } }"""
CONSENT = """mutation ($input: ChangeConsentInput!) { changeConsent(input: $input) {
  response { id } errors { __typename code message path } event } }"""
RECEIPT = "query ($code: String!) { receipt(code: $code) { state } }"


def for_a_batch(asked: Asked, count: int = 3, **known: Any) -> dict[str, Any]:
    """What the staff sends for so many invitations."""
    return {"input": {"consultationId": asked.node, "count": count, "batch": "Padrón 2026", **known}}


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    """A consultation for the invited."""
    return await an_open_consultation(hub, await a_body(hub), identity_policy=IdentityPolicy.INVITED)


@pytest.fixture
async def noe(hub: Talking, asked: Asked) -> Somebody:
    """An analyst of its body."""
    return await an_analyst_of(hub, asked.body_id)


async def codes_for(hub: Talking, asked: Asked, noe: Somebody, count: int = 3) -> list[str]:
    """Issue so many invitations."""
    codes: list[str] = (await hub.act(ISSUE, for_a_batch(asked, count), by=noe))["codes"]
    return codes


async def test_codes_are_told_once(hub: Talking, asked: Asked, noe: Somebody) -> None:
    await hub.forget()
    first = await hub.act(ISSUE, for_a_batch(asked, 40, idempotencyKey="una"), by=noe)
    again = await hub.act(ISSUE, for_a_batch(asked, 40, idempotencyKey="una"), by=noe)
    assert len(set(first["codes"])) == 40
    assert {**first, "codes": None} == again
    assert first["consultation"] == {"id": asked.node}
    assert await hub.log() == ["InvitationsIssued"]
    (event,) = await hub.events()
    assert (event["public"], event["facts"]["count"]) == (False, 40)
    assert len(await hub.rows("SELECT 1 FROM invitation WHERE batch = 'Padrón 2026'")) == 40


@pytest.mark.parametrize(("known", "code", "path"), [
    ({"count": 0}, "OUT_OF_RANGE", "count"),
    ({"count": 10_001}, "OUT_OF_RANGE", "count"),
    ({"batch": " "}, "WORDS_MISSING", "batch"),
    ({"batch": "x" * 201}, "WORDING_TOO_LONG", "batch"),
])  # fmt: skip
async def test_what_is_no_batch(
    hub: Talking, asked: Asked, noe: Somebody, known: dict[str, Any], code: str, path: str
) -> None:
    await hub.forget()
    assert problems(await hub.refuse(ISSUE, for_a_batch(asked, **known), by=noe)) == [(code, path)]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM invitation")) == ([], [])


async def test_who_invites_and_to_what(hub: Talking, asked: Asked, noe: Somebody) -> None:
    body = await a_body(hub, "Otra", acronym="OTRA")
    julia = await a_coordinator_of(hub, body)
    free = await an_open_consultation(hub, body)
    over = await a_closed_consultation(hub, body, identity_policy=IdentityPolicy.INVITED)
    narrow = await an_analyst_of(hub, asked.body_id, scopes=[Scope.RESPONSES_WRITE])
    table = [
        (asked, a_visitor(), "UNAUTHENTICATED"),
        (asked, await a_citizen(hub), "STAFF_ONLY"),
        (asked, julia, "STAFF_ONLY"),
        (asked, narrow, "SCOPE_MISSING"),
        (free, julia, "NOT_BY_INVITATION"),
        (over, julia, "CONSULTATION_CLOSED"),
    ]
    await hub.forget()
    for which, who, code in table:
        assert problems(await hub.refuse(ISSUE, for_a_batch(which), by=who)) == [(code, "")], (who.name, code)
    assert (await hub.log(), await hub.rows("SELECT 1 FROM invitation")) == ([], [])
    # Before the opening they may go out already.
    draft = await a_draft_consultation(hub, body, identity_policy=IdentityPolicy.INVITED)
    await hub.act(ISSUE, for_a_batch(draft), by=julia)


async def test_a_code_answers_once_without_an_account(hub: Talking, asked: Asked, noe: Somebody) -> None:
    one, two, three = await codes_for(hub, asked, noe)
    await hub.forget()
    given = await hub.act(SUBMIT, a_sheet(asked, invitation=one))
    # Nothing leads from whoever asks to the response: what they have is the receipt.
    assert given["response"] is None
    assert (await hub.ask(RECEIPT, {"code": given["receipt"]["code"]}))["receipt"] == {"state": "ACCEPTED"}
    ana = await a_citizen(hub)
    for who in (a_visitor(), ana, await a_client(hub, scopes=[Scope.RESPONSES_WRITE])):
        refused = await hub.refuse(SUBMIT, a_sheet(asked, invitation=one), by=who)
        assert problems(refused) == [("ALREADY_RESPONDED", "")]
    await hub.act(SUBMIT, a_sheet(asked, invitation=two), by=ana)
    # Whoever has two codes was invited twice.
    await hub.act(SUBMIT, a_sheet(asked, invitation=three), by=ana)
    rows = await hub.rows("SELECT respondent_kind AS kind, respondent_name AS name, organization_id FROM response")
    assert rows == [{"kind": "individual", "name": None, "organization_id": None}] * 3
    events = [e for e in await hub.events() if e["type"] == "ResponseSubmitted"]
    assert {(e["actor_account_id"], e["actor_client_id"]) for e in events} == {(None, None)}
    with hub.at(asked.closed):
        found = (await hub.ask("{ responses { totalCount nodes { respondentKind } } }"))["responses"]
    assert found == {"totalCount": 3, "nodes": [{"respondentKind": "INDIVIDUAL"}] * 3}


async def test_a_code_is_read_however_it_was_typed(hub: Talking, asked: Asked, noe: Somebody) -> None:
    codes = await codes_for(hub, asked, noe, 4)
    sloppy = [
        codes[0].lower(),
        codes[1].replace("-", ""),
        f"  {codes[2].replace('-', ' ')} ",
        codes[3].replace("0", "o").replace("1", "l"),
    ]
    for typed in sloppy:
        await hub.act(SUBMIT, a_sheet(asked, invitation=typed))
    for code, typed in zip(codes, sloppy, strict=True):
        for again in (code, typed):
            assert problems(await hub.refuse(SUBMIT, a_sheet(asked, invitation=again))) == [("ALREADY_RESPONDED", "")]


async def test_what_is_no_invitation_here(hub: Talking, asked: Asked, noe: Somebody) -> None:
    (code,) = await codes_for(hub, asked, noe, 1)
    body = await a_body(hub, "Otra", acronym="OTRA")
    other = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.INVITED)
    (foreign,) = await codes_for(hub, other, await an_analyst_of(hub, body), 1)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    await hub.forget()
    for given in (foreign, wrong, code[:-2], "", "?", "0000-0000-0000-0000-0"):
        for mutation in (SUBMIT, CHANGE):
            errors = await hub.refuse(mutation, a_sheet(asked, invitation=given))
            assert problems(errors) == [("INVITATION_UNKNOWN", "invitation")], given
    for who in (a_visitor(), await a_citizen(hub), await a_client(hub, scopes=[Scope.RESPONSES_WRITE])):
        assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=who)) == [("INVITATION_NEEDED", "invitation")]
    assert "ResponseSubmitted" not in await hub.log()
    assert await hub.rows("SELECT 1 FROM response") == await hub.rows("SELECT 1 FROM participation") == []


async def test_a_response_is_changed_and_taken_back_by_its_code(hub: Talking, asked: Asked, noe: Somebody) -> None:
    one, two, _ = await codes_for(hub, asked, noe)
    await hub.act(SUBMIT, a_sheet(asked, invitation=one))
    await hub.act(SUBMIT, a_sheet(asked, invitation=two))
    no = {"question": "agua", "option": "no"}
    changed = await hub.act(CHANGE, a_sheet(asked, no, invitation=one.lower()))
    assert (await hub.ask(RECEIPT, {"code": changed["receipt"]["code"]}))["receipt"] == {"state": "ACCEPTED"}
    taken_back = {"input": {"consultationId": asked.node, "invitation": one}}
    assert (await hub.act(WITHDRAW, taken_back))["receipt"]["state"] == "WITHDRAWN"
    assert problems(await hub.refuse(WITHDRAW, taken_back)) == [("NO_RESPONSE", "")]
    await hub.act(SUBMIT, a_sheet(asked, invitation=one))
    states = await hub.rows("SELECT state, count(*) AS n FROM response GROUP BY state ORDER BY state")
    assert [tuple(row.values()) for row in states] == [("accepted", 2), ("replaced", 1), ("withdrawn", 1)]


async def test_the_consent_is_changed_by_the_code_until_late(hub: Talking, asked: Asked, noe: Somebody) -> None:
    one, two, _ = await codes_for(hub, asked, noe)
    receipt = (await hub.act(SUBMIT, a_sheet(asked, invitation=one)))["receipt"]["code"]
    ana = await a_citizen(hub)
    wanted = {"receipt": receipt, "noticeHash": asked.notice_hash}
    await hub.forget()
    with hub.at(asked.closed):
        for invitation in (None, two, "?"):
            given = {**wanted, "consent": "NOT_PUBLISHED", "invitation": invitation}
            assert problems(await hub.refuse(CONSENT, {"input": given}, by=ana)) == [("RECEIPT_UNKNOWN", "receipt")]
        named = {**wanted, "consent": "WITH_NAME", "invitation": one}
        assert problems(await hub.refuse(CONSENT, {"input": named}, by=ana)) == [("NO_NAME_TO_PUBLISH", "consent")]
        assert (await hub.ask("{ responses { totalCount } }"))["responses"] == {"totalCount": 1}
        await hub.act(CONSENT, {"input": {**wanted, "consent": "NOT_PUBLISHED", "invitation": one}})
        assert (await hub.ask("{ responses { totalCount } }"))["responses"] == {"totalCount": 0}
    assert await hub.log() == ["ConsentChanged"]


async def test_a_code_used_by_many_at_once_leaves_one_response(hub: Talking, asked: Asked, noe: Somebody) -> None:
    (code,) = await codes_for(hub, asked, noe, 1)
    people = [a_visitor(), await a_citizen(hub, "Ana"), await a_citizen(hub, "Luis")]
    answers = await asyncio.gather(*[hub.answer(SUBMIT, a_sheet(asked, invitation=code), by=who) for who in people * 5])
    payloads = [answer["data"]["submitResponse"] for answer in answers]
    assert [len(payload["errors"]) for payload in payloads].count(0) == 1
    assert {e["code"] for payload in payloads for e in payload["errors"]} == {"ALREADY_RESPONDED"}
    assert len(await hub.rows("SELECT 1 FROM response")) == len(await hub.rows("SELECT 1 FROM participation")) == 1


async def test_codes_are_nowhere_in_clear(hub: Talking, asked: Asked, noe: Somebody) -> None:
    codes = (await hub.act(ISSUE, for_a_batch(asked, idempotencyKey="una"), by=noe))["codes"]
    key = "5c2c1b0e-6c1f-4b37-9a52-0d1d7a5f1c11"
    await hub.act(SUBMIT, a_sheet(asked, invitation=codes[0], idempotencyKey=key))
    await hub.act(CHANGE, a_sheet(asked, invitation=codes[0]))
    dump = await hub.dump()
    for code in codes:
        plain = code.replace("-", "")
        for canary in (code, plain, plain[:10], plain[-10:], code.encode().hex(), plain.encode().hex()):
            assert canary not in dump
            assert canary.lower() not in dump
    assert "Padrón 2026" in dump


async def test_an_anonymous_consultation_for_the_invited(hub: Talking, noe: Somebody) -> None:
    body = await a_body(hub, "Otra", acronym="OTRA")
    known = {"identity_policy": IdentityPolicy.INVITED, "anonymity": Anonymity.ANONYMOUS}
    asked = await an_open_consultation(hub, body, **known)
    (code,) = await codes_for(hub, asked, await an_analyst_of(hub, body), 1)
    await hub.forget()
    given = await hub.act(SUBMIT, a_sheet(asked, invitation=code))
    refused = await hub.refuse(SUBMIT, a_sheet(asked, invitation=code))
    assert problems(refused) == [("ALREADY_RESPONDED_ANONYMOUSLY", "")]
    assert problems(await hub.refuse(CHANGE, a_sheet(asked, invitation=code))) == [("ANONYMOUS_IS_NOT_FOUND", "")]
    rows = await hub.rows("SELECT respondent_kind AS kind, participation_id FROM response")
    assert rows == [{"kind": "anonymous", "participation_id": None}]
    await hub.act(WITHDRAW, {"input": {"receipt": given["receipt"]["code"]}})
    assert await hub.log() == ["ResponseSubmitted", "ResponseWithdrawn"]
