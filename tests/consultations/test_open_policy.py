"""Open to all: visitors answer as nobody, and nothing is kept that leads to them; who signs in answers once."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import uuid1, uuid4

import pytest

from hub import clock
from hub.consultations.models import Anonymity, IdentityPolicy
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_visitor
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet, problems
from tests.making.bodies import a_body
from tests.making.consultations import Asked, an_open_consultation
from tests.talking import Somebody, Talking

CONSENT = """mutation ($input: ChangeConsentInput!) { changeConsent(input: $input) {
  response { id } errors { __typename code message path } event } }"""
RECEIPT = "query ($code: String!) { receipt(code: $code) { state issuedAt } }"
STANDING = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  viewerHasResponded availableTransitions { event allowed reason { code } } } } }"""
MIDNIGHT = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    """A consultation that is open to all."""
    return await an_open_consultation(hub, await a_body(hub), identity_policy=IdentityPolicy.OPEN)


async def test_of_a_visitor_nothing_is_kept_but_what_they_said(hub: Talking, asked: Asked) -> None:
    await hub.forget()
    now = clock.now().replace(microsecond=123_457)
    with hub.at(now):
        given = await hub.act(SUBMIT, a_sheet(asked, idempotencyKey=str(uuid4())))
    assert given["response"] is None
    (response,) = await hub.rows("SELECT * FROM response")
    day = now.replace(**MIDNIGHT)  # type: ignore[arg-type]
    known = {name: response[name] for name in ("respondent_kind", "participation_id", "respondent_name")}
    assert known == {"respondent_kind": "anonymous", "participation_id": None, "respondent_name": None}
    assert response["id"].version == 4
    assert response["received_at"] == day
    (receipt,) = await hub.rows("SELECT issued_at FROM receipt")
    (consent,) = await hub.rows("SELECT given_at FROM publication_consent")
    assert (receipt["issued_at"], consent["given_at"]) == (day, day)
    (event,) = await hub.events()
    assert event["at"] == day
    assert (event["actor_account_id"], event["actor_client_id"], event["request_id"]) == (None, None, None)
    assert await hub.rows("SELECT 1 FROM participation") == []
    # The day alone: no row anywhere tells the minute.
    assert f"{now:%M:%S.%f}" not in await hub.dump()
    assert (await hub.ask(RECEIPT, {"code": given["receipt"]["code"]}))["receipt"]["state"] == "ACCEPTED"


async def test_a_visitor_may_come_again(hub: Talking, asked: Asked) -> None:
    """Nobody can tell two visitors apart; what keeps one from flooding is the limit by network."""
    for _ in range(3):
        await hub.act(SUBMIT, a_sheet(asked))
    standing = (await hub.ask(STANDING, {"id": asked.node}))["node"]
    assert standing["viewerHasResponded"] is False
    allowed = {t["event"]: t["reason"] and t["reason"]["code"] for t in standing["availableTransitions"]}
    told = {event: allowed[event] for event in ("submit", "replace", "withdraw")}
    assert told == {"submit": None, "replace": "ANONYMOUS_IS_NOT_FOUND", "withdraw": "ANONYMOUS_IS_NOT_FOUND"}


async def test_a_repetition_by_the_same_random_key_has_one_effect(hub: Talking, asked: Asked) -> None:
    program = await a_client(hub, scopes=[Scope.RESPONSES_WRITE])
    for who in (a_visitor(), program):
        await hub.forget()
        sheet = a_sheet(asked, idempotencyKey=str(uuid4()))
        payloads = await asyncio.gather(*[hub.act(SUBMIT, sheet, by=who) for _ in range(10)])
        assert all(payload == payloads[0] for payload in payloads)
        assert await hub.log() == ["ResponseSubmitted"]
        again = a_sheet(asked, {"question": "agua", "option": "no"}, idempotencyKey=sheet["input"]["idempotencyKey"])
        assert problems(await hub.refuse(SUBMIT, again, by=who)) == [("IDEMPOTENCY_KEY_REUSED", "idempotencyKey")]


