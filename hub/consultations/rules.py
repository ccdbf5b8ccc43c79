"""Who may do what with a consultation, and when. The same functions guard the writes and explain a refusal.

They look at plain facts and at no row, so that what a query read is enough to ask them. What concerns responses
stands in answering_rules.py, what comes after the closing in report_rules.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.clock import day_of
from hub.consultations.models import (
    AFTERWARDS,
    REPORTED,
    Anonymity,
    Consultation,
    ConsultationState,
    IdentityPolicy,
)
from hub.errors import Conflict, Forbidden, Unauthenticated, Verdict, WrongState
from hub.instruments.models import Instrument, InstrumentState
from hub.instruments.rules import in_force
from hub.lifecycle import Transition
from hub.mandates.rules import may_order, may_propose
from hub.viewer import Assurance, Role, Viewer

UNPUBLISHED = frozenset({ConsultationState.DRAFT, ConsultationState.CHECKED})

PLAIN = (
    "state",
    "body_id",
    "identity_policy",
    "assurance",
    "anonymity",
    "responses_each",
    "opens_at",
    "closes_at",
    "counted_until",
    "late_until",
    "zone",
)
"""The facts that are columns of the consultation, by the same names."""


@dataclass(frozen=True, kw_only=True)
class ConsultationFacts:
    """What the rules want to know of a consultation, at the instant `now`."""

    state: ConsultationState
    body_id: UUID | None
    identity_policy: IdentityPolicy
    assurance: Assurance = Assurance.EMAIL
    """How sure it has to be who answers with an account."""
    anonymity: Anonymity = Anonymity.PSEUDONYMOUS
    responses_each: int = 1
    opens_at: dt.datetime
    closes_at: dt.datetime
    counted_until: dt.datetime
    late_until: dt.datetime
    zone: str
    now: dt.datetime
    responses: int = 0
    """How many responses of the viewer take a place in it."""

    @classmethod
    def of(cls, consultation: Consultation, *, now: dt.datetime, responses: int = 0) -> ConsultationFacts:
        """Gather the facts of a row that was read."""
        return cls(**{name: getattr(consultation, name) for name in PLAIN}, now=now, responses=responses)

    @property
    def standing(self) -> ConsultationState:
        """The state that the clock makes of the stored one, up to the closing: a job that is late changes nothing.

        What people do afterwards changes nothing about that: it has closed, and its time is as it was.
        """
        if self.state in UNPUBLISHED or self.state is ConsultationState.WITHDRAWN:
            return self.state
        if self.state in AFTERWARDS:
            return ConsultationState.CLOSED
        if self.now >= self.closes_at:
            return ConsultationState.CLOSED
        if self.state is ConsultationState.SUSPENDED:
            return self.state
        return ConsultationState.SCHEDULED if self.now < self.opens_at else ConsultationState.OPEN

    @property
    def responded(self) -> bool:
        """Whether the viewer has a response in it."""
        return self.responses > 0


@dataclass(frozen=True, kw_only=True)
class OrderingFacts:
    """What the rules want to know of an instrument that orders something about a consultation."""

    body_id: UUID
    state: InstrumentState
    in_force_from: dt.date | None
    in_force_until: dt.date | None

    @classmethod
    def of(cls, instrument: Instrument) -> OrderingFacts:
        """Gather the facts of a row that was read."""
        return cls(
            body_id=instrument.body_id,
            state=instrument.state,
            in_force_from=instrument.in_force_from,
            in_force_until=instrument.in_force_until,
        )

    def in_force_on(self, at: dt.datetime) -> bool:
        """Whether it is in force on the day of an instant."""
        return in_force(self.state, since=self.in_force_from, until=self.in_force_until, today=day_of(at))


def may_create(viewer: Viewer, *, body_id: UUID | None) -> Verdict:
    """Let the staff of a body draft a consultation of it."""
    return may_propose(viewer, body_id=body_id)


def may_check(viewer: Viewer) -> Verdict:
    """Let the staff of any body have a questionnaire checked: that is work for the machine."""
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if not viewer.bodies(Role.COORDINATOR, Role.SECRETARY, Role.ANALYST):
        return Forbidden("STAFF_ONLY")
    return True


def may_edit(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the staff of a body write its draft anew, until it is published."""
    allowed = may_propose(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.state not in UNPUBLISHED:
        return WrongState("NOT_A_DRAFT")
    return True


def may_publish(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator of the body publish its draft, once."""
    allowed = may_order(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.state not in UNPUBLISHED:
        return WrongState("ALREADY_PUBLISHED")
    return True


def may_correct(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator put another wording in force, from the publication to the closing."""
    return _in_course(viewer, facts, ConsultationState.SCHEDULED, ConsultationState.OPEN, ConsultationState.SUSPENDED)


def may_extend(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator move the closing to a later instant, before it has passed."""
    return _in_course(viewer, facts, ConsultationState.SCHEDULED, ConsultationState.OPEN, ConsultationState.SUSPENDED)


def may_shorten(viewer: Viewer, facts: ConsultationFacts, *, instrument: OrderingFacts | None = None) -> Verdict:
    """Let the coordinator bring the closing forward by an instrument alone, since people rely on the time they have.

    It must be of the same body, and in force. Without one nothing can be said but that one is needed.
    """
    allowed = may_extend(viewer, facts)
    if allowed is not True:
        return allowed
    if instrument is None or instrument.body_id != facts.body_id or not instrument.in_force_on(facts.now):
        return WrongState("SHORTENING_NEEDS_INSTRUMENT", path=("instrumentId",))
    return True


def may_suspend(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator stop an open consultation from taking responses for a while."""
    return _in_course(viewer, facts, ConsultationState.OPEN)


def may_resume(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator open a suspended consultation again, before its closing."""
    return _in_course(viewer, facts, ConsultationState.SUSPENDED)


def may_withdraw_consultation(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator withdraw a published consultation, before its closing; its responses are kept."""
    return _in_course(viewer, facts, ConsultationState.SCHEDULED, ConsultationState.OPEN, ConsultationState.SUSPENDED)


def _in_course(viewer: Viewer, facts: ConsultationFacts, *states: ConsultationState) -> Verdict:
    allowed = may_order(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.state in (ConsultationState.CLOSED, *AFTERWARDS):
        # Its closing is on record, whatever this request's clock says: what is in the log is not undone.
        return WrongState("CONSULTATION_CLOSED", closes_at=facts.closes_at, zone=facts.zone)
    if facts.standing not in states:
        return not_in_course(facts)
    return True


def not_in_course(facts: ConsultationFacts) -> WrongState:
    """Return the refusal that says why a consultation does not take what it takes while it is open."""
    match facts.standing:
        case ConsultationState.DRAFT | ConsultationState.CHECKED:
            return WrongState("CONSULTATION_NOT_PUBLISHED")
        case ConsultationState.SCHEDULED:
            return WrongState("CONSULTATION_NOT_OPEN_YET", opens_at=facts.opens_at, zone=facts.zone)
        case ConsultationState.SUSPENDED:
            return WrongState("CONSULTATION_SUSPENDED")
        case ConsultationState.WITHDRAWN:
            return WrongState("CONSULTATION_WITHDRAWN")
        case ConsultationState.OPEN:
            return WrongState("NOT_SUSPENDED")
        case _:
            return WrongState("CONSULTATION_CLOSED", closes_at=facts.closes_at, zone=facts.zone)


def may_release(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the staff of the body publish the protected results again, once counting is over."""
    allowed = may_propose(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.identity_policy is IdentityPolicy.IMPORTED:
        return WrongState("RESULTS_PUBLIC_ALREADY")
    if facts.state in REPORTED:
        return WrongState("RESULTS_IN_REPORT")
    if facts.state in UNPUBLISHED or facts.state is ConsultationState.WITHDRAWN or facts.now < facts.counted_until:
        return WrongState("RESULTS_NOT_YET", counted_until=facts.counted_until, zone=facts.zone)
    return True


def may_invite(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the staff of the body issue invitations to a consultation that is for the invited, until its closing."""
    allowed = may_propose(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.identity_policy is not IdentityPolicy.INVITED:
        return Conflict("NOT_BY_INVITATION")
    if facts.standing in (ConsultationState.CLOSED, ConsultationState.WITHDRAWN):
        return not_in_course(facts)
    return True


def consultation_transitions(viewer: Viewer, facts: ConsultationFacts) -> list[Transition]:
    """Say what may come next for a consultation: its staff's acts, and what the clock does by itself."""
    acts = [
        Transition("extend", may_extend(viewer, facts)),
        Transition("shorten", may_shorten(viewer, facts)),
        Transition("correct", may_correct(viewer, facts)),
    ]
    away = Transition("withdraw_consultation", may_withdraw_consultation(viewer, facts))
    closing = Transition("close", WrongState("CLOSES_BY_ITSELF", closes_at=facts.closes_at, zone=facts.zone))
    match facts.standing:
        case ConsultationState.DRAFT | ConsultationState.CHECKED:
            return [Transition("edit", may_edit(viewer, facts)), Transition("schedule", may_publish(viewer, facts))]
        case ConsultationState.SCHEDULED:
            opening = WrongState("OPENS_BY_ITSELF", opens_at=facts.opens_at, zone=facts.zone)
            return [Transition("open", opening), *acts, away]
        case ConsultationState.OPEN:
            return [closing, *acts, Transition("suspend", may_suspend(viewer, facts)), away]
        case ConsultationState.SUSPENDED:
            return [Transition("resume", may_resume(viewer, facts)), closing, *acts, away]
        case _:
            # What comes after the closing stands in report_rules.py.
            return []
