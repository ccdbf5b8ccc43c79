"""What a respondent will see: the questionnaire that is being written, one part at a time, with nothing to send."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.building.arranging import Input
from frontend_stub.building.holding import held
from frontend_stub.building.telling import Telling, read_in
from frontend_stub.building.workbench import Work, draft_opened, form_of, work_carried
from frontend_stub.languages import LANGUAGES, Words, chosen
from frontend_stub.showing import form_shown
from frontend_stub.writing import lang

MOST_POINTS = 50
"""How many points of a scale are drawn: while it is being written, its ends may be anything."""


async def page(request: Request) -> Response:
    """Show a part of a draft."""
    return _shown(request, await draft_opened(request))


async def act(request: Request) -> Response:
    """Show a part of a correction, which the form carries."""
    return _shown(request, work_carried(request, await form_of(request)))


def _shown(request: Request, work: Work) -> Response:
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
        questions=_questions(section, Telling(work.questionnaire, words)) if section else [],
        tongues=[
            {"code": language, "address": Words(language).to(f"{base}?parte={number}")}
            for language in LANGUAGES
            if language != words.language
        ],
    )


def _questions(section: Input, telling: Telling) -> list[dict[str, Any]]:
    words = telling.words
    return [
        {
            **question,
            **{
                name: question[name] and read_in(question[name], words)
                for name in ("title", "hint", "unit", "lowLabel", "highLabel")
            },
            **{
                name: [
                    {"code": item["code"], "label": read_in(item["label"], words), "other": item.get("other", False)}
                    for item in question[name]
                ]
                for name in ("options", "rows")
            },
            "number": telling.questions[question["code"]].number,
            "condition": telling.rule(question["displayRule"]) if question["displayRule"] else None,
            "points": _points(question, words),
            "choices": _choices(question["options"], words),
            "ranks": [{"code": str(rank), "label": rank} for rank in range(1, len(question["options"]) + 1)],
        }
        for question in section["questions"]
    ]


def _choices(options: list[Input], words: Words) -> list[dict[str, Any]]:
    labels = [read_in(option["label"], words) for option in options]
    return [
        {"code": option["code"], "label": Markup("<span{}>{}</span>").format(lang(label, words), label["text"])}
        for option, label in zip(options, labels, strict=True)
    ]


def _points(question: Input, words: Words) -> list[dict[str, Any]]:
    """Return the points of a scale, its ends with what they mean."""
    least, most = question["minimum"], question["maximum"]
    if question["kind"] != "SCALE" or least is None or most is None:
        return []
    meant = {
        end: Markup(" – <span{}>{}</span>").format(lang(said, words), said["text"])
        for end, said in ((least, _read(question["lowLabel"], words)), (most, _read(question["highLabel"], words)))
        if said is not None
    }
    points = range(int(least), min(int(most), int(least) + MOST_POINTS) + 1)
    return [{"code": str(point), "label": Markup("{}{}").format(point, meant.get(point, ""))} for point in points]


def _read(text: Input | None, words: Words) -> dict[str, str] | None:
    return None if text is None else read_in(text, words)


routes = [
    Route("/escritorio/consultas/{id}/vista", page, methods=["GET"]),
    Route("/escritorio/consultas/{id}/corregir/vista", held(act), methods=["POST"]),
]
