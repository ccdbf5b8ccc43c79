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
from starlette.routing import Route

from frontend_stub.asking import SignedOut
from frontend_stub.forms import keep, kept, own_form, own_path, own_secret
from frontend_stub.languages import LANGUAGES, SOURCE, Words, chosen, path_of, to
from frontend_stub.pages import account
from frontend_stub.showing import form_shown
from frontend_stub.whoever import SESSION, UNSTORED, faults, hub_of, viewer_of

ASKED, ONWARD, SPEAKS = "asked", "onward", "speaks"
"""The cookies of the secret that was told with a code, of where whoever is signed in goes on, and of their language."""

OUTCOMES = ("start_again", "denied", "no_answer", "not_believed")
"""How the way to an identity provider may have turned out; each has its words."""

QUARTER_OF_AN_HOUR = 15 * 60
A_MONTH = 30 * 24 * 60 * 60


async def page(request: Request) -> Response:
    """Ask for the address, or for the code where one was asked for; whoever is here already may leave."""
    if "outcome" in request.query_params and (own := _in_own_language(request)):
        return own
    step = "code" if kept(request, ASKED) or "code" in request.query_params else "address"
    response = await _form(request, "leave" if viewer_of(request) else step)
    onward = own_path(request.query_params.get("return_to"))
    if onward is not None:
        keep(request, response, ONWARD, onward, seconds=QUARTER_OF_AN_HOUR)
    return response


async def send(request: Request) -> Response:
    """Have a code sent, and keep the secret without which it is worth nothing in this browser."""
    given = await own_form(request)
    answer = await hub_of(request).ask("request_sign_in", {"email": given.get("email", "")}, language=chosen(request))
    payload = answer["requestSignIn"]
    if payload["errors"]:
        return await _form(request, "address", errors=_on("email", payload["errors"]), email=given.get("email", ""))
    response = RedirectResponse(to(request, "/entrar"), 303, UNSTORED)
    keep(request, response, ASKED, payload["secret"], seconds=QUARTER_OF_AN_HOUR)
    return response


async def confirm(request: Request) -> Response:
    """Sign in by code and secret; the token is kept in this browser alone, out of reach of any program in it."""
    given = await own_form(request)
    variables = {"code": given.get("code", ""), "secret": kept(request, ASKED) or ""}
    payload = (await hub_of(request).ask("confirm_sign_in", variables, language=chosen(request)))["confirmSignIn"]
    if payload["errors"]:
        return await _form(request, "code", errors=_on("code", payload["errors"]))
    return _signed_in(request, payload["token"])


async def finish(request: Request) -> Response:
    """Sign in whoever comes back from an identity provider, where this is the browser that they began in.

    Whoever is signed in, and went there to link it, has it linked.
    """
    if own := _in_own_language(request):
        return own
    if account.is_linking(request) and kept(request, SESSION) is not None:
        return await account.linked(request)
    variables = {"code": request.query_params.get("code", ""), "secret": own_secret(request) or ""}
    payload = (await hub_of(request).ask("exchange_sign_in", variables, language=chosen(request)))["exchangeSignIn"]
    if payload["errors"]:
        return await _form(request, "address", errors=_on(None, payload["errors"]))
    return _signed_in(request, payload["token"])


def _signed_in(request: Request, token: str) -> Response:
    response = RedirectResponse(own_path(kept(request, ONWARD)) or to(request, "/"), 303, UNSTORED)
    keep(request, response, SESSION, token, seconds=A_MONTH)
    for over in (ASKED, ONWARD):
        keep(request, response, over, None)
    return response


async def again(request: Request) -> Response:
    """Forget the code that was asked for, to ask for another one."""
    await own_form(request)
    response = RedirectResponse(to(request, "/entrar"), 303, UNSTORED)
    keep(request, response, ASKED, None)
    return response


async def leave(request: Request) -> Response:
    """End the sign-in, in the hub and in this browser."""
    await own_form(request)
    token, provider = kept(request, SESSION), None
    if token is not None:
        with contextlib.suppress(SignedOut):
            # It was over already, and is forgotten here all the same.
            ended = await hub_of(request).ask("end_sign_in", language=chosen(request), token=token)
            provider = (ended["endSignIn"]["signIn"] or {}).get("provider")
    there = f"{to(request, '/entrar')}?left={quote(provider)}" if provider else to(request, "/")
    response = RedirectResponse(there, 303, UNSTORED)
    keep(request, response, SESSION, None)
    return response


def _in_own_language(request: Request) -> Response | None:
    """Lead whoever comes back from elsewhere on in the language that they began in: the way back knows but one."""
    speaks = kept(request, SPEAKS)
    if chosen(request) != SOURCE or speaks not in LANGUAGES[1:]:
        return None
    return RedirectResponse(f"{Words(speaks).to(path_of(request))}?{request.url.query}", 303, UNSTORED)


def _on(field: str | None, errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return why the hub refused, at the one field that there is."""
    return [{**fault, "field": field} for fault in faults(errors)]


async def _form(
    request: Request, step: str, *, errors: list[dict[str, Any]] | None = None, email: str = ""
) -> Response:
    options = await hub_of(request).ask("sign_in_options", language=chosen(request))
    providers = options["signInOptions"]["providers"]
    left = request.query_params.get("left")
    outcome = request.query_params.get("outcome")
    response = form_shown(
        request,
        "sign_in.html",
        at="/entrar",
        errors=errors,
        providers=providers,
        left=next((one for one in providers if one["key"] == left and one["signOutAddress"]), None),
        outcome=outcome if outcome in OUTCOMES else None,
        step=step,
        email=email,
        code=request.query_params.get("code", "")[:20],
        elsewhere=step == "code" and kept(request, ASKED) is None,
    )
    keep(request, response, SPEAKS, chosen(request), seconds=QUARTER_OF_AN_HOUR)
    return response


routes = [
    Route("/entrar", page, methods=["GET"]),
    Route("/entrar", send, methods=["POST"]),
    Route("/entrar/code", confirm, methods=["POST"]),
    Route("/entrar/again", again, methods=["POST"]),
    Route("/entrar/regreso", finish, methods=["GET"]),
    Route("/salir", leave, methods=["POST"]),
]
