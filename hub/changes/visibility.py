"""The machinery of writing is never read by a query. The log's own rule stands with the register's."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from hub.changes.models import IdempotentRequest, LawfulMove, TableMark, WriteUnderWay
from hub.visibility import Row, Sight, visible


@visible(LawfulMove)
def visible_lawful_move(row: Row, sight: Sight) -> ColumnElement[bool]:
    """The moves are known to the program, which shows them with the states."""
    return false()


@visible(IdempotentRequest)
def visible_idempotent_request(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What somebody asked for under a key is theirs alone."""
    return false()


@visible(TableMark)
def visible_table_mark(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A mark says no more than that something was written."""
    return false()


@visible(WriteUnderWay)
def visible_write_under_way(row: Row, sight: Sight) -> ColumnElement[bool]:
    """It is gone before anybody could see it."""
    return false()
