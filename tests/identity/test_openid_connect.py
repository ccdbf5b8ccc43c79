"""Signing in by a provider that the hub did not write (npm `oidc-provider`), from the page to the session's end."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from hub.identity import authenticating
from tests import node
from tests.browser import Chromium, visiting
from tests.conftest import fresh_database
from tests.identity.browsing import Browser, a_browser, a_hub_with
from tests.journeys.installation import free_port
from tests.talking import Talking

SOURCES = Path(__file__).parent / "npm"
PROVIDERS = """
[ejemplo]
kind = "oidc"
issuer = "http://127.0.0.1:{port}"
client_id = "hub"
client_secret = "a-secret-of-the-tests"
trust = "social"
trusts_email = true
allow_loopback = true
names = {{ es = "Ejemplo", en = "Example" }}
"""
KEPT = "SELECT (SELECT count(*) FROM account) AS accounts, (SELECT count(*) FROM sign_in) AS sign_ins"


@dataclass
class World:
    """A hub with a provider."""

    hub: Talking
    home: str
    issuer: str


@pytest.fixture(scope="module")
async def world(template: str, data: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A hub and the provider, both listening on this machine."""
    folder = tmp_path_factory.mktemp("oidc") / "npm"
    shutil.copytree(SOURCES, folder)
    try:
        program = node.found()
        node.install(program, folder)
    except node.Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(f"{missing}.")
        pytest.skip(f"{missing}.")
    port = free_port()
    providers = PROVIDERS.format(port=port)
    async with fresh_database(template) as url, a_hub_with(providers, url, data, folder) as (hub, home):
        command = [program.node, folder / "provider.mjs", str(port), home]
        piped = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.DEVNULL}
        process = await asyncio.create_subprocess_exec(*command, **piped)
        try:
            assert process.stdout is not None
            assert await process.stdout.readline() == b"ready\n"
            yield World(hub, home, f"http://127.0.0.1:{port}")
        finally:
            process.kill()
            await process.wait()


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


async def to_the_provider(browser: Browser) -> None:
    await browser.open(f"{browser.home}/entrar")
    await browser.open(browser.link("/auth/ejemplo?challenge="))


async def through(browser: Browser, name: str) -> None:
    """Sign in at the provider by this name, and agree to what it asks."""
    await browser.send(browser.action("/interaction/"), login=name, password="x")
    await browser.send(browser.action("/interaction/"))


async def test_from_the_button_to_the_end_of_the_session_there(world: World) -> None:
    await world.hub.forget()
    async with a_browser(world.home) as browser:
        page = await browser.open("/entrar?return_to=/api")
        assert "Entrar con Ejemplo" in page.words()
        await browser.open(browser.link("/auth/ejemplo?challenge="))
        asked = parse_qs(urlsplit(browser.visited[-2]).query)
        assert (asked["code_challenge_method"], asked["response_type"]) == (["S256"], ["code"])
        assert asked["redirect_uri"] == [f"{world.home}/auth/ejemplo/callback"]
        await through(browser, "ana")
        assert browser.address == f"{world.home}/api"
        assert "Ya entraste." in (await browser.open("/entrar")).words()
        assert await world.hub.log() == ["SignInProven", "AccountCreated", "IdentityLinked", "SignedIn"]
        (kept,) = await world.hub.rows("SELECT method, assurance, provider, session_digest FROM sign_in")
        assert (kept["method"], kept["assurance"], kept["provider"]) == ("provider", "social", "ejemplo")
        assert kept["session_digest"] is not None
        # Whoever leaves there is led out here, without this browser doing anything here.
        await browser.open(f"{world.home}/auth/ejemplo/sign-out")
        assert browser.address.startswith(world.issuer)
        await browser.send(browser.action("/session/end/confirm"), logout="yes")
        assert browser.address.startswith(f"{world.home}/?state=")
        assert "Ya entraste." not in (await browser.open("/entrar")).words()
    assert (await world.hub.log())[-1] == "SignInEnded"


async def test_a_real_browser_goes_there_and_comes_back_signed_in(world: World, chromium: Chromium) -> None:
    await world.hub.forget()
    async with visiting(chromium, world.home) as visitor:
        await visitor.page.goto(f"{world.home}/entrar?return_to=/api")
        await visitor.press("Entrar con Ejemplo")
        assert visitor.page.url.startswith(f"{world.issuer}/interaction/")
        await visitor.page.fill("[name=login]", "rosa")
        await visitor.page.fill("[name=password]", "x")
        await visitor.press("Sign-in")
        await visitor.press("Continue")
        assert visitor.page.url == f"{world.home}/api"
        await visitor.page.goto(f"{world.home}/entrar")
        assert "Ya entraste." in await visitor.words()
        assert await world.hub.log() == ["SignInProven", "AccountCreated", "IdentityLinked", "SignedIn"]
        cookies = {cookie["name"]: cookie for cookie in await visitor.page.context.cookies(world.home)}
        session = cookies["hub-session"]
        assert (session["httpOnly"], session["sameSite"], session["path"]) == (True, "Lax", "/")
        await visitor.press("Salir")
        assert "Ejemplo todavía te tiene dentro" in await visitor.words()
        await visitor.press("Salir también de Ejemplo")
        await visitor.press("Yes, sign me out")
        assert visitor.page.url.startswith(f"{world.home}/?state=")
        assert "hub-session" not in {cookie["name"] for cookie in await visitor.page.context.cookies(world.home)}
    assert (await world.hub.log())[-1] == "SignInEnded"


