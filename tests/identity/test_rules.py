"""Who may make accounts and clients, grant roles and revoke tokens."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from hub.errors import Verdict
from hub.identity.rules import may_administer, may_grant, may_revoke
from hub.viewer import ANONYMOUS, SYSTEM, Grant, Role, Scope, Viewer

BODY, OTHER = uuid4(), uuid4()
ACCOUNT, CLIENT = uuid4(), uuid4()


def somebody(*grants: Grant, scopes: frozenset[Scope] = frozenset(Scope)) -> Viewer:
    return Viewer(account_id=uuid4(), person_id=uuid4(), scopes=scopes, grants=grants)


CITIZEN = somebody()
COORDINATOR = somebody(Grant(Role.COORDINATOR, BODY))
READING_ONLY = somebody(Grant(Role.COORDINATOR, BODY), scopes=frozenset({Scope.PUBLIC_READ}))
SECRETARY = somebody(Grant(Role.SECRETARY, BODY))
ADMINISTRATOR = somebody(Grant(Role.ADMINISTRATOR, None))


def code(verdict: Verdict) -> str:
    return "yes" if verdict is True else verdict.code


@pytest.mark.parametrize(
    ("viewer", "verdict"),
    [
        (ANONYMOUS, "UNAUTHENTICATED"),
        (CITIZEN, "ADMINISTRATORS_ONLY"),
        (COORDINATOR, "ADMINISTRATORS_ONLY"),
        (ADMINISTRATOR, "yes"),
        (SYSTEM, "yes"),
    ],
)
def test_administrators_make_accounts_clients_and_tokens(viewer: Viewer, verdict: str) -> None:
    assert code(may_administer(viewer)) == verdict


@pytest.mark.parametrize(
    ("viewer", "role", "body_id", "verdict"),
    [
        (ANONYMOUS, Role.ANALYST, BODY, "UNAUTHENTICATED"),
        (CITIZEN, Role.ANALYST, BODY, "ADMINISTRATORS_ONLY"),
        (SECRETARY, Role.ANALYST, BODY, "ADMINISTRATORS_ONLY"),
        (COORDINATOR, Role.ANALYST, BODY, "yes"),
        (READING_ONLY, Role.ANALYST, BODY, "SCOPE_MISSING"),
        (COORDINATOR, Role.ANALYST, OTHER, "ADMINISTRATORS_ONLY"),
        (COORDINATOR, Role.ADMINISTRATOR, BODY, "ADMINISTRATORS_ONLY"),
        (COORDINATOR, Role.ADMINISTRATOR, None, "ADMINISTRATORS_ONLY"),
        (ADMINISTRATOR, Role.COORDINATOR, OTHER, "yes"),
        (SYSTEM, Role.ADMINISTRATOR, None, "yes"),
    ],
)
def test_a_coordinator_grants_roles_within_the_own_body(
    viewer: Viewer, role: Role, body_id: UUID | None, verdict: str
) -> None:
    assert code(may_grant(viewer, role, body_id=body_id)) == verdict


@pytest.mark.parametrize(
    ("viewer", "verdict"),
    [
        (ANONYMOUS, "UNAUTHENTICATED"),
        (CITIZEN, "ADMINISTRATORS_ONLY"),
        (Viewer(account_id=ACCOUNT, person_id=uuid4()), "yes"),
        (ADMINISTRATOR, "yes"),
        (SYSTEM, "yes"),
    ],
)
def test_whoever_holds_a_token_revokes_it(viewer: Viewer, verdict: str) -> None:
    assert code(may_revoke(viewer, account_id=ACCOUNT, client_id=None)) == verdict


def test_a_client_revokes_its_own_token_and_no_other() -> None:
    client = Viewer(client_id=CLIENT)
    assert code(may_revoke(client, account_id=None, client_id=CLIENT)) == "yes"
    assert code(may_revoke(client, account_id=None, client_id=uuid4())) == "UNAUTHENTICATED"
    assert code(may_revoke(client, account_id=ACCOUNT, client_id=None)) == "UNAUTHENTICATED"
