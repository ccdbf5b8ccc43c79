"""Speaking for organisations: asked for on the page of one, followed in one's own account, and given up."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import Filled, own_form
from frontend_stub.languages import Words, chosen, to
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, hub_of, placed, token_of

HERE = "/cuenta/representaciones"
POWERS = ("ANSWER", "VOTE", "PUBLISH")
DONE = ("asked", "ended")
FIELDS = {"powers": "powers", "evidence": "evidence", "reason": "reason"}


async def page(request: Request) -> Response:
    """Show somebody what they asked for, what was decided and why."""
    found = await _mine(request)
    done = request.query_params.get("done")
    info = found["pageInfo"]
    return form_shown(
        request,
        "representations.html",
        done=done if done in DONE else None,
        representations=found["nodes"],
        onward=info["endCursor"] if info["hasNextPage"] else None,
        begun="desde" in request.query_params,
    )


async def ask_page(request: Request) -> Response:
    """Ask what somebody would do in the name of an organisation, and what proves that they may."""
    return await _ask_shown(request, given=Filled([("powers", "ANSWER")]))


async def ask(request: Request) -> Response:
    """Put the request before those who decide."""
    given, words = await own_form(request), Words(chosen(request))
    powers = [power for power in given.all("powers") if power in POWERS]
    errors: list[dict[str, Any]] = []
    if not powers:
        errors.append({"message": words("representations.no_powers"), "field": "powers"})
    else:
        asked = {
            "organizationId": request.path_params["id"],
            "powers": powers,
            "evidence": given.words("evidence") or "",
            "idempotencyKey": given.get("idempotencyKey", ""),
        }
        payload = (await _ask(request, "ask_representation", {"input": asked}))["askRepresentation"]
        errors = placed(payload["errors"], FIELDS)
    if errors:
        return await _ask_shown(request, given=given, errors=errors)
    return RedirectResponse(f"{to(request, HERE)}?done=asked", 303, UNSTORED)


async def end_page(request: Request) -> Response:
    """Say what it means to give a representation up, and ask why."""
    return _end_shown(request, await _one(request), reason="")


async def end(request: Request) -> Response:
    """Give a representation up, or take a request back."""
    given = await own_form(request)
    asked = {"id": request.path_params["id"], "reason": given.words("reason") or ""}
    errors = placed((await _ask(request, "end_representation", asked))["endRepresentation"]["errors"], FIELDS)
    if errors:
        return _end_shown(request, await _one(request), reason=given.get("reason", ""), errors=errors)
    return RedirectResponse(f"{to(request, HERE)}?done=ended", 303, UNSTORED)


async def _ask(request: Request, name: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    return await hub_of(request).ask(name, variables, language=chosen(request), token=token_of(request))


async def _mine(request: Request) -> dict[str, Any]:
    found = await _ask(request, "my_representations", {"after": request.query_params.get("desde")})
    connection: dict[str, Any] = found["viewer"]["representations"]
    nodes = [{**node, "ends": _may_end(node)} for node in connection["nodes"]]
    return {**connection, "nodes": nodes}


def _may_end(representation: dict[str, Any]) -> bool:
    return any(one["event"] == "end" and one["allowed"] for one in representation["availableTransitions"])


async def _one(request: Request) -> dict[str, Any]:
    """Return the representation of the address; there is none where it is not the visitor's own."""
    found = (await _ask(request, "my_representation", {"id": request.path_params["id"]}))["node"]
    if found is None or found["__typename"] != "Representation":
        raise HTTPException(404)
    return dict(found)


def _end_shown(
    request: Request, one: dict[str, Any], *, reason: str, errors: list[dict[str, Any]] | None = None
) -> Response:
    if not errors and not _may_end(one):
        return RedirectResponse(to(request, HERE), 303, UNSTORED)
    return form_shown(
        request,
        "representation_end.html",
        at=f"{HERE}/{one['id']}/terminar",
        errors=errors,
        one=one,
        reason=reason,
    )


async def _ask_shown(request: Request, *, given: Filled, errors: list[dict[str, Any]] | None = None) -> Response:
    id_ = request.path_params["id"]
    found = await _ask(request, "organization_to_represent", {"id": id_})
    organization = found["node"]
    if organization is None or organization["__typename"] != "Organization":
        raise HTTPException(404)
    words = Words(chosen(request))
    of_this = [one for one in found["viewer"]["representations"]["nodes"] if _is_of(one, organization["id"])]
    return form_shown(
        request,
        "represent.html",
        at=f"/organizaciones/{id_}/representar",
        errors=errors,
        organization=organization,
        already=next((one["state"] for one in of_this if one["state"] != "ENDED"), None),
        idempotency_key=str(uuid.uuid4()),
        powers=[
            {"code": code, "label": words.named("power_labels", code), "hint": words.named("power_hints", code)}
            for code in POWERS
        ],
        ticked=given.all("powers"),
        evidence=given.get("evidence", ""),
    )


def _is_of(representation: dict[str, Any], organization: str) -> bool:
    return representation["organization"] is not None and representation["organization"]["id"] == organization


routes = [
    Route(HERE, page, methods=["GET"]),
    Route(f"{HERE}/{{id}}/terminar", end_page, methods=["GET"]),
    Route(f"{HERE}/{{id}}/terminar", end, methods=["POST"]),
    Route("/organizaciones/{id}/representar", ask_page, methods=["GET"]),
    Route("/organizaciones/{id}/representar", ask, methods=["POST"]),
]
