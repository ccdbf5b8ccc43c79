"""What of instruments can be read: their wordings, what they order, what they do to one another, who signed."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Enum, and_, case, exists, literal, or_, select
from sqlalchemy.types import Boolean, DateTime, Integer

from hub.bodies.reading import body
from hub.instruments import rules
from hub.instruments.effect_models import InstrumentOrder, InstrumentRelation, InstrumentSignature
from hub.instruments.models import Instrument, InstrumentRevision, InstrumentSection, InstrumentState
from hub.people.reading import one_of_codes, same
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
    OneOf,
    Order,
    Readable,
    Row,
    Rows,
    roots,
)
from hub.register.reading import among, by_folio, found_in_text, register_fields, updated_since
from hub.sessions.vote_reading import motion

ORDERS = {
    "created_desc": Order(lambda i: i.created_at, descending=True),
    "created_asc": Order(lambda i: i.created_at),
}


def in_force(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether an instrument is in force today, which follows from its days."""
    return shared.runs_today(row, call, *rules.IN_FORCE)


def _newest(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    revision = InstrumentRevision.__table__.alias()
    newest = select(revision.c.id).where(revision.c.instrument_id == row.id)
    return among(target.id, newest.order_by(revision.c.number.desc()).limit(1).correlate_except(revision))


def is_newest(revision: Row) -> ColumnElement[bool]:
    """Whether a wording is the newest one of its instrument."""
    later = InstrumentRevision.__table__.alias()
    found = exists().where(later.c.instrument_id == revision.instrument_id, later.c.number > revision.number)
    return ~found.correlate_except(later)


def _transition_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    return [row.state, row.body_id]


def _transitions(asking: Asking, state: str, body_id: str) -> list[dict[str, Any]]:
    facts = rules.InstrumentFacts(state=InstrumentState(state), body_id=UUID(body_id))
    return [
        shared.transition(asking, event, verdict) for event, verdict in rules.instrument_verdicts(asking.viewer, facts)
    ]


def _done_to_it(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """What other instruments that were adopted do to this one, in the wording that was adopted."""
    revision, other = InstrumentRevision.__table__.alias(), Instrument.__table__.alias()
    acting = exists().where(
        revision.c.id == target.revision_id,
        other.c.id == revision.c.instrument_id,
        other.c.adopted_at.is_not(None),
        is_newest(revision.c),
    )
    return and_(target.target_id == row.id, acting.correlate_except(revision, other))


FILTERS = {
    "kind": one_of_codes("kind"),
    "state": one_of_codes("state"),
    "in_force": Filter(lambda row, wanted, call: in_force(row, call) == wanted, Boolean()),
}

instrument = Readable(
    "Instrument",
    Instrument,
    fields={
        **register_fields("title"),
        "in_force": Expression(in_force),
        "revision": One("InstrumentRevision", _newest),
        "revisions": Connected(
            "InstrumentRevision",
            {"number_asc": Order(lambda r: r.number)},
            on=lambda row, target, call: target.instrument_id == row.id,
        ),
        "signatures": Connected(
            "InstrumentSignature",
            {"signed_asc": Order(lambda s: s.signed_at)},
            on=lambda row, target, call: target.instrument_id == row.id,
        ),
        "related_from": Connected("InstrumentRelation", {"position_asc": Order(lambda r: r.position)}, on=_done_to_it),
        "available_transitions": Answered(_transition_facts, _transitions),
    },
)

instruments = Connected(
    "Instrument",
    ORDERS,
    filters={
        **FILTERS,
        "body": same("body_id", "Body"),
        "text": found_in_text(),
        "updated_since": updated_since(DateTime(timezone=True)),
    },
)

body.fields["instruments"] = Connected(
    "Instrument", ORDERS, on=lambda row, target, call: target.body_id == row.id, filters=FILTERS
)


motion.fields["instrument"] = One("Instrument", lambda row, target, call: target.id == row.instrument_id)


# ---- wordings --------------------------------------------------------------------------------------------------


def _in_order(table: Any) -> Any:
    def rows(row: Row, call: Call) -> Rows:
        part = table.alias()
        return Rows(row=part.c, source=part, where=[part.c.revision_id == row.id], order=[part.c.position])

    return rows


revision = Readable(
    "InstrumentRevision",
    InstrumentRevision,
    fields={
        "sections": Listed("InstrumentSection", _in_order(InstrumentSection.__table__), part=True),
        "orders": Listed("InstrumentOrder", _in_order(InstrumentOrder.__table__), part=True),
        "relations": Listed("InstrumentRelation", _in_order(InstrumentRelation.__table__), part=True),
    },
)


class SectionChangeKind(enum.StrEnum):
    """What became of a paragraph from one wording to another."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


CHANGE_KIND = Enum(SectionChangeKind, native_enum=False, values_callable=lambda kinds: [kind.value for kind in kinds])


@dataclass(frozen=True)
class Changed:
    """A paragraph of one of two wordings, and where its other wording is found."""

    section: Row
    new_id: ColumnElement[Any]
    old_id: ColumnElement[Any]

    def of(self, revision_id: ColumnElement[Any], column: str) -> ColumnElement[Any]:
        """Return what the paragraph with this code says in a wording; NULL where that has none."""
        part = InstrumentSection.__table__.alias()
        found = select(part.c[column]).where(part.c.revision_id == revision_id, part.c.code == self.section.code)
        return found.correlate_except(part).scalar_subquery()

    @property
    def added(self) -> ColumnElement[bool]:
        """Whether the former wording has no such paragraph."""
        return self.of(self.old_id, "id").is_(None)

    @property
    def removed(self) -> ColumnElement[bool]:
        """Whether the newer wording has no such paragraph."""
        return self.of(self.new_id, "id").is_(None)

    @property
    def changed(self) -> ColumnElement[bool]:
        """Whether it is in both, in other words."""
        differs = [self.of(self.old_id, name).is_distinct_from(self.section[name]) for name in ("heading", "text")]
        return or_(*differs)

    @property
    def kind(self) -> ColumnElement[Any]:
        """What became of it."""
        kinds = SectionChangeKind
        return case(
            (self.added, literal(kinds.ADDED, CHANGE_KIND)),
            (self.removed, literal(kinds.REMOVED, CHANGE_KIND)),
            else_=literal(kinds.CHANGED, CHANGE_KIND),
        )


def _changes(row: Row, call: Call) -> Rows:
    """The paragraphs that differ from those of an earlier wording: the one before, if none is named."""
    former, part = InstrumentRevision.__table__.alias(), InstrumentSection.__table__.alias()
    named = call.argument("since", Integer())
    number = row.number - 1 if named is None else named
    old = select(former.c.id).where(former.c.instrument_id == row.instrument_id, former.c.number == number)
    changed = Changed(part.c, row.id, old.correlate_except(former).scalar_subquery())
    differs = or_(
        and_(part.c.revision_id == row.id, or_(changed.added, changed.changed)),
        and_(part.c.revision_id == changed.old_id, changed.removed),
    )
    return Rows(row=changed, source=part, where=[differs], order=[part.c.position, part.c.code])


revision.fields["changes"] = Listed("SectionChange", _changes)

section_change = Readable(
    "SectionChange",
    fields={
        "code": Expression(lambda row, call: row.section.code),
        "kind": Expression(lambda row, call: row.kind),
        "heading": Expression(lambda row, call: row.of(row.new_id, "heading")),
        "text": Expression(lambda row, call: row.of(row.new_id, "text")),
        "former_heading": Expression(lambda row, call: row.of(row.old_id, "heading")),
        "former_text": Expression(lambda row, call: row.of(row.old_id, "text")),
    },
)

section = Readable("InstrumentSection", InstrumentSection)

RESPONSIBLE = OneOf(
    {
        "Body": lambda row, target, call: target.id == row.responsible_body_id,
        "Organization": lambda row, target, call: target.id == row.responsible_organization_id,
        "Membership": lambda row, target, call: target.id == row.responsible_membership_id,
    }
)
"""Who is charged with a work by name; null where the body that orders it is."""

order = Readable("InstrumentOrder", InstrumentOrder, fields={"responsible": RESPONSIBLE})


def _of_relation(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    wording = InstrumentRevision.__table__.alias()
    own = select(wording.c.instrument_id).where(wording.c.id == row.revision_id).correlate_except(wording)
    return among(target.id, own)


relation = Readable("InstrumentRelation", InstrumentRelation, fields={"instrument": One("Instrument", _of_relation)})


signature = Readable("InstrumentSignature", InstrumentSignature)

roots |= {"instruments": instruments, "instrument_by_folio": One("Instrument", by_folio(lambda i: i.id))}
