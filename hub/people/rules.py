"""Who may enter organisations into the register."""

from __future__ import annotations

from hub.errors import Forbidden, Unauthenticated, Verdict
from hub.viewer import Role, Viewer


def may_register(viewer: Viewer) -> Verdict:
    """Let the hub itself and the administrators of the platform register bodies and organisations."""
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if not viewer.holds(Role.ADMINISTRATOR, body_id=None):
        return Forbidden("ADMINISTRATORS_ONLY")
    return True
