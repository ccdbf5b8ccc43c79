"""Who may answer, write down, decide, consent, and when: tables of who × state → verdict."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hub.consultations.answering_rules import (
    ResponseFacts,
    answering_transitions,
    lateness,
    may_change,
    may_change_consent,
    may_decide,
    may_enter,
    may_submit,
    may_withdraw,
    response_transitions,
    timeliness_of,
)
from hub.consultations.models import ConsultationState, IdentityPolicy
from hub.consultations.response_models import ResponseState, Timeliness
from hub.consultations.rules import ConsultationFacts, may_edit
from hub.errors import Conflict, Forbidden, Unauthenticated, WrongState
from hub.viewer import ANONYMOUS
from tests.consultations.standings import (
    BEFORE,
    CHECKED,
    CLOSED,
    CLOSES,
    COUNTED,
    COUNTED_OUT,
    DRAFT,
    EARLY,
    GONE,
    LATE,
    MOMENT,
    OPEN,
    OPENS,
    OVER,
    SHUT,
    STAFF,
    STOPPED,
    SUSPENDED,
    UNPUBLISHED,
    WHO,
    WITHDRAWN,
    code,
    facts,
)


@pytest.mark.parametrize("who", sorted(STAFF))
def test_the_staff_edits_writes_down_and_decides(who: str) -> None:
    viewer, verdict = WHO[who], STAFF[who]
    held = ResponseFacts(consultation=COUNTED_OUT, state=ResponseState.HELD, own=False)
    assert code(may_edit(viewer, DRAFT)) == code(may_edit(viewer, CHECKED)) == verdict
    assert code(may_enter(viewer, OPEN)) == code(may_enter(viewer, COUNTED_OUT)) == verdict
    assert code(may_decide(viewer, held)) == code(may_decide(viewer, replace(held, consultation=OVER))) == verdict


def test_the_staff_does_each_in_its_time() -> None:
    noe = WHO["analyst"]
    for known in (BEFORE, OPEN, SUSPENDED, CLOSED, WITHDRAWN):
        assert code(may_edit(noe, known)) == "WrongState NOT_A_DRAFT"
    entered = {
        UNPUBLISHED: DRAFT,
        EARLY: BEFORE,
        STOPPED: SUSPENDED,
        SHUT: OVER,
        GONE: WITHDRAWN,
    }
    for refusal, known in entered.items():
        assert code(may_enter(noe, known)) == f"WrongState {refusal}"
    imported = replace(OPEN, identity_policy=IdentityPolicy.IMPORTED)
    assert code(may_enter(noe, imported)) == "Forbidden CONSULTATION_IMPORTED"
    for state in set(ResponseState) - {ResponseState.HELD}:
        decided = ResponseFacts(consultation=COUNTED_OUT, state=state, own=False)
        assert code(may_decide(noe, decided)) == "WrongState RESPONSE_NOT_HELD"


@pytest.mark.parametrize(
    ("state", "own", "known", "verdict"),
    [
        (ResponseState.ACCEPTED, True, OPEN, "yes"),
        (ResponseState.HELD, True, COUNTED_OUT, "yes"),
        (ResponseState.ACCEPTED, True, WITHDRAWN, "yes"),
        (ResponseState.ACCEPTED, True, facts(now=LATE - MOMENT), "yes"),
        (ResponseState.ACCEPTED, True, OVER, "WrongState CONSENT_FROZEN"),
        (ResponseState.ACCEPTED, False, OPEN, "Forbidden NOT_YOUR_RESPONSE"),
        (ResponseState.REPLACED, True, OPEN, "WrongState RESPONSE_NOT_IN_FORCE"),
        (ResponseState.WITHDRAWN, True, OPEN, "WrongState RESPONSE_NOT_IN_FORCE"),
        (ResponseState.REFUSED, True, COUNTED_OUT, "WrongState RESPONSE_NOT_IN_FORCE"),
    ],
)
def test_consent_is_changed_until_the_end_of_late_responses(
    state: ResponseState, known: ConsultationFacts, verdict: str, *, own: bool
) -> None:
    asked = ResponseFacts(consultation=known, state=state, own=own)
    assert code(may_change_consent(WHO["citizen"], asked)) == verdict
    reading = verdict if known is OVER or not own else "Forbidden SCOPE_MISSING"
    assert code(may_change_consent(WHO["citizen, reading only"], asked)) == reading


@pytest.mark.parametrize(
    ("who", "verdict"),
    [
        ("anonymous", "Unauthenticated UNAUTHENTICATED"),
        ("client", "Forbidden CLIENTS_DO_NOT_ANSWER"),
        ("citizen", "yes"),
        ("citizen, reading only", "Forbidden SCOPE_MISSING"),
        ("coordinator", "yes"),
        ("coordinator, reading only", "Forbidden SCOPE_MISSING"),
        ("secretary", "yes"),
        ("analyst", "yes"),
        ("coordinator elsewhere", "yes"),
        ("administrator", "yes"),
        ("hub", "Unauthenticated UNAUTHENTICATED"),
    ],
)
def test_every_person_with_an_account_answers_an_open_consultation(who: str, verdict: str) -> None:
    assert code(may_submit(WHO[who], OPEN)) == verdict


ENDED = "WrongState CONSULTATION_CLOSED"
COUNTING = "WrongState CHANGES_ENDED"
STATES = [
    (DRAFT, "WrongState CONSULTATION_NOT_PUBLISHED"),
    (CHECKED, "WrongState CONSULTATION_NOT_PUBLISHED"),
    (BEFORE, "WrongState CONSULTATION_NOT_OPEN_YET"),
    (facts(now=OPENS), "yes"),
    (facts(now=CLOSES - MOMENT), "yes"),
    (facts(now=CLOSES), "yes"),
    (facts(now=COUNTED - MOMENT), "yes"),
    (facts(now=LATE), ENDED),
    (SUSPENDED, "WrongState CONSULTATION_SUSPENDED"),
    (WITHDRAWN, "WrongState CONSULTATION_WITHDRAWN"),
    (facts(ConsultationState.WITHDRAWN, LATE), "WrongState CONSULTATION_WITHDRAWN"),
    # The clock decides, whatever the job that records it has done so far.
    (facts(ConsultationState.OPEN, OPENS - MOMENT), "WrongState CONSULTATION_NOT_OPEN_YET"),
    (facts(ConsultationState.OPEN, LATE), ENDED),
    (facts(ConsultationState.CLOSED, CLOSES - MOMENT), "yes"),
    (replace(OPEN, identity_policy=IdentityPolicy.IMPORTED), "Forbidden CONSULTATION_IMPORTED"),
]


@pytest.mark.parametrize(("known", "verdict"), STATES)
def test_answers_are_taken_from_the_opening_to_the_end_of_the_grace(known: ConsultationFacts, verdict: str) -> None:
    citizen = WHO["citizen"]
    assert code(may_submit(citizen, known)) == verdict
    answered = replace(known, responses=1)
    assert code(may_change(citizen, answered)) == verdict
    assert code(may_withdraw(citizen, answered)) == verdict


@pytest.mark.parametrize("known", [COUNTED_OUT, facts(now=LATE - MOMENT)])
def test_after_the_grace_one_answers_late_and_changes_nothing(known: ConsultationFacts) -> None:
    citizen = WHO["citizen"]
    assert code(may_submit(citizen, known)) == "yes"
    answered = replace(known, responses=1)
    assert code(may_submit(citizen, answered)) == "Conflict ALREADY_RESPONDED"
    assert code(may_change(citizen, answered)) == code(may_withdraw(citizen, answered)) == COUNTING


@pytest.mark.parametrize(
    ("now", "timeliness"),
    [
        (CLOSES - MOMENT, Timeliness.ON_TIME),
        (CLOSES, Timeliness.GRACE),
        (COUNTED - MOMENT, Timeliness.GRACE),
        (COUNTED, Timeliness.LATE),
        (LATE, Timeliness.LATE),
    ],
)
def test_how_a_response_came_in(now: dt.datetime, timeliness: Timeliness) -> None:
    assert timeliness_of(facts(now=now)) is timeliness
    assert timeliness_of(replace(facts(now=now), counted_until=CLOSES)) is not Timeliness.GRACE


@pytest.mark.parametrize(
    ("state", "timeliness", "told"),
    [
        (ResponseState.ACCEPTED, Timeliness.ON_TIME, None),
        (ResponseState.ACCEPTED, Timeliness.GRACE, "RESPONSE_IN_GRACE"),
        (ResponseState.HELD, Timeliness.LATE, "RESPONSE_HELD_LATE"),
        (ResponseState.ACCEPTED, Timeliness.LATE, "RESPONSE_ADMITTED_LATE"),
        (ResponseState.REFUSED, Timeliness.LATE, "RESPONSE_REFUSED_LATE"),
        (ResponseState.REPLACED, Timeliness.GRACE, None),
        (ResponseState.WITHDRAWN, Timeliness.GRACE, None),
    ],
)
def test_what_is_told_about_lateness(state: ResponseState, timeliness: Timeliness, told: str | None) -> None:
    assert lateness(state, timeliness) == told


def test_one_answers_once_and_changes_only_what_one_gave() -> None:
    citizen, answered = WHO["citizen"], replace(OPEN, responses=1)
    assert code(may_submit(citizen, answered)) == "Conflict ALREADY_RESPONDED"
    assert code(may_change(citizen, OPEN)) == "WrongState NO_RESPONSE"
    assert code(may_withdraw(citizen, OPEN)) == "WrongState NO_RESPONSE"


def test_a_refusal_names_the_moment_and_its_zone() -> None:
    verdict = may_submit(WHO["citizen"], OVER)
    assert verdict is not True
    assert verdict.facts == {"closes_at": CLOSES, "zone": "America/Mexico_City"}


@pytest.mark.parametrize(
    ("responded", "expected"),
    [
        (False, ["yes", "WrongState NO_RESPONSE", "WrongState NO_RESPONSE"]),
        (True, ["Conflict ALREADY_RESPONDED", "yes", "yes"]),
    ],
)
def test_what_comes_next_for_a_respondent(*, responded: bool, expected: list[str]) -> None:
    found = answering_transitions(WHO["citizen"], replace(OPEN, responses=int(responded)))
    assert [transition.event for transition in found] == ["submit", "replace", "withdraw"]
    assert [code(transition.verdict) for transition in found] == expected


@pytest.mark.parametrize(
    ("state", "own", "known", "expected"),
    [
        (ResponseState.ACCEPTED, True, OPEN, ["yes", "yes", "yes"]),
        (ResponseState.ACCEPTED, True, CLOSED, ["yes", "yes", "yes"]),
        (ResponseState.ACCEPTED, True, COUNTED_OUT, [COUNTING, COUNTING, "yes"]),
        (ResponseState.ACCEPTED, True, OVER, [ENDED, ENDED, "WrongState CONSENT_FROZEN"]),
        (ResponseState.HELD, True, COUNTED_OUT, ["Forbidden STAFF_ONLY", "Forbidden STAFF_ONLY", "yes"]),
        (ResponseState.HELD, False, COUNTED_OUT, ["Forbidden STAFF_ONLY", "Forbidden STAFF_ONLY"]),
        (ResponseState.REFUSED, True, COUNTED_OUT, []),
        (ResponseState.ACCEPTED, False, OPEN, ["Forbidden NOT_YOUR_RESPONSE"] * 2),
        (ResponseState.REPLACED, True, OPEN, []),
        (ResponseState.WITHDRAWN, True, OPEN, []),
    ],
)
def test_what_comes_next_for_a_response(
    state: ResponseState, known: ConsultationFacts, expected: list[str], *, own: bool
) -> None:
    response = ResponseFacts(consultation=replace(known, responses=1), state=state, own=own)
    assert [code(t.verdict) for t in response_transitions(WHO["citizen"], response)] == expected


def test_the_kinds_of_refusals_are_those_that_callers_tell_apart() -> None:
    assert isinstance(may_submit(ANONYMOUS, OPEN), Unauthenticated)
    assert isinstance(may_submit(WHO["client"], OPEN), Forbidden)
    assert isinstance(may_submit(WHO["citizen"], OVER), WrongState)
    assert isinstance(may_submit(WHO["citizen"], replace(OPEN, responses=1)), Conflict)
