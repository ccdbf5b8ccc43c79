"""Who may declare interests in a body, and who reviews them."""

from __future__ import annotations

from uuid import UUID

from hub.bodies.interest_models import InterestState
from hub.bodies.leaving import SITTING
from hub.bodies.rules import may_seat
from hub.bodies.seat_models import MembershipState
from hub.errors import Forbidden, Unauthenticated, Verdict, WrongState
from hub.viewer import Scope, Viewer


def may_declare_interest(
    viewer: Viewer, *, body_id: UUID, person_id: UUID | None, state: MembershipState, erased: bool
) -> Verdict:
    """Let whoever sits in a body declare their own interests, and its officers those of whoever has no account."""
    if erased:
        return WrongState("INTERESTS_OF_NOBODY")
    allowed = may_seat(viewer, body_id=body_id) if person_id is None else _oneself(viewer, person_id)
    if allowed is not True:
        return allowed
    return True if state in SITTING else WrongState("INTERESTS_OF_NOBODY")


def may_review_interest(viewer: Viewer, *, body_id: UUID, person_id: UUID | None, state: InterestState) -> Verdict:
    """Let the officers of a body review what its members declared, and nobody what they declared themselves."""
    allowed = may_seat(viewer, body_id=body_id)
    if allowed is not True:
        return allowed
    if person_id is not None and viewer.person_id == person_id:
        return Forbidden("ANOTHER_REVIEWS_IT")
    if state is not InterestState.DECLARED:
        return WrongState("INTEREST_REVIEWED" if state is InterestState.REVIEWED else "INTEREST_SUPERSEDED")
    return True


def _oneself(viewer: Viewer, person_id: UUID) -> Verdict:
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    return True if viewer.person_id == person_id else Forbidden("INTERESTS_ARE_ONES_OWN")
