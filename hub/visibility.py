"""Which rows may be seen: one SQL condition for each model, refused by default.

A condition is a function of the row and of the sight of who is asking::

    @visible(Consultation)
    def visible_consultation(row, sight): return or_(published(row), row.body_id.in_(sight.bodies(Role.COORDINATOR)))

The planner adds it wherever the model appears; `change.find` and `change.take` add the same one. A model without
a rule cannot be read at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, literal, literal_column, true
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA
from sqlalchemy.types import Boolean, DateTime, Uuid

from hub.viewer import Role, Scope, Viewer


class Sight(Protocol):
    """Who is asking, as SQL: parameters of a cached plan on the reading side, plain values on the writing side."""

    @property
    def signed_in(self) -> bool:
        """Whether a person is asking; known when the statement is made."""

    @property
    def system(self) -> bool:
        """Whether the hub itself is asking; known when the statement is made."""

    @property
    def whole(self) -> bool:
        """Whether all rows are gone through to count them, and not a page of them; known likewise."""

    @property
    def now(self) -> ColumnElement[dt.datetime]:
        """The instant of the request."""

    @property
    def person_id(self) -> ColumnElement[UUID | None]:
        """The person who is asking; NULL when nobody is signed in."""

    @property
    def client_id(self) -> ColumnElement[UUID | None]:
        """The program that is asking; NULL where it is a person or nobody."""

    @property
    def administers(self) -> ColumnElement[bool]:
        """Whether the viewer runs the platform."""

    def bodies(self, *roles: Role, scope: Scope | None = None) -> ColumnElement[Sequence[UUID]]:
        """The bodies (an array) in which one of these roles is held; none without the scope that is needed."""

    @property
    def pseudonyms(self) -> ColumnElement[Sequence[bytes]]:
        """The keyed pseudonyms (an array) under which the viewer answers consultations."""


Row = Any
"""A mapped class or an alias of it."""


def one_by_one(found: Select[Any], sight: Sight) -> ColumnElement[bool]:
    """Return the condition that a select finds something, for use beside another one in an OR.

    There PostgreSQL would read the whole table behind it into memory at each request, to look up twenty rows. OFFSET
    keeps it from that: the row is looked up by its index. Where all rows are counted, the table in memory is faster.
    """
    return exists(found if sight.whole else found.offset(literal_column("0")))


Condition = Callable[[Row, Sight], ColumnElement[bool]]

_conditions: dict[type, Condition] = {}


class NoVisibilityRule(TypeError):
    """A model was to be read that has no rule about who may see it."""


def visible(model: type) -> Callable[[Condition], Condition]:
    """Register the condition under which rows of this model may be seen."""

    def register(condition: Condition) -> Condition:
        if model in _conditions:
            raise TypeError(f"{model.__name__} has two rules of visibility.")
        _conditions[model] = condition
        return condition

    return register


def visible_rows(model: type, row: Row, sight: Sight) -> ColumnElement[bool]:
    """Return the condition under which these rows may be seen by this viewer."""
    if model not in _conditions:
        raise NoVisibilityRule(f"{model.__name__} has no rule of visibility: register one with @visible.")
    return true() if sight.system else _conditions[model](row, sight)


def has_rule(model: type) -> bool:
    """Whether this model may be read at all."""
    return model in _conditions


@dataclass(frozen=True)
class PlainSight:
    """The sight of one viewer at one instant, as plain values (the writing side, exports, tests)."""

    viewer: Viewer
    at: dt.datetime
    own: tuple[bytes, ...] = ()
    whole: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether a person is asking."""
        return self.viewer.signed_in

    @property
    def system(self) -> bool:
        """Whether the hub itself is asking."""
        return self.viewer.system

    @property
    def now(self) -> ColumnElement[dt.datetime]:
        """The instant of the request."""
        return literal(self.at, DateTime(timezone=True))

    @property
    def person_id(self) -> ColumnElement[Any]:
        """The person who is asking."""
        return literal(self.viewer.person_id, Uuid())

    @property
    def client_id(self) -> ColumnElement[Any]:
        """The program that is asking."""
        return literal(self.viewer.client_id, Uuid())

    @property
    def administers(self) -> ColumnElement[Any]:
        """Whether the viewer runs the platform."""
        return literal(self.viewer.administers, Boolean())

    def bodies(self, *roles: Role, scope: Scope | None = None) -> ColumnElement[Any]:
        """The bodies in which one of these roles is held."""
        return literal(list(self.viewer.bodies(*roles, scope=scope)), ARRAY(Uuid()))

    @property
    def pseudonyms(self) -> ColumnElement[Any]:
        """The pseudonyms that the caller computed for this viewer."""
        return literal(list(self.own), ARRAY(BYTEA()))
