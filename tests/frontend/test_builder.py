"""The questionnaire is written by forms alone: what the pages do is what the hub then has, and nothing else changes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from graphql_schema.queueing import Queue
from tests.cast import a_citizen, a_coordinator_of
from tests.frontend.filling import Forms, an_officer
from tests.frontend.workshop import Desk, a_desk, written
from tests.making.bodies import a_body
from tests.talking import Talking


@pytest.fixture
async def desk(hub: Talking) -> AsyncIterator[Desk]:
    async with a_desk(hub) as opened:
        yield opened


async def test_the_questions_stand_in_order_with_what_they_are(desk: Desk) -> None:
    officer = await desk.officer.open(desk.path)
    assert officer.status == 200
    words = officer.words()
    assert "3 preguntas en 1 parte. Al cuestionario no le falta nada." in words
    assert "1. ¿Hay agua en tu casa? Una opción (2 opciones) · obligatoria" in words
    assert words.index("¿Hay agua en tu casa?") < words.index("¿Qué servicios usas?") < words.index("¿Algo más?")
    english = await desk.officer.open(f"/en{desk.path}")
    assert "3 questions in 1 part. Nothing is missing in the questionnaire." in english.words()


async def test_moving_copying_and_removing_with_an_undo(desk: Desk) -> None:
    officer = await desk.officer.open(desk.path)
    before = await written(desk.hub, desk.asked, desk.julia)
    await officer.press("down agua")
    assert "Se movió: ahora es la pregunta 2." in officer.words()
    assert await desk.order() == [["servicios", "agua", "palabras"]]
    await officer.press("up agua")
    assert await written(desk.hub, desk.asked, desk.julia) == before
    await officer.press("copy servicios")
    assert "Se copió: la copia es la pregunta 3." in officer.words()
    assert await desk.order() == [["agua", "servicios", "servicios_2", "palabras"]]
    await officer.press("remove servicios")
    assert "Se quitó la pregunta 2." in officer.words()
    assert await desk.order() == [["agua", "servicios_2", "palabras"]]
    await officer.press("undo")
    assert await desk.order() == [["agua", "servicios", "servicios_2", "palabras"]]
    await officer.press("remove servicios_2")
    assert await written(desk.hub, desk.asked, desk.julia) == before


async def test_sections_are_added_moved_and_removed_with_their_questions(desk: Desk) -> None:
    officer = await desk.officer.open(f"{desk.path}/parte/nueva")
    await officer.press("save")
    assert officer.status == 422
    await officer.press(
        "save", **{"title.es": "Sobre ti", "title.en": "About you", "introduction.es": "Dos preguntas."}
    )
    assert "Se guardó la parte." in officer.words()
    assert [part["title"] for part in await written(desk.hub, desk.asked, desk.julia)] == ["Servicios", "Sobre ti"]
    await officer.open(f"{desk.path}/pregunta/palabras")
    await officer.press("save", parte="1")
    assert await desk.order() == [["agua", "servicios"], ["palabras"]]
    await officer.press("section-up 1")
    assert await desk.order() == [["palabras"], ["agua", "servicios"]]
    await officer.press("section-remove 1")
    assert "Se quitó la parte 2 con sus preguntas." in officer.words()
    assert await desk.order() == [["palabras"]]
    await officer.press("undo")
    assert await desk.order() == [["palabras"], ["agua", "servicios"]]


async def test_a_button_of_a_part_means_the_edition_that_was_read(desk: Desk) -> None:
    """A part has no name of its own: where somebody else has saved meanwhile, its place may be another one's."""
    officer = await desk.officer.open(desk.path)
    async with an_officer(desk.hub, desk.julia) as another:
        await another.open(f"{desk.path}/parte/nueva")
        await another.press("save", **{"title.es": "Otra"})
    await officer.press("section-remove 0")
    assert officer.status == 409
    assert "Alguien más cambió el cuestionario" in officer.words()
    assert await desk.order() == [["agua", "servicios", "palabras"], []]
    await officer.press("section-remove 0")
    assert await desk.order() == [[]]


async def test_two_who_write_one_question_do_not_undo_each_other(desk: Desk) -> None:
    officer = await desk.officer.open(f"{desk.path}/pregunta/agua")
    async with an_officer(desk.hub, desk.julia) as another:
        await another.open(f"{desk.path}/pregunta/agua")
        await another.press("save", **{"hint.es": "De la llave."})
    await officer.press("save", **{"title.es": "¿Tienes agua?"})
    assert officer.status == 409
    assert officer.fields()["title.es"] == "¿Tienes agua?"
    assert "Alguien más guardó esto" in officer.words()
    assert (await desk.question("agua"))["hint"] == {"text": "De la llave."}
    await officer.press("save", **{"hint.es": "De la llave."})
    assert (await desk.question("agua"))["title"]["translations"] == [{"language": "es", "text": "¿Tienes agua?"}]
    assert (await desk.question("agua"))["hint"] == {"text": "De la llave."}


