"""Who may ask to join a body, be invited to it, and answer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.bodies.joining_models import JoinKind
from hub.bodies.rules import may_seat
from hub.errors import Forbidden, Unauthenticated, Verdict
from hub.lifecycle import Transition
from hub.viewer import Scope, Viewer


@dataclass(frozen=True, kw_only=True)
class JoinFacts:
    """What the rules want to know of what was asked or offered."""

    kind: JoinKind
    body_id: UUID
    person_id: UUID | None = None
    organization_id: UUID | None = None
    open: bool = True
    """Whether it waits for an answer, and can still be answered."""


def may_ask_to_join(viewer: Viewer) -> Verdict:
    """Let everybody who is signed in ask, with a token that is for that."""
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    return True


def may_answer_request(viewer: Viewer, *, body_id: UUID) -> Verdict:
    """Let the officers of a body answer who wants to join it."""
    return may_seat(viewer, body_id=body_id)


def may_answer_invitation(viewer: Viewer, *, person_id: UUID | None) -> Verdict:
    """Let whoever is invited answer; for an organisation whoever speaks for it, which is asked besides."""
    allowed = may_ask_to_join(viewer)
    if allowed is not True:
        return allowed
    if person_id is not None and viewer.person_id != person_id:
        return Forbidden("ONES_OWN_ONLY")
    return True


def may_take_back(viewer: Viewer, *, kind: JoinKind, body_id: UUID, person_id: UUID | None) -> Verdict:
    """Let whoever asked take that back, and the officers of a body whom they invited."""
    if kind is JoinKind.INVITATION:
        return may_seat(viewer, body_id=body_id)
    return may_answer_invitation(viewer, person_id=person_id)


def join_transitions(viewer: Viewer, facts: JoinFacts) -> list[Transition]:
    """Say what may come next for what was asked or offered, and whether this viewer may make it happen."""
    if not facts.open:
        return []
    if facts.kind is JoinKind.INVITATION:
        accepting = declining = _may_answer_as_invited(viewer, facts)
    else:
        accepting = declining = may_answer_request(viewer, body_id=facts.body_id)
        if accepting is True and viewer.person_id is not None and viewer.person_id == facts.person_id:
            accepting = Forbidden("NOT_TO_ONESELF")
    back = may_take_back(viewer, kind=facts.kind, body_id=facts.body_id, person_id=facts.person_id)
    return [Transition("accept", accepting), Transition("decline", declining), Transition("take_back", back)]


def _may_answer_as_invited(viewer: Viewer, facts: JoinFacts) -> Verdict:
    allowed = may_answer_invitation(viewer, person_id=facts.person_id)
    if allowed is True and facts.organization_id is not None and facts.organization_id not in viewer.represents:
        return Forbidden("NOT_A_REPRESENTATIVE")
    return allowed
