"""Consent: with the exact notice, for a response and each answer, changed until it is fixed, in every exit at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from hub.consultations.models import Anonymity, IdentityPolicy, ResultsPolicy
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.timekeeping import keep_time
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_visitor
from tests.consultations.asking import CHANGE, CONSENT, INVITE, SUBMIT, WITHDRAW, a_sheet, problems
from tests.making.bodies import a_body
from tests.making.consultations import DAY, SERVICES, WATER, WORDS, Asked, an_open_consultation
from tests.making.people import an_organization
from tests.making.questionnaires import a_question, in_sections
from tests.making.representing import speaks_for
from tests.talking import Somebody, Talking

SECRET = a_question("secreto", QuestionKind.SHORT_TEXT, sensitivity=Sensitivity.CONFIDENTIAL)
SECTIONS = in_sections(WATER, SERVICES, WORDS, SECRET)
SHOWN = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  responseCount
  responses(first: 100) { totalCount nodes { id consent respondentName organization { id }
    answers { question { code } options text } } }
  revision { questions { nodes { code tally { answered options { code count } } } } } } }
  responses { totalCount nodes { id respondentName } } }"""
YES = {"question": "agua", "option": "si"}
THURSDAY = {"question": "palabras", "text": "Llega los jueves."}
NAME = "Ana Robles Peña"
BEYOND = "sha256:" + "0" * 64


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    """A consultation that is open, with a confidential question."""
    return await an_open_consultation(hub, await a_body(hub), sections=SECTIONS, results_policy=ResultsPolicy.LIVE)


@pytest.fixture
async def ana(hub: Talking) -> Somebody:
    """Somebody whose profile nobody sees."""
    return await a_citizen(hub, NAME, public_profile=False)


def anew(asked: Asked, response: str | None, level: str, *answers: tuple[str, str | None], **known: Any) -> Any:
    """What somebody says anew about how it may be published."""
    own = [{"question": code, "level": own} for code, own in answers]
    given = {"responseId": response, "consent": level, "noticeHash": asked.notice_hash, "answers": own, **known}
    return {"input": given}


async def public(hub: Talking, asked: Asked) -> Any:
    """What everybody sees of it after the closing."""
    with hub.at(asked.closed):
        data = await hub.ask(SHOWN, {"id": asked.node})
    found = data["node"]
    assert data["responses"]["totalCount"] == len(data["responses"]["nodes"]) == found["responses"]["totalCount"]
    assert [(n["id"], n["respondentName"]) for n in data["responses"]["nodes"]] == [
        (n["id"], n["respondentName"]) for n in found["responses"]["nodes"]
    ]
    return found


def answered(response: Any) -> list[str]:
    """The questions that a response answers for everybody to read."""
    return [answer["question"]["code"] for answer in response["answers"]]


async def test_a_consent_names_the_exact_notice(hub: Talking, asked: Asked, ana: Somebody) -> None:
    for hash_, code in (
        ("", "CONSENT_REQUIRED"),
        (BEYOND, "NOTICE_CHANGED"),
        ((asked.notice_hash or "").upper(), "NOTICE_CHANGED"),
        (f"{asked.notice_hash} ", "NOTICE_CHANGED"),
        ("x" * 50_000, "NOTICE_CHANGED"),
    ):
        errors = await hub.refuse(SUBMIT, a_sheet(asked, noticeHash=hash_), by=ana)
        assert problems(errors) == [(code, "noticeHash")]
    assert await hub.rows("SELECT 1 FROM publication_consent") == []
    given = await hub.act(SUBMIT, a_sheet(asked), by=ana)
    errors = await hub.refuse(CONSENT, anew(asked, given["response"]["id"], "NOT_PUBLISHED", noticeHash=""), by=ana)
    assert problems(errors) == [("NOTICE_CHANGED", "noticeHash")]
    found = "query ($id: ID!) { node(id: $id) { ... on Consultation { noticeHash } } }"
    assert (await hub.ask(found, {"id": asked.node}))["node"] == {"noticeHash": asked.notice_hash}


