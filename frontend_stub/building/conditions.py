"""Conditions: a display rule as a form shows it, a few looks at earlier answers, of which all or any are true.

Most rules are that, and then nobody has to know the language that they are written in. Every other rule is told in
words and written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from frontend_stub.building.rules import Comparison, Either, Every, Not, Rule, joined

Join = Literal["all", "any"]

ANSWERED, UNANSWERED = "answered", "unanswered"
WITHOUT_VALUE = (ANSWERED, UNANSWERED)

LIKE_A_NUMBER = ("is", "is_not", "more", "at_least", "less", "at_most")
TESTS: Mapping[str, tuple[str, ...]] = {
    "SINGLE_CHOICE": ("is", "is_not", *WITHOUT_VALUE),
    "MULTIPLE_CHOICE": ("has_any", "has_all", *WITHOUT_VALUE),
    "RANKING": ("is", "is_not", "has_any", "has_all", *WITHOUT_VALUE),
    "SCALE": (*LIKE_A_NUMBER, *WITHOUT_VALUE),
    "NUMBER": (*LIKE_A_NUMBER, *WITHOUT_VALUE),
    "DATE": (*LIKE_A_NUMBER, *WITHOUT_VALUE),
    "CONSENT": ("is", *WITHOUT_VALUE),
}
"""What each kind of question can be asked; any other one only whether it was answered, and a notice nothing."""

OF_A_ROW = ("is", "is_not")
"""What a row of a matrix can be asked."""

OPERATORS = {"is": "=", "is_not": "!=", "more": ">", "at_least": ">=", "less": "<", "at_most": "<="}


@dataclass(frozen=True)
class Condition:
    """One look at the answer to a question, or to a row of a matrix: a test, and the values that it is made with."""

    question: str
    test: str
    values: tuple[str, ...] = ()
    row: str | None = None


def fitting_tests(kind: str, row: str | None = None) -> tuple[str, ...]:
    """Return what a question of a kind can be asked, or a row of it."""
    if kind == "NOTICE":
        return ()
    return TESTS.get(kind, WITHOUT_VALUE) if row is None else OF_A_ROW


def conditions_of(rule: Rule) -> tuple[Join, list[Condition]] | None:
    """Return the conditions that a rule consists of; None where it takes more than a form can show."""
    parts = rule.parts if isinstance(rule, Every | Either) else (rule,)
    found = [_condition(part) for part in parts]
    conditions = [condition for condition in found if condition is not None]
    return ("any" if isinstance(rule, Either) else "all", conditions) if len(conditions) == len(found) else None


def _condition(part: Rule) -> Condition | None:
    match part:
        case Not(Comparison(question, "answered")):
            return Condition(question, UNANSWERED)
        case Comparison(question, "answered"):
            return Condition(question, ANSWERED)
        case Comparison(question, "has" | "has any", values):
            return Condition(question, "has_any", values)
        case Comparison(question, "has all", values):
            return Condition(question, "has_all", values)
        case Comparison(question, "in", values, row):
            return Condition(question, "is", values, row)
        case Comparison(question, operator, values, row):
            return Condition(question, next(test for test, sign in OPERATORS.items() if sign == operator), values, row)
        case _:
            return None


def rule_of(join: Join, conditions: Sequence[Condition]) -> Rule | None:
    """Return the rule that conditions make up; None where there is none, so that the question is always asked."""
    parts = [_part(condition) for condition in conditions]
    return joined(Either if join == "any" else Every, parts) if parts else None


def _part(condition: Condition) -> Rule:
    question, values = condition.question, condition.values
    match condition.test:
        case "answered":
            return Comparison(question, "answered")
        case "unanswered":
            return Not(Comparison(question, "answered"))
        case "has_any":
            return Comparison(question, "has" if len(values) == 1 else "has any", values)
        case "has_all":
            return Comparison(question, "has" if len(values) == 1 else "has all", values)
        case "is" if len(values) > 1:
            return Comparison(question, "in", values, condition.row)
        case test:
            return Comparison(question, OPERATORS[test], values, condition.row)
