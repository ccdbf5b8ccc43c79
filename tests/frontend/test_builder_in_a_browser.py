"""A coordinator writes a questionnaire in a real browser that runs no program: every kind of question, and each act."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.identity import authenticating
from tests.browser import SLOW, Chromium, Visitor, visiting
from tests.cast import a_coordinator_of
from tests.frontend.served import Place, a_place
from tests.frontend.workshop import CHECK
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_draft_consultation, an_open_consultation

KINDS = {
    "Varias opciones": {"maxChoices": "2", "options.0.label.es": "Luz", "options.1.label.es": "Gas"},
    "Texto corto": {"maxLength": "80"},
    "Texto largo": {},
    "Escala": {"minimum": "0", "maximum": "10", "lowLabel.es": "Nada", "highLabel.es": "Todo"},
    "Número": {"minimum": "0", "decimals": "1", "unit.es": "litros"},
    "Fecha": {"earliest": "2020-01-01"},
    "Lugar": {},
    "Orden de preferencia": {"options.0.label.es": "Luz", "options.1.label.es": "Gas"},
    "Tabla": {
        "rows.0.label.es": "Mañana",
        "rows.1.label.es": "Noche",
        "options.0.label.es": "Bien",
        "options.1.label.es": "Mal",
    },
    "Archivo": {"maxSize": "2"},
    "Aceptación": {},
    "Aviso": {},
}


@pytest.fixture
async def place(database_url: str, data: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with a_place(database_url, data, tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


@pytest.fixture
async def plain(place: Place, chromium: Chromium) -> AsyncIterator[Visitor]:
    """A browser in which no program runs."""
    context = await chromium.new_context(locale="es-MX", reduced_motion="reduce", java_script_enabled=False)
    context.set_default_timeout(SLOW)
    visitor = Visitor(await context.new_page(), place.home)
    yield visitor
    await context.close()
    assert visitor.complaints == [], visitor.complaints


async def at_the_desk(place: Place, visitor: Visitor, asked: Asked) -> str:
    """Sign the coordinator of the body in; return where the consultation lies."""
    julia = await a_coordinator_of(place.hub, asked.body_id)
    await visitor.page.context.add_cookies([{"name": "hub-session", "value": julia.token or "", "url": place.home}])
    return f"{place.home}/escritorio/consultas/{asked.node}"


def about(name: str, thing: str) -> str:
    """What a button is called that says by words that are not seen what it is about."""
    return f"{name} : {thing}"


async def fill(visitor: Visitor, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        await visitor.page.fill(f'[id="{name}"]', value)


async def test_a_questionnaire_of_every_kind_is_written_without_a_program(place: Place, plain: Visitor) -> None:
    asked = await a_draft_consultation(place.hub, await a_body(place.hub))
    path = await at_the_desk(place, plain, asked)
    page = plain.page
    await page.goto(f"{path}/preguntas")
    await plain.press("Agregar una parte", within="main")
    await fill(plain, {"title.es": "Lo demás"})
    await plain.press("Guardar", within="form.builder .act")
    for kind, fields in KINDS.items():
        await plain.press(about("Agregar una pregunta a esta parte", "parte 2"))
        await page.get_by_label(kind, exact=False).first.check()
        await plain.press("Seguir")
        await fill(plain, {"title.es": f"Pregunta de {kind}", **fields})
        if kind == "Lugar":
            await page.get_by_label("Municipio").check()
        await plain.press("Guardar", within="form.builder .act")
        assert "Se agregó la pregunta" in await plain.words(), kind
    await plain.press(about("Agregar otra debajo", "pregunta 1"))
    await page.get_by_label("Una opción").check()
    await plain.press("Seguir")
    await fill(plain, {"title.es": "¿Cada cuánto?", "options.0.label.es": "Diario", "options.1.label.es": "Nunca"})
    await plain.press("Agregar otra opción")
    await page.fill('[id="options.3.label.es"]', "Otra")
    await page.check('[id="options.3.other"]')
    await plain.press(about("Subir", "Opción 4"))
    # The Enter key saves: it presses none of the buttons of the list.
    async with page.expect_navigation():
        await page.locator('[id="options.0.label.es"]').press("Enter")
    assert "Se agregó la pregunta 2." in await plain.words()
    await plain.press(about("Condición", "pregunta 2"))
    await page.select_option("#add", "agua")
    await plain.press("Agregar la condición")
    await page.get_by_label("No", exact=True).check()
    await plain.press("Guardar las condiciones")
    assert "Se pregunta si la respuesta a la pregunta 1 («¿Hay agua en tu casa?») es «No»." in await plain.words()
    await plain.press(about("Copiar", "pregunta 2"))
    await plain.press(about("Bajar", "pregunta 3"))
    assert "Se movió: ahora es la pregunta 4." in await plain.words()
    await plain.press(about("Quitar", "pregunta 4"))
    await plain.press("Deshacer")
    await plain.press(about("Quitar", "pregunta 5"))
    assert "Al cuestionario no le falta nada." in await plain.words()
    input_ = {"input": {"consultationId": asked.node}}
    julia = await a_coordinator_of(place.hub, asked.body_id, "Otra Julia")
    assert (await place.hub.act(CHECK, input_, by=julia))["ok"] is True
    await plain.press("Ver como quien responde")
    await plain.press("Parte siguiente")
    words = await plain.words()
    assert all(f"Pregunta de {kind}" in words for kind in KINDS)


async def test_the_pages_are_for_everybody_also_when_something_was_wrong(place: Place, chromium: Chromium) -> None:
    asked = await a_draft_consultation(place.hub, await a_body(place.hub))
    async with visiting(chromium, place.home) as visitor:
        path = await at_the_desk(place, visitor, asked)
        english = path.replace(place.home, f"{place.home}/en")
        await visitor.page.goto(f"{path}/preguntas/pregunta/servicios")
        await fill(visitor, {"title.es": "", "minChoices": "dos"})
        await visitor.press("Guardar", within="form.builder .act")
        assert (await visitor.page.title()).startswith("Error: Editar la pregunta 2")
        await visitor.accessible()
        await visitor.page.goto(f"{path}/preguntas/pregunta/palabras/condicion")
        for question in ("agua", "servicios"):
            await visitor.page.select_option("#add", question)
            await visitor.press("Agregar la condición")
        await visitor.press("Guardar las condiciones")
        assert (await visitor.page.title()).startswith("Error: ")
        await visitor.accessible()
        await visitor.page.goto(f"{english}/preguntas")
        await visitor.press(about("Remove", "question 1"))
        assert "Question 1 was removed." in await visitor.words()
        await visitor.accessible()


async def test_a_correction_in_a_browser(place: Place, plain: Visitor) -> None:
    asked = await an_open_consultation(place.hub, await a_body(place.hub))
    path = await at_the_desk(place, plain, asked)
    await place.hub.forget()
    await plain.page.goto(f"{path}/corregir")
    await plain.press(about("Editar", "pregunta 1"))
    await fill(plain, {"title.es": "¿Tienes agua en tu casa?"})
    await plain.press("Guardar", within="form.builder .act")
    await plain.press(about("Condición", "pregunta 3"))
    await plain.press("Volver sin guardar", within="form.builder")
    await plain.press("Revisar los cambios")
    await plain.page.get_by_label("Aclaración").check()
    await fill(plain, {"note.es": "Más clara."})
    await plain.press("Poner en vigor la corrección")
    assert "La corrección está en vigor." in await plain.words()
    assert await place.hub.log() == ["QuestionnairePublished", "QuestionnaireCorrected"]


async def test_the_pages_of_a_correction_can_be_used_by_everybody(place: Place, chromium: Chromium) -> None:
    asked = await an_open_consultation(place.hub, await a_body(place.hub))
    async with visiting(chromium, place.home) as visitor:
        path = await at_the_desk(place, visitor, asked)
        await visitor.page.goto(f"{path}/corregir")
        await visitor.accessible()
        await visitor.press(about("Agregar una pregunta a esta parte", "parte 1"))
        await visitor.accessible()
        await visitor.page.get_by_label("Número").check()
        await visitor.press("Seguir")
        await visitor.accessible()
        await fill(visitor, {"title.es": "¿Cuántos litros?"})
        await visitor.press("Guardar", within="form.builder .act")
        await visitor.press("Ver como quien responde")
        await visitor.accessible()
        await visitor.press("Volver a las preguntas")
        await visitor.press("Revisar los cambios")
        await visitor.accessible()
        await visitor.press("Poner en vigor la corrección")
        assert (await visitor.page.title()).startswith("Error: ")
        await visitor.accessible()
        await visitor.page.context.clear_cookies(name="hub-session")
        await visitor.press("Seguir corrigiendo")
        assert "Tu sesión terminó" in await visitor.words()
        await visitor.accessible()
        # The browser notes that the page's status is an error's, as it should be.
        assert [told for told in visitor.complaints if "status of 403" not in told] == []
        visitor.complaints.clear()
