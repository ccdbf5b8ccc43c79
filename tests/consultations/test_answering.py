"""Answering: everything wrong at once, once for each person, in time, changed and taken back; nothing by a refusal."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from hub.importing.polis import import_polis
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_visitor
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet, problems
from tests.importing.small_polis import small_polis
from tests.making.bodies import a_body
from tests.making.consultations import (
    Asked,
    a_closed_consultation,
    a_draft_consultation,
    a_response,
    a_scheduled_consultation,
    an_open_consultation,
)
from tests.talking import Somebody, Talking

MOMENT = dt.timedelta(microseconds=1)
STANDING = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  viewerHasResponded viewerResponse { id answers { options text } }
  availableTransitions { event allowed reason { code } } } } }"""


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    """A consultation that is open."""
    return await an_open_consultation(hub, await a_body(hub))


@pytest.fixture
async def ana(hub: Talking) -> Somebody:
    """A citizen."""
    return await a_citizen(hub)


async def test_a_response_is_taken_with_a_receipt(hub: Talking, asked: Asked, ana: Somebody) -> None:
    given = [
        {"question": "palabras", "text": "Llega los jueves."},
        {"question": "agua", "option": "no"},
        {"question": "servicios", "options": ["gas", "luz"]},
    ]
    await hub.forget()
    payload = await hub.act(SUBMIT, a_sheet(asked, *given, consent="NOT_PUBLISHED", language="nah"), by=ana)
    response, receipt = payload["response"], payload["receipt"]
    assert response["answers"] == [
        {"question": {"code": "agua"}, "options": ["no"], "text": None},
        {"question": {"code": "servicios"}, "options": ["gas", "luz"], "text": None},
        {"question": {"code": "palabras"}, "options": [], "text": "Llega los jueves."},
    ]
    told = {key: response[key] for key in ("state", "consent", "language", "mine")}
    assert told == {"state": "ACCEPTED", "consent": "NOT_PUBLISHED", "language": "nah", "mine": True}
    assert receipt["contentHash"] == response["contentHash"]
    assert (receipt["state"], receipt["consultation"]) == ("ACCEPTED", {"id": asked.node})
    assert await hub.log() == ["ResponseSubmitted"]
    (event,) = await hub.events()
    assert (event["actor_account_id"], event["request_id"], event["position"]) == (None, None, payload["event"])
    data = await hub.ask(STANDING, {"id": asked.node}, by=ana)
    assert data["node"]["viewerHasResponded"] is True
    assert data["node"]["viewerResponse"]["id"] == response["id"]
    allowed = {t["event"]: t["allowed"] for t in data["node"]["availableTransitions"]}
    assert (allowed["submit"], {event for event, yes in allowed.items() if yes}) == (False, {"replace", "withdraw"})


async def test_everything_that_is_wrong_is_told_at_once(hub: Talking, asked: Asked, ana: Somebody) -> None:
    given = [
        {"question": "servicios", "options": ["luz", "luz", "agua", "gas"]},
        {"question": "palabras", "text": "x" * 501},
        {"question": "palabras", "text": "otra vez"},
        {"question": "nada", "text": "?"},
        {"question": "agua", "text": "sí", "option": "si"},
    ]
    await hub.forget()
    errors = await hub.refuse(SUBMIT, a_sheet(asked, *given, language="klingon"), by=ana)
    assert set(problems(errors)) == {
        ("DUPLICATE_CHOICE", "answers.0.options.1"),
        ("UNKNOWN_OPTION", "answers.0.options.2"),
        ("TOO_MANY_CHOICES", "answers.0.options"),
        ("TEXT_TOO_LONG", "answers.1.text"),
        ("DUPLICATE_ANSWER", "answers.2.question"),
        ("UNKNOWN_QUESTION", "answers.3.question"),
        ("WRONG_ANSWER_KIND", "answers.4"),
        ("BAD_LANGUAGE", "language"),
    }
    assert {error["__typename"] for error in errors} == {"ValidationError"}
    assert await hub.log() == []
    for table in ("response", "answer", "answer_choice", "participation", "receipt"):
        assert await hub.rows(f"SELECT 1 FROM {table}") == [], table
    required = await hub.refuse(SUBMIT, a_sheet(asked, {"question": "palabras", "text": "sí"}), by=ana)
    assert problems(required) == [("QUESTION_REQUIRED", "answers")]


