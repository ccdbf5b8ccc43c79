"""Who may give roles and take them back (domain.md, section 10), so that nobody rises by their own hand.

Whoever runs the platform gives every role, and has no say in its contents: an account that administers holds no role in
a body, and the other way round. Who leads a body gives its other roles. Nobody gives anything to themselves.
"""

from __future__ import annotations

from uuid import UUID

from hub.errors import Conflict, Forbidden, Unauthenticated, Verdict, WrongState
from hub.viewer import Role, Viewer

OFFICES = (Role.COORDINATOR, Role.SECRETARY)
"""The roles that are held in public: everybody may know who acts for a body."""

GIVEN_BY_COORDINATORS = frozenset({Role.SECRETARY, Role.ANALYST})
"""What whoever leads a body gives within it. Who leads it is elected, and not named by who led it before."""


def may_grant(viewer: Viewer, role: Role, *, body_id: UUID | None, to: UUID | None = None) -> Verdict:
    """Let the administrators give any role, and a coordinator those of the own body; nobody to themselves.

    A member is whoever sits in a seat: that role is nobody's to give.
    """
    if role is Role.MEMBER:
        return Forbidden("MEMBERS_ARE_SEATED", path=("role",))
    allowed = _gives(viewer, role, body_id=body_id)
    if allowed is not True:
        return allowed
    if to is not None and to == viewer.account_id:
        return Forbidden("NOT_TO_ONESELF")
    return True


def may_hold(role: Role, *, held: frozenset[tuple[Role, UUID | None]], body_id: UUID | None) -> Verdict:
    """Let an account hold a role beside those that it holds in the same time already."""
    if (role, body_id) in held:
        return Conflict("ROLE_HELD_ALREADY", role=role.value)
    for other, _body in held:
        if (other is Role.ADMINISTRATOR) != (role is Role.ADMINISTRATOR):
            return Conflict("ADMINISTRATORS_HOLD_NOTHING_ELSE")
    return True


def may_end_grant(
    viewer: Viewer, role: Role, *, body_id: UUID | None, of: UUID, over: bool, others: int | None = None
) -> Verdict:
    """Let whoever may give a role end it, and its holder give it up; the last administrator stays."""
    own = of == viewer.account_id and viewer.sign_in_id is not None
    allowed = True if own else _gives(viewer, role, body_id=body_id)
    if allowed is not True:
        return allowed
    if over:
        return WrongState("ROLE_OVER")
    if role is Role.ADMINISTRATOR and others == 0:
        return WrongState("LAST_ADMINISTRATOR")
    return True


def _gives(viewer: Viewer, role: Role, *, body_id: UUID | None) -> Verdict:
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if viewer.sign_in_id is None:
        # Whoever finds a program's token must not be able to plant another way in.
        return Forbidden("SIGN_IN_NEEDED")
    if viewer.administers:
        return True
    if body_id is None or not viewer.holds(Role.COORDINATOR, body_id=body_id):
        return Forbidden("ADMINISTRATORS_ONLY")
    if role not in GIVEN_BY_COORDINATORS:
        return Forbidden("ADMINISTRATORS_ONLY")
    return True
