"""Which questions are asked, by what was answered to earlier ones: the hub's display rules, as it tells them as data.

A question of the same page may still be answered either way, so a rule that hangs on it stays open: it is neither true
nor false, and the page says in words what it depends on.
"""

from __future__ import annotations

import datetime as dt
import operator as signs
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

Answer = Mapping[str, Any]
Answers = Mapping[str, Answer]
"""Answers by the codes of their questions."""

Question = dict[str, Any]
Condition = Mapping[str, Any]

JOINING = ("EVERY", "EITHER", "NOT")
ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "LESS": signs.lt,
    "AT_MOST": signs.le,
    "MORE": signs.gt,
    "AT_LEAST": signs.ge,
}


def asked(questions: Iterable[Question], answers: Answers, *, open_: Collection[str] = ()) -> dict[str, bool | None]:
    """Return of each question whether it is asked; None where that hangs on one that is `open_`.

    What was answered to a question that is not asked counts for none after it.
    """
    verdicts: dict[str, bool | None] = {}
    counted: dict[str, Answer] = {}
    undecided: set[str] = set()
    for question in questions:
        code, rule = question["code"], question["displayConditions"]
        verdict = judged(rule, counted, undecided) if rule else True
        verdicts[code] = verdict
        if verdict is not False and (code in open_ or verdict is None):
            undecided.add(code)
        elif verdict and code in answers:
            counted[code] = answers[code]
    return verdicts


def judged(rule: Sequence[Condition], answers: Answers, undecided: Collection[str]) -> bool | None:
    """Say whether a rule holds; None where that hangs on a question that is not decided yet."""
    first = rule[0]
    match first["operator"]:
        case "NOT":
            verdict = judged(rule[1:], answers, undecided)
            return None if verdict is None else not verdict
        case "EVERY" | "EITHER" as joint:
            settling: bool = joint == "EITHER"
            verdicts = [judged(part, answers, undecided) for part in parts(rule)]
            if settling in verdicts:
                return settling
            return None if None in verdicts else (not settling)
    return None if first["question"] in undecided else _holds(first, answers.get(first["question"]))


def parts(rule: Sequence[Condition]) -> list[Sequence[Condition]]:
    """Return the parts that the first one of a rule joins, each with all that belongs to it."""
    level = rule[0]["level"] + 1
    begins = [n for n, part in enumerate(rule) if part["level"] == level]
    return [rule[begin:end] for begin, end in zip(begins, [*begins[1:], len(rule)], strict=True)]


def choices(answer: Answer) -> list[str]:
    """Return the codes of the options that were chosen, or ranked."""
    return [answer["option"]] if answer.get("option") else list(answer.get("options") or answer.get("ranking") or [])


def _holds(condition: Condition, answer: Answer | None) -> bool:
    if answer is None:
        return False
    operator, values = condition["operator"], condition["values"]
    match operator:
        case "ANSWERED":
            return True
        case "HAS" | "HAS_ALL":
            return all(value in choices(answer) for value in values)
        case "HAS_ANY":
            return any(value in choices(answer) for value in values)
    given = _given(answer, condition["row"])
    if given is None:
        return False
    meant = [_meant(value, given) for value in values]
    if operator in ("IS", "IN"):
        return bool(given in meant)
    if meant == [None]:
        return False
    if operator == "IS_NOT":
        return given not in meant
    return isinstance(given, Decimal | dt.date) and bool(ORDER[operator](given, meant[0]))


def _given(answer: Answer, row: str | None) -> Any:
    """Return the one thing that was answered: an option, a number, a day, or yes and no."""
    if row is not None:
        return next((given["option"] for given in answer.get("rows") or [] if given["row"] == row), None)
    if choices(answer):
        return choices(answer)[0]
    if answer.get("number") is not None:
        return Decimal(str(answer["number"]))
    if answer.get("date") is not None:
        return dt.date.fromisoformat(answer["date"])
    return answer.get("agreed")


def _meant(value: str, given: Any) -> Any:
    """Read a value of a rule as the kind of thing that it is compared with."""
    try:
        match given:
            case bool():
                return {"true": True, "false": False}.get(value)
            case Decimal():
                return Decimal(value)
            case dt.date():
                return dt.date.fromisoformat(value)
    except (InvalidOperation, ValueError):
        return None
    return value
