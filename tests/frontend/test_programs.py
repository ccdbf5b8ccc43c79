"""The pages of an organisation's programs in front of a real hub: registered, given tokens, changed and ended."""

from __future__ import annotations

import pytest

from hub.identity import authenticating
from tests.cast import a_citizen, a_representative_of
from tests.frontend.answering import Outline
from tests.frontend.test_tokens import VIEWER, sent, signed_in, told
from tests.making.people import an_organization
from tests.talking import Somebody, Talking

HERE = "/cuenta/programas"
MAP = {"name": "Mapa", "purpose": "Muestra qué se consulta.", "contact": "mapa@org.example"}


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


async def test_whoever_speaks_for_nobody_is_told_how_that_begins(hub: Talking) -> None:
    async with signed_in(hub, await a_citizen(hub)) as browser:
        page = Outline((await browser.get(HERE)).text)
        assert "necesitas hablar por una organización" in page.words()
        assert "/organizaciones" in [a["href"] for a in page.all("a") if a.get("class") == "onward"]
        assert (await browser.get(f"{HERE}/nuevo")).headers["location"] == HERE


async def test_a_program_from_its_registration_to_its_end(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa = await a_representative_of(hub, organization)
    async with signed_in(hub, rosa) as browser:
        registered = await sent(
            browser, f"{HERE}/nuevo", f"{HERE}/nuevo", **MAP, organization=f"Organization_{organization}"
        )
        program = registered.headers["location"].partition("?")[0]
        assert "Ahora puedes hacerle un token." in Outline((await browser.get(f"{program}?done=new")).text).words()
        made = await sent(browser, program, f"{program}/token", name="mapa", scopes="public:read", days="30")
        (token,) = told(made.text)
        its = Somebody("the program", token)
        assert (await hub.ask(VIEWER, by=its))["viewer"]["scopes"] == ["public:read"]

        changed = {**MAP, "name": "Mapa nuevo", "ends": "2099-03-31", "addresses": "https://mapa.example/regreso"}
        assert (await sent(browser, f"{program}/cambiar", f"{program}/cambiar", **changed)).status_code == 303
        shown = Outline((await browser.get(f"{program}/cambiar")).text)
        values = {str(i.get("id")): i.get("value") for i in shown.all("input")}
        assert (values["name"], values["ends"]) == ("Mapa nuevo", "2099-03-31")
        assert "https://mapa.example/regreso" in shown.words("textarea")

        assert (await sent(browser, f"{program}/revocar", f"{program}/revocar")).status_code == 303
        assert (await hub.post(VIEWER, by=its)).status_code == 401
        assert (await sent(browser, f"{program}/terminar", f"{program}/terminar", reason="Ya no.")).status_code == 303
        words = Outline((await browser.get(program)).text).words()
        assert ("Terminado" in words, "Ya no." in words, "Hacer un token" in words) == (True, True, False)
    assert await hub.log() == ["ClientRegistered", "TokenCreated", "ClientChanged", "TokenRevoked", "ClientEnded"]


async def test_one_token_of_a_program_is_revoked_and_the_others_go_on(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa = await a_representative_of(hub, organization)
    async with signed_in(hub, rosa) as browser:
        registered = await sent(
            browser, f"{HERE}/nuevo", f"{HERE}/nuevo", **MAP, organization=f"Organization_{organization}"
        )
        program = registered.headers["location"].partition("?")[0]
        tokens = []
        for name in ("uno", "dos"):
            made = await sent(browser, program, f"{program}/token", name=name, scopes="public:read", days="7")
            tokens += told(made.text)
        page = Outline((await browser.get(program)).text)
        links = [str(a["href"]) for a in page.all("a") if "/revocar?id=" in str(a["href"])]
        await sent(browser, links[0], f"{program}/revocar")
    statuses = sorted([(await hub.post(VIEWER, by=Somebody("it", token))).status_code for token in tokens])
    assert statuses == [200, 401]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"purpose": " "}, "purpose"),
        ({"contact": "nobody"}, "contact"),
        ({"addresses": "http://mapa.example/"}, "addresses"),
        ({"ends": "mañana"}, "ends"),
        ({"ends": "2001-01-01"}, "ends"),
        ({"organization": ""}, "organization"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    hub: Talking, wrong: dict[str, str], field: str
) -> None:
    organization = await an_organization(hub)
    rosa = await a_representative_of(hub, organization)
    async with signed_in(hub, rosa) as browser:
        given = {**MAP, "organization": f"Organization_{organization}", **wrong}
        response = await sent(browser, f"{HERE}/nuevo", f"{HERE}/nuevo", **given)
    page = Outline(response.text)
    assert response.status_code == 422
    assert f"#{field}" in [a["href"] for a in page.all("a")]
    assert given["purpose"].strip() in page.words("textarea")
    assert await hub.log() == []


async def test_somebody_else_s_program_is_no_page(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa = await a_representative_of(hub, organization)
    async with signed_in(hub, rosa) as browser:
        registered = await sent(
            browser, f"{HERE}/nuevo", f"{HERE}/nuevo", **MAP, organization=f"Organization_{organization}"
        )
        program = registered.headers["location"].partition("?")[0]
    async with signed_in(hub, await a_citizen(hub)) as browser:
        for path in ("", "/cambiar", "/terminar", "/revocar"):
            assert (await browser.get(program + path)).status_code == 404
        form = await browser.get("/cuenta")
        ours = next(i["value"] for i in Outline(form.text).all("input") if i["name"] == "form")
        refused = await browser.post(
            f"{program}/terminar", data={"form": ours, "reason": "x"}, headers={"sec-fetch-site": "same-origin"}
        )
        assert refused.status_code == 404
    assert await hub.log() == []
