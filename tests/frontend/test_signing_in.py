"""The pages of signing in, in front of a real hub: what a link does, and what no other site can do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from tests.frontend.answering import Outline, reading
from tests.identity.test_signing_in import NOON, Mailbox
from tests.talking import Talking

OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
async def mailbox(hub: Talking, tmp_path: Path) -> AsyncIterator[Mailbox]:
    with hub.at(NOON):
        yield Mailbox(hub, tmp_path / "letters")


@pytest.fixture
async def browser(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


async def form(browser: httpx2.AsyncClient, path: str = "/entrar") -> str:
    """Return what shows that a form is ours, as the page gives it."""
    page = Outline((await browser.get(path)).text)
    return next(str(found["value"]) for found in page.all("input") if found["name"] == "form")


async def asked(browser: httpx2.AsyncClient, mailbox: Mailbox) -> str:
    """Ask for a code, and return it."""
    given = {"form": await form(browser), "email": "ana@correo.example"}
    response = await browser.post("/entrar", data=given, headers=OWN)
    assert (response.status_code, response.headers["location"]) == (303, "/entrar")
    return await mailbox.code()


async def test_the_link_of_the_letter_shows_a_button_and_the_button_signs_in(
    hub: Talking, browser: httpx2.AsyncClient, mailbox: Mailbox
) -> None:
    code = await asked(browser, mailbox)
    await hub.forget()
    for _ in range(3):
        page = Outline((await browser.get(f"/entrar?code={code}")).text)
        assert code in [found.get("value") for found in page.all("input")]
    assert await hub.log() == []
    given = {"form": await form(browser), "code": code}
    response = await browser.post("/entrar/code", data=given, headers=OWN)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "Ya entraste." in Outline((await browser.get("/entrar")).text).words()
    response = await browser.post("/salir", data={"form": await form(browser)}, headers=OWN)
    assert response.status_code == 303
    assert "Ya entraste." not in Outline((await browser.get("/entrar")).text).words()
    assert await hub.log() == ["AccountCreated", "SignedIn", "SignInEnded"]


async def test_who_is_signed_out_elsewhere_leaves_here_too(
    hub: Talking, browser: httpx2.AsyncClient, mailbox: Mailbox
) -> None:
    given = {"code": await asked(browser, mailbox), "form": await form(browser)}
    await browser.post("/entrar/code", data=given, headers=OWN)
    ours = await form(browser)
    await hub.run("UPDATE sign_in SET ended_at = signed_in_at")
    hub.hub.authenticator._known.clear()
    response = await browser.post("/salir", data={"form": ours}, headers=OWN)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "session" not in str(browser.cookies)


async def test_who_reads_pages_is_counted_where_they_are_and_not_as_the_pages(hub: Talking, mailbox: Mailbox) -> None:
    """One network asks for twenty codes in an hour, over the pages too; its neighbour is not concerned."""

    async def status(there: httpx2.AsyncClient, number: int) -> int:
        given = {"form": await form(there), "email": f"person{number}@correo.example"}
        return (await there.post("/entrar", data=given, headers=OWN)).status_code

    async with reading(hub.hub.endpoint, address="203.0.113.7") as there:
        found = []
        for number in range(21):
            found.append(await status(there, number))
            there.cookies.clear()
        assert found == [303] * 20 + [422]
    async with reading(hub.hub.endpoint, address="203.0.113.8") as elsewhere:
        assert await status(elsewhere, 21) == 303


async def test_in_another_browser_the_link_shows_the_code_and_signs_nobody_in(
    hub: Talking, browser: httpx2.AsyncClient, mailbox: Mailbox
) -> None:
    code = await asked(browser, mailbox)
    async with reading(hub.hub.endpoint) as other:
        page = Outline((await other.get(f"/entrar?code={code}")).text)
        assert (code in page.words(), page.all("form")) == (True, [])
        given = {"form": await form(other), "code": code}
        refused = await other.post("/entrar/code", data=given, headers=OWN)
        assert refused.status_code == 422
        assert "session" not in str(other.cookies)
    assert await hub.rows("SELECT id FROM sign_in") == []


async def test_what_is_wrong_is_said_on_the_page(browser: httpx2.AsyncClient, mailbox: Mailbox) -> None:
    given = {"form": await form(browser), "email": '"><script>'}
    response = await browser.post("/entrar", data=given, headers=OWN)
    page = Outline(response.text)
    assert (response.status_code, [found.get("type") for found in page.all("script")]) == (422, ["module"])
    assert "Esto no es una dirección de correo" in page.words()
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "changed"),
    [
        ({"sec-fetch-site": "cross-site"}, None),
        ({"sec-fetch-site": "same-site"}, None),
        ({"sec-fetch-site": "none"}, None),
        ({"origin": "https://elsewhere.example"}, None),
        ({"origin": "null"}, None),
        ({}, None),
        (OWN, ""),
        (OWN, "0" * 64),
        (OWN, "é"),
    ],
)
async def test_another_site_s_form_is_refused_and_nothing_happens(
    hub: Talking, browser: httpx2.AsyncClient, mailbox: Mailbox, headers: dict[str, str], changed: str | None
) -> None:
    ours = await form(browser)
    given = {"form": ours if changed is None else changed, "email": "ana@correo.example"}
    for path in ("/entrar", "/entrar/code", "/entrar/again", "/salir"):
        assert (await browser.post(path, data=given, headers=headers)).status_code == 403
    assert await hub.log() == []


async def test_cookies_are_out_of_reach_and_bound_to_the_host(hub: Talking) -> None:
    async with reading(hub.hub.endpoint) as browser:
        browser.base_url = "https://hub.example"  # type: ignore[assignment]
        cookie = (await browser.get("/entrar")).headers["set-cookie"]
    assert cookie.startswith("__Host-browser=")
    assert {part.strip().lower() for part in cookie.split(";")[1:]} >= {"httponly", "secure", "path=/", "samesite=lax"}


async def test_too_large_a_form_is_refused(browser: httpx2.AsyncClient) -> None:
    assert (await browser.post("/entrar", content=b"x" * 70_000, headers=OWN)).status_code == 413
