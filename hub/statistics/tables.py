"""Tables: a question's options by the categories of a dimension, as they were counted and as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hub.statistics.counts import SINGLE, Cell, Choices
from hub.statistics.lines import ProtectedLine, require_choices


@dataclass(frozen=True)
class Counted:
    """What some people answered to a question: how often each option was chosen, and by how many people in all."""

    options: tuple[int, ...]
    answered: int

    def without(self, others: Counted) -> Counted:
        """Return what is left when some of these people are taken away."""
        left = tuple(n - m for n, m in zip(self.options, others.options, strict=True))
        return Counted(left, self.answered - others.answered)

    @classmethod
    def of(cls, *options: int) -> Counted:
        """Return the counts of people who chose one option each."""
        return cls(options, sum(options))


@dataclass(frozen=True)
class Table:
    """True counts of a question by category, and what is public about them in any case.

    The categories are those that are published; the residual one, if there is one, is a category like the others, and
    together they hold everybody. Who did not answer is in no cell. Where that is to be protected as well, let it be
    one more option, so that everybody answers.
    """

    categories: tuple[str, ...]
    options: tuple[str, ...]
    counts: tuple[Counted, ...]
    published: tuple[Counted, ...] = ()
    """What can be read one by one, with its category; nothing, if left out."""
    responses: tuple[int, ...] = ()
    """How many responses of each category are public: no more can have answered."""
    choices: Choices = SINGLE
    withheld: frozenset[tuple[str, str]] = frozenset()
    """Cells (category, option) that are withheld anyhow, because an earlier state withheld them."""

    def __post_init__(self) -> None:
        nobody = Counted((0,) * len(self.options), 0)
        object.__setattr__(self, "published", self.published or (nobody,) * len(self.categories))
        if {len(self.counts), len(self.published)} != {len(self.categories)}:
            raise ValueError("A table has one row for each category.")
        if any(len(row.options) != len(self.options) for row in (*self.counts, *self.published)):
            raise ValueError("A table has one column for each option.")
        for row, left in zip(self.published, self.rest, strict=True):
            if min(*row.options, *left.options, row.answered, left.answered, 0) < 0:
                raise ValueError("Of each count, no more can be published than there are.")
            require_choices(left.options, left.answered, self.choices)

    @property
    def rest(self) -> tuple[Counted, ...]:
        """What is left of each category without what can be read one by one."""
        return tuple(row.without(known) for row, known in zip(self.counts, self.published, strict=True))

    def true_counts(self) -> dict[tuple[str, ...], int]:
        """Return every number that this table could reveal, margins included, to compare it with another state's."""
        return dict(self._revealed())

    def _revealed(self) -> Iterator[tuple[tuple[str, ...], int]]:
        for what, rows in (("all", self.counts), ("rest", self.rest)):
            columns = [sum(column) for column in zip(*(row.options for row in rows), strict=True)]
            everybody = Counted(tuple(columns or (0,) * len(self.options)), sum(row.answered for row in rows))
            for category, row in zip(("", *self.categories), (everybody, *rows), strict=True):
                yield (what, category), row.answered
                for option, count in zip(self.options, row.options, strict=True):
                    yield (what, category, option), count
                    if not self.choices.is_single:
                        yield (what, category, option, "not chosen"), row.answered - count


@dataclass(frozen=True)
class ProtectedTable:
    """What is shown of a table. It holds no count that is not shown."""

    cells: tuple[tuple[Cell, ...], ...]
    """By category, then by option."""
    answered: ProtectedLine
    """How many answered in each category, and in all."""
    totals: ProtectedLine
    """The totals of the question, as they were decided before."""
