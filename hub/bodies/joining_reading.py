"""What of requests to join a body, and of invitations, can be read by those whom they concern."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from hub.bodies.joining_models import JoinRequest, JoinState
from hub.bodies.reading import body
from hub.identity.reading import viewer
from hub.identity.visibility import speaks_for
from hub.people.models import Person
from hub.people.reading import one_of_codes
from hub.reading.readable import Call, Connected, Expression, Order, Readable, Row

BY_SENDING = {"sent_desc": Order(lambda r: r.sent_at, descending=True), "sent_asc": Order(lambda r: r.sent_at)}
FILTERS = {"state": one_of_codes("state"), "kind": one_of_codes("kind")}


def _lapsed(row: Row, call: Call) -> ColumnElement[bool]:
    over = and_(row.state == JoinState.SENT.value, row.lapses_at <= call.sight.now)
    return or_(row.state == JoinState.LAPSED.value, over)


def _name(row: Row, call: Call) -> ColumnElement[Any]:
    """Whoever is told of it must know about whom it is, whether the profile is public or not."""
    somebody = Person.__table__.alias()
    name = select(somebody.c.display_name).where(somebody.c.id == row.person_id)
    return name.correlate_except(somebody).scalar_subquery()


join_request = Readable(
    "JoinRequest",
    JoinRequest,
    fields={"lapsed": Expression(_lapsed), "person_name": Expression(_name)},
)

body.fields["join_requests"] = Connected(
    "JoinRequest", BY_SENDING, on=lambda row, target, call: target.body_id == row.id, filters=FILTERS
)


def _own(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    if not call.sight.signed_in:
        return false()
    return or_(target.person_id == call.sight.person_id, speaks_for(target.organization_id, call.sight))


viewer.fields["join_requests"] = Connected("JoinRequest", BY_SENDING, on=_own, filters=FILTERS)
