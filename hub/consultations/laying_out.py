"""Laying a display rule out as data, for programs that show it or say in words what a question depends on.

A list takes the place of the tree, in the order in which the rule is read: `level` says how deep a part stands, and the
parts of what joins them follow it one level deeper.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from hub.consultations.display_rules import Comparison, Either, Every, Not, Operator, Rule
from hub.consultations.parsing_rules import rule_of


class DisplayOperator(enum.StrEnum):
    """What a part of a rule does: join its own parts, or look at an answer."""

    EVERY = "every"
    EITHER = "either"
    NOT = "not"
    IS = "is"
    IS_NOT = "is_not"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"
    IN = "in"
    HAS = "has"
    HAS_ANY = "has_any"
    HAS_ALL = "has_all"
    ANSWERED = "answered"


LOOKING = {operator: DisplayOperator[operator.name] for operator in Operator}


@dataclass(frozen=True)
class Condition:
    """One part of a rule."""

    level: int
    operator: DisplayOperator
    question: str | None = None
    row: str | None = None
    values: tuple[str, ...] = ()


def conditions(text: str | None) -> list[Condition]:
    """Return the parts of a stored rule; none where a question is always asked."""
    return [] if text is None else list(_parts(rule_of(text), 0))


def _parts(rule: Rule, level: int) -> Iterator[Condition]:
    match rule:
        case Comparison(question, operator, values, row):
            yield Condition(level, LOOKING[operator], question, row, values)
        case Not(part):
            yield Condition(level, DisplayOperator.NOT)
            yield from _parts(part, level + 1)
        case Every(parts):
            yield Condition(level, DisplayOperator.EVERY)
            for part in parts:
                yield from _parts(part, level + 1)
        case Either(parts):
            yield Condition(level, DisplayOperator.EITHER)
            for part in parts:
                yield from _parts(part, level + 1)
