"""Who may do what with a consultation, and when: tables of who × state → verdict."""

from __future__ import annotations

from uuid import UUID

import pytest

from hub.consultations.models import ConsultationState
from hub.consultations.rules import (
    ConsultationFacts,
    consultation_transitions,
    may_correct,
    may_create,
    may_extend,
    may_publish,
    may_resume,
    may_shorten,
    may_suspend,
    may_withdraw_consultation,
)
from tests.consultations.standings import (
    BEFORE,
    BODY,
    CHECKED,
    CLOSED,
    CLOSES,
    COORDINATOR,
    COUNTED_OUT,
    DRAFT,
    EARLY,
    GONE,
    LATE,
    MOMENT,
    OPEN,
    OPENS,
    OTHER,
    SHUT,
    STOPPED,
    SUSPENDED,
    UNPUBLISHED,
    WHO,
    WITHDRAWN,
    code,
    facts,
)


@pytest.mark.parametrize(
    ("who", "body_id", "verdict"),
    [
        ("anonymous", BODY, "Unauthenticated UNAUTHENTICATED"),
        ("client", BODY, "Unauthenticated UNAUTHENTICATED"),
        ("citizen", BODY, "Forbidden STAFF_ONLY"),
        ("coordinator", BODY, "yes"),
        ("coordinator, reading only", BODY, "Forbidden SCOPE_MISSING"),
        ("secretary", BODY, "yes"),
        ("analyst", BODY, "yes"),
        ("coordinator elsewhere", BODY, "Forbidden STAFF_ONLY"),
        ("coordinator elsewhere", OTHER, "yes"),
        ("administrator", BODY, "Forbidden STAFF_ONLY"),
        ("coordinator", None, "Forbidden STAFF_ONLY"),
        ("administrator", None, "Forbidden STAFF_ONLY"),
        ("hub", BODY, "yes"),
    ],
)
def test_the_staff_of_a_body_drafts_its_consultations(who: str, body_id: UUID | None, verdict: str) -> None:
    assert code(may_create(WHO[who], body_id=body_id)) == verdict


@pytest.mark.parametrize(
    ("who", "draft", "scheduled"),
    [
        ("anonymous", "Unauthenticated UNAUTHENTICATED", "Unauthenticated UNAUTHENTICATED"),
        ("client", "Unauthenticated UNAUTHENTICATED", "Unauthenticated UNAUTHENTICATED"),
        ("citizen", "Forbidden COORDINATORS_ONLY", "Forbidden COORDINATORS_ONLY"),
        ("coordinator", "yes", "WrongState ALREADY_PUBLISHED"),
        ("coordinator, reading only", "Forbidden SCOPE_MISSING", "Forbidden SCOPE_MISSING"),
        ("secretary", "Forbidden COORDINATORS_ONLY", "Forbidden COORDINATORS_ONLY"),
        ("analyst", "Forbidden COORDINATORS_ONLY", "Forbidden COORDINATORS_ONLY"),
        ("coordinator elsewhere", "Forbidden COORDINATORS_ONLY", "Forbidden COORDINATORS_ONLY"),
        ("administrator", "Forbidden COORDINATORS_ONLY", "Forbidden COORDINATORS_ONLY"),
        ("hub", "yes", "WrongState ALREADY_PUBLISHED"),
    ],
)
def test_the_coordinator_publishes_a_draft_once(who: str, draft: str, scheduled: str) -> None:
    assert code(may_publish(WHO[who], DRAFT)) == draft
    assert code(may_publish(WHO[who], CHECKED)) == draft
    for later in (BEFORE, OPEN, CLOSED):
        assert code(may_publish(WHO[who], later)) == scheduled


@pytest.mark.parametrize("who", sorted(COORDINATOR))
def test_acts_about_time_and_wording_are_the_coordinators(who: str) -> None:
    viewer, verdict = WHO[who], COORDINATOR[who]
    for may in (may_extend, may_correct, may_withdraw_consultation):
        for known in (BEFORE, OPEN, SUSPENDED):
            assert code(may(viewer, known)) == verdict
    assert code(may_suspend(viewer, OPEN)) == code(may_resume(viewer, SUSPENDED)) == verdict
    shortened = "WrongState SHORTENING_NEEDS_INSTRUMENT" if verdict == "yes" else verdict
    for known in (BEFORE, OPEN, SUSPENDED):
        assert code(may_shorten(viewer, known)) == shortened


@pytest.mark.parametrize(
    ("known", "always", "suspend", "resume"),
    [
        (DRAFT, UNPUBLISHED, UNPUBLISHED, UNPUBLISHED),
        (CHECKED, UNPUBLISHED, UNPUBLISHED, UNPUBLISHED),
        (BEFORE, None, EARLY, EARLY),
        (facts(now=OPENS), None, None, "NOT_SUSPENDED"),
        (OPEN, None, None, "NOT_SUSPENDED"),
        (SUSPENDED, None, STOPPED, None),
        (facts(ConsultationState.SUSPENDED, CLOSES), SHUT, SHUT, SHUT),
        (facts(ConsultationState.OPEN, CLOSES), SHUT, SHUT, SHUT),
        (CLOSED, SHUT, SHUT, SHUT),
        # What is on record as closed stays so, even for a request that came in before.
        (facts(ConsultationState.CLOSED, CLOSES - MOMENT), SHUT, SHUT, SHUT),
        (WITHDRAWN, GONE, GONE, GONE),
        (facts(ConsultationState.WITHDRAWN, LATE), GONE, GONE, GONE),
    ],
)
def test_acts_about_time_and_wording_have_their_time(
    known: ConsultationFacts, always: str | None, suspend: str | None, resume: str | None
) -> None:
    julia = WHO["coordinator"]
    told = {
        may: "yes" if refusal is None else f"WrongState {refusal}"
        for may, refusal in (
            (may_extend, always),
            (may_correct, always),
            (may_withdraw_consultation, always),
            (may_shorten, always or "SHORTENING_NEEDS_INSTRUMENT"),
            (may_suspend, suspend),
            (may_resume, resume),
        )
    }
    assert {may: code(may(julia, known)) for may in told} == told


AHEAD = [("extend", "yes"), ("shorten", "WrongState SHORTENING_NEEDS_INSTRUMENT"), ("correct", "yes")]
AWAY, CLOSING = ("withdraw_consultation", "yes"), ("close", "WrongState CLOSES_BY_ITSELF")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (DRAFT, [("edit", "yes"), ("schedule", "yes")]),
        (CHECKED, [("edit", "yes"), ("schedule", "yes")]),
        (BEFORE, [("open", "WrongState OPENS_BY_ITSELF"), *AHEAD, AWAY]),
        (facts(now=OPENS), [CLOSING, *AHEAD, ("suspend", "yes"), AWAY]),
        (OPEN, [CLOSING, *AHEAD, ("suspend", "yes"), AWAY]),
        (SUSPENDED, [("resume", "yes"), CLOSING, *AHEAD, AWAY]),
        # What comes after the closing is in test_report_rules.py.
        (facts(now=CLOSES), []),
        (facts(ConsultationState.SUSPENDED, CLOSES), []),
        (CLOSED, []),
        (COUNTED_OUT, []),
        (WITHDRAWN, []),
    ],
)
def test_what_comes_next_for_a_consultation(known: ConsultationFacts, expected: list[tuple[str, str]]) -> None:
    found = consultation_transitions(WHO["coordinator"], known)
    assert [(transition.event, code(transition.verdict)) for transition in found] == expected
