"""An attacker who knows the method, the k and every published answer, and tries all numbers that could be.

Written without a line of what it attacks: it takes what is shown, goes through all tables of whole numbers that agree
with it, one category after the other, and keeps what each count was in any of them. Several breakdowns of a question
are read side by side: they must agree on the totals, which may be withheld themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Shown = int | None
Row = tuple[int, ...]
"""How many answered, and how often each option was chosen."""


@dataclass(frozen=True)
class Seen:
    """What is shown of some people's answers, what can be read of them one by one, and how many they can be."""

    answered: Shown
    options: tuple[Shown, ...]
    published: Row
    at_most: int


@dataclass(frozen=True)
class Breakdown:
    """What is shown of a question by category."""

    rows: tuple[Seen, ...]


@dataclass(frozen=True)
class Question:
    """All that is public about a question."""

    totals: Seen
    breakdowns: tuple[Breakdown, ...]
    least: int = 1
    most: int = 1


Found = list[list[set[Row]]]
"""For each breakdown and each of its categories, everything that it could be."""

WIDTH = 8
"""How many bits a number has, with one that tells when another was taken from a smaller one."""


def attack(question: Question) -> tuple[Found, set[Row]]:
    """Return what each category of each breakdown could be, and what the totals could be."""
    forward = [_reachable(question, breakdown) for breakdown in question.breakdowns]
    totals = set(map(_packed, _possible(question, question.totals)))
    for steps in forward:
        totals &= steps[-1]
    found = []
    for breakdown, steps in zip(question.breakdowns, forward, strict=True):
        good, rows = totals, []
        for seen, before in reversed(list(zip(breakdown.rows, steps[:-1], strict=True))):
            kept, earlier = set(), set()
            for row in _possible(question, seen):
                number = _packed(row)
                left = before.intersection([state - number for state in good])
                if left:
                    kept.add(row)
                    earlier |= left
            good = earlier
            rows.append(kept)
        found.append(rows[::-1])
    size = len(question.totals.options) + 1
    return found, {_unpacked(number, size) for number in totals}


def _reachable(question: Question, breakdown: Breakdown) -> list[set[int]]:
    """Return, after each category, all sums that there could be so far."""
    totals = (question.totals.answered, *question.totals.options)
    limits = [question.totals.at_most if limit is None else limit for limit in totals]
    signs = _packed([1 << WIDTH - 1] * len(limits))
    most = _packed(limits) | signs
    steps = [{0}]
    for seen in breakdown.rows:
        rows = list(map(_packed, _possible(question, seen)))
        steps.append({state + row for state in steps[-1] for row in rows if (most - state - row) & signs == signs})
    return steps


def _packed(row: Sequence[int]) -> int:
    """Return a row as one number, so that rows are added by one addition."""
    return sum(number << WIDTH * place for place, number in enumerate(row))


def _unpacked(number: int, size: int) -> Row:
    return tuple(number >> WIDTH * place & (1 << WIDTH) - 1 for place in range(size))


def _possible(question: Question, seen: Seen) -> Iterator[Row]:
    """Tell all that some people could have answered, by what is seen of them."""
    known, *published = seen.published
    for answered in _range(seen.answered, known, seen.at_most):
        ranges = [_range(n, p, p + answered - known) for n, p in zip(seen.options, published, strict=True)]
        least, most = (limit * (answered - known) + sum(published) for limit in (question.least, question.most))
        yield from ((answered, *options) for options in _products(ranges, least, most))


def _range(shown: Shown, least: int, most: int) -> Sequence[int]:
    if shown is None:
        return range(least, most + 1)
    return [shown] if least <= shown <= most else []


def _products(ranges: list[Sequence[int]], least: int, most: int) -> Iterator[Row]:
    """Tell all rows with one number of each range, whose sum lies between two."""
    if not ranges:
        if least <= 0 <= most:
            yield ()
        return
    first, *others = ranges
    if not all(ranges):
        return
    reach = sum(max(one) for one in others)
    for number in first:
        if number + reach >= least and number <= most:
            for rest in _products(others, least - number, most - number):
                yield (number, *rest)
