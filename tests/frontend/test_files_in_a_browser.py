"""Files in a real browser that runs no program: chosen as people choose them, at the desk and in a questionnaire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.consultations.questionnaire_models import QuestionKind
from tests.browser import SLOW, Chromium, Visitor, visiting
from tests.cast import a_citizen
from tests.frontend.served import Place, a_place
from tests.making.bodies import a_body
from tests.making.consultations import WORDS, a_question, an_open_consultation
from tests.making.files import CSV, PDF
from tests.making.questionnaires import in_sections
from tests.making.sittings import a_sitting
from tests.talking import Somebody


@pytest.fixture
async def place(database_url: str, data: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with a_place(database_url, data, tmp_path) as opened:
        yield opened


@pytest.fixture
async def plain(place: Place, chromium: Chromium) -> AsyncIterator[Visitor]:
    """A browser in which no program runs."""
    context = await chromium.new_context(locale="es-MX", reduced_motion="reduce", java_script_enabled=False)
    context.set_default_timeout(SLOW)
    visitor = Visitor(await context.new_page(), place.home)
    yield visitor
    await context.close()
    assert visitor.complaints == [], visitor.complaints


async def signed_in(place: Place, visitor: Visitor, somebody: Somebody) -> None:
    await visitor.page.context.add_cookies([{"name": "hub-session", "value": somebody.token or "", "url": place.home}])


async def choose(visitor: Visitor, field: str, file: Path) -> None:
    """Choose a file by the browser's own window for that."""
    async with visitor.page.expect_file_chooser() as opened:
        await visitor.page.click(f'[id="{field}"]')
    await (await opened.value).set_files(file)


async def test_a_document_is_chosen_at_the_desk(place: Place, plain: Visitor, tmp_path: Path) -> None:
    sitting = await a_sitting(place.hub)
    await signed_in(place, plain, sitting.coordinator)
    lie, acta, data = tmp_path / "foto.png", tmp_path / "acta «final».pdf", tmp_path / "obras.csv"
    lie.write_bytes(b"no picture")
    acta.write_bytes(PDF)
    data.write_bytes(CSV)
    page = plain.page
    await page.goto(f"{place.home}/escritorio/sesiones/Session_{sitting.session_id}")
    await page.locator("main").get_by_role("link", name="Documentos").first.click()
    await plain.press("Agregar un documento", within="main")
    await page.fill('[id="title.es"]', "Acta")
    await choose(plain, "upload", lie)
    await plain.press("Agregar un documento", within="form")
    assert "El contenido no es lo que dice el nombre (image/png)" in await plain.words()
    await page.click(".summary a")
    assert page.url.endswith("#upload")
    assert await page.input_value('[id="title.es"]') == "Acta"
    await choose(plain, "upload", acta)
    await plain.press("Agregar un documento", within="form")
    assert f"Acta (PDF, {len(PDF)} bytes)" in (await plain.words()).replace("\N{NO-BREAK SPACE}", " ")
    await plain.press("Agregar un documento", within="main")
    await page.fill('[id="title.es"]', "")
    await choose(plain, "upload", data)
    await plain.press("Agregar un documento", within="form")
    assert "Ya tenemos «obras.csv»" in await plain.words()
    await page.fill('[id="title.es"]', "Obras")
    await plain.press("Agregar un documento", within="form")
    assert "Obras (CSV" in await plain.words()
    kept = await place.hub.rows("SELECT f.name FROM document d JOIN stored_file f ON f.id = d.file_id ORDER BY d.id")
    assert [row["name"] for row in kept] == ["acta «final».pdf", "obras.csv"]


async def test_a_file_is_chosen_in_a_questionnaire(place: Place, plain: Visitor, tmp_path: Path) -> None:
    question = a_question("prueba", QuestionKind.FILE, file_types=[".pdf"], required=True)
    asked = await an_open_consultation(place.hub, await a_body(place.hub), sections=in_sections(question, WORDS))
    await signed_in(place, plain, await a_citizen(place.hub))
    file = tmp_path / "mi casa.pdf"
    file.write_bytes(PDF)
    page = plain.page
    await page.goto(f"{place.home}/consultas/{asked.node}/responder?parte=1")
    await choose(plain, "prueba.q", file)
    await plain.press("Guardar y seguir")
    assert "respuesta.pdf" in await plain.words()
    await page.goto(f"{place.home}/consultas/{asked.node}/responder?parte=1")
    assert "Ya tenemos «respuesta.pdf»" in await plain.words()
    await page.get_by_label("Quitar el archivo «respuesta.pdf»").check()
    await plain.press("Guardar y seguir")
    assert "Pregunta 1: elige un archivo." in await plain.words()


async def test_everybody_can_use_a_form_with_a_file(place: Place, chromium: Chromium, tmp_path: Path) -> None:
    question = a_question("prueba", QuestionKind.FILE, required=True)
    asked = await an_open_consultation(place.hub, await a_body(place.hub), sections=in_sections(question, WORDS))
    file = tmp_path / "mi casa.pdf"
    file.write_bytes(PDF)
    async with visiting(chromium, place.home) as visitor:
        await signed_in(place, visitor, await a_citizen(place.hub))
        await visitor.page.goto(f"{place.home}/consultas/{asked.node}/responder?parte=1")
        await visitor.accessible()
        await visitor.press("Guardar y seguir")
        await visitor.accessible()
        await choose(visitor, "prueba.q", file)
        await visitor.press("Guardar y seguir después")
        await visitor.page.goto(f"{place.home}/consultas/{asked.node}/responder?parte=1")
        assert "Ya tenemos «respuesta.pdf»" in await visitor.words()
        await visitor.accessible()