async def test_fifty_submissions_at_once_leave_one(hub: Talking, asked: Asked, ana: Somebody) -> None:
    await hub.forget()
    answers = await asyncio.gather(*[hub.answer(SUBMIT, a_sheet(asked), by=ana) for _ in range(50)])
    payloads = [answer["data"]["submitResponse"] for answer in answers]
    assert [len(payload["errors"]) for payload in payloads].count(0) == 1
    assert {error["code"] for payload in payloads for error in payload["errors"]} == {"ALREADY_RESPONDED"}
    assert await hub.log() == ["ResponseSubmitted"]
    assert len(await hub.rows("SELECT 1 FROM response")) == len(await hub.rows("SELECT 1 FROM participation")) == 1


async def test_everybody_answers_once_at_the_same_time(hub: Talking, asked: Asked) -> None:
    people = [await a_citizen(hub, f"Persona {n}") for n in range(12)]
    await asyncio.gather(*[hub.act(SUBMIT, a_sheet(asked), by=who) for who in people])
    assert len(await hub.rows("SELECT 1 FROM response WHERE state = 'accepted'")) == 12


async def test_a_response_is_changed_withdrawn_and_given_again(hub: Talking, asked: Asked, ana: Somebody) -> None:
    no = {"question": "agua", "option": "no"}
    await hub.forget()
    first = await hub.act(SUBMIT, a_sheet(asked), by=ana)
    changed = await hub.act(CHANGE, a_sheet(asked, no), by=ana)
    assert changed["response"]["answers"][0]["options"] == ["no"]
    assert changed["receipt"]["code"] != first["receipt"]["code"]
    withdrawn = await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=ana)
    assert (withdrawn["response"]["id"], withdrawn["response"]["state"]) == (changed["response"]["id"], "WITHDRAWN")
    assert (withdrawn["receipt"]["code"], withdrawn["receipt"]["state"]) == (changed["receipt"]["code"], "WITHDRAWN")
    for act in (CHANGE, WITHDRAW):
        variables = a_sheet(asked) if act is CHANGE else {"input": {"consultationId": asked.node}}
        assert [e["code"] for e in await hub.refuse(act, variables, by=ana)] == ["NO_RESPONSE"]
    again = await hub.act(SUBMIT, a_sheet(asked, no), by=ana)
    own = await hub.ask("{ viewer { responses(orderBy: RECEIVED_ASC) { nodes { id state } } } }", by=ana)
    states = [(node["id"], node["state"]) for node in own["viewer"]["responses"]["nodes"]]
    assert states == [
        (first["response"]["id"], "REPLACED"),
        (changed["response"]["id"], "WITHDRAWN"),
        (again["response"]["id"], "ACCEPTED"),
    ]
    assert await hub.log() == [
        "ResponseSubmitted",
        "ResponseReplaced",
        "ResponseSubmitted",
        "ResponseWithdrawn",
        "ResponseSubmitted",
    ]


TIMELINESS = "SELECT state::text, timeliness::text FROM response ORDER BY received_at"


