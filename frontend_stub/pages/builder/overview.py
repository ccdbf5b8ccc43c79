"""The questionnaire that is being written: its questions in order, what each still lacks, and the buttons by them.

A button that takes something away is answered by the page itself, and by no other address: only so can the page carry
what was taken away, and put it back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.building.arranging import (
    Gone,
    Input,
    Place,
    place_of,
    placed,
    question_of,
    section_of,
    with_question,
    with_question_copied,
    with_question_moved,
    with_section,
    with_section_moved,
    without_question,
    without_section,
)
from frontend_stub.building.carrying import Spoilt, packed, unpacked
from frontend_stub.building.telling import Telling, read_in
from frontend_stub.building.workbench import (
    Work,
    benches,
    correction_begun,
    draft_opened,
    faults_at,
    faults_in,
    faults_of_section,
    form_of,
    kept,
    question_like,
    section_like,
    work_given,
)
from frontend_stub.drafting import is_overtaken, status_of
from frontend_stub.forms import Filled
from frontend_stub.languages import Words, chosen, to
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED

Done = dict[str, Any]
"""What was done, for the next page to say: its name, and the question or the part that it was done to."""

SAID_IN_THE_ADDRESS = ("moved", "copied", "added", "saved", "ruled", "restored", "section_saved", "section_moved")


async def page(request: Request) -> Response:
    """Show the questionnaire of a draft."""
    work = await draft_opened(request)
    done = request.query_params.get("done")
    found = {"name": done, "code": request.query_params.get("pregunta")} if done in SAID_IN_THE_ADDRESS else None
    return await overview(request, work, done=found)


async def begun(request: Request) -> Response:
    """Show the questionnaire that is in force, to be corrected."""
    return await overview(request, await correction_begun(request))


async def act(request: Request) -> Response:
    """Do what a button of the page says."""
    given = await form_of(request)
    work = await work_given(request, given)
    verb, _, subject = given.get("act", "").partition(" ")
    try:
        if verb in ACTS:
            changed, done = ACTS[verb](work.questionnaire, subject)
        elif verb in SECTION_ACTS:
            if given.get("basedOn", work.edition) != work.edition:
                return await overview(request, work, wrong="changed", status=409)
            changed, done = SECTION_ACTS[verb](work.questionnaire, int(subject) if subject.isdecimal() else -1)
        elif verb == "undo":
            changed, done = _restored(work.questionnaire, given)
        else:
            return await overview(request, work)
    except Gone:
        return await overview(request, work, wrong="gone", status=409)
    return await built(request, work, changed, done)


async def built(request: Request, work: Work, changed: Input, done: Done) -> Response:
    """Keep another wording of the questionnaire, and show it; where it could not be kept, show what there is now."""
    errors = await kept(request, work, changed)
    if errors:
        if is_overtaken(errors):
            return await overview(request, await draft_opened(request), wrong="changed", status=409)
        return await overview(request, work, errors=errors, status=status_of(errors))
    return await shown_after(request, work.with_questionnaire(changed), done)


async def shown_after(request: Request, work: Work, done: Done) -> Response:
    """Show the questionnaire after something was done to it, and was kept."""
    if work.draft is None or done["name"] not in SAID_IN_THE_ADDRESS:
        # What was removed can be put back only by a page that carries it.
        renewed = work if work.draft is None else await draft_opened(request)
        return await overview(request, renewed, done=done)
    code = done.get("code")
    about = f"&pregunta={code}#q-{code}" if code else ""
    return RedirectResponse(f"{to(request, work.address)}?done={done['name']}{about}", 303, UNSTORED)


async def overview(
    request: Request,
    work: Work,
    *,
    done: Done | None = None,
    wrong: str | None = None,
    errors: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> Response:
    """Return the page with the whole questionnaire."""
    words = Words(chosen(request))
    faults = await faults_in(request, work)
    telling = Telling(work.questionnaire, words)
    told = [] if wrong is None else [{"field": None, "message": words.named("builder_wrong", wrong)}]
    return form_shown(
        request,
        "builder/overview.html",
        status=status,
        at=work.address,
        work=work,
        title=read_in(work.title, words),
        sections=_sections(work, telling, faults),
        wanting=len(faults),
        done=done and {"number": "", **done, **_numbered(telling, done)},
        errors=[*told, *({"field": None, "message": error["message"]} for error in errors or [])],
    )


def _numbered(telling: Telling, done: Done) -> Done:
    told = telling.questions.get(done.get("code") or "")
    return {} if told is None else {"number": told.number}


def _sections(work: Work, telling: Telling, faults: list[dict[str, Any]]) -> list[dict[str, Any]]:
    words = telling.words
    found: list[dict[str, Any]] = [
        {
            "title": read_in(section["title"], words),
            "introduction": section["introduction"] and read_in(section["introduction"], words),
            "faults": [message for _, message in faults_of_section(faults, at)],
            "questions": [],
        }
        for at, section in enumerate(work.questionnaire["sections"])
    ]
    for place, question in placed(work.questionnaire):
        told = telling.questions[question["code"]]
        rule = question["displayRule"]
        found[place.section]["questions"].append(
            {
                "told": told,
                "required": question["required"],
                "sensitivity": question["sensitivity"],
                "condition": telling.rule(rule) if rule else None,
                "faults": [message for _, message in faults_at(faults, place)],
                "below": place.number + 1,
                # There is nowhere further up than the first place of all, nor further down than the last one.
                "first": place == (0, 0),
                "last": place == (len(found) - 1, len(work.questionnaire["sections"][place.section]["questions"]) - 1),
            }
        )
    return found


# ---- what the buttons do -------------------------------------------------------------------------------------------


def _moved(by: int) -> Callable[[Input, str], tuple[Input, Done]]:
    def move(questionnaire: Input, code: str) -> tuple[Input, Done]:
        return with_question_moved(questionnaire, code, by=by), {"name": "moved", "code": code}

    return move


def _copied(questionnaire: Input, code: str) -> tuple[Input, Done]:
    changed, another = with_question_copied(questionnaire, code)
    return changed, {"name": "copied", "code": another}


def _removed(questionnaire: Input, code: str) -> tuple[Input, Done]:
    place, question = place_of(questionnaire, code), question_of(questionnaire, code)
    number = [at for at, _ in placed(questionnaire)].index(place) + 1
    undo = packed({"question": question, "place": list(place)})
    return without_question(questionnaire, code), {"name": "removed", "number": number, "undo": undo}


def _section_moved(by: int) -> Callable[[Input, int], tuple[Input, Done]]:
    def move(questionnaire: Input, at: int) -> tuple[Input, Done]:
        return with_section_moved(questionnaire, at, by=by), {"name": "section_moved"}

    return move


def _section_removed(questionnaire: Input, at: int) -> tuple[Input, Done]:
    undo = packed({"section": section_of(questionnaire, at), "place": [at, 0]})
    return without_section(questionnaire, at), {"name": "section_removed", "number": at + 1, "undo": undo}


def _restored(questionnaire: Input, given: Filled) -> tuple[Input, Done]:
    """Put back what a page carried that had taken it away."""
    try:
        thing = unpacked(given.get("removed", ""))
        place = Place(int(thing["place"][0]), int(thing["place"][1]))
        if "section" in thing:
            return with_section(questionnaire, section_like(thing["section"]), place.section), {"name": "restored"}
        question = question_like(thing["question"])
        return with_question(questionnaire, question, place), {"name": "restored", "code": question["code"]}
    except (Spoilt, LookupError, TypeError, ValueError, AttributeError) as error:
        raise Gone("undo") from error


ACTS: dict[str, Callable[[Input, str], tuple[Input, Done]]] = {
    "up": _moved(-1),
    "down": _moved(1),
    "copy": _copied,
    "remove": _removed,
}
"""The buttons by a question, which name it by its code."""

SECTION_ACTS: dict[str, Callable[[Input, int], tuple[Input, Done]]] = {
    "section-up": _section_moved(-1),
    "section-down": _section_moved(1),
    "section-remove": _section_removed,
}
"""The buttons by a section, which name it by its place: they mean the edition that the page was shown with."""

routes = [
    *benches("", show=page, act=act),
    Route("/escritorio/consultas/{id}/corregir", begun, methods=["GET"]),
]
