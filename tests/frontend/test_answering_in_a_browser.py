"""From a consultation's page to the receipt in a real browser: by the keyboard alone, with programs and without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.consultations.models import IdentityPolicy, ResultsPolicy
from hub.demonstration.questions import SERVICES
from hub.mandates.ordering import OwnInitiative
from hub.text import written
from tests.browser import Chromium, Visitor, visiting
from tests.cast import a_citizen
from tests.consultations.asking import SUBMIT, a_sheet
from tests.frontend.served import Place, a_place
from tests.making.bodies import a_body
from tests.making.consultations import Asked, an_open_consultation
from tests.talking import Somebody
from tests.transport.streaming import settled

QUESTIONS = """query ($id: ID!) { node(id: $id) { ... on Consultation { revision { questions(first: 50) { nodes {
  code kind required displayRule minimum options { code } } } } } } }"""


@pytest.fixture
async def place(database_url: str, data: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with a_place(database_url, data, tmp_path) as opened:
        yield opened


async def tab_to(visitor: Visitor, what: str) -> None:
    """Go on by the tabulator until this has the focus: the name of a field, or the words of a link or a button."""
    said = """() => { const e = document.activeElement, chosen = e.type === 'radio' || e.type === 'checkbox';
        return [e.name && e.type !== 'submit' ? e.name + (chosen ? '=' + e.value : '') : '',
                e.innerText || '', (e.getBoundingClientRect().width > 0) + '']; }"""
    seen = []
    for _ in range(80):
        await visitor.page.keyboard.press("Tab")
        name, words, shown = await visitor.page.evaluate(said)
        seen.append((name, words))
        assert shown == "true"
        if what in (name, " ".join(words.split())) or (name and name.partition("=")[0] == what):
            return
    raise AssertionError(f"Nothing is called {what}: {seen}")


async def enter(visitor: Visitor, what: str) -> None:
    """Follow a link or press a button by the keyboard."""
    await tab_to(visitor, what)
    async with visitor.page.expect_navigation():
        await visitor.page.keyboard.press("Enter")


async def start_over(visitor: Visitor) -> None:
    await visitor.page.evaluate("() => document.activeElement.blur()")


async def a_consultation(place: Place) -> Asked:
    """One that asks what the demonstration asks."""
    return await an_open_consultation(
        place.hub,
        await a_body(place.hub),
        title=written(es="¿Qué publicar primero?", en="What to publish first?"),
        purpose=written(es="Para saberlo.", en="To know it."),
        privacy_notice=written(es="Se guarda sin tu nombre.", en="It is kept without your name."),
        own_initiative=OwnInitiative(reason=written(es="Nadie lo sabía.", en="Nobody knew.")),
        sections=SERVICES,
        identity_policy=IdentityPolicy.OPEN,
        results_policy=ResultsPolicy.LIVE,
    )


@pytest.mark.parametrize("programs", [True, False], ids=["with programs", "without programs"])
async def test_by_the_keyboard_from_the_consultation_to_the_receipt(
    place: Place, chromium: Chromium, programs: bool
) -> None:
    asked = await a_consultation(place)
    await place.hub.forget()
    async with visiting(chromium, place.home, programs=programs) as visitor:
        page = visitor.page
        await page.goto(f"{place.home}/consultas/{asked.node}")
        await enter(visitor, "Responder")
        await enter(visitor, "Empezar")
        # Nothing chosen yet: it says so, and leads to the first question.
        await tab_to(visitor, "lugar.q")
        await page.keyboard.press("Space")
        await enter(visitor, "Guardar y seguir")
        assert (await page.title()).startswith("Error: ")
        assert await page.is_checked('[name="lugar.q"][value="ciudad-grande"]')
        assert await page.locator(".summary a").all_inner_texts() == ["Pregunta 2: elige una opción."]
        if programs:
            assert await page.evaluate("() => document.activeElement.className") == "panel summary"
        await tab_to(visitor, "Pregunta 2: elige una opción.")
        await page.keyboard.press("Enter")
        assert await page.evaluate("() => document.activeElement.name") == "busqueda.q"
        await page.keyboard.press("Space")
        await enter(visitor, "Guardar y seguir")
        for choice in ("servicios.q=agua", "agua.q=calidad"):
            await tab_to(visitor, choice)
            await page.keyboard.press("Space")
        for question in await page.locator("input[type=radio]").evaluate_all(
            "found => [...new Set(found.map((e) => e.name))]"
        ):
            await tab_to(visitor, question)
            await page.keyboard.press("Space")
        await enter(visitor, "Guardar y seguir")
        while "/revisar" not in page.url:
            await fill_in(visitor)
            await enter(visitor, "Guardar y seguir")
        assert "Falta esto" not in await visitor.words()
        await tab_to(visitor, "consent")
        await page.keyboard.press("Space")
        await enter(visitor, "Enviar mi respuesta")
        assert page.url == f"{place.home}/consultas/{asked.node}/recibo"
        code = await page.inner_text("pre")
        if programs:
            await visitor.accessible()
        await page.goto(f"{place.home}/recibos")
        await tab_to(visitor, "codigo")
        await page.keyboard.type(code)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        assert "La respuesta se recibió y cuenta." in await visitor.words()
    assert await place.hub.log() == ["ResponseSubmitted"]
    (row,) = await place.hub.rows("SELECT count(*) AS n FROM answer")
    assert row["n"] >= 5


async def fill_in(visitor: Visitor) -> None:
    """Answer what a page asks for, by the keyboard."""
    required = """() => [...document.querySelectorAll('.question')].filter((q) => !q.querySelector('.optional'))
        .map((q) => q.querySelector('input:not([type=hidden]), textarea, select')).filter(Boolean)
        .map((e) => [e.name, e.type])"""
    for name, kind in await visitor.page.evaluate(required):
        await tab_to(visitor, name)
        if kind in ("radio", "checkbox"):
            await visitor.page.keyboard.press("Space")
        elif kind == "select-one":
            await visitor.page.keyboard.press("ArrowDown")
        else:
            await visitor.page.keyboard.type("1")


async def test_answering_is_for_everybody_also_when_something_is_missing(place: Place, chromium: Chromium) -> None:
    asked = await a_consultation(place)
    here = f"{place.home}/consultas/{asked.node}/responder"
    async with visiting(chromium, place.home) as visitor:
        page = visitor.page
        await page.goto(f"{here}?parte=2")
        await visitor.press("Guardar y seguir")
        await visitor.accessible()
        await page.goto(f"{here}?parte=1")
        await page.check('[name="lugar.q"][value="rural"]')
        await visitor.press("Guardar y seguir después")
        await visitor.accessible()
        await page.goto(f"{here}/revisar")
        await visitor.accessible()
        await page.goto(f"{here}/descartar")
        await visitor.press("English")
        assert "Throw away" in await visitor.words()


async def test_a_second_browser_sees_the_number_move_and_nobody_is_left_who_follows(
    place: Place, chromium: Chromium
) -> None:
    asked = await a_consultation(place)
    places = place.hub.hub.live.places
    ana = await a_citizen(place.hub)
    async with visiting(chromium, place.home) as visitor, visiting(chromium, place.home) as another:
        for browser in (visitor, another):
            async with browser.page.expect_request("**/vivo"):
                await browser.page.goto(f"{place.home}/consultas/{asked.node}")
        await settled(lambda: places.open["events"] == 2)
        figure = visitor.page.locator("[data-live]")
        assert await figure.inner_text() == "0"
        await visitor.page.focus("footer a")
        await respond_by_the_api(place, asked, ana)
        for browser in (visitor, another):
            await browser.page.locator("[data-live]", has_text="1").wait_for()
        assert await visitor.page.evaluate("() => document.activeElement.closest('footer') !== null")
        assert await figure.evaluate("(e) => e.closest('[aria-live], [role=status], output') === null")
        # Of many tabs of one browser two follow.
        tabs = [await visitor.page.context.new_page() for _ in range(3)]
        for tab in tabs:
            await tab.goto(f"{place.home}/consultas/{asked.node}")
        assert places.open["events"] <= 3
        await visitor.page.goto(f"{place.home}/recibos")
        for tab in tabs:
            await tab.close()
        await settled(lambda: places.open["events"] == 1)
    await settled(lambda: places.open["events"] == 0)
    assert len(place.hub.hub.live.broadcasts) == 0


async def respond_by_the_api(place: Place, asked: Asked, who: Somebody) -> None:
    """Answer what has to be answered, by the first option."""
    found = await place.hub.ask(QUESTIONS, {"id": asked.node})
    answers: list[dict[str, object]] = []
    for question in found["node"]["revision"]["questions"]["nodes"]:
        if question["required"] and not question["displayRule"]:
            first = [option["code"] for option in question["options"]][:1]
            kinds: dict[str, dict[str, object]] = {
                "SINGLE_CHOICE": {"option": first and first[0]},
                "MULTIPLE_CHOICE": {"options": first},
                "RANKING": {"ranking": first},
                "SCALE": {"number": question["minimum"]},
            }
            answers.append({"question": question["code"], **kinds[question["kind"]]})
    await place.hub.act(SUBMIT, a_sheet(asked, *answers), by=who)