async def test_everything_that_is_wrong_with_a_consent_is_told_at_once(
    hub: Talking, asked: Asked, ana: Somebody
) -> None:
    wider = {**YES, "consent": "WITH_NAME"}
    errors = await hub.refuse(SUBMIT, a_sheet(asked, wider, consent="ORGANIZATION_NAME", noticeHash=BEYOND), by=ana)
    assert problems(errors) == [
        ("NOTICE_CHANGED", "noticeHash"),
        ("NO_ORGANIZATION_TO_NAME", "consent"),
        ("CONSENT_WIDER_THAN_RESPONSE", "answers.0.consent"),
    ]
    given = await hub.act(SUBMIT, a_sheet(asked, YES), by=ana)
    answers = [("agua", "WITH_NAME"), ("palabras", None), ("agua", None)]
    changed = anew(asked, given["response"]["id"], "WITHOUT_NAME", *answers, noticeHash=BEYOND)
    await hub.forget()
    assert problems(await hub.refuse(CONSENT, changed, by=ana)) == [
        ("NOTICE_CHANGED", "noticeHash"),
        ("CONSENT_WIDER_THAN_RESPONSE", "answers.0.consent"),
        ("UNKNOWN_QUESTION", "answers.1.question"),
        ("DUPLICATE_ANSWER", "answers.2.question"),
    ]
    assert (await hub.log(), len(await hub.rows("SELECT 1 FROM publication_consent"))) == ([], 1)


LEVELS = ("NOT_PUBLISHED", "WITHOUT_NAME", "ORGANIZATION_NAME", "WITH_NAME")


async def test_each_level_and_each_narrower_answer(hub: Talking, asked: Asked, ana: Somebody) -> None:
    """Without the name that its response bears, an answer is not shown beside it: it only counts."""
    organization = await an_organization(hub)
    name = await speaks_for(hub, ana, organization, since=asked.opens_at)
    given = await hub.act(
        SUBMIT,
        a_sheet(asked, YES, THURSDAY, {"question": "secreto", "text": "No"}, organizationId=name, consent="WITH_NAME"),
        by=ana,
    )
    id_ = given["response"]["id"]
    for whole, level in enumerate(LEVELS):
        for own, narrower in enumerate((*LEVELS, None)):
            change = anew(asked, id_, level, ("palabras", narrower))
            if narrower is not None and own > whole:
                errors = await hub.refuse(CONSENT, change, by=ana)
                assert problems(errors) == [("CONSENT_WIDER_THAN_RESPONSE", "answers.0.consent")]
                continue
            payload = await hub.act(CONSENT, change, by=ana)
            assert (payload["response"]["consent"], payload["response"]["respondentName"]) == (
                level,
                NAME if level == "WITH_NAME" else None,
            )
            found = await public(hub, asked)
            # It counts, however it is published.
            tallies = {q["code"]: q["tally"] for q in found["revision"]["questions"]["nodes"]}
            assert (found["responseCount"], tallies["agua"]["answered"], tallies["secreto"]) == (1, 1, None)
            if level == "NOT_PUBLISHED":
                assert found["responses"]["nodes"] == []
                continue
            (response,) = found["responses"]["nodes"]
            alike = narrower is None or narrower == level
            assert answered(response) == (["agua", "palabras"] if alike else ["agua"])
            assert response["respondentName"] == (NAME if level == "WITH_NAME" else None)
            assert response["organization"] == ({"id": name} if level in LEVELS[2:] else None)


async def test_a_consent_taken_back_is_taken_back_in_every_exit_at_once(
    hub: Talking, asked: Asked, ana: Somebody
) -> None:
    given = await hub.act(SUBMIT, a_sheet(asked, YES, THURSDAY, consent="WITH_NAME"), by=ana)
    id_ = given["response"]["id"]
    found = await public(hub, asked)
    assert [n["respondentName"] for n in found["responses"]["nodes"]] == [NAME]
    await hub.forget()
    with hub.at(asked.closes_at + DAY):
        await hub.act(CONSENT, anew(asked, id_, "WITHOUT_NAME", ("palabras", "NOT_PUBLISHED")), by=ana)
    (response,) = (await public(hub, asked))["responses"]["nodes"]
    assert (response["respondentName"], answered(response)) == (None, ["agua"])
    assert NAME not in repr(await hub.rows("SELECT * FROM response"))
    with hub.at(asked.closes_at + 2 * DAY):
        await hub.act(CONSENT, anew(asked, id_, "NOT_PUBLISHED"), by=ana)
    found = await public(hub, asked)
    assert (found["responses"]["nodes"], found["responseCount"]) == ([], 1)
    events = await hub.events()
    assert [event["type"] for event in events] == ["ConsentChanged"] * 2
    assert {event["actor_account_id"] for event in events} == {None}
    # Every consent is kept, with the notice; nobody changes what was said.
    rows = await hub.rows("SELECT question_id, level::text, notice_hash FROM publication_consent ORDER BY given_at, id")
    told = sorted((row["question_id"] is None, row["level"]) for row in rows)
    assert told == [(False, "not_published"), (True, "not_published"), (True, "with_name"), (True, "without_name")]
    assert {row["notice_hash"] for row in rows} == {asked.notice_hash}
    for statement in ("UPDATE publication_consent SET level = 'with_name'", "DELETE FROM publication_consent"):
        with pytest.raises(DBAPIError, match="publication_consent"):
            await hub.run(statement)


