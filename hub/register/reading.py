"""What the register's entry says of a public thing, for the thing itself and for the interface `PublicRecord`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, literal, select
from sqlalchemy.dialects.postgresql import REGCONFIG

from hub.reading.readable import Call, Expression, Filter, Readable, Row, Source
from hub.register.models import Entry
from hub.register.registering import SEARCH_CONFIGURATION

public_record = Readable("PublicRecord", Entry)


def _from_entry(column: str) -> Expression:
    def of(row: Row, call: Call) -> ColumnElement[Any]:
        entry = Entry.__table__.alias()
        return select(entry.c[column]).where(entry.c.id == row.id).correlate_except(entry).scalar_subquery()

    return Expression(of)


def register_fields(*own: str) -> dict[str, Source]:
    """Return the fields that a public thing reads from its entry, without those that it has columns of its own for."""
    names = ("folio", "title", "published_at", "updated_at", "withdrawn_at")
    return {name: _from_entry(name) for name in names if name not in own}


def among(id_: ColumnElement[Any], found: Select[Any]) -> ColumnElement[bool]:
    """Return the condition that an id is one of those that a select finds."""
    return and_(id_.in_(found))


def found_in_text() -> Filter:
    """Return the filter by words: Spanish stems, accents do not matter, `-word` and "a phrase" work."""

    def of(row: Row, words: Any, call: Call) -> ColumnElement[bool]:
        entry = Entry.__table__.alias()
        query = func.websearch_to_tsquery(cast(literal(SEARCH_CONFIGURATION), REGCONFIG), words)
        found = select(entry.c.id).where(entry.c.search.op("@@")(query)).correlate_except(entry)
        return among(row.id, found)

    return Filter(of, Text())


def updated_since(instant_type: Any) -> Filter:
    """Return the filter by the last change of the public record."""

    def of(row: Row, since: Any, call: Call) -> ColumnElement[bool]:
        entry = Entry.__table__.alias()
        found = select(entry.c.id).where(entry.c.updated_at >= since).correlate_except(entry)
        return among(row.id, found)

    return Filter(of, instant_type)


def by_folio(model_id: Callable[[Row], Any]) -> Callable[[Row, Row, Call], ColumnElement[bool]]:
    """Return the condition that a thing has the folio that was asked for."""

    def on(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
        entry = Entry.__table__.alias()
        folio = call.argument("folio", Text())
        return among(model_id(target), select(entry.c.id).where(entry.c.folio == folio).correlate_except(entry))

    return on
