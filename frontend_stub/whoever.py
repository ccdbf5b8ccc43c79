"""Whoever is signed in: the token that their browser keeps for us, and the way in for everybody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontend_stub.asking import Hub, SignedOut
from frontend_stub.forms import kept

SESSION = "session"
"""The cookie of the token of whoever is signed in."""

UNSTORED = {"cache-control": "no-store"}


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


async def led_in(request: Request, error: Exception) -> Response:
    """Lead whoever is not signed in, or not any more, to sign in and to come back."""
    back = "/account/data" if request.url.path.startswith("/account/data") else "/account"
    return RedirectResponse(f"/sign-in?return_to={quote(back)}", 303, UNSTORED)


def faults(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str | None]]:
    """Return why the hub refused a form: what is wrong, and the field that it is wrong with, where it is one."""
    named = [
        (error["message"], [part for part in error.get("path") or [] if isinstance(part, str)]) for error in errors
    ]
    return [{"message": message, "field": path[-1] if path else None} for message, path in named]