async def test_what_comes_after_the_closing_is_marked_held_and_at_last_refused(
    hub: Talking, asked: Asked, ana: Somebody
) -> None:
    beto, cruz, dora = [await a_citizen(hub, name) for name in ("Beto Luna", "Cruz Mena", "Dora Pech")]
    withdrawal = {"input": {"consultationId": asked.node}}
    with hub.at(asked.closes_at - MOMENT):
        await hub.act(SUBMIT, a_sheet(asked), by=ana)
    with hub.at(asked.counted_until - MOMENT):
        await hub.act(SUBMIT, a_sheet(asked), by=beto)
        await hub.act(CHANGE, a_sheet(asked), by=ana)
    await hub.forget()
    with hub.at(asked.counted_until):
        refusals = [await hub.refuse(CHANGE, a_sheet(asked), by=ana), await hub.refuse(WITHDRAW, withdrawal, by=ana)]
        assert await hub.log() == []
        held = await hub.act(SUBMIT, a_sheet(asked), by=cruz)
    assert (held["response"]["state"], held["receipt"]["state"]) == ("HELD", "HELD")
    with hub.at(asked.late_until):
        refusals.append(await hub.refuse(SUBMIT, a_sheet(asked), by=dora))
    assert [error["code"] for errors in refusals for error in errors] == [*["CHANGES_ENDED"] * 2, "CONSULTATION_CLOSED"]
    assert await hub.log() == ["ResponseHeld"]
    kept = [(row["state"], row["timeliness"]) for row in await hub.rows(TIMELINESS)]
    assert kept == [("replaced", "on_time"), *[("accepted", "grace")] * 2, ("held", "late")]


async def test_the_opening_instant_is_the_first_in_time(hub: Talking, ana: Somebody) -> None:
    asked = await a_scheduled_consultation(hub, await a_body(hub))
    with hub.at(asked.opens_at - MOMENT):
        errors = await hub.refuse(SUBMIT, a_sheet(asked), by=ana)
    assert [error["code"] for error in errors] == ["CONSULTATION_NOT_OPEN_YET"]
    with hub.at(asked.opens_at):
        await hub.act(SUBMIT, a_sheet(asked), by=ana)


async def test_who_may_answer(hub: Talking, asked: Asked) -> None:
    narrow = frozenset(Scope) - {Scope.RESPONSES_WRITE}
    table = [
        (a_visitor(), "UNAUTHENTICATED"),
        (await a_client(hub, scopes=frozenset(Scope)), "CLIENTS_DO_NOT_ANSWER"),
        (await a_citizen(hub, scopes=narrow), "SCOPE_MISSING"),
        (await a_coordinator_of(hub, asked.body_id), None),
        (await a_citizen(hub), None),
    ]
    for who, code in table:
        await hub.forget()
        if code is None:
            await hub.act(SUBMIT, a_sheet(asked), by=who)
        else:
            assert [error["code"] for error in await hub.refuse(SUBMIT, a_sheet(asked), by=who)] == [code]
            assert await hub.log() == []


async def test_what_takes_no_responses(hub: Talking, asked: Asked, ana: Somebody) -> None:
    body = await a_body(hub, "Otra", acronym="OTRA")
    draft, closed = await a_draft_consultation(hub, body), await a_closed_consultation(hub, body, late_days=0)
    julia = await a_coordinator_of(hub, body)
    unknown = {**a_sheet(asked)["input"], "consultationId": "Consultation_00000000-0000-7000-8000-000000000000"}
    other_revision = {**a_sheet(asked)["input"], "revisionId": closed.revision}
    wrong_type = {**a_sheet(asked)["input"], "revisionId": asked.node}
    table: list[tuple[dict[str, Any], Somebody, str]] = [
        (a_sheet(draft)["input"], ana, "NOT_FOUND"),
        (a_sheet(draft)["input"], julia, "CONSULTATION_NOT_PUBLISHED"),
        (a_sheet(closed)["input"], ana, "CONSULTATION_CLOSED"),
        (unknown, ana, "NOT_FOUND"),
        (other_revision, ana, "WRONG_REVISION"),
        (wrong_type, ana, "BAD_ID"),
    ]
    await hub.forget()
    for sheet, who, code in table:
        assert [error["code"] for error in await hub.refuse(SUBMIT, {"input": sheet}, by=who)] == [code]
    assert await hub.log() == []


