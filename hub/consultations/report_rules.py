"""Who may say what came of a consultation, and when: analysts write, the coordinator approves and publishes."""

from __future__ import annotations

from dataclasses import dataclass

from hub.consultations.models import AFTERWARDS, REPORTED, ConsultationState, IdentityPolicy
from hub.consultations.report_models import ReportState, StatementState
from hub.consultations.rules import ConsultationFacts, may_release, not_in_course
from hub.errors import Conflict, Forbidden, Unauthenticated, Verdict, WrongState
from hub.lifecycle import Transition
from hub.mandates.rules import may_order, may_propose
from hub.viewer import Role, Scope, Viewer


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """What the rules want to know of what came after the closing."""

    released: bool = False
    """Whether results were released."""
    undecided: int = 0
    """How many late responses nobody has decided about."""
    reported: bool = False
    """Whether somebody has begun the report."""
    approved: bool = False
    """Whether the first report is approved."""
    unanswered: int = 0
    """How many questions that take an answer have no published statement, and neither has their section."""


def may_start_analysis(viewer: Viewer, facts: ConsultationFacts, after: Aftermath) -> Verdict:
    """Let the staff of the body begin the analysis, once counting is over and the results are released."""
    allowed = may_propose(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.identity_policy is IdentityPolicy.IMPORTED:
        return WrongState("HELD_ELSEWHERE")
    if facts.state in AFTERWARDS:
        return Conflict("ANALYSIS_STARTED")
    if facts.standing is not ConsultationState.CLOSED or facts.now < facts.counted_until:
        return _not_counted(facts)
    if facts.state is not ConsultationState.CLOSED or not after.released:
        return WrongState("RESULTS_NOT_RELEASED")
    return True


def may_publish_findings(viewer: Viewer, facts: ConsultationFacts, after: Aftermath) -> Verdict:
    """Let the coordinator publish the approved report, once somebody has decided about every late response."""
    allowed = may_approve(viewer, facts)
    if allowed is not True:
        return allowed
    if facts.state in REPORTED:
        return Conflict("FINDINGS_PUBLISHED")
    if not after.approved:
        return WrongState("REPORT_NOT_APPROVED")
    if after.undecided:
        return WrongState("RESPONSES_UNDECIDED", count=after.undecided)
    return True


def may_answer_consultation(viewer: Viewer, facts: ConsultationFacts, after: Aftermath) -> Verdict:
    """Let the coordinator declare a consultation answered, when every question has its published statement."""
    allowed = may_publish_statement(viewer, facts)
    if allowed is not True:
        return allowed
    if facts.state is not ConsultationState.FINDINGS_PUBLISHED:
        return Conflict("ANSWERED_ALREADY")
    if after.unanswered:
        return WrongState("QUESTIONS_UNANSWERED", count=after.unanswered)
    return True


def may_archive(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator put by a consultation that was answered."""
    allowed = may_order(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.state is ConsultationState.ARCHIVED:
        return Conflict("ARCHIVED_ALREADY")
    if facts.state is not ConsultationState.ANSWERED:
        return WrongState("NOT_ANSWERED_YET")
    return True


# ---- what is written -----------------------------------------------------------------------------------------------


def may_write(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the analysts of the body write the report and the statements, from the beginning of the analysis on."""
    if viewer.system:
        return _in_analysis(facts)
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.ANALYSIS_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.ANALYSIS_WRITE)
    if facts.body_id is None or not viewer.holds(Role.ANALYST, body_id=facts.body_id):
        return Forbidden("ANALYSTS_ONLY")
    return _in_analysis(facts)


def may_draft_report(viewer: Viewer, facts: ConsultationFacts, after: Aftermath) -> Verdict:
    """Let the analysts begin the report; there is one, of which there may be several versions."""
    allowed = may_write(viewer, facts)
    if allowed is not True:
        return allowed
    return Conflict("REPORT_EXISTS") if after.reported else True


def may_approve(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator of the body approve what the analysts wrote, or give it back."""
    allowed = may_order(viewer, body_id=facts.body_id)
    return allowed if allowed is not True else _in_analysis(facts)


def may_publish_statement(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the coordinator publish statements once the findings are: the figures that they tell change no more."""
    allowed = may_approve(viewer, facts)
    if allowed is not True:
        return allowed
    return True if facts.state in REPORTED else WrongState("FINDINGS_NOT_PUBLISHED")


def _in_analysis(facts: ConsultationFacts) -> Verdict:
    if facts.state in AFTERWARDS:
        return True
    if facts.standing is ConsultationState.CLOSED:
        return WrongState("ANALYSIS_NOT_STARTED")
    return _not_counted(facts)


def _not_counted(facts: ConsultationFacts) -> WrongState:
    if facts.standing in (ConsultationState.DRAFT, ConsultationState.CHECKED, ConsultationState.WITHDRAWN):
        return not_in_course(facts)
    return WrongState("RESULTS_NOT_YET", counted_until=facts.counted_until, zone=facts.zone)


# ---- what may come next --------------------------------------------------------------------------------------------


def afterwards_transitions(viewer: Viewer, facts: ConsultationFacts, after: Aftermath) -> list[Transition]:
    """Say what may come next for a consultation that has closed."""
    stating = Transition("draft_statement", may_write(viewer, facts))
    match facts.state:
        case ConsultationState.IN_ANALYSIS:
            return [
                Transition("publish_findings", may_publish_findings(viewer, facts, after)),
                Transition("release", may_release(viewer, facts)),
                Transition("draft_report", may_draft_report(viewer, facts, after)),
                stating,
            ]
        case ConsultationState.FINDINGS_PUBLISHED:
            return [Transition("answer", may_answer_consultation(viewer, facts, after)), stating]
        case ConsultationState.ANSWERED:
            return [Transition("archive", may_archive(viewer, facts)), stating]
        case ConsultationState.ARCHIVED:
            return [stating]
    if facts.standing is not ConsultationState.CLOSED:
        return []
    return [
        Transition("start_analysis", may_start_analysis(viewer, facts, after)),
        Transition("release", may_release(viewer, facts)),
    ]


def report_transitions(viewer: Viewer, facts: ConsultationFacts, state: ReportState) -> list[Transition]:
    """Say what may come next for a version of a report; the first is published with the findings."""
    match state:
        case ReportState.DRAFT:
            return [
                Transition("edit_report", may_write(viewer, facts)),
                Transition("approve_report", may_approve(viewer, facts)),
            ]
        case ReportState.APPROVED:
            publishing = may_approve(viewer, facts)
            if publishing is True and facts.state not in REPORTED:
                publishing = WrongState("PUBLISHED_WITH_FINDINGS")
            return [
                Transition("rework_report", may_approve(viewer, facts)),
                Transition("publish_report", publishing),
            ]
        case ReportState.PUBLISHED:
            return [Transition("correct_report", may_write(viewer, facts))]
        case ReportState.CORRECTED:
            return []


def statement_transitions(viewer: Viewer, facts: ConsultationFacts, state: StatementState) -> list[Transition]:
    """Say what may come next for a version of a statement."""
    match state:
        case StatementState.DRAFT:
            return [
                Transition("edit_statement", may_write(viewer, facts)),
                Transition("approve_statement", may_approve(viewer, facts)),
                Transition("discard_statement", may_write(viewer, facts)),
            ]
        case StatementState.APPROVED:
            return [
                Transition("rework_statement", may_approve(viewer, facts)),
                Transition("publish_statement", may_publish_statement(viewer, facts)),
            ]
        case StatementState.PUBLISHED:
            return [Transition("correct_statement", may_write(viewer, facts))]
        case StatementState.CORRECTED | StatementState.DISCARDED:
            return []
