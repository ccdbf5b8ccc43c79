"""Who may do what with a study, and when. The same functions guard the writes and explain a refusal.

They look at plain facts and at no row, so that what a query read is enough to ask them.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.bodies.rules import acting_for
from hub.bodies.visibility import OFFICERS
from hub.errors import Forbidden, Unauthenticated, Verdict, WrongState
from hub.mandates.rules import may_order
from hub.studies.models import STUDY_LIFE, MilestoneState, StudyState
from hub.studies.visibility import STAFF
from hub.viewer import Scope, Viewer

OVER = frozenset({StudyState.RETRACTED, StudyState.CANCELLED})
"""Nothing more is done with these."""

OUT = frozenset({StudyState.PUBLISHED, StudyState.CORRECTED})
"""These can be read by everybody, and what is written then is a correction."""

WRITTEN = frozenset({StudyState.IN_PROGRESS, *OUT})
"""In these a wording may be drafted."""

BY_OFFICERS = frozenset({"begin_study", "cancel_study"})
BY_AUTHORS = frozenset({"hand_in_study"})
"""Everything else in the life of a study is done by the coordinator."""


@dataclass(frozen=True, kw_only=True)
class StudyFacts:
    """What the rules want to know of a study, and of the viewer in it."""

    state: StudyState
    body_id: UUID
    in_team: bool = False
    """Whether the viewer works on it."""
    members: int = 0
    undeclared: int = 0
    """How many of its team have not declared their interests."""
    drafted: bool = False
    """Whether there is a draft of a wording."""
    reviews_open: int = 0
    """How many reviews are not delivered, or not answered by the authors."""


@dataclass(frozen=True)
class Transition:
    """Something that may happen next, and whether this viewer may make it happen now."""

    event: str
    verdict: Verdict


def may_order_study(viewer: Viewer, *, body_id: UUID | None) -> Verdict:
    """Let the coordinator of a body order a study."""
    return may_order(viewer, body_id=body_id)


def may_edit_study(viewer: Viewer, facts: StudyFacts) -> Verdict:
    """Let the coordinator write the terms anew, until somebody relies on them."""
    allowed = may_order(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.state is not StudyState.ORDERED:
        return WrongState("STUDY_TERMS_STAND")
    return True


def may_move_study(viewer: Viewer, facts: StudyFacts, event: str) -> Verdict:
    """Let a study go on in its life, by whoever takes that step, once what it needs is there."""
    if event in BY_AUTHORS:
        allowed = may_work(viewer, facts)
    elif event in BY_OFFICERS:
        allowed = acting_for(viewer, *OFFICERS, body_id=facts.body_id, otherwise="OFFICERS_ONLY")
    else:
        allowed = may_order(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if STUDY_LIFE.move(facts.state, event) is None:
        return WrongState("WRONG_STATE", machine="study", state=facts.state, event=event)
    return _complete(facts, event)


def _complete(facts: StudyFacts, event: str) -> Verdict:
    if event == "begin_study" and not facts.members:
        return WrongState("STUDY_HAS_NO_TEAM")
    if event == "begin_study" and facts.undeclared:
        return WrongState("INTERESTS_UNDECLARED", count=facts.undeclared)
    if event in ("hand_in_study", "correct_study") and not facts.drafted:
        return WrongState("NO_WORDING")
    if event == "approve_study" and facts.reviews_open:
        return WrongState("REVIEWS_OPEN", count=facts.reviews_open)
    return True


def may_arrange_study(viewer: Viewer, facts: StudyFacts) -> Verdict:
    """Let the officers of the body arrange who works on a study, in which steps, and who reviews it."""
    allowed = acting_for(viewer, *OFFICERS, body_id=facts.body_id, otherwise="OFFICERS_ONLY")
    if allowed is not True:
        return allowed
    return _going_on(facts)


def may_work(viewer: Viewer, facts: StudyFacts) -> Verdict:
    """Let those who work on a study, and the staff of its body, do its work."""
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    if not facts.in_team and not viewer.holds(*STAFF, body_id=facts.body_id):
        return Forbidden("NOT_OF_THE_STUDY")
    return _going_on(facts)


def _going_on(facts: StudyFacts) -> Verdict:
    return WrongState("STUDY_IS_OVER") if facts.state in OVER else True


def may_write_study(viewer: Viewer, facts: StudyFacts) -> Verdict:
    """Let them write a wording, while the work goes on, or as a correction of what is published."""
    allowed = may_work(viewer, facts)
    if allowed is not True:
        return allowed
    if facts.state not in WRITTEN:
        return WrongState("STUDY_NOT_BEING_WRITTEN")
    return True


def may_hand_in_milestone(viewer: Viewer, facts: StudyFacts, state: MilestoneState) -> Verdict:
    """Let those who work on a study hand in what a step asks for."""
    return _step(may_work(viewer, facts), state, MilestoneState.PLANNED, MilestoneState.RETURNED)


def may_decide_milestone(viewer: Viewer, facts: StudyFacts, state: MilestoneState) -> Verdict:
    """Let the officers accept or return what was handed in."""
    return _step(may_arrange_study(viewer, facts), state, MilestoneState.HANDED_IN)


def may_drop_milestone(viewer: Viewer, facts: StudyFacts, state: MilestoneState) -> Verdict:
    """Let the officers drop a step, as long as nothing is handed in for it."""
    return _step(may_arrange_study(viewer, facts), state, MilestoneState.PLANNED, MilestoneState.RETURNED)


def _step(allowed: Verdict, state: MilestoneState, *states: MilestoneState) -> Verdict:
    if allowed is not True:
        return allowed
    if state not in states:
        return WrongState("MILESTONE_STATE", state=state, machine="study_milestone")
    return True


def study_transitions(viewer: Viewer, facts: StudyFacts) -> list[Transition]:
    """Say what may come next for a study."""
    moves = [move.event for move in STUDY_LIFE.moves if move.source == facts.state]
    acts = [Transition(event, may_move_study(viewer, facts, event)) for event in moves]
    if facts.state is StudyState.ORDERED:
        acts.append(Transition("edit_study", may_edit_study(viewer, facts)))
    if facts.state in WRITTEN:
        acts.append(Transition("write_study", may_write_study(viewer, facts)))
    return acts


def milestone_transitions(viewer: Viewer, facts: StudyFacts, state: MilestoneState) -> list[Transition]:
    """Say what may come next for a step of a study."""
    match state:
        case MilestoneState.PLANNED | MilestoneState.RETURNED:
            return [
                Transition("hand_in_milestone", may_hand_in_milestone(viewer, facts, state)),
                Transition("drop_milestone", may_drop_milestone(viewer, facts, state)),
            ]
        case MilestoneState.HANDED_IN:
            return [
                Transition("accept_milestone", may_decide_milestone(viewer, facts, state)),
                Transition("return_milestone", may_decide_milestone(viewer, facts, state)),
            ]
        case MilestoneState.ACCEPTED | MilestoneState.DROPPED:
            return []


def dataset_transitions(viewer: Viewer, facts: StudyFacts, *, published: bool) -> list[Transition]:
    """Say what may come next for data of a study; once they are published they stand."""
    if published:
        return []
    allowed = may_work(viewer, facts)
    return [Transition("edit_dataset", allowed), Transition("remove_dataset", allowed)]


def may_declare(viewer: Viewer, facts: StudyFacts, *, own: bool, by_account: bool) -> Verdict:
    """Let whoever works on a study declare their interests; the officers do so for who has no account."""
    if own:
        return may_work(viewer, facts)
    allowed = may_arrange_study(viewer, facts)
    if allowed is True and by_account and not viewer.system:
        return Forbidden("DECLARES_THEMSELF")
    return allowed


def may_end_member(viewer: Viewer, facts: StudyFacts, *, own: bool) -> Verdict:
    """Let somebody leave the team, and the officers say that they have."""
    return may_work(viewer, facts) if own else may_arrange_study(viewer, facts)


def member_transitions(
    viewer: Viewer, facts: StudyFacts, *, own: bool, by_account: bool, left: bool
) -> list[Transition]:
    """Say what may come next for somebody of the team."""
    if left:
        return []
    return [
        Transition("declare_interests", may_declare(viewer, facts, own=own, by_account=by_account)),
        Transition("end_study_member", may_end_member(viewer, facts, own=own)),
    ]
