"""What of territories, persons and organisations can be read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import DateTime, Uuid

from hub.people.models import (
    DatedName,
    Organization,
    Person,
    Power,
    Representation,
    RepresentationState,
    Territory,
)
from hub.people.rules import representation_verdicts
from hub.people.speaking import speaks
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
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
from hub.register.reading import among, found_in_text, register_fields, updated_since

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
    today = call.sight.today
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


# ---- representations -------------------------------------------------------------------------------------------


def _powers(row: Row, call: Call) -> ColumnElement[Any]:
    """The stored codes in capitals, which are their names in the schema."""
    joined = func.upper(func.array_to_string(row.powers, ","))
    return func.string_to_array(joined, ",", type_=ARRAY(Text()))


def _name_of_person(row: Row, call: Call) -> ColumnElement[Any]:
    """Whoever sees the representation must know who it is, whether the profile is public or not."""
    somebody = Person.__table__.alias()
    name = select(somebody.c.display_name).where(somebody.c.id == row.person_id)
    return name.correlate_except(somebody).scalar_subquery()


def _transitions(asking: Asking, person_id: str, state: str) -> list[dict[str, Any]]:
    found = representation_verdicts(asking.viewer, person_id=UUID(person_id), state=RepresentationState(state))
    return [shared.transition(asking, event, verdict) for event, verdict in found]


REPRESENTATION_ORDERS = {
    "asked_desc": Order(lambda r: r.asked_at, descending=True),
    "asked_asc": Order(lambda r: r.asked_at),
}

representations = Connected(
    "Representation",
    REPRESENTATION_ORDERS,
    filters={"state": one_of_codes("state"), "organization": same("organization_id", "Organization")},
)

representation = Readable(
    "Representation",
    Representation,
    fields={
        "powers": Expression(_powers),
        "person_name": Expression(_name_of_person),
        "available_transitions": Answered(lambda row, call: [row.person_id, row.state], _transitions),
    },
)


def represented_by(row: Row, person_id: ColumnElement[Any], call: Call) -> ColumnElement[bool]:
    """Whether somebody may answer in the name of this organisation, at the instant of the request."""
    held = Representation.__table__.alias()
    speaking = speaks(held.c, call.sight.now, Power.ANSWER)
    found = select(held.c.organization_id).where(held.c.person_id == person_id, speaking)
    return among(row.id, found.correlate_except(held))


roots |= {
    "territories": territories,
    "organizations": organizations,
    "representations": representations,
    "territory": One("Territory", lambda row, target, call: target.code == call.argument("code", Text())),
}
