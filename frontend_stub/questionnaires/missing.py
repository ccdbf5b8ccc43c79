"""What is still missing in an answer, or is wrong with it, in words that say how to mend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from frontend_stub.languages import Words
from frontend_stub.questionnaires.depending import listed
from frontend_stub.questionnaires.filling import field_of
from frontend_stub.questionnaires.showing import Answer, Question, choices
from frontend_stub.writing import day, size


def missing(question: Question, answer: Answer | None) -> str | None:
    """Return the code of what a question still lacks that is asked; None where it may be sent as it is.

    The hub says the same when a response is sent; here it is said already where the question stands.
    """
    if answer is None:
        return "QUESTION_REQUIRED" if question["required"] and question["kind"] != "NOTICE" else None
    other = next((option["code"] for option in question["options"] if option["other"]), None)
    if other in choices(answer) and other is not None and not answer.get("other"):
        return "OTHER_MISSING"
    if question["kind"] in ("MULTIPLE_CHOICE", "RANKING") and len(choices(answer)) < (question["minChoices"] or 1):
        return "TOO_FEW_CHOICES"
    if question["kind"] == "MATRIX" and question["required"] and len(answer["rows"]) < len(question["rows"]):
        return "ROW_MISSING"
    if question["kind"] == "CONSENT" and question["required"] and not answer["agreed"]:
        return "NOT_AGREED"
    return None


def fault(code: str, question: Question, words: Words, *, message: str = "") -> dict[str, Any]:
    """Return what is wrong with the answer to a question, and the field to mend it in."""
    if code == "QUESTION_REQUIRED":
        said: Markup | str = words.named("required", question["kind"])
    else:
        known = words.named("faults", code)
        said = message if known == code else words(f"faults.{code}", **facts(question, words))
    return {
        "message": words("answer.in_question", number=question["number"], message=said),
        "beside": f"{said[0].upper()}{said[1:]}" if said else said,
        "field": field_of(question, "other" if code in ("OTHER_MISSING", "OTHER_NOT_CHOSEN") else "q"),
        "code": question["code"],
    }


def facts(question: Question, words: Words) -> dict[str, Any]:
    """Return the bounds of a question as they are written."""
    return {
        "most_letters": f"{question['maxLength'] or 0:,}",
        "fewest": question["minChoices"] or 1,
        "most": question["maxChoices"] or len(question["options"]),
        "least_number": _number(question["minimum"]),
        "most_number": _number(question["maximum"]),
        "decimals": question["decimals"] or 0,
        "earliest": _day(question["earliest"], words),
        "latest": _day(question["latest"], words),
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"


def _day(value: str | None, words: Words) -> str:
    return "" if value is None else day(dt.date.fromisoformat(value), words.language)


def bounds(question: Question, words: Words) -> str | None:
    """Return what is said beforehand of how a question may be answered."""
    known, kind = facts(question, words), question["kind"]
    few, most = question["minChoices"] or 1, question["maxChoices"]
    match kind:
        case "SHORT_TEXT" | "LONG_TEXT":
            return words("bounds.letters", **known) if question["maxLength"] else None
        case "MULTIPLE_CHOICE" | "RANKING":
            bound = words("bounds.choices", **known) if few > 1 else words("bounds.most", **known) if most else None
            if kind == "MULTIPLE_CHOICE":
                return bound or words("bounds.any")
            return Markup(" ").join(filter(None, [words("bounds.ranking"), bound]))
        case "NUMBER":
            return _of_number(question, known, words)
        case "DATE":
            return _of_days(question, known, words)
        case "FILE":
            return _of_file(question["takenFiles"], words)
    return None


def _of_file(taken: Mapping[str, Any], words: Words) -> Markup:
    ends = ", ".join(sorted(ending.removeprefix(".").upper() for ending in taken["endings"]))
    return words("bounds.file", ends=ends, most=size(taken["maxSize"]))


def _of_days(question: Question, known: Mapping[str, Any], words: Words) -> Markup | None:
    if question["earliest"] is None:
        return None if question["latest"] is None else words("bounds.to_day", **known)
    return words("bounds.from_day", **known) if question["latest"] is None else words("bounds.days", **known)


def _of_number(question: Question, known: Mapping[str, Any], words: Words) -> Markup:
    said = [words("bounds.decimals", **known) if question["decimals"] else words("bounds.whole")]
    match question["minimum"] is not None, question["maximum"] is not None:
        case True, True:
            said.insert(0, words("bounds.between", **known))
        case True, False:
            said.insert(0, words("bounds.least", **known))
        case False, True:
            said.insert(0, words("bounds.at_most", **known))
    return Markup(" ").join(said)


def languages_of(texts: Iterable[Mapping[str, str]], words: Words) -> Markup | None:
    """Return the names of the languages of texts that are not the reader's; None where all are in it."""
    found = sorted({words.named("languages", text["language"]) for text in texts if not words.knows(text["language"])})
    return listed(found, "and", words) if found else None
