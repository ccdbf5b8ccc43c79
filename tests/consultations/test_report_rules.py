"""Who may say what came of a consultation, and when: tables of who × state → verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hub.consultations.answering_rules import ResponseFacts, may_admit, may_answer, may_decide
from hub.consultations.models import AFTERWARDS, REPORTED, ConsultationState, IdentityPolicy
from hub.consultations.report_models import ReportState, StatementState
from hub.consultations.report_rules import (
    Aftermath,
    afterwards_transitions,
    may_answer_consultation,
    may_approve,
    may_archive,
    may_publish_findings,
    may_publish_statement,
    may_start_analysis,
    may_write,
    report_transitions,
    statement_transitions,
)
from hub.consultations.response_models import ResponseState
from hub.consultations.rules import ConsultationFacts, may_extend, may_release
from tests.consultations.standings import (
    BEFORE,
    CHECKED,
    CLOSED,
    CLOSES,
    COORDINATOR,
    COUNTED,
    COUNTED_OUT,
    DRAFT,
    GONE,
    MOMENT,
    OPEN,
    SHUT,
    STAFF,
    SUSPENDED,
    UNPUBLISHED,
    WHO,
    WITHDRAWN,
    code,
    facts,
)

ANALYSIS, FINDINGS, ANSWERED, ARCHIVED = (facts(state, COUNTED) for state in AFTERWARDS)
RELEASED = Aftermath(released=True)
WHOLE = Aftermath(released=True, approved=True)
EARLY = "RESULTS_NOT_YET"

ANALYST = {
    **{who: verdict.replace("COORDINATORS", "ANALYSTS") for who, verdict in COORDINATOR.items()},
    "citizen, reading only": "Forbidden SCOPE_MISSING",
    "coordinator": "Forbidden ANALYSTS_ONLY",
    "analyst": "yes",
}
"""What each is told of an act that is the analysts', where it is its time."""


@pytest.mark.parametrize("who", COORDINATOR)
def test_who_may(who: str) -> None:
    viewer = WHO[who]
    assert code(may_start_analysis(viewer, COUNTED_OUT, RELEASED)) == STAFF[who]
    assert code(may_write(viewer, ANALYSIS)) == ANALYST[who]
    assert code(may_approve(viewer, ANALYSIS)) == COORDINATOR[who]
    assert code(may_publish_findings(viewer, ANALYSIS, WHOLE)) == COORDINATOR[who]
    assert code(may_publish_statement(viewer, FINDINGS)) == COORDINATOR[who]
    assert code(may_answer_consultation(viewer, FINDINGS, RELEASED)) == COORDINATOR[who]
    assert code(may_archive(viewer, ANSWERED)) == COORDINATOR[who]


@pytest.mark.parametrize(
    ("known", "starting", "working"),
    [
        (DRAFT, UNPUBLISHED, UNPUBLISHED),
        (CHECKED, UNPUBLISHED, UNPUBLISHED),
        (BEFORE, EARLY, EARLY),
        (OPEN, EARLY, EARLY),
        (SUSPENDED, EARLY, EARLY),
        (WITHDRAWN, GONE, GONE),
        (CLOSED, EARLY, "ANALYSIS_NOT_STARTED"),
        (facts(ConsultationState.CLOSED, COUNTED - MOMENT), EARLY, "ANALYSIS_NOT_STARTED"),
        (facts(ConsultationState.OPEN, COUNTED), "RESULTS_NOT_RELEASED", "ANALYSIS_NOT_STARTED"),
        (COUNTED_OUT, None, "ANALYSIS_NOT_STARTED"),
        (ANALYSIS, "ANALYSIS_STARTED", None),
        (FINDINGS, "ANALYSIS_STARTED", None),
        (ANSWERED, "ANALYSIS_STARTED", None),
        (ARCHIVED, "ANALYSIS_STARTED", None),
    ],
)
def test_an_analysis_has_its_time(known: ConsultationFacts, starting: str | None, working: str | None) -> None:
    told = [
        may_start_analysis(WHO["analyst"], known, RELEASED),
        may_write(WHO["analyst"], known),
        may_approve(WHO["coordinator"], known),
    ]
    codes = [code(verdict).rpartition(" ")[2] for verdict in told]
    assert codes == [starting or "yes", working or "yes", working or "yes"]


def test_what_was_held_elsewhere_is_not_analysed_here() -> None:
    imported = replace(COUNTED_OUT, identity_policy=IdentityPolicy.IMPORTED)
    assert code(may_start_analysis(WHO["hub"], imported, RELEASED)) == "WrongState HELD_ELSEWHERE"


