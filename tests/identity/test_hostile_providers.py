"""What providers say that is not true is not believed (T16), nothing is written, and nothing of it is in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from structlog.testing import capture_logs

from hub.identity import authenticating
from hub.people.models import AccountState
from tests.cast import a_verified_citizen
from tests.conftest import fresh_database
from tests.identity.browsing import Browser, a_browser, a_hub_with, served
from tests.identity.hostile_provider import EVENT, Hostile
from tests.journeys.installation import free_port
from tests.talking import Talking

OIDC = """
[{key}]
kind = "oidc"
issuer = "{issuer}/{key}"
client_id = "hub"
client_secret = "a-secret-of-the-tests"
trust = "social"
trusts_email = {trusts}
allow_loopback = true
acr_values = {acr}
names = {{ es = "Malo", en = "Bad" }}
"""
LLAVE = """
[llave]
kind = "oauth2_json"
issuer = "{issuer}"
client_id = "hub"
client_secret = "a-secret-of-the-tests"
trust = "verified_person"
authorize_url = "{issuer}/llave/oauth.xhtml"
token_url = "{issuer}/llave/obtenerToken"
user_url = "{issuer}/llave/datosUsuario"
allow_loopback = true
names = {{ es = "Llave", en = "Llave" }}
"""
CURP = "BEML920313HCMLNS09"
COUNTS = """SELECT (SELECT count(*) FROM account) AS accounts, (SELECT count(*) FROM sign_in) AS sign_ins,
  (SELECT count(*) FROM proven_sign_in) AS proven, (SELECT count(*) FROM linked_identity) AS linked"""
NO_ONE = "no se pudo comprobar"


@dataclass
class World:
    """A hub with four providers, all of them one liar."""

    hub: Talking
    home: str
    liar: Hostile


@pytest.fixture(scope="module")
async def _world(template: str, data: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    liar = Hostile(issuer)
    several = (("malo", "true", "[]"), ("otro", "false", "[]"), ("fuerte", "false", '["alto", "medio"]'))
    said = [OIDC.format(key=key, issuer=issuer, trusts=trusts, acr=acr) for key, trusts, acr in several]
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(served(liar.app, port))
        url = await stack.enter_async_context(fresh_database(template))
        providers = "".join(said) + LLAVE.format(issuer=issuer)
        made = a_hub_with(providers, url, data, tmp_path_factory.mktemp("hostile"))
        hub, home = await stack.enter_async_context(made)
        yield World(hub, home, liar)


@pytest.fixture
async def world(_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same, telling the truth again and with nothing read of it."""
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)
    _world.liar.truthful()
    for provider in _world.hub.hub.providers.by_key.values():
        provider._app = None  # type: ignore[attr-defined]
    await _world.hub.forget()
    return _world


async def tried(browser: Browser, key: str = "malo") -> str:
    """Try to sign in, and return the words of the page that it ends on."""
    await browser.open(f"{browser.home}/entrar")
    return (await browser.open(browser.link(f"/auth/{key}?challenge="))).words()


LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "another audience": {"claims": {"aud": "another-client"}},
    "another audience, authorised for us": {"claims": {"aud": "another-client", "azp": "hub"}},
    "no audience": {"claims": {"aud": None}},
    "no signature": {"signed": "none"},
    "the public key as a secret": {"signed": "HS256"},
    "a nonce of before": {"claims": {"nonce": "a-nonce-of-before"}},
    "an expired token": {"claims": {"exp": int(time.time()) - 100, "iat": int(time.time()) - 200}},
    "another subject in the userinfo": {"info": {"sub": "somebody-else"}},
    "no subject": {"claims": {"sub": ""}, "info": {"sub": ""}},
    "an answer of another issuer": {"answer": {"iss": "https://elsewhere.example"}},
    "no issuer though it is promised": {"metadata": {"authorization_response_iss_parameter_supported": True}},
    "metadata of another issuer": {"metadata": {"issuer": "https://elsewhere.example"}},
    "an endpoint elsewhere": {"metadata": {"token_endpoint": "https://elsewhere.example/token"}},
    "an endpoint that is not encrypted": {"metadata": {"token_endpoint": "http://elsewhere.example/token"}},
    "only symmetric signatures": {"metadata": {"id_token_signing_alg_values_supported": ["HS256", "none"]}},
}


async def test_the_truth_is_believed(world: World) -> None:
    async with a_browser(world.home) as browser:
        await tried(browser)
        assert browser.address == f"{world.home}/"
    assert (await world.hub.log())[0] == "SignInProven"


