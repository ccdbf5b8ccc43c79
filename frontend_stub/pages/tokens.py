"""Tokens for one's own programs: made with no more power than they need, shown once, and revoked."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import Filled, own_form
from frontend_stub.languages import Words, chosen, to
from frontend_stub.pages.api import endpoint_of, pasted
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, hub_of, placed, token_of
from frontend_stub.writing import now

HERE = "/cuenta/tokens"
DAYS = ("7", "30", "90", "180", "360")
"""How long a token may be good, in days: the hub lets none be good for more than a year."""

SCOPES = ("public:read", "bulk:read", "me:read", "responses:write", "bodies:write", "analysis:write")
"""What a token may do, from the least to the most; what the hub knows besides comes last."""

DONE = ("revoke",)
FIELDS = {"name": "name", "scopes": "scopes", "expiresAt": "days"}


async def page(request: Request) -> Response:
    """Show somebody the tokens that they made, and how another one is made."""
    return await _shown(request)


async def make(request: Request) -> Response:
    """Make a token, and show it: on the answer to the form, so that it is in no address and on no other page."""
    given = await own_form(request)
    made = await made_by(request, given, "create_token", {})
    if isinstance(made, list):
        return await _shown(request, errors=made, given=given)
    return made_shown(request, made, back=HERE)


async def revoke_page(request: Request) -> Response:
    """Ask whether a token is really to be revoked, and say what that does."""
    return form_shown(request, "token_revoke.html", token=await _of_address(request), at=f"{HERE}/revocar")


async def revoke(request: Request) -> Response:
    """Revoke a token whose owner has been asked."""
    given = await own_form(request)
    payload = (await _ask(request, "revoke_token", {"id": given.get("id", "")}))["revokeToken"]
    if payload["errors"]:
        return await _shown(request, errors=placed(payload["errors"], {}))
    return RedirectResponse(f"{to(request, HERE)}?done=revoke", 303, UNSTORED)


# ---- also for the tokens of an organisation's program ---------------------------------------------------------------


async def made_by(
    request: Request, given: Filled, name: str, known: dict[str, Any]
) -> dict[str, Any] | list[dict[str, Any]]:
    """Return what making a token answers; or what is wrong with its form, where nothing was done."""
    words = Words(chosen(request))
    scopes, days = given.all("scopes"), given.get("days", "")
    errors: list[dict[str, Any]] = []
    if given.words("name") is None:
        errors.append({"message": words("tokens.no_name"), "field": "name"})
    if not scopes:
        errors.append({"message": words("tokens.no_scope"), "field": "scopes"})
    if days not in DAYS:
        errors.append({"message": words("tokens.no_days"), "field": "days"})
    if errors:
        return errors
    variables = {
        **known,
        "name": given.words("name") or "",
        "scopes": scopes,
        "expiresAt": (_asked_at(given) + dt.timedelta(days=int(days))).isoformat(),
        "idempotencyKey": given.get("idempotencyKey", ""),
    }
    (payload,) = (await _ask(request, name, variables)).values()
    return placed(payload["errors"], FIELDS) or dict(payload)


def _asked_at(given: Filled) -> dt.datetime:
    """Return from when the days are counted: when the form was shown, so that sent twice it asks for the same."""
    try:
        return dt.datetime.fromisoformat(given.get("since", "")).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return now()


def made_shown(request: Request, made: dict[str, Any], *, back: str) -> Response:
    """Show a token that was just made; where the same form was sent before, say that it was shown then."""
    return form_shown(
        request,
        "token_made.html",
        status=200,
        at=back,
        back=back,
        made=made["token"],
        secret=made["secret"],
        command=pasted(endpoint_of(request), "whoami", language=chosen(request), token=True),
    )


def token_form(words: Words, scopes: list[str], given: Filled | None) -> dict[str, Any]:
    """Return what the form of a new token is filled with: at first with the least that is of use."""
    ticked = given.all("scopes") if given is not None else ["public:read"]
    return {
        "idempotency_key": str(uuid.uuid4()),
        "since": now().isoformat(timespec="seconds"),
        "scopes": [
            {"code": code, "label": words.named("scopes", code), "hint": words.named("scope_hints", code)}
            for code in sorted(scopes, key=_rank)
        ],
        "days": [{"code": days, "label": words.named("days", days)} for days in DAYS],
        "name": given.get("name", "") if given is not None else "",
        "ticked": ticked,
        "chosen_days": given.get("days") if given is not None else "90",
    }


def _rank(code: str) -> int:
    return SCOPES.index(code) if code in SCOPES else len(SCOPES)


def living(tokens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the tokens that were not revoked, and whether each has ended by itself."""
    instant = now()
    return [
        {**token, "over": dt.datetime.fromisoformat(token["expiresAt"]) <= instant}
        for token in tokens
        if token["revokedAt"] is None
    ]


# ---- what the pages are made of ------------------------------------------------------------------------------------


async def _ask(request: Request, name: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    return await hub_of(request).ask(name, variables, language=chosen(request), token=token_of(request))


async def _of_address(request: Request) -> dict[str, Any]:
    tokens = (await _ask(request, "tokens"))["viewer"]["tokens"]["nodes"]
    wanted = request.query_params.get("id")
    found = next((one for one in tokens if one["id"] == wanted and one["revokedAt"] is None), None)
    if found is None:
        raise HTTPException(404)
    return dict(found)


async def _shown(
    request: Request, *, errors: list[dict[str, Any]] | None = None, given: Filled | None = None
) -> Response:
    viewer = (await _ask(request, "tokens"))["viewer"]
    done = request.query_params.get("done")
    words = Words(chosen(request))
    return form_shown(
        request,
        "tokens.html",
        at=HERE,
        errors=errors,
        done=done if done in DONE and not errors else None,
        tokens=living(viewer["tokens"]["nodes"]),
        more=viewer["tokens"]["totalCount"] > len(viewer["tokens"]["nodes"]),
        new=token_form(words, viewer["scopes"], given),
    )


routes = [
    Route(HERE, page, methods=["GET"]),
    Route(f"{HERE}/nuevo", make, methods=["POST"]),
    Route(f"{HERE}/revocar", revoke_page, methods=["GET"]),
    Route(f"{HERE}/revocar", revoke, methods=["POST"]),
]
