"""Who may make accounts, clients, tokens and grants."""

from __future__ import annotations

from uuid import UUID

from hub.errors import Forbidden, Unauthenticated, Verdict
from hub.viewer import Role, Scope, Viewer


def may_administer(viewer: Viewer) -> Verdict:
    """Let the hub itself and the administrators of the platform make accounts, clients and tokens."""
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if not viewer.holds(Role.ADMINISTRATOR, body_id=None):
        return Forbidden("ADMINISTRATORS_ONLY")
    return True


def may_verify(viewer: Viewer) -> Verdict:
    """Let whoever runs the hub say who somebody is, and take that back."""
    return may_administer(viewer)


def may_revoke(viewer: Viewer, *, account_id: UUID | None, client_id: UUID | None) -> Verdict:
    """Let whoever holds a token make it worthless, and the administrators too."""
    if viewer.account_id is not None and viewer.account_id == account_id:
        return True
    if viewer.client_id is not None and viewer.client_id == client_id:
        return True
    return may_administer(viewer)


def may_grant(viewer: Viewer, role: Role, *, body_id: UUID | None) -> Verdict:
    """Let a coordinator grant roles within the own body, and the administrators grant any."""
    coordinates = body_id is not None and viewer.holds(Role.COORDINATOR, body_id=body_id)
    if not coordinates or role is Role.ADMINISTRATOR:
        return may_administer(viewer)
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    return True
