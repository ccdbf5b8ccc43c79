"""Who may do what with a session, and when. The same functions guard the writes and explain a refusal.

They look at plain facts and at no row, so that what a query read is enough to ask them. What concerns the points of
the agenda and whoever is there stands in agenda_rules.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from hub.bodies.rules import acting_for
from hub.bodies.visibility import OFFICERS
from hub.errors import Forbidden, Verdict, WrongState
from hub.lifecycle import Transition
from hub.sessions.models import SessionKind, SessionMode, SessionState
from hub.sessions.terms import Terms
from hub.viewer import Role, Viewer

UNDER_WAY = frozenset({SessionState.CONVENED, SessionState.IN_SESSION, SessionState.ADJOURNED})
"""From the convocation to the end: when people come and go."""

ARRANGED = frozenset({SessionState.PLANNED, SessionState.CONVENED, SessionState.IN_SESSION})
"""When the agenda may still change."""


@dataclass(frozen=True, kw_only=True)
class BodyQuorum:
    """The quorum of one body in a session: how many voting seats it has, how many are needed, how many are there."""

    body_id: UUID
    seats: int
    needed: int
    present: int

    @property
    def met(self) -> bool:
        """Whether there are enough."""
        return self.present >= self.needed


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """What the rules want to know of a session, at the instant `now`."""

    state: SessionState
    body_id: UUID
    joint_body_ids: tuple[UUID, ...]
    kind: SessionKind
    mode: SessionMode
    starts_at: dt.datetime
    zone: str
    now: dt.datetime
    terms: Terms | None = None
    """Those that it is bound to; before it is convened, those in force of its body."""
    open_points: int = 0
    """How many points were neither dealt with nor deferred, and how many requests nobody answered."""
    votes_open: int = 0
    """How many votes are under way in it."""
    quorums: tuple[BodyQuorum, ...] = ()

    @property
    def body_ids(self) -> tuple[UUID, ...]:
        """The bodies that sit."""
        return (self.body_id, *self.joint_body_ids)


# ---- rules and plans ---------------------------------------------------------------------------------------------


def may_adopt_rules(viewer: Viewer, *, body_id: UUID) -> Verdict:
    """Let the coordinator of a body publish the rules by which it sits."""
    return acting_for(viewer, Role.COORDINATOR, body_id=body_id, otherwise="COORDINATORS_ONLY")


def may_plan(viewer: Viewer, *, body_id: UUID) -> Verdict:
    """Let the officers of a body plan a session of it."""
    return acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="OFFICERS_ONLY")


def may_edit_session(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let the officers write a plan anew, until it is convened."""
    return _officers(viewer, facts, "edit_session", SessionState.PLANNED)


