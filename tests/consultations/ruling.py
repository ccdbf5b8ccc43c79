"""Questions with display rules, and the random ones among them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hub.consultations.display_rules import (
    KEYWORDS,
    WITH_LIST,
    Comparison,
    Either,
    Every,
    Not,
    Operator,
    Rule,
    Ruled,
)
from hub.consultations.parsing_rules import rule_of
from hub.consultations.showing import Said

LIMITS = {"minimum", "maximum"}


def ask(code: str, kind: str = "short_text", rule: str | None = None, **more: Any) -> Ruled:
    """Make a question; options, rows and limits are given as texts or whole numbers."""
    for name in ("options", "rows"):
        more[name] = tuple(more.get(name, "").split())
    more |= {name: Decimal(more[name]) for name in LIMITS & more.keys() if not isinstance(more[name], dt.date)}
    return Ruled(code=code, kind=kind, path=("questions", code), display_rule=rule, **more)


def chose(*options: str) -> Said:
    return Said(choices=options)


def number(value: str) -> Said:
    return Said(number=Decimal(value))


def date(value: str) -> Said:
    return Said(date=dt.date.fromisoformat(value))


def read(text: str) -> Rule:
    return rule_of(text)


# ---- random rules ----

WORDS = st.sampled_from(["a", "luz", "edad", "0", "2026-12-01", "x_y-z", *sorted(KEYWORDS)])
VALUES = st.one_of(WORDS, st.sampled_from(["-5", "1.5", "-0.25", "18"]))


def _compared(operator: Operator) -> st.SearchStrategy[Comparison]:
    if operator is Operator.ANSWERED:
        return st.builds(Comparison, WORDS, st.just(operator))
    values = st.lists(VALUES, min_size=1, max_size=3 if operator in WITH_LIST else 1).map(tuple)
    return st.builds(Comparison, WORDS, st.just(operator), values, st.none() | WORDS)


def _grouped(kind: type[Every | Either], parts: list[Rule]) -> Rule:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat))


def rules(compared: st.SearchStrategy[Comparison], *, most: int = 5) -> st.SearchStrategy[Rule]:
    """Return rules, as they are after they were read, of these comparisons."""
    kinds: list[type[Every | Either]] = [Every, Either]
    return st.recursive(
        compared,
        lambda parts: (
            parts.map(Not) | st.builds(_grouped, st.sampled_from(kinds), st.lists(parts, min_size=2, max_size=3))
        ),
        max_leaves=most,
    )


ANY_RULE = rules(st.sampled_from(Operator).flatmap(_compared))
