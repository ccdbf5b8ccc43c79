"""Who may propose and order a work by own initiative."""

from __future__ import annotations

from uuid import UUID

from hub.errors import Forbidden, Unauthenticated, Verdict
from hub.viewer import Role, Scope, Viewer


def may_propose(viewer: Viewer, *, body_id: UUID | None) -> Verdict:
    """Let the coordinator, the secretaries and the analysts of a body propose a work of it."""
    return _staff(viewer, body_id, Role.COORDINATOR, Role.SECRETARY, Role.ANALYST, otherwise="STAFF_ONLY")


def may_order(viewer: Viewer, *, body_id: UUID | None) -> Verdict:
    """Let the coordinator of a body order a work of it, by own initiative and with a published reason."""
    return _staff(viewer, body_id, Role.COORDINATOR, otherwise="COORDINATORS_ONLY")


def _staff(viewer: Viewer, body_id: UUID | None, *roles: Role, otherwise: str) -> Verdict:
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    if body_id is None or not viewer.holds(*roles, body_id=body_id):
        return Forbidden(otherwise)
    return True