@pytest.mark.parametrize(
    ("known", "after", "findings", "answer", "archive"),
    [
        (ANALYSIS, RELEASED, "REPORT_NOT_APPROVED", "FINDINGS_NOT_PUBLISHED", "NOT_ANSWERED_YET"),
        (ANALYSIS, replace(WHOLE, undecided=2), "RESPONSES_UNDECIDED", "FINDINGS_NOT_PUBLISHED", "NOT_ANSWERED_YET"),
        (ANALYSIS, WHOLE, "yes", "FINDINGS_NOT_PUBLISHED", "NOT_ANSWERED_YET"),
        (FINDINGS, replace(WHOLE, unanswered=1), "FINDINGS_PUBLISHED", "QUESTIONS_UNANSWERED", "NOT_ANSWERED_YET"),
        (FINDINGS, WHOLE, "FINDINGS_PUBLISHED", "yes", "NOT_ANSWERED_YET"),
        (ANSWERED, WHOLE, "FINDINGS_PUBLISHED", "ANSWERED_ALREADY", "yes"),
        (ARCHIVED, WHOLE, "FINDINGS_PUBLISHED", "ANSWERED_ALREADY", "ARCHIVED_ALREADY"),
    ],
)
def test_one_thing_comes_after_the_other(
    known: ConsultationFacts, after: Aftermath, findings: str, answer: str, archive: str
) -> None:
    julia = WHO["coordinator"]
    told = [
        may_publish_findings(julia, known, after),
        may_answer_consultation(julia, known, after),
        may_archive(julia, known),
    ]
    assert [code(verdict).rpartition(" ")[2] for verdict in told] == [findings, answer, archive]


@pytest.mark.parametrize("state", AFTERWARDS)
def test_what_has_closed_stays_closed(state: ConsultationState) -> None:
    """Whatever people do afterwards, and whatever a clock says, its time is over; late responses come as before."""
    known = facts(state, CLOSES - MOMENT)
    assert known.standing is ConsultationState.CLOSED
    assert code(may_extend(WHO["coordinator"], known)) == f"WrongState {SHUT}"
    assert code(may_answer(WHO["citizen"], facts(state, COUNTED))) == "yes"
    assert code(may_answer(WHO["citizen"], facts(state, known.late_until))) == f"WrongState {SHUT}"


@pytest.mark.parametrize("state", [ConsultationState.CLOSED, *AFTERWARDS])
def test_what_the_findings_speak_of_is_fixed(state: ConsultationState) -> None:
    known = facts(state, COUNTED)
    verdict = "WrongState RESULTS_IN_REPORT" if state in REPORTED else "yes"
    held = ResponseFacts(consultation=known, state=ResponseState.HELD, own=False)
    assert code(may_release(WHO["analyst"], known)) == verdict
    assert code(may_admit(WHO["analyst"], held)) == verdict
    assert code(may_decide(WHO["analyst"], held)) == "yes"


ANALYSTS = "ANALYSTS_ONLY"
STATING = {"draft_statement": ANALYSTS}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (DRAFT, {}),
        (BEFORE, {}),
        (OPEN, {}),
        (WITHDRAWN, {}),
        (CLOSED, {"start_analysis": EARLY, "release": EARLY}),
        (facts(ConsultationState.OPEN, CLOSES), {"start_analysis": EARLY, "release": EARLY}),
        (COUNTED_OUT, {"start_analysis": "yes", "release": "yes"}),
        (ANALYSIS, {"publish_findings": "yes", "release": "yes", "draft_report": ANALYSTS, **STATING}),
        (FINDINGS, {"answer": "yes", **STATING}),
        (ANSWERED, {"archive": "yes", **STATING}),
        (ARCHIVED, STATING),
    ],
)
def test_what_comes_next_for_a_consultation_that_has_closed(known: ConsultationFacts, expected: dict[str, str]) -> None:
    found = afterwards_transitions(WHO["coordinator"], known, WHOLE)
    assert {one.event: code(one.verdict).rpartition(" ")[2] for one in found} == expected


def test_what_comes_next_for_a_version() -> None:
    julia = WHO["coordinator"]
    reports = {state: [t.event for t in report_transitions(julia, FINDINGS, state)] for state in ReportState}
    assert reports == {
        ReportState.DRAFT: ["edit_report", "approve_report"],
        ReportState.APPROVED: ["rework_report", "publish_report"],
        ReportState.PUBLISHED: ["correct_report"],
        ReportState.CORRECTED: [],
    }
    statements = {state: [t.event for t in statement_transitions(julia, FINDINGS, state)] for state in StatementState}
    assert statements == {
        StatementState.DRAFT: ["edit_statement", "approve_statement", "discard_statement"],
        StatementState.APPROVED: ["rework_statement", "publish_statement"],
        StatementState.PUBLISHED: ["correct_statement"],
        StatementState.CORRECTED: [],
        StatementState.DISCARDED: [],
    }
