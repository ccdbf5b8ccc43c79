"""Who may arrange a body: what it is, its seats and who sits in them."""

from __future__ import annotations

from uuid import UUID

from hub.bodies.models import BODY_LIFE, BodyKind, BodyState
from hub.bodies.seat_models import MEMBERSHIP_LIFE, MembershipState, Post, SeatState
from hub.bodies.visibility import OFFICERS
from hub.errors import Forbidden, Unauthenticated, Verdict, WrongState
from hub.lifecycle import Transition
from hub.people.rules import may_register
from hub.viewer import Role, Scope, Viewer


def may_create_body(viewer: Viewer, *, kind: BodyKind, parent_id: UUID | None) -> Verdict:
    """Let whoever runs the platform enter bodies into the register, and a body's coordinator its working groups."""
    if kind is BodyKind.WORKING_GROUP and parent_id is not None and viewer.holds(Role.COORDINATOR, body_id=parent_id):
        return acting_for(viewer, Role.COORDINATOR, body_id=parent_id, otherwise="COORDINATORS_ONLY")
    return may_register(viewer)


def may_arrange(viewer: Viewer, *, body_id: UUID, parent_id: UUID | None) -> Verdict:
    """Let the coordinator of a body, and that of the body above it, say what it is called and what it is there for.

    Whoever runs the platform may as well: the register is theirs to keep.
    """
    if viewer.system or viewer.administers:
        return True
    if parent_id is not None and viewer.holds(Role.COORDINATOR, body_id=parent_id):
        return acting_for(viewer, Role.COORDINATOR, body_id=parent_id, otherwise="COORDINATORS_ONLY")
    return acting_for(viewer, Role.COORDINATOR, body_id=body_id, otherwise="COORDINATORS_ONLY")


def may_balance(viewer: Viewer, *, body_id: UUID, parent_id: UUID | None) -> Verdict:
    """Let the coordinator of a body, and that of the body above it, say what has to be in balance there.

    Such a rule can bar a vote, so it is no matter of whoever runs the platform.
    """
    above = parent_id is not None and viewer.holds(Role.COORDINATOR, body_id=parent_id)
    ruling = parent_id if above and parent_id is not None else body_id
    return acting_for(viewer, Role.COORDINATOR, body_id=ruling, otherwise="COORDINATORS_ONLY")


def may_move_body(viewer: Viewer, event: str, *, body_id: UUID, parent_id: UUID | None, state: BodyState) -> Verdict:
    """Let whoever arranges a body bring it to where its life leads next."""
    allowed = may_arrange(viewer, body_id=body_id, parent_id=parent_id)
    if allowed is not True:
        return allowed
    if BODY_LIFE.move(state, event) is None:
        return WrongState("WRONG_STATE", machine="body", state=state, event=event)
    return True


def body_verdicts(
    viewer: Viewer, *, body_id: UUID, parent_id: UUID | None, state: BodyState
) -> list[tuple[str, Verdict]]:
    """Say what may come next for a body, and whether this viewer may make it happen."""
    return [
        (move.event, may_move_body(viewer, move.event, body_id=body_id, parent_id=parent_id, state=state))
        for move in BODY_LIFE.moves
        if move.source == state
    ]


def may_seat(viewer: Viewer, *, body_id: UUID) -> Verdict:
    """Let the coordinator and the secretaries of a body arrange its seats."""
    return acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="OFFICERS_ONLY")


def may_fill(viewer: Viewer, *, body_id: UUID, post: Post, elected: bool, oneself: bool) -> Verdict:
    """Let the officers of a body seat its members.

    Nobody rises by their own hand: who leads the body is elected, its secretaries are named by who leads it, and
    oneself nobody seats, unless a vote or an instrument of the body says so.
    """
    allowed = may_seat(viewer, body_id=body_id)
    if allowed is not True or viewer.system or elected:
        return allowed
    if oneself:
        return Forbidden("NOT_TO_ONESELF")
    if post is Post.COORDINATOR:
        return Forbidden("SEAT_IS_ELECTED")
    if post is Post.SECRETARY and not viewer.holds(Role.COORDINATOR, body_id=body_id):
        return Forbidden("COORDINATORS_ONLY")
    return True


def may_answer_proposal(viewer: Viewer, *, person_id: UUID | None) -> Verdict:
    """Let whoever was proposed for a seat take it on, or not."""
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    if viewer.person_id != person_id:
        return Forbidden("ONES_OWN_ONLY")
    return True


def membership_verdicts(
    viewer: Viewer, *, body_id: UUID, person_id: UUID | None, state: MembershipState
) -> list[tuple[str, Verdict]]:
    """Say what may come next for a membership, and whether this viewer may make it happen."""
    answering = may_answer_proposal(viewer, person_id=person_id)
    leaving = may_leave(viewer, body_id=body_id, person_id=person_id)
    return [
        (move.event, answering if move.event in ("accept", "decline") else leaving)
        for move in MEMBERSHIP_LIFE.moves
        if move.source == state
    ]


def may_leave(viewer: Viewer, *, body_id: UUID, person_id: UUID | None) -> Verdict:
    """Let whoever sits in a seat leave it, and the officers of the body say that somebody has left theirs."""
    if viewer.signed_in and viewer.person_id == person_id and Scope.BODIES_WRITE in viewer.scopes:
        return True
    return may_seat(viewer, body_id=body_id)


def seat_transitions(viewer: Viewer, *, body_id: UUID, post: Post, state: SeatState) -> list[Transition]:
    """Say what may come next for a seat; whom it is filled with, and by which vote, is asked when that is said."""
    if state is SeatState.ABOLISHED:
        return []
    arranging = may_seat(viewer, body_id=body_id)
    acts = [
        Transition("edit_seat", arranging),
        Transition("seat_member", arranging),
        Transition("propose_member", arranging),
    ]
    if state is not SeatState.FILLED:
        inviting = may_fill(viewer, body_id=body_id, post=post, elected=False, oneself=False)
        acts += [Transition("invite_member", inviting), Transition("abolish_seat", arranging)]
    return acts


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
