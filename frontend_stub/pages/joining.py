"""Joining a body: asked for on its page, and followed, answered and taken back in one's own account."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import Filled, own_form
from frontend_stub.languages import chosen, to
from frontend_stub.narrowing import onward
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, hub_of, placed, token_of

HERE = "/cuenta/ingresos"
DONE = ("asked", "accepted", "declined", "withdrawn")
FIELDS = {"statement": "statement", "organizationId": "for", "answer": "answer"}

ACTS = {
    "accepted": ("accept_invitation", "acceptInvitation"),
    "declined": ("decline_invitation", "declineJoinRequest"),
    "withdrawn": ("take_back_join_request", "takeBackJoinRequest"),
}
"""What one may do with a request or an invitation, by what became of it then."""

ONESELF = "me"


async def page(request: Request) -> Response:
    """Show somebody where they asked to join and were invited, and what was answered."""
    found = await _ask(request, "my_join_requests", {"after": request.query_params.get("desde")})
    requests, done = found["viewer"]["joinRequests"], request.query_params.get("done")
    return form_shown(
        request,
        "join_requests.html",
        done=done if done in DONE else None,
        person=found["viewer"]["person"],
        requests=[{**one, "standing": _standing(one)} for one in requests["nodes"]],
        **onward(request, requests["pageInfo"]),
    )


async def ask_page(request: Request) -> Response:
    """Ask for whom somebody would join a body, and why."""
    return await _ask_shown(request, given=Filled([("for", ONESELF)]))


async def ask(request: Request) -> Response:
    """Put the request before the officers of the body."""
    given = await own_form(request)
    whom = given.get("for", ONESELF)
    asked = {
        "bodyId": request.path_params["id"],
        "statement": given.words("statement") or "",
        "organizationId": None if whom == ONESELF else whom,
        "idempotencyKey": given.get("idempotencyKey", ""),
    }
    errors = placed((await _ask(request, "ask_to_join", {"input": asked}))["askToJoin"]["errors"], FIELDS)
    if errors:
        return await _ask_shown(request, given=given, errors=errors)
    return RedirectResponse(f"{to(request, HERE)}?done=asked", 303, UNSTORED)


async def one_page(request: Request) -> Response:
    """Show a request or an invitation whole, with the forms for what may be done with it now."""
    return _one_shown(request, await _one(request))


async def act(request: Request) -> Response:
    """Take an invitation on or decline it, or take a request back."""
    given = await own_form(request)
    one, wanted = await _one(request), given.get("act", "")
    if wanted not in one["acts"]:
        return RedirectResponse(to(request, f"{HERE}/{one['id']}"), 303, UNSTORED)
    document, name = ACTS[wanted]
    answer = {} if wanted == "withdrawn" else {"answer": given.words("answer") or ""}
    asked = {"joinRequestId": one["id"], **answer}
    errors = placed((await _ask(request, document, {"input": asked}))[name]["errors"], FIELDS)
    if errors:
        return _one_shown(request, await _one(request), answer=given.get("answer", ""), errors=errors)
    return RedirectResponse(f"{to(request, HERE)}?done={wanted}", 303, UNSTORED)


async def _ask(request: Request, name: str, variables: dict[str, Any]) -> dict[str, Any]:
    return await hub_of(request).ask(name, variables, language=chosen(request), token=token_of(request))


async def _one(request: Request) -> dict[str, Any]:
    """Return what the address is about, with what may be done with it; there is none that is not one's own."""
    found = await _ask(request, "my_join_request", {"id": request.path_params["id"]})
    one, viewer = found["node"], found["viewer"]
    if one is None or one["__typename"] != "JoinRequest":
        raise HTTPException(404)
    myself = one["person"] is not None and one["person"]["id"] == viewer["person"]["id"]
    ours = one["organization"] is not None and one["organization"]["id"] in _ids(viewer["represents"])
    if not (myself or ours):
        raise HTTPException(404)
    standing = _standing(one)
    acts: tuple[str, ...] = ()
    if standing == "SENT" and one["kind"] == "INVITATION":
        acts = ("accepted", "declined")
    elif standing == "SENT" and myself:
        acts = ("withdrawn",)
    return {**one, "standing": standing, "acts": acts}


def _standing(one: dict[str, Any]) -> str:
    """Return where it stands by the clock, also where nobody put on record that it lapsed."""
    return "LAPSED" if one["lapsed"] else str(one["state"])


def _ids(connection: dict[str, Any]) -> set[str]:
    return {node["id"] for node in connection["nodes"]}


def _one_shown(
    request: Request, one: dict[str, Any], *, answer: str = "", errors: list[dict[str, Any]] | None = None
) -> Response:
    at = f"{HERE}/{one['id']}"
    return form_shown(request, "join_request.html", at=at, errors=errors, one=one, answer=answer)


async def _ask_shown(request: Request, *, given: Filled, errors: list[dict[str, Any]] | None = None) -> Response:
    id_ = request.path_params["id"]
    found = await _ask(request, "body_to_join", {"id": id_})
    body, viewer = found["node"], found["viewer"]
    if body is None or body["__typename"] != "Body" or body["withdrawnAt"] is not None:
        raise HTTPException(404)
    waiting = [one for one in viewer["joinRequests"]["nodes"] if _waits_for(one, body["id"])]
    asked = {one["organization"]["id"] if one["organization"] else ONESELF for one in waiting}
    organizations = viewer["represents"]["nodes"]
    return form_shown(
        request,
        "join.html",
        at=f"/organismos/{id_}/ingresar",
        errors=errors,
        body=body,
        waiting=waiting,
        may_ask_for_oneself=ONESELF not in asked,
        organizations=[one for one in organizations if one["id"] not in asked],
        idempotency_key=str(uuid.uuid4()),
        whom=given.get("for", ONESELF),
        statement=given.get("statement", ""),
    )


def _waits_for(one: dict[str, Any], body: str) -> bool:
    return not one["lapsed"] and one["body"] is not None and one["body"]["id"] == body


routes = [
    Route(HERE, page, methods=["GET"]),
    Route(f"{HERE}/{{id}}", one_page, methods=["GET"]),
    Route(f"{HERE}/{{id}}", act, methods=["POST"]),
    Route("/organismos/{id}/ingresar", ask_page, methods=["GET"]),
    Route("/organismos/{id}/ingresar", ask, methods=["POST"]),
]
