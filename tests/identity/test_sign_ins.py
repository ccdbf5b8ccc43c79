"""Sign-ins and tokens: what they are good for, until when, how they are seen and how they end."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hub.identity import authenticating
from hub.identity.appointing import grant_role
from hub.identity.tokens import PERSONAL, SIGN_IN, new_token
from hub.viewer import OF_A_PERSON, Role
from tests.cast import a_citizen
from tests.identity.test_signing_in import DAY, HOUR, NOON, Mailbox, codes, signed_in
from tests.making.bodies import a_body
from tests.talking import Somebody, Talking

MINE = """{ viewer { signIns { totalCount nodes { id method signedInAt lastUsedAt expiresAt endedAt current } }
  tokens { nodes { id name scopes lastUsedAt revokedAt } } } }"""
END = """mutation ($id: ID) { endSignIn(input: {signInId: $id}) {
  signIn { endedAt current } event errors { code } } }"""
END_ALL = """mutation ($others: Boolean!) { endAllSignIns(input: {othersOnly: $others}) {
  ended event errors { code } } }"""
CREATE = """mutation ($scopes: [String!]!, $until: DateTime!, $name: String!) {
  createToken(input: {name: $name, scopes: $scopes, expiresAt: $until}) {
  token { id name scopes } secret event errors { code path } } }"""
REVOKE = """mutation ($id: ID, $token: String) { revokeToken(input: {tokenId: $id, token: $token}) {
  token { revokedAt } event errors { code } } }"""

TOKEN = {"name": "Mapa", "scopes": ["public:read", "responses:write"], "until": "2027-01-01T00:00:00Z"}


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read tokens again each time: that they are believed for less than two seconds has its own test."""
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


@pytest.fixture
async def mailbox(hub: Talking, tmp_path: Path) -> AsyncIterator[Mailbox]:
    with hub.at(NOON):
        yield Mailbox(hub, tmp_path / "letters")


async def mine(hub: Talking, who: Somebody) -> Any:
    return (await hub.ask(MINE, by=who))["viewer"]


async def reason(hub: Talking, who: Somebody) -> str | None:
    """Return why somebody is turned away; None if they are not."""
    response = await hub.post("{ viewer { signedIn } }", by=who)
    return response.json()["errors"][0]["extensions"]["reason"] if response.status_code == 401 else None


# ---- sign-ins ----------------------------------------------------------------------------------------------------


async def test_a_person_sees_where_they_are_signed_in_and_nobody_else_does(hub: Talking, mailbox: Mailbox) -> None:
    phone = await signed_in(hub, mailbox)
    desk = await signed_in(hub, mailbox, at=NOON + 2 * HOUR)
    luis = await signed_in(hub, mailbox, "luis@correo.example", at=NOON + 2 * HOUR)
    with hub.at(NOON + 3 * HOUR):
        found = (await mine(hub, desk))["signIns"]
        assert found["totalCount"] == 2
        first, second = found["nodes"]
        assert (first.pop("id") != second.pop("id")) is True
        assert first == {
            "method": "MAIL",
            "signedInAt": "2026-11-20T14:00:00.000000Z",
            "lastUsedAt": "2026-11-20T15:00:00.000000Z",
            "expiresAt": "2026-12-20T14:00:00.000000Z",
            "endedAt": None,
            "current": True,
        }
        assert (second["lastUsedAt"], second["current"]) == ("2026-11-20T12:00:00.000000Z", False)
        (his,) = (await mine(hub, luis))["signIns"]["nodes"]
        node = "query ($id: ID!) { node(id: $id) { id } }"
        assert await hub.ask(node, {"id": his["id"]}, by=luis) == {"node": {"id": his["id"]}}
        for other in (phone, None):
            assert await hub.ask(node, {"id": his["id"]}, by=other) == {"node": None}


