"""One's own account: how one is called, what opens it, and where it is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import BROWSER, challenge_of, keep, kept, own_form, own_secret, require_own_form
from frontend_stub.languages import chosen, to
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, faults, hub_of, token_of

LINKING = "linking"
"""The cookie of a browser that has gone to a provider to link it, and not to sign in."""

TEN_MINUTES = 10 * 60

ACTS = {
    "name": ("change_display_name", "name"),
    "end": ("end_one_sign_in", "id"),
    "end-others": ("end_other_sign_ins", None),
    "unlink": ("unlink_identity", "id"),
}
"""The forms of the page, by the end of their address: the document, and the one field that it takes."""

DONE = (*ACTS, "link")


async def page(request: Request) -> Response:
    """Show somebody their own account."""
    return await _shown(request)


def act(name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what carries out a form of the page, and says on it how that went."""
    document, field = ACTS[name]

    async def carried_out(request: Request) -> Response:
        given = await own_form(request)
        variables = {} if field is None else {field: given.get(field, "")}
        return await _told(request, name, document, variables, given)

    return carried_out


async def link(request: Request) -> Response:
    """Lead somebody to a provider that is to open their account, when it was this page that they came from."""
    require_own_form(request, dict(request.query_params))
    token_of(request)
    options = (await hub_of(request).ask("sign_in_options", language=chosen(request)))["signInOptions"]
    wanted = request.path_params["provider"]
    address = next((provider["address"] for provider in options["providers"] if provider["key"] == wanted), None)
    if address is None:
        raise HTTPException(404)
    response = RedirectResponse(f"{address}?challenge={challenge_of(kept(request, BROWSER) or '')}", 303, UNSTORED)
    keep(request, response, LINKING, "yes", seconds=TEN_MINUTES)
    return response


def is_linking(request: Request) -> bool:
    """Whether this browser comes back from a provider that it went to in order to link it."""
    return kept(request, LINKING) is not None


async def linked(request: Request) -> Response:
    """Link the provider that somebody comes back from."""
    variables = {"code": request.query_params.get("code", ""), "secret": own_secret(request) or ""}
    response = await _told(request, "link", "link_identity", variables, {})
    keep(request, response, LINKING, None)
    return response


async def _told(
    request: Request, name: str, document: str, variables: dict[str, str], given: dict[str, str]
) -> Response:
    answer = await hub_of(request).ask(document, variables, language=chosen(request), token=token_of(request))
    (payload,) = answer.values()
    if payload["errors"]:
        return await _shown(request, errors=faults(payload["errors"]), given=given)
    return RedirectResponse(f"{to(request, '/cuenta')}?done={name}", 303, UNSTORED)


async def _shown(
    request: Request, *, errors: list[dict[str, Any]] | None = None, given: dict[str, str] | None = None
) -> Response:
    token = token_of(request)
    found = await hub_of(request).ask("account", language=chosen(request), token=token)
    viewer, providers = found["viewer"], found["signInOptions"]["providers"]
    names = {provider["key"]: provider["name"] for provider in providers}
    linked = viewer["linkedIdentities"]["nodes"]
    known = {identity["provider"] for identity in linked}
    done = request.query_params.get("done")
    values = {
        "done": done if done in DONE and not errors else None,
        "name": (given or {}).get("name", viewer["person"]["displayName"]),
        "roles": await _roles(request, token, viewer["grants"]),
        "identities": [
            {**identity, "name": names.get(identity["provider"], identity["provider"])} for identity in linked
        ],
        "unlinked": [provider for provider in providers if provider["key"] not in known],
        "sign_ins": [
            {**one, "name": names.get(one["provider"], one["provider"])}
            for one in viewer["signIns"]["nodes"]
            if one["good"]
        ],
    }
    anchored = [{**error, "field": _anchor(error["field"])} for error in errors or []]
    return form_shown(request, "account.html", at="/cuenta", errors=anchored, **values)


def _anchor(field: str | None) -> str | None:
    """Return the field of the page that the hub found fault with; of all others there is one button and no field."""
    return "name" if field == "displayName" else None


async def _roles(request: Request, token: str, grants: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the roles with the names of the bodies that they are held in."""
    ids = sorted({grant["bodyId"] for grant in grants if grant["bodyId"]})[:100]
    nodes = []
    if ids:
        nodes = (await hub_of(request).ask("bodies", {"ids": ids}, language=chosen(request), token=token))["nodes"]
    names = {node["id"]: node.get("name") for node in nodes if node}
    return [{"role": grant["role"], "body": names.get(grant["bodyId"])} for grant in grants]


routes = [
    Route("/cuenta", page, methods=["GET"]),
    *(Route(f"/cuenta/{name}", act(name), methods=["POST"]) for name in ACTS),
    Route("/cuenta/enlazar/{provider}", link, methods=["GET"]),
]