async def test_a_change_and_a_withdrawal_at_the_same_moment_end_lawfully(hub: Talking, asked: Asked) -> None:
    outcomes = set()
    for n in range(16):
        who = await a_citizen(hub, f"Persona {n}")
        await a_response(hub, asked, who)
        acts: list[tuple[str, dict[str, Any]]] = [
            (CHANGE, a_sheet(asked)),
            (WITHDRAW, {"input": {"consultationId": asked.node}}),
        ]
        if n % 2:
            acts.reverse()
        answers = await asyncio.gather(*[hub.answer(act, variables, by=who) for act, variables in acts])
        payloads = {key: payload for answer in answers for key, payload in answer["data"].items()}
        refused = {key: [e["code"] for e in payload["errors"]] for key, payload in payloads.items()}
        own = await hub.ask("{ viewer { responses { nodes { state } } } }", by=who)
        outcomes.add(tuple(sorted((key, *codes) for key, codes in refused.items())))
        # Whoever comes first wins; a withdrawal takes back what counts then, and nothing is left to change after it.
        assert refused["withdrawResponse"] == []
        found = sorted(node["state"] for node in own["viewer"]["responses"]["nodes"])
        assert found == (["REPLACED", "WITHDRAWN"] if not refused["changeResponse"] else ["WITHDRAWN"])
        assert refused["changeResponse"] in ([], ["NO_RESPONSE"])
    assert outcomes


