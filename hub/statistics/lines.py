"""Lines: the options of a question, or those who answered it in each category, with the total they belong to.

A line is decided before the tables that it is a margin of. Where its total is shown, whatever is withheld of it can
be told apart only by adding up: one withheld cell follows from the others, and of several their sum does. So cells are
withheld, the cheapest first, until every small one could also hold k, and none follows.

A question of several choices is a line too. Its options do not add up to those who answered, but with the choices that
nobody made use of (the *spare* ones) they add up to all that could have been made, and nobody publishes those.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hub.statistics.counts import SINGLE, SMALLEST, Cell, Choices, Reason, cell, is_small, require_possible


@dataclass(frozen=True)
class Line:
    """True counts that belong to one total, and what is public about them in any case."""

    names: tuple[str, ...]
    counts: tuple[int, ...]
    total: int
    """How many answered: the sum of the counts, if everybody chooses one option."""
    published: tuple[int, ...] = ()
    """How many of each count can be read one by one; none, if left out."""
    published_total: int | None = None
    """How many of the total can be read one by one; if left out, the sum of the published."""
    at_most: tuple[int, ...] = ()
    """What each count can be at most by what is public: the responses of a category, if those who answered count."""
    total_at_most: int | None = None
    """What the total can be at most by what is public: all responses."""
    choices: Choices = SINGLE

    def __post_init__(self) -> None:
        size = len(self.names)
        object.__setattr__(self, "published", self.published or (0,) * size)
        if self.published_total is None:
            object.__setattr__(self, "published_total", sum(self.published))
        if len(self.counts) != size or len(self.published) != size or len(self.at_most) not in (0, size):
            raise ValueError("A line has one count for each name.")
        if any(not 0 <= one <= all_ for one, all_ in zip(self.published, self.counts, strict=True)):
            raise ValueError("Of each count, no more can be published than there are.")
        if not 0 <= self.published_of_total <= self.total:
            raise ValueError("Of the total, no more can be published than there are.")
        require_choices(self.rest, self.rest_of_total, self.choices)

    @property
    def published_of_total(self) -> int:
        """How many of the total can be read one by one."""
        return self.published_total or 0

    @property
    def rest(self) -> tuple[int, ...]:
        """What is left of the counts without what can be read one by one."""
        return tuple(all_ - one for all_, one in zip(self.counts, self.published, strict=True))

    @property
    def rest_of_total(self) -> int:
        """What is left of the total without what can be read one by one."""
        return self.total - self.published_of_total


@dataclass(frozen=True)
class ProtectedLine:
    """What is shown of a line. It holds no count that is not shown."""

    names: tuple[str, ...]
    cells: tuple[Cell, ...]
    total: Cell
    published: tuple[int, ...]
    published_total: int

    @property
    def withheld(self) -> frozenset[int]:
        """The places of the cells that are not shown."""
        return frozenset(place for place, found in enumerate(self.cells) if found.shown is None)


def require_choices(counts: Sequence[int], answered: int, choices: Choices) -> None:
    """Refuse counts that so many people cannot have made."""
    made = sum(counts)
    if not choices.least * answered <= made <= choices.most * answered or any(n > answered for n in counts):
        raise ValueError(f"{answered} people who choose {choices.least} to {choices.most} options make no {counts}.")


def exact_line(line: Line) -> ProtectedLine:
    """Return a line of a question whose totals are public: all of it is shown, however small."""
    return _line(line, cells=map(Cell, line.counts), total=Cell(line.total))


def protect_line(line: Line, *, k: int = SMALLEST, total_is_public: bool = False) -> ProtectedLine:
    """Return what may be shown of a line, its total included."""
    require_possible(k)
    total_is_small = is_small(line.total, line.published_of_total, k=k)
    total_is_hidden = total_is_small and not total_is_public
    parts = _parts(line, k=k)
    if total_is_hidden and not line.choices.is_single:
        # What one option can be depends on the total, which is not known: then nothing is.
        hidden = set(range(len(parts)))
    else:
        hidden = _conceal(parts, _spare(line, total_is_hidden=total_is_hidden))
    cells = [cell(part.count, hidden=place in hidden, small=part.is_small) for place, part in enumerate(parts)]
    total = cell(line.total, hidden=total_is_hidden, small=total_is_small)
    return _line(line, cells=cells, total=total)


def _line(line: Line, *, cells: Iterable[Cell], total: Cell) -> ProtectedLine:
    return ProtectedLine(line.names, tuple(cells), total, line.published, line.published_of_total)


def withheld_line(line: ProtectedLine) -> ProtectedLine:
    """Return a line with nothing shown of it."""
    cells = [found if found.shown is None else Cell(None, Reason.SECONDARY) for found in (*line.cells, line.total)]
    return replace(line, cells=tuple(cells[:-1]), total=cells[-1])


@dataclass(frozen=True)
class _Part:
    """A cell of a line, by how far it could be another number and how far it must be able to."""

    count: int
    fall: float
    rise: float
    must_fall: int = 0
    must_rise: int = 0

    @property
    def is_small(self) -> bool:
        return self.must_fall > 0 or self.must_rise > 0


def _parts(line: Line, *, k: int) -> list[_Part]:
    parts = []
    for place, (count, published, rest) in enumerate(zip(line.counts, line.published, line.rest, strict=True)):
        small = is_small(count, published, k=k)
        rise = line.at_most[place] - count if line.at_most else math.inf
        few_others, others = False, 0
        if not line.choices.is_single:
            others = line.rest_of_total - rest
            few_others = is_small(line.total - count, line.published_of_total - published, k=k)
            rise = min(rise, others)
        parts.append(
            _Part(
                count,
                fall=rest,
                rise=rise,
                must_rise=k - rest if small else 0,
                must_fall=k - others if few_others else 0,
            )
        )
    return parts


def _spare(line: Line, *, total_is_hidden: bool) -> _Part:
    """Return what takes up the changes of the withheld cells without being shown: the choices that nobody made.

    Where the total is withheld, it is those who did not answer.
    """
    if total_is_hidden:
        at_most = math.inf if line.total_at_most is None else line.total_at_most
        return _Part(0, fall=at_most - line.total, rise=math.inf)
    spare = line.choices.most * line.rest_of_total - sum(line.rest)
    room = (line.choices.most - line.choices.least) * line.rest_of_total
    return _Part(0, fall=spare, rise=room - spare)


def _conceal(parts: list[_Part], spare: _Part) -> set[int]:
    """Return the places of all that must be withheld."""
    hidden = {place for place, part in enumerate(parts) if part.is_small}
    by_count = sorted(range(len(parts)), key=lambda place: (parts[place].count, place))

    def secure(place: int, amount: int, own: Callable[[_Part], float], others: Callable[[_Part], float]) -> bool:
        """Withhold until the cell can change by this amount, or by what is possible at all; whether it can at all."""
        possible = others(spare) + sum(others(part) for there, part in enumerate(parts) if there != place)
        wanted = min(amount, own(parts[place]), possible)
        found = others(spare) + sum(others(parts[there]) for there in hidden if there != place)
        for there in by_count:
            if found >= wanted:
                break
            if there not in hidden and there != place and others(parts[there]) > 0:
                hidden.add(there)
                found += others(parts[there])
        return wanted > 0

    for place in sorted(hidden, key=lambda place: (-parts[place].must_rise, -parts[place].must_fall, place)):
        part = parts[place]
        rises = part.must_rise > 0 and secure(place, part.must_rise, _rise, _fall)
        falls = part.must_fall > 0 and secure(place, part.must_fall, _fall, _rise)
        if not rises and not falls:
            # It cannot be larger, whatever is withheld; then at least it must not follow.
            secure(place, 1, _fall, _rise)
    return hidden


def _rise(part: _Part) -> float:
    return part.rise


def _fall(part: _Part) -> float:
    return part.fall
