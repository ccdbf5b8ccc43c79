"""Who may do what with a consultation, and when. The same functions guard the writes and explain a refusal.

They look at plain facts and at no row, so that what a query read is enough to ask them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.consultations.models import Consultation, ConsultationState, IdentityPolicy, ResponseState
from hub.errors import Conflict, Forbidden, Unauthenticated, Verdict, WrongState
from hub.mandates.rules import may_order, may_propose
from hub.viewer import Scope, Viewer

UNPUBLISHED = frozenset({ConsultationState.DRAFT, ConsultationState.CHECKED})


@dataclass(frozen=True, kw_only=True)
class ConsultationFacts:
    """What the rules want to know of a consultation, at the instant `now`."""

    state: ConsultationState
    body_id: UUID | None
    identity_policy: IdentityPolicy
    opens_at: dt.datetime
    closes_at: dt.datetime
    zone: str
    now: dt.datetime
    responded: bool = False
    """Whether the viewer has a response in it that counts."""

    @classmethod
    def of(cls, consultation: Consultation, *, now: dt.datetime, responded: bool = False) -> ConsultationFacts:
        """Gather the facts of a row that was read."""
        return cls(
            state=consultation.state,
            body_id=consultation.body_id,
            identity_policy=consultation.identity_policy,
            opens_at=consultation.opens_at,
            closes_at=consultation.closes_at,
            zone=consultation.zone,
            now=now,
            responded=responded,
        )

    @property
    def standing(self) -> ConsultationState:
        """The state that the clock makes of the stored one: a job that is late changes nothing."""
        if self.state in UNPUBLISHED:
            return self.state
        if self.now < self.opens_at:
            return ConsultationState.SCHEDULED
        return ConsultationState.OPEN if self.now < self.closes_at else ConsultationState.CLOSED


@dataclass(frozen=True, kw_only=True)
class ResponseFacts:
    """What the rules want to know of a response and of the consultation that it answers."""

    consultation: ConsultationFacts
    state: ResponseState
    own: bool
    """Whether the viewer gave it."""


@dataclass(frozen=True)
class Transition:
    """Something that may happen next, and whether this viewer may make it happen now."""

    event: str
    verdict: Verdict


def may_create(viewer: Viewer, *, body_id: UUID | None) -> Verdict:
    """Let the staff of a body draft a consultation of it."""
    return may_propose(viewer, body_id=body_id)


def may_publish(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator of the body publish its draft, once."""
    allowed = may_order(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.state not in UNPUBLISHED:
        return WrongState("ALREADY_PUBLISHED")
    return True


def may_answer(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let a signed-in person say something in a consultation while it is open."""
    if not viewer.signed_in and viewer.client_id is not None:
        return Forbidden("CLIENTS_DO_NOT_ANSWER")
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.RESPONSES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.RESPONSES_WRITE)
    if facts.state in UNPUBLISHED:
        return WrongState("CONSULTATION_NOT_PUBLISHED")
    if facts.identity_policy is not IdentityPolicy.ACCOUNT:
        return Forbidden("CONSULTATION_IMPORTED")
    if facts.now < facts.opens_at:
        return WrongState("CONSULTATION_NOT_OPEN_YET", opens_at=facts.opens_at, zone=facts.zone)
    if facts.now >= facts.closes_at:
        return WrongState("CONSULTATION_CLOSED", closes_at=facts.closes_at, zone=facts.zone)
    return True


def may_submit(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let whoever may answer do so once."""
    allowed = may_answer(viewer, facts)
    if allowed is not True:
        return allowed
    if facts.responded:
        return Conflict("ALREADY_RESPONDED")
    return True


def may_change(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let whoever answered say it otherwise, as long as the consultation is open."""
    allowed = may_answer(viewer, facts)
    if allowed is not True:
        return allowed
    if not facts.responded:
        return WrongState("NO_RESPONSE")
    return True


def may_withdraw(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let whoever answered take it back, as long as the consultation is open."""
    return may_change(viewer, facts)


def consultation_transitions(viewer: Viewer, facts: ConsultationFacts) -> list[Transition]:
    """Say what may come next for a consultation: its publication, then what the clock does by itself."""
    match facts.standing:
        case ConsultationState.DRAFT | ConsultationState.CHECKED:
            return [Transition("schedule", may_publish(viewer, facts))]
        case ConsultationState.SCHEDULED:
            return [Transition("open", WrongState("OPENS_BY_ITSELF", opens_at=facts.opens_at, zone=facts.zone))]
        case ConsultationState.OPEN:
            return [Transition("close", WrongState("CLOSES_BY_ITSELF", closes_at=facts.closes_at, zone=facts.zone))]
        case ConsultationState.CLOSED:
            return []


def answering_transitions(viewer: Viewer, facts: ConsultationFacts) -> list[Transition]:
    """Say what a viewer may do with their own response in a consultation, given yet or not."""
    return [
        Transition("submit", may_submit(viewer, facts)),
        Transition("replace", may_change(viewer, facts)),
        Transition("withdraw", may_withdraw(viewer, facts)),
    ]


def response_transitions(viewer: Viewer, facts: ResponseFacts) -> list[Transition]:
    """Say what may come next for a response: only the one who gave it changes it or takes it back."""
    if facts.state is not ResponseState.ACCEPTED:
        return []
    if not facts.own:
        refusal = Forbidden("NOT_YOUR_RESPONSE")
        return [Transition("replace", refusal), Transition("withdraw", refusal)]
    return [
        Transition("replace", may_change(viewer, facts.consultation)),
        Transition("withdraw", may_withdraw(viewer, facts.consultation)),
    ]