async def test_a_person_sees_which_sign_ins_are_still_good_and_which_is_fresh(hub: Talking, mailbox: Mailbox) -> None:
    """What the list says is what the door does: idle for two weeks, and, with a role, after eight hours."""
    asked = "{ viewer { signIns { nodes { current good fresh } } } }"

    async def seen(who: Somebody, after: dt.timedelta) -> list[tuple[bool, ...]]:
        with hub.at(NOON + after):
            nodes = (await hub.ask(asked, by=who))["viewer"]["signIns"]["nodes"]
        return [(node["current"], node["good"], node["fresh"]) for node in nodes]

    phone = await signed_in(hub, mailbox)
    ten = dt.timedelta(minutes=10)
    assert await seen(phone, ten) == [(True, True, True)]
    assert await seen(phone, ten + dt.timedelta(seconds=1)) == [(True, True, False)]
    desk = await signed_in(hub, mailbox, at=NOON + 13 * DAY)
    assert await seen(desk, 13 * DAY + ten) == [(True, True, True), (False, True, False)]
    (account,) = await hub.rows("SELECT DISTINCT account_id AS id FROM sign_in")
    assert await seen(desk, 14 * DAY + HOUR) == [(True, True, False), (False, False, False)]
    async with hub.change(at=NOON) as change:
        await grant_role(change, account_id=account["id"], role=Role.COORDINATOR, body_id=await a_body(hub))
    phone = await signed_in(hub, mailbox, at=NOON + 14 * DAY)
    assert await seen(phone, 14 * DAY + HOUR) == [(True, True, False), (False, False, False), (False, False, False)]


async def test_a_sign_in_at_the_end_of_all_instants_is_told_like_any(hub: Talking, mailbox: Mailbox) -> None:
    """There is no instant two weeks after it; an answer there is all the same."""
    ana = await signed_in(hub, mailbox)
    last = "'9999-12-31 23:59:59.999999+00'"
    await hub.run(f"UPDATE sign_in SET last_used_at = {last}, expires_at = {last}")
    with hub.at(NOON + 15 * DAY):
        seen = await hub.ask("{ viewer { signIns { nodes { good } } } }", by=ana)
    assert seen["viewer"]["signIns"]["nodes"] == [{"good": True}]


async def test_the_hour_of_use_is_written_once_in_it(hub: Talking, mailbox: Mailbox) -> None:
    ana = await signed_in(hub, mailbox)
    versions = []
    for minutes in (1, 30, 59, 61, 90):
        with hub.at(NOON + minutes * dt.timedelta(minutes=1)):
            await mine(hub, ana)
        versions.append((await hub.rows("SELECT xmin::text FROM sign_in"))[0]["xmin"])
    assert versions[0] == versions[1] == versions[2] != versions[3] == versions[4]


async def test_a_sign_in_ends_after_two_weeks_without_use_or_a_month(hub: Talking, mailbox: Mailbox) -> None:
    ana = await signed_in(hub, mailbox)
    idle = await signed_in(hub, mailbox, "idle@correo.example")
    for days in (10, 20, 29):
        with hub.at(NOON + days * DAY):
            assert await reason(hub, ana) is None
    with hub.at(NOON + 14 * DAY):
        assert await reason(hub, idle) == "SIGN_IN_OVER"
    with hub.at(NOON + 30 * DAY):
        assert await reason(hub, ana) == "SIGN_IN_OVER"


async def test_whoever_holds_a_role_signs_in_again_every_eight_hours(hub: Talking, mailbox: Mailbox) -> None:
    julia = await signed_in(hub, mailbox)
    body = await a_body(hub)
    (account,) = await hub.rows("SELECT id FROM account WHERE id IN (SELECT account_id FROM sign_in)")
    async with hub.change(at=NOON) as change:
        await grant_role(change, account_id=account["id"], role=Role.COORDINATOR, body_id=body)
    with hub.at(NOON + 8 * HOUR - dt.timedelta(seconds=1)):
        assert await reason(hub, julia) is None
    with hub.at(NOON + 8 * HOUR):
        assert await reason(hub, julia) == "SIGN_IN_OVER"


