"""Who may review a study, and who may answer what it recommends."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.bodies.rules import acting_for
from hub.bodies.visibility import OFFICERS
from hub.errors import Forbidden, Unauthenticated, Verdict, WrongState
from hub.studies.models import StudyState
from hub.studies.review_models import ReviewState
from hub.studies.revision_models import FindingKind, FindingState
from hub.studies.rules import StudyFacts, Transition, may_arrange_study, may_work
from hub.viewer import Role, Scope, Viewer


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """What the rules want to know of a review."""

    study: StudyFacts
    state: ReviewState
    own: bool
    """Whether the viewer is the reviewer."""
    by_account: bool
    """Whether the reviewer has an account, and so says by themself what they think."""


def may_invite_review(viewer: Viewer, facts: StudyFacts) -> Verdict:
    """Let the officers ask somebody what they think of a wording that was handed in."""
    allowed = may_arrange_study(viewer, facts)
    if allowed is not True:
        return allowed
    if facts.state is not StudyState.IN_REVIEW:
        return WrongState("STUDY_NOT_IN_REVIEW")
    return True


def may_deliver_review(viewer: Viewer, facts: ReviewFacts) -> Verdict:
    """Let a reviewer deliver or decline; the officers do it for one who has no account here."""
    if viewer.system:
        allowed: Verdict = True
    elif not viewer.signed_in:
        allowed = Unauthenticated("UNAUTHENTICATED")
    elif Scope.BODIES_WRITE not in viewer.scopes:
        allowed = Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    elif facts.own:
        allowed = True
    elif facts.by_account:
        allowed = Forbidden("REVIEWER_ONLY")
    else:
        allowed = acting_for(viewer, *OFFICERS, body_id=facts.study.body_id, otherwise="REVIEWER_ONLY")
    return _in_state(allowed, facts, ReviewState.INVITED)


def may_cancel_review(viewer: Viewer, facts: ReviewFacts) -> Verdict:
    """Let the officers take an invitation back."""
    return _in_state(may_arrange_study(viewer, facts.study), facts, ReviewState.INVITED)


def may_answer_review(viewer: Viewer, facts: ReviewFacts) -> Verdict:
    """Let those who wrote a study answer what a reviewer said of it; no reviewer answers themself."""
    if facts.own:
        return Forbidden("NOT_ONES_OWN_REVIEW")
    return _in_state(may_work(viewer, facts.study), facts, ReviewState.DELIVERED)


def _in_state(allowed: Verdict, facts: ReviewFacts, state: ReviewState) -> Verdict:
    if allowed is not True:
        return allowed
    if facts.state is not state:
        return WrongState("REVIEW_STATE", state=facts.state, machine="peer_review")
    return True


def review_transitions(viewer: Viewer, facts: ReviewFacts) -> list[Transition]:
    """Say what may come next for a review."""
    match facts.state:
        case ReviewState.INVITED:
            return [
                Transition("deliver_review", may_deliver_review(viewer, facts)),
                Transition("decline_review", may_deliver_review(viewer, facts)),
                Transition("cancel_review", may_cancel_review(viewer, facts)),
            ]
        case ReviewState.DELIVERED:
            return [Transition("answer_review", may_answer_review(viewer, facts))]
        case ReviewState.ANSWERED | ReviewState.DECLINED | ReviewState.CANCELLED:
            return []


@dataclass(frozen=True, kw_only=True)
class FindingFacts:
    """What the rules want to know of something that was found or recommended."""

    kind: FindingKind
    state: FindingState
    body_id: UUID | None
    organization_id: UUID | None
    ordering_body_id: UUID
    published: bool
    standing: bool
    """Whether it is still said: not by a former wording alone, and by no retracted study."""
    speaks: bool
    """Whether the viewer may publish in the name of the organisation that it is addressed to."""


def may_answer_finding(viewer: Viewer, facts: FindingFacts) -> Verdict:
    """Let those answer a recommendation to whom it is addressed.

    What an organisation answered by letter is written down by the officers of the body that ordered the study.
    """
    if facts.kind is not FindingKind.RECOMMENDATION:
        return WrongState("NOTHING_RECOMMENDED")
    if not facts.published:
        return WrongState("FINDING_NOT_PUBLISHED")
    if not facts.standing:
        return WrongState("FINDING_NO_LONGER_SAID")
    return _addressed(viewer, facts)


def may_follow_up(viewer: Viewer, facts: FindingFacts) -> Verdict:
    """Let them say, once it is answered, what came of it."""
    allowed = may_answer_finding(viewer, facts)
    if allowed is not True:
        return allowed
    if facts.state is FindingState.OPEN:
        return WrongState("FINDING_NOT_ANSWERED")
    return True


def _addressed(viewer: Viewer, facts: FindingFacts) -> Verdict:
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    if facts.body_id is not None:
        own = viewer.holds(Role.COORDINATOR, body_id=facts.body_id)
    else:
        own = facts.speaks or viewer.holds(*OFFICERS, body_id=facts.ordering_body_id)
    return True if own else Forbidden("ADDRESSEE_ONLY")


def finding_transitions(viewer: Viewer, facts: FindingFacts) -> list[Transition]:
    """Say what may come next for a recommendation; of what was only found nothing more is said."""
    if facts.kind is not FindingKind.RECOMMENDATION:
        return []
    answering = Transition("answer_finding", may_answer_finding(viewer, facts))
    if facts.state is FindingState.OPEN:
        return [answering]
    following = may_follow_up(viewer, facts)
    takes_up = [] if facts.state is FindingState.TAKEN_UP else [Transition("take_up", following)]
    leaves = [] if facts.state is FindingState.NOT_TAKEN_UP else [Transition("leave_finding", following)]
    return [answering, *takes_up, *leaves]
