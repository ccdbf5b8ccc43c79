"""Beginning and leaving off: by an invitation, on another device, later, anew, or not at all."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import own_form
from frontend_stub.languages import Words, chosen
from frontend_stub.pages.respond import refused, start
from frontend_stub.questionnaires.filling import from_response
from frontend_stub.questionnaires.keeping import keep_holding, keep_invitation
from frontend_stub.questionnaires.standing import RESPONDED, Barred, barred, is_change
from frontend_stub.questionnaires.underway import Underway, here, keep_saved, saved, underway
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, hub_of, token_if_any

HERE = "/consultas/{id}/responder"


async def invited(request: Request) -> Response:
    """Begin by an invitation: that it is good, the hub says when the draft is begun."""
    given = await own_form(request)
    response = await underway(request, organization=None)
    bar = barred(response)
    code = given.get("invitacion", "").strip()
    words = Words(chosen(request))
    if bar is not None:
        return await start(request, response, bar)
    if not code:
        errors = [{"message": words("respond.invitation_missing"), "field": "invitacion"}]
        return await start(request, response, None, errors=errors, status=422, invitation=code)
    payload = await saved(request, response, {}, edition=None, invitation=code)
    if payload["errors"]:
        known = any(error["code"].startswith("INVITATION") for error in payload["errors"])
        message = words("respond.invitation_unknown") if known else payload["errors"][0]["message"]
        errors = [{"message": message, "field": "invitacion"}]
        return await start(request, response, None, errors=errors, status=422, invitation=code)
    onward = RedirectResponse(here(request, response), 303, UNSTORED)
    keep_invitation(request, onward, response.id, code)
    keep_saved(request, onward, response, payload)
    return onward


async def later(request: Request) -> Response:
    """Say how what was answered so far is found again."""
    response = await underway(request, organization=request.query_params.get("por"))
    if response.draft is None:
        return RedirectResponse(here(request, response), 303, UNSTORED)
    return form_shown(
        request,
        "respond_later.html",
        response=response,
        consultation=response.consultation,
        draft=response.draft,
        holding=response.holding,
        onward=here(request, response),
        elsewhere=here(request, response, "/seguir"),
    )


async def resume_page(request: Request) -> Response:
    """Ask for the code and the secret of what was begun elsewhere."""
    response = await underway(request, organization=None)
    return _resuming(request, response)


async def resume(request: Request) -> Response:
    """Go on with what was begun elsewhere, in this browser."""
    given = await own_form(request)
    response = await underway(request, organization=None)
    code, secret = given.get("codigo", "").strip(), given.get("clave", "").strip()
    found = await hub_of(request).ask("found_draft", {"code": code, "secret": secret}, language=chosen(request))
    draft = found["responseDraft"]
    if draft is None or draft["consultation"]["id"] != response.id:
        words = Words(chosen(request))
        return _resuming(
            request,
            response,
            errors=[{"message": words("resume.unknown"), "field": "codigo"}],
            code=code,
            secret=secret,
        )
    onward = RedirectResponse(here(request, response), 303, UNSTORED)
    keep_holding(request, onward, response.id, (code, secret))
    return onward


def _resuming(
    request: Request,
    response: Underway,
    *,
    errors: list[dict[str, str]] | None = None,
    code: str = "",
    secret: str = "",
) -> Response:
    return form_shown(
        request,
        "respond_resume.html",
        errors=errors,
        response=response,
        consultation=response.consultation,
        code=code,
        secret=secret,
        action=here(request, response, "/seguir"),
        onward=here(request, response),
    )


async def change(request: Request) -> Response:
    """Begin to say otherwise what was sent: the answers given then become a draft."""
    given = await own_form(request)
    response = await underway(request, organization=given.get("por") or None)
    bar, former = barred(response), response.former
    if former is None or not is_change(response) or (bar is not None and bar.code not in RESPONDED):
        return await (refused(request, response, bar, []) if bar else start(request, response, None))
    if response.draft is None:
        found = await hub_of(request).ask(
            "own_response", {"id": former}, language=chosen(request), token=token_if_any(request)
        )
        answers = response.fitting(from_response(found["node"]["answers"]))
        payload = await saved(request, response, answers, edition=None)
        if payload["errors"]:
            first = payload["errors"][0]
            return await refused(request, response, Barred(first["code"], first["message"]), [])
    return RedirectResponse(here(request, response), 303, UNSTORED)


async def discard_page(request: Request) -> Response:
    """Ask whether what was answered so far is to be thrown away."""
    response = await underway(request, organization=request.query_params.get("por"))
    if response.draft is None:
        return RedirectResponse(here(request, response), 303, UNSTORED)
    return form_shown(
        request,
        "respond_discard.html",
        response=response,
        consultation=response.consultation,
        changing=is_change(response),
        action=here(request, response, "/descartar"),
        back=here(request, response),
    )


async def discard(request: Request) -> Response:
    """Throw away what was answered so far."""
    await own_form(request)
    response = await underway(request, organization=request.query_params.get("por"))
    if response.draft is not None:
        given = {"consultationId": response.id, **response.claim(), **response.held()}
        answer = await hub_of(request).ask(
            "discard_draft", {"input": given}, language=chosen(request), token=token_if_any(request)
        )
        errors = answer["discardResponseDraft"]["errors"]
        if errors and errors[0]["code"] != "DRAFT_UNKNOWN":
            return await refused(request, response, Barred(errors[0]["code"], errors[0]["message"]), [])
    onward = RedirectResponse(here(request, response), 303, UNSTORED)
    keep_holding(request, onward, response.id, None)
    return onward


routes = [
    Route(f"{HERE}/invitacion", invited, methods=["POST"]),
    Route(f"{HERE}/despues", later, methods=["GET"]),
    Route(f"{HERE}/seguir", resume_page, methods=["GET"]),
    Route(f"{HERE}/seguir", resume, methods=["POST"]),
    Route(f"{HERE}/cambiar", change, methods=["POST"]),
    Route(f"{HERE}/descartar", discard_page, methods=["GET"]),
    Route(f"{HERE}/descartar", discard, methods=["POST"]),
]