async def test_the_same_key_has_one_effect_and_one_answer(hub: Talking, asked: Asked, ana: Somebody) -> None:
    key = str(uuid4())
    luis = await a_citizen(hub, "Luis Pech")
    await hub.forget()
    first = await hub.act(SUBMIT, a_sheet(asked, idempotencyKey=key), by=ana)
    assert await hub.act(SUBMIT, a_sheet(asked, idempotencyKey=key), by=ana) == first
    assert await hub.act(SUBMIT, a_sheet(asked), by=ana, headers={"idempotency-key": key}) == first
    assert await hub.log() == ["ResponseSubmitted"]
    other = a_sheet(asked, {"question": "agua", "option": "no"}, idempotencyKey=key)
    errors = await hub.refuse(SUBMIT, other, by=ana)
    assert [(e["__typename"], e["code"], e["path"]) for e in errors] == [
        ("ConflictError", "IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])
    ]
    # The key belongs to whoever used it and to the act: others are not answered with somebody's response.
    theirs = await hub.act(SUBMIT, a_sheet(asked, idempotencyKey=key), by=luis)
    assert theirs["response"]["id"] != first["response"]["id"]
    assert await hub.log() == ["ResponseSubmitted", "ResponseSubmitted"]


async def test_twenty_repetitions_at_once_have_one_effect(hub: Talking, asked: Asked, ana: Somebody) -> None:
    variables = a_sheet(asked, idempotencyKey=str(uuid4()))
    await hub.forget()
    payloads = await asyncio.gather(*[hub.act(SUBMIT, variables, by=ana) for _ in range(20)])
    assert all(payload == payloads[0] for payload in payloads)
    assert await hub.log() == ["ResponseSubmitted"]


async def test_a_refused_request_leaves_its_key_free(hub: Talking, asked: Asked, ana: Somebody) -> None:
    key = str(uuid4())
    await hub.refuse(SUBMIT, a_sheet(asked, {"question": "agua", "option": "?"}, idempotencyKey=key), by=ana)
    await hub.act(SUBMIT, a_sheet(asked, idempotencyKey=key), by=ana)


@pytest.mark.parametrize(("key", "by_ana", "code"), [
    ("", True, "BAD_IDEMPOTENCY_KEY"), ("x" * 201, True, "BAD_IDEMPOTENCY_KEY"),
    ("uno", False, "IDEMPOTENCY_KEY_NOT_RANDOM"),
])  # fmt: skip
async def test_a_key_that_is_none_is_refused(
    hub: Talking, asked: Asked, ana: Somebody, key: str, by_ana: bool, code: str
) -> None:
    errors = await hub.refuse(SUBMIT, a_sheet(asked, idempotencyKey=key), by=ana if by_ana else a_visitor())
    assert problems(errors) == [(code, "idempotencyKey")]


async def test_a_refusal_speaks_the_language_of_the_caller(hub: Talking, asked: Asked) -> None:
    said = {}
    for languages in ("es", "en-US", "nah, en;q=0.3", "zz"):
        errors = await hub.refuse(SUBMIT, a_sheet(asked), headers={"accept-language": languages})
        said[languages] = errors[0]["message"]
    assert said["es"] == said["zz"] != said["en-US"] == said["nah, en;q=0.3"]


async def test_several_acts_of_one_document_are_done_one_after_the_other(
    hub: Talking, asked: Asked, ana: Somebody
) -> None:
    text = """mutation ($s: SubmitResponseInput!, $c: ChangeResponseInput!, $w: WithdrawResponseInput!) {
      one: submitResponse(input: $s) { errors { code } } two: submitResponse(input: $s) { errors { code } }
      three: changeResponse(input: $c) { errors { code } response { state } }
      four: withdrawResponse(input: $w) { errors { code } response { state } } __typename }"""
    sheet = a_sheet(asked)["input"]
    variables = {"s": sheet, "c": sheet, "w": {"consultationId": asked.node}}
    assert await hub.ask(text, variables, by=ana) == {
        "one": {"errors": []},
        "two": {"errors": [{"code": "ALREADY_RESPONDED"}]},
        "three": {"errors": [], "response": {"state": "ACCEPTED"}},
        "four": {"errors": [], "response": {"state": "WITHDRAWN"}},
        "__typename": "Mutation",
    }


async def test_no_act_of_a_respondent_is_on_record_with_a_name(hub: Talking, asked: Asked, ana: Somebody) -> None:
    await hub.forget()
    await hub.act(SUBMIT, a_sheet(asked), by=ana)
    await hub.act(CHANGE, a_sheet(asked), by=ana)
    await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=ana)
    events = await hub.events()
    assert len(events) == 4
    names = {(e["actor_account_id"], e["actor_client_id"], e["request_id"]) for e in events}
    assert names == {(None, None, None)}
    assert str(ana.person_id) not in repr(events)
    assert str(ana.account_id) not in repr(events)
    # What counts no more is marked as such, row by row.
    rows = await hub.rows("SELECT state::text, counted FROM response JOIN answer_choice ON response_id = response.id")
    assert sorted((row["state"], row["counted"]) for row in rows) == [("replaced", False), ("withdrawn", False)]


async def test_an_imported_consultation_is_not_answered(hub: Talking, ana: Somebody, tmp_path: Path) -> None:
    await import_polis(hub.hub.changes, small_polis(tmp_path))
    (row,) = await hub.rows("SELECT id, consultation_id FROM questionnaire_revision")
    counted = "SELECT (SELECT count(*) FROM response), (SELECT count(*) FROM participation) AS taking_part"
    before = await hub.rows(counted)
    await hub.forget()
    given = {
        "consultationId": f"Consultation_{row['consultation_id']}",
        "revisionId": f"QuestionnaireRevision_{row['id']}",
        "answers": [{"question": "s0", "option": "agree"}],
        "consent": "WITHOUT_NAME",
        "noticeHash": "",
    }
    (error,) = await hub.refuse(SUBMIT, {"input": given}, by=ana)
    assert (error["__typename"], error["code"]) == ("PermissionError", "CONSULTATION_IMPORTED")
    assert (await hub.log(), await hub.rows(counted)) == ([], before)
