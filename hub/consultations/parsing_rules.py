"""Reading the text of a display rule into its tree, or saying at which character it cannot be read and why.

::

    rule       = every { "or" every }
    every      = unit { "and" unit }
    unit       = "not" unit | "(" rule ")" | comparison
    comparison = "answered" "(" word ")"
               | word [ "." word ] ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "has" ) value
               | word [ "." word ] ( "in" | "has" "any" | "has" "all" ) "(" value { "," value } ")"
    word       = a code, in double quotes where it equals a keyword
    value      = word | number
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from hub.consultations.display_rules import (
    CODE,
    KEYWORDS,
    MOST_CHARACTERS,
    MOST_COMPARISONS,
    MOST_LEVELS,
    NUMBER,
    WITH_LIST,
    Comparison,
    Either,
    Every,
    Not,
    Operator,
    Rule,
    text_of,
)
from hub.errors import Problem

END_OF_WORD = r"(?![a-z0-9_-])"

SPACES = " \t\r\n"
WORD = re.compile(rf'"(?P<quoted>{CODE})"|(?P<bare>{CODE}){END_OF_WORD}')
VALUE = re.compile(rf"(?P<number>{NUMBER}){END_OF_WORD}|{WORD.pattern}")
SIGN = re.compile(r"!=|<=|>=|=|<|>")


class Expected(enum.StrEnum):
    """What a rule lacks where it cannot be read any further."""

    COMPARISON = "comparison"
    OPERATOR = "operator"
    QUESTION = "question"
    ROW = "row"
    VALUE = "value"
    OPENING = "opening"
    CLOSING = "closing"
    END_OF_GROUP = "end_of_group"
    END_OF_LIST = "end_of_list"
    END = "end"


def parse(text: str, *, path: Sequence[str] = ()) -> Rule | Problem:
    """Return the rule that a text says, or the first thing that is wrong with the text."""
    found = _beyond_any(text) if len(text) > MOST_CHARACTERS else _read(text)
    return Problem(found.code, tuple(path), found.facts) if isinstance(found, Problem) else found


def rule_of(text: str) -> Rule:
    """Return the rule that a stored text says. It was checked before it was stored."""
    found = parse(text)
    if isinstance(found, Problem):
        raise ValueError(f"A stored rule cannot be read: {found.code}.")  # noqa: TRY004 - the text is wrong, not its type
    return found


@lru_cache(maxsize=2048)
def _read(text: str) -> Rule | Problem:
    try:
        rule = _Reader(text).read()
    except _StopError as stop:
        return stop.problem
    # What can be read can be written, and read again.
    return _too_long() if len(text_of(rule)) > MOST_CHARACTERS else rule


def _beyond_any(text: str) -> Problem:
    """A text that no rule may be, whatever it says."""
    return Problem("WORDING_TOO_LONG", (), {"limit": MOST_CHARACTERS, "length": len(text)})


def _too_long() -> Problem:
    facts = {"characters": MOST_CHARACTERS, "comparisons": MOST_COMPARISONS, "levels": MOST_LEVELS}
    return Problem("RULE_TOO_LONG", (), facts)


class _StopError(Exception):
    """The text cannot be read any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Reader:
    """One reading of one text, from its beginning to its end, without ever going back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._levels = 0
        self._comparisons = 0

    def read(self) -> Rule:
        rule = self._either()
        self._skip()
        if self._at < len(self._text):
            raise self._expected(Expected.END)
        return rule

    def _either(self) -> Rule:
        parts = [self._every()]
        while self._keyword("or"):
            parts.append(self._every())
        return _joined(Either, parts)

    def _every(self) -> Rule:
        parts = [self._unit()]
        while self._keyword("and"):
            parts.append(self._unit())
        return _joined(Every, parts)

    def _unit(self) -> Rule:
        if self._keyword("not"):
            return Not(self._deeper(self._unit))
        if self._symbol("("):
            rule = self._deeper(self._either)
            self._require(")", Expected.END_OF_GROUP)
            return rule
        return self._comparison()

    def _deeper(self, read: Callable[[], Rule]) -> Rule:
        self._levels += 1
        if self._levels > MOST_LEVELS:
            raise _StopError(_too_long())
        rule = read()
        self._levels -= 1
        return rule

    def _comparison(self) -> Comparison:
        if self._keyword("answered"):
            self._require("(", Expected.OPENING)
            asked = Comparison(self._word(WORD, Expected.QUESTION), Operator.ANSWERED)
            self._require(")", Expected.CLOSING)
        else:
            question = self._word(WORD, Expected.COMPARISON)
            row = self._row()
            operator = self._operator()
            asked = Comparison(question, operator, self._values(several=operator in WITH_LIST), row)
        self._comparisons += 1
        if self._comparisons > MOST_COMPARISONS:
            raise _StopError(_too_long())
        return asked

    def _row(self) -> str | None:
        """Read the row of a matrix, which follows its question without a space."""
        if not self._text.startswith(".", self._at):
            return None
        self._at += 1
        if WORD.match(self._text, self._at) is None:
            raise self._expected(Expected.ROW)
        return self._word(WORD, Expected.ROW)

    def _operator(self) -> Operator:
        self._skip()
        sign = SIGN.match(self._text, self._at)
        if sign is not None:
            self._at = sign.end()
            return Operator(sign[0])
        if self._keyword("in"):
            return Operator.IN
        if not self._keyword("has"):
            raise self._expected(Expected.OPERATOR)
        if self._keyword("any"):
            return Operator.HAS_ANY
        return Operator.HAS_ALL if self._keyword("all") else Operator.HAS

    def _values(self, *, several: bool) -> tuple[str, ...]:
        if not several:
            return (self._word(VALUE, Expected.VALUE),)
        self._require("(", Expected.OPENING)
        values = [self._word(VALUE, Expected.VALUE)]
        while self._symbol(","):
            values.append(self._word(VALUE, Expected.VALUE))
        self._require(")", Expected.END_OF_LIST)
        return tuple(values)

    # ---- one piece of the text ----

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in SPACES:
            self._at += 1

    def _keyword(self, word: str) -> bool:
        self._skip()
        found = WORD.match(self._text, self._at)
        if found is None or found["bare"] != word:
            return False
        self._at = found.end()
        return True

    def _symbol(self, symbol: str) -> bool:
        self._skip()
        found = self._text.startswith(symbol, self._at)
        self._at += len(symbol) if found else 0
        return found

    def _require(self, symbol: str, expected: Expected) -> None:
        if not self._symbol(symbol):
            raise self._expected(expected)

    def _word(self, pattern: re.Pattern[str], expected: Expected) -> str:
        self._skip()
        found = pattern.match(self._text, self._at)
        if found is None or found["bare"] in KEYWORDS:
            raise self._expected(expected)
        self._at = found.end()
        return found["quoted"] or found[0]

    def _expected(self, expected: Expected) -> _StopError:
        return _StopError(Problem("RULE_SYNTAX", (), {"at": self._at + 1, "expected": expected.value}))


def _joined(kind: type[Every | Either], parts: Sequence[Rule]) -> Rule:
    """Put parts together, so that `(a and b) and c` is the same rule as `a and b and c`."""
    if len(parts) == 1:
        return parts[0]
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat))
