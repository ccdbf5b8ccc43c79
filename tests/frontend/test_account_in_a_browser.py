"""One's own account in a real browser: in by a mail code, everything about oneself carried away, and erased."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.identity import authenticating
from hub.identity.appointing import grant_role
from hub.identity.granting import create_token
from hub.personal_data.forgetting import forget_all
from hub.viewer import Role, Scope
from tests.browser import Chromium, visiting
from tests.frontend.served import Place, a_place
from tests.making.bodies import a_body

AN_HOUR_AGO = "UPDATE sign_in SET signed_in_at = signed_in_at - interval '1 hour', confirmed_at = NULL"


@pytest.fixture
async def place(database_url: str, data: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with a_place(database_url, data, tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


async def test_in_by_the_code_of_a_letter_and_out_again(place: Place, chromium: Chromium) -> None:
    async with visiting(chromium, place.home) as visitor:
        await visitor.page.goto(f"{place.home}/entrar")
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
        await visitor.page.goto(f"{place.home}/entrar")
        assert "Ya entraste." in await visitor.words()
        await visitor.press("Salir")
        await visitor.page.goto(f"{place.home}/entrar")
        assert "Ya entraste." not in await visitor.words()
    assert await place.hub.log() == [
        "SignInRequested",
        "SignInRefused",
        "AccountCreated",
        "SignedIn",
        "SignInEnded",
    ]


async def test_the_account_page_says_who_one_is_and_what_opens_the_account(place: Place, chromium: Chromium) -> None:
    async with visiting(chromium, place.home) as visitor, visiting(chromium, place.home) as phone:
        for browser in (phone, visitor):
            await place.sign_in(browser, "ana@correo.example")
        (account,) = await place.hub.rows("SELECT account_id AS id FROM mail_address")
        async with place.hub.change() as change:
            body = await a_body(place.hub)
            await grant_role(change, account_id=account["id"], role=Role.ANALYST, body_id=body)
            granted = {"name": "lector", "scopes": [Scope.PUBLIC_READ], "life": dt.timedelta(days=30)}
            await create_token(change, account_id=account["id"], **granted)
        await place.hub.forget()
        await visitor.page.goto(place.home)
        await visitor.press("Mi cuenta")
        words = await visitor.words()
        assert "Análisis, Comisión" in words
        assert words.count("Con código por correo") == 2
        await visitor.accessible()
        await visitor.page.fill("#name", "A\u202eB")
        await visitor.press("Cambiar el nombre")
        assert (await visitor.page.title()).startswith("Error: Mi cuenta")
        await visitor.accessible()
        await visitor.press("English")
        assert "Name that you are seen by" in await visitor.words()
        await visitor.press("Español")
        assert await place.hub.log() == []
        await visitor.page.fill("#name", "Ana Robles")
        await visitor.press("Cambiar el nombre")
        assert "Cambiaste tu nombre." in await visitor.words()
        await visitor.press("Cerrar todas menos esta")
        assert (await visitor.words()).count("Con código por correo") == 1
        await visitor.press("Tokens", within=".parts")
        await visitor.accessible()
        await visitor.page.get_by_role("link", name="Revocar").click()
        await visitor.page.get_by_text("deja de servir en todas partes").wait_for()
        await visitor.accessible()
        await visitor.press("Revocar el token")
        words = await visitor.words()
        assert "El token quedó revocado." in words
        assert "No tienes tokens." in words
        await phone.page.goto(f"{place.home}/cuenta")
        assert phone.page.url == f"{place.home}/entrar?return_to=/cuenta", "Whoever was ended is led to sign in."
        await visitor.page.goto(f"{place.home}/cuenta")
        await visitor.press("Salir de este navegador")
        await visitor.page.goto(f"{place.home}/cuenta")
        assert "/entrar" in visitor.page.url
    assert await place.hub.log() == ["PersonRenamed", "SignInEnded", "TokenRevoked", "SignInEnded"]


async def test_everything_about_oneself_is_carried_away_after_showing_who_one_is(
    place: Place, chromium: Chromium
) -> None:
    async with visiting(chromium, place.home) as visitor:
        await visitor.page.goto(f"{place.home}/cuenta/datos")
        assert visitor.page.url == f"{place.home}/entrar?return_to=/cuenta/datos"
        await visitor.page.fill("#email", "ana@correo.example")
        await visitor.press("Enviar el código")
        await visitor.page.goto(await place.link())
        await visitor.press("Entrar", within="main")
        assert visitor.page.url == f"{place.home}/cuenta/datos", "Whoever was led to sign in comes back."
        assert "Descargar todo sobre mí" in await visitor.words(), "Whoever has just signed in has shown who they are."
        await place.hub.run(AN_HOUR_AGO)
        await place.hub.forget()
        # The page was left open: the act itself refuses, and the page asks again.
        await visitor.press("Descargar todo sobre mí")
        assert "Antes confirma que eres tú" in await visitor.words()
        assert await place.hub.log() == []
        await visitor.accessible()
        await visitor.press("Enviarme un código")
        await visitor.page.fill("#code", "12345678")
        await visitor.press("Confirmar que soy yo")
        assert (await visitor.page.title()).startswith("Error: Mis datos")
        await visitor.accessible()
        link = await place.link()
        assert link.startswith(f"{place.home}/cuenta/datos?code=")
        async with visiting(chromium, place.home) as elsewhere:
            await elsewhere.page.goto(link)
            assert link.rpartition("=")[2] in await elsewhere.words()
            assert await elsewhere.page.locator("form").count() == 0
        await visitor.page.goto(link)
        await visitor.press("Confirmar que soy yo")
        await visitor.accessible()
        async with visitor.page.expect_download() as download:
            await visitor.page.get_by_role("button", name="Descargar todo sobre mí").click()
        with zipfile.ZipFile(await (await download.value).path()) as archive:
            told = json.loads(archive.read("my-data.json"))
        assert (told["language"], "ana@correo.example" in json.dumps(told)) == ("es", True)
    assert await place.hub.log() == [
        "SignInRequested",
        "SignInRefused",
        "Reauthenticated",
        "PersonalDataRequested",
        "PersonalDataCopied",
    ]


async def test_who_wants_to_be_gone_says_so_twice_and_is(place: Place, chromium: Chromium) -> None:
    async with visiting(chromium, place.home) as visitor:
        await place.sign_in(visitor, "ana@correo.example")
        await visitor.page.goto(f"{place.home}/cuenta/datos")
        await visitor.press("Ver qué se borra y qué queda")
        assert "El registro de hechos no se cambia nunca" in await visitor.words()
        await visitor.accessible()
        await place.hub.forget()
        await visitor.press("Borrar todo ahora")
        assert await visitor.page.locator(".summary a").all_inner_texts() == [
            "Elige qué pasa con lo que dijiste en las consultas.",
            "Marca la casilla si de verdad quieres que todo se borre. Sin ella no se borra nada.",
        ]
        assert await visitor.page.evaluate("document.activeElement.className") == "panel summary"
        await visitor.accessible()
        await visitor.page.check("#contributions-2")
        await visitor.press("Borrar todo ahora")
        assert await visitor.page.locator(".summary a").count() == 1
        assert await visitor.page.is_checked("#contributions-2"), "What was chosen is kept."
        assert await place.hub.log() == []
        await visitor.page.check("#confirm")
        await visitor.press("Borrar todo ahora")
        assert visitor.page.url == f"{place.home}/borrada"
        assert "Tu cuenta está borrada" in await visitor.words()
        await visitor.accessible()
        assert "hub-session" not in {cookie["name"] for cookie in await visitor.page.context.cookies(place.home)}
        assert (await place.hub.log())[-1] == "PersonErased"
        assert await forget_all(place.hub.hub.changes) == 1
        assert "ana@correo.example" not in await place.hub.dump()
        await visitor.page.goto(f"{place.home}/cuenta/datos/borrar")
        assert "/entrar?" in visitor.page.url
