"""What of requests to join a body, and of invitations, can be read by those whom they concern."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select

from hub.bodies.joining_models import JoinKind, JoinRequest, JoinState
from hub.bodies.joining_rules import JoinFacts, join_transitions
from hub.bodies.reading import body
from hub.identity.reading import viewer
from hub.identity.visibility import speaks_for
from hub.people.models import Person
from hub.people.reading import one_of_codes
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Expression, Order, Readable, Row

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


def _facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    waiting = and_(row.state == JoinState.SENT.value, row.lapses_at > call.sight.now)
    return [row.kind, row.body_id, row.person_id, row.organization_id, waiting]


def _acts(asking: Asking, kind: str, *facts: Any) -> list[dict[str, Any]]:
    body_id, person_id, organization_id, waiting = facts
    known = JoinFacts(
        kind=JoinKind(kind),
        body_id=UUID(body_id),
        person_id=UUID(person_id) if person_id else None,
        organization_id=UUID(organization_id) if organization_id else None,
        open=waiting,
    )
    return [shared.transition(asking, one.event, one.verdict) for one in join_transitions(asking.viewer, known)]


join_request = Readable(
    "JoinRequest",
    JoinRequest,
    fields={
        "lapsed": Expression(_lapsed),
        "person_name": Expression(_name),
        "available_transitions": Answered(_facts, _acts),
    },
)

body.fields["join_requests"] = Connected(
    "JoinRequest", BY_SENDING, on=lambda row, target, call: target.body_id == row.id, filters=FILTERS
)


def _own(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    if not call.sight.signed_in:
        return false()
    return or_(target.person_id == call.sight.person_id, speaks_for(target.organization_id, call.sight))


viewer.fields["join_requests"] = Connected("JoinRequest", BY_SENDING, on=_own, filters=FILTERS)