def test_the_library_that_writes_tokens_into_its_log_is_kept_from_it(world: World) -> None:
    """Whatever a program around the hub asks of all its libraries."""
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        assert not logging.getLogger("authlib.integrations.base_client").isEnabledFor(logging.DEBUG)
    finally:
        logging.getLogger().setLevel(logging.WARNING)


async def test_no_lie_is_believed_and_nothing_is_written(world: World) -> None:
    before = await world.hub.rows(COUNTS)
    for name, lie in LIES.items():
        world.liar.truthful()
        for part, said in lie.items():
            setattr(world.liar, part, said)
        for provider in world.hub.hub.providers.by_key.values():
            provider._app = None  # type: ignore[attr-defined]
        with capture_logs() as logged:
            async with a_browser(world.home) as browser:
                assert NO_ONE in await tried(browser), name
                assert urlsplit(browser.address).path == "/entrar", name
                assert "session" not in str(browser.client.cookies), name
        for secret in (*world.liar.tokens, "an-access-token", "a-code", "elsewhere.example", "mala"):
            assert secret not in str(logged), name
        assert "not_proven" in str(logged), name
    assert (await world.hub.rows(COUNTS), await world.hub.log()) == (before, [])


async def test_how_somebody_authenticates_is_asked_for_and_has_to_come_back(world: World) -> None:
    for acr, is_enough in (("alto", True), ("medio", True), ("bajo", False), (None, False)):
        world.liar.claims = {"acr": acr}
        async with a_browser(world.home) as browser:
            assert (NO_ONE not in await tried(browser, "fuerte")) is is_enough, acr
        assert world.liar.led["acr_values"] == "alto medio"
    async with a_browser(world.home) as browser:
        await tried(browser, "malo")
    assert "acr_values" not in world.liar.led


async def test_an_answer_for_one_provider_is_worth_nothing_at_another(world: World) -> None:
    async with a_browser(world.home) as browser:
        await browser.open("/entrar")
        begun = await browser.client.get(f"{world.home}{browser.link('/auth/malo?challenge=')}")
        answer = await browser.client.get(begun.headers["location"])
        page = await browser.open(answer.headers["location"].replace("/auth/malo/", "/auth/otro/"))
        assert "Empezaste a entrar en otra pestaña" in page.words()
    assert await world.hub.log() == []


async def test_a_provider_that_does_not_answer_gives_a_page_with_a_way_on(world: World) -> None:
    world.liar.answer = {"error": "temporarily_unavailable"}
    async with a_browser(world.home) as browser:
        assert "Ese servicio no contesta ahora" in await tried(browser)


# ---- linking (T18) -----------------------------------------------------------------------------------------------


async def test_an_address_links_only_where_it_is_verified_and_the_provider_is_trusted(world: World) -> None:
    liar, found = world.liar, []
    for key, subject, verified in (
        ("malo", "trusted-first", True),
        ("malo", "trusted-second", True),
        ("malo", "unverified", False),
        ("malo", "a-word", "true"),
        ("otro", "not-trusted", True),
    ):
        liar.claims = {"sub": subject}
        liar.info = {"email": "Ana@correo.example", "email_verified": verified}
        async with a_browser(world.home) as browser:
            await tried(browser, key)
        (row,) = await world.hub.rows("SELECT account_id FROM linked_identity ORDER BY id DESC LIMIT 1")
        found.append(row["account_id"])
    assert found[0] == found[1]
    assert len(set(found[1:])) == 4
    assert len(await world.hub.rows("SELECT 1 FROM mail_address")) == 1


# ---- one account for each person ---------------------------------------------------------------------------------


async def test_a_person_who_was_verified_is_reached_by_their_curp_which_is_nowhere(world: World) -> None:
    ana = await a_verified_citizen(world.hub, curp=CURP)
    await world.hub.forget()
    with capture_logs() as logged:
        for subject in ("1001", "1002"):
            world.liar.person = {"id": subject, "curp": CURP.lower(), "correo": "ana@correo.example"}
            async with a_browser(world.home) as browser:
                await tried(browser, "llave")
                assert browser.address == f"{world.home}/"
    rows = await world.hub.rows("SELECT account_id, assurance FROM sign_in WHERE provider = 'llave'")
    assert [(row["account_id"], row["assurance"]) for row in rows] == [(ana.account_id, "verified_person")] * 2
    assert "AccountCreated" not in await world.hub.log()
    asked, basic = world.liar.asked[0]
    assert (asked["grantType"], asked["clientId"], basic.startswith("Basic ")) == ("authorization_code", "hub", True)
    for place in (await world.hub.dump(), str(logged)):
        for word in (CURP, CURP.lower(), CURP.encode().hex(), "1001", "ana@correo.example"):
            assert word not in place


