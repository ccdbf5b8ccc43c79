"""The pages of one's account in front of a real hub: who may not see them, and what no other site can do there."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import httpx2
import pytest

from hub import clock
from hub.identity import authenticating
from tests.frontend.answering import Outline, reading
from tests.frontend.test_signing_in import OWN, form
from tests.identity.browsing import served
from tests.identity.test_signing_in import Mailbox
from tests.journeys.installation import free_port
from tests.talking import Talking

PAGES = (
    "/cuenta",
    "/cuenta/tokens",
    "/cuenta/tokens/revocar",
    "/cuenta/programas",
    "/cuenta/programas/nuevo",
    "/cuenta/programas/Client_1",
    "/cuenta/representaciones",
    "/cuenta/datos",
    "/cuenta/datos/borrar",
    "/organizaciones/Organization_1/representar",
)
FORMS = {
    "/cuenta/name": {"name": "Otro nombre"},
    "/cuenta/end": {"id": "SignIn_1"},
    "/cuenta/end-others": {},
    "/cuenta/unlink": {"id": "LinkedIdentity_1"},
    "/cuenta/tokens/nuevo": {"name": "lector", "scopes": "public:read", "days": "7", "idempotencyKey": "1"},
    "/cuenta/tokens/revocar": {"id": "Token_1"},
    "/cuenta/programas/nuevo": {
        "organization": "Organization_1",
        "name": "Mapa",
        "purpose": "Un mapa.",
        "contact": "a@b.example",
    },
    "/cuenta/programas/Client_1/token": {"name": "lector", "scopes": "public:read", "days": "7", "idempotencyKey": "2"},
    "/cuenta/programas/Client_1/cambiar": {"name": "Mapa", "purpose": "Un mapa.", "contact": "a@b.example"},
    "/cuenta/programas/Client_1/terminar": {"reason": "Ya no."},
    "/cuenta/programas/Client_1/revocar": {},
    "/cuenta/representaciones/Representation_1/terminar": {"reason": "Ya no."},
    "/organizaciones/Organization_1/representar": {"powers": "ANSWER", "evidence": "Un acta.", "idempotencyKey": "3"},
    "/cuenta/datos/code": {},
    "/cuenta/datos/confirm": {"code": "12345678"},
    "/cuenta/datos/again": {},
    "/cuenta/datos/copy": {},
    "/cuenta/datos/borrar": {"contributions": "REMOVED", "confirm": "yes"},
}
NO_MAIL = "DELETE FROM mail_address"
AN_HOUR_AGO = "UPDATE sign_in SET signed_in_at = signed_in_at - interval '1 hour'"


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


@pytest.fixture
def mailbox(hub: Talking, tmp_path: Path) -> Mailbox:
    return Mailbox(hub, tmp_path / "letters")


@pytest.fixture
async def ana(hub: Talking, mailbox: Mailbox) -> AsyncIterator[httpx2.AsyncClient]:
    """The browser of somebody who is signed in."""
    async with reading(hub.hub.endpoint) as browser:
        await sign_in(browser, mailbox)
        await hub.forget()
        yield browser


async def sign_in(browser: httpx2.AsyncClient, mailbox: Mailbox) -> None:
    given = {"form": await form(browser), "email": "ana@correo.example"}
    await browser.post("/entrar", data=given, headers=OWN)
    given = {"form": await form(browser), "code": await mailbox.code(clock.now())}
    assert (await browser.post("/entrar/code", data=given, headers=OWN)).headers["location"] == "/"


async def test_whoever_is_not_signed_in_is_led_there_and_nothing_happens(hub: Talking) -> None:
    async with reading(hub.hub.endpoint) as browser:
        ours = await form(browser)
        answers = [(path, path, await browser.get(path)) for path in PAGES]
        for path, given in FORMS.items():
            back = "/cuenta/datos" if path.startswith("/cuenta/datos") else path.rpartition("/")[0]
            sent = await browser.post(path, data={"form": ours, **given}, headers=OWN)
            answers.append((path, back, sent))
        for path, back, response in answers:
            there = back if path == "/cuenta/datos/again" else f"/entrar?return_to={back}"
            assert (response.status_code, response.headers["location"]) == (303, there), path
            assert response.headers["cache-control"] == "no-store"
        assert (await browser.get("/borrada")).headers["location"] == "/"
    assert await hub.log() == []


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}, OWN])
async def test_another_site_s_form_is_refused_and_nothing_happens(
    hub: Talking, ana: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    """Also not one from our own pages that does not know this browser."""
    ours = await form(ana, "/cuenta") if headers is not OWN else "0" * 64
    for path, given in FORMS.items():
        response = await ana.post(path, data={"form": ours, **given}, headers=headers)
        assert (path, response.status_code) == (path, 403)
    assert (await ana.get(f"/cuenta/enlazar/ejemplo?form={ours}", headers=headers)).status_code == 403
    assert await hub.log() == []


async def test_what_is_not_one_s_own_cannot_be_ended(hub: Talking, ana: httpx2.AsyncClient) -> None:
    ours = await form(ana, "/cuenta")
    for path, title in {
        "/cuenta/end": "Mi cuenta",
        "/cuenta/unlink": "Mi cuenta",
        "/cuenta/tokens/revocar": "Tokens",
    }.items():
        response = await ana.post(path, data={"form": ours, **FORMS[path]}, headers=OWN)
        page = Outline(response.text)
        assert (response.status_code, page.words("title")) == (422, f"Error: {title} · Participación abierta")
    assert (await ana.get(f"/cuenta/enlazar/ejemplo?form={ours}", headers=OWN)).status_code == 404
    assert await hub.log() == []


async def test_without_a_mail_address_one_is_told_to_sign_in_again(hub: Talking, ana: httpx2.AsyncClient) -> None:
    await hub.run(NO_MAIL)
    await hub.run(AN_HOUR_AGO)
    given = {"form": await form(ana, "/cuenta/datos")}
    response = await ana.post("/cuenta/datos/code", data=given, headers=OWN)
    assert response.status_code == 422
    assert "La cuenta no tiene correo al cual mandar un código" in Outline(response.text).words()
    assert (await ana.get("/cuenta/datos/borrar")).headers["location"] == "/cuenta/datos"
    # An open page of before does not erase: the act itself wants to know who it is.
    erase = {**given, **FORMS["/cuenta/datos/borrar"]}
    assert (await ana.post("/cuenta/datos/borrar", data=erase, headers=OWN)).headers["location"] == "/cuenta/datos"
    assert await hub.log() == []


async def test_a_copy_comes_through_pages_that_reach_the_hub_over_a_network(hub: Talking, mailbox: Mailbox) -> None:
    async with served(hub.app, free_port()) as home, reading(f"{home}/graphql") as browser:
        await sign_in(browser, mailbox)
        given = {"form": await form(browser, "/en/cuenta/datos")}
        response = await browser.post("/en/cuenta/datos/copy", data=given, headers=OWN)
        assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
        assert response.headers["content-disposition"].startswith('attachment; filename="my-data-')
        with zipfile.ZipFile(BytesIO(response.content)) as archive:
            assert '<html lang="en">' in archive.read("my-data.html").decode()
