"""One's own account in a real browser: in by a mail code, everything about oneself carried away, and erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.browser import Chromium, visiting
from tests.frontend.served import Place, a_place


@pytest.fixture
async def place(database_url: str, data: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with a_place(database_url, data, tmp_path) as opened:
        yield opened


async def test_in_by_the_code_of_a_letter_and_out_again(place: Place, chromium: Chromium) -> None:
    async with visiting(chromium, place.home) as visitor:
        await visitor.page.goto(f"{place.home}/sign-in")
        await visitor.accessible()
        await visitor.page.fill("#email", "ana@correo.example")
        await visitor.press("Enviar el código")
        await visitor.accessible()
        link = await place.link()
        assert (place.office.recipients, place.office.encrypted) == (["ana@correo.example"], [True])
        await visitor.page.fill("#code", "12345678")
        await visitor.press("Entrar", within="main")
        assert "no es" in await visitor.words()
        await visitor.accessible()
        await visitor.page.goto(link)
        await visitor.press("Entrar", within="main")
        assert visitor.page.url == f"{place.home}/"
        await visitor.page.goto(f"{place.home}/sign-in")
        assert "Ya entraste." in await visitor.words()
        await visitor.press("Salir")
        await visitor.page.goto(f"{place.home}/sign-in")
        assert "Ya entraste." not in await visitor.words()
    assert await place.hub.log() == [
        "SignInRequested",
        "SignInRefused",
        "AccountCreated",
        "SignedIn",
        "SignInEnded",
    ]
