"""One's own responses: what they are worth, taking one back, and saying anew how it may be published."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import own_form
from frontend_stub.languages import Words, chosen, to
from frontend_stub.pages.receipts import receipt_kept
from frontend_stub.questionnaires.standing import Barred
from frontend_stub.questionnaires.underway import Underway, underway
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, hub_of, token_if_any, token_of

MINE = "/cuenta/respuestas"
TAKING_BACK = "/consultas/{id}/responder/retirar"
PUBLISHING = "/consultas/{id}/responder/publicacion"
DONE = ("withdrawn", "consent")
LEVELS = ("WITH_NAME", "ORGANIZATION_NAME", "WITHOUT_NAME", "NOT_PUBLISHED")


async def page(request: Request) -> Response:
    """Show somebody the responses that they gave, the latest first."""
    after = request.query_params.get("desde")
    found = await hub_of(request).ask(
        "my_responses", {"after": after}, language=chosen(request), token=token_of(request)
    )
    responses = found["viewer"]["responses"]
    done = request.query_params.get("done")
    return form_shown(
        request,
        "my_responses.html",
        responses=[
            {**one, "moves": {move["event"]: move for move in one["availableTransitions"]}}
            for one in responses["nodes"]
            if one["consultation"]
        ],
        info=responses["pageInfo"],
        begun=after is not None,
        done=done if done in DONE else None,
    )


async def withdraw_page(request: Request) -> Response:
    """Ask whether a response is to be taken back."""
    return await _asking(request, "withdraw_response.html")


async def withdraw(request: Request) -> Response:
    """Take a response back."""
    given = await own_form(request)
    response = await underway(request, organization=None)
    which = {**_which(request, response, given), "consultationId": response.id}
    if which.get("receipt"):
        which.pop("consultationId")
    return await _carried_out(
        request, response, "withdraw_response", "withdrawResponse", which, "withdraw_response.html", "withdrawn"
    )


async def consent_page(request: Request) -> Response:
    """Ask how a response may be published from now on."""
    return await _asking(request, "change_consent.html")


async def consent(request: Request) -> Response:
    """Say anew how a response may be published."""
    given = await own_form(request)
    response = await underway(request, organization=None)
    level = given.get("consent", "")
    if level not in LEVELS:
        errors = [{"message": Words(chosen(request))("review.consent_missing"), "field": "consent"}]
        return await _asking(request, "change_consent.html", errors=errors, given=dict(given))
    which = _which(request, response, given)
    which.pop("organizationId", None)
    if not which.get("receipt") and not which.get("responseId"):
        former = response.consultation["viewerResponse"]
        code = receipt_kept(request, response.id)
        which |= {"responseId": former["id"]} if former else {"receipt": code}
    sheet = {**which, "consent": level, "noticeHash": response.consultation["noticeHash"]}
    return await _carried_out(
        request, response, "change_consent", "changeConsent", sheet, "change_consent.html", "consent", given=dict(given)
    )


def _which(request: Request, response: Underway, given: dict[str, str]) -> dict[str, Any]:
    """Return which response is meant: a named one, one's own, the invited one's, or the one that a receipt is of."""
    receipt = given.get("recibo", "").strip()
    if receipt:
        return {"receipt": receipt, "idempotencyKey": given.get("idempotencyKey")}
    return {
        "responseId": given.get("respuesta") or None,
        "organizationId": given.get("por") or None,
        "invitation": response.invitation,
        "idempotencyKey": given.get("idempotencyKey"),
    }


async def _carried_out(
    request: Request,
    response: Underway,
    document: str,
    field: str,
    sheet: dict[str, Any],
    template: str,
    done: str,
    *,
    given: dict[str, str] | None = None,
) -> Response:
    answer = await hub_of(request).ask(
        document, {"input": sheet}, language=chosen(request), token=token_if_any(request)
    )
    errors = answer[field]["errors"]
    if errors:
        words = Words(chosen(request))
        told = [{"message": _told(error, words), "field": _field(error, sheet)} for error in errors]
        status = Barred(errors[0]["code"]).status if told[0]["field"] is None else 422
        return await _asking(request, template, errors=told, given=given, status=status)
    if token_if_any(request) is not None:
        return RedirectResponse(f"{to(request, MINE)}?done={done}", 303, UNSTORED)
    there = to(request, f"/consultas/{quote(response.id)}/recibo")
    return RedirectResponse(f"{there}?done={done}", 303, UNSTORED)


def _told(error: dict[str, Any], words: Words) -> str:
    known = words.named("barred", error["code"])
    return str(error["message"] if known == error["code"] else known)


def _field(error: dict[str, Any], sheet: dict[str, Any]) -> str | None:
    path = error.get("path") or []
    if path[:1] == ["receipt"] or error["code"] == "RECEIPT_UNKNOWN":
        return "recibo"
    return "consent" if path[:1] == ["consent"] else None


async def _asking(
    request: Request,
    template: str,
    *,
    errors: list[dict[str, Any]] | None = None,
    given: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    response = await underway(request, organization=None)
    named = request.query_params.get("respuesta") or (given or {}).get("respuesta")
    found = await _own(request, response, named)
    words = Words(chosen(request))
    possible = [
        level
        for level in LEVELS
        if level in ("WITHOUT_NAME", "NOT_PUBLISHED")
        or (level == "WITH_NAME" and found is not None)
        or (level == "ORGANIZATION_NAME" and found is not None and found["organization"])
    ]
    receipt = (given or {}).get("recibo") or receipt_kept(request, response.id) or ""
    return form_shown(
        request,
        template,
        errors=errors,
        status=status,
        response=response,
        consultation=response.consultation,
        own=found,
        by_receipt=found is None and response.invitation is None,
        receipt="" if found or response.invitation else receipt,
        consent=(given or {}).get("consent") or (found and found["consent"]),
        levels=[
            {"code": level, "label": words.named("consent", level), "hint": words.named("consent_means", level)}
            for level in possible
        ],
        key=str(uuid4()),
        here_page=to(request, f"/consultas/{quote(response.id)}/responder"),
    )


async def _own(request: Request, response: Underway, named: str | None) -> dict[str, Any] | None:
    """Return the response of whoever is signed in that is meant: a named one, or the one that counts."""
    if token_if_any(request) is None:
        return None
    former = response.consultation["viewerResponse"]
    wanted = named or (former and former["id"])
    if not wanted:
        return None
    found = await hub_of(request).ask(
        "own_response", {"id": wanted}, language=chosen(request), token=token_if_any(request)
    )
    node: dict[str, Any] | None = found["node"]
    if not node or not node.get("mine") or node["consultation"]["id"] != response.id:
        raise HTTPException(404)
    return node


routes = [
    Route(MINE, page, methods=["GET"]),
    Route(TAKING_BACK, withdraw_page, methods=["GET"]),
    Route(TAKING_BACK, withdraw, methods=["POST"]),
    Route(PUBLISHING, consent_page, methods=["GET"]),
    Route(PUBLISHING, consent, methods=["POST"]),
]
