"""Display rules: the hub's small language about earlier answers, read into a tree and written again.

::

    servicios has luz and (edad >= 18 or not answered(agua))

The hub's schema says when a question is asked by such a text. The form of a condition needs to know what it says.
What is wrong with a rule that can be read, only the hub knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

LONGEST = 1_000
DEEPEST = 20
KEYWORDS = frozenset({"or", "and", "not", "in", "has", "any", "all", "answered"})
"""Words that stand in quotes where they are meant as a code."""

WITH_LIST = frozenset({"in", "has any", "has all"})
"""What is followed by several values in parentheses."""

SPACES = " \t\r\n"
WORD = re.compile(r'"(?P<quoted>[a-z0-9][a-z0-9_-]{0,63})"|(?P<bare>[a-z0-9][a-z0-9_-]{0,63})(?![a-z0-9_-])')
NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?(?![a-z0-9_-])")
SIGN = re.compile(r"!=|<=|>=|[=<>(),]")


class Unreadable(ValueError):
    """A text is no rule."""


@dataclass(frozen=True)
class Comparison:
    """One look at the answer to a question, or to one row of a matrix."""

    question: str
    operator: str
    values: tuple[str, ...] = ()
    row: str | None = None


@dataclass(frozen=True)
class Not:
    """True where its part is false."""

    part: Rule


@dataclass(frozen=True)
class Every:
    """True where all its parts are."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True)
class Either:
    """True where one of its parts is."""

    parts: tuple[Rule, ...]


Rule = Comparison | Not | Every | Either


def read_rule(text: str) -> Rule:
    """Return the rule that a text says."""
    if len(text) > LONGEST:
        raise Unreadable(text)
    return _Reading(text).rule()


def rule_text(rule: Rule) -> str:
    """Write a rule as the hub does: one space around words, no needless parentheses or quotes."""
    match rule:
        case Comparison(question, "answered"):
            return f"answered({_word(question)})"
        case Comparison(question, operator, values, row):
            asked = _word(question) if row is None else f"{_word(question)}.{_word(row)}"
            given = ", ".join(map(_word, values))
            return f"{asked} {operator} {f'({given})' if operator in WITH_LIST else given}"
        case Not(part):
            return f"not {_inside(part, Every, Either)}"
        case Every(parts):
            return " and ".join(_inside(part, Either) for part in parts)
        case Either(parts):
            return " or ".join(map(rule_text, parts))


def joined(kind: type[Every | Either], parts: list[Rule]) -> Rule:
    """Put parts together; a single one stays by itself, and those within a part of the same kind stand beside it."""
    if len(parts) == 1:
        return parts[0]
    return kind(tuple(inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))))


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
    """Return the codes of the questions that a rule names, each once."""
    return tuple(dict.fromkeys(comparison.question for comparison in comparisons(rule)))


def with_question_renamed(rule: Rule, old: str, new: str) -> Rule:
    """Return the rule with another code for one of the questions that it names."""
    match rule:
        case Comparison(question):
            return replace(rule, question=new) if question == old else rule
        case Not(part):
            return Not(with_question_renamed(part, old, new))
        case Every(parts) | Either(parts):
            return type(rule)(tuple(with_question_renamed(part, old, new) for part in parts))


def _inside(part: Rule, *looser: type[Every | Either]) -> str:
    return f"({rule_text(part)})" if isinstance(part, looser) else rule_text(part)


def _word(word: str) -> str:
    return f'"{word}"' if word in KEYWORDS else word


class _Reading:
    """One reading of one text, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._depth = text, 0, 0

    def rule(self) -> Rule:
        rule = self._either()
        if self._start() < len(self._text):
            raise Unreadable(self._text)
        return rule

    def _either(self) -> Rule:
        return self._several("or", Either, self._every)

    def _every(self) -> Rule:
        return self._several("and", Every, self._unit)

    def _several(self, word: str, kind: type[Every | Either], read: Callable[[], Rule]) -> Rule:
        parts = [read()]
        while self._takes(word):
            parts.append(read())
        return joined(kind, parts)

    def _unit(self) -> Rule:
        if self._takes("not"):
            return Not(self._deeper(self._unit))
        if self._takes("("):
            rule = self._deeper(self._either)
            self._needs(")")
            return rule
        if self._takes("answered"):
            self._needs("(")
            question = self._code()
            self._needs(")")
            return Comparison(question, "answered")
        question = self._code()
        row = self._row()
        operator = self._operator()
        return Comparison(question, operator, self._values(several=operator in WITH_LIST), row)

    def _deeper(self, read: Callable[[], Rule]) -> Rule:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable(self._text)
        rule = read()
        self._depth -= 1
        return rule

    def _operator(self) -> str:
        for sign in ("=", "!=", "<", "<=", ">", ">=", "in"):
            if self._takes(sign):
                return sign
        self._needs("has")
        return next((f"has {word}" for word in ("any", "all") if self._takes(word)), "has")

    def _values(self, *, several: bool) -> tuple[str, ...]:
        if not several:
            return (self._value(),)
        self._needs("(")
        values = [self._value()]
        while self._takes(","):
            values.append(self._value())
        self._needs(")")
        return tuple(values)

    def _row(self) -> str | None:
        """Read the row of a matrix, which follows its question without a space."""
        if not self._text.startswith(".", self._at):
            return None
        self._at += 1
        if self._text[self._at : self._at + 1].strip(SPACES) == "":
            raise Unreadable(self._text)
        return self._code()

    def _code(self) -> str:
        found = WORD.match(self._text, self._start())
        if found is None or found["bare"] in KEYWORDS:
            raise Unreadable(self._text)
        self._at = found.end()
        return found["quoted"] or found["bare"]

    def _value(self) -> str:
        found = NUMBER.match(self._text, self._start())
        if found is None:
            return self._code()
        self._at = found.end()
        return found[0]

    def _takes(self, token: str) -> bool:
        """Go past a keyword or a sign, if that is what comes next."""
        start = self._start()
        word = WORD.match(self._text, start)
        found = SIGN.match(self._text, start) if word is None else word
        if found is None or found[0] != token:
            return False
        self._at = found.end()
        return True

    def _needs(self, token: str) -> None:
        if not self._takes(token):
            raise Unreadable(self._text)

    def _start(self) -> int:
        rest = self._text[self._at :]
        return self._at + len(rest) - len(rest.lstrip(SPACES))
