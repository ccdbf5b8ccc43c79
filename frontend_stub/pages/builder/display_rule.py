"""When a question is asked: the conditions on earlier answers, put together in a form or written by hand."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from frontend_stub.building.arranging import Gone, Input, place_of, question_of, with_question_put
from frontend_stub.building.conditions import Condition, fitting_tests
from frontend_stub.building.rule_form import (
    OF_OPTIONS,
    Shown,
    faults_of,
    shown_given,
    shown_of,
    with_condition,
    without_condition,
)
from frontend_stub.building.telling import Telling, Told, read_in
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
from frontend_stub.languages import Words, chosen
from frontend_stub.pages.builder.overview import overview, shown_after
from frontend_stub.showing import form_shown


async def page(request: Request) -> Response:
    """Show when a question is asked."""
    return await _opened(request, await draft_opened(request))


async def act(request: Request) -> Response:
    """Take the conditions, or add or remove one of them; in a correction, show the form first."""
    given = await form_of(request)
    work = await work_given(request, given)
    verb, _, subject = given.get("act", "").partition(" ")
    if verb == "back":
        return await overview(request, work)
    if verb == "open":
        return await _opened(request, work)
    try:
        question = question_of(work.questionnaire, request.path_params["code"])
    except Gone:
        return await overview(request, work, wrong="gone", status=409)
    if verb == "by-hand":
        text = given.words(name="text")
        return await _taken(request, work, question, text, shown_of(text), written=text)
    telling = Telling(work.questionnaire, Words(chosen(request)))
    shown = shown_given(given)
    if verb == "drop":
        return _form(request, work, question, without_condition(shown, int(subject) if subject.isdecimal() else -1))
    if verb == "add":
        longer = with_condition(shown, given.get("add", ""), telling)
        faults = [("add", "add")] if longer is None else []
        return _form(request, work, question, longer or shown, faults=faults)
    faults = faults_of(shown, telling)
    if faults:
        return _form(request, work, question, shown, faults=faults)
    return await _taken(request, work, question, shown.text(), shown)


async def _taken(
    request: Request, work: Work, question: Input, text: str | None, shown: Shown | None, *, written: str | None = None
) -> Response:
    """Keep a rule. One that is wrong is kept as well, and told beside its question until it is mended."""
    changed = with_question_put(work.questionnaire, question["code"], {**question, "displayRule": text})
    errors = await kept(request, work, changed)
    if not errors:
        return await shown_after(request, work.with_questionnaire(changed), {"name": "ruled", "code": question["code"]})
    if is_overtaken(errors):
        return await overview(request, await draft_opened(request), wrong="changed", status=409)
    field = "text" if written is not None else None
    told = [{"field": field, "message": error["message"]} for error in errors]
    return _form(request, work, question, shown, errors=told, written=written, status=status_of(errors))


async def _opened(request: Request, work: Work) -> Response:
    try:
        question = question_of(work.questionnaire, request.path_params["code"])
    except Gone:
        if is_correction(request):
            return await overview(request, work, wrong="gone", status=409)
        raise HTTPException(404) from None
    found = faults_at(await faults_in(request, work), place_of(work.questionnaire, question["code"]))
    wanting = [message for where, message in found if where == ["displayRule"]]
    return _form(request, work, question, shown_of(question["displayRule"]), wanting=wanting)


def _form(
    request: Request,
    work: Work,
    question: Input,
    shown: Shown | None,
    *,
    faults: list[tuple[str, str]] | None = None,
    errors: list[dict[str, Any]] | None = None,
    wanting: list[str] | None = None,
    written: str | None = None,
    status: int = 200,
) -> Response:
    words = Words(chosen(request))
    telling = Telling(work.questionnaire, words)
    told = telling.questions[question["code"]]
    earlier = [one for one in telling.questions.values() if one.number < told.number and one.kind != "NOTICE"]
    rule = question["displayRule"]
    found = [{"field": field, "message": words.named("rule_faults", code)} for field, code in faults or []]
    return form_shown(
        request,
        "builder/display_rule.html",
        status=status,
        at=work.address,
        work=work,
        title=read_in(work.title, words),
        told=told,
        shown=shown,
        conditions=[_condition(one, telling, words) for one in shown.conditions] if shown else [],
        joins=[
            {"code": "all", "label": words("builder_rule.all")},
            {"code": "any", "label": words("builder_rule.any")},
        ],
        earlier=_earlier(earlier, telling),
        codes=[(one, telling.name(one.code)) for one in earlier],
        sentence=telling.rule(rule) if rule else None,
        written=rule if written is None else written,
        by_hand=written is not None or shown is None,
        wanting=wanting or [],
        errors=[*found, *(errors or [])],
    )


def _condition(condition: Condition, telling: Telling, words: Words) -> dict[str, Any]:
    """Return a condition as the form shows it: what can be asked of that question, and what it is compared with."""
    told = telling.questions.get(condition.question)
    tests = (condition.test,) if told is None else fitting_tests(told.kind, condition.row)
    return {
        "about": condition.question if condition.row is None else f"{condition.question}.{condition.row}",
        "name": telling.name(condition.question, condition.row),
        "test": condition.test,
        "tests": [
            {"code": test, "label": words.named("tests", telling.test(condition.question, test))} for test in tests
        ],
        "values": condition.values,
        "choices": _choices(condition, told, telling),
        "kind": told.kind if told else None,
    }


def _choices(condition: Condition, told: Told | None, telling: Telling) -> list[dict[str, Any]] | None:
    """Return the values to choose from; those that are not there any more stay until they are taken off."""
    if told is not None and told.kind not in OF_OPTIONS:
        return None
    known = () if told is None else ("true", "false") if told.kind == "CONSENT" else tuple(told.options)
    if told is not None and told.kind == "MATRIX" and condition.row is None:
        known = ()
    values = [*known, *(value for value in condition.values if value not in known)]
    return [{"code": value, "label": telling.value(condition.question, value)} for value in values]


def _earlier(questions: list[Told], telling: Telling) -> list[dict[str, str]]:
    """Return what a condition may be about: each earlier question, and each row of a matrix."""
    return [
        {"code": one.code if row is None else f"{one.code}.{row}", "label": telling.name(one.code, row).striptags()}
        for one in questions
        for row in (None, *(one.rows if one.kind == "MATRIX" else ()))
    ]


routes = benches("/pregunta/{code}/condicion", show=page, act=act)
