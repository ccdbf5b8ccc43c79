"""What an answer says, in the words of the question that it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from markupsafe import Markup

from frontend_stub.languages import Words
from frontend_stub.questionnaires.filling import plain
from frontend_stub.questionnaires.showing import Answer, Question, choices
from frontend_stub.writing import day, lang, size

Names = Mapping[str, Markup | str]
"""Names of territories by their ids, and of files that can be fetched."""


def said(question: Question, answer: Answer | None, words: Words, named: Names) -> list[Markup | str]:
    """Return the lines that an answer is read as; none where there is no answer."""
    if answer is None:
        return []
    labels = {option["code"]: labelled(option["label"], words) for option in question["options"]}
    other = answer.get("other")
    match question["kind"]:
        case "SHORT_TEXT" | "LONG_TEXT":
            return [answer.get("text") or ""]
        case "SINGLE_CHOICE" | "MULTIPLE_CHOICE":
            return [*(labels.get(code, code) for code in choices(answer)), *([other] if other else [])]
        case "RANKING":
            return [Markup("{}. {}").format(n, labels.get(code, code)) for n, code in enumerate(choices(answer), 1)]
        case "MATRIX":
            rows = {row["code"]: labelled(row["label"], words) for row in question["rows"]}
            given = [(rows.get(row["row"], row["row"]), row["option"]) for row in answer.get("rows") or ()]
            return [Markup("{}: {}").format(row, labels.get(option, option)) for row, option in given]
        case "SCALE" | "NUMBER":
            return [_number(question, answer["number"], words)]
        case "DATE":
            return [day(dt.date.fromisoformat(answer["date"]), words.language)]
        case "PLACE":
            return [named.get(answer["territoryId"], answer["territoryId"])]
        case "CONSENT":
            return [words.named("agreed", str(answer["agreed"]).lower())]
        case "FILE":
            file = answer["file"]
            return [named.get(file["id"]) or f"{file['name']} ({size(file['size'])})"]
    return []


def labelled(label: Mapping[str, str], words: Words) -> Markup:
    """Return a text of the hub within a line, in its language."""
    return Markup("<span{}>{}</span>").format(lang(label, words), label["text"])


def _number(question: Question, number: float, words: Words) -> Markup:
    ends = {question["minimum"]: question["lowLabel"], question["maximum"]: question["highLabel"]}
    told = ends.get(number) if question["kind"] == "SCALE" else question["unit"]
    return (
        Markup("{} ({})").format(plain(number), labelled(told, words)) if told else Markup("{}").format(plain(number))
    )
