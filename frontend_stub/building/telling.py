"""Telling: a questionnaire in the reader's language, and its display rules in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from frontend_stub.building.arranging import Input, Place, placed
from frontend_stub.building.conditions import ANSWERED, OPERATORS, UNANSWERED
from frontend_stub.building.rules import Comparison, Either, Every, Not, Rule, Unreadable, read_rule
from frontend_stub.languages import Words
from frontend_stub.writing import day, lang

LONGEST = 70
"""How much of a title is told where a question is only mentioned."""

OF_DAYS = {"more": "after", "at_least": "from", "less": "before", "at_most": "until"}
"""What a day is, where a number would be greater or less."""


@dataclass(frozen=True)
class Told:
    """A question as it is told to a reader."""

    code: str
    kind: str
    number: int
    place: Place
    title: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, Mapping[str, str]]


class Telling:
    """A questionnaire, told in one language."""

    def __init__(self, questionnaire: Input, words: Words) -> None:
        self._words = words
        self.questions = {
            question["code"]: Told(
                code=question["code"],
                kind=question["kind"],
                number=number,
                place=place,
                title=read_in(question["title"], words),
                options={option["code"]: read_in(option["label"], words) for option in question["options"]},
                rows={row["code"]: read_in(row["label"], words) for row in question["rows"]},
            )
            for number, (place, question) in enumerate(placed(questionnaire), start=1)
        }

    @property
    def words(self) -> Words:
        """The words of the language that it is told in."""
        return self._words

    def rule(self, text: str) -> Markup:
        """Return what a rule says in words; one that cannot be read, as it stands."""
        try:
            return self._rule(read_rule(text))
        except Unreadable:
            return self._words("rule.unreadable", text=text)

    def name(self, code: str, row: str | None = None) -> Markup:
        """Return how a question, or a row of it, is called where another one mentions it."""
        told = self.questions.get(code)
        if told is None:
            return self._words("rule.no_question", code=code)
        if row is None:
            return self._words("rule.question", number=told.number, title=self._quoted(told.title))
        label = self._quoted(told.rows[row]) if row in told.rows else row
        return self._words("rule.row", number=told.number, title=self._quoted(told.title), row=label)

    def test(self, code: str, test: str) -> str:
        """Return what a test of a question is called; days are before and after each other."""
        told = self.questions.get(code)
        return OF_DAYS.get(test, test) if told is not None and told.kind == "DATE" else test

    def _rule(self, rule: Rule) -> Markup:
        match rule:
            case Comparison(question, "answered"):
                return self._tested(question, ANSWERED, (), None)
            case Not(Comparison(question, "answered")):
                return self._tested(question, UNANSWERED, (), None)
            case Comparison():
                return self._compared(rule)
            case Not(part):
                return self._words("rule.not", part=self._inside(part))
            case Every(parts):
                return self._words("rule.and").join(map(self._inside, parts))
            case Either(parts):
                return self._words("rule.or").join(map(self._inside, parts))

    def _inside(self, part: Rule) -> Markup:
        return Markup("({})").format(self._rule(part)) if isinstance(part, Every | Either) else self._rule(part)

    def _compared(self, rule: Comparison) -> Markup:
        lists = {"in": "is", "has": "has_any", "has any": "has_any", "has all": "has_all"}
        test = lists.get(rule.operator) or next(test for test, sign in OPERATORS.items() if sign == rule.operator)
        return self._tested(rule.question, test, rule.values, rule.row)

    def _tested(self, code: str, test: str, values: tuple[str, ...], row: str | None) -> Markup:
        said = [self._said(code, value) for value in values]
        key = self.test(code, test)
        if test in ("has_any", "has_all") and len(values) == 1:
            key = "has"
        template = Markup(escape(self._words.named("rules", key)))  # noqa: S704 - escaped on the spot
        return template.format(question=self.name(code, row), values=self._listed(said, every=test == "has_all"))

    def _listed(self, values: list[Markup], *, every: bool) -> Markup:
        *first, last = values or [Markup()]
        joint = self._words("rule.and" if every else "rule.or")
        return Markup(", ").join(first) + joint + last if first else last

    def value(self, code: str, value: str) -> Markup:
        """Return how a value is called that a question is compared with."""
        told = self.questions.get(code)
        if told is not None and value in told.options:
            return self._marked(told.options[value])
        if told is not None and told.kind == "CONSENT" and value in ("true", "false"):
            return self._words("rule.agreed") if value == "true" else self._words("rule.disagreed")
        try:
            return escape(day(dt.date.fromisoformat(value), self._words.language))
        except ValueError:
            return escape(value)

    def _said(self, code: str, value: str) -> Markup:
        """Return a value within a sentence, in quotes where it is somebody's words or a code."""
        said = self.value(code, value)
        return said if said[:1].isdigit() or said[:1] == "-" else self._words("rule.quoted", text=said)

    def _quoted(self, text: Mapping[str, str]) -> Markup:
        return self._words("rule.quoted", text=self._marked(text))

    def _marked(self, text: Mapping[str, str]) -> Markup:
        said = text["text"] if len(text["text"]) <= LONGEST else f"{text['text'][:LONGEST].rstrip()}…"
        language = lang(text, self._words)
        return Markup("<span{}>{}</span>").format(language, said) if language else escape(said)


def read_in(text: Mapping[str, Any] | None, words: Words) -> dict[str, str]:
    """Return a text in the reader's language, or in the one that it was written in where it is not in theirs."""
    translations = {one["language"]: one["text"] for one in (text or {}).get("translations", ())}
    for language in (words.language, (text or {}).get("source", "")):
        if language in translations:
            return {"text": translations[language], "language": language}
    language, said = next(iter(translations.items()), (words.language, ""))
    return {"text": said, "language": language}
