"""How people take part in a consultation: how many by day and by way, and the late responses that wait for a word."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.drafting import status_of
from frontend_stub.forms import Filled
from frontend_stub.languages import Words, chosen, to
from frontend_stub.pages.desk.filling import Fault, reason_in
from frontend_stub.pages.desk.naming import languages_of
from frontend_stub.pages.desk.officers import carried_out, form_of, officer, read, require_office
from frontend_stub.pages.desk.problems import faults_of
from frontend_stub.showing import form_shown, shown
from frontend_stub.whoever import UNSTORED
from frontend_stub.writing import day

DECISIONS = {"admit": "admit_response", "refuse": "refuse_response"}


@officer
async def page(request: Request) -> Response:
    """Show the figures, and the late responses to be decided about."""
    after = request.query_params.get("desde")
    found = await read(request, "desk_figures", "Consultation", after=after)
    consultation, words = found["node"], Words(chosen(request))
    require_office(request, (consultation["publisher"] or {}).get("id"))
    done = request.query_params.get("done")
    return shown(
        request,
        "desk/figures.html",
        headers=UNSTORED,
        consultation=consultation,
        figures=consultation["participation"],
        days=_bars(consultation["participation"], "responsesByDay", lambda one: _day(one["day"], words)),
        channels=_bars(
            consultation["participation"], "responsesByChannel", lambda one: words.named("channels", one["channel"])
        ),
        held=found["held"],
        begun=after is not None,
        done=done if done in DECISIONS else None,
    )


def _bars(figures: dict[str, Any] | None, name: str, label: Any) -> list[dict[str, Any]]:
    counts = figures[name] if figures else []
    whole = sum(one["count"] for one in counts)
    return [{"label": label(one), "share": one["count"] / whole, "count": one["count"]} for one in counts]


def _day(given: str, words: Words) -> str:
    return day(dt.date.fromisoformat(given), words.language)


@officer
async def late(request: Request) -> Response:
    """Show one late response, to decide whether it counts."""
    return _late(request, await _response(request), Filled([]))


@officer
async def decide(request: Request) -> Response:
    """Let it count, or not, with a reason that is published with it."""
    given = await form_of(request)
    response, words = await _response(request), Words(chosen(request))
    document = DECISIONS.get(given.get("decision", ""))
    if document is None:
        fault = {"field": "decision", "message": words("desk_fault.choose")}
        return _late(request, response, given, faults=[fault])
    reason = reason_in(given, languages_of(response["consultation"]))
    sent = {"responseId": response["id"], "reason": reason, "idempotencyKey": given.words("idempotencyKey")}
    errors = (await carried_out(request, document, sent))["errors"]
    if errors:
        spoken = languages_of(response["consultation"])
        faults = faults_of(errors, {"ownInitiative": sent}, words, languages=spoken)
        known = [{**fault, "field": _known(fault["field"])} for fault in faults]
        return _late(request, response, given, faults=known, status=status_of(errors))
    address = f"/escritorio/consultas/{response['consultation']['id']}/cifras?done={given['decision']}"
    return RedirectResponse(to(request, address), 303, UNSTORED)


def _known(field: str | None) -> str | None:
    return field if field and field.startswith("reason.") else None


async def _response(request: Request) -> dict[str, Any]:
    response: dict[str, Any] = (await read(request, "held_response", "Response"))["node"]
    require_office(request, (response["consultation"]["publisher"] or {}).get("id"))
    return response


def _late(
    request: Request,
    response: dict[str, Any],
    given: Filled,
    *,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Response:
    languages = languages_of(response["consultation"])
    acts = {act["event"]: act for act in response["availableTransitions"]}
    admit = acts.get("admit")
    barred = None
    if admit is None or not admit["allowed"]:
        barred = admit["reason"]["message"] if admit else str(Words(chosen(request))("desk.not_now"))
    return form_shown(
        request,
        "desk/late.html",
        errors=faults,
        status=status,
        response=response,
        barred=barred,
        languages=languages,
        decision=given.get("decision"),
        reason={language: given.get(f"reason.{language}", "") for language in languages},
        key=given.get("idempotencyKey") or str(uuid4()),
    )


routes = [
    Route("/escritorio/consultas/{id}/cifras", page, methods=["GET"]),
    Route("/escritorio/consultas/{consultation}/cifras/{id}", late, methods=["GET"]),
    Route("/escritorio/consultas/{consultation}/cifras/{id}", decide, methods=["POST"]),
]
