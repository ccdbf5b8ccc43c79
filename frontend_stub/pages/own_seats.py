"""One's own seats in bodies: those that one is proposed for, holds and held, and what one may do with each."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import own_form
from frontend_stub.languages import Words, chosen, to
from frontend_stub.narrowing import onward
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, hub_of, placed, token_of

HERE = "/cuenta/lugares"
FIELDS = {"reason": "reason", "gender": "gender"}
GENDERS = ("WOMAN", "MAN", "NONBINARY")

ACTS = {
    "accept": ("accept_membership", "acceptMembership"),
    "decline": ("decline_membership", "declineMembership"),
    "leave": ("leave_seat", "leaveSeat"),
    "return": ("return_to_seat", "returnToSeat"),
    "end_membership": ("end_membership", "endMembership"),
    "gender": ("declare_gender", "declareGender"),
}
"""What one may do with a seat of one's own: the moves of its life, and how one wants to be counted for parity."""

DONE = (*ACTS, "interests")
"""What the list of one's seats says was done."""

REASONED = ("decline", "leave", "end_membership")


async def page(request: Request) -> Response:
    """Show somebody where they sit, sat, and are proposed to."""
    found = (await _ask(request, "my_seats", {"after": request.query_params.get("desde")}))["viewer"]["memberships"]
    done = request.query_params.get("done")
    return form_shown(
        request,
        "own_seats.html",
        done=done if done in DONE else None,
        memberships=found["nodes"],
        **onward(request, found["pageInfo"]),
    )


async def one_page(request: Request) -> Response:
    """Show a seat, with the forms for what may be done with it now."""
    return _one_shown(request, await _one(request))


async def act(request: Request) -> Response:
    """Take a seat on or not, stay away, come back, give it up, or say how one wants to be counted."""
    given = await own_form(request)
    one, wanted = await _one(request), given.get("act", "")
    if wanted not in one["acts"] or wanted not in ACTS:
        return RedirectResponse(to(request, f"{HERE}/{one['id']}"), 303, UNSTORED)
    document, name = ACTS[wanted]
    asked: dict[str, Any] = {"membershipId": one["id"]}
    if wanted in REASONED:
        asked["reason"] = given.words("reason") or ""
    if wanted == "gender":
        asked["gender"] = given["gender"] if given.get("gender") in GENDERS else None
    errors = placed((await _ask(request, document, {"input": asked}))[name]["errors"], FIELDS)
    if errors:
        return _one_shown(request, await _one(request), reason=given.get("reason", ""), errors=errors)
    return RedirectResponse(f"{to(request, HERE)}?done={wanted}", 303, UNSTORED)


async def _ask(request: Request, name: str, variables: dict[str, Any]) -> dict[str, Any]:
    return await hub_of(request).ask(name, variables, language=chosen(request), token=token_of(request))


async def own_seat(request: Request, document: str) -> dict[str, Any]:
    """Return what a document tells of the seat of the address; there is none that is not one's own."""
    found = await _ask(request, document, {"id": request.path_params["id"]})
    one = found["node"]
    if one is None or one["__typename"] != "Membership":
        raise HTTPException(404)
    if one["person"] is None or one["person"]["id"] != found["viewer"]["person"]["id"]:
        raise HTTPException(404)
    return {**found, **one}


async def _one(request: Request) -> dict[str, Any]:
    """Return the seat of the address, with what may be done with it."""
    one = await own_seat(request, "my_seat")
    acts = [move["event"] for move in one["availableTransitions"] if move["allowed"]]
    if one["state"] == "PROPOSED":
        acts = [move for move in acts if move != "end_membership"]
    elif one["state"] != "ENDED":
        acts.append("gender")
    return {**one, "acts": acts}


def _one_shown(
    request: Request, one: dict[str, Any], *, reason: str = "", errors: list[dict[str, Any]] | None = None
) -> Response:
    words = Words(chosen(request))
    return form_shown(
        request,
        "own_seat.html",
        at=f"{HERE}/{one['id']}",
        errors=errors,
        one=one,
        reason=reason,
        reasoned=[move for move in REASONED if move in one["acts"]],
        genders=[{"code": code, "label": words.named("genders", code)} for code in GENDERS],
    )


routes = [
    Route(HERE, page, methods=["GET"]),
    Route(f"{HERE}/{{id}}", one_page, methods=["GET"]),
    Route(f"{HERE}/{{id}}", act, methods=["POST"]),
]
