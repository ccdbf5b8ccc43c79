"""Representing: a few answers to a question that stand for all the others, as far as some comparisons can tell.

Two answers that no comparison tells apart are the same to every rule, so one of them is enough: an option that is
not mentioned stands for all such options, a number between two constants for all the numbers between them. Scales
and dates go in whole steps, other numbers do not. A matrix may be answered in some of its rows only.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations, pairwise, product
from typing import TypeVar

from hub.consultations.display_rules import Comparison, Ruled, date_of, number_of
from hub.consultations.showing import Said

T = TypeVar("T")

FARTHEST = Decimal(10) ** 16
"""No rule can name a number as far out as this, so limits beyond it are as good as this one."""


def answers_to(question: Ruled, asked: Collection[Comparison]) -> Iterator[Said]:
    """Return answers to a question that stand for all that it takes, as far as these comparisons tell."""
    yield from REPRESENTED.get(question.kind, _plainly)(question, asked)


def _plainly(_question: Ruled, _asked: Collection[Comparison]) -> Iterator[Said]:
    yield Said()


def _never(_question: Ruled, _asked: Collection[Comparison]) -> Iterator[Said]:
    yield from ()


def _consent(_question: Ruled, _asked: Collection[Comparison]) -> Iterator[Said]:
    yield Said(agreed=True)
    yield Said(agreed=False)


def _single(question: Ruled, asked: Collection[Comparison]) -> Iterator[Said]:
    mentioned, others = _options(question, asked)
    for option in (*mentioned, *others[:1]):
        yield Said(choices=(option,))


def _multiple(question: Ruled, asked: Collection[Comparison]) -> Iterator[Said]:
    mentioned, others = _options(question, asked)
    for size in range(len(mentioned) + 1):
        # Where options that nobody mentions have to be chosen too, it is enough that there are some.
        if _fits(question, size, size + len(others)):
            for chosen in combinations(mentioned, size):
                yield Said(choices=chosen)


def _ranking(question: Ruled, asked: Collection[Comparison]) -> Iterator[Said]:
    mentioned, others = _options(question, asked)
    for size in range(len(mentioned) + 1):
        led_by_one = _fits(question, size, size + len(others))
        led_by_another = bool(others) and _fits(question, size + 1, size + len(others))
        for chosen in combinations(mentioned, size) if led_by_one or led_by_another else ():
            for first in chosen if led_by_one else ():
                yield Said(choices=(first, *(option for option in chosen if option != first)))
            if led_by_another:
                yield Said(choices=(others[0], *chosen))


def _matrix(question: Ruled, asked: Collection[Comparison]) -> Iterator[Said]:
    by_row: dict[str | None, list[Comparison]] = defaultdict(list)
    for comparison in asked:
        by_row[comparison.row].append(comparison)
    rows = [row for row in dict.fromkeys(question.rows) if row in by_row]
    other = next((row for row in question.rows if row not in by_row), None)
    ways: list[Sequence[str | None]] = []
    for row in rows:
        mentioned, others = _options(question, by_row[row])
        ways.append((*mentioned, *others[:1], None))
    for chosen in product(*ways):
        given = {row: option for row, option in zip(rows, chosen, strict=True) if option is not None}
        if not given and other is not None and question.options:
            given = {other: question.options[0]}
        if given:
            yield Said(rows=given)


def _scale(question: Ruled, asked: Collection[Comparison]) -> Iterator[Said]:
    low, high = _limit(question.minimum), _limit(question.maximum)
    for number in _steps(_constants(number_of, asked), low, high):
        yield Said(number=number)


def _number(question: Ruled, asked: Collection[Comparison]) -> Iterator[Said]:
    low, high = _limit(question.minimum), _limit(question.maximum)
    constants = _constants(number_of, asked)
    points = sorted({*constants, *(limit for limit in (low, high) if limit is not None)}) or [Decimal(0)]
    between = [(left + right) / 2 for left, right in pairwise(points)]
    for number in (*points, *between, points[0] - 1, points[-1] + 1):
        if (low is None or low <= number) and (high is None or number <= high):
            yield Said(number=number)


def _date(question: Ruled, asked: Collection[Comparison]) -> Iterator[Said]:
    first, last = (
        limit if isinstance(limit, dt.date) else default
        for limit, default in ((question.minimum, dt.date.min), (question.maximum, dt.date.max))
    )
    days = [Decimal(date.toordinal()) for date in _constants(date_of, asked)]
    for day in _steps(days, Decimal(first.toordinal()), Decimal(last.toordinal())):
        yield Said(date=dt.date.fromordinal(int(day)))


REPRESENTED: Mapping[str, Callable[[Ruled, Collection[Comparison]], Iterator[Said]]] = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "ranking": _ranking,
    "scale": _scale,
    "matrix": _matrix,
    "number": _number,
    "date": _date,
    "notice": _never,
    "consent": _consent,
}
"""How each kind of question is answered. Of all others it matters only whether they are."""


def _options(question: Ruled, asked: Collection[Comparison]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the options of a question that are mentioned, and those that are not."""
    words = {value for comparison in asked for value in comparison.values}
    options = tuple(dict.fromkeys(question.options))
    return tuple(o for o in options if o in words), tuple(o for o in options if o not in words)


def _fits(question: Ruled, fewest: int, most: int) -> bool:
    """Whether between so many choices and so many there is a number that the question takes: at least one."""
    lower = max(question.min_choices or 1, fewest, 1)
    return lower <= most and (question.max_choices is None or lower <= question.max_choices)


def _limit(limit: Decimal | dt.date | None) -> Decimal | None:
    """Return a limit of a number, if it is one."""
    if not isinstance(limit, Decimal) or limit.is_nan():
        return None
    return max(-FARTHEST, min(limit, FARTHEST))


def _constants(read: Callable[[str], T | None], asked: Collection[Comparison]) -> list[T]:
    words = {value for comparison in asked for value in comparison.values}
    return [constant for constant in map(read, sorted(words)) if constant is not None]


def _steps(constants: Collection[Decimal], low: Decimal | None, high: Decimal | None) -> list[Decimal]:
    """Return whole numbers within limits: at each constant, beside it, and at the limits themselves."""
    near = {Decimal(0)} if not constants else set()
    for constant in constants:
        floor, ceiling = constant.to_integral_value(ROUND_FLOOR), constant.to_integral_value(ROUND_CEILING)
        near |= {floor, ceiling, floor + 1, ceiling - 1}
    if low is not None:
        near.add(low.to_integral_value(ROUND_CEILING))
    if high is not None:
        near.add(high.to_integral_value(ROUND_FLOOR))
    return [step for step in sorted(near) if (low is None or low <= step) and (high is None or step <= high)]
