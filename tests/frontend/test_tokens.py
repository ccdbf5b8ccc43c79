"""The pages of tokens in front of a real hub: what a token may do, that it is told once, and that it is revoked."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from hub.identity import authenticating
from tests.cast import a_citizen, here_in_person
from tests.frontend.answering import Outline, reading
from tests.frontend.test_signing_in import OWN
from tests.talking import Somebody, Talking

VIEWER = "{ viewer { scopes person { displayName } } }"


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


@asynccontextmanager
async def signed_in(hub: Talking, somebody: Somebody) -> AsyncIterator[httpx2.AsyncClient]:
    """The browser of somebody who is here in person."""
    here = await here_in_person(hub, somebody)
    async with reading(hub.hub.endpoint) as browser:
        browser.cookies.set("hub-session", str(here.token))
        await hub.forget()
        yield browser


async def sent(browser: httpx2.AsyncClient, page: str, action: str, **given: Any) -> httpx2.Response:
    """Fill in the form of a page that is sent there, with what is hidden in it, and send it."""
    html = (await browser.get(page)).text
    (form,) = re.findall(rf'<form[^>]*action="{re.escape(action)}"[^>]*>.*?</form>', html, flags=re.DOTALL)
    hidden = {str(i["name"]): str(i["value"]) for i in Outline(form).all("input") if i.get("type") == "hidden"}
    return await browser.post(action, data={**hidden, **given}, headers=OWN)


def told(html: str) -> list[str]:
    """Return the tokens that a page shows."""
    return re.findall(r"<code>(hub\w*_\w+)</code>", html)


async def test_a_token_may_do_what_was_ticked_and_is_told_once(hub: Talking) -> None:
    ana = await a_citizen(hub)
    async with signed_in(hub, ana) as browser:
        given = {"name": "Tablero", "scopes": ["public:read", "me:read"], "days": "30"}
        made = await sent(browser, "/cuenta/tokens", "/cuenta/tokens/nuevo", **given)
        (token,) = told(made.text)
        assert (made.status_code, made.headers["cache-control"]) == (200, "no-store")
        listed = (await browser.get("/cuenta/tokens")).text
        assert token not in listed
        words = Outline(listed).words()
        assert "Tablero Puede: Ver lo tuyo me:read; Leer lo que es público public:read" in words
        assert "Nunca se ha usado." in words
    assert await hub.log() == ["TokenCreated"]
    answered = await hub.ask(VIEWER, by=Somebody("her program", token))
    assert answered["viewer"] == {"scopes": ["me:read", "public:read"], "person": {"displayName": "Ana Robles"}}


async def test_the_form_sent_again_makes_no_second_token(hub: Talking) -> None:
    ana = await a_citizen(hub)
    async with signed_in(hub, ana) as browser:
        form = Outline((await browser.get("/cuenta/tokens")).text)
        hidden = {str(i["name"]): str(i["value"]) for i in form.all("input") if i.get("type") == "hidden"}
        given = {**hidden, "name": "Uno", "scopes": "public:read", "days": "7"}
        first, again = [await browser.post("/cuenta/tokens/nuevo", data=given, headers=OWN) for _ in range(2)]
    assert (len(told(first.text)), told(again.text), again.status_code) == (1, [], 200)
    assert "Este token ya se mostró" in Outline(again.text).words()
    assert await hub.log() == ["TokenCreated"]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"name": "", "scopes": "public:read", "days": "7"}, ["name"]),
        ({"name": "x", "days": "7"}, ["scopes"]),
        ({"name": "x", "scopes": "public:read", "days": "366"}, ["days"]),
        ({"name": "x", "scopes": "no:such", "days": "7"}, ["scopes"]),
        ({"name": " ", "days": "x"}, ["name", "scopes", "days"]),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    hub: Talking, given: dict[str, str], fields: list[str]
) -> None:
    ana = await a_citizen(hub)
    async with signed_in(hub, ana) as browser:
        response = await sent(browser, "/cuenta/tokens", "/cuenta/tokens/nuevo", **given)
    page = Outline(response.text)
    links = [str(a["href"]) for a in page.all("a") if str(a["href"]).startswith("#") and a["href"] != "#content"]
    assert (response.status_code, links) == (422, [f"#{field}" for field in fields])
    assert {"id": "name", "value": given["name"]}.items() <= next(
        i.items() for i in page.all("input") if i.get("id") == "name"
    )
    assert await hub.log() == []


async def test_more_than_one_may_oneself_is_given_to_no_token(hub: Talking) -> None:
    ana = await a_citizen(hub)
    async with signed_in(hub, ana) as browser:
        assert "bulk:read" not in (await browser.get("/cuenta/tokens")).text
        given = {"name": "x", "scopes": ["bulk:read"], "days": "7"}
        response = await sent(browser, "/cuenta/tokens", "/cuenta/tokens/nuevo", **given)
    assert (response.status_code, await hub.log()) == (422, [])


async def test_revoking_asks_first_and_then_does_it(hub: Talking) -> None:
    ana, beto = await a_citizen(hub), await a_citizen(hub, "Beto Paz")
    async with signed_in(hub, beto) as browser:
        page = Outline((await browser.get("/cuenta/tokens")).text)
        (link,) = {str(a["href"]) for a in page.all("a") if "/revocar?" in str(a["href"])}
        assert (await browser.get(link)).status_code == 200
        assert await hub.log() == []
        async with reading(hub.hub.endpoint) as elsewhere:
            elsewhere.cookies.set("hub-session", str(ana.token))
            assert (await elsewhere.get(link)).status_code == 404, "Somebody else's token is none."
        response = await sent(browser, link, "/cuenta/tokens/revocar")
        assert response.headers["location"] == "/cuenta/tokens?done=revoke"
        assert "El token quedó revocado." in Outline((await browser.get("/cuenta/tokens?done=revoke")).text).words()
    assert await hub.log() == ["TokenRevoked"]
    assert (await hub.post(VIEWER, by=beto)).status_code == 401
