"""Who may have everything about somebody, told or erased: they themself, and whoever runs the hub, when they ask."""

from __future__ import annotations

from hub.errors import Forbidden, NotFound, Refusal, Verdict, WrongState
from hub.identity.rules import may_administer, may_end_sign_ins
from hub.viewer import Viewer


def may_fetch(viewer: Viewer, *, own: bool, over: bool) -> Verdict:
    """Let whoever asked for a copy fetch it, once and in time; to everybody else the link is unknown."""
    allowed = may_end_sign_ins(viewer)
    if allowed is not True:
        return allowed
    if not own:
        return NotFound("LINK_UNKNOWN")
    if over:
        return WrongState("LINK_OVER")
    return True


def may_erase(viewer: Viewer, *, confirmed: bool, closed: bool, obstacle: Refusal | None) -> Verdict:
    """Let somebody go who has said that they mean it, and who leaves nothing behind that nobody else could do."""
    if not confirmed:
        return Forbidden("ERASURE_NOT_CONFIRMED", path=("confirm",))
    if closed and not viewer.system:
        return WrongState("ACCOUNT_NOT_ACTIVE")
    return True if obstacle is None else obstacle


def may_answer_for(viewer: Viewer) -> Verdict:
    """Let whoever runs the hub answer somebody who asked by another way than signing in."""
    return may_administer(viewer)
