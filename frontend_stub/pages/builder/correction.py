"""Putting a correction in force: what changes is looked over, and then sent as a whole with its class and its note."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.building.changes import changes, words_alone
from frontend_stub.building.telling import read_in
from frontend_stub.building.workbench import Work, correction_begun, form_of, work_carried
from frontend_stub.drafting import given_words, said_in, status_of
from frontend_stub.forms import Filled
from frontend_stub.holding import held
from frontend_stub.languages import LANGUAGES, Words, chosen, to
from frontend_stub.pages.builder.overview import overview
from frontend_stub.sending import sent
from frontend_stub.showing import form_shown, shown
from frontend_stub.whoever import UNSTORED, hub_of, token_of

CLASSES = ("CLARIFICATION", "SUBSTANTIVE")


async def act(request: Request) -> Response:
    """Show what the correction changes, or put it in force."""
    given = await form_of(request)
    work = work_carried(request, given)
    verb = given.get("act", "")
    if verb == "back":
        return await overview(request, work)
    force = await correction_begun(request)
    # What was carried names the revision that it began from; another one may be in force by now.
    others = force.edition != work.edition
    work = replace(work, edition=force.edition)
    if verb == "send" and others and not changes(force.questionnaire, work.questionnaire, Words(chosen(request))):
        # It was sent twice, and once is enough.
        return _sent(request, work)
    if verb != "send" or others:
        return _shown(request, work, force, given, others=others, status=409 if others else 200)
    wanted = given.get("class", "")
    if wanted not in CLASSES:
        words = Words(chosen(request))
        wrong = [{"field": "class", "message": words("correction.class_missing")}]
        return _shown(request, work, force, given, errors=wrong)
    correction = {
        "consultationId": work.id,
        "revisionClass": wanted,
        "note": said_in(given, "note", None, source=work.source),
        "questionnaire": sent(work.questionnaire),
        "idempotencyKey": given.get("idempotencyKey"),
    }
    answer = await hub_of(request).ask(
        "correct_questionnaire", {"input": correction}, language=chosen(request), token=token_of(request)
    )
    errors = answer["correctQuestionnaire"]["errors"]
    if errors:
        told = [{"field": _field(error, given), "message": error["message"]} for error in errors]
        return _shown(request, work, force, given, errors=told, status=status_of(errors))
    return _sent(request, work)


def _field(error: dict[str, Any], given: Filled) -> str | None:
    if list(error["path"] or ())[:1] != ["note"]:
        return "class" if error["code"] == "NOT_A_CLARIFICATION" else None
    words = given_words(given, "note")
    return f"note.{next((language for language in LANGUAGES if not words[language]), LANGUAGES[0])}"


def _shown(
    request: Request,
    work: Work,
    force: Work,
    given: Filled,
    *,
    others: bool = False,
    errors: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> Response:
    words = Words(chosen(request))
    found = changes(force.questionnaire, work.questionnaire, words)
    allowed = CLASSES if words_alone(found) else CLASSES[1:]
    return form_shown(
        request,
        "builder/correction.html",
        status=status,
        at=f"/escritorio/consultas/{work.id}/corregir",
        work=work,
        title=read_in(work.title, words),
        changes=found,
        classes=[
            {
                "code": code,
                "label": words.named("classes_offered", code),
                "hint": words.named("classes_explained", code),
            }
            for code in allowed
        ],
        chosen_class=given.get("class") or (allowed[0] if len(allowed) == 1 else None),
        note=given_words(given, "note"),
        languages=LANGUAGES,
        key=given.get("idempotencyKey") or str(uuid4()),
        responses=force.responses,
        others_too=others,
        errors=errors or [],
    )


def _sent(request: Request, work: Work) -> Response:
    return RedirectResponse(to(request, f"/escritorio/consultas/{work.id}/corregir/hecho"), 303, UNSTORED)


async def done(request: Request) -> Response:
    """Say that a correction is in force."""
    work = await correction_begun(request)
    return shown(request, "builder/corrected.html", work=work, title=read_in(work.title, Words(chosen(request))))


routes = [
    Route("/escritorio/consultas/{id}/corregir/revisar", held(act), methods=["POST"]),
    Route("/escritorio/consultas/{id}/corregir/hecho", done, methods=["GET"]),
]