async def test_the_key_is_kept_for_nobody_and_must_be_random(hub: Talking, asked: Asked) -> None:
    program = await a_client(hub, scopes=[Scope.RESPONSES_WRITE])
    await hub.forget()
    for who in (a_visitor(), program):
        for key in ("uno", str(uuid1()), "00000000-0000-7000-8000-000000000000"):
            refused = await hub.refuse(SUBMIT, a_sheet(asked, idempotencyKey=key), by=who)
            assert problems(refused) == [("IDEMPOTENCY_KEY_NOT_RANDOM", "idempotencyKey")]
    assert await hub.log() == []
    assert await hub.rows("SELECT 1 FROM response") == await hub.rows("SELECT 1 FROM idempotent_request") == []
    for who in (a_visitor(), program):
        await hub.act(SUBMIT, a_sheet(asked, idempotencyKey=str(uuid4())), by=who)
    nobody = hub.hub.keys.digest("idempotency", b"anonymous")
    assert await hub.rows("SELECT DISTINCT principal FROM idempotent_request") == [{"principal": nobody}]


async def test_who_signs_in_answers_once_under_a_pseudonym(hub: Talking, asked: Asked) -> None:
    ana = await a_citizen(hub)
    given = await hub.act(SUBMIT, a_sheet(asked), by=ana)
    assert given["response"]["mine"] is True
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=ana)) == [("ALREADY_RESPONDED", "")]
    await hub.act(CHANGE, a_sheet(asked, {"question": "agua", "option": "no"}), by=ana)
    await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=ana)
    kinds = await hub.rows("SELECT DISTINCT respondent_kind AS kind FROM response")
    assert kinds == [{"kind": "individual"}]
    narrow = await a_citizen(hub, scopes=[Scope.PUBLIC_READ])
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=narrow)) == [("SCOPE_MISSING", "")]


async def test_a_program_passes_on_what_a_visitor_says(hub: Talking, asked: Asked) -> None:
    program = await a_client(hub, scopes=[Scope.RESPONSES_WRITE])
    await hub.forget()
    for _ in range(2):
        given = await hub.act(SUBMIT, a_sheet(asked), by=program)
        assert given["response"] is None
    kinds = await hub.rows("SELECT DISTINCT respondent_kind AS kind, participation_id FROM response")
    assert kinds == [{"kind": "anonymous", "participation_id": None}]
    assert {event["actor_client_id"] for event in await hub.events()} == {None}
    await hub.forget()
    reading = await a_client(hub)
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=reading)) == [("SCOPE_MISSING", "")]
    # Elsewhere a program has nothing to say.
    closer = await an_open_consultation(hub, await a_body(hub, "Otra", acronym="OTRA"))
    assert problems(await hub.refuse(SUBMIT, a_sheet(closer), by=program)) == [("CLIENTS_DO_NOT_ANSWER", "")]


async def test_a_receipt_takes_an_anonymous_response_back(hub: Talking, asked: Asked) -> None:
    first, second = [(await hub.act(SUBMIT, a_sheet(asked)))["receipt"]["code"] for _ in range(2)]
    await hub.forget()
    taken = await hub.act(WITHDRAW, {"input": {"receipt": first.lower().replace("-", " ")}})
    assert taken["receipt"]["state"] == "WITHDRAWN"
    assert problems(await hub.refuse(WITHDRAW, {"input": {"receipt": first}})) == [("RESPONSE_NOT_IN_FORCE", "")]
    assert problems(await hub.refuse(WITHDRAW, {"input": {"receipt": "0" * 17}})) == [("RECEIPT_UNKNOWN", "receipt")]
    with hub.at(asked.closed):
        assert problems(await hub.refuse(WITHDRAW, {"input": {"receipt": second}})) == [("CHANGES_ENDED", "")]
    (event,) = await hub.events()
    assert (event["type"], event["actor_account_id"], event["request_id"]) == ("ResponseWithdrawn", None, None)
    assert event["at"] == event["at"].replace(**MIDNIGHT)
    states = await hub.rows("SELECT state FROM response ORDER BY state")
    assert [row["state"] for row in states] == ["accepted", "withdrawn"]


