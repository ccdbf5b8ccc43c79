"""Looking one's answers over, saying how they may be published, and sending them.

The form holds the very answers that the page shows, and the name of the sending: what is sent is what was looked over,
and sending it twice gives the same receipt.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import Filled, own_form
from frontend_stub.languages import Words, chosen
from frontend_stub.pages.receipts import AN_HOUR, keep_receipt, receipt_kept
from frontend_stub.pages.respond import (
    LARGEST,
    MOST_BYTES,
    bytes_of,
    needs_invitation,
    placed,
    refused,
    start,
    taken_up,
)
from frontend_stub.questionnaires.filling import field_of, from_draft
from frontend_stub.questionnaires.keeping import holding_of, keep_holding, keep_invitation
from frontend_stub.questionnaires.missing import fault
from frontend_stub.questionnaires.places import territories
from frontend_stub.questionnaires.reading_back import names_of, to_copy
from frontend_stub.questionnaires.saying import labelled, said
from frontend_stub.questionnaires.standing import RESPONDED, Barred, barred, is_change
from frontend_stub.questionnaires.underway import Given, Underway, here, underway
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, faults, hub_of, token_if_any

HERE = "/consultas/{id}/responder/revisar"
LEVELS = ("WITH_NAME", "ORGANIZATION_NAME", "WITHOUT_NAME", "NOT_PUBLISHED")
REPLAYED = RESPONDED | {"IDEMPOTENCY_KEY_REUSED"}
"""What the hub says where this was sent before."""

CONSENT = "consent"


async def page(request: Request) -> Response:
    """Show every answer, what is missing, and how it may be published."""
    response = await underway(request, organization=request.query_params.get("por"))
    bar = barred(response)
    if bar is not None or needs_invitation(response):
        return await start(request, response, bar)
    if response.draft is None:
        return RedirectResponse(here(request, response), 303, UNSTORED)
    return await _reviewed(request, response, response.answers)


async def send(request: Request) -> Response:
    """Send what was looked over, once."""
    given = await own_form(request, largest=LARGEST)
    response, bar = await taken_up(request, given)
    answers = _snapshot(response, given)
    words = Words(chosen(request))
    if bar is not None and bar.code == "UNAUTHENTICATED":
        return await refused(request, response, bar, to_copy(response, answers))
    if receipt_kept(request, response.id) and response.draft is None:
        return RedirectResponse(here(request, response).replace("/responder", "/recibo", 1), 303, UNSTORED)
    if response.draft is not None and str(response.draft["edition"]) != given.get("edition"):
        return await _reviewed(request, response, response.answers, given=given, note="elsewhere", status=409)
    errors = [fault_at(request, response, lack, code, words) for code, lack in response.lacking(answers).items()]
    if given.get(CONSENT) not in LEVELS:
        errors.append({"message": words("review.consent_missing"), "field": CONSENT})
    if errors and bar is None:
        return await _reviewed(request, response, answers, given=given, errors=errors)
    return await _sent(request, response, answers, given)


def _snapshot(response: Underway, given: Filled) -> Given:
    """Return the answers that the page showed, as far as a form can bring them."""
    try:
        found = json.loads(given.get("answers", "[]"))
        return response.fitting(from_draft([one for one in found if isinstance(one, dict)]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return response.answers


async def _sent(request: Request, response: Underway, answers: Given, given: Filled) -> Response:
    change = given.get("replace") == "yes"
    sheet = {
        "consultationId": response.id,
        "revisionId": given.get("revision", ""),
        "answers": response.sent(answers),
        "consent": given.get(CONSENT) if given.get(CONSENT) in LEVELS else "NOT_PUBLISHED",
        "noticeHash": given.get("noticeHash", ""),
        "territoryId": given.get("territory") or None,
        "language": chosen(request),
        **response.claim(),
        **_held(response, given),
        "idempotencyKey": given.get("idempotencyKey"),
    }
    if bytes_of(sheet) > MOST_BYTES:
        too_long = {"message": Words(chosen(request))("review.too_long"), "field": None}
        return await _reviewed(request, response, answers, given=given, errors=[too_long])
    name, field = ("change_response", "changeResponse") if change else ("send_response", "submitResponse")
    answer = await hub_of(request).ask(name, {"input": sheet}, language=chosen(request), token=token_if_any(request))
    payload = answer[field]
    if payload["errors"]:
        return await _not_sent(request, response, answers, given, payload["errors"])
    onward = RedirectResponse(here(request, response).replace("/responder", "/recibo", 1), 303, UNSTORED)
    keep_receipt(request, onward, response.id, payload["receipt"]["code"])
    keep_holding(request, onward, response.id, None)
    if response.invitation is not None:
        keep_invitation(request, onward, response.id, response.invitation, seconds=AN_HOUR)
    return onward


def _held(response: Underway, given: Filled) -> dict[str, Any]:
    # A second sending of the same comes when the draft is gone, and has to say the same as the first.
    code, _, secret = given.get("draft", "").partition(" ")
    return {"draftCode": code or None, "draftSecret": secret or None}


async def _not_sent(
    request: Request, response: Underway, answers: Given, given: Filled, errors: list[dict[str, Any]]
) -> Response:
    codes = {error["code"] for error in errors}
    words = Words(chosen(request))
    if codes & REPLAYED:
        if receipt_kept(request, response.id) and response.draft is None:
            return RedirectResponse(here(request, response).replace("/responder", "/recibo", 1), 303, UNSTORED)
        return await _reviewed(request, response, answers, given=given, status=409, note="responded")
    if codes & {"WRONG_REVISION", "NOTICE_CHANGED"}:
        return await _reviewed(request, response, answers, given=given, status=409, note="corrected")
    codes_sent = [one["question"] for one in response.sent(answers)]
    found = []
    for error in errors:
        one = placed(error, response, codes_sent, words)
        if "code" in one:
            one = fault_at(request, response, error["code"], one["code"], words, message=error["message"])
        else:
            field = {"consent": CONSENT, "territoryId": "territory"}.get(faults([error])[0]["field"] or "")
            one = {"message": one["message"], "field": field}
        found.append(one)
    if all(one["field"] is None and "address" not in one for one in found):
        bar = Barred(errors[0]["code"], errors[0]["message"])
        return await refused(request, response, bar, to_copy(response, answers))
    return await _reviewed(request, response, answers, given=given, errors=found)


def fault_at(
    request: Request, response: Underway, code: str, question: str, words: Words, *, message: str = ""
) -> dict[str, Any]:
    """Return what is wrong with an answer, with the address of its question."""
    found = fault(code, response.questions[question], words, message=message)
    return {**found, "field": None, "address": _question_at(request, response, question)}


def _holding(request: Request, response: Underway) -> str:
    """Return what finds the draft that this browser keeps, also of somebody who has signed in since they began it."""
    return "" if response.organization else " ".join(holding_of(request, response.id) or ())


def _question_at(request: Request, response: Underway, code: str) -> str:
    part = response.part_of(code)
    number = part.number if part else 1
    there = here(request, response, parte=number, volver="revisar")
    return f"{there}#{field_of(response.questions[code])}"


async def _reviewed(
    request: Request,
    response: Underway,
    answers: Given,
    *,
    given: Filled | None = None,
    errors: list[dict[str, Any]] | None = None,
    status: int = 200,
    note: str | None = None,
) -> Response:
    words = Words(chosen(request))
    lacking = response.lacking(answers)
    verdicts = response.asked(answers)
    named = await names_of(request, answers)
    parts = []
    for part in response.parts:
        lines = [
            {
                "question": labelled(question["title"], words),
                "answers": said(question, answers.get(question["code"]), words, named),
                "address": _question_at(request, response, question["code"]),
                "missing": question["code"] in lacking,
            }
            for question in part.questions
            if verdicts[question["code"]] and question["kind"] != "NOTICE"
        ]
        if lines:
            parts.append({"title": part.section["title"], "lines": lines})
    former = response.consultation["viewerResponse"] if is_change(response) else None
    return form_shown(
        request,
        "respond_review.html",
        at=f"/consultas/{response.id}/responder/revisar",
        errors=errors,
        status=status,
        response=response,
        consultation=response.consultation,
        parts=parts,
        lacking=[fault_at(request, response, lack, code, words) for code, lack in lacking.items()],
        answers=json.dumps(list(answers.values())),
        levels=_levels(response, words),
        consent=given.get(CONSENT) if given else former and former["consent"],
        states=await territories(request, "STATE"),
        territory=given.get("territory") if given else former and former["territory"] and former["territory"]["id"],
        key=given.get("idempotencyKey") if given and note is None and response.draft is None else response.key(),
        replace=is_change(response) or note == "responded" or (given is not None and given.get("replace") == "yes"),
        draft=given["draft"] if given and "draft" in given else _holding(request, response),
        edition="" if response.draft is None else response.draft["edition"],
        note=note,
        action=here(request, response, "/revisar"),
        back=here(request, response),
    )


def _levels(response: Underway, words: Words) -> list[dict[str, str]]:
    """Return how this respondent may let their answers be published: nobody gives a name that they do not have."""
    named = response.viewer["signedIn"] and (
        response.organization is not None
        or (response.consultation["anonymity"] == "PSEUDONYMOUS" and response.invitation is None)
    )
    possible = {
        "WITH_NAME": named,
        "ORGANIZATION_NAME": response.organization is not None,
        "WITHOUT_NAME": True,
        "NOT_PUBLISHED": True,
    }
    return [
        {"code": level, "label": words.named("consent", level), "hint": words.named("consent_means", level)}
        for level in LEVELS
        if possible[level]
    ]


routes = [
    Route(HERE, page, methods=["GET"]),
    Route(HERE, send, methods=["POST"]),
]
