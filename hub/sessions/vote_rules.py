"""Who may move, put to the vote, vote, count and annul, and when. They look at plain facts and at no row."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.bodies.rules import acting_for
from hub.bodies.visibility import OFFICERS
from hub.errors import Conflict, Forbidden, Unauthenticated, Verdict, WrongState
from hub.lifecycle import Transition
from hub.sessions.models import AgendaItemState, SessionState
from hub.sessions.vote_models import MotionState, VoteMethod, VoteResult, VoteState
from hub.viewer import Role, Scope, Viewer

BEFORE_ITS_END = frozenset({SessionState.CONVENED, SessionState.IN_SESSION, SessionState.ADJOURNED})
"""When something may be moved: from the convocation on, until the session is closed."""


@dataclass(frozen=True, kw_only=True)
class MotionFacts:
    """What the rules want to know of a motion, its point and its session."""

    body_id: UUID
    session_state: SessionState
    point_state: AgendaItemState
    state: MotionState
    mover_id: UUID | None
    """The person who moved it; None where they have no account, or nobody in particular did."""
    amendments: int
    """How many amendments to it are not decided."""


@dataclass(frozen=True, kw_only=True)
class VoteFacts:
    """What the rules want to know of a vote and its session."""

    body_id: UUID
    session_state: SessionState
    state: VoteState
    method: VoteMethod
    result: VoteResult | None
    chair_decides: bool
    """Whether the rules of the body give the chair a casting vote."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How somebody stands in a vote, for the seat that they would vote for."""

    entitled: bool
    """Whether the seat was there with a vote when the vote was opened, and somebody may still vote for it."""
    recused: bool
    has_voted: bool


def may_move(
    viewer: Viewer, *, body_id: UUID, session_state: SessionState, point_state: AgendaItemState, seated: bool
) -> Verdict:
    """Let whoever sits in the body ask it to decide something, and its officers for whoever asked them to."""
    allowed = _seated(viewer) if seated else acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="NOT_SEATED")
    if allowed is not True:
        return allowed
    if session_state not in BEFORE_ITS_END:
        return WrongState("SESSION_TAKES_NO_MOTIONS")
    if point_state is not AgendaItemState.ACCEPTED:
        return WrongState("POINT_NOT_DISCUSSED")
    return True


def may_withdraw_motion(viewer: Viewer, facts: MotionFacts) -> Verdict:
    """Let whoever moved something take it back before it is voted on; the officers, where that is nobody here."""
    if facts.mover_id is not None and facts.mover_id == viewer.person_id:
        allowed = _seated(viewer)
    elif facts.mover_id is None:
        allowed = acting_for(viewer, *OFFICERS, body_id=facts.body_id, otherwise="OFFICERS_ONLY")
    else:
        allowed = Forbidden("MOVERS_ONLY") if viewer.signed_in else Unauthenticated("UNAUTHENTICATED")
    if allowed is not True:
        return allowed
    if facts.state is not MotionState.TABLED:
        return WrongState("MOTION_NOT_TABLED")
    return True


def may_open_vote(viewer: Viewer, facts: MotionFacts) -> Verdict:
    """Let the coordinator put a motion to the vote, in session, once its amendments are decided."""
    allowed = acting_for(viewer, Role.COORDINATOR, body_id=facts.body_id, otherwise="COORDINATORS_ONLY")
    if allowed is not True:
        return allowed
    if facts.state is not MotionState.TABLED:
        return WrongState("MOTION_NOT_TABLED")
    if facts.session_state is not SessionState.IN_SESSION:
        return WrongState("NOT_IN_SESSION")
    if facts.point_state is not AgendaItemState.ACCEPTED:
        return WrongState("POINT_NOT_DISCUSSED")
    if facts.amendments:
        return WrongState("AMENDMENTS_FIRST", amendments=facts.amendments)
    return True


def may_vote_by(method: VoteMethod, *, secret: bool) -> Verdict:
    """Let a matter be voted as the rules of the body say: in secret, or in the open."""
    if secret and method is not VoteMethod.SECRET:
        return WrongState("MATTER_IS_SECRET", path=("method",))
    if not secret and method is VoteMethod.SECRET:
        return WrongState("MATTER_IS_OPEN", path=("method",))
    return True


