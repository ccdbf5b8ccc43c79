"""Who may see bodies."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_

from hub.bodies.models import Body, BodyCharter
from hub.bodies.seat_models import Membership, MembershipState, Seat
from hub.register.visibility import published, published_beside, published_entry
from hub.viewer import Role
from hub.visibility import Row, Sight, visible

OFFICERS = (Role.COORDINATOR, Role.SECRETARY)
INSIDERS = (*OFFICERS, Role.MEMBER)
"""Who reads the papers of a body that are for its members alone."""


@visible(Body)
def visible_body(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Bodies are public as their entry is."""
    return published(row)


@visible(Seat)
def visible_seat(row: Row, sight: Sight) -> ColumnElement[bool]:
    """The seats of a body are public as the body is."""
    return published_entry(row.body_id)


@visible(Membership)
def visible_membership(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who sits in a body is public; who is proposed is known to themself and to the officers of the body."""
    seated = row.state != MembershipState.PROPOSED.value
    if not sight.signed_in:
        return and_(seated, published_entry(row.body_id))
    own = row.person_id == sight.person_id
    return or_(and_(seated, published_beside(row.body_id, sight)), own, row.body_id == sight.bodies(*OFFICERS).any_())


@visible(BodyCharter)
def visible_charter(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What a body was charged with is public as the body is."""
    return published_entry(row.body_id)
