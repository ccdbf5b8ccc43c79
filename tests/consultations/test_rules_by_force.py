"""A rule is called unreachable exactly if no answers make it true: tried on everything that anybody can answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.consultations.checking_rules import FITTING, ONLY_WHETHER, check_rules
from hub.consultations.display_rules import WITH_LIST, Comparison, Operator, Rule, Ruled, text_of
from hub.consultations.showing import Said, shown
from tests.consultations.ruling import read, rules

DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(-1, 5)]


def every_answer(question: Ruled) -> Iterator[Said]:
    """Return every answer that a question takes; of numbers and dates, all that the random rules tell apart."""
    fewest, most = question.min_choices or 1, question.max_choices or len(question.options)
    sizes = range(max(fewest, 1), most + 1)
    match question.kind:
        case "single_choice":
            yield from (Said(choices=(option,)) for option in question.options)
        case "multiple_choice":
            yield from (Said(choices=chosen) for size in sizes for chosen in combinations(question.options, size))
        case "ranking":
            yield from (Said(choices=chosen) for size in sizes for chosen in permutations(question.options, size))
        case "scale" | "number":
            step = Decimal(1 if question.kind == "scale" else "0.5")
            numbers = [step * n for n in range(int(-2 / step), int(4 / step))]
            yield from (Said(number=n) for n in numbers if _within(question, n))
        case "date":
            yield from (Said(date=day) for day in DAYS if _within(question, day))
        case "matrix":
            for chosen in product([*question.options, None], repeat=len(question.rows)):
                rows = {row: option for row, option in zip(question.rows, chosen, strict=True) if option is not None}
                yield from [Said(rows=rows)] if rows else []
        case "consent":
            yield from (Said(agreed=True), Said(agreed=False))
        case _:
            yield Said()


def _within(question: Ruled, value: Any) -> bool:
    over = question.minimum is None or question.minimum <= value
    return over and (question.maximum is None or value <= question.maximum)


def ever_shown(questions: Sequence[Ruled]) -> set[str]:
    """Return the questions that somebody sees, by trying everything that anybody can answer."""
    found: set[str] = set()
    known = [None if question.display_rule is None else read(question.display_rule) for question in questions]

    def walk(n: int, answers: dict[str, Said]) -> None:
        question = questions[n]
        visible = shown(known[n], answers)
        found.update([question.code] if visible else [])
        if n + 1 == len(questions):
            return
        ways = list(every_answer(question)) if visible else []
        for said in ways:
            walk(n + 1, answers | {question.code: said})
        if not (question.required and ways):
            walk(n + 1, answers)

    walk(0, {})
    return found


def limits(values: Sequence[Any]) -> st.SearchStrategy[dict[str, Any]]:
    limit = st.none() | st.sampled_from(values)
    return st.fixed_dictionaries({"minimum": limit, "maximum": limit})


CHOICES = st.fixed_dictionaries(
    {"min_choices": st.none() | st.integers(0, 3), "max_choices": st.none() | st.integers(1, 3)}
)
WHOLE = [Decimal(n) for n in range(-1, 4)]
MORE: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": st.just({"options": ("x", "y", "z")}),
    "multiple_choice": CHOICES.map(lambda more: {**more, "options": ("x", "y", "z")}),
    "ranking": CHOICES.map(lambda more: {**more, "options": ("x", "y")}),
    "scale": limits(WHOLE),
    "number": limits(WHOLE),
    "date": limits(DAYS[1:-1]),
    "matrix": st.just({"options": ("x", "y"), "rows": ("r", "s")}),
    "consent": st.just({}),
    "place": st.just({}),
}
"""What a random question of each kind has beside its code."""


def values(question: Ruled) -> list[str]:
    if question.options:
        return [*question.options]
    constants = {"date": [str(day) for day in DAYS[1:-1]], "consent": ["true", "false"], "scale": ["1", "1.5", "2"]}
    return constants.get(question.kind, ["0", "1", "2"])


@st.composite
def questionnaires(draw: Callable[[st.SearchStrategy[Any]], Any]) -> list[Ruled]:
    """Draw a few questions whose rules are right, except that they may never come true."""
    found: list[Ruled] = []
    for code in "abcd"[: draw(st.integers(2, 4))]:
        kind = draw(st.sampled_from(sorted(MORE)))
        rule: Rule | None = None
        if found and draw(st.integers(0, 3)):
            rule = draw(rules(st.sampled_from(found).flatmap(compared), most=4))
        text = None if rule is None else text_of(rule)
        found.append(
            Ruled(
                code=code, path=(code,), kind=kind, display_rule=text, required=draw(st.booleans()), **draw(MORE[kind])
            )
        )
    return found


def compared(question: Ruled) -> st.SearchStrategy[Comparison]:
    fitting = FITTING.get(question.kind, ONLY_WHETHER)

    def with_values(operator: Operator) -> st.SearchStrategy[Comparison]:
        if operator is Operator.ANSWERED:
            return st.just(Comparison(question.code, operator))
        some = st.lists(st.sampled_from(values(question)), min_size=1, max_size=2 if operator in WITH_LIST else 1)
        row = st.sampled_from(question.rows) if question.rows else st.none()
        return st.builds(Comparison, st.just(question.code), st.just(operator), some.map(tuple), row)

    return st.sampled_from([Operator.ANSWERED, *sorted(fitting.operators) * 2]).flatmap(with_values)


@settings(max_examples=50, deadline=None)
@given(questions=questionnaires())
def test_a_rule_is_unreachable_exactly_if_no_answers_make_it_true(questions: list[Ruled]) -> None:
    problems = check_rules(questions)
    assert {problem.code for problem in problems} <= {"RULE_UNREACHABLE"}
    never = set(codes(questions)) - ever_shown(questions)
    assert [problem.path[0] for problem in problems] == [code for code in codes(questions) if code in never]


def codes(questions: Sequence[Ruled]) -> list[str]:
    return [question.code for question in questions]
