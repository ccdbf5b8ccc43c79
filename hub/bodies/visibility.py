"""Who may see bodies."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_

from hub.bodies.interest_models import InterestDeclaration
from hub.bodies.joining_models import JoinRequest
from hub.bodies.models import Body, BodyCharter
from hub.bodies.parity_models import ParityRule
from hub.bodies.seat_models import Membership, MembershipState, Seat
from hub.identity.visibility import speaks_for
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


@visible(ParityRule)
def visible_parity_rule(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What binds a body is public as the body is."""
    return published_entry(row.body_id)


@visible(InterestDeclaration)
def visible_interest_declaration(row: Row, sight: Sight) -> ColumnElement[bool]:
    """That a member declared an interest is public as the body is; its details are told field by field."""
    return published_entry(row.body_id)


@visible(JoinRequest)
def visible_join_request(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who wants to join a body, or is wanted there, is between them and its officers."""
    if not sight.signed_in:
        return false()
    own = or_(row.person_id == sight.person_id, speaks_for(row.organization_id, sight))
    return or_(own, row.body_id == sight.bodies(*OFFICERS).any_())