async def test_what_is_no_curp_is_not_believed(world: World) -> None:
    world.liar.person = {"id": "1003", "curp": "BEML920313HCMLNS08"}
    async with a_browser(world.home) as browser:
        assert NO_ONE in await tried(browser, "llave")
    assert await world.hub.log() == []


async def test_a_suspended_account_stays_suspended(world: World) -> None:
    world.liar.claims = {"sub": "suspended"}
    async with a_browser(world.home) as browser:
        await tried(browser)
    found = "SELECT account_id FROM linked_identity ORDER BY id DESC LIMIT 1"
    await world.hub.run(f"UPDATE account SET state = '{AccountState.SUSPENDED}' WHERE id = ({found})")
    async with a_browser(world.home) as browser:
        assert "suspendida o cerrada" in await tried(browser)


# ---- back-channel logout -------------------------------------------------------------------------------------------


async def test_only_a_true_logout_token_ends_sign_ins_and_only_once(world: World) -> None:
    world.liar.claims = {"sub": "leaving", "sid": "session-9"}
    async with a_browser(world.home) as browser:
        await tried(browser)
        now, address = int(time.time()), f"{world.home}/auth/malo/back-channel-logout"
        good = {"iss": f"{world.liar.issuer}/malo", "aud": "hub", "iat": now, "jti": "j1", "sid": "session-9"}
        good["events"] = {EVENT: {}}
        wrong: list[dict[str, Any]] = [
            {**good, "iss": "https://elsewhere.example"},
            {**good, "aud": "another"},
            {**good, "iat": now - 1_000},
            {**good, "jti": ""},
            {**good, "events": {}},
            {**good, "nonce": "n"},
            {name: said for name, said in good.items() if name != "sid"},
        ]
        await world.hub.forget()

        async def told(token: str) -> int:
            response = await browser.client.post(address, data={"logout_token": token})
            assert response.headers["cache-control"] == "no-store"
            return response.status_code

        assert [await told(world.liar.sign(claims)) for claims in wrong] == [400] * len(wrong)
        for signed in ("none", "HS256"):
            world.liar.signed = signed
            assert await told(world.liar.sign(good)) == 400
        world.liar.signed = "RS256"
        assert "Ya entraste." in (await browser.open(f"{world.home}/entrar")).words()
        assert await world.hub.log() == []
        token = world.liar.sign(good)
        assert [await told(token), await told(token)] == [200, 400]
        assert await world.hub.log() == ["SignInEnded"]
        assert "Ya entraste." not in (await browser.open(f"{world.home}/entrar")).words()


async def test_unknown_keys_are_looked_for_once_a_minute_and_a_network_sends_a_bounded_number(world: World) -> None:
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    other = RSAKey.generate_key(2048, {"kid": "unknown"}, private=True)
    token = jwt.encode({"alg": "RS256", "kid": "unknown"}, {"iss": "x"}, other)
    address = f"{world.home}/auth/otro/back-channel-logout"
    async with httpx2.AsyncClient(trust_env=False) as client:
        before = world.liar.fetched
        answers = [(await client.post(address, data={"logout_token": token})).status_code for _ in range(90)]
    assert world.liar.fetched - before == 2
    assert set(answers) == {400, 429}


# ---- answers without an end ----------------------------------------------------------------------------------------


async def test_no_answer_is_read_without_an_end(world: World) -> None:
    """A million bytes are read of anything: an answer that begins with more blanks is not believed, however true."""
    world.liar.person = {"id": "1004", "curp": CURP}
    for key, path in (
        ("malo", "/openid-configuration"),
        ("malo", "/jwks"),
        ("malo", "/token"),
        ("malo", "/userinfo"),
        ("llave", "/obtenerToken"),
        ("llave", "/datosUsuario"),
    ):
        for blanks, is_read in ((990_000, True), (1_000_000, False)):
            world.liar.blanks = path, blanks
            world.hub.hub.providers.by_key["malo"]._app = None  # type: ignore[attr-defined]
            with capture_logs() as logged:
                async with a_browser(world.home) as browser:
                    assert (NO_ONE not in await tried(browser, key)) is is_read, (key, path, blanks)
                    assert (browser.address == f"{world.home}/") is is_read, (key, path, blanks)
            assert ("an endless answer" not in str(logged)) is is_read, (key, path, blanks)
