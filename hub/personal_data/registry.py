"""The register of columns: for each column of each table whose it is, or why it is nobody's.

It is the one place that knows this. A copy of somebody's data tells what it says is told; erasing does what it says
becomes of the rows; and a guard wants every column of every table in it (`tests/shape/test_personal_data.py`).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, Uuid, any_, literal
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA

from hub.database.base import Base

if TYPE_CHECKING:
    from hub.personal_data.subjects import Subject

Columns = Any
"""The columns of a table, by their names."""


class Fate(enum.StrEnum):
    """What becomes of rows when the person whose they are has themself erased."""

    GONE = "gone"
    """They are deleted."""
    UNLINKED = "unlinked"
    """They are somebody else's as well, or of nobody in particular: only what leads to the person is emptied."""
    SPOKEN_FOR = "spoken_for"
    """The concept that they belong to sees to it, by an act of its own."""
    KEPT = "kept"
    """They stay, for a reason that is told before and after."""


@dataclass(frozen=True, kw_only=True)
class Personal:
    """Rows of a table that are somebody's: how they are found, what a copy tells of them, what becomes of them."""

    model: type[Base]
    section: str
    """Under which heading a copy tells them; the words are in the catalogue."""
    whose: Callable[[Columns, Subject], ColumnElement[bool]]
    told: str
    """The columns that a copy tells, in this order."""
    untold: Mapping[str, str] = field(default_factory=dict)
    """The columns that it does not, each with the reason, whose words are in the catalogue."""
    sealed: Mapping[str, str] = field(default_factory=dict)
    """Encrypted columns that a copy tells opened, each with the name that it has there."""
    fate: Fate
    emptied: str = ""
    """The columns that are emptied where rows are unlinked."""
    kept: str | None = None
    """The note that says why something stays, where it does."""
    order: str = ""
    """The column by which the rows are put in order."""

    @property
    def table(self) -> Table:
        """The table."""
        return cast("Table", self.model.__table__)

    @property
    def told_columns(self) -> list[str]:
        """The names of the columns that a copy tells as they are."""
        return self.told.split()

    @property
    def columns(self) -> set[str]:
        """Every column that is spoken of."""
        return {*self.told_columns, *self.untold, *self.sealed, *self.emptied.split()}


@dataclass(frozen=True)
class Nobodys:
    """Columns that are about no person, or about nobody whom anybody could find: the reason, and their names."""

    reason: str
    names: str

    @property
    def columns(self) -> set[str]:
        """Their names."""
        return set(self.names.split())


def any_id(known: Sequence[UUID]) -> Any:
    """Return what a column is compared with that is to be one of these identifiers."""
    return any_(literal(list(known), ARRAY(Uuid())))


def any_digest(known: Sequence[bytes]) -> Any:
    """Return what a column is compared with that is to be one of these digests."""
    return any_(literal(list(known), ARRAY(BYTEA())))
