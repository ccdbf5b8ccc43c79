"""Wording: a display rule as people read it, with the titles of the questions and the labels of their options.

::

    si “¿Qué servicios faltan?” incluye “Luz” y (“¿Qué edad tiene?” es 18 o más o no se contesta “¿Hay agua?”)

The phrases stand in the catalogue (`hub/wording.toml`), each with its opposite, so that a `not` goes inwards: not
(a or b) is read as “not a and not b”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hub.consultations.display_rules import Comparison, Either, Every, Not, Operator, Rule, date_of
from hub.wording import LABELS, day, spoken

PHRASES = LABELS["rule"]

OPENING = r"[(“¿¡«\"']*"
SOFTENED = {
    "and": (re.compile(rf"{OPENING}h?[ií](?![aeo])", re.IGNORECASE), "and_before_i"),
    "or": (re.compile(rf"{OPENING}(?:h?[oó]|8|11\b)", re.IGNORECASE), "or_before_o"),
}
"""In Spanish `y` is `e` before the sound of an i, and `o` is `u` before that of an o: “esto u otro”, “7 u 8”."""

BY_OPERATOR: Mapping[Operator, str] = {
    Operator.IS: "equal",
    Operator.IS_NOT: "other",
    Operator.LESS: "less",
    Operator.AT_MOST: "at_most",
    Operator.MORE: "more",
    Operator.AT_LEAST: "at_least",
    Operator.IN: "equal",
    Operator.HAS: "includes",
    Operator.HAS_ANY: "includes",
    Operator.HAS_ALL: "includes_all",
    Operator.ANSWERED: "answered",
}

BY_KIND: Mapping[str, Mapping[Operator, str]] = {
    "date": {
        Operator.LESS: "before",
        Operator.AT_MOST: "until",
        Operator.MORE: "after",
        Operator.AT_LEAST: "since",
    },
    "ranking": {
        Operator.IS: "first",
        Operator.IS_NOT: "first_other",
        Operator.IN: "first",
    },
}
"""Kinds of questions of which an operator is said in words of their own."""


@dataclass(frozen=True, kw_only=True)
class Worded:
    """A question as people read it in one language."""

    kind: str
    title: str
    options: Mapping[str, str] = field(default_factory=dict)
    """The labels of its options, by code."""
    rows: Mapping[str, str] = field(default_factory=dict)
    """The labels of its rows, by code."""


def in_words(rule: Rule, questions: Mapping[str, Worded], language: str) -> str:
    """Say a rule in a language that the hub speaks; a code without words of its own is said as it is."""
    return _Speaker(questions, spoken([language])).say_if(rule)


class _Speaker:
    def __init__(self, questions: Mapping[str, Worded], language: str) -> None:
        self._questions = questions
        self._language = language

    def say_if(self, rule: Rule) -> str:
        return self._phrase("if").format(rule=self._said(rule, inverted=False))

    def _phrase(self, name: str) -> str:
        return PHRASES[name][self._language]

    def _said(self, rule: Rule, *, inverted: bool) -> str:
        match rule:
            case Comparison():
                return self._compared(rule, inverted=inverted)
            case Not(part):
                return self._said(part, inverted=not inverted)
            case Every(parts) | Either(parts):
                # Inverted, "and" is "or" and the other way round.
                word = "and" if isinstance(rule, Every) is not inverted else "or"
                return self._joined([self._within(part, inverted=inverted) for part in parts], word)

    def _within(self, part: Rule, *, inverted: bool) -> str:
        said = self._said(part, inverted=inverted)
        core = part
        while isinstance(core, Not):
            core = core.part
        return said if isinstance(core, Comparison) else f"({said})"

    def _joined(self, parts: Sequence[str], word: str) -> str:
        if len(parts) == 1:
            return parts[0]
        *before, last = parts
        sound, softened = SOFTENED.get(word, (None, ""))
        joint = self._phrase(softened if sound is not None and sound.match(last) else word)
        return f"{', '.join(before)} {joint} {last}"

    def _compared(self, comparison: Comparison, *, inverted: bool) -> str:
        asked = self._questions.get(comparison.question, Worded(kind="", title=comparison.question))
        name = _name(comparison, asked.kind)
        values = [self._value(value, asked) for value in comparison.values]
        every = comparison.operator is Operator.HAS_ALL
        facts = {
            "question": self._place(comparison, asked),
            "values": self._joined(values, "and" if every else "nor" if inverted else "or") if values else "",
            "day": self._day(comparison.values[0]) if values else "",
        }
        return self._phrase(f"not_{name}" if inverted else name).format_map(facts)

    def _place(self, comparison: Comparison, asked: Worded) -> str:
        title = _quoted(asked.title)
        if comparison.row is None:
            return title
        return self._phrase("row").format(row=_quoted(asked.rows.get(comparison.row, comparison.row)), question=title)

    def _value(self, value: str, asked: Worded) -> str:
        if value in asked.options:
            return _quoted(asked.options[value])
        if asked.kind == "date":
            return self._phrase("date").format(day=self._day(value))
        return value

    def _day(self, value: str) -> str:
        date = date_of(value)
        return value if date is None else day(date, self._language)


def _name(comparison: Comparison, kind: str) -> str:
    """Return the name of the phrase that says a comparison with a question of this kind."""
    if kind == "consent" and comparison.operator is Operator.IS:
        return "agreed" if comparison.values == ("true",) else "refused"
    if comparison.operator is Operator.HAS_ALL and len(comparison.values) == 1:
        return "includes"
    return BY_KIND.get(kind, {}).get(comparison.operator, BY_OPERATOR[comparison.operator])


def _quoted(words: str) -> str:
    return f"“{words}”"