def may_cancel(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let the officers call a session off before it is opened."""
    return _officers(viewer, facts, "cancel", SessionState.PLANNED, SessionState.CONVENED)


# ---- convening ---------------------------------------------------------------------------------------------------


def may_convene(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let whoever the rules of the body name convene a planned session, before it begins."""
    allowed = _officers(viewer, facts, "convene", SessionState.PLANNED)
    if allowed is not True:
        return allowed
    return _by_the_rules(viewer, facts)


def may_amend_convocation(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let the same officers move a convened session that has not been opened."""
    allowed = _officers(viewer, facts, "amend_convocation", SessionState.CONVENED)
    if allowed is not True:
        return allowed
    return _by_the_rules(viewer, facts)


def _by_the_rules(viewer: Viewer, facts: SessionFacts) -> Verdict:
    if facts.terms is None:
        return WrongState("NO_SESSION_RULES")
    kind = facts.terms.of_kind(facts.kind)
    if kind is None:
        return WrongState("KIND_NOT_IN_RULES", session_kind=facts.kind)
    if not viewer.system and not viewer.holds(*kind.convened_by, body_id=facts.body_id):
        return Forbidden("NOT_CONVENED_BY_THEM", session_kind=facts.kind)
    return True


# ---- sitting -----------------------------------------------------------------------------------------------------


def may_open(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let the coordinator open a convened session at its hour, with the quorum of its call in every body."""
    allowed = _coordinator(viewer, facts, "open", SessionState.CONVENED)
    if allowed is not True:
        return allowed
    return _at_its_hour(facts) and quorate(facts.quorums)


def may_fail(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let the officers record at its hour that there is no quorum, where there is none."""
    allowed = _officers(viewer, facts, "no_quorum", SessionState.CONVENED)
    if allowed is not True:
        return allowed
    if facts.now < facts.starts_at:
        return _at_its_hour(facts)
    if quorate(facts.quorums) is True:
        return WrongState("QUORUM_IS_MET")
    return True


def may_adjourn(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let the coordinator interrupt a session, not in the middle of a vote."""
    allowed = _coordinator(viewer, facts, "adjourn", SessionState.IN_SESSION)
    if allowed is not True:
        return allowed
    return _no_vote_under_way(facts)


def may_resume(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let the coordinator go on with an interrupted session, with a quorum."""
    allowed = _coordinator(viewer, facts, "resume", SessionState.ADJOURNED)
    if allowed is not True:
        return allowed
    return quorate(facts.quorums)


def may_close(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let the coordinator close a session once every point was dealt with or deferred."""
    allowed = _coordinator(viewer, facts, "close", SessionState.IN_SESSION)
    if allowed is not True:
        return allowed
    if facts.open_points:
        return WrongState("POINTS_ARE_OPEN", points=facts.open_points)
    return _no_vote_under_way(facts)


def quorate(quorums: Iterable[BodyQuorum]) -> Verdict:
    """Say whether every body that sits has its quorum, and if not, what one of them lacks."""
    for quorum in quorums:
        if not quorum.met:
            return WrongState("NO_QUORUM", present=quorum.present, needed=quorum.needed)
    return True


def _at_its_hour(facts: SessionFacts) -> Verdict:
    if facts.now < facts.starts_at:
        return WrongState("SESSION_NOT_YET", starts_at=facts.starts_at, zone=facts.zone)
    return True


def _no_vote_under_way(facts: SessionFacts) -> Verdict:
    return WrongState("VOTE_UNDER_WAY") if facts.votes_open else True


# ---- who, and in which state -------------------------------------------------------------------------------------


def in_state(facts: SessionFacts, event: str, *states: SessionState) -> Verdict:
    """Say whether a session is in one of these states, and if not, what is not possible in the one in which it is."""
    if facts.state not in states:
        return WrongState("WRONG_STATE", machine="session", state=facts.state, event=event)
    return True


def _officers(viewer: Viewer, facts: SessionFacts, event: str, *states: SessionState) -> Verdict:
    allowed = acting_for(viewer, *OFFICERS, body_id=facts.body_id, otherwise="OFFICERS_ONLY")
    return in_state(facts, event, *states) if allowed is True else allowed


def _coordinator(viewer: Viewer, facts: SessionFacts, event: str, *states: SessionState) -> Verdict:
    allowed = acting_for(viewer, Role.COORDINATOR, body_id=facts.body_id, otherwise="COORDINATORS_ONLY")
    return in_state(facts, event, *states) if allowed is True else allowed


def session_transitions(viewer: Viewer, facts: SessionFacts) -> list[Transition]:
    """Say what may come next for a session."""
    cancel = Transition("cancel", may_cancel(viewer, facts))
    match facts.state:
        case SessionState.PLANNED:
            edit = Transition("edit_session", may_edit_session(viewer, facts))
            return [edit, Transition("convene", may_convene(viewer, facts)), cancel]
        case SessionState.CONVENED:
            return [
                Transition("open", may_open(viewer, facts)),
                Transition("no_quorum", may_fail(viewer, facts)),
                Transition("amend_convocation", may_amend_convocation(viewer, facts)),
                cancel,
            ]
        case SessionState.IN_SESSION:
            return [Transition("adjourn", may_adjourn(viewer, facts)), Transition("close", may_close(viewer, facts))]
        case SessionState.ADJOURNED:
            return [Transition("resume", may_resume(viewer, facts))]
        case _:
            return []
