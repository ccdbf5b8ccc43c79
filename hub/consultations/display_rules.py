"""Display rules: when a question is shown, said in a small language about earlier answers.

::

    servicios has luz and (edad >= 18 or not answered(agua))

A rule is read (parsing_rules.py) into a small tree and written back in one canonical form. The tree keeps every
value as the word that stands in the text, since only the question decides whether `18` is a number or the code of
an option. What a rule means is in showing.py, what can be wrong with it in checking_rules.py.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

MOST_CHARACTERS = 1_000
MOST_COMPARISONS = 50
MOST_LEVELS = 20

CODE = r"[a-z0-9][a-z0-9_-]{0,63}"
"""What the codes of questions, rows and options look like; dates and plain numbers look like this as well."""

NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?"
"""Numbers short enough that sums and means of two of them are exact."""

KEYWORDS = frozenset({"or", "and", "not", "in", "has", "any", "all", "answered"})
"""Words that stand in quotes where they are meant as a code."""


class Operator(enum.StrEnum):
    """How a rule looks at the answer to a question."""

    IS = "="
    IS_NOT = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    IN = "in"
    HAS = "has"
    HAS_ANY = "has any"
    HAS_ALL = "has all"
    ANSWERED = "answered"


WITH_LIST = frozenset({Operator.IN, Operator.HAS_ANY, Operator.HAS_ALL})
"""Operators that are followed by several values in parentheses."""


@dataclass(frozen=True)
class Comparison:
    """One look at the answer to one question, or to one row of a matrix."""

    question: str
    operator: Operator
    values: tuple[str, ...] = ()
    row: str | None = None


@dataclass(frozen=True)
class Not:
    """True where its part is false."""

    part: Rule


@dataclass(frozen=True)
class Every:
    """True where all its parts are, which are two or more and no `Every` themselves."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True)
class Either:
    """True where one of its parts is, which are two or more and no `Either` themselves."""

    parts: tuple[Rule, ...]


Rule = Comparison | Not | Every | Either


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """A question as the rules see it: what may be asked of it, and what it may be answered with."""

    code: str
    kind: str
    path: tuple[str, ...] = ()
    """Where the question stands in the input, so that problems point at it."""
    display_rule: str | None = None
    required: bool = False
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    minimum: Decimal | dt.date | None = None
    maximum: Decimal | dt.date | None = None
    min_choices: int | None = None
    max_choices: int | None = None


def text_of(rule: Rule) -> str:
    """Write a rule in its canonical form: one space around words, no needless parentheses or quotes."""
    match rule:
        case Comparison():
            return _comparison(rule)
        case Not(part):
            return f"not {_inside(part, (Every, Either))}"
        case Every(parts):
            return " and ".join(_inside(part, (Either,)) for part in parts)
        case Either(parts):
            return " or ".join(text_of(part) for part in parts)


def _inside(part: Rule, looser: tuple[type[Every | Either], ...]) -> str:
    """Write a part in parentheses where it would fall apart without them."""
    return f"({text_of(part)})" if isinstance(part, looser) else text_of(part)


def _comparison(comparison: Comparison) -> str:
    question = _word(comparison.question)
    if comparison.operator is Operator.ANSWERED:
        return f"answered({question})"
    asked = question if comparison.row is None else f"{question}.{_word(comparison.row)}"
    values = ", ".join(map(_word, comparison.values))
    return f"{asked} {comparison.operator} {f'({values})' if comparison.operator in WITH_LIST else values}"


def _word(word: str) -> str:
    return f'"{word}"' if word in KEYWORDS else word


def comparisons(rule: Rule) -> Iterator[Comparison]:
    """Walk through the comparisons of a rule, as they are read."""
    match rule:
        case Comparison():
            yield rule
        case Not(part):
            yield from comparisons(part)
        case Every(parts) | Either(parts):
            for part in parts:
                yield from comparisons(part)


def references(rule: Rule) -> tuple[str, ...]:
    """Return the codes of the questions that a rule refers to, each once."""
    return tuple(dict.fromkeys(comparison.question for comparison in comparisons(rule)))


def number_of(word: str) -> Decimal | None:
    """Return the number that a word stands for, if it is one."""
    return Decimal(word) if re.fullmatch(NUMBER, word) else None


def date_of(word: str) -> dt.date | None:
    """Return the day that a word such as `2026-12-01` stands for, if there is one."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word):
        return None
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        return None


def truth_of(word: str) -> bool | None:
    """Return what `true` and `false` stand for."""
    return {"true": True, "false": False}.get(word)
