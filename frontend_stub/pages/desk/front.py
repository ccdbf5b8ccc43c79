"""The desk: the consultations of one's bodies by where they stand, and what is waiting to be done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.pages.desk.filling import is_usual
from frontend_stub.pages.desk.officers import bodies_of, carried_out, officer, require_office
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED, hub_of, token_of
from frontend_stub.writing import OVER, now

LISTS = {
    "drafts": ["DRAFT", "CHECKED"],
    "running": ["OPEN", "SUSPENDED"],
    "coming": ["SCHEDULED"],
    "over": [*OVER, "WITHDRAWN"],
}
"""The lists of a body's consultations, by the states of those in them."""

ORDERS = {"drafts": "OPENS_ASC", "running": "CLOSES_ASC", "coming": "OPENS_ASC", "over": "CLOSES_DESC"}
SOON = dt.timedelta(days=3)
MOST_CHECKED = 10
"""How many drafts of a body are looked through for what they lack; others say so on their own page."""


@officer
async def page(request: Request) -> Response:
    """Show what there is to do, and then everything by where it stands."""
    bodies = bodies_of(request)[:20]
    found = await hub_of(request).ask("desk", {"bodies": bodies}, language=chosen(request), token=token_of(request))
    shown_bodies = [node for node in found["nodes"] if node]
    lacking = await _lacking(request, shown_bodies)
    return shown(
        request,
        "desk/front.html",
        headers=UNSTORED,
        bodies=shown_bodies,
        lists=list(LISTS),
        lacking=lacking,
        closing_soon=_closing_soon(shown_bodies),
        held=_held(found["held"]["nodes"]),
        asked=found["asked"]["totalCount"],
    )


@officer
async def whole_list(request: Request) -> Response:
    """Show all consultations of a body that stand at one point, page by page."""
    asked, own = request.query_params, bodies_of(request)
    body, name = asked.get("organismo") or own[0], asked.get("estado", "drafts")
    require_office(request, body)
    if name not in LISTS:
        raise HTTPException(404)
    variables = {"body": body, "states": LISTS[name], "order": ORDERS[name], "after": asked.get("desde")}
    found = await hub_of(request).ask("desk_list", variables, language=chosen(request), token=token_of(request))
    return shown(
        request,
        "desk/list.html",
        headers=UNSTORED,
        body=found["node"],
        name=name,
        found=found["consultations"],
        begun="desde" in asked,
    )


async def _lacking(request: Request, bodies: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many things each draft still lacks, one after the other: it is work for the hub."""
    drafts = [draft for body in bodies for draft in body["drafts"]["nodes"][:MOST_CHECKED]]
    return {draft["id"]: await _wrong_with(request, draft) for draft in drafts}


async def _wrong_with(request: Request, draft: dict[str, Any]) -> int:
    errors = (await carried_out(request, "check_draft", {"consultationId": draft["id"]}))["errors"]
    notice = draft["privacyNotice"]
    unchecked = notice is not None and any(is_usual(one["text"]) for one in notice["translations"])
    return len(errors) + unchecked


def _closing_soon(bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    running = [consultation for body in bodies for consultation in body["running"]["nodes"]]
    return [one for one in running if dt.datetime.fromisoformat(one["closing"]["instant"]) - now() <= SOON]


def _held(responses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the consultations with late responses that whoever is here may decide about, and how many."""
    found: dict[str, dict[str, Any]] = {}
    for response in responses:
        if any(act["event"] == "admit" and act["allowed"] for act in response["availableTransitions"]):
            asked = response["consultation"]
            found.setdefault(asked["id"], {**asked, "count": 0})["count"] += 1
    return list(found.values())


routes = [
    Route("/escritorio", page, methods=["GET"]),
    Route("/escritorio/consultas", whole_list, methods=["GET"]),
]
