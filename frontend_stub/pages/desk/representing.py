"""Requests to speak for an organisation, which the officers of bodies grant or refuse."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.drafting import status_of
from frontend_stub.forms import Filled
from frontend_stub.languages import Words, chosen, to
from frontend_stub.pages.desk.filling import Fault
from frontend_stub.pages.desk.officers import carried_out, form_of, officer, read
from frontend_stub.showing import form_shown, shown
from frontend_stub.whoever import UNSTORED, hub_of, token_of

DONE = ("granted", "denied")


@officer
async def page(request: Request) -> Response:
    """Show the requests that wait, the oldest first."""
    after = request.query_params.get("desde")
    found = await hub_of(request).ask(
        "desk_representations", {"after": after}, language=chosen(request), token=token_of(request)
    )
    done = request.query_params.get("done")
    return shown(
        request,
        "desk/representations.html",
        headers=UNSTORED,
        found=found["representations"],
        begun=after is not None,
        done=done if done in DONE else None,
    )


@officer
async def one(request: Request) -> Response:
    """Show a request with what was said to prove it."""
    return _shown(request, await _asked(request), Filled([]))


@officer
async def decide(request: Request) -> Response:
    """Grant a request, or refuse it with a reason for whoever asked."""
    given = await form_of(request)
    asked, words = await _asked(request), Words(chosen(request))
    decision, reason = given.get("decision"), given.words("reason")
    sent: dict[str, Any] = {"representationId": asked["id"], "idempotencyKey": given.words("idempotencyKey")}
    if decision not in ("grant", "deny"):
        return _shown(request, asked, given, [{"field": "decision", "message": words("desk_fault.choose")}])
    if decision == "deny" and reason is None:
        return _shown(request, asked, given, [{"field": "reason", "message": words("desk_fault.reason")}])
    if decision == "deny":
        errors = (await carried_out(request, "refuse_representation", {**sent, "reason": reason}))["errors"]
    else:
        errors = (await carried_out(request, "grant_representation", sent))["errors"]
    if errors:
        named = {"reason": "reason"}
        faults = [{"field": named.get((error["path"] or [""])[0]), "message": error["message"]} for error in errors]
        return _shown(request, asked, given, faults, status=status_of(errors))
    done = "granted" if decision == "grant" else "denied"
    return RedirectResponse(to(request, f"/escritorio/representaciones?done={done}"), 303, UNSTORED)


async def _asked(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = (await read(request, "desk_representation", "Representation"))["node"]
    return found


def _shown(
    request: Request, asked: dict[str, Any], given: Filled, faults: list[Fault] | None = None, *, status: int = 200
) -> Response:
    granting = next((act for act in asked["availableTransitions"] if act["event"] == "grant"), None)
    words, barred = Words(chosen(request)), None
    if granting is None or not granting["allowed"]:
        barred = granting["reason"]["message"] if granting else str(words("desk.not_now"))
    return form_shown(
        request,
        "desk/representation.html",
        errors=faults,
        status=status,
        asked=asked,
        powers=[words.named("desk_power", power) for power in asked["powers"]],
        barred=barred,
        decision=given.get("decision"),
        reason=given.get("reason", ""),
        key=given.get("idempotencyKey") or str(uuid4()),
    )


routes = [
    Route("/escritorio/representaciones", page, methods=["GET"]),
    Route("/escritorio/representaciones/{id}", one, methods=["GET"]),
    Route("/escritorio/representaciones/{id}", decide, methods=["POST"]),
]
