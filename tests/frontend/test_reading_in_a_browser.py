"""Everything that is read, in a real browser: usable by everybody, on a small screen, in both schemes and languages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub import clock
from hub.importing.polis import import_polis
from tests.browser import Chromium, Visitor, visiting
from tests.conftest import fresh_database
from tests.frontend.answering import HOSTILE
from tests.frontend.reading import World, a_world
from tests.frontend.served import Place, a_place

CHINESE = "UberX 自用車載客 — vTaiwan.tw"
READABLE = "document.querySelector('h1').getBoundingClientRect().width > 0"


@pytest.fixture(scope="module")
async def place(template: str, data: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    async with fresh_database(template) as url, a_place(url, data, tmp_path_factory.mktemp("letters")) as opened:
        yield opened


@pytest.fixture(scope="module")
async def world(place: Place) -> World:
    return await a_world(place.hub, at=clock.now())


@pytest.fixture(scope="module")
async def imported(place: Place, test_data: Path) -> str:
    """A conversation of 197 statements in Chinese, with 49,443 votes."""
    await import_polis(place.hub.hub.changes, test_data / "polis" / "vtaiwan.uberx")
    found = await place.hub.ask("{ consultations(filter: { state: [CLOSED] }) { nodes { id title { text } } } }")
    return next(str(node["id"]) for node in found["consultations"]["nodes"] if node["title"]["text"] == CHINESE)


def paths(world: World) -> list[str]:
    """Pages with long and hostile words wherever somebody may write some; all are looked at in test_every_route.py."""
    opened, closed = f"/consultas/{world.open.node}", f"/consultas/{world.closed.node}"
    return [
        opened,
        f"{opened}/cambios",
        f"{closed}/resultados",
        f"{closed}/desgloses?por=estado",
        f"{closed}/respuestas",
        f"/organismos/Body_{world.body}",
        "/buscar?q=agua",
    ]


async def looked_at(visitor: Visitor, place: Place, path: str) -> None:
    await visitor.page.goto(f"{place.home}{path}")
    assert await visitor.page.evaluate(f"() => {READABLE}")
    await visitor.accessible()


async def test_each_page_is_for_everybody(place: Place, world: World, chromium: Chromium) -> None:
    async with visiting(chromium, place.home) as visitor:
        for path in paths(world):
            await looked_at(visitor, place, path)
            onward = visitor.page.locator("a[rel=next]")
            if await onward.count():
                await looked_at(visitor, place, await onward.evaluate("a => a.pathname + a.search"))
            visitor.complaints = [one for one in visitor.complaints if "status of 404" not in one]


async def test_each_page_is_for_everybody_in_english_too(place: Place, world: World, chromium: Chromium) -> None:
    opened, closed = f"/en/consultas/{world.open.node}", f"/en/consultas/{world.closed.node}"
    async with visiting(chromium, place.home, language="en") as visitor:
        for path in ("/en", "/en/consultas", opened, f"{closed}/resultados", "/en/buscar?q=agua"):
            await looked_at(visitor, place, path)


async def test_a_conversation_from_elsewhere_in_another_language(
    place: Place, imported: str, chromium: Chromium
) -> None:
    """Each of its 197 questions can be reached; what is in Chinese says so to a screen reader."""
    async with visiting(chromium, place.home) as visitor:
        await visitor.page.goto(f"{place.home}/consultas/{imported}")
        assert await visitor.page.get_attribute("h1", "lang") == "zh"
        assert "Estas preguntas solo están en chino" in await visitor.words()
        seen = []
        for _ in range(4):
            seen += [await found.get_attribute("id") for found in await visitor.page.locator("h4").all()]
            assert await visitor.page.locator('h4 [lang="zh"]').count() == await visitor.page.locator("h4").count()
            if await visitor.page.locator("a[rel=next]").count():
                await visitor.press("Preguntas siguientes")
        assert seen == [f"p{n}" for n in range(1, 198)]
        await visitor.accessible()
        await looked_at(visitor, place, f"/consultas/{imported}/resultados")
        assert "1,921 respuestas que cuentan" in await visitor.words()
        assert "CC BY 4.0" in await visitor.words()
        await looked_at(visitor, place, f"/consultas/{imported}/respuestas")


async def test_the_search_is_found_and_used_by_keyboard(place: Place, world: World, chromium: Chromium) -> None:
    """From the first page, without a program of ours: the words, the list, and back with the words still there."""
    context = await chromium.new_context(java_script_enabled=False, locale="es-MX")
    page = await context.new_page()
    try:
        await page.goto(place.home)
        for _ in range(30):
            await page.keyboard.press("Tab")
            if await page.locator("#q:focus").count():
                break
        await page.keyboard.type("agua")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/buscar?q=agua")
        assert await page.input_value("#q") == "agua"
        assert "Agua para todas y todos" in await page.inner_text("main")
        await page.goto(f"{place.home}/consultas")
        await page.select_option("#estado", "abiertas")
        await page.click("button.main")
        assert "estado=abiertas" in page.url
        assert await page.input_value("#estado") == "abiertas"
        assert await page.inner_text("[role=status]") == "1 consulta"
    finally:
        await context.close()


async def test_hostile_words_do_nothing(place: Place, world: World, chromium: Chromium) -> None:
    async with visiting(chromium, place.home) as visitor:
        heard: list[str] = []
        visitor.page.on("dialog", lambda dialog: heard.append(dialog.message))
        for path in (f"/consultas/{world.closed.node}/respuestas", f"/consultas/{world.open.node}/cambios"):
            await visitor.page.goto(f"{place.home}{path}")
            assert HOSTILE in await visitor.words()
        assert heard == []
