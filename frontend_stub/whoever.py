"""Whoever is signed in: the token that their browser keeps for us, what the hub says of them, and the way in."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from frontend_stub.asking import Hub, NoAnswer, SignedOut
from frontend_stub.forms import kept
from frontend_stub.languages import chosen, path_of, to

log = logging.getLogger("frontend_stub")

SESSION = "session"
"""The cookie of the token of whoever is signed in."""

UNSTORED = {"cache-control": "no-store"}

INTRODUCED = "viewer"
"""Where in the scope of a request it stands who is here, as the hub knows them."""

OFFICES = ("COORDINATOR", "SECRETARY", "ANALYST")
"""The roles whose work is done on the desk."""


class Introducing:
    """An application that knows who is here before it answers: nobody, or somebody whom the hub knows."""

    def __init__(self, app: ASGIApp, hub: Hub) -> None:
        self._app, self._hub = app, hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask the hub about whoever brings a token; a token that is worth nothing any more is nobody's."""
        if scope["type"] == "http":
            scope = {**scope, INTRODUCED: await self._viewer(Request(scope))}
        await self._app(scope, receive, send)

    async def _viewer(self, request: Request) -> dict[str, Any] | None:
        token = kept(request, SESSION)
        if token is None or path_of(request).startswith("/static/"):
            return None
        try:
            found = await self._hub.ask("shell", language=chosen(request), token=token)
        except SignedOut:
            return None
        except NoAnswer as error:
            # The page itself is told the same, and says so.
            log.info("Nobody could be introduced: %s", error)
            return None
        viewer: dict[str, Any] = found["viewer"]
        return viewer if viewer["signedIn"] else None


def viewer_of(request: Request) -> dict[str, Any] | None:
    """Return whoever is here, as the hub knows them; None for somebody who is not signed in."""
    found: dict[str, Any] | None = request.scope.get(INTRODUCED)
    return found


def offices_of(request: Request) -> list[dict[str, Any]]:
    """Return the roles of whoever is here whose work is done on the desk, each with the body that it is held in."""
    viewer = viewer_of(request)
    return [held for held in viewer["grants"] if held["role"] in OFFICES and held["bodyId"]] if viewer else []


def hub_of(request: Request) -> Hub:
    """Return the hub that the pages are of."""
    hub: Hub = request.app.state.hub
    return hub


def token_of(request: Request) -> str:
    """Return the token of whoever is signed in; SignedOut where there is none."""
    token = kept(request, SESSION)
    if token is None:
        raise SignedOut("There is no token in this browser.")
    return token


def token_if_any(request: Request) -> str | None:
    """Return the token of whoever is signed in, and None for everybody else."""
    return kept(request, SESSION) if viewer_of(request) is not None else None


async def led_in(request: Request, error: Exception) -> Response:
    """Lead whoever is not signed in, or not any more, to sign in and to come back to where they were reading."""
    path = path_of(request)
    if request.method not in ("GET", "HEAD"):
        # What was sent by a form is sent again from its page, which lies at the same address or just above it.
        path = path.rpartition("/")[0] or "/"
    query = f"?{request.url.query}" if request.url.query and request.method in ("GET", "HEAD") else ""
    back = quote(to(request, path) + query)
    return RedirectResponse(f"{to(request, '/entrar')}?return_to={back}", 303, UNSTORED)


def faults(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str | None]]:
    """Return why the hub refused a form: what is wrong, and the field that it is wrong with, where it is one."""
    named = [
        (error["message"], [part for part in error.get("path") or [] if isinstance(part, str)]) for error in errors
    ]
    return [{"message": message, "field": path[-1] if path else None} for message, path in named]


def placed(errors: Iterable[Mapping[str, Any]], fields: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return why the hub refused a form, each at the field of the page that asks for what it is about.

    `fields` are these by what the hub calls them; whatever is about none of them is said at the top alone.
    """
    return [
        {
            "message": error["message"],
            "field": next((fields[part] for part in error.get("path") or [] if part in fields), None),
        }
        for error in errors
    ]
