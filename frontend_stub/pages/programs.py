"""Programs of organisations: whoever speaks for one registers them, gives them tokens, and ends them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import Filled, own_form
from frontend_stub.languages import Words, chosen, to
from frontend_stub.pages.tokens import living, made_by, made_shown, token_form
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, hub_of, placed, token_of
from frontend_stub.writing import ZONE, now

HERE = "/cuenta/programas"
DONE = ("new", "change", "end", "revoke_all", "revoke")
FIELDS = {
    "organizationId": "organization",
    "name": "name",
    "purpose": "purpose",
    "contact": "contact",
    "redirectUris": "addresses",
    "expiresAt": "ends",
}
"""The fields of a program's form, by what the hub calls them."""


# ---- which there are, and a new one ---------------------------------------------------------------------------------


async def page(request: Request) -> Response:
    """Show the programs that somebody looks after; whoever speaks for nobody is told how that begins."""
    found = await _ask(request, "programs")
    return form_shown(
        request,
        "programs.html",
        organizations=found["viewer"]["represents"]["nodes"],
        programs=[_with_state(program) for program in found["clients"]["nodes"]],
        more=found["clients"]["totalCount"] > len(found["clients"]["nodes"]),
    )


async def new_page(request: Request) -> Response:
    """Ask what a new program is called, what it is for, and who answers for it."""
    return await _new_shown(request)


async def register(request: Request) -> Response:
    """Register a program."""
    given = await own_form(request)
    words = Words(chosen(request))
    facts, errors = _facts(given, words)
    if not given.get("organization"):
        errors.insert(0, {"message": words("programs.no_organization"), "field": "organization"})
    if not errors:
        key = {"organizationId": given.get("organization", ""), "idempotencyKey": given.get("idempotencyKey", "")}
        payload = (await _ask(request, "create_client", {"input": {**facts, **key}}))["createClient"]
        if not payload["errors"]:
            return _onward(request, f"/{payload['client']['id']}", "new")
        errors = placed(payload["errors"], FIELDS)
    return await _new_shown(request, errors=errors, given=given)


# ---- one of them ----------------------------------------------------------------------------------------------------


async def program_page(request: Request) -> Response:
    """Show one program, and its tokens."""
    return _shown(request, await _program(request))


async def make_token(request: Request) -> Response:
    """Make a token for a program, and show it this once."""
    given = await own_form(request)
    id_ = request.path_params["id"]
    made = await made_by(request, given, "create_client_token", {"id": id_})
    if isinstance(made, list):
        return _shown(request, await _program(request), errors=made, given=given)
    return made_shown(request, made, back=f"{HERE}/{id_}")


async def change_page(request: Request) -> Response:
    """Show what is known of a program, to be changed."""
    program = await _program(request, living=True)
    return _change_shown(request, program, _filled(program))


async def change(request: Request) -> Response:
    """Change what is known of a program."""
    given = await own_form(request)
    facts, errors = _facts(given, Words(chosen(request)))
    if not errors:
        asked = {"input": {**facts, "clientId": request.path_params["id"]}}
        errors = placed((await _ask(request, "change_client", asked))["changeClient"]["errors"], FIELDS)
    if errors:
        return _change_shown(request, await _program(request), given, errors=errors)
    return _onward(request, f"/{request.path_params['id']}", "change")


async def end_page(request: Request) -> Response:
    """Say what it does to end a program, and ask why."""
    return form_shown(request, "program_end.html", program=await _program(request, living=True), reason="")


async def end(request: Request) -> Response:
    """End a program for good."""
    given = await own_form(request)
    asked = {"id": request.path_params["id"], "reason": given.words("reason") or ""}
    errors = placed((await _ask(request, "end_client", asked))["endClient"]["errors"], {"reason": "reason"})
    if errors:
        program = await _program(request)
        return form_shown(
            request, "program_end.html", errors=errors, program=program, reason=given.get("reason", ""), at=_at(request)
        )
    return _onward(request, f"/{request.path_params['id']}", "end")


async def revoke_page(request: Request) -> Response:
    """Ask whether the tokens of a program, or one of them, are really to be revoked."""
    program = await _program(request, living=True)
    wanted = request.query_params.get("id")
    token = next((one for one in living(program["tokens"]["nodes"]) if one["id"] == wanted), None)
    if wanted is not None and token is None:
        raise HTTPException(404)
    return form_shown(request, "program_revoke.html", program=program, token=token)


async def revoke(request: Request) -> Response:
    """Revoke the tokens of a program, or the one that was named."""
    given = await own_form(request)
    id_, token = request.path_params["id"], given.get("id")
    name, asked = ("revoke_client_tokens", id_) if token is None else ("revoke_token", token)
    (payload,) = (await _ask(request, name, {"id": asked})).values()
    if payload["errors"]:
        return _shown(request, await _program(request), errors=placed(payload["errors"], {}))
    return _onward(request, f"/{id_}", "revoke_all" if token is None else "revoke")