async def test_a_new_question_gets_a_code_out_of_its_words(desk: Desk) -> None:
    officer = await desk.officer.open(f"{desk.path}/nueva?parte=0&lugar=1")
    assert "Una opción" in officer.words()
    await officer.open(f"{desk.path}/nueva?parte=0&lugar=1&tipo=SINGLE_CHOICE")
    assert officer.status == 200
    typed = {
        "title.es": "¿Qué tan seguido llega?",
        "title.en": "How often does it come?",
        "options.0.label.es": "A diario",
        "options.0.label.en": "Daily",
        "options.2.label.es": "Otra",
        "options.2.label.en": "Another",
        "options.2.other": "yes",
        "required": "yes",
        "sensitivity": "CONFIDENTIAL",
    }
    await officer.press("save", **typed)
    assert "Se agregó la pregunta 2." in officer.words()
    assert await desk.order() == [["agua", "que_tan_seguido_llega", "servicios", "palabras"]]
    question = await desk.question("que_tan_seguido_llega")
    assert (question["required"], question["sensitivity"]) == (True, "CONFIDENTIAL")
    assert [(option["code"], option["other"]) for option in question["options"]] == [
        ("a_diario", False),
        ("otra", True),
    ]
    label = question["options"][0]["label"]["translations"]
    assert {one["language"]: one["text"] for one in label} == {"es": "A diario", "en": "Daily"}


async def test_a_question_for_a_file_says_which_and_how_large(desk: Desk) -> None:
    officer = await desk.officer.open(f"{desk.path}/nueva?parte=0&lugar=3&tipo=FILE")
    await officer.press("save", **{"title.es": "¿Cómo se ve?", "fileTypes": ".png", "maxSize": "muy grande"})
    assert officer.status == 422
    assert officer.fields()["fileTypes"] == ".png"
    await officer.press("save", maxSize="1.5")
    assert await desk.order() == [["agua", "servicios", "palabras", "como_se_ve"]]
    question = await desk.question("como_se_ve")
    assert (question["kind"], question["fileTypes"], question["maxSize"]) == ("FILE", [".png"], 1_500_000)
    await officer.open(f"/escritorio/consultas/{desk.asked.node}/vista?parte=1")
    assert "PNG, hasta 1.5 MB." in officer.words()
    await officer.open(f"{desk.path}/pregunta/como_se_ve")
    assert officer.fields()["maxSize"] == "1.5"
    await officer.press("save", maxSize="")
    assert (await desk.question("como_se_ve"))["maxSize"] is None


async def test_buttons_of_a_list_save_nothing_and_lose_nothing(desk: Desk) -> None:
    officer = await desk.officer.open(f"{desk.path}/pregunta/agua")
    await officer.press("add options", **{"title.es": "¿Y ahora?", "options.1.label.es": "Nunca"})
    assert (officer.status, officer.fields()["title.es"]) == (200, "¿Y ahora?")
    await officer.press("up options 2", **{"options.2.label.es": "A veces"})
    assert [officer.fields()[f"options.{n}.label.es"] for n in range(3)] == ["Si", "A veces", "Nunca"]
    await officer.press("remove options 0")
    await officer.press("down options 0")
    assert await desk.hub.log() == []
    await officer.press("save")
    question = await desk.question("agua")
    labels = [(option["code"], option["label"]["translations"][0]["text"]) for option in question["options"]]
    assert labels == [("no", "Nunca"), ("a_veces", "A veces")]
    assert await desk.hub.log() == ["MandateReworded", "ConsultationEdited"]


