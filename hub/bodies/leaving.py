"""Leaving a seat: for a while and back again, or for good; by oneself or by an officer of the body, with a reason."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.bodies.events import MemberOnLeave, MemberReturned, MembershipEnded, SeatVacated
from hub.bodies.rules import may_leave, may_seat
from hub.bodies.seat_models import MEMBERSHIP_LIFE, SEAT_LIFE, Membership, MembershipState, Seat
from hub.changes.change import Change
from hub.errors import Invalid, require
from hub.text import problems_with_words

LONGEST_REASON = 4_000

SITTING = (MembershipState.ACTIVE, MembershipState.ON_LEAVE)
"""The states in which somebody holds a seat, whether they are there or not."""


async def leave(change: Change, membership_id: UUID, *, reason: str) -> Membership:
    """Stay away from the body for a while: the seat is kept, and gives no role until one is back."""
    membership = await change.take(Membership, membership_id)
    require(may_leave(change.viewer, body_id=membership.body_id, person_id=membership.person_id))
    explain(membership, reason)
    away = MemberOnLeave(body_id=membership.body_id, seat_id=membership.seat_id, membership_id=membership.id)
    await change.move(membership, MEMBERSHIP_LIFE, "leave", away)
    change.results["membership"] = str(membership.id)
    return membership


async def come_back(change: Change, membership_id: UUID) -> Membership:
    """Sit in the body again after having been away."""
    membership = await change.take(Membership, membership_id)
    require(may_leave(change.viewer, body_id=membership.body_id, person_id=membership.person_id))
    membership.reason = None
    back = MemberReturned(body_id=membership.body_id, seat_id=membership.seat_id, membership_id=membership.id)
    await change.move(membership, MEMBERSHIP_LIFE, "return", back)
    change.results["membership"] = str(membership.id)
    return membership


async def end(change: Change, membership_id: UUID, *, reason: str) -> Membership:
    """End a membership for good: its holder gives it up, or an officer of the body ends it, and says why."""
    membership = await change.take(Membership, membership_id)
    require(may_leave(change.viewer, body_id=membership.body_id, person_id=membership.person_id))
    explain(membership, reason)
    await conclude(change, membership)
    change.results["membership"] = str(membership.id)
    return membership


async def conclude(change: Change, membership: Membership) -> None:
    """Let a membership be over as of now, and its seat be vacant where it was held."""
    last = membership.valid_until
    if last is None or last > change.at:
        membership.valid_until = max(membership.valid_from, change.at)
    sat = membership.state in SITTING
    ended = MembershipEnded(body_id=membership.body_id, seat_id=membership.seat_id, membership_id=membership.id)
    await change.move(membership, MEMBERSHIP_LIFE, "end_membership", ended)
    if sat and not membership.alternate:
        seat = await change.session.get_one(Seat, membership.seat_id, with_for_update=True)
        await change.move(seat, SEAT_LIFE, "vacate", SeatVacated(body_id=seat.body_id, seat_id=seat.id))


async def unseat(change: Change, person_id: UUID) -> None:
    """End every membership of somebody who is gone for good; what they did in the bodies stays done."""
    held = select(Membership).filter_by(person_id=person_id).where(Membership.state != MembershipState.ENDED)
    for membership in (await change.session.scalars(held.order_by(Membership.id).with_for_update())).all():
        require(may_seat(change.viewer, body_id=membership.body_id))
        await conclude(change, membership)


def explain(membership: Membership, reason: str) -> None:
    """Keep why somebody left or did not come, in words."""
    problems = problems_with_words(reason, "reason", longest=LONGEST_REASON)
    if problems:
        raise Invalid(problems)
    membership.reason = reason
