"""Facets: how the rows of a list are spread over the values of a column, counted over all of them and not one page.

Only what is in the list is counted, so nobody learns from a facet what the list does not show them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, select

from hub.reading.readable import Call, Listed, Row, Rows


@dataclass(frozen=True)
class Found:
    """The rows of a list: their table, and the conditions under which they are in it."""

    target: Row
    conditions: Sequence[ColumnElement[bool]]


def facet(column: str, type_: str = "FacetCount") -> Listed:
    """Return the field that counts the rows of a list by a column, the most frequent value first."""
    return Listed(type_, _counted_by(column))


def _counted_by(column: str) -> Callable[[Found, Call], Rows]:
    def rows(found: Found, call: Call) -> Rows:
        value = getattr(found.target, column)
        counted = (
            select(
                cast(value, Text).label("code"),
                func.count().label("count"),
                func.sum(func.count()).over().label("of"),
            )
            .select_from(found.target)
            .where(*found.conditions)
            .group_by(value)
            .correlate_except(found.target)
            .lateral()
        )
        row: Any = Facet(column, counted.c.code, counted.c.count, counted.c.of)
        return Rows(row, counted, order=[counted.c.count.desc(), counted.c.code])

    return rows


@dataclass(frozen=True)
class Facet:
    """One value of the column, with how many rows have it and how many there are."""

    column: str
    code: ColumnElement[str]
    count: ColumnElement[int]
    of: ColumnElement[int]