async def test_whoever_is_signed_in_links_another_way_in_and_takes_it_away(world: World, chromium: Chromium) -> None:
    """Another site cannot begin that, and no account changes hands."""
    async with visiting(chromium, world.home) as visitor:
        await visitor.page.goto(f"{world.home}/entrar")
        await visitor.press("Entrar con Ejemplo")
        await visitor.page.fill("[name=login]", "unverified-sol")
        await visitor.page.fill("[name=password]", "x")
        await visitor.press("Sign-in")
        await visitor.press("Continue")
        await visitor.page.goto(f"{world.home}/cuenta")
        await visitor.accessible()
        before = (await world.hub.rows(KEPT))[0]
        await world.hub.forget()
        await visitor.page.get_by_role("button", name="Quitar").click()
        await visitor.page.locator(".summary").wait_for()
        assert await world.hub.log() == [], "It is the only way in."
        # The same one again is told so; had it been somebody else's, it would be too.
        await visitor.page.goto(f"{world.home}/cuenta")
        assert (await visitor.page.request.get(f"{world.home}/cuenta/enlazar/ejemplo")).status == 403
        (identity,) = await world.hub.rows("SELECT id FROM linked_identity ORDER BY linked_at DESC LIMIT 1")
        await world.hub.run("DELETE FROM linked_identity WHERE id = :id", id=identity["id"])
        await visitor.page.reload()
        await visitor.page.get_by_role("link", name="Enlazar").click()
        await visitor.page.get_by_text("Ese servicio ya abre tu cuenta.").wait_for()
        assert (await world.hub.rows(KEPT))[0] == before
        assert await world.hub.log() == ["SignInProven", "IdentityLinked"]


async def test_who_leaves_here_is_told_that_they_are_still_there(world: World) -> None:
    async with a_browser(world.home) as browser:
        await to_the_provider(browser)
        await through(browser, "luis")
        await browser.open("/entrar")
        page = await browser.send("/salir")
        assert "Ejemplo todavía te tiene dentro" in page.words()
        await browser.open(browser.link("/sign-out"))
        assert browser.address.startswith(f"{world.issuer}/session/end")


async def test_the_same_subject_is_the_same_person_and_a_code_is_good_once_in_its_browser(world: World) -> None:
    before = (await world.hub.rows(KEPT))[0]
    for _ in range(2):
        async with a_browser(world.home) as browser:
            await to_the_provider(browser)
            await through(browser, "eva")
            used = next(address for address in browser.visited if "/entrar/regreso?" in address)
            async with a_browser(world.home) as other:
                await other.open("/entrar")
                page = await other.open(used)
                assert "Este navegador no pidió entrar así" in page.words()
            again = await browser.open(used)
            assert "Este paso ya se usó" in again.words()
    after = (await world.hub.rows(KEPT))[0]
    assert (after["accounts"] - before["accounts"], after["sign_ins"] - before["sign_ins"]) == (1, 2)


async def test_a_second_tab_makes_the_first_start_again_in_words(world: World) -> None:
    async with a_browser(world.home) as browser:
        await to_the_provider(browser)
        first = browser.address, browser.page
        await to_the_provider(browser)
        browser.address, browser.page = first
        await through(browser, "tab")
        assert "Empezaste a entrar en otra pestaña" in browser.page.words()
        assert urlsplit(browser.address).path == "/entrar"


async def test_denying_it_there_gives_a_page_with_a_way_on(world: World) -> None:
    async with a_browser(world.home) as browser:
        await to_the_provider(browser)
        page = await browser.open(browser.link("/abort"))
        assert "No se dio permiso allá" in page.words()
        assert [form["action"] for form in page.all("form")] == ["/entrar"]


@pytest.mark.parametrize("onward", ["//evil.example", "/\\evil.example", "https://evil.example", "/%0d%0aX: y"])
async def test_nobody_is_led_elsewhere(world: World, onward: str) -> None:
    async with a_browser(world.home) as browser:
        await browser.open(f"/entrar?return_to={onward}")
        await browser.open(browser.link("/auth/ejemplo?challenge="))
        await through(browser, "fer")
        assert browser.address.startswith(world.home) or "%0d" in onward
        assert "evil" not in browser.address


def test_the_lock_names_no_address() -> None:
    """What is installed is known by its hash; from where, whoever installs decides."""
    assert "://" not in (SOURCES / "package-lock.json").read_text(encoding="utf-8")