# ---- what the pages are made of ------------------------------------------------------------------------------------


async def _ask(request: Request, name: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    return await hub_of(request).ask(name, variables, language=chosen(request), token=token_of(request))


async def _program(request: Request, *, living: bool = False) -> dict[str, Any]:
    """Return the program of the address; there is none where the visitor does not look after it, or it has ended."""
    found = (await _ask(request, "program", {"id": request.path_params["id"]}))["node"]
    if found is None or found["__typename"] != "Client" or (living and found["endedAt"] is not None):
        raise HTTPException(404)
    return _with_state(found)


def _with_state(program: dict[str, Any]) -> dict[str, Any]:
    ends = program["expiresAt"]
    over = ends is not None and dt.datetime.fromisoformat(ends) <= now()
    return {**program, "state": "ENDED" if program["endedAt"] is not None or over else "ACTIVE"}


def _at(request: Request) -> str:
    return f"{HERE}/{request.path_params['id']}"


def _onward(request: Request, path: str, done: str) -> Response:
    return RedirectResponse(f"{to(request, HERE + path)}?done={done}", 303, UNSTORED)


def _facts(given: Filled, words: Words) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a form says of a program, as the hub takes it, and what is wrong with it."""
    errors: list[dict[str, Any]] = []
    ends = None
    if given.words("ends"):
        try:
            day = dt.date.fromisoformat(given.words("ends") or "")
            midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(ZONE))
            ends = midnight.astimezone(dt.UTC).isoformat()
        except (ValueError, OverflowError):
            errors.append({"message": words("programs.bad_day"), "field": "ends"})
    facts = {name: given.words(name) or "" for name in ("name", "purpose", "contact")}
    addresses = (given.words("addresses") or "").split()
    return {**facts, "redirectUris": addresses, "expiresAt": ends}, errors


def _filled(program: dict[str, Any]) -> Filled:
    """Return the form of a program as if somebody had written what is known of it."""
    ends = program["expiresAt"] and dt.datetime.fromisoformat(program["expiresAt"]).astimezone(ZoneInfo(ZONE))
    known = {
        "name": program["name"],
        "purpose": program["purpose"],
        "contact": program["contact"] or "",
        "addresses": "\n".join(program["redirectUris"]),
        "ends": (ends - dt.timedelta(microseconds=1)).date().isoformat() if ends else "",
    }
    return Filled(list(known.items()))


async def _new_shown(
    request: Request, *, errors: list[dict[str, Any]] | None = None, given: Filled | None = None
) -> Response:
    organizations = (await _ask(request, "programs"))["viewer"]["represents"]["nodes"]
    if not organizations:
        return RedirectResponse(to(request, HERE), 303, UNSTORED)
    only = {"organization": organizations[0]["id"]} if len(organizations) == 1 else {}
    return form_shown(
        request,
        "program_new.html",
        errors=errors,
        at=f"{HERE}/nuevo",
        idempotency_key=str(uuid.uuid4()),
        organizations=[
            {"code": one["id"], "label": one["name"]["text"], "lang": one["name"]["language"]} for one in organizations
        ],
        given=given if given is not None else Filled(list(only.items())),
    )


def _change_shown(
    request: Request, program: dict[str, Any], given: Filled, *, errors: list[dict[str, Any]] | None = None
) -> Response:
    return form_shown(
        request, "program_change.html", errors=errors, at=f"{_at(request)}/cambiar", program=program, given=given
    )


def _shown(
    request: Request,
    program: dict[str, Any],
    *,
    errors: list[dict[str, Any]] | None = None,
    given: Filled | None = None,
) -> Response:
    done = request.query_params.get("done")
    return form_shown(
        request,
        "program.html",
        at=_at(request),
        errors=errors,
        done=done if done in DONE and not errors else None,
        program=program,
        tokens=living(program["tokens"]["nodes"]),
        more=program["tokens"]["totalCount"] > len(program["tokens"]["nodes"]),
        new=token_form(Words(chosen(request)), program["scopes"], given),
    )


routes = [
    Route(HERE, page, methods=["GET"]),
    Route(f"{HERE}/nuevo", new_page, methods=["GET"]),
    Route(f"{HERE}/nuevo", register, methods=["POST"]),
    Route(f"{HERE}/{{id}}", program_page, methods=["GET"]),
    Route(f"{HERE}/{{id}}/token", make_token, methods=["POST"]),
    Route(f"{HERE}/{{id}}/cambiar", change_page, methods=["GET"]),
    Route(f"{HERE}/{{id}}/cambiar", change, methods=["POST"]),
    Route(f"{HERE}/{{id}}/terminar", end_page, methods=["GET"]),
    Route(f"{HERE}/{{id}}/terminar", end, methods=["POST"]),
    Route(f"{HERE}/{{id}}/revocar", revoke_page, methods=["GET"]),
    Route(f"{HERE}/{{id}}/revocar", revoke, methods=["POST"]),
]
