"""What of bodies can be read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlalchemy.types import DateTime

from hub.bodies.models import Body, BodyCharter, BodyState, body_territory
from hub.bodies.rules import body_verdicts
from hub.bodies.seat_reading import MEMBERSHIPS_OF_A_BODY, SEATS_OF_A_BODY
from hub.people.reading import BY_NAME, NAMES, one_of_codes, same, territories
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Order, Readable, Row, roots
from hub.register.reading import found_in_text, register_fields, updated_since

bodies = Connected(
    "Body",
    BY_NAME,
    filters={
        "kind": one_of_codes("kind"),
        "parent": same("parent_id", "Body"),
        "text": found_in_text(),
        "updated_since": updated_since(DateTime(timezone=True)),
    },
)

CHARTER_ORDERS = {
    "number_desc": Order(lambda c: c.number, descending=True),
    "number_asc": Order(lambda c: c.number),
}


def _where_it_works(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    link = body_territory.alias()
    found = exists().where(link.c.body_id == row.id, link.c.territory_id == target.id)
    return found.correlate_except(link)


def _transitions(asking: Asking, body_id: str, parent_id: str | None, state: str) -> list[dict[str, Any]]:
    parent = None if parent_id is None else UUID(parent_id)
    found = body_verdicts(asking.viewer, body_id=UUID(body_id), parent_id=parent, state=BodyState(state))
    return [shared.transition(asking, event, verdict) for event, verdict in found]


charter = Readable(
    "BodyCharter",
    BodyCharter,
    fields={
        "territories": Connected(
            "Territory", territories.orders, on=lambda row, target, call: target.id == row.territory_ids.any_()
        )
    },
)

body = Readable(
    "Body",
    Body,
    fields={
        **register_fields(),
        **NAMES,
        "bodies": Connected("Body", BY_NAME, on=lambda row, target, call: target.parent_id == row.id),
        "territories": Connected("Territory", territories.orders, on=_where_it_works),
        "charters": Connected("BodyCharter", CHARTER_ORDERS, on=lambda row, target, call: target.body_id == row.id),
        "available_transitions": Answered(lambda row, call: [row.id, row.parent_id, row.state], _transitions),
        "seats": SEATS_OF_A_BODY,
        "memberships": MEMBERSHIPS_OF_A_BODY,
    },
)

roots |= {"bodies": bodies}
