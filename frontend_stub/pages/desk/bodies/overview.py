"""A body on the desk: who sits there, who asks to, its sessions and its work, and what can be done to each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.bodies.subjects import BODY, INTEREST, MEMBERSHIP, PARITY, REQUEST, SEAT
from frontend_stub.pages.desk.mandates.subjects import PROGRAMME
from frontend_stub.pages.desk.officers import done_of, officer, read, require_office
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED

Read = Mapping[str, Any]


@officer
async def page(request: Request) -> Response:
    """Show a body to its officers, with everything that they can do in it."""
    body = (await read(request, "desk_body", "Body"))["node"]
    require_office(request, body["id"])
    words = Words(chosen(request))
    return shown(
        request,
        "desk/body.html",
        headers=UNSTORED,
        body=body,
        offers=BODY.offers(body, words),
        requests=[REQUEST.with_offers(one, words) for one in body["joinRequests"]["nodes"]],
        seats=[_seat(seat, words) for seat in body["seats"]["nodes"] if seat["state"] != "ABOLISHED"],
        parity=[_rule(rule, body, words) for rule in body["parityRules"]["nodes"] if rule["endedAt"] is None],
        interests=[INTEREST.with_offers(one, words) for one in body["interestsToReview"]["nodes"]],
        programmes=[PROGRAMME.with_offers(one, words) for one in body["workProgrammes"]["nodes"]],
        done=done_of(request),
    )


def _seat(seat: Read, words: Words) -> Read:
    """Return a seat with those who sit there, are proposed for it or are away."""
    sitting = [MEMBERSHIP.with_offers(one, words) for one in seat["memberships"]["nodes"]]
    return {**SEAT.with_offers(seat, words), "sitting": sitting}


def _rule(rule: Read, body: Read, words: Words) -> Read:
    """Return a rule of parity with whether it is kept now; None where nobody can tell."""
    met = next((figure["met"] for figure in body["parity"] if figure["dimension"] == rule["dimension"]), None)
    return {**PARITY.with_offers(rule, words), "met": met}


routes = [Route("/escritorio/organismos/{id}", page, methods=["GET"])]
