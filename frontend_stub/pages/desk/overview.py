"""A consultation on the desk: where it stands, what is still to be written, all that is wrong, and what may be done."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.drafting import UNPUBLISHED, read_draft
from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.consultations import CONSULTATION, REPORT, STATEMENT
from frontend_stub.pages.desk.officers import done_of, officer, read_consultation
from frontend_stub.pages.desk.problems import PARTS, problems_of
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED

DONE = ("created", "textos", "plazos", "reglas")
"""What a form of the desk that led here did."""

ELSEWHERE = {"correct": "corregir", "open": "", "close": ""}
"""What has a page of its own making; and what happens by itself, of which it is worth reading why it cannot be done."""


@officer
async def page(request: Request) -> Response:
    """Show a draft with what it lacks, or a published consultation with what can be done."""
    consultation = await read_consultation(request)
    draft, problems = None, []
    if consultation["state"] in UNPUBLISHED:
        draft = await read_draft(request, consultation["id"])
        problems = await problems_of(request, draft)
    words = Words(chosen(request))
    return shown(
        request,
        "desk/consultation.html",
        headers=UNSTORED,
        consultation=consultation,
        draft=draft,
        problems=problems,
        parts=[{"name": part, "lacking": [p for p in problems if p["part"] == part]} for part in PARTS],
        acts=acts_of(consultation, words),
        reports=[REPORT.with_offers(one, words) for one in consultation["reports"]["nodes"]],
        statements=[STATEMENT.with_offers(one, words) for one in consultation["statements"]["nodes"]],
        done=_done(request, words),
    )


def _done(request: Request, words: Words) -> str | None:
    """Return what the form that led here did, in words."""
    done = request.query_params.get("done", "")
    return words.named("desk_done", done) if done in DONE else done_of(request)


def acts_of(consultation: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """Return what may come next for a consultation, each with its page; and then what may not, with why."""
    found = CONSULTATION.offers(consultation, words)
    for transition in consultation["availableTransitions"]:
        event = transition["event"]
        if event in ELSEWHERE:
            reason = None if transition["allowed"] else transition["reason"]["message"]
            address = f"/escritorio/consultas/{consultation['id']}/{ELSEWHERE[event]}"
            found.append({"name": words.named("desk_event", event), "address": address, "reason": reason})
    return sorted(found, key=lambda act: act["reason"] is not None)


routes = [Route("/escritorio/consultas/{id}", page, methods=["GET"])]
