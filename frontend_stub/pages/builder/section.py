"""A part of the questionnaire that is being written: its heading, and what is read before its questions."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from frontend_stub.building.arranging import Gone, Input, section_of, with_section, with_section_put
from frontend_stub.building.telling import read_in
from frontend_stub.building.workbench import (
    Work,
    benches,
    draft_opened,
    faults_of_section,
    form_of,
    is_correction,
    kept,
    work_given,
)
from frontend_stub.drafting import given_words, is_overtaken, said_if_any, said_in, status_of, words_of
from frontend_stub.forms import Filled
from frontend_stub.languages import LANGUAGES, Words, chosen
from frontend_stub.pages.builder.overview import overview, shown_after
from frontend_stub.showing import form_shown

EMPTY: Input = {"title": None, "introduction": None, "questions": []}
FIELDS = ("title", "introduction")


async def page(request: Request) -> Response:
    """Show the form of a section, or of a new one."""
    return await _opened(request, await draft_opened(request))


async def act(request: Request) -> Response:
    """Take what was written; in a correction, show the form first."""
    given = await form_of(request)
    work = await work_given(request, given)
    verb = given.get("act", "")
    if verb == "back":
        return await overview(request, work)
    if verb == "open":
        return await _opened(request, work)
    # A section is named by its place, so what is meant is that of the edition that the form was shown with.
    if given.get("basedOn", work.edition) != work.edition:
        return _form(request, work, _given(given), overtaken=True, status=409)
    try:
        at, before = _section(request, work)
    except Gone:
        return await overview(request, work, wrong="gone", status=409)
    section = {
        **before,
        "title": said_in(given, "title", before["title"], source=work.source),
        "introduction": said_if_any(given, "introduction", before["introduction"], source=work.source),
    }
    new = before is EMPTY
    changed = (with_section if new else _put)(work.questionnaire, section, at)
    errors = await kept(request, work, changed)
    if not errors:
        return await shown_after(request, work.with_questionnaire(changed), {"name": "section_saved"})
    if is_overtaken(errors):
        return _form(request, await draft_opened(request), _given(given), overtaken=True, status=409)
    told = [
        {"field": _field(where, _given(given)), "message": message}
        for where, message in faults_of_section(errors, at)
        if where[:1] != ["questions"]
    ]
    told = told or [{"field": None, "message": error["message"]} for error in errors]
    return _form(request, work, _given(given), errors=told, status=status_of(errors))


def _put(questionnaire: Input, section: Input, at: int) -> Input:
    return with_section_put(questionnaire, at, section)


def _section(request: Request, work: Work) -> tuple[int, Input]:
    """Return the section of the address and its place; a new one comes last."""
    at = request.path_params.get("at")
    return (len(work.questionnaire["sections"]), EMPTY) if at is None else (at, section_of(work.questionnaire, at))


async def _opened(request: Request, work: Work) -> Response:
    try:
        _, section = _section(request, work)
    except Gone:
        if is_correction(request):
            return await overview(request, work, wrong="gone", status=409)
        raise HTTPException(404) from None
    return _form(request, work, {name: words_of(section[name]) for name in FIELDS})


def _given(given: Filled) -> dict[str, dict[str, str]]:
    return {name: given_words(given, name) for name in FIELDS}


def _field(where: list[str], fields: dict[str, dict[str, str]]) -> str | None:
    if where[:1] not in (["title"], ["introduction"]):
        return None
    words = fields[where[0]]
    return f"{where[0]}.{next((language for language in LANGUAGES if not words.get(language)), LANGUAGES[0])}"


def _form(
    request: Request,
    work: Work,
    fields: dict[str, dict[str, str]],
    *,
    errors: list[dict[str, Any]] | None = None,
    overtaken: bool = False,
    status: int = 200,
) -> Response:
    at = request.path_params.get("at")
    return form_shown(
        request,
        "builder/section.html",
        status=status,
        at=work.address,
        work=work,
        title=read_in(work.title, Words(chosen(request))),
        number=None if at is None else at + 1,
        fields=fields,
        languages=LANGUAGES,
        overtaken=overtaken,
        errors=errors or [],
    )


routes = [
    *benches("/parte/nueva", show=page, act=act),
    *benches("/parte/{at:int}", show=page, act=act),
]
