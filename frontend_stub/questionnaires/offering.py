"""What the fields of a question offer, and what is said beside them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from frontend_stub.languages import Words
from frontend_stub.questionnaires.depending import dependence
from frontend_stub.questionnaires.filling import Typed, field_of
from frontend_stub.questionnaires.missing import bounds
from frontend_stub.questionnaires.places import places, territories
from frontend_stub.questionnaires.saying import labelled
from frontend_stub.questionnaires.showing import Question
from frontend_stub.questionnaires.underway import Underway

MANY = 20
"""From so many options on one is chosen from a list that folds out."""


async def offered(
    request: Request, response: Underway, question: Question, fields: Typed, words: Words
) -> dict[str, Any]:
    """Return a question of a response with all that its fields need."""
    rule = question["displayConditions"]
    same_page = {one["code"] for one in (response.part_of(question["code"]) or response.parts[0]).questions}
    hangs = any(condition["question"] in same_page for condition in rule)
    depends = (
        Markup('<strong class="depends">{}</strong>').format(dependence(rule, response.questions, words))
        if hangs
        else None
    )
    return await offered_by(request, question, fields, words, depends=depends)


async def offered_by(
    request: Request, question: Question, fields: Typed, words: Words, *, depends: Markup | None = None
) -> dict[str, Any]:
    """Return the same of a question by itself, with what is said of what it depends on."""
    hints = [depends, question["hint"] and labelled(question["hint"], words), bounds(question, words)]
    item = {
        "question": question,
        "name": field_of(question),
        "typed": fields,
        "title": Markup('<span class="number">{}.</span> {}').format(
            question["number"], labelled(question["title"], words)
        ),
        "hint": Markup("<br>").join(filter(None, hints)) or None,
        "choices": [{"code": one["code"], "label": labelled(one["label"], words)} for one in question["options"]],
        "plain": [
            {"code": one["code"], "label": one["label"]["text"], "lang": _lang(one["label"], words)}
            for one in question["options"]
        ],
        "folded": question["kind"] == "SINGLE_CHOICE" and len(question["options"]) > MANY,
        "other": next((labelled(one["label"], words) for one in question["options"] if one["other"]), None),
        "points": _points(question, words),
        "ranks": [{"code": str(n), "label": str(n)} for n in range(1, len(question["options"]) + 1)],
        "places": [],
        "towns": [],
        "state": fields.state,
    }
    if question["kind"] == "PLACE":
        item |= await _places(request, question, fields)
    return item


def _lang(text: dict[str, str], words: Words) -> str | None:
    return None if words.knows(text["language"]) else text["language"]


def _points(question: Question, words: Words) -> list[dict[str, Any]]:
    if question["kind"] != "SCALE":
        return []
    least, most = int(question["minimum"]), int(question["maximum"])
    ends = {least: question["lowLabel"], most: question["highLabel"]}
    return [
        {"code": str(n), "label": Markup("{}: {}").format(n, labelled(ends[n], words)) if ends.get(n) else str(n)}
        for n in range(least, most + 1)
    ]


async def _places(request: Request, question: Question, fields: Typed) -> dict[str, Any]:
    """Return the territories to choose from: of municipalities those of the state that was chosen first."""
    if question["placeKind"] != "MUNICIPALITY":
        return {"places": await territories(request, question["placeKind"])}
    state = fields.state
    if not state and fields.value:
        known = (await places(request, [fields.value])).get(fields.value)
        state = known["parent"]["id"] if known and known["parent"] else ""
    towns = await territories(request, "MUNICIPALITY", parent=state) if state else []
    return {"places": await territories(request, "STATE"), "towns": towns, "state": state}
