"""Receipts: what somebody holds who has answered, and whether a receipt that somebody shows counts.

A receipt's code opens what was answered to nobody, but by it an anonymous response can be taken back. So it stands in
no address: the page of one's own receipt finds it by what this browser keeps for an hour or by whoever is signed in,
and a code that is to be checked is sent by a form.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import keep, kept, own_form
from frontend_stub.languages import Words, chosen, to
from frontend_stub.questionnaires.keeping import plain_id
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, hub_of, token_if_any

AN_HOUR = 60 * 60
UNLISTED = {**UNSTORED, "x-robots-tag": "noindex"}


def keep_receipt(request: Request, response: Response, id_: str, code: str | None) -> None:
    """Let this browser find the receipt of what was just sent, for an hour."""
    keep(request, response, _named(id_), None if code is None else quote(code, safe=""), seconds=AN_HOUR)


def receipt_kept(request: Request, id_: str) -> str | None:
    """Return the code of the receipt that this browser keeps of a consultation."""
    code = kept(request, _named(id_))
    return None if code is None else unquote(code)


def _named(id_: str) -> str:
    return f"receipt-{plain_id(id_)}"


async def own(request: Request) -> Response:
    """Show a respondent their receipt, to keep or to print."""
    id_ = request.path_params["id"]
    receipt = await own_receipt(request, id_)
    if receipt is None:
        return RedirectResponse(to(request, "/recibos"), 303, UNSTORED)
    return form_shown(
        request,
        "receipt.html",
        headers=UNLISTED,
        receipt=receipt,
        consultation=receipt["consultation"],
        done=request.query_params.get("done"),
        signed_in=token_if_any(request) is not None,
    )


async def own_receipt(request: Request, id_: str) -> dict[str, Any] | None:
    """Return the receipt of what whoever asks has sent to a consultation, as far as this browser can tell."""
    named = request.query_params.get("respuesta")
    code = None
    if named is not None and token_if_any(request) is not None:
        code = await _code_of(request, named)
    if code is None:
        code = receipt_kept(request, id_)
    if code is None and token_if_any(request) is not None:
        found = await hub_of(request).ask(
            "own_receipt", {"id": id_}, language=chosen(request), token=token_if_any(request)
        )
        given = (found["node"] or {}).get("viewerResponse")
        code = given["receipt"]["code"] if given and given["receipt"] else None
    receipt = await receipt_of(request, code) if code else None
    return receipt if receipt and receipt["consultation"] and receipt["consultation"]["id"] == id_ else None


async def _code_of(request: Request, response_id: str) -> str | None:
    found = await hub_of(request).ask(
        "own_response", {"id": response_id}, language=chosen(request), token=token_if_any(request)
    )
    receipt = (found["node"] or {}).get("receipt")
    return receipt["code"] if receipt else None


async def receipt_of(request: Request, code: str) -> dict[str, Any] | None:
    """Return what the hub tells of a receipt, however its code was typed."""
    receipt: dict[str, Any] | None = (await hub_of(request).ask("receipt", {"code": code}, language=chosen(request)))[
        "receipt"
    ]
    return receipt


async def ask(request: Request) -> Response:
    """Ask for the code of a receipt."""
    return _checking(request, code=request.query_params.get("codigo", "")[:60])


async def check(request: Request) -> Response:
    """Tell whether a receipt is one, and whether its response counts."""
    code = (await own_form(request)).get("codigo", "").strip()
    words = Words(chosen(request))
    if not code:
        return _checking(request, errors=[{"message": words("receipts.missing"), "field": "codigo"}])
    receipt = await receipt_of(request, code)
    if receipt is None:
        return _checking(request, code=code, errors=[{"message": words("receipts.unknown"), "field": "codigo"}])
    return _checking(request, code=code, receipt=receipt)


def _checking(
    request: Request,
    *,
    code: str = "",
    receipt: dict[str, Any] | None = None,
    errors: list[dict[str, Any]] | None = None,
) -> Response:
    return form_shown(
        request, "receipts.html", at="/recibos", headers=UNLISTED, errors=errors, code=code, receipt=receipt
    )


routes = [
    Route("/consultas/{id}/recibo", own, methods=["GET"]),
    Route("/recibos", ask, methods=["GET"]),
    Route("/recibos", check, methods=["POST"]),
]
