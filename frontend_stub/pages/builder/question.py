"""One question of the questionnaire that is being written: how a new one is answered, and all that it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from frontend_stub.building.arranging import (
    Gone,
    Input,
    Place,
    place_of,
    question_of,
    with_question,
    with_question_in,
    with_question_put,
)
from frontend_stub.building.kinds import (
    FILE_TYPES,
    KINDS,
    OWN_WORDS,
    PLACE_KINDS,
    SENSITIVITIES,
    TRAITS,
    blank,
    kinds_like,
)
from frontend_stub.building.question_form import Fields, fields_given, fields_of, question_given
from frontend_stub.building.telling import Telling, read_in
from frontend_stub.building.workbench import (
    Work,
    benches,
    draft_opened,
    faults_at,
    faults_in,
    form_of,
    is_correction,
    kept,
    work_given,
)
from frontend_stub.drafting import is_overtaken, status_of
from frontend_stub.forms import Filled
from frontend_stub.languages import LANGUAGES, Words, chosen
from frontend_stub.pages.builder.overview import overview, shown_after
from frontend_stub.showing import form_shown

LISTING = ("add", "up", "down", "remove")
"""What the buttons of a list of options or rows do."""

Wrong = list[dict[str, Any]]


# ---- a new one -----------------------------------------------------------------------------------------------------


async def new(request: Request) -> Response:
    """Show the kinds to choose from, and then the form of the kind that was chosen."""
    wrong = "elegir" in request.query_params and request.query_params.get("tipo", "") not in KINDS
    return await _new(request, await draft_opened(request), wrong=wrong)


async def added(request: Request) -> Response:
    """Show the same in a correction, or take the new question."""
    given = await form_of(request)
    work = await work_given(request, given)
    verb = given.get("act", "").partition(" ")[0]
    if verb == "back":
        return await overview(request, work)
    kind = given.get("tipo") or given.get("kind") or request.query_params.get("tipo", "")
    if verb == "kind" or kind not in KINDS:
        return await _new(request, work, kind=kind, wrong=verb == "kind" and kind not in KINDS)
    before = blank(_first_kind(kind, request))
    if verb in LISTING:
        return await _listed(request, work, given, before)
    question, faults = question_given(given, before, taken=work.taken(), source=work.source)
    if faults:
        return await _form(request, work, fields_given(given, before), before, faults=faults)
    changed = with_question(work.questionnaire, question, _place(request, work))
    errors = await kept(request, work, changed, based_on=given.get("basedOn"))
    if errors:
        return await _refused(request, work, given, before, errors, at=place_of(changed, question["code"]))
    return await shown_after(request, work.with_questionnaire(changed), {"name": "added", "code": question["code"]})


def _first_kind(kind: str, request: Request) -> str:
    """Return the kind that was chosen first: the form lets it be changed to one that is alike."""
    first = request.query_params.get("tipo", kind)
    return first if first in KINDS else kind


def _place(request: Request, work: Work) -> Place:
    """Return where a new question is to stand: at the end of a section where nothing else was said."""
    part, number = (request.query_params.get(name, "") for name in ("parte", "lugar"))
    sections = work.questionnaire["sections"]
    if not sections or not (part.isdecimal() and int(part) < len(sections)):
        raise HTTPException(404)
    last = len(sections[int(part)]["questions"])
    return Place(int(part), min(int(number), last) if number.isdecimal() else last)


async def _new(request: Request, work: Work, *, kind: str | None = None, wrong: bool = False) -> Response:
    chosen_kind = request.query_params.get("tipo", "") if kind is None else kind
    place = _place(request, work)
    if chosen_kind in KINDS:
        question = blank(chosen_kind)
        return await _form(request, work, fields_of(question).with_something_to_fill(), question)
    words = Words(chosen(request))
    return form_shown(
        request,
        "builder/kind.html",
        at=work.address,
        work=work,
        title=read_in(work.title, words),
        part=place.section,
        place=place.number,
        kinds=_kinds(KINDS, words),
        errors=[{"field": "tipo", "message": words("builder_kind.none")}] if wrong else [],
    )


# ---- one that there is ---------------------------------------------------------------------------------------------


async def page(request: Request) -> Response:
    """Show the form of a question, with what it still lacks."""
    return await _edited(request, await draft_opened(request))


async def act(request: Request) -> Response:
    """Take what was written, or do what a button of a list says; in a correction, show the form first."""
    given = await form_of(request)
    work = await work_given(request, given)
    verb = given.get("act", "").partition(" ")[0]
    if verb == "back":
        return await overview(request, work)
    if verb == "open":
        return await _edited(request, work)
    code = request.path_params["code"]
    try:
        before = question_of(work.questionnaire, code)
    except Gone:
        return await overview(request, work, wrong="gone", status=409)
    if verb in LISTING:
        return await _listed(request, work, given, before)
    question, faults = question_given(given, before, taken=work.taken(but=code), source=work.source)
    if faults:
        return await _form(request, work, fields_given(given, before), before, faults=faults)
    changed = with_question_put(work.questionnaire, code, question)
    at = place_of(changed, question["code"])
    wanted = given.get("parte", "")
    if wanted.isdecimal() and int(wanted) != at.section and int(wanted) < len(changed["sections"]):
        changed = with_question_in(changed, question["code"], int(wanted))
        at = place_of(changed, question["code"])
    errors = await kept(request, work, changed, based_on=given.get("basedOn"))
    if errors:
        return await _refused(request, work, given, before, errors, at=at)
    return await shown_after(request, work.with_questionnaire(changed), {"name": "saved", "code": question["code"]})


async def _edited(request: Request, work: Work) -> Response:
    try:
        question = question_of(work.questionnaire, request.path_params["code"])
    except Gone:
        if is_correction(request):
            return await overview(request, work, wrong="gone", status=409)
        raise HTTPException(404) from None
    found = faults_at(await faults_in(request, work), place_of(work.questionnaire, question["code"]))
    fields = fields_of(question).with_something_to_fill()
    wanting = [{"field": _field(where, fields), "message": message} for where, message in found]
    return await _form(request, work, fields, question, wanting=wanting)


async def _listed(request: Request, work: Work, given: Filled, before: Input) -> Response:
    """Show the form again after a button of a list: nothing is saved by it, and nothing is lost."""
    fields, _ = fields_given(given, before).after(given["act"])
    return await _form(request, work, fields, before)


async def _refused(request: Request, work: Work, given: Filled, before: Input, errors: Wrong, *, at: Place) -> Response:
    """Show the form again with what the hub found wrong, at the fields that it is about."""
    fields = fields_given(given, before).without_blanks()
    if is_overtaken(errors):
        return await _form(request, await draft_opened(request), fields, before, overtaken=True, status=409)
    told = [{"field": _field(where, fields), "message": message} for where, message in faults_at(errors, at)]
    elsewhere = [error for error in errors if not faults_at([error], at)]
    told += [{"field": None, "message": error["message"]} for error in elsewhere]
    return await _form(request, work, fields, before, errors=told, status=status_of(errors))


def _field(where: Sequence[str], fields: Fields) -> str | None:
    """Return the field of the form that a place in the question is in."""
    match list(where):
        case ["displayRule", *_]:
            return None
        case ["options" | "rows" as name, number, "label", *_]:
            return f"{name}.{number}.label.{_empty_language(fields.lists[name][int(number)].words)}"
        case ["options" | "rows" as name, number, "other", *_]:
            return f"{name}.{number}.other"
        case ["options" | "rows" as name, *_]:
            return f"{name}.0.label.{LANGUAGES[0]}"
        case ["title" | "hint" | "unit" | "lowLabel" | "highLabel" as name, *_]:
            return f"{name}.{_empty_language(fields.words[name])}"
        case [name, *_]:
            return name
    return None


def _empty_language(words: dict[str, str]) -> str:
    """Return the language that something is missing in, or the first one where nothing is."""
    return next((language for language in LANGUAGES if not words.get(language)), LANGUAGES[0])


async def _form(
    request: Request,
    work: Work,
    fields: Fields,
    before: Input,
    *,
    faults: Sequence[tuple[str, str]] = (),
    errors: Wrong | None = None,
    wanting: Wrong | None = None,
    overtaken: bool = False,
    status: int = 200,
) -> Response:
    words = Words(chosen(request))
    told = Telling(work.questionnaire, words).questions.get(before["code"])
    place = _place(request, work) if told is None else told.place
    found = [{"field": field, "message": words.named("question_faults", code)} for field, code in faults]
    rule = before["displayRule"]
    return form_shown(
        request,
        "builder/question.html",
        status=status,
        at=work.address,
        work=work,
        title=read_in(work.title, words),
        told=told,
        place=place,
        fields=fields,
        traits=TRAITS[fields.kind],
        condition=Telling(work.questionnaire, words).rule(rule) if rule else None,
        kinds=_kinds(() if before.get("continues") else kinds_like(before["kind"]), words),
        first_kind=before["kind"],
        own_words=fields.kind in OWN_WORDS,
        sensitivities=_sensitivities(words),
        places=[{"code": code, "label": words.named("places_offered", code)} for code in PLACE_KINDS],
        file_types=[{"code": ending, "label": ending.removeprefix(".").upper()} for ending in FILE_TYPES],
        parts=[
            {"code": str(at), "label": words("builder.part_named", number=at + 1, title=heading["text"])}
            for at, heading in enumerate(read_in(part["title"], words) for part in work.questionnaire["sections"])
        ],
        languages=LANGUAGES,
        wanting=wanting or [],
        overtaken=overtaken,
        errors=[*found, *(errors or [])],
    )


def _kinds(codes: Sequence[str], words: Words) -> list[dict[str, str]]:
    """Return kinds to choose from, each with what it is for."""
    return [
        {"code": code, "label": words.named("kinds_offered", code), "hint": words.named("kinds_explained", code)}
        for code in codes
    ]


def _sensitivities(words: Words) -> list[dict[str, str]]:
    """Return who may read answers, to choose from, each with what it means."""
    return [
        {
            "code": code,
            "label": words.named("sensitivity_offered", code),
            "hint": words.named("sensitivity_explained", code),
        }
        for code in SENSITIVITIES
    ]


routes = [
    *benches("/nueva", show=new, act=added),
    *benches("/pregunta/{code}", show=page, act=act),
]
