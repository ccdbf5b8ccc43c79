"""What of mandates can be read."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy.types import DateTime

from hub.bodies.reading import body
from hub.mandates.models import Mandate, MandateState
from hub.people.reading import one_of_codes, same
from hub.reading.readable import Call, Connected, Expression, One, OneOf, Order, Readable, Row, roots
from hub.register.reading import by_folio, found_in_text, register_fields, updated_since

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
}


def _overdue(row: Row, call: Call) -> ColumnElement[bool]:
    today = call.sight.today
    return func.coalesce(and_(row.due_on < today, row.state.not_in(ENDED)), False)


mandates = Connected(
    "Mandate",
    ORDERS,
    filters={
        "state": one_of_codes("state"),
        "body": same("body_id", "Body"),
        "text": found_in_text(),
        "updated_since": updated_since(DateTime(timezone=True)),
    },
)

mandate = Readable(
    "Mandate",
    Mandate,
    fields={**register_fields("title"), "ordered_by": PUBLISHER, "overdue": Expression(_overdue)},
)

body.fields["mandates"] = Connected(
    "Mandate",
    ORDERS,
    on=lambda row, target, call: target.body_id == row.id,
    filters={"state": one_of_codes("state")},
)

roots |= {"mandates": mandates, "mandate_by_folio": One("Mandate", by_folio(lambda m: m.id))}
