"""The form of a display rule: its conditions as they are shown, and as they were filled in."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from frontend_stub.building.conditions import (
    WITHOUT_VALUE,
    Condition,
    Join,
    conditions_of,
    fitting_tests,
    rule_of,
)
from frontend_stub.building.rules import Unreadable, read_rule, rule_text
from frontend_stub.building.telling import Telling, Told
from frontend_stub.forms import Filled

NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
ROW = re.compile(r"(?P<question>[a-z0-9][a-z0-9_-]*)(?:\.(?P<row>[a-z0-9][a-z0-9_-]*))?")
OF_OPTIONS = ("SINGLE_CHOICE", "MULTIPLE_CHOICE", "RANKING", "MATRIX", "CONSENT")
"""The kinds of which a value is one of a few, and not written."""

Fault = tuple[str, str]


@dataclass(frozen=True)
class Shown:
    """The conditions that a form shows, and how they are joined."""

    join: Join
    conditions: list[Condition]

    def text(self) -> str | None:
        """Return the rule that they make up; None where there is none."""
        rule = rule_of(self.join, self.conditions)
        return None if rule is None else rule_text(rule)


def shown_of(text: str | None) -> Shown | None:
    """Return the conditions of a rule; None where it says more than the form can show, or cannot be read."""
    if text is None:
        return Shown("all", [])
    try:
        found = conditions_of(read_rule(text))
    except Unreadable:
        return None
    return None if found is None else Shown(*found)


def shown_given(given: Filled) -> Shown:
    """Return the conditions as somebody filled them in."""
    found: list[Condition] = []
    while (asked := ROW.fullmatch(given.get(f"when.{len(found)}.about", ""))) is not None:
        at = f"when.{len(found)}"
        values = tuple(dict.fromkeys(value.strip() for value in given.all(f"{at}.value") if value.strip()))
        test = given.get(f"{at}.test", "")
        found.append(Condition(asked["question"], test, () if test in WITHOUT_VALUE else values, asked["row"]))
    return Shown("any" if given.get("join") == "any" else "all", found)


def with_condition(shown: Shown, about: str, telling: Telling) -> Shown | None:
    """Return the conditions with one more, about an earlier question or a row of it; None where there is no such."""
    asked = ROW.fullmatch(about)
    told = telling.questions.get(asked["question"]) if asked else None
    if asked is None or told is None:
        return None
    tests = fitting_tests(told.kind, asked["row"])
    return Shown(shown.join, [*shown.conditions, Condition(told.code, tests[0], (), asked["row"])]) if tests else None


def without_condition(shown: Shown, at: int) -> Shown:
    """Return the conditions without one of them."""
    return Shown(shown.join, [one for n, one in enumerate(shown.conditions) if n != at])


def faults_of(shown: Shown, telling: Telling) -> list[Fault]:
    """Return what is wrong with what was filled in; a question that is not there any more, only the hub judges."""
    found: list[Fault] = []
    for n, condition in enumerate(shown.conditions):
        told = telling.questions.get(condition.question)
        fault = None if told is None else _fault(condition, told)
        if fault is not None:
            found.append((f"when.{n}.{'test' if fault == 'test' else 'value'}", fault))
    return found


def _fault(condition: Condition, told: Told) -> str | None:
    if condition.test not in fitting_tests(told.kind, condition.row):
        return "test"
    if condition.test in WITHOUT_VALUE:
        return None
    if not condition.values:
        return "value"
    if condition.test == "is_not" and len(condition.values) > 1:
        return "one"
    if told.kind == "DATE":
        return None if all(map(_is_day, condition.values)) else "day"
    if told.kind in ("NUMBER", "SCALE"):
        return None if all(NUMBER.fullmatch(value) for value in condition.values) else "number"
    return None


def _is_day(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
