"""Who may enter organisations into the register, and who may say who speaks for them."""

from __future__ import annotations

from uuid import UUID

from hub.errors import Forbidden, Unauthenticated, Verdict, WrongState
from hub.people.models import RepresentationState
from hub.viewer import Role, Scope, Viewer

DECIDING = (Role.COORDINATOR, Role.SECRETARY)
"""The officers of bodies, who look at the evidence of those who want to speak for an organisation."""


def may_register(viewer: Viewer) -> Verdict:
    """Let the hub itself and the administrators of the platform register bodies and organisations."""
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if not viewer.administers:
        return Forbidden("ADMINISTRATORS_ONLY")
    return True


def may_introduce_oneself(viewer: Viewer) -> Verdict:
    """Let whoever is here in person say what they want to be called; a program's token does not rename its owner."""
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if viewer.sign_in_id is None:
        return Forbidden("SIGN_IN_NEEDED")
    return True


def may_ask_to_represent(viewer: Viewer) -> Verdict:
    """Let a signed-in person ask to speak for an organisation."""
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.RESPONSES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.RESPONSES_WRITE)
    return True


def may_decide_representation(viewer: Viewer, *, person_id: UUID, state: RepresentationState) -> Verdict:
    """Let the officers of bodies, and the hub itself, say who else speaks for an organisation, once."""
    allowed = _decides(viewer, person_id=person_id)
    if allowed is not True:
        return allowed
    if state is not RepresentationState.PENDING:
        return WrongState("REPRESENTATION_DECIDED")
    return True


def may_end_representation(viewer: Viewer, *, person_id: UUID, state: RepresentationState) -> Verdict:
    """Let whoever holds a representation, or asked for it, give it up, and whoever may grant one end it."""
    own = viewer.person_id == person_id and Scope.RESPONSES_WRITE in viewer.scopes
    allowed = True if own else _decides(viewer, person_id=person_id)
    if allowed is not True:
        return allowed
    if state is RepresentationState.ENDED:
        return WrongState("REPRESENTATION_DECIDED")
    return True


def _decides(viewer: Viewer, *, person_id: UUID) -> Verdict:
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if not viewer.bodies(*DECIDING):
        return Forbidden("OFFICERS_ONLY")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    if viewer.person_id == person_id:
        return Forbidden("NOT_ONES_OWN")
    return True


def representation_verdicts(
    viewer: Viewer, *, person_id: UUID, state: RepresentationState
) -> list[tuple[str, Verdict]]:
    """Say what may come next for a representation, and whether this viewer may make it happen."""
    deciding = may_decide_representation(viewer, person_id=person_id, state=state)
    ending = may_end_representation(viewer, person_id=person_id, state=state)
    match state:
        case RepresentationState.PENDING:
            return [("grant", deciding), ("deny", deciding), ("end", ending)]
        case RepresentationState.VALID:
            return [("end", ending)]
        case RepresentationState.ENDED:
            return []
