"""What of territories, persons and organisations can be read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, Text, cast, func, or_, select
from sqlalchemy.types import DateTime, Uuid

from hub.people.models import DatedName, Organization, Person, Territory
from hub.reading import shared  # noqa: F401 - texts and moments are declared there
from hub.reading.readable import (
    Call,
    Connected,
    Expression,
    Filter,
    Listed,
    One,
    Order,
    Readable,
    Row,
    Rows,
    Source,
    roots,
)
from hub.register.reading import found_in_text, register_fields, updated_since

BY_NAME = {
    "name_asc": Order(lambda t: t.folded_name),
    "name_desc": Order(lambda t: t.folded_name, descending=True),
}


def one_of_codes(column: str) -> Filter:
    """Return the filter by the codes of an enumeration that a column holds."""
    return Filter(lambda row, codes, call: getattr(row, column).in_(codes))


def same(column: str, ids: str) -> Filter:
    """Return the filter by the thing of this type that a column names."""
    return Filter(lambda row, id_, call: getattr(row, column) == id_, Uuid(), ids=ids)


def _named_like(row: Row, start: Any, call: Call) -> ColumnElement[bool]:
    # Not the folded name: it keeps Ñ apart from N and knows no commas, and people type what they see. Places are few.
    return func.starts_with(func.lower(func.unaccent(row.name)), func.lower(func.unaccent(start)))


territories = Connected(
    "Territory",
    {**BY_NAME, "code_asc": Order(lambda t: t.code)},
    filters={
        "kind": one_of_codes("kind"),
        "parent": same("parent_id", "Territory"),
        "name": Filter(_named_like, Text()),
    },
)

territory = Readable(
    "Territory",
    Territory,
    fields={"territories": Connected("Territory", territories.orders, on=lambda row, t, call: t.parent_id == row.id)},
)

person = Readable("Person", Person)


def current_name(row: Row, call: Call, column: str) -> ColumnElement[Any]:
    """Return what a body or an organisation is called on the day of the request."""
    name = DatedName.__table__.alias()
    today = cast(func.timezone("UTC", call.sight.now), Date)
    in_force = or_(name.c.valid_until.is_(None), name.c.valid_until > today)
    return (
        select(name.c[column])
        .where(name.c.entry_id == row.id, name.c.valid_from <= today, in_force)
        .order_by(name.c.valid_from.desc())
        .limit(1)
        .correlate_except(name)
        .scalar_subquery()
    )


def all_names(row: Row, call: Call) -> Rows:
    """Return every name that a body or an organisation has had, the newest first."""
    name = DatedName.__table__.alias()
    return Rows(row=name.c, source=name, where=[name.c.entry_id == row.id], order=[name.c.valid_from.desc()])


dated_name = Readable("DatedName")

NAMES: dict[str, Source] = {
    "name": Expression(lambda row, call: current_name(row, call, "name")),
    "acronym": Expression(lambda row, call: current_name(row, call, "acronym")),
    "names": Listed("DatedName", all_names),
}

organizations = Connected(
    "Organization",
    BY_NAME,
    filters={
        "kind": one_of_codes("kind"),
        "level": one_of_codes("level"),
        "territory": same("territory_id", "Territory"),
        "text": found_in_text(),
        "updated_since": updated_since(DateTime(timezone=True)),
    },
)

organization = Readable("Organization", Organization, fields={**register_fields(), **NAMES})

roots |= {
    "territories": territories,
    "organizations": organizations,
    "territory": One("Territory", lambda row, target, call: target.code == call.argument("code", Text())),
}