async def test_a_receipt_of_somebody_who_is_known_opens_nothing(hub: Talking, asked: Asked) -> None:
    ana = await a_citizen(hub)
    code = (await hub.act(SUBMIT, a_sheet(asked), by=ana))["receipt"]["code"]
    await hub.forget()
    wanted = {"receipt": code, "consent": "NOT_PUBLISHED", "noticeHash": asked.notice_hash}
    for who in (a_visitor(), await a_citizen(hub, "Otra")):
        assert problems(await hub.refuse(WITHDRAW, {"input": {"receipt": code}}, by=who)) == [
            ("RECEIPT_UNKNOWN", "receipt")
        ]
        assert problems(await hub.refuse(CONSENT, {"input": wanted}, by=who)) == [("RECEIPT_UNKNOWN", "receipt")]
    assert not {"ResponseWithdrawn", "ConsentChanged"} & set(await hub.log())
    await hub.act(CONSENT, {"input": wanted}, by=ana)


async def test_a_receipt_changes_the_consent(hub: Talking, asked: Asked) -> None:
    code = (await hub.act(SUBMIT, a_sheet(asked)))["receipt"]["code"]
    wanted: dict[str, Any] = {"receipt": code, "noticeHash": asked.notice_hash}
    await hub.forget()
    for level, problem in (("WITH_NAME", "NO_NAME_TO_PUBLISH"), ("ORGANIZATION_NAME", "NO_ORGANIZATION_TO_NAME")):
        refused = await hub.refuse(CONSENT, {"input": {**wanted, "consent": level}}, by=await a_citizen(hub))
        assert problems(refused) == [(problem, "consent")]
    with hub.at(asked.closed):
        assert (await hub.ask("{ responses { totalCount } }"))["responses"] == {"totalCount": 1}
        await hub.act(CONSENT, {"input": {**wanted, "consent": "NOT_PUBLISHED"}})
        assert (await hub.ask("{ responses { totalCount } }"))["responses"] == {"totalCount": 0}
    events = [event for event in await hub.events() if event["type"] == "ConsentChanged"]
    (event,) = events
    assert event["at"] == event["at"].replace(**MIDNIGHT)
    given = await hub.rows("SELECT given_at FROM publication_consent")
    assert all(row["given_at"] == row["given_at"].replace(**MIDNIGHT) for row in given)


async def test_who_was_signed_in_leaves_no_trace_where_anonymity_was_promised(hub: Talking) -> None:
    known = {"identity_policy": IdentityPolicy.OPEN, "anonymity": Anonymity.ANONYMOUS}
    asked = await an_open_consultation(hub, await a_body(hub), **known)
    ana: Somebody = await a_citizen(hub)
    await hub.forget()
    sheet = a_sheet(asked, idempotencyKey=str(uuid4()))
    payloads = await asyncio.gather(*[hub.act(SUBMIT, sheet, by=ana) for _ in range(10)])
    assert all(payload == payloads[0] for payload in payloads)
    assert await hub.log() == ["ResponseSubmitted"]
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=ana)) == [("ALREADY_RESPONDED_ANONYMOUSLY", "")]
    rows = await hub.rows("SELECT respondent_kind AS kind, participation_id FROM response")
    assert rows == [{"kind": "anonymous", "participation_id": None}]
    nobody = hub.hub.keys.digest("idempotency", b"anonymous")
    assert await hub.rows("SELECT principal FROM idempotent_request") == [{"principal": nobody}]
    (event,) = await hub.events()
    assert (event["at"].time(), event["actor_account_id"], event["request_id"]) == (dt.time(), None, None)
    # A visitor still may: they cannot be told from anybody else.
    await hub.act(SUBMIT, a_sheet(asked))
