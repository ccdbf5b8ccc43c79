"""What a respondent will see: the questionnaire that is being written, one part at a time, with nothing to send."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.building.arranging import Input
from frontend_stub.building.kinds import FILE_TYPES, LARGEST_FILE, LISTS
from frontend_stub.building.telling import Telling, read_in
from frontend_stub.building.workbench import Work, draft_opened, form_of, work_carried
from frontend_stub.drafting import TEXTS_OF_QUESTIONS
from frontend_stub.holding import held
from frontend_stub.languages import LANGUAGES, Words, chosen
from frontend_stub.questionnaires.filling import Typed
from frontend_stub.questionnaires.offering import offered_by
from frontend_stub.showing import form_shown

MOST_POINTS = 50
"""How many points of a scale are drawn: while it is being written, its ends may be anything."""


async def page(request: Request) -> Response:
    """Show a part of a draft."""
    return await _shown(request, await draft_opened(request))


async def act(request: Request) -> Response:
    """Show a part of a correction, which the form carries."""
    return await _shown(request, work_carried(request, await form_of(request)))


async def _shown(request: Request, work: Work) -> Response:
    words = Words(chosen(request))
    sections = work.questionnaire["sections"]
    wanted = request.query_params.get("parte", "1")
    number = int(wanted) if wanted.isdecimal() else 0
    if not 1 <= number <= max(len(sections), 1):
        raise HTTPException(404)
    section = sections[number - 1] if sections else None
    base = f"/escritorio/consultas/{work.id}/vista" if work.draft else f"{work.address}/vista"
    return form_shown(
        request,
        "builder/preview.html",
        at=base,
        work=work,
        base=base,
        title=read_in(work.title, words),
        number=number,
        count=len(sections),
        section=section
        and {name: section[name] and read_in(section[name], words) for name in ("title", "introduction")},
        items=await _items(request, section, Telling(work.questionnaire, words)) if section else [],
        tongues=[
            {"code": language, "address": Words(language).to(f"{base}?parte={number}")}
            for language in LANGUAGES
            if language != words.language
        ],
    )


async def _items(request: Request, section: Input, telling: Telling) -> list[dict[str, Any]]:
    """Return the questions of a section with all that their fields need, as a respondent's page has them."""
    words = telling.words
    found = []
    for question in section["questions"]:
        rule = question["displayRule"]
        said = Markup('<strong class="depends">{}</strong>')
        depends = said.format(words("rule.shown_if", condition=telling.rule(rule))) if rule else None
        number = telling.questions[question["code"]].number
        found.append(await offered_by(request, _read(question, number, words), Typed(), words, depends=depends))
    return found


def _read(question: Input, number: int, words: Words) -> dict[str, Any]:
    """Return a question in the reader's language; what it still lacks is made up as far as it is seen."""
    least = question["minimum"] or 0.0
    most = least if question["maximum"] is None else question["maximum"]
    ends = {"minimum": least, "maximum": min(most, least + MOST_POINTS)} if question["kind"] == "SCALE" else {}
    return {
        **question,
        **ends,
        **{name: question[name] and read_in(question[name], words) for name in TEXTS_OF_QUESTIONS},
        **{
            name: [{"other": False, **item, "label": read_in(item["label"], words)} for item in question[name]]
            for name in LISTS
        },
        "placeKind": question["placeKind"] or "STATE",
        "takenFiles": {
            "endings": question["fileTypes"] or FILE_TYPES,
            "maxSize": question["maxSize"] or LARGEST_FILE,
        },
        "number": number,
    }


routes = [
    Route("/escritorio/consultas/{id}/vista", page, methods=["GET"]),
    Route("/escritorio/consultas/{id}/corregir/vista", held(act), methods=["POST"]),
]
