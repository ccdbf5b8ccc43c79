"""Tokens and roles: what they open, and that a revoked one opens nothing."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from hub.bodies.finding import body_of_acronym
from hub.errors import Conflict, NotFound
from hub.identity.appointing import grant_role
from hub.identity.granting import revoke_token, token_id
from hub.viewer import Role
from tests.cast import a_citizen, a_client, a_coordinator_of
from tests.making.bodies import a_body
from tests.talking import Somebody, Talking

VIEWER = "{ viewer { signedIn scopes person { displayName } grants { role bodyId } } }"


async def test_a_token_stands_for_its_bearer(hub: Talking) -> None:
    """A person, a program and nobody are told apart."""
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    program = await a_client(hub)
    assert (await hub.ask(VIEWER, by=julia))["viewer"] == {
        "signedIn": True,
        "scopes": ["analysis:write", "bodies:write", "me:read", "public:read", "responses:write"],
        "person": {"displayName": "Julia Ordaz"},
        "grants": [{"role": "COORDINATOR", "bodyId": f"Body_{body}"}],
    }
    nobody = {"signedIn": False, "scopes": ["public:read"], "person": None, "grants": []}
    assert (await hub.ask(VIEWER, by=program))["viewer"] == nobody
    assert (await hub.ask(VIEWER))["viewer"] == nobody


async def test_a_revoked_token_is_refused_within_two_seconds(hub: Talking) -> None:
    """It was believed a moment before; a second revocation is a conflict."""
    ana = await a_citizen(hub)
    assert (await hub.ask(VIEWER, by=ana))["viewer"]["signedIn"]
    async with hub.change() as change:
        revoked = await token_id(change, ana.token or "")
        await revoke_token(change, revoked)
    await asyncio.sleep(2)
    response = await hub.post(VIEWER, by=ana)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["errors"][0]["extensions"]["reason"] == "TOKEN_REVOKED"
    await hub.forget()
    with pytest.raises(Conflict, match="ALREADY_REVOKED"):
        async with hub.change() as change:
            await revoke_token(change, revoked)
    assert await hub.log() == []


async def test_a_token_ends_with_its_time(hub: Talking) -> None:
    """Good until its last instant, and not at it."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    ana = await a_citizen(hub, at=now, life=dt.timedelta(days=1))
    end = now + dt.timedelta(days=1)
    with hub.at(end - dt.timedelta(microseconds=1)):
        assert (await hub.ask(VIEWER, by=ana))["viewer"]["signedIn"]
    with hub.at(end):
        response = await hub.post(VIEWER, by=ana)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["reason"]) == (401, "TOKEN_EXPIRED")


@pytest.mark.parametrize("token", ["hub_pat_short", "nonsense", "hub_pat_" + "A" * 49])
async def test_what_is_no_token_is_refused(hub: Talking, token: str) -> None:
    """A mistyped token is told at once, without a look into the database."""
    response = await hub.post(VIEWER, by=Somebody("somebody", token))
    assert (response.status_code, response.json()["errors"][0]["extensions"]["reason"]) == (401, "BAD_TOKEN")


async def test_only_the_sum_of_a_token_is_kept(hub: Talking) -> None:
    """Nothing in the database can be used as a token."""
    ana = await a_citizen(hub)
    tables = await hub.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    for table in tables:
        for row in await hub.rows(f'SELECT t::text AS row FROM "{table["table_name"]}" AS t'):
            assert (ana.token or "") not in row["row"]


async def test_a_body_is_found_by_its_acronym_of_today(hub: Talking) -> None:
    """Whatever the case; an unknown one is not found."""
    body = await a_body(hub, acronym="CGATP")
    async with hub.change() as change:
        assert await body_of_acronym(change, "cgatp") == body
        with pytest.raises(NotFound):
            await body_of_acronym(change, "XYZ")


async def test_a_role_belongs_to_a_body(hub: Talking) -> None:
    """A role holds from its grant on, in that body and nowhere else; an unknown account gets none."""
    first, second = await a_body(hub), await a_body(hub)
    ana = await a_citizen(hub)
    async with hub.change() as change:
        await grant_role(change, account_id=ana.account_id, role=Role.ANALYST, body_id=second)
    assert (await hub.ask(VIEWER, by=ana))["viewer"]["grants"] == [{"role": "ANALYST", "bodyId": f"Body_{second}"}]
    await hub.forget()
    with pytest.raises(NotFound):
        async with hub.change() as change:
            await grant_role(change, account_id=first, role=Role.ANALYST, body_id=second)
    assert await hub.log() == []
