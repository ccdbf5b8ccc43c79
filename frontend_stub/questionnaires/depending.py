"""What a question depends on, in words, such as: only if you answered «Sí» to question 3."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from frontend_stub.languages import Words
from frontend_stub.questionnaires.showing import Condition, Question, parts
from frontend_stub.writing import day, lang

JOINING = {"EVERY": "and", "EITHER": "or"}


def dependence(rule: Sequence[Condition], questions: Mapping[str, Question], words: Words) -> Markup:
    """Return what a rule says, for people who see the questions by their numbers."""
    return words("depends.only", rule=_said(rule, questions, words))


def _said(rule: Sequence[Condition], questions: Mapping[str, Question], words: Words) -> Markup:
    first = rule[0]
    operator = first["operator"]
    if operator == "NOT":
        inner = rule[1:]
        if inner[0]["operator"] == "ANSWERED":
            return words("depends.unanswered", number=questions[inner[0]["question"]]["number"])
        return words("depends.no", rule=_said(inner, questions, words))
    if operator in JOINING:
        joint = Markup(" {} ").format(words.named("depends", JOINING[operator]))
        return joint.join(_part(part, questions, words) for part in parts(rule))
    question = questions[first["question"]]
    if operator == "ANSWERED":
        return words("depends.answered", number=question["number"])
    values = [_value(value, question, words) for value in first["values"]]
    said = words(
        f"depends.{operator.lower()}",
        number=question["number"],
        values=listed(values, "and" if operator == "HAS_ALL" else "or", words),
    )
    if first["row"] is None:
        return said
    row = next((row["label"] for row in question["rows"] if row["code"] == first["row"]), None)
    return words("depends.row", row=_quoted(row, words) if row else first["row"], rule=said)


def _part(rule: Sequence[Condition], questions: Mapping[str, Question], words: Words) -> Markup:
    said = _said(rule, questions, words)
    return Markup("({})").format(said) if rule[0]["operator"] in JOINING else said


def listed(values: Sequence[Markup | str], joint: str, words: Words) -> Markup:
    """Return values as a list in a sentence."""
    *before, last = values
    if not before:
        return Markup("{}").format(last)
    joined = Markup(", ").join(before)
    return Markup("{} {} {}").format(joined, words.named("depends", joint), last)


def _value(value: str, question: Question, words: Words) -> Markup:
    label = next((option["label"] for option in question["options"] if option["code"] == value), None)
    if label is not None:
        return _quoted(label, words)
    if question["kind"] == "CONSENT":
        return Markup("«{}»").format(words.named("agreed", value))
    if question["kind"] == "DATE":
        return Markup("{}").format(day(dt.date.fromisoformat(value), words.language))
    return Markup("{}").format(value)


def _quoted(label: Mapping[str, str], words: Words) -> Markup:
    return Markup("«<span{}>{}</span>»").format(lang(label, words), label["text"])
