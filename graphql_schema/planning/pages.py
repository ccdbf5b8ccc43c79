"""A page of a long list in SQL: which rows there are in the list, which of them lie on the page, in which order.

Where the rows that a caller sees are few among many, nobody walks along the list to find them: each of the ways by
which they may be seen leads to its own first rows, by an index of its own, and the page is made of what was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    any_,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from hub.reading.cursors import Cursors
from hub.reading.readable import Row

LARGEST_PAGE, DEFAULT_PAGE = 100, 20
TRUE, FALSE = literal_column("'true'", Text()), literal_column("'false'", Text())


@dataclass
class Page:
    """What was asked of a connection: which end, how many, from where, in which order, under which conditions."""

    target: Row
    visible: Sequence[ColumnElement[bool]]
    conditions: Sequence[ColumnElement[bool]]
    ways: Sequence[ColumnElement[bool]]
    keys: list[ColumnElement[Any]]
    descending: bool
    backward: bool
    size: ColumnElement[int]
    place: list[ColumnElement[Any]] | None
    cursors: Cursors

    @property
    def read_descending(self) -> bool:
        """In which direction the page is read; a page before a cursor is read from its end."""
        return self.descending != self.backward

    @property
    def order(self) -> list[ColumnElement[Any]]:
        """The order in which the page is read."""
        return [key.desc() if self.read_descending else key.asc() for key in self.keys]

    @property
    def asked(self) -> ColumnElement[int]:
        """How many rows are read: one more than is shown tells whether there are more."""
        return self.size + literal_column("1")

    @property
    def here(self) -> list[ColumnElement[bool]]:
        """The conditions under which a row lies past the cursor, on the page or behind it."""
        inside = [*self.conditions, *([] if self.place is None else [self._past(towards_start=self.backward)])]
        if not self.ways:
            return [*self.visible, *inside]
        # The page is among the first of each way; what was found by two of them is one row here.
        found = [self._rows(self.keys[-1], *inside, way).order_by(*self.order).limit(self.asked) for way in self.ways]
        return [*self.visible, self.keys[-1] == any_(func.array(union_all(*found).scalar_subquery()))]

    @property
    def behind(self) -> ColumnElement[str] | str:
        """Whether there are rows on the side that the page came from, as JSON."""
        if self.place is None:
            return "false"
        reached = self._past(towards_start=not self.backward) | (tuple_(*self.keys) == tuple_(*self.place))
        rows = self._rows(literal_column("1"), *self.visible, *self.conditions, reached)
        found = or_(*[exists(rows.where(way)) for way in self.ways]) if self.ways else exists(rows)
        return case((found, TRUE), else_=FALSE)

    def _rows(self, column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Select[Any]:
        return select(column).select_from(self.target).where(*conditions).correlate_except(self.target)

    def _past(self, *, towards_start: bool) -> ColumnElement[bool]:
        assert self.place is not None  # noqa: S101 - asked only where a cursor was given
        row, place = tuple_(*self.keys), tuple_(*self.place)
        return row > place if towards_start == self.descending else row < place
