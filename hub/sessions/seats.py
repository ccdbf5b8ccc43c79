"""By which seat somebody acts in a session."""

from __future__ import annotations

from sqlalchemy import or_, select

from hub.bodies.seat_models import Membership, MembershipState, Post, Seat
from hub.changes.change import Change
from hub.sessions.models import Session
from hub.sessions.presence import bodies_of


async def own_membership(change: Change, session: Session) -> Membership | None:
    """Return the membership by which the viewer sits in a body whose session it is; as a holder before an alternate."""
    if change.viewer.person_id is None:
        return None
    own = (
        select(Membership)
        .join(Seat, Seat.id == Membership.seat_id)
        .where(
            Membership.person_id == change.viewer.person_id,
            Membership.body_id.in_(bodies_of(session)),
            Membership.state == MembershipState.ACTIVE,
            Membership.valid_from <= change.at,
            or_(Membership.valid_until.is_(None), Membership.valid_until > change.at),
        )
        # Whoever both leads the body and sits for somebody else acts as who leads it.
        .order_by(Membership.alternate, Seat.post.not_in((Post.COORDINATOR, Post.SECRETARY)), Seat.ordinal, Seat.id)
        .limit(1)
    )
    return (await change.session.execute(own)).scalars().first()
