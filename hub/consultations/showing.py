"""Showing: which questions somebody sees, by what they have said to the questions before.

A comparison with a question that was not answered is false, also `!=`; `not` inverts. A question that is hidden
has no answer: whatever was said to it does not count for the rules after it.
"""

from __future__ import annotations

import datetime as dt
import operator as signs
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from hub.consultations.display_rules import (
    Comparison,
    Either,
    Every,
    Not,
    Operator,
    Rule,
    date_of,
    number_of,
    truth_of,
)
from hub.consultations.parsing_rules import rule_of


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody said to a question. A text or a place is only there or not, so nothing of it is kept here."""

    choices: tuple[str, ...] = ()
    """The codes of the options that were chosen; those of a ranking from the first place on."""
    number: Decimal | None = None
    date: dt.date | None = None
    agreed: bool | None = None
    rows: Mapping[str, str] = field(default_factory=dict)
    """The option that was chosen in each row of a matrix that was answered."""


class Displayed(Protocol):
    """A question as far as showing it goes."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def display_rule(self) -> str | None:
        """The text of its rule; None where it is always shown."""


def visible_questions(questions: Iterable[Displayed], answers: Mapping[str, Said]) -> set[str]:
    """Return the codes of the questions of a questionnaire, given in order, that somebody with these answers sees."""
    visible: set[str] = set()
    counted: dict[str, Said] = {}
    for question in questions:
        if question.display_rule is None or shown(rule_of(question.display_rule), counted):
            visible.add(question.code)
            if question.code in answers:
                counted[question.code] = answers[question.code]
    return visible


def shown(rule: Rule | None, answers: Mapping[str, Said]) -> bool:
    """Whether a question with this rule is shown to somebody with these answers, by question code."""
    return rule is None or judge(rule, answers) is True


def judge(rule: Rule, answers: Mapping[str, Said | None], *, partly: bool = False) -> bool | None:
    """Say whether a rule is true; None, where only a part is known, if that hangs on questions that are not in it."""
    match rule:
        case Comparison():
            return None if partly and rule.question not in answers else _holds(rule, answers.get(rule.question))
        case Not(part):
            verdict = judge(part, answers, partly=partly)
            return None if verdict is None else not verdict
        case Every(parts):
            return _settled((judge(part, answers, partly=partly) for part in parts), by=False)
        case Either(parts):
            return _settled((judge(part, answers, partly=partly) for part in parts), by=True)


def _settled(verdicts: Iterable[bool | None], *, by: bool) -> bool | None:
    """Put verdicts together: one of a kind settles it, an open one leaves it open, else it is the other kind."""
    settled: bool | None = not by
    for verdict in verdicts:
        if verdict is by:
            return by
        if verdict is None:
            settled = None
    return settled


def _holds(comparison: Comparison, said: Said | None) -> bool:
    if said is None:
        return False
    match comparison.operator:
        case Operator.ANSWERED:
            return True
        case Operator.HAS | Operator.HAS_ALL:
            return all(value in said.choices for value in comparison.values)
        case Operator.HAS_ANY:
            return any(value in said.choices for value in comparison.values)
    given = _given(said, comparison.row)
    if given is None:
        return False
    return _compares(given, comparison.operator, [_meant(value, given) for value in comparison.values])


def _given(said: Said, row: str | None) -> Decimal | dt.date | bool | str | None:
    """Return the one thing that was given; of a ranking that is its first place."""
    if row is not None:
        return said.rows.get(row)
    if said.choices:
        return said.choices[0]
    return next((given for given in (said.number, said.date, said.agreed) if given is not None), None)


def _meant(value: str, given: object) -> Decimal | dt.date | bool | str | None:
    """Read a word of a rule as the kind of thing that it is compared with."""
    match given:
        case bool():
            return truth_of(value)
        case Decimal():
            return number_of(value)
        case dt.date():
            return date_of(value)
        case _:
            return value


ORDER: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.LESS: signs.lt,
    Operator.AT_MOST: signs.le,
    Operator.MORE: signs.gt,
    Operator.AT_LEAST: signs.ge,
}


def _compares(given: object, operator: Operator, meant: list[Any]) -> bool:
    if operator is Operator.IS or operator is Operator.IN:
        return given in meant
    # A word that stands for nothing of this kind compares with nothing; a checked rule has none.
    if meant == [None]:
        return False
    if operator is Operator.IS_NOT:
        return given not in meant
    return isinstance(given, Decimal | dt.date) and ORDER[operator](given, meant[0])
