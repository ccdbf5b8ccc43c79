"""What of mandates can be read: the public board of what is due and overdue, and what came of each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, cast, func, literal, or_, select
from sqlalchemy.types import Boolean, DateTime, Uuid

from hub.bodies.reading import body
from hub.bodies.seat_models import Membership, MembershipState
from hub.clock import OFFICIAL_ZONE
from hub.instruments.drafts import Responsible
from hub.instruments.models import InstrumentRevision, InstrumentSection
from hub.instruments.reading import RESPONSIBLE, instrument, is_newest
from hub.mandates import rules
from hub.mandates.duty_models import Deliverable, MandateNotice
from hub.mandates.models import NEVER, Mandate, MandateState
from hub.people.reading import one_of_codes, same
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Embedded,
    Expression,
    Filter,
    OfRecord,
    One,
    OneOf,
    Order,
    Readable,
    Row,
    roots,
)
from hub.register.reading import among, by_folio, found_in_text, register_fields, updated_since
from hub.register.visibility import published_entry

ENDED = (MandateState.DELIVERED, MandateState.DISCHARGED, MandateState.CANCELLED)

PUBLISHER = OneOf(
    {
        "Body": lambda row, target, call: target.id == row.body_id,
        "Organization": lambda row, target, call: target.id == row.organization_id,
    }
)
"""Who stands behind a mandate or a consultation: a body, or an organisation."""

ORDERS = {
    "created_desc": Order(lambda m: m.created_at, descending=True),
    "created_asc": Order(lambda m: m.created_at),
    "due_asc": Order(lambda m: func.coalesce(m.due_on, literal(NEVER, Date()))),
    "due_desc": Order(lambda m: func.coalesce(m.due_on, literal(NEVER, Date())), descending=True),
}
"""What is due on no day stands after all that is due on one."""


def _overdue(row: Row, call: Call) -> ColumnElement[bool]:
    today = call.sight.today
    return func.coalesce(and_(row.due_on < today, row.state.not_in(ENDED)), False)


def _delivered_late(row: Row, call: Call) -> ColumnElement[bool]:
    day = cast(func.timezone(OFFICIAL_ZONE, row.delivered_at), Date)
    return func.coalesce(day > row.due_on, False)


def _paragraph(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """The paragraph that orders it, in the wording that was adopted: the newest there is."""
    part, wording = InstrumentSection.__table__.alias(), InstrumentRevision.__table__.alias()
    found = select(part.c.id).where(
        wording.c.instrument_id == row.instrument_id,
        is_newest(wording.c),
        part.c.revision_id == wording.c.id,
        part.c.code == row.paragraph,
    )
    return among(target.id, found.correlate_except(part, wording))


def _person(row: Row) -> ColumnElement[Any]:
    sitting = Membership.__table__.alias()
    found = select(sitting.c.person_id).where(
        sitting.c.id == row.responsible_membership_id, sitting.c.state == MembershipState.ACTIVE.value
    )
    return found.correlate_except(sitting).scalar_subquery()


def _transition_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    responsible = (row.responsible_body_id, row.responsible_organization_id, row.responsible_membership_id)
    return [row.state, row.body_id, _person(row), *responsible]


def _transitions(
    asking: Asking, state: str, body_id: str | None, person_id: str | None, *responsible: str | None
) -> list[dict[str, Any]]:
    ids = [UUID(id_) if id_ else None for id_ in responsible]
    facts = rules.MandateFacts(
        state=MandateState(state),
        body_id=UUID(body_id) if body_id else None,
        responsible=Responsible(body_id=ids[0], organization_id=ids[1], membership_id=ids[2]),
        responsible_person_id=UUID(person_id) if person_id else None,
    )
    return [
        shared.transition(asking, event, verdict) for event, verdict in rules.mandate_verdicts(asking.viewer, facts)
    ]


def _charged(row: Row, body_id: Any, call: Call) -> ColumnElement[bool]:
    """A body is responsible by name, or for what it ordered and gave to nobody else."""
    nobody = and_(
        row.responsible_body_id.is_(None),
        row.responsible_organization_id.is_(None),
        row.responsible_membership_id.is_(None),
    )
    return or_(row.responsible_body_id == body_id, and_(row.body_id == body_id, nobody))


FILTERS = {
    "state": one_of_codes("state"),
    "kind": one_of_codes("kind"),
    "overdue": Filter(lambda row, wanted, call: _overdue(row, call) == wanted, Boolean()),
    "due_before": Filter(lambda row, day, call: row.due_on < day, Date()),
}

mandates = Connected(
    "Mandate",
    ORDERS,
    filters={
        **FILTERS,
        "body": same("body_id", "Body"),
        "responsible_body": Filter(_charged, Uuid(), ids="Body"),
        "responsible_organization": same("responsible_organization_id", "Organization"),
        "instrument": same("instrument_id", "Instrument"),
        "text": found_in_text(),
        "updated_since": updated_since(DateTime(timezone=True)),
    },
)

mandate = Readable(
    "Mandate",
    Mandate,
    fields={
        **register_fields("title"),
        "ordered_by": PUBLISHER,
        "section": One("InstrumentSection", _paragraph),
        "responsible": RESPONSIBLE,
        "overdue": Expression(_overdue),
        "delivered_late": Expression(_delivered_late),
        "notices": Connected(
            "MandateNotice",
            {"number_asc": Order(lambda n: n.number)},
            on=lambda row, target, call: target.mandate_id == row.id,
        ),
        "deliverables": Connected(
            "Deliverable",
            {"delivered_asc": Order(lambda d: d.delivered_at)},
            on=lambda row, target, call: target.mandate_id == row.id,
        ),
        "available_transitions": Answered(_transition_facts, _transitions),
    },
)

notice = Readable(
    "MandateNotice",
    MandateNotice,
    fields={"responsible": RESPONSIBLE},
)

deliverable = Readable(
    "Deliverable",
    Deliverable,
    fields={
        "record": OfRecord(lambda row: row.entry_id),
        "document": One("Document", lambda row, target, call: target.id == row.document_id),
    },
)

body.fields["mandates"] = Connected(
    "Mandate", ORDERS, on=lambda row, target, call: target.body_id == row.id, filters=FILTERS
)
instrument.fields["mandates"] = Connected(
    "Mandate", ORDERS, on=lambda row, target, call: target.instrument_id == row.id, filters=FILTERS
)

roots |= {"mandates": mandates, "mandate_by_folio": One("Mandate", by_folio(lambda m: m.id))}


# ---- figures ---------------------------------------------------------------------------------------------------


def _counted(*states: MandateState, overdue: bool = False, late: bool = False) -> Expression:
    """Count the public mandates of a body in these states; those that were delivered late, or are overdue, only."""

    def of(row: Row, call: Call) -> ColumnElement[Any]:
        owed = Mandate.__table__.alias()
        found = select(func.count()).where(
            owed.c.body_id == row.id, owed.c.state.in_([state.value for state in states]), published_entry(owed.c.id)
        )
        if overdue:
            found = found.where(_overdue(owed.c, call))
        if late:
            found = found.where(_delivered_late(owed.c, call))
        return found.correlate_except(owed).scalar_subquery()

    return Expression(of)


DELIVERED = (MandateState.DELIVERED, MandateState.DISCHARGED)

figures = Readable(
    "MandateFigures",
    fields={
        "open": _counted(*rules.OPEN),
        "overdue": _counted(*rules.OPEN, overdue=True),
        "delivered": _counted(MandateState.DELIVERED),
        "delivered_late": _counted(*DELIVERED, late=True),
        "discharged": _counted(MandateState.DISCHARGED),
        "cancelled": _counted(MandateState.CANCELLED),
    },
)

body.fields["mandate_figures"] = Embedded("MandateFigures", lambda row, call: row)
