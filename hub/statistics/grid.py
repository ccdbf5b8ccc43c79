"""The grid: a table whose margins are partly withheld, as a network whose margins are known.

* Categories whose margin is withheld are one row, of which every cell is withheld. Its sum is known.
* Options whose total is withheld keep their columns, of which every cell is withheld, and their totals are the cells
  of a last row. There the signs are reversed: where a total rises, its column has room.
* Where people may choose several options, the choices that they could have made besides are a last column, withheld as
  a whole: with them, every category made as many choices as it could. A cell then has two sides, those who chose the
  option and those who did not, and few of either are as telling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

from hub.statistics.counts import Cell, cell, is_small
from hub.statistics.lines import ProtectedLine
from hub.statistics.network import Network
from hub.statistics.tables import Counted, Table

Place = tuple[int, int]
"""A row and a column."""


@dataclass(frozen=True)
class Demand:
    """By how much a withheld cell must be able to rise and to fall; if by nothing, it must not stand still."""

    row: int
    column: int
    rise: int = 0
    fall: int = 0


@dataclass(frozen=True)
class Room:
    """By how much a cell could fall and rise by itself, what it costs to withhold it, and whether it is anyhow."""

    fall: int
    rise: int
    price: int = 0
    withheld: bool = True


class Grid:
    """The rows and columns of a network, and what stands in them."""

    def __init__(self, table: Table, *, totals: ProtectedLine, hidden_rows: AbstractSet[int], k: int) -> None:
        self.table, self.totals, self.k = table, totals, k
        self.options = range(len(table.options))
        self.shown_rows = [row for row in range(len(table.categories)) if row not in hidden_rows]
        self.rows = [table.rest[row] for row in self.shown_rows]
        if hidden_rows:
            self.rows.append(self._together(table.rest[row] for row in sorted(hidden_rows)))

    @cached_property
    def inside(self) -> set[Place]:
        """All cells that could be shown."""
        return {(row, column) for row in range(len(self.shown_rows)) for column in self.options}

    @cached_property
    def withheld(self) -> set[Place]:
        """The cells inside that are withheld in any case."""
        return {
            (row, column)
            for row, column in self.inside
            if (self.shown_rows[row], column) in self._small
            or column in self.totals.withheld
            or (self.table.categories[self.shown_rows[row]], self.table.options[column]) in self.table.withheld
        }

    def demands(self) -> list[Demand]:
        """Return what is asked of the cells that are withheld in any case, the largest demands first."""
        nothing = Demand(0, 0)
        inside = [
            replace(self._small.get((self.shown_rows[row], column), nothing), row=row, column=column)
            for row, column in self.withheld
        ]
        # Each of the categories whose margin is withheld could be the whole of their row, so it must hold many.
        nobody = Counted((0,) * len(self.options), 0)
        merged = [
            demand
            for row in range(len(self.shown_rows), len(self.rows))
            for column in self.options
            if (demand := self._demand(row, column, of=self.rows[row], known=nobody)) is not None
        ]
        return sorted([*inside, *merged], key=lambda one: (-one.rise, -one.fall, one.row, one.column))

    def network(self) -> Network:
        """Return the cells as a network."""
        rooms = [[*self._rooms(row)] for row in range(len(self.rows))]
        if self.totals.withheld:
            rooms.append([*self._rooms_of_totals()])
        return Network(
            fall=[[room.fall for room in row] for row in rooms],
            rise=[[room.rise for room in row] for row in rooms],
            price=[[room.price for room in row] for row in rooms],
            withheld=[(r, c) for r, row in enumerate(rooms) for c, room in enumerate(row) if room.withheld],
            wide=self.k,
        )

    def cells(self, withheld: AbstractSet[Place]) -> tuple[tuple[Cell, ...], ...]:
        """Return the table as it is shown, when these cells of the grid are withheld."""
        places = {row: place for place, row in enumerate(self.shown_rows)}
        return tuple(
            tuple(
                cell(
                    count,
                    hidden=row not in places or (places[row], column) in withheld,
                    small=(row, column) in self._small,
                )
                for column, count in enumerate(counts.options)
            )
            for row, counts in enumerate(self.table.counts)
        )

    @cached_property
    def _small(self) -> dict[Place, Demand]:
        """The small cells of the table, by category and option."""
        return {
            (row, column): demand
            for row, (counts, known) in enumerate(zip(self.table.counts, self.table.published, strict=True))
            for column in self.options
            if (demand := self._demand(row, column, of=counts, known=known)) is not None
        }

    @property
    def has_thin_row(self) -> bool:
        """Whether there is a row that has people, and fewer than k of whom not everything can be read."""
        return any(0 < row.answered < self.k for row in self.rows)

    def _demand(self, row: int, column: int, *, of: Counted, known: Counted) -> Demand | None:
        """Return what a small cell must be able to be, or None if it is not small."""
        rise = self._lacking(of.options[column], known.options[column])
        fall = 0
        if not self.table.choices.is_single:
            fall = self._lacking(of.answered - of.options[column], known.answered - known.options[column])
        return Demand(row, column, rise, fall) if rise or fall else None

    def _lacking(self, count: int, published: int) -> int:
        return self.k - (count - published) if is_small(count, published, k=self.k) else 0

    def _rooms(self, row: int) -> Iterator[Room]:
        rest = self.rows[row]
        is_inside = row < len(self.shown_rows)
        for column, count in enumerate(rest.options):
            yield Room(
                fall=count,
                rise=rest.answered - count,
                price=self.table.counts[self.shown_rows[row]].options[column] if is_inside else 0,
                withheld=not is_inside or (row, column) in self.withheld,
            )
        if self._has_spare:
            yield Room(fall=self._spare(rest), rise=self._beyond(rest))

    def _rooms_of_totals(self) -> Iterator[Room]:
        """Tell the room of the withheld totals. What a total could rise is what its column lets fall, and reversed."""
        everybody = self._together(self.table.rest)
        counts = self._together(self.table.counts)
        known = Counted(self.totals.published, self.totals.published_total)
        for column, rest in enumerate(everybody.options):
            if column not in self.totals.withheld:
                yield Room(0, 0, withheld=False)
                continue
            rise, fall = everybody.answered - rest, counts.options[column] - self.totals.published[column]
            if not self.table.choices.is_single:
                # Options that do not add up could not be any others in all breakdowns alike, but these they could: a
                # small side, made as large as k, has place in every row of k people.
                demand = self._demand(-1, column, of=counts, known=known) or Demand(-1, column)
                rise, fall = min(rise, demand.rise), min(fall, demand.fall)
            yield Room(fall=rise, rise=fall)
        if self._has_spare:
            all_choices = self.table.choices.most * everybody.answered
            yield Room(fall=all_choices, rise=all_choices)

    @property
    def _has_spare(self) -> bool:
        return self.table.choices.most > self.table.choices.least

    def _spare(self, row: Counted) -> int:
        """Return how many choices these people could have made besides."""
        return self.table.choices.most * row.answered - sum(row.options)

    def _beyond(self, row: Counted) -> int:
        """Return how many choices these people made that they need not have made."""
        return sum(row.options) - self.table.choices.least * row.answered

    def _together(self, rows: Iterable[Counted]) -> Counted:
        found = Counted((0,) * len(self.options), 0)
        for row in rows:
            found = Counted(
                tuple(a + b for a, b in zip(found.options, row.options, strict=True)), found.answered + row.answered
            )
        return found
