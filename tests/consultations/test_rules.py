"""Who may do what with a consultation, and when: tables of who × state → verdict."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from hub.consultations.models import ConsultationState, IdentityPolicy
from hub.consultations.response_models import ResponseState
from hub.consultations.rules import (
    ConsultationFacts,
    ResponseFacts,
    answering_transitions,
    consultation_transitions,
    may_change,
    may_create,
    may_publish,
    may_submit,
    may_withdraw,
    response_transitions,
)
from hub.errors import Conflict, Forbidden, Unauthenticated, Verdict, WrongState
from hub.viewer import ANONYMOUS, SYSTEM, Grant, Role, Scope, Viewer

BODY, OTHER = uuid4(), uuid4()
OPENS = dt.datetime(2026, 7, 1, 15, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 8, 1, 15, tzinfo=dt.UTC)
MOMENT = dt.timedelta(microseconds=1)


def somebody(*grants: Grant, scopes: frozenset[Scope] = frozenset(Scope)) -> Viewer:
    return Viewer(account_id=uuid4(), person_id=uuid4(), scopes=scopes, grants=grants)


WHO = {
    "anonymous": ANONYMOUS,
    "client": Viewer(client_id=uuid4(), scopes=frozenset(Scope)),
    "citizen": somebody(),
    "citizen, reading only": somebody(scopes=frozenset({Scope.PUBLIC_READ, Scope.ME_READ})),
    "coordinator": somebody(Grant(Role.COORDINATOR, BODY)),
    "coordinator, reading only": somebody(Grant(Role.COORDINATOR, BODY), scopes=frozenset({Scope.PUBLIC_READ})),
    "secretary": somebody(Grant(Role.SECRETARY, BODY)),
    "analyst": somebody(Grant(Role.ANALYST, BODY)),
    "coordinator elsewhere": somebody(Grant(Role.COORDINATOR, OTHER)),
    "administrator": somebody(Grant(Role.ADMINISTRATOR, None)),
    "hub": SYSTEM,
}


def facts(state: ConsultationState = ConsultationState.SCHEDULED, now: dt.datetime = OPENS) -> ConsultationFacts:
    return ConsultationFacts(
        state=state,
        body_id=BODY,
        identity_policy=IdentityPolicy.ACCOUNT,
        opens_at=OPENS,
        closes_at=CLOSES,
        zone="America/Mexico_City",
        now=now,
    )


DRAFT = facts(ConsultationState.DRAFT)
CHECKED = facts(ConsultationState.CHECKED)
BEFORE = facts(now=OPENS - MOMENT)
OPEN = facts(ConsultationState.OPEN)
CLOSED = facts(ConsultationState.CLOSED, CLOSES)


def code(verdict: Verdict) -> str:
    return "yes" if verdict is True else f"{type(verdict).__name__} {verdict.code}"


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


STATES = [
    (DRAFT, "WrongState CONSULTATION_NOT_PUBLISHED"),
    (CHECKED, "WrongState CONSULTATION_NOT_PUBLISHED"),
    (BEFORE, "WrongState CONSULTATION_NOT_OPEN_YET"),
    (facts(now=OPENS), "yes"),
    (facts(now=CLOSES - MOMENT), "yes"),
    (facts(now=CLOSES), "WrongState CONSULTATION_CLOSED"),
    # The clock decides, whatever the job that records it has done so far.
    (facts(ConsultationState.OPEN, OPENS - MOMENT), "WrongState CONSULTATION_NOT_OPEN_YET"),
    (facts(ConsultationState.OPEN, CLOSES), "WrongState CONSULTATION_CLOSED"),
    (facts(ConsultationState.CLOSED, CLOSES - MOMENT), "yes"),
    (replace(OPEN, identity_policy=IdentityPolicy.IMPORTED), "Forbidden CONSULTATION_IMPORTED"),
]


@pytest.mark.parametrize(("known", "verdict"), STATES)
def test_answers_are_taken_from_the_opening_to_the_closing(known: ConsultationFacts, verdict: str) -> None:
    citizen = WHO["citizen"]
    assert code(may_submit(citizen, known)) == verdict
    answered = replace(known, responded=True)
    assert code(may_change(citizen, answered)) == verdict
    assert code(may_withdraw(citizen, answered)) == verdict


def test_one_answers_once_and_changes_only_what_one_gave() -> None:
    citizen, answered = WHO["citizen"], replace(OPEN, responded=True)
    assert code(may_submit(citizen, answered)) == "Conflict ALREADY_RESPONDED"
    assert code(may_change(citizen, OPEN)) == "WrongState NO_RESPONSE"
    assert code(may_withdraw(citizen, OPEN)) == "WrongState NO_RESPONSE"


def test_a_refusal_names_the_moment_and_its_zone() -> None:
    verdict = may_submit(WHO["citizen"], CLOSED)
    assert verdict is not True
    assert verdict.facts == {"closes_at": CLOSES, "zone": "America/Mexico_City"}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (DRAFT, [("schedule", "yes")]),
        (CHECKED, [("schedule", "yes")]),
        (BEFORE, [("open", "WrongState OPENS_BY_ITSELF")]),
        (facts(now=OPENS), [("close", "WrongState CLOSES_BY_ITSELF")]),
        (OPEN, [("close", "WrongState CLOSES_BY_ITSELF")]),
        (facts(now=CLOSES), []),
        (CLOSED, []),
    ],
)
def test_what_comes_next_for_a_consultation(known: ConsultationFacts, expected: list[tuple[str, str]]) -> None:
    found = consultation_transitions(WHO["coordinator"], known)
    assert [(transition.event, code(transition.verdict)) for transition in found] == expected


@pytest.mark.parametrize(
    ("responded", "expected"),
    [
        (False, ["yes", "WrongState NO_RESPONSE", "WrongState NO_RESPONSE"]),
        (True, ["Conflict ALREADY_RESPONDED", "yes", "yes"]),
    ],
)
def test_what_comes_next_for_a_respondent(*, responded: bool, expected: list[str]) -> None:
    found = answering_transitions(WHO["citizen"], replace(OPEN, responded=responded))
    assert [transition.event for transition in found] == ["submit", "replace", "withdraw"]
    assert [code(transition.verdict) for transition in found] == expected


@pytest.mark.parametrize(
    ("state", "own", "known", "expected"),
    [
        (ResponseState.ACCEPTED, True, OPEN, ["yes", "yes"]),
        (ResponseState.ACCEPTED, True, CLOSED, ["WrongState CONSULTATION_CLOSED"] * 2),
        (ResponseState.ACCEPTED, False, OPEN, ["Forbidden NOT_YOUR_RESPONSE"] * 2),
        (ResponseState.REPLACED, True, OPEN, []),
        (ResponseState.WITHDRAWN, True, OPEN, []),
    ],
)
def test_what_comes_next_for_a_response(
    state: ResponseState, known: ConsultationFacts, expected: list[str], *, own: bool
) -> None:
    response = ResponseFacts(consultation=replace(known, responded=True), state=state, own=own)
    assert [code(t.verdict) for t in response_transitions(WHO["citizen"], response)] == expected


def test_the_kinds_of_refusals_are_those_that_callers_tell_apart() -> None:
    assert isinstance(may_submit(ANONYMOUS, OPEN), Unauthenticated)
    assert isinstance(may_submit(WHO["client"], OPEN), Forbidden)
    assert isinstance(may_submit(WHO["citizen"], CLOSED), WrongState)
    assert isinstance(may_submit(WHO["citizen"], replace(OPEN, responded=True)), Conflict)