async def test_a_sign_in_is_ended_one_by_one(hub: Talking, mailbox: Mailbox) -> None:
    phone, desk = await signed_in(hub, mailbox), await signed_in(hub, mailbox)
    other = next(s["id"] for s in (await mine(hub, desk))["signIns"]["nodes"] if not s["current"])
    await hub.forget()
    ended = await hub.act(END, {"id": other}, by=desk)
    assert ended["signIn"] == {"endedAt": "2026-11-20T12:00:00.000000Z", "current": False}
    assert [await reason(hub, who) for who in (phone, desk)] == ["SIGN_IN_OVER", None]
    assert codes(await hub.refuse(END, {"id": other}, by=desk)) == ["SIGN_IN_OVER"]
    assert (await hub.act(END, by=desk))["signIn"]["current"] is True
    assert await reason(hub, desk) == "SIGN_IN_OVER"
    assert await hub.log() == ["SignInEnded", "SignInEnded"]


async def test_nobody_ends_the_sign_in_of_another(hub: Talking, mailbox: Mailbox) -> None:
    ana, luis = await signed_in(hub, mailbox), await signed_in(hub, mailbox, "luis@correo.example")
    (his,) = (await mine(hub, luis))["signIns"]["nodes"]
    program = await a_citizen(hub, "Luis' program")
    await hub.forget()
    assert codes(await hub.refuse(END, {"id": his["id"]}, by=ana)) == ["NOT_FOUND"]
    assert codes(await hub.refuse(END, {"id": his["id"]}, by=program)) == ["SIGN_IN_NEEDED"]
    assert codes(await hub.refuse(END, {"id": his["id"]})) == ["UNAUTHENTICATED"]
    assert codes(await hub.refuse(END_ALL, {"others": False}, by=program)) == ["SIGN_IN_NEEDED"]
    assert await reason(hub, luis) is None
    assert await hub.log() == []


async def test_all_are_ended_at_once_or_all_but_this_one(hub: Talking, mailbox: Mailbox) -> None:
    three = [await signed_in(hub, mailbox) for _ in range(3)]
    luis = await signed_in(hub, mailbox, "luis@correo.example")
    assert (await hub.act(END_ALL, {"others": True}, by=three[0]))["ended"] == 2
    assert [await reason(hub, who) for who in three] == [None, "SIGN_IN_OVER", "SIGN_IN_OVER"]
    assert (await hub.act(END_ALL, {"others": False}, by=three[0]))["ended"] == 1
    assert [await reason(hub, who) for who in (three[0], luis)] == ["SIGN_IN_OVER", None]


async def test_each_sign_in_has_a_new_token_and_what_is_kept_cannot_be_used(hub: Talking, mailbox: Mailbox) -> None:
    first, second = await signed_in(hub, mailbox), await signed_in(hub, mailbox)
    assert first.token != second.token
    for row in await hub.rows("SELECT digest, id FROM sign_in"):
        for stolen in (row["digest"].hex(), f"hub_sin_{row['digest'].hex()}", str(row["id"])):
            assert await reason(hub, Somebody("thief", stolen)) == "BAD_TOKEN"
    # The same secret under the other prefix is another token.
    assert second.token is not None
    assert await reason(hub, Somebody("thief", second.token.replace(SIGN_IN, PERSONAL))) == "BAD_TOKEN"
    assert await reason(hub, Somebody("thief", new_token(SIGN_IN))) == "BAD_TOKEN"


# ---- tokens for programs -----------------------------------------------------------------------------------------


async def test_a_person_makes_a_token_that_may_do_what_it_was_made_for(hub: Talking, mailbox: Mailbox) -> None:
    ana = await signed_in(hub, mailbox)
    made = await hub.act(CREATE, TOKEN, by=ana)
    assert made["secret"].startswith("hub_pat_")
    assert made["token"]["scopes"] == TOKEN["scopes"]
    program = Somebody("Ana's map", made["secret"])
    with hub.at(NOON + HOUR):
        who = "{ viewer { signedIn scopes } }"
        assert (await hub.ask(who, by=program))["viewer"] == {"signedIn": True, "scopes": TOKEN["scopes"]}
        found = await mine(hub, ana)
    (kept,) = found["tokens"]["nodes"]
    assert kept == {**made["token"], "lastUsedAt": "2026-11-20T13:00:00.000000Z", "revokedAt": None}
    assert made["secret"] not in await hub.dump()