async def test_no_name_is_kept_of_what_was_replaced_or_taken_back(hub: Talking, asked: Asked, ana: Somebody) -> None:
    first = await hub.act(SUBMIT, a_sheet(asked, consent="WITH_NAME"), by=ana)
    second = await hub.act(CHANGE, a_sheet(asked, consent="WITH_NAME"), by=ana)
    assert [row["respondent_name"] for row in await hub.rows("SELECT * FROM response ORDER BY received_at")] == [
        None,
        NAME,
    ]
    errors = await hub.refuse(CONSENT, anew(asked, first["response"]["id"], "WITH_NAME"), by=ana)
    assert problems(errors) == [("RESPONSE_NOT_IN_FORCE", "")]
    await hub.act(CONSENT, anew(asked, second["response"]["id"], "WITHOUT_NAME"), by=ana)
    assert NAME not in repr(await hub.rows("SELECT * FROM response"))
    await hub.act(CONSENT, anew(asked, second["response"]["id"], "WITH_NAME"), by=ana)
    await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=ana)
    assert NAME not in repr(await hub.rows("SELECT * FROM response"))


async def test_a_consent_is_fixed_when_no_more_responses_are_taken(hub: Talking, asked: Asked, ana: Somebody) -> None:
    given = await hub.act(SUBMIT, a_sheet(asked), by=ana)
    id_ = given["response"]["id"]
    late_until = asked.closes_at + 7 * DAY
    moment = DAY / 86_400_000_000
    with hub.at(late_until - moment):
        await hub.act(CONSENT, anew(asked, id_, "WITHOUT_NAME"), by=ana)
    await hub.forget()
    with hub.at(late_until):
        assert problems(await hub.refuse(CONSENT, anew(asked, id_, "NOT_PUBLISHED"), by=ana)) == [
            ("CONSENT_FROZEN", "")
        ]
    assert await hub.log() == []
    # And also when nobody can tell any more whose it is.
    await keep_time(hub.hub.changes, at=late_until)
    assert await hub.rows("SELECT 1 FROM consultation_key") == []
    with hub.at(late_until):
        assert problems(await hub.refuse(CONSENT, anew(asked, id_, "NOT_PUBLISHED"), by=ana)) == [
            ("CONSENT_FROZEN", "")
        ]


async def test_nobody_consents_for_somebody_else(hub: Talking, asked: Asked, ana: Somebody) -> None:
    given = await hub.act(SUBMIT, a_sheet(asked, consent="NOT_PUBLISHED"), by=ana)
    id_, receipt = given["response"]["id"], given["receipt"]["code"]
    narrow = await a_citizen(hub, "Cruz Mena", scopes=frozenset(Scope) - {Scope.RESPONSES_WRITE})
    own = await hub.rows("SELECT id FROM response")
    others = [
        (a_visitor(), "NOT_FOUND"),
        (await a_citizen(hub, "Beto Luna"), "NOT_FOUND"),
        (narrow, "NOT_FOUND"),
        (await a_client(hub, scopes=frozenset(Scope)), "NOT_FOUND"),
        (await a_coordinator_of(hub, asked.body_id), "NOT_YOUR_RESPONSE"),
    ]
    await hub.forget()
    for who, code in others:
        assert problems(await hub.refuse(CONSENT, anew(asked, id_, "WITHOUT_NAME"), by=who)) == [(code, "")]
        # The receipt of somebody who is known does not make anybody that one, and tells nothing of the response.
        by_receipt = anew(asked, None, "WITHOUT_NAME", receipt=receipt)
        assert problems(await hub.refuse(CONSENT, by_receipt, by=who)) == [("RECEIPT_UNKNOWN", "receipt")]
    unknown = anew(asked, f"Response_{UUID(int=1)}", "WITHOUT_NAME")
    assert problems(await hub.refuse(CONSENT, unknown, by=ana)) == [("NOT_FOUND", "")]
    for both in ({"responseId": id_, "receipt": receipt}, {"responseId": None, "receipt": None}):
        neither = anew(asked, None, "WITHOUT_NAME", **both)
        assert problems(await hub.refuse(CONSENT, neither, by=ana)) == [("WHICH_RESPONSE", "responseId")]
    assert (await hub.log(), len(own)) == ([], 1)
    await hub.act(CONSENT, anew(asked, None, "WITHOUT_NAME", receipt=receipt), by=ana)


