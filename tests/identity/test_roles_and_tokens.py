"""What a token and a role open at the public face: in force, expired, revoked, broken, and roles only in their body."""

from __future__ import annotations

import asyncio
import datetime as dt
import time

import pytest

from hub import clock
from hub.identity import authenticating
from hub.identity.granting import revoke_token
from hub.identity.models import Token
from hub.viewer import OF_A_PERSON, Role, Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_visitor, an_administrator, an_analyst_of
from tests.making.bodies import a_body
from tests.making.consultations import a_draft_consultation
from tests.talking import Somebody, Talking

VIEWER = "{ viewer { signedIn person { displayName } scopes grants { role bodyId } } }"
DAY = dt.timedelta(days=1)


async def status(hub: Talking, who: Somebody) -> tuple[int, str | None]:
    """Return how a simple question of somebody is answered, and the reason where it is not."""
    response = await hub.post("{ viewer { signedIn } }", by=who)
    errors = response.json().get("errors")
    return response.status_code, errors[0]["extensions"]["reason"] if errors else None


async def test_the_viewer_is_told_who_asks_and_what_for(hub: Talking) -> None:
    body = await a_body(hub)
    ana = await a_citizen(hub, "Ana", scopes={Scope.PUBLIC_READ, Scope.RESPONSES_WRITE})
    noe = await an_analyst_of(hub, body, "Noé")
    ines, program = await an_administrator(hub, "Inés"), await a_client(hub)
    scopes = sorted(OF_A_PERSON)

    async def viewer(who: Somebody) -> object:
        return (await hub.ask(VIEWER, by=who))["viewer"]

    nobody = {"signedIn": False, "person": None, "scopes": ["public:read"], "grants": []}
    assert await viewer(a_visitor()) == await viewer(program) == nobody
    narrow = ["public:read", "responses:write"]
    assert await viewer(ana) == {"signedIn": True, "person": {"displayName": "Ana"}, "scopes": narrow, "grants": []}
    own = [{"role": "ANALYST", "bodyId": f"Body_{body}"}]
    assert await viewer(noe) == {"signedIn": True, "person": {"displayName": "Noé"}, "scopes": scopes, "grants": own}
    # No token is an administrator.
    assert await viewer(ines) == {"signedIn": True, "person": {"displayName": "Inés"}, "scopes": scopes, "grants": []}


async def test_a_profile_is_seen_if_it_is_public_or_ones_own(hub: Talking) -> None:
    ana, luis = await a_citizen(hub, "Ana"), await a_citizen(hub, "Luis", public_profile=True)
    found = "query ($id: ID!) { node(id: $id) { ... on Person { displayName } } }"
    for of, by, seen in (
        (ana, ana, True),
        (ana, luis, False),
        (ana, None, False),
        (luis, ana, True),
        (luis, None, True),
    ):
        data = await hub.ask(found, {"id": f"Person_{of.person_id}"}, by=by)
        assert data["node"] == ({"displayName": of.name} if seen else None)


async def test_a_role_shows_the_drafts_of_its_body_alone(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    draft = await a_draft_consultation(hub, body)
    found = """query ($id: ID!, $revision: ID!) { node(id: $id) { id } wording: node(id: $revision) { id }
      consultations { totalCount } mandates { totalCount } }"""
    table = [
        (await a_coordinator_of(hub, body), True),
        (await an_analyst_of(hub, body), True),
        (await a_citizen(hub, "La secretaria", grants=[(Role.SECRETARY, body)]), True),
        (await a_coordinator_of(hub, other), False),
        (await an_administrator(hub), False),
        (await a_client(hub), False),
        (a_visitor(), False),
    ]
    for who, seen in table:
        data = await hub.ask(found, {"id": draft.node, "revision": draft.revision}, by=who)
        there = [data["node"] is not None, data["wording"] is not None]
        counts = [data["consultations"]["totalCount"], data["mandates"]["totalCount"]]
        assert (there, counts) == ([seen, seen], [int(seen), int(seen)]), who.name


async def test_a_token_is_good_until_the_instant_at_which_it_expires(hub: Talking) -> None:
    now = clock.now()
    ana = await a_citizen(hub, at=now, life=DAY)
    with hub.at(now + DAY - dt.timedelta(microseconds=1)):
        assert await status(hub, ana) == (200, None)
    with hub.at(now + DAY):
        assert await status(hub, ana) == (401, "TOKEN_EXPIRED")


async def test_a_revoked_token_is_refused_within_two_seconds(hub: Talking) -> None:
    ana = await a_citizen(hub)
    assert await status(hub, ana) == (200, None)
    (token,) = await hub.rows("SELECT id FROM token")
    async with hub.change() as change:
        await revoke_token(change, token["id"])
    began = time.monotonic()
    while (found := await status(hub, ana)) == (200, None):
        assert time.monotonic() - began < 2, "The token is still good after two seconds."
        await asyncio.sleep(0.05)
    assert found == (401, "TOKEN_REVOKED")
    assert authenticating.BELIEVED < 2


async def test_an_account_that_is_closed_opens_nothing(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0)
    ana = await a_citizen(hub)
    for state in ("suspended", "closed"):
        await hub.run("UPDATE account SET state = :state WHERE id = :id", state=state, id=ana.account_id)
        assert await status(hub, ana) == (401, "ACCOUNT_NOT_ACTIVE")


async def test_a_grant_holds_from_its_first_instant_to_its_last(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0)
    body, now = await a_body(hub), clock.now()
    noe = await an_analyst_of(hub, body, at=now)
    await hub.run("UPDATE role_grant SET valid_until = :until", until=now + DAY)
    for at, held in ((now - DAY, 0), (now, 1), (now + DAY - dt.timedelta(microseconds=1), 1), (now + DAY, 0)):
        with hub.at(at):
            assert len((await hub.ask(VIEWER, by=noe))["viewer"]["grants"]) == held


async def test_a_broken_token_is_refused_without_a_question_to_the_database(hub: Talking) -> None:
    ana = await a_citizen(hub)
    assert ana.token is not None
    reads: list[bytes] = []
    read = hub.hub.authenticator._read

    async def counting(key: bytes, *others: object) -> object:
        reads.append(key)
        return await read(key, *others)  # type: ignore[arg-type]

    hub.hub.authenticator._read = counting  # type: ignore[method-assign,assignment]
    other = "A" if ana.token[20] != "A" else "B"
    for broken in (ana.token[:-1], ana.token + "x", ana.token[:20] + other + ana.token[21:], ana.token.upper()):
        assert await status(hub, Somebody("nobody", broken)) == (401, "BAD_TOKEN")
    assert reads == []
    assert await status(hub, ana) == (200, None)


async def test_only_the_digest_of_a_token_is_kept(hub: Talking) -> None:
    ana = await a_citizen(hub)
    assert ana.token is not None
    dump = str(await hub.rows("SELECT * FROM token")) + str(await hub.rows("SELECT * FROM event"))
    assert ana.token not in dump
    assert ana.token[8:30] not in dump
    assert {column.name for column in Token.__table__.columns} >= {"digest"}