async def test_a_token_makes_no_tokens(hub: Talking, mailbox: Mailbox) -> None:
    ana = await signed_in(hub, mailbox)
    program = Somebody("Ana's", (await hub.act(CREATE, {**TOKEN, "scopes": sorted(OF_A_PERSON)}, by=ana))["secret"])
    await hub.forget()
    assert codes(await hub.refuse(CREATE, TOKEN, by=program)) == ["SIGN_IN_NEEDED"]
    assert codes(await hub.refuse(CREATE, TOKEN)) == ["UNAUTHENTICATED"]
    assert await hub.log() == []


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"scopes": ["everything"]}, ["UNKNOWN_SCOPE"]),
        ({"scopes": ["everything"], "name": " "}, ["UNKNOWN_SCOPE", "BAD_NAME"]),
        ({"scopes": ["bulk:read"]}, ["SCOPE_MISSING"]),
        ({"until": "2027-11-21T12:00:00Z"}, ["BAD_LIFETIME"]),
        ({"until": "2026-11-20T12:00:00Z"}, ["BAD_LIFETIME"]),
        ({"name": " ", "until": "2026-11-20T11:00:00Z"}, ["BAD_LIFETIME", "BAD_NAME"]),
        ({"name": "x" * 201}, ["BAD_NAME"]),
    ],
)
async def test_what_is_wrong_with_a_token_is_told_at_once(
    hub: Talking, mailbox: Mailbox, given: dict[str, Any], wrong: list[str]
) -> None:
    ana = await signed_in(hub, mailbox)
    assert codes(await hub.refuse(CREATE, {**TOKEN, **given}, by=ana)) == wrong
    assert await hub.rows("SELECT id FROM token") == []


async def test_a_token_is_revoked_by_its_owner(hub: Talking, mailbox: Mailbox) -> None:
    ana, luis = await signed_in(hub, mailbox), await signed_in(hub, mailbox, "luis@correo.example")
    made = await hub.act(CREATE, TOKEN, by=ana)
    await hub.forget()
    assert codes(await hub.refuse(REVOKE, {"id": made["token"]["id"]}, by=luis)) == ["NOT_FOUND"]
    assert codes(await hub.refuse(REVOKE, {"id": made["token"]["id"]})) == ["NOT_FOUND"]
    revoked = await hub.act(REVOKE, {"id": made["token"]["id"]}, by=ana)
    assert revoked["token"] == {"revokedAt": "2026-11-20T12:00:00.000000Z"}
    assert await reason(hub, Somebody("Ana's", made["secret"])) == "TOKEN_REVOKED"
    assert codes(await hub.refuse(REVOKE, {"id": made["token"]["id"]}, by=ana)) == ["ALREADY_REVOKED"]
    assert await hub.log() == ["TokenRevoked"]


async def test_whoever_finds_a_token_can_make_it_worthless(hub: Talking, mailbox: Mailbox) -> None:
    ana = await signed_in(hub, mailbox)
    made = await hub.act(CREATE, TOKEN, by=ana)
    assert (await hub.act(REVOKE, {"token": made["secret"]}))["token"] is None
    assert await reason(hub, Somebody("Ana's", made["secret"])) == "TOKEN_REVOKED"
    await hub.act(REVOKE, {"token": ana.token})
    assert await reason(hub, ana) == "SIGN_IN_OVER"
    assert codes(await hub.refuse(REVOKE, {"token": "x"})) == ["TOKEN_UNKNOWN"]
    assert codes(await hub.refuse(REVOKE, {})) == ["ONE_TOKEN"]


async def test_a_repeated_request_makes_one_token_and_does_not_tell_it_again(hub: Talking, mailbox: Mailbox) -> None:
    ana, key = await signed_in(hub, mailbox), {"idempotency-key": "the same"}
    first = await hub.act(CREATE, TOKEN, by=ana, headers=key)
    again = await hub.act(CREATE, TOKEN, by=ana, headers=key)
    assert again == {**first, "secret": None}
    assert len(await hub.rows("SELECT id FROM token")) == 1
    assert first["secret"] not in await hub.dump()
