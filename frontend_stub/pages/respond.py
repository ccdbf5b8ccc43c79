"""Answering a consultation: where one stands, and one section of the questions on each page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.forms import Filled
from frontend_stub.languages import Words, chosen
from frontend_stub.questionnaires.by_file import answers_taken, hand_in
from frontend_stub.questionnaires.filling import Typed, Unreadable, answered, field_of, from_response, kept, typed
from frontend_stub.questionnaires.missing import fault, languages_of, missing
from frontend_stub.questionnaires.offering import offered
from frontend_stub.questionnaires.reading_back import Copied, review_lines, typed_answers
from frontend_stub.questionnaires.showing import Question
from frontend_stub.questionnaires.standing import RESPONDED, Barred, barred, is_change
from frontend_stub.questionnaires.underway import Given, Part, Underway, here, keep_saved, saved, underway
from frontend_stub.showing import form_shown
from frontend_stub.taking_in import Chosen
from frontend_stub.whoever import UNSTORED, faults, token_if_any

LARGEST = 600 * 1024
"""The most bytes of a page of answers: the hub takes less than 100 kB, which a form writes six times as long."""

MOST_BYTES = 90_000
"""How much of answers the hub takes at once, with what goes beside them."""

REVIEW, LATER = "/revisar", "/despues"
Fault = dict[str, Any]


async def page(request: Request) -> Response:
    """Show where somebody stands, or one section of the questions."""
    response = await underway(request, organization=request.query_params.get("por"))
    number = request.query_params.get("parte")
    bar = barred(response)
    if number is None or bar is not None or needs_invitation(response):
        return await start(request, response, bar)
    part = response.part(number)
    if part is None:
        raise HTTPException(404)
    if not response.has_something(part, response.answers):
        onward = response.after(part, response.answers)
        return RedirectResponse(_leads(request, response, onward), 303, UNSTORED)
    fields = {question["code"]: kept(question, response.answers.get(question["code"])) for question in part.questions}
    return await _section(request, response, part, fields)


def needs_invitation(response: Underway) -> bool:
    """Whether somebody has to show an invitation first."""
    invited = response.consultation["identityPolicy"] == "INVITED"
    return invited and response.invitation is None


async def start(
    request: Request,
    response: Underway,
    bar: Barred | None,
    *,
    errors: list[Fault] | None = None,
    status: int = 200,
    invitation: str | None = None,
) -> Response:
    """Show where somebody stands: what is answered and missing in each section, or why nothing can be answered."""
    given = response.consultation["viewerResponse"]
    shown_again = given if bar and bar.code in RESPONDED and response.organization is None else None
    lacking = response.lacking(response.answers)
    steps = [_step(request, response, part, lacking) for part in response.parts]
    return form_shown(
        request,
        "respond.html",
        at=f"/consultas/{response.id}/responder",
        errors=errors,
        status=status if bar is None or bar.code in RESPONDED | {"UNAUTHENTICATED"} else bar.status,
        response=response,
        consultation=response.consultation,
        bar=bar,
        given=shown_again,
        lines=await review_lines(request, response, response.fitting(from_response(given["answers"])), sent=True)
        if shown_again
        else [],
        changing=is_change(response),
        needs_invitation=needs_invitation(response) and bar is None,
        invitation=request.query_params.get("invitacion", "")[:100] if invitation is None else invitation,
        steps=[step for step in steps if step],
        onward=_next(request, response, lacking),
        address=lambda path="", **query: here(request, response, path, **query),
        again=request.query_params.get("done") == "changed",
    )


def _step(request: Request, response: Underway, part: Part, lacking: dict[str, str]) -> dict[str, Any] | None:
    if not response.has_something(part, response.answers):
        return None
    codes = [question["code"] for question in part.questions]
    lacks = sum(code in lacking for code in codes)
    begun = any(code in response.answers for code in codes)
    state = "complete" if begun and not lacks else "begun" if begun else "untouched"
    return {
        "title": part.section["title"],
        "address": here(request, response, parte=part.number),
        "state": state,
        "lacks": lacks if begun else 0,
    }


def _next(request: Request, response: Underway, lacking: dict[str, str]) -> str:
    """Return the section to go on with: the first in which something is missing or nothing was answered yet."""
    if response.draft is None:
        return here(request, response, parte=1)
    last = response.draft["lastSection"] or 0
    for part in response.parts:
        codes = [question["code"] for question in part.questions]
        untouched = part.section["position"] > last and not any(code in response.answers for code in codes)
        if (untouched or any(code in lacking for code in codes)) and response.has_something(part, response.answers):
            return here(request, response, parte=part.number)
    return here(request, response, REVIEW)


def _leads(request: Request, response: Underway, part: Part | None) -> str:
    return here(request, response, REVIEW) if part is None else here(request, response, parte=part.number)


# ---- a section that was sent ---------------------------------------------------------------------------------------


async def save(request: Request) -> Response:
    """Keep the answers of one section, and go on; where something is wrong, say so beside what was typed."""
    async with answers_taken(request, largest=LARGEST) as (given, files):
        return await _save(request, given, files)


async def _save(request: Request, given: Filled, files: Mapping[str, Chosen]) -> Response:
    response, bar = await taken_up(request, given)
    part = response.part(given.get("parte"))
    if part is None:
        raise HTTPException(404)
    fields = {question["code"]: typed(question, given) for question in part.questions}
    if bar is not None:
        return await refused(request, response, bar, typed_answers(part.questions, fields))
    if given.get("revision") != response.consultation["revision"]["id"]:
        return await _section(request, response, part, fields, status=409, note="corrected")
    words = Words(chosen(request))
    wrong_files = await hand_in(request, response, part, fields, files, words)
    if _looks_for_towns(part, given):
        known: dict[str, Any] = {"edition": given.get("edition"), "back": given.get("volver"), "errors": wrong_files}
        return await _section(request, response, part, fields, **known)
    later = given.get("next") == "later"
    answers, errors = _read(part, fields, words, later=later)
    errors += wrong_files
    whole = {**{c: a for c, a in response.answers.items() if c not in fields}, **answers}
    verdicts = response.asked(whole)
    whole = {code: answer for code, answer in whole.items() if verdicts[code] or code not in fields}
    errors = [one for one in errors if verdicts[one["code"]]]
    if not later:
        wrong = {one["code"] for one in errors}
        errors += [
            fault(lack, question, words)
            for question in part.questions
            if verdicts[question["code"]]
            and question["code"] not in wrong
            and (lack := missing(question, whole.get(question["code"])))
        ]
        errors.sort(key=lambda one: int(response.questions[one["code"]]["number"]))
    edition, back = given.get("edition", ""), given.get("volver")
    if not errors and bytes_of(list(whole.values())) > MOST_BYTES:
        errors = [{"message": words("review.too_long"), "field": None}]
    if errors:
        return await _section(request, response, part, fields, errors=errors, edition=edition, back=back)
    payload = await saved(
        request,
        response,
        whole,
        edition=int(edition) if edition.isdigit() and response.draft is not None else None,
        section=part.section["position"],
    )
    if payload["errors"]:
        return await _not_saved(request, response, part, fields, list(whole), payload["errors"])
    there = here(request, response, LATER) if later else None
    if there is None and back == "revisar":
        there = here(request, response, REVIEW)
    onward = RedirectResponse(there or _leads(request, response, response.after(part, whole)), 303, UNSTORED)
    keep_saved(request, onward, response, payload)
    return onward


async def taken_up(request: Request, given: Filled) -> tuple[Underway, Barred | None]:
    """Return the response that a form goes on with, and why that may not be: nobody loses what they typed by that."""
    organization = given.get("por") or None
    if organization is not None and token_if_any(request) is None:
        return await underway(request, organization=None), Barred("UNAUTHENTICATED")
    response = await underway(request, organization=organization)
    return response, barred(response)


def _looks_for_towns(part: Part, given: Filled) -> bool:
    """Whether the municipalities of another state are asked for than those that are offered already."""
    if given.get("next") != "towns":
        return False
    return any(
        given.get(field_of(one, "state"), "") != given.get(field_of(one, "listed"), "") for one in part.questions
    )


def _read(part: Part, fields: dict[str, Typed], words: Words, *, later: bool) -> tuple[Given, list[Fault]]:
    """Return the answers of a section as far as they are any, and what is wrong with the others.

    Whoever goes on later may leave a state without a municipality behind.
    """
    answers: Given = {}
    errors: list[Fault] = []
    for question in part.questions:
        try:
            answer = answered(question, fields[question["code"]])
        except Unreadable as unreadable:
            if not later or unreadable.code != "TOWN_MISSING":
                errors.append(fault(unreadable.code, question, words))
        else:
            if answer is not None:
                answers[question["code"]] = answer
    return answers, errors


async def _not_saved(
    request: Request,
    response: Underway,
    part: Part,
    fields: dict[str, Typed],
    sent: list[str],
    errors: list[dict[str, Any]],
) -> Response:
    """Say why the hub kept nothing, beside everything that was typed."""
    codes = {error["code"] for error in errors}
    if "DRAFT_CHANGED_ELSEWHERE" in codes:
        newest = await underway(request, organization=response.organization)
        return await _section(request, newest, part, fields, status=409, note="elsewhere")
    if "WRONG_REVISION" in codes:
        newest = await underway(request, organization=response.organization)
        return await _section(
            request, newest, newest.part(str(part.number)) or part, fields, status=409, note="corrected"
        )
    found = [_placed(error, response, sent, Words(chosen(request))) for error in errors]
    for one in found:
        if one["field"] is not None and response.questions[one["code"]]["kind"] == "FILE":
            # What the hub does not take for an answer has to be chosen again.
            fields[one["code"]] = Typed()
    if all(error["field"] is None for error in found):
        bar = Barred(errors[0]["code"], errors[0]["message"])
        return await refused(request, response, bar, typed_answers(part.questions, fields))
    return await _section(request, response, part, fields, errors=found)


def _placed(error: dict[str, Any], response: Underway, sent: list[str], words: Words) -> Fault:
    """Return what the hub found wrong, at the question that it is about."""
    path = error.get("path") or []
    if path[:1] == ["answers"] and len(path) > 1 and str(path[1]).isdigit() and int(path[1]) < len(sent):
        return fault(error["code"], response.questions[sent[int(path[1])]], words, message=error["message"])
    return {"message": faults([error])[0]["message"], "field": None}


placed = _placed


def bytes_of(answers: Any) -> int:
    """Return how long answers are on their way to the hub."""
    return len(json.dumps(answers, ensure_ascii=False).encode())


async def refused(request: Request, response: Underway, bar: Barred, answers: Copied) -> Response:
    """Say that nothing was kept and why, with everything that was typed, to be copied."""
    text = "\n\n".join("\n".join([question["title"]["text"], *lines]) for question, lines in answers)
    return form_shown(
        request,
        "respond_refused.html",
        at=f"/consultas/{response.id}/responder",
        status=bar.status,
        consultation=response.consultation,
        bar=bar,
        text=text,
        back=here(request, response),
    )


# ---- showing a section ---------------------------------------------------------------------------------------------


async def _section(
    request: Request,
    response: Underway,
    part: Part,
    fields: dict[str, Typed],
    *,
    errors: list[Fault] | None = None,
    status: int = 200,
    edition: str | None = None,
    back: str | None = None,
    note: str | None = None,
) -> Response:
    words = Words(chosen(request))
    verdicts = response.asked(response.answers, open_=part.questions)
    shown = [question for question in part.questions if verdicts[question["code"]] is not False]
    items = [await offered(request, response, question, fields[question["code"]], words) for question in shown]
    newest = "" if response.draft is None else str(response.draft["edition"])
    texts = [question["title"] for question in shown]
    return form_shown(
        request,
        "respond_section.html",
        at=f"/consultas/{response.id}/responder",
        errors=errors,
        status=status,
        response=response,
        consultation=response.consultation,
        part=part,
        items=items,
        edition=newest if edition is None else edition,
        back=request.query_params.get("volver") if back is None else back,
        note="corrected" if note is None and response.outdated else note,
        elsewhere=await _elsewhere(request, response, shown, fields) if note == "elsewhere" else [],
        languages=languages_of(texts, words),
        address=lambda path="", **query: here(request, response, path, **query),
    )


async def _elsewhere(
    request: Request, response: Underway, shown: list[Question], fields: dict[str, Typed]
) -> list[dict[str, Any]]:
    """Return what was saved elsewhere, of the questions that are answered otherwise here."""
    differing = {}
    for question in shown:
        code = question["code"]
        try:
            typed_here = answered(question, fields[code])
        except Unreadable:
            typed_here = None
        if code in response.answers and response.answers[code] != typed_here:
            differing[code] = response.answers[code]
    return await review_lines(request, response, differing)


routes = [
    Route("/consultas/{id}/responder", page, methods=["GET"]),
    Route("/consultas/{id}/responder", save, methods=["POST"]),
]
