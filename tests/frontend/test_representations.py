"""The pages of speaking for organisations in front of a real hub: asked for, decided on, and given up."""

from __future__ import annotations

import pytest

from hub.people.representing import grant
from tests.cast import a_citizen
from tests.frontend.answering import Outline
from tests.frontend.test_tokens import sent, signed_in
from tests.making.people import an_organization
from tests.talking import Talking

HERE = "/cuenta/representaciones"


async def test_it_is_asked_for_followed_and_given_up(hub: Talking) -> None:
    organization = await an_organization(hub)
    ask = f"/organizaciones/Organization_{organization}/representar"
    async with signed_in(hub, await a_citizen(hub)) as browser:
        given = {"powers": ["ANSWER", "VOTE"], "evidence": "El acta del 3 de mayo."}
        assert (await sent(browser, ask, ask, **given)).headers["location"] == f"{HERE}?done=asked"
        words = Outline((await browser.get(f"{HERE}?done=asked")).text).words()
        assert "En espera de una decisión" in words
        assert "Para: responder consultas, votar" in words
        assert "El acta del 3 de mayo." in words
        assert "espera una decisión" in Outline((await browser.get(ask)).text).words(), "It is asked for once."

        (row,) = await hub.rows("SELECT id FROM representation")
        async with hub.change() as change:
            await grant(change, row["id"])
        page = Outline((await browser.get(HERE)).text)
        assert "En vigor" in page.words()
        (end,) = [str(a["href"]) for a in page.all("a") if str(a["href"]).endswith("/terminar")]
        refused = await sent(browser, end, end, reason=" ")
        assert (refused.status_code, "#reason" in refused.text) == (422, True)
        assert (await sent(browser, end, end, reason="Cambié de trabajo.")).headers["location"] == f"{HERE}?done=ended"
        words = Outline((await browser.get(HERE)).text).words()
        assert "Terminada" in words
        assert "Motivo: Cambié de trabajo." in words
        assert (await browser.get(end)).headers["location"] == HERE, "What is over ends no more."
    assert await hub.log() == ["RepresentationAsked", "RepresentationGranted", "RepresentationEnded"]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"evidence": "Un acta."}, "powers"), ({"powers": "ANSWER", "evidence": ""}, "evidence")],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_happens(
    hub: Talking, given: dict[str, str], field: str
) -> None:
    organization = await an_organization(hub)
    ask = f"/organizaciones/Organization_{organization}/representar"
    async with signed_in(hub, await a_citizen(hub)) as browser:
        response = await sent(browser, ask, ask, **given)
    page = Outline(response.text)
    assert (response.status_code, f"#{field}" in [a["href"] for a in page.all("a")]) == (422, True)
    assert given["evidence"] in page.words("textarea")
    assert await hub.log() == []


async def test_what_is_no_organisation_or_not_one_s_own_is_no_page(hub: Talking) -> None:
    organization = await an_organization(hub)
    ask = f"/organizaciones/Organization_{organization}/representar"
    async with signed_in(hub, await a_citizen(hub)) as browser:
        await sent(browser, ask, ask, powers="ANSWER", evidence="Un acta.")
        (end,) = [
            str(a["href"])
            for a in Outline((await browser.get(HERE)).text).all("a")
            if str(a["href"]).endswith("/terminar")
        ]
    async with signed_in(hub, await a_citizen(hub, "Beto Paz")) as browser:
        for path in ("/organizaciones/nobody/representar", end):
            assert (await browser.get(path)).status_code == 404
    assert await hub.log() == []
