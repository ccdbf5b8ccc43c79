"""What of seats can be read, and of whoever sits in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, case, cast, false, null, or_

from hub.bodies.interest_rules import may_declare_interest
from hub.bodies.leaving import SITTING
from hub.bodies.rules import membership_verdicts, seat_transitions
from hub.bodies.seat_models import Membership, MembershipState, Post, Seat, SeatState
from hub.bodies.visibility import INSIDERS
from hub.identity.reading import viewer
from hub.people.reading import one_of_codes
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Expression, One, Order, Readable, Row

BY_ORDINAL = {"ordinal_asc": Order(lambda s: s.ordinal)}

BY_TERM = {
    "since_desc": Order(lambda m: m.valid_from, descending=True),
    "since_asc": Order(lambda m: m.valid_from),
}

MEMBERSHIP_FILTERS = {"state": one_of_codes("state")}

SEATS_OF_A_BODY = Connected(
    "Seat",
    BY_ORDINAL,
    on=lambda row, target, call: target.body_id == row.id,
    filters={"state": one_of_codes("state")},
)

MEMBERSHIPS_OF_A_BODY = Connected(
    "Membership", BY_TERM, on=lambda row, target, call: target.body_id == row.id, filters=MEMBERSHIP_FILTERS
)


def _holds(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return and_(target.seat_id == row.id, target.alternate.is_(False), target.state.in_(SITTING))


def _seat_acts(asking: Asking, body_id: str, post: str, state: str) -> list[dict[str, Any]]:
    found = seat_transitions(asking.viewer, body_id=UUID(body_id), post=Post(post), state=SeatState(state))
    return [shared.transition(asking, one.event, one.verdict) for one in found]


seat = Readable(
    "Seat",
    Seat,
    fields={
        "available_transitions": Answered(lambda row, call: [row.body_id, row.post, row.state], _seat_acts),
        "holder": One("Membership", _holds),
        "memberships": Connected(
            "Membership", BY_TERM, on=lambda row, target, call: target.seat_id == row.id, filters=MEMBERSHIP_FILTERS
        ),
    },
)


def _in_force(row: Row, call: Call) -> ColumnElement[bool]:
    runs = or_(row.valid_until.is_(None), row.valid_until > call.sight.now)
    return and_(row.state == MembershipState.ACTIVE.value, row.valid_from <= call.sight.now, runs)


def _reason(row: Row, call: Call) -> ColumnElement[Any]:
    """Why somebody left is between them and the body; that they left is public."""
    if not call.sight.signed_in:
        return cast(null(), Text())
    concerned = or_(row.person_id == call.sight.person_id, row.body_id == call.sight.bodies(*INSIDERS).any_())
    return case((concerned, row.reason))


def _own_gender(row: Row, call: Call) -> ColumnElement[Any]:
    if not call.sight.signed_in:
        return cast(null(), Text())
    return case((row.person_id == call.sight.person_id, row.gender))


def _transitions(
    asking: Asking, body_id: str, person_id: str | None, state: str, *erased: bool
) -> list[dict[str, Any]]:
    person, standing = None if person_id is None else UUID(person_id), MembershipState(state)
    found = membership_verdicts(asking.viewer, body_id=UUID(body_id), person_id=person, state=standing)
    if standing in SITTING:
        declaring = may_declare_interest(
            asking.viewer, body_id=UUID(body_id), person_id=person, state=standing, erased=all(erased)
        )
        found.append(("declare_interest", declaring))
    return [shared.transition(asking, event, verdict) for event, verdict in found]


membership = Readable(
    "Membership",
    Membership,
    fields={
        "in_force": Expression(_in_force),
        "reason": Expression(_reason),
        "gender": Expression(_own_gender),
        "available_transitions": Answered(
            lambda row, call: [row.body_id, row.person_id, row.state, row.name.is_(None)], _transitions
        ),
    },
)


def _own(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return target.person_id == call.sight.person_id if call.sight.signed_in else false()


viewer.fields["memberships"] = Connected("Membership", BY_TERM, on=_own, filters=MEMBERSHIP_FILTERS)