def may_cast(viewer: Viewer, facts: VoteFacts, standing: Standing) -> Verdict:
    """Let whoever is there for a seat with a vote vote once, unless they take no part in the point."""
    allowed = _seated(viewer)
    if allowed is not True:
        return allowed
    if facts.state is not VoteState.OPEN:
        return WrongState("VOTE_NOT_OPEN")
    if facts.session_state is not SessionState.IN_SESSION:
        return WrongState("NOT_IN_SESSION")
    return _may_count(standing)


def may_record(viewer: Viewer, facts: VoteFacts) -> Verdict:
    """Let the officers write down what is voted aloud or by hands; a ballot only whoever casts it."""
    allowed = acting_for(viewer, *OFFICERS, body_id=facts.body_id, otherwise="OFFICERS_ONLY")
    if allowed is not True:
        return allowed
    if facts.state is not VoteState.OPEN:
        return WrongState("VOTE_NOT_OPEN")
    if facts.session_state is not SessionState.IN_SESSION:
        return WrongState("NOT_IN_SESSION")
    if facts.method is VoteMethod.SECRET:
        return WrongState("BALLOT_IS_ONES_OWN")
    return True


def may_record_for(standing: Standing) -> Verdict:
    """Let a vote be written down for a seat that may cast one."""
    return _may_count(standing)


def may_close_vote(viewer: Viewer, facts: VoteFacts) -> Verdict:
    """Let the coordinator close a vote, which counts it."""
    return _leading(viewer, facts, VoteState.OPEN, otherwise="VOTE_NOT_OPEN")


def may_break_tie(viewer: Viewer, facts: VoteFacts) -> Verdict:
    """Let the coordinator give the casting vote, where the rules have one and the vote was tied."""
    allowed = _leading(viewer, facts, VoteState.CLOSED, otherwise="VOTE_NOT_TIED")
    if allowed is not True:
        return allowed
    if facts.result is not VoteResult.TIED:
        return WrongState("VOTE_NOT_TIED")
    if not facts.chair_decides:
        return WrongState("NO_CASTING_VOTE")
    return True


def may_annul_vote(viewer: Viewer, facts: VoteFacts) -> Verdict:
    """Let the coordinator annul a vote as long as the session goes on, before anything rests on it."""
    return _leading(viewer, facts, VoteState.OPEN, VoteState.CLOSED, otherwise="VOTE_ANNULLED")


def motion_transitions(viewer: Viewer, facts: MotionFacts) -> list[Transition]:
    """Say what may come next for a motion, and whether this viewer may make it happen."""
    if facts.state is not MotionState.TABLED:
        return []
    return [
        Transition("withdraw_motion", may_withdraw_motion(viewer, facts)),
        Transition("open_vote", may_open_vote(viewer, facts)),
    ]


def vote_transitions(viewer: Viewer, facts: VoteFacts, standing: Standing) -> list[Transition]:
    """Say what may come next for a vote, and whether this viewer may make it happen."""
    match facts.state:
        case VoteState.OPEN:
            return [
                Transition("cast_vote", may_cast(viewer, facts, standing)),
                Transition("record_votes", may_record(viewer, facts)),
                Transition("close_vote", may_close_vote(viewer, facts)),
                Transition("annul_vote", may_annul_vote(viewer, facts)),
            ]
        case VoteState.CLOSED:
            annulling = Transition("annul_vote", may_annul_vote(viewer, facts))
            if facts.result is not VoteResult.TIED:
                return [annulling]
            return [Transition("break_tie", may_break_tie(viewer, facts)), annulling]
        case VoteState.ANNULLED:
            return []


def _leading(viewer: Viewer, facts: VoteFacts, *states: VoteState, otherwise: str) -> Verdict:
    allowed = acting_for(viewer, Role.COORDINATOR, body_id=facts.body_id, otherwise="COORDINATORS_ONLY")
    if allowed is not True:
        return allowed
    if facts.state not in states:
        return WrongState(otherwise)
    if facts.session_state is not SessionState.IN_SESSION:
        return WrongState("NOT_IN_SESSION")
    return True


def _may_count(standing: Standing) -> Verdict:
    if standing.recused:
        return Forbidden("RECUSED")
    if not standing.entitled:
        return Forbidden("NO_VOTE_THERE")
    if standing.has_voted:
        return Conflict("SEAT_HAS_VOTED")
    return True


def _seated(viewer: Viewer) -> Verdict:
    """Let somebody act for themself, with a token that is for that."""
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    return True
