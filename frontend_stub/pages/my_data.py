"""Everything about oneself: showing again who one is, taking a copy, and being erased.

A copy is handed over in the answer to its form, so that no link to it lies in a history or on a page.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import keep, kept, own_form
from frontend_stub.languages import Words, chosen, to
from frontend_stub.showing import form_shown, shown
from frontend_stub.whoever import SESSION, UNSTORED, faults, hub_of, token_of

ASKED, GONE = "asked-again", "gone"
"""The cookies of the secret that was told with a code, and of a browser whose person has just been erased."""

QUARTER_OF_AN_HOUR = 15 * 60
HERE = "/cuenta/datos"
CONTRIBUTIONS = ("KEPT_WITHOUT_NAME", "REMOVED")
"""What may become of what somebody said, as the hub calls it; each has its words."""


async def page(request: Request) -> Response:
    """Have somebody show again who they are; whoever has just done that may have their data, told or erased."""
    asked_elsewhere = "code" in request.query_params and kept(request, ASKED) is None
    if asked_elsewhere and kept(request, SESSION) is None:
        return await _form(request, "elsewhere")
    if _is_fresh(await _mine(request)):
        return await _form(request, "choose")
    if asked_elsewhere:
        return await _form(request, "elsewhere")
    return await _form(request, "code" if kept(request, ASKED) else "send")


async def send(request: Request) -> Response:
    """Have a code sent, and keep the secret without which it is worth nothing in this browser."""
    await own_form(request)
    answer = await _ask(request, "request_reauthentication")
    payload = answer["requestReauthentication"]
    if payload["errors"]:
        return await _form(request, "send", errors=faults(payload["errors"]))
    response = RedirectResponse(to(request, HERE), 303, UNSTORED)
    keep(request, response, ASKED, payload["secret"], seconds=QUARTER_OF_AN_HOUR)
    return response


async def confirm(request: Request) -> Response:
    """Show by code and secret who one is."""
    given = await own_form(request)
    variables = {"code": given.get("code", ""), "secret": kept(request, ASKED) or ""}
    payload = (await _ask(request, "confirm_reauthentication", variables))["confirmReauthentication"]
    if payload["errors"]:
        return await _form(request, "code", errors=[{**fault, "field": "code"} for fault in faults(payload["errors"])])
    return _onward(request, HERE)


async def again(request: Request) -> Response:
    """Forget the code that was asked for, to ask for another one."""
    await own_form(request)
    return _onward(request, HERE)


async def copy(request: Request) -> Response:
    """Hand over a copy of everything about whoever asks; where they have to show again who they are, ask for that."""
    await own_form(request)
    answer = await _ask(request, "request_personal_data", {"language": chosen(request)})
    payload = answer["requestPersonalData"]
    if _asks_who(payload):
        return RedirectResponse(to(request, HERE), 303, UNSTORED)
    if payload["errors"]:
        return await _form(request, "choose", errors=faults(payload["errors"]))
    fetched = await hub_of(request).fetch(payload["path"], language=chosen(request), token=token_of(request))
    told = {name: fetched.headers[name] for name in ("content-type", "content-disposition")}
    return Response(fetched.content, 200, {**UNSTORED, **told})


async def erase_page(request: Request) -> Response:
    """Say what goes when somebody has themself erased, what stays and why, and ask whether they mean it."""
    mine = await _mine(request)
    return _erasing(request, mine) if _is_fresh(mine) else RedirectResponse(to(request, HERE), 303, UNSTORED)


async def erase(request: Request) -> Response:
    """Erase somebody who has said what becomes of their contributions, and that they mean it."""
    given = await own_form(request)
    token_of(request)
    words = Words(chosen(request))
    contributions, meant = given.get("contributions"), given.get("confirm") == "yes"
    errors: list[dict[str, str | None]] = []
    if contributions not in CONTRIBUTIONS:
        errors.append({"message": words("erase.choose"), "field": "contributions"})
    if not meant:
        errors.append({"message": words("erase.unconfirmed"), "field": "confirm"})
    if not errors:
        payload = (await _ask(request, "erase_me", {"contributions": contributions, "confirm": meant}))["eraseMe"]
        if _asks_who(payload):
            return RedirectResponse(to(request, HERE), 303, UNSTORED)
        errors = faults(payload["errors"])
    if errors:
        return _erasing(request, await _mine(request), errors=errors, given=given)
    response = _onward(request, "/borrada")
    keep(request, response, SESSION, None)
    keep(request, response, GONE, "yes", seconds=QUARTER_OF_AN_HOUR)
    return response


async def erased(request: Request) -> Response:
    """Say to a browser whose person has just been erased that it is done, and what stays."""
    if kept(request, GONE) is None:
        return RedirectResponse(to(request, "/"), 303, UNSTORED)
    answer = await hub_of(request).ask("kept_after_erasure", language=chosen(request))
    return shown(request, "erased.html", headers=UNSTORED, stays=answer["viewer"]["keptAfterErasure"])


async def _ask(request: Request, name: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    return await hub_of(request).ask(name, variables, language=chosen(request), token=token_of(request))


async def _mine(request: Request) -> dict[str, Any]:
    mine: dict[str, Any] = (await _ask(request, "my_data"))["viewer"]
    return mine


def _is_fresh(mine: dict[str, Any]) -> bool:
    # Whoever has signed in that often since then is asked by the act itself.
    return next((found["fresh"] for found in mine["signIns"]["nodes"] if found["current"]), True)


def _asks_who(payload: dict[str, Any]) -> bool:
    """Whether it is too long ago that they showed who they are; the page asks for that in its own words."""
    return any(error["code"] == "REAUTHENTICATION_NEEDED" for error in payload["errors"])


def _onward(request: Request, there: str) -> Response:
    response = RedirectResponse(to(request, there), 303, UNSTORED)
    keep(request, response, ASKED, None)
    return response


async def _form(request: Request, step: str, *, errors: list[dict[str, Any]] | None = None) -> Response:
    code = request.query_params.get("code", "")[:20]
    return form_shown(request, "my_data.html", at=HERE, errors=errors, step=step, code=code)


def _erasing(
    request: Request,
    mine: dict[str, Any],
    *,
    errors: list[dict[str, Any]] | None = None,
    given: dict[str, str] | None = None,
) -> Response:
    words = Words(chosen(request))
    return form_shown(
        request,
        "erase.html",
        at="/cuenta/datos/borrar",
        errors=errors,
        stays=mine["keptAfterErasure"],
        choices=[{"code": code, "label": words.named("contributions", code)} for code in CONTRIBUTIONS],
        chosen=(given or {}).get("contributions"),
    )


routes = [
    Route(HERE, page, methods=["GET"]),
    Route(f"{HERE}/code", send, methods=["POST"]),
    Route(f"{HERE}/confirm", confirm, methods=["POST"]),
    Route(f"{HERE}/again", again, methods=["POST"]),
    Route(f"{HERE}/copy", copy, methods=["POST"]),
    Route(f"{HERE}/borrar", erase_page, methods=["GET"]),
    Route(f"{HERE}/borrar", erase, methods=["POST"]),
    Route("/borrada", erased, methods=["GET"]),
]