@pytest.mark.parametrize(
    ("code", "typed", "field", "message"),
    [
        ("agua", {"title.es": ""}, "title.es", None),
        ("agua", {"code": "Agua potable"}, "code", "La clave lleva letras minúsculas"),
        ("agua", {"code": "servicios"}, "code", "Otra pregunta ya tiene esa clave"),
        ("servicios", {"minChoices": "dos"}, "minChoices", "Escribe un número entero"),
        ("servicios", {"minChoices": "3", "maxChoices": "2"}, "maxChoices", None),
        ("palabras", {"maxLength": "999999"}, "maxLength", None),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    desk: Desk, code: str, typed: dict[str, str], field: str, message: str | None
) -> None:
    officer = await desk.officer.open(f"{desk.path}/pregunta/{code}")
    await officer.press("save", **{**typed, "hint.en": "Still here."})
    assert officer.status == 422
    leads = [str(found["href"]) for found in officer.page.all("a") if str(found["href"]).startswith("#")]
    assert f"#{field}" in leads
    wrong = [found["id"] for _, found in officer.page.tags if str(found.get("id", "")).startswith("wrong-")]
    assert f"wrong-{field}" in wrong
    assert message is None or message in officer.words()
    assert officer.fields()["hint.en"] == "Still here."
    assert {name: officer.fields()[name] for name in typed} == typed
    assert await desk.hub.log() == []


async def test_what_no_key_writes_does_not_cost_the_rest(desk: Desk) -> None:
    """A text that was pasted out of a document may bring form feeds and the like."""
    officer = await desk.officer.open(f"{desk.path}/pregunta/agua")
    await officer.press("save", **{"title.es": "¿Hay\x0c agua\x01?"})
    assert (await desk.question("agua"))["title"]["translations"] == [{"language": "es", "text": "¿Hay agua?"}]


async def test_what_is_missing_is_said_beside_the_question(desk: Desk) -> None:
    """An unfinished question is kept, and its page and the overview say what it lacks."""
    officer = await desk.officer.open(f"{desk.path}/nueva?parte=0&tipo=MATRIX")
    await officer.press("save", **{"title.es": "¿Cómo está cada cuarto?"})
    words = officer.words()
    assert "Se agregó la pregunta 4." in words
    assert "Falta o está mal:" in words
    await officer.open(f"{desk.path}/pregunta/como_esta_cada_cuarto")
    assert "Todavía falta en esta pregunta" in officer.words()
    leads = {str(found["href"]) for found in officer.page.all("a") if str(found["href"]).startswith("#")}
    assert {"#options.0.label.es", "#rows.0.label.es"} <= leads


async def test_the_preview_shows_and_sends_nothing(desk: Desk) -> None:
    officer = await desk.officer.open(f"/escritorio/consultas/{desk.asked.node}/vista?parte=1")
    assert officer.status == 200
    assert "¿Hay agua en tu casa?" in officer.words()
    assert officer.page.all("form") == []
    assert (await officer.open(f"/escritorio/consultas/{desk.asked.node}/vista?parte=2")).status == 404
    assert (
        "As a respondent sees it" in (await officer.open(f"/en/escritorio/consultas/{desk.asked.node}/vista")).words()
    )


async def test_an_officer_of_another_body_finds_nothing_and_writes_nothing(desk: Desk) -> None:
    elsewhere = await a_coordinator_of(desk.hub, await a_body(desk.hub), "Rosa Uc")
    citizen = await a_citizen(desk.hub)
    before = await written(desk.hub, desk.asked, desk.julia)
    await desk.hub.forget()
    own = await desk.officer.open(desk.path)
    form = own.fields()
    for somebody in (elsewhere, citizen):
        async with an_officer(desk.hub, somebody) as other:
            for rest in ("", "/nueva?parte=0&tipo=DATE", "/pregunta/agua", "/pregunta/agua/condicion", "/parte/0"):
                assert (await other.open(desk.path + rest)).status == 404, rest
            assert (await other.open(f"/escritorio/consultas/{desk.asked.node}/vista")).status == 404
            await other.open("/muestrario")
            theirs = other.fields()
            for rest, act in (("", "remove agua"), ("/pregunta/agua", "save"), ("/parte/0", "save")):
                sent = {**form, **theirs, "act": act, "title.es": "No"}
                assert (await other.send(desk.path + rest, list(sent.items()))).status == 404, rest
    assert await written(desk.hub, desk.asked, desk.julia) == before
    assert await desk.hub.log() == []


async def test_who_is_not_signed_in_is_led_to_sign_in(desk: Desk) -> None:
    desk.officer.reader.cookies.delete("hub-session")
    await desk.officer.open(desk.path)
    assert "Entrar" in desk.officer.page.words("h1")


async def test_what_was_typed_outlives_the_sign_in(desk: Desk) -> None:
    """Somebody who was signed out while they wrote signs in again beside, and sends what they had sent."""
    officer = await desk.officer.open(f"{desk.path}/pregunta/agua")
    token = officer.reader.cookies["hub-session"]
    officer.reader.cookies.delete("hub-session")
    await officer.press("save", **{"title.es": "¿Tienes agua?"})
    assert (officer.status, officer.page.words("h1")) == (403, "Tu sesión terminó")
    assert await desk.hub.log() == []
    officer.reader.cookies.set("hub-session", token)
    form = Forms(officer.response.text).forms[0]
    await officer.send(form["action"], form["fields"])
    assert "Se guardó la pregunta 1." in officer.words()
    assert (await desk.question("agua"))["title"]["translations"] == [{"language": "es", "text": "¿Tienes agua?"}]


async def test_what_was_typed_outlives_a_hub_that_is_too_busy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = await desk.officer.open(f"/en{desk.path}/pregunta/agua")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(desk.hub.hub.admission.queues, "writes", Queue(at_once=0, places=0))
        await officer.press("save", **{"title.en": "Is there water?"})
        assert (officer.status, officer.page.words("h1")) == (503, "It could not be saved just now")
    form = Forms(officer.response.text).forms[0]
    await officer.send(form["action"], form["fields"])
    assert "Question 1 was saved." in officer.words()
