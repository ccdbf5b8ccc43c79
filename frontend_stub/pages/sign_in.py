"""Signing in: an address, then the code that came by mail, in the browser that asked for it.

The link of the letter brings the code along and does nothing by itself: it shows a button, so whoever opens links for
others signs nobody in.
"""

from __future__ import annotations

import contextlib
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontend_stub.asking import SignedOut
from frontend_stub.forms import filled_in, formed, keep, kept, own_path, own_secret, require_own_form
from frontend_stub.languages import chosen
from frontend_stub.pages import account
from frontend_stub.showing import shown
from frontend_stub.whoever import SESSION, UNSTORED, hub_of

ASKED, ONWARD = "asked", "onward"
"""The cookies of the secret that was told with a code, and of where whoever is signed in goes on."""

OUTCOMES = ("start_again", "denied", "no_answer", "not_believed")
"""How the way to an identity provider may have turned out; each has its words."""

QUARTER_OF_AN_HOUR = 15 * 60
A_MONTH = 30 * 24 * 60 * 60


async def page(request: Request) -> Response:
    """Ask for the address, or for the code where one was asked for; whoever is here already may leave."""
    token = kept(request, SESSION)
    here = token is not None and await _is_good(request, token)
    step = "code" if kept(request, ASKED) or "code" in request.query_params else "address"
    response = await _form(request, "leave" if here else step)
    onward = own_path(request.query_params.get("return_to"))
    if onward is not None:
        keep(request, response, ONWARD, onward, seconds=QUARTER_OF_AN_HOUR)
    return response


async def send(request: Request) -> Response:
    """Have a code sent, and keep the secret without which it is worth nothing in this browser."""
    given = await filled_in(request)
    require_own_form(request, given)
    answer = await hub_of(request).ask("request_sign_in", {"email": given.get("email", "")}, language=chosen(request))
    payload = answer["requestSignIn"]
    if payload["errors"]:
        return await _form(request, "address", errors=payload["errors"], email=given.get("email", ""))
    response = RedirectResponse("/sign-in", 303, UNSTORED)
    keep(request, response, ASKED, payload["secret"], seconds=QUARTER_OF_AN_HOUR)
    return response


async def confirm(request: Request) -> Response:
    """Sign in by code and secret; the token is kept in this browser alone, out of reach of any program in it."""
    given = await filled_in(request)
    require_own_form(request, given)
    variables = {"code": given.get("code", ""), "secret": kept(request, ASKED) or ""}
    payload = (await hub_of(request).ask("confirm_sign_in", variables, language=chosen(request)))["confirmSignIn"]
    if payload["errors"]:
        return await _form(request, "code", errors=payload["errors"])
    return _signed_in(request, payload["token"])


async def finish(request: Request) -> Response:
    """Sign in whoever comes back from an identity provider, where this is the browser that they began in.

    Whoever is signed in, and went there to link it, has it linked.
    """
    if account.is_linking(request) and kept(request, SESSION) is not None:
        return await account.linked(request)
    variables = {"code": request.query_params.get("code", ""), "secret": own_secret(request) or ""}
    payload = (await hub_of(request).ask("exchange_sign_in", variables, language=chosen(request)))["exchangeSignIn"]
    if payload["errors"]:
        return await _form(request, "address", errors=payload["errors"])
    return _signed_in(request, payload["token"])


def _signed_in(request: Request, token: str) -> Response:
    response = RedirectResponse(own_path(kept(request, ONWARD)) or "/", 303, UNSTORED)
    keep(request, response, SESSION, token, seconds=A_MONTH)
    for over in (ASKED, ONWARD):
        keep(request, response, over, None)
    return response


async def again(request: Request) -> Response:
    """Forget the code that was asked for, to ask for another one."""
    require_own_form(request, await filled_in(request))
    response = RedirectResponse("/sign-in", 303, UNSTORED)
    keep(request, response, ASKED, None)
    return response


async def leave(request: Request) -> Response:
    """End the sign-in, in the hub and in this browser."""
    require_own_form(request, await filled_in(request))
    token, provider = kept(request, SESSION), None
    if token is not None:
        with contextlib.suppress(SignedOut):
            # It was over already, and is forgotten here all the same.
            ended = await hub_of(request).ask("end_sign_in", language=chosen(request), token=token)
            provider = (ended["endSignIn"]["signIn"] or {}).get("provider")
    there = f"/sign-in?left={quote(provider)}" if provider else "/"
    response = RedirectResponse(there, 303, UNSTORED)
    keep(request, response, SESSION, None)
    return response


async def _is_good(request: Request, token: str) -> bool:
    try:
        answer = await hub_of(request).ask("viewer", language=chosen(request), token=token)
    except SignedOut:
        return False
    return bool(answer["viewer"]["signedIn"])


async def _form(
    request: Request, step: str, *, errors: list[dict[str, Any]] | None = None, email: str = ""
) -> Response:
    options = await hub_of(request).ask("sign_in_options", language=chosen(request))
    providers = options["signInOptions"]["providers"]
    left = request.query_params.get("left")
    outcome = request.query_params.get("outcome")
    values = {
        "providers": providers,
        "left": next((provider for provider in providers if provider["key"] == left), None),
        "outcome": outcome if outcome in OUTCOMES else None,
        "step": step,
        "errors": errors or [],
        "email": email,
        "code": request.query_params.get("code", "")[:20],
        "here": "sign_in",
        "elsewhere": step == "code" and kept(request, ASKED) is None,
    }
    return formed(
        request,
        lambda form, challenge: shown(
            request,
            "sign_in.html",
            status=422 if errors else 200,
            headers=UNSTORED,
            at="/sign-in",
            form=form,
            challenge=challenge,
            **values,
        ),
    )
