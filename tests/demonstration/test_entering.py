"""The demonstration is entered in a browser by one button, by whoever is on its machine; nothing else is ever so."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx2
import pytest

from hub.app import create_app, opened
from hub.database.address import plain
from hub.demonstration.entering import DOORS
from hub.demonstration.loading import load
from hub.files.store import Store
from hub.importing.summary import Unwatched
from hub.settings import Settings
from tests.conftest import fresh_database
from tests.frontend.answering import Outline

CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(b"secret").digest()).decode().rstrip("=")


@pytest.fixture(scope="module")
async def played(template: str, data: Path) -> AsyncIterator[str]:
    """The address of a database that the demonstration was loaded into, once for all that only come in."""
    async with fresh_database(template) as url:
        async with opened(Settings(data=data, database_url=None, keys=None), url) as hub:
            await load(hub.changes, Store(data), progress=Unwatched())
        yield url


async def count(url: str, table: str) -> int:
    """Return how many rows there are."""
    connection = await asyncpg.connect(plain(url))
    try:
        found: int = await connection.fetchval(f"SELECT count(*) FROM {table}")
    finally:
        await connection.close()
    return found


@asynccontextmanager
async def a_browser(
    url: str, data: Path, *, doors: bool, home: str = "http://127.0.0.1:8000"
) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser in front of a hub on this database, with the doors of the demonstration or without."""
    settings = Settings(data=data, database_url=None, keys=None)
    app = create_app(settings, url, providers=DOORS if doors else ())
    transport = httpx2.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url=home, follow_redirects=True) as browser,
    ):
        yield browser


def buttons(page: httpx2.Response) -> dict[str, str]:
    """Return the links of a sign-in page that lead to somebody who says who one is."""
    found = [str(link["href"]) for link in Outline(page.text).all("a")]
    return {href.partition("?")[0]: href for href in found if href.startswith("/auth/")}


async def test_one_button_is_the_whole_way_in(played: str, data: Path) -> None:
    for name in ("127.0.0.1", "localhost"):
        async with a_browser(played, data, doors=True, home=f"http://{name}:8000") as browser:
            links = buttons(await browser.get("/entrar"))
            assert sorted(links) == ["/auth/citizen", "/auth/coordinator"]
            await browser.get(links["/auth/citizen"])
            assert 'value="Ximena Robles Ayala"' in (await browser.get("/cuenta")).text
    async with a_browser(played, data, doors=True) as browser:
        links = buttons(await browser.get("/entrar"))
        await browser.get(links["/auth/coordinator"])
        account = Outline((await browser.get("/cuenta")).text)
        assert "Coordinación, Comisión" in account.words()
        form = next(str(i["value"]) for i in account.all("input") if i["name"] == "form")
        left = await browser.post("/salir", data={"form": form}, headers={"sec-fetch-site": "same-origin"})
        assert "todavía te tiene dentro" not in left.text, "There is nothing to leave but this."
        assert sorted(buttons(left)) == ["/auth/citizen", "/auth/coordinator"]
    assert await count(played, "linked_identity") == 2, "Nobody else was made by it."


@pytest.mark.parametrize("home", ["http://demo.example", "http://neighbour.test:8000", "http://127.0.0.1.evil.example"])
async def test_by_another_name_than_this_machine_s_nobody_gets_in(played: str, data: Path, home: str) -> None:
    before = await count(played, "sign_in")
    async with a_browser(played, data, doors=True, home=home) as browser:
        page = await browser.get(buttons(await browser.get("/entrar"))["/auth/coordinator"])
        assert "no entraste" in Outline(page.text).words()
        await browser.get("/auth/coordinator/callback")
    assert await count(played, "sign_in") == before


async def test_a_hub_that_serves_has_no_such_door_even_on_the_same_database(played: str, data: Path) -> None:
    before = await count(played, "sign_in")
    async with a_browser(played, data, doors=False) as browser:
        assert buttons(await browser.get("/entrar")) == {}
        page = await browser.get("/auth/citizen", params={"challenge": CHALLENGE})
        assert page.url.path == "/entrar"
        assert (await browser.get("/auth/citizen/callback")).url.path == "/entrar"
    assert await count(played, "sign_in") == before
