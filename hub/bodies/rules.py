"""Who may arrange a body: its seats and who sits in them."""

from __future__ import annotations

from uuid import UUID

from hub.bodies.visibility import OFFICERS
from hub.errors import Forbidden, Unauthenticated, Verdict
from hub.viewer import Role, Scope, Viewer


def may_seat(viewer: Viewer, *, body_id: UUID) -> Verdict:
    """Let the coordinator and the secretaries of a body arrange its seats."""
    return acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="OFFICERS_ONLY")


def may_leave(viewer: Viewer, *, body_id: UUID, person_id: UUID | None) -> Verdict:
    """Let whoever sits in a seat leave it, and the officers of the body say that somebody has left theirs."""
    if viewer.signed_in and viewer.person_id == person_id and Scope.BODIES_WRITE in viewer.scopes:
        return True
    return may_seat(viewer, body_id=body_id)


def acting_for(viewer: Viewer, *roles: Role, body_id: UUID, otherwise: str) -> Verdict:
    """Let whoever holds one of these roles in the body act for it, with a token that is for that."""
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    if not viewer.holds(*roles, body_id=body_id):
        return Forbidden(otherwise)
    return True
