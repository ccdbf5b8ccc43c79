"""Who may make accounts and clients, grant roles and revoke tokens."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from hub.errors import Verdict
from hub.identity.role_rules import may_grant
from hub.identity.rules import may_administer, may_let_programs, may_manage_clients, may_revoke
from hub.viewer import ANONYMOUS, OF_A_PROGRAM, SYSTEM, Grant, Role, Scope, Viewer

BODY, OTHER = uuid4(), uuid4()
ACCOUNT, CLIENT, ORGANIZATION = uuid4(), uuid4(), uuid4()


def somebody(*grants: Grant, represents: tuple[UUID, ...] = (), in_person: bool = True) -> Viewer:
    sign_in = uuid4() if in_person else None
    return Viewer(
        account_id=uuid4(),
        person_id=uuid4(),
        sign_in_id=sign_in,
        scopes=frozenset(Scope),
        grants=grants,
        represents=represents,
    )


CITIZEN = somebody()
COORDINATOR = somebody(Grant(Role.COORDINATOR, BODY))
BY_TOKEN = somebody(Grant(Role.COORDINATOR, BODY), in_person=False)
SPEAKER = somebody(represents=(ORGANIZATION,))
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
        (COORDINATOR, Role.SECRETARY, BODY, "yes"),
        (COORDINATOR, Role.COORDINATOR, BODY, "ADMINISTRATORS_ONLY"),
        (BY_TOKEN, Role.ANALYST, BODY, "SIGN_IN_NEEDED"),
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


@pytest.mark.parametrize(
    ("viewer", "organization_id", "verdict"),
    [
        (ANONYMOUS, ORGANIZATION, "UNAUTHENTICATED"),
        (Viewer(client_id=CLIENT), ORGANIZATION, "UNAUTHENTICATED"),
        (CITIZEN, ORGANIZATION, "NOT_A_REPRESENTATIVE"),
        (COORDINATOR, ORGANIZATION, "NOT_A_REPRESENTATIVE"),
        (somebody(represents=(ORGANIZATION,), in_person=False), ORGANIZATION, "SIGN_IN_NEEDED"),
        (SPEAKER, ORGANIZATION, "yes"),
        (SPEAKER, OTHER, "NOT_A_REPRESENTATIVE"),
        (SPEAKER, None, "NOT_A_REPRESENTATIVE"),
        (ADMINISTRATOR, OTHER, "yes"),
        (SYSTEM, None, "yes"),
    ],
)
def test_whoever_speaks_for_an_organisation_looks_after_its_programs(
    viewer: Viewer, organization_id: UUID | None, verdict: str
) -> None:
    assert code(may_manage_clients(viewer, organization_id=organization_id)) == verdict


@pytest.mark.parametrize(
    ("viewer", "scopes", "verdict"),
    [
        (SPEAKER, {Scope.PUBLIC_READ}, "yes"),
        (SPEAKER, {Scope.PUBLIC_READ, Scope.BULK_READ}, "SCOPE_OF_THE_OPERATOR"),
        (ADMINISTRATOR, {Scope.BULK_READ}, "yes"),
        *((ADMINISTRATOR, {scope}, "SCOPE_NOT_FOR_PROGRAMS") for scope in sorted(set(Scope) - OF_A_PROGRAM)),
        (SYSTEM, frozenset(Scope), "yes"),
    ],
)
def test_programs_read_and_whoever_runs_the_hub_lets_them_read_in_bulk(
    viewer: Viewer, scopes: set[Scope], verdict: str
) -> None:
    assert code(may_let_programs(viewer, scopes)) == verdict
