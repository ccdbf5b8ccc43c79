"""The part of every visibility condition that the register decides."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, literal_column, select

from hub.changes.models import LoggedEvent
from hub.register.models import Entry, EntryVisibility, FolioCounter
from hub.visibility import Row, Sight, one_by_one, visible


def published(row: Row) -> ColumnElement[bool]:
    """The thing's entry is public and nobody hid it. A withdrawn thing stays visible, as a tombstone."""
    return published_entry(row.id)


def published_entry(id_: ColumnElement[Any]) -> ColumnElement[bool]:
    """The entry with this id is public and nobody hid it."""
    return exists(_public_entry(id_))


def published_beside(id_: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The same, for use beside another condition in an OR."""
    return one_by_one(_public_entry(id_), sight)


def _public_entry(id_: ColumnElement[Any]) -> Select[Any]:
    entry = Entry.__table__.alias()
    public: Select[Any] = select(literal_column("1")).where(
        entry.c.id == id_, entry.c.visibility == EntryVisibility.PUBLIC.value, entry.c.hidden_at.is_(None)
    )
    return public.correlate_except(entry)


@visible(Entry)
def visible_entry(row: Row, sight: Sight) -> ColumnElement[bool]:
    """An entry by itself is seen by everybody while it is public and not hidden."""
    seen: ColumnElement[bool] = (row.visibility == EntryVisibility.PUBLIC) & row.hidden_at.is_(None)
    return seen


@visible(FolioCounter)
def visible_folio_counter(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Counters are machinery: nobody reads them."""
    return false()


@visible(LoggedEvent)
def visible_event(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A public fact is seen as long as the thing it happened to is. The rule stands here, above the log."""
    seen: ColumnElement[bool] = row.public & (row.entry_id.is_(None) | published_beside(row.entry_id, sight))
    return seen
