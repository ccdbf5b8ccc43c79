"""An administrator runs the platform, and has no vote, no view of respondents and no power over outcomes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.identity import authenticating
from tests.cast import a_citizen, a_coordinator_of, an_administrator, here_in_person
from tests.consultations.asking import a_draft, a_question, a_sheet, es
from tests.making.bodies import a_body
from tests.making.consultations import a_draft_consultation, a_response, an_open_consultation
from tests.making.people import a_pending_representation, an_organization
from tests.talking import Somebody, Talking

NOW = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)


REFUSED = {
    "createConsultation", "editConsultation", "checkConsultation", "publishConsultation", "correctQuestionnaire",
    "suspendConsultation", "resumeConsultation", "extendConsultation", "shortenConsultation", "withdrawConsultation",
    "issueInvitations", "releaseResults", "enterResponse", "changeResponse", "withdrawResponse", "changeConsent",
    "admitResponse", "refuseResponse", "grantRepresentation", "refuseRepresentation", "endRepresentation",
}  # fmt: skip
"""What would be a vote, a view of respondents or a power over outcomes."""

OWN_AFFAIRS = {
    "checkQuestionnaire", "submitResponse", "saveResponseDraft", "discardResponseDraft", "askRepresentation",
    "requestSignIn", "confirmSignIn", "exchangeSignIn", "linkIdentity", "unlinkIdentity", "endSignIn",
    "endAllSignIns", "createToken", "revokeToken", "changeDisplayName", "requestReauthentication",
    "confirmReauthentication", "requestPersonalData", "eraseMe",
}  # fmt: skip
"""What everybody does in their own name, or what writes nothing."""

OFFICE = {
    "createClient", "changeClient", "endClient", "createClientToken", "revokeClientTokens", "grantRole", "endRole",
}  # fmt: skip
"""What running the platform is (domain.md, section 10): roles and programs, and neither says anything."""


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


def sent(verb: str) -> str:
    """Return the mutation of an act, of which only what was wrong is read."""
    kind = verb[0].upper() + verb[1:]
    return f"mutation ($input: {kind}Input!) {{ {verb}(input: $input) {{ errors {{ code }} }} }}"


async def test_what_an_administrator_may_not_do_a_coordinator_may(hub: Talking) -> None:
    """Who × act: whoever runs the platform is refused for who they are, a coordinator at most for what they ask."""
    body = await a_body(hub)
    asked, draft = await an_open_consultation(hub, body, at=NOW), await a_draft_consultation(hub, body, at=NOW)
    ana = await a_citizen(hub, at=NOW)
    given = await a_response(hub, asked, ana, at=asked.open)
    speaks = await a_pending_representation(hub, ana, await an_organization(hub))
    ines = await here_in_person(hub, await an_administrator(hub, at=NOW), at=asked.open)
    julia = await here_in_person(hub, await a_coordinator_of(hub, body, at=NOW), at=asked.open)
    named, reason = {"consultationId": asked.node}, {"reason": es("Porque sí")}
    later = {"closing": {"declaredLocal": "2031-12-31T18:00:00", "zone": "America/Mexico_City"}}
    correction = {"revisionClass": "CLARIFICATION", "note": es("Más claro")}
    wording = {"questionnaire": {"sections": [{"title": es("Servicios"), "questions": [a_question()]}]}}
    sheet = a_sheet(asked)["input"]
    consent = {"consent": "WITH_NAME", "noticeHash": asked.notice_hash}
    entered = {**sheet, "channel": "PAPER", "received": "2027-01-20T12:00:00"}
    response, speaking = {"responseId": f"Response_{given.id}"}, {"representationId": f"Representation_{speaks}"}
    acts: list[tuple[str, dict[str, Any], str, str]] = [
        # The act, what it is given, and what the one and the other are told.
        ("createConsultation", a_draft(body), "STAFF_ONLY", "OPENS_IN_THE_PAST"),
        ("editConsultation", {**edited(a_draft(body)), "consultationId": draft.node}, "NOT_FOUND", "OPENS_IN_THE_PAST"),
        ("checkConsultation", {"consultationId": draft.node}, "NOT_FOUND", "OPENS_IN_THE_PAST"),
        ("publishConsultation", {"consultationId": draft.node}, "NOT_FOUND", "OPENS_IN_THE_PAST"),
        ("correctQuestionnaire", {**named, **correction, **wording}, "COORDINATORS_ONLY", "NOT_A_CLARIFICATION"),
        ("suspendConsultation", {**named, **reason}, "COORDINATORS_ONLY", ""),
        ("resumeConsultation", {**named, **reason}, "COORDINATORS_ONLY", ""),
        ("extendConsultation", {**named, **reason, **later}, "COORDINATORS_ONLY", ""),
        ("shortenConsultation", {**named, **reason, **later}, "COORDINATORS_ONLY", "SHORTENING_NEEDS_INSTRUMENT"),
        ("issueInvitations", {**named, "count": 1, "batch": "b"}, "STAFF_ONLY", "NOT_BY_INVITATION"),
        ("releaseResults", named, "STAFF_ONLY", "RESULTS_NOT_YET"),
        ("enterResponse", entered, "STAFF_ONLY", ""),
        ("changeResponse", {**sheet, **response}, "NO_RESPONSE", "NO_RESPONSE"),
        ("withdrawResponse", {**named, **response}, "NO_RESPONSE", "NO_RESPONSE"),
        ("changeConsent", {**response, **consent}, "NOT_FOUND", "NOT_YOUR_RESPONSE"),
        ("admitResponse", {**response, **reason}, "NOT_FOUND", "RESPONSE_NOT_HELD"),
        ("refuseResponse", {**response, **reason}, "NOT_FOUND", "RESPONSE_NOT_HELD"),
        ("grantRepresentation", speaking, "NOT_FOUND", ""),
        ("refuseRepresentation", {**speaking, "reason": "Porque sí"}, "NOT_FOUND", "REPRESENTATION_DECIDED"),
        ("endRepresentation", {**speaking, "reason": "Porque sí"}, "NOT_FOUND", ""),
        ("withdrawConsultation", {**named, **reason}, "COORDINATORS_ONLY", ""),
    ]
    with hub.at(asked.open):
        await hub.forget()
        before = await hub.dump()
        for verb, input_, code, _ in acts:
            assert await told(hub, verb, input_, by=ines) == code, verb
        assert await hub.log() == []
        assert await hub.dump() == before, "Not a row was written."
        for verb, input_, _, code in acts:
            assert await told(hub, verb, input_, by=julia) == code, verb
    assert {verb for verb, *_ in acts} == REFUSED


def edited(draft: dict[str, Any]) -> dict[str, Any]:
    """Return a draft as it is sent to be edited: its body stays."""
    return {name: value for name, value in draft.items() if name != "bodyId"}


async def told(hub: Talking, verb: str, input_: dict[str, Any], *, by: Somebody) -> str:
    """Return the code of the one thing that was wrong, or nothing."""
    answer = await hub.answer(sent(verb), {"input": input_}, by=by)
    (payload,) = answer["data"].values()
    return " ".join(error["code"] for error in payload["errors"])


async def test_an_administrator_sees_neither_respondents_nor_drafts(hub: Talking) -> None:
    """Not even their number, before everybody does."""
    body = await a_body(hub)
    asked, draft = await an_open_consultation(hub, body, at=NOW), await a_draft_consultation(hub, body, at=NOW)
    given = await a_response(hub, asked, await a_citizen(hub, at=NOW), at=asked.open)
    ines = await here_in_person(hub, await an_administrator(hub, at=NOW), at=asked.open)
    julia = await here_in_person(hub, await a_coordinator_of(hub, body, at=NOW), at=asked.open)
    looked = """query ($draft: ID!, $response: ID!) { draft: node(id: $draft) { id }
      response: node(id: $response) { id }
      responses { totalCount } representations { totalCount } }"""
    names = {"draft": draft.node, "response": f"Response_{given.id}"}
    with hub.at(asked.open):
        seen, hers = [await hub.ask(looked, names, by=who) for who in (julia, ines)]
    assert (hers["draft"], hers["response"], hers["responses"]) == (None, None, {"totalCount": 0})
    assert (seen["draft"], seen["response"], seen["responses"]) != (None, None, {"totalCount": 0})
    assert seen["response"] == {"id": names["response"]}
