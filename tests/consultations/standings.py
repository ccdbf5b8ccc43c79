"""Who asks a rule and where a consultation stands: what the tables of who × state → verdict are made with."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from hub.consultations.models import ConsultationState, IdentityPolicy
from hub.consultations.rules import ConsultationFacts
from hub.errors import Verdict
from hub.viewer import ANONYMOUS, SYSTEM, Grant, Role, Scope, Viewer

BODY, OTHER = uuid4(), uuid4()
OPENS = dt.datetime(2026, 7, 1, 15, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 8, 1, 15, tzinfo=dt.UTC)
COUNTED = CLOSES + dt.timedelta(seconds=60)
LATE = CLOSES + dt.timedelta(days=7)
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
        counted_until=COUNTED,
        late_until=LATE,
        zone="America/Mexico_City",
        now=now,
    )


DRAFT = facts(ConsultationState.DRAFT)
CHECKED = facts(ConsultationState.CHECKED)
BEFORE = facts(now=OPENS - MOMENT)
OPEN = facts(ConsultationState.OPEN)
SUSPENDED = facts(ConsultationState.SUSPENDED)
CLOSED = facts(ConsultationState.CLOSED, CLOSES)
COUNTED_OUT = facts(ConsultationState.CLOSED, COUNTED)
OVER = facts(ConsultationState.CLOSED, LATE)
WITHDRAWN = facts(ConsultationState.WITHDRAWN)


def code(verdict: Verdict) -> str:
    return "yes" if verdict is True else f"{type(verdict).__name__} {verdict.code}"


COORDINATOR = {
    "anonymous": "Unauthenticated UNAUTHENTICATED",
    "client": "Unauthenticated UNAUTHENTICATED",
    "citizen": "Forbidden COORDINATORS_ONLY",
    "coordinator": "yes",
    "coordinator, reading only": "Forbidden SCOPE_MISSING",
    "secretary": "Forbidden COORDINATORS_ONLY",
    "analyst": "Forbidden COORDINATORS_ONLY",
    "coordinator elsewhere": "Forbidden COORDINATORS_ONLY",
    "administrator": "Forbidden COORDINATORS_ONLY",
    "hub": "yes",
}
"""What each is told of an act that is the coordinator's, where it is its time."""

STAFF = {
    **{who: verdict.replace("COORDINATORS", "STAFF") for who, verdict in COORDINATOR.items()},
    "secretary": "yes",
    "analyst": "yes",
}
"""The same of an act of the staff."""

UNPUBLISHED, EARLY = "CONSULTATION_NOT_PUBLISHED", "CONSULTATION_NOT_OPEN_YET"
GONE, STOPPED, SHUT = "CONSULTATION_WITHDRAWN", "CONSULTATION_SUSPENDED", "CONSULTATION_CLOSED"
