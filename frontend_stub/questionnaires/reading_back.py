"""What was answered or typed, read back to whoever did: as lines to look over, or as text to be copied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request

from frontend_stub.languages import Words, chosen
from frontend_stub.questionnaires.filling import Typed
from frontend_stub.questionnaires.places import called, places
from frontend_stub.questionnaires.saying import labelled, said
from frontend_stub.questionnaires.showing import Question
from frontend_stub.questionnaires.underway import Given, Underway
from frontend_stub.writing import size

Copied = list[tuple[Question, list[str]]]
"""Questions with the lines that were answered to them."""


async def review_lines(
    request: Request, response: Underway, answers: Given, *, sent: bool = False
) -> list[dict[str, Any]]:
    """Return what answers say, as lines to look over; the files of those that were sent can be fetched."""
    words = Words(chosen(request))
    named: dict[str, Markup | str] = {**await names_of(request, answers)}
    if sent and response.viewer["signedIn"]:
        named |= {
            answer["file"]["id"]: _fetched(answer["file"], words) for answer in answers.values() if "file" in answer
        }
    return [
        {
            "question": labelled(response.questions[code]["title"], words),
            "answers": said(response.questions[code], answer, words, named),
        }
        for code, answer in answers.items()
    ]


def _fetched(file: dict[str, Any], words: Words) -> Markup:
    """Return the name of a file that leads to it."""
    address = words.to(f"/documentos/respuestas/{quote(file['id'])}")
    return Markup('<a href="{}" download>{} ({})</a>').format(address, file["name"], size(file["size"]))


async def names_of(request: Request, answers: Given) -> dict[str, str]:
    """Return the names of the places that were answered."""
    found = await places(request, (answer.get("territoryId") or "" for answer in answers.values()))
    return {id_: called(place) for id_, place in found.items()}


def typed_answers(questions: Iterable[Question], fields: dict[str, Typed]) -> Copied:
    """Return what was typed, for people to copy it: words as they are, choices by their labels."""
    found = []
    for question in questions:
        given = fields[question["code"]]
        labels = {option["code"]: option["label"]["text"] for option in question["options"]}
        lines = [labels.get(value, value) for value in dict.fromkeys((*given.values, given.value)) if value]
        lines += [
            f"{labels.get(code, code)}: {labels.get(value, value)}" for code, value in given.rows.items() if value
        ]
        lines += [given.other] if given.other else []
        lines += [given.file.name] if given.file else []
        if lines:
            found.append((question, lines))
    return found


def to_copy(response: Underway, answers: Given) -> Copied:
    """Return what was answered, for people to copy it."""
    return [(response.questions[code], _plain(response, code, answers[code])) for code in answers]


def _plain(response: Underway, code: str, answer: dict[str, Any]) -> list[str]:
    question = response.questions[code]
    labels = {one["code"]: one["label"]["text"] for one in [*question["options"], *question["rows"]]}
    found: list[str] = []
    for name, value in answer.items():
        if name in ("option", "options", "ranking"):
            found += [labels.get(one, one) for one in ([value] if isinstance(value, str) else value)]
        elif name == "rows":
            found += [f"{labels.get(r['row'], r['row'])}: {labels.get(r['option'], r['option'])}" for r in value]
        elif name == "file":
            found.append(value["name"])
        elif name not in ("question", "agreed"):
            found.append(str(value))
    return found