async def test_whoever_is_nobody_consents_by_the_receipt(hub: Talking) -> None:
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, anonymity=Anonymity.ANONYMOUS)
    ana = await a_citizen(hub, NAME)
    receipt = (await hub.act(SUBMIT, a_sheet(asked), by=ana))["receipt"]["code"]
    assert len((await public(hub, asked))["responses"]["nodes"]) == 1
    errors = await hub.refuse(CONSENT, anew(asked, None, "WITH_NAME", receipt=receipt), by=ana)
    assert problems(errors) == [("NO_NAME_TO_PUBLISH", "consent")]
    await hub.act(CONSENT, anew(asked, None, "NOT_PUBLISHED", receipt=receipt.lower().replace("-", " ")))
    assert (await public(hub, asked))["responses"]["nodes"] == []
    (row,) = await hub.rows("SELECT id FROM response")
    errors = await hub.refuse(CONSENT, anew(asked, f"Response_{row['id']}", "WITHOUT_NAME"), by=ana)
    assert problems(errors) == [("NOT_FOUND", "")]
    errors = await hub.refuse(CONSENT, anew(asked, None, "WITHOUT_NAME", receipt="nada"), by=ana)
    assert problems(errors) == [("RECEIPT_UNKNOWN", "receipt")]
    with hub.at(asked.closes_at + 8 * DAY):
        errors = await hub.refuse(CONSENT, anew(asked, None, "WITHOUT_NAME", receipt=receipt))
    assert problems(errors) == [("CONSENT_FROZEN", "")]


async def test_whoever_was_invited_consents_by_the_invitation(hub: Talking) -> None:
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.INVITED)
    julia = await a_coordinator_of(hub, body)
    invited = {"consultationId": asked.node, "count": 2, "batch": "Vecinas"}
    one, other = (await hub.act(INVITE, {"input": invited}, by=julia))["codes"]
    receipt = (await hub.act(SUBMIT, a_sheet(asked, invitation=one)))["receipt"]["code"]
    for known in ({}, {"invitation": other}, {"invitation": "x"}):
        change = anew(asked, None, "NOT_PUBLISHED", receipt=receipt, **known)
        assert problems(await hub.refuse(CONSENT, change)) == [("RECEIPT_UNKNOWN", "receipt")]
    await hub.act(CONSENT, anew(asked, None, "NOT_PUBLISHED", receipt=receipt, invitation=one.lower()))
    assert (await public(hub, asked))["responses"]["nodes"] == []


async def test_another_representative_does_not_put_their_own_name(hub: Talking, asked: Asked, ana: Somebody) -> None:
    organization, beto = await an_organization(hub), await a_citizen(hub, "Beto Luna")
    for who in (ana, beto):
        name = await speaks_for(hub, who, organization, since=asked.opens_at)
    given = await hub.act(SUBMIT, a_sheet(asked, organizationId=name, consent="WITH_NAME"), by=ana)
    payload = await hub.act(CONSENT, anew(asked, given["response"]["id"], "WITH_NAME"), by=beto)
    assert payload["response"]["respondentName"] == NAME
    await hub.act(CONSENT, anew(asked, given["response"]["id"], "ORGANIZATION_NAME"), by=beto)
    payload = await hub.act(CONSENT, anew(asked, given["response"]["id"], "WITH_NAME"), by=beto)
    assert payload["response"]["respondentName"] == "Beto Luna"


async def test_after_the_closing_a_consent_is_taken_back_and_given_no_more(
    hub: Talking, asked: Asked, ana: Somebody
) -> None:
    """A released figure stands for so many answers that are not published: none of those may be published later."""
    with hub.at(asked.open):
        closed = await hub.act(SUBMIT, a_sheet(asked, YES, THURSDAY, consent="NOT_PUBLISHED"), by=ana)
        beto = await a_citizen(hub, "Beto Luna")
        open_ = await hub.act(SUBMIT, a_sheet(asked, YES, THURSDAY), by=beto)
    with hub.at(asked.closed):
        before = await public(hub, asked)
        widened = anew(asked, closed["response"]["id"], "WITHOUT_NAME")
        codes = {error["code"] for error in await hub.refuse(CONSENT, widened, by=ana)}
        assert codes == {"PUBLISHED_TOO_LATE"}
        assert await public(hub, asked) == before
        await hub.act(CONSENT, anew(asked, open_["response"]["id"], "NOT_PUBLISHED"), by=beto)
        assert (await public(hub, asked))["responses"]["totalCount"] == 0
