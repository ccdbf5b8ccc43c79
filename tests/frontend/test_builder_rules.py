"""When a question is asked is said by forms, in words, or by hand; and what is wrong with that is not lost."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.frontend.workshop import Desk, a_desk
from tests.talking import Talking


@pytest.fixture
async def desk(hub: Talking) -> AsyncIterator[Desk]:
    async with a_desk(hub) as opened:
        yield opened


async def test_a_code_is_changed_when_asked_and_rules_follow(desk: Desk) -> None:
    officer = await desk.officer.open(f"{desk.path}/pregunta/palabras/condicion")
    await officer.press("add", add="agua")
    await officer.press("save", **{"when.0.test": "is", "when.0.value": ["no"]})
    assert "Se pregunta si la respuesta a la pregunta 1 («¿Hay agua en tu casa?») es «No»." in officer.words()
    assert (await desk.question("palabras"))["displayRule"] == "agua = no"
    await officer.open(f"{desk.path}/pregunta/agua")
    await officer.press("save", code="agua_en_casa")
    assert await desk.order() == [["agua_en_casa", "servicios", "palabras"]]
    assert (await desk.question("palabras"))["displayRule"] == "agua_en_casa = no"


async def test_conditions_are_built_of_earlier_questions(desk: Desk) -> None:
    officer = await desk.officer.open(f"{desk.path}/pregunta/agua/condicion")
    assert "Antes de esta no hay ninguna pregunta" in officer.words()
    await officer.open(f"{desk.path}/pregunta/palabras/condicion")
    await officer.press("add")
    assert officer.status == 422
    await officer.press("add", add="agua")
    await officer.press("save")
    assert officer.status == 422
    assert "Elige o escribe con qué se compara." in officer.words()
    await officer.press("add", **{"add": "servicios", "when.0.value": ["si"]})
    await officer.press("save", **{"when.1.test": "has_all", "when.1.value": ["luz", "gas"], "join": "any"})
    assert (await desk.question("palabras"))["displayRule"] == "agua = si or servicios has all (luz, gas)"
    await officer.open(f"/en{desk.path}")
    expected = "the answer to question 2 (“¿Qué servicios usas?”) includes all of these: “Luz” and “Gas”"
    assert expected in officer.words()
    await officer.open(f"{desk.path}/pregunta/palabras/condicion")
    await officer.press("drop 0")
    await officer.press("drop 0")
    await officer.press("save")
    assert (await desk.question("palabras"))["displayRule"] is None


async def test_a_rule_of_a_removed_question_is_wrong_and_not_lost(desk: Desk) -> None:
    officer = await desk.officer.open(f"{desk.path}/pregunta/palabras/condicion")
    await officer.press("add", add="agua")
    await officer.press("save", **{"when.0.value": ["no"]})
    await officer.press("remove agua")
    assert "la pregunta «agua» (que ya no está)" in officer.words()
    assert "Falta 1 cosa en el cuestionario" in officer.words()
    assert (await desk.question("palabras"))["displayRule"] == "agua = no"
    await officer.open(f"{desk.path}/pregunta/palabras/condicion")
    await officer.press("save")
    assert (await desk.question("palabras"))["displayRule"] == "agua = no", "Saved as it was, it stays as it was."


async def test_a_rule_that_is_too_much_for_the_form_is_told_and_written_by_hand(desk: Desk) -> None:
    officer = await desk.officer.open(f"{desk.path}/pregunta/palabras/condicion")
    rule = "answered(agua) and (agua = no or servicios has luz)"
    await officer.press("by-hand", text=rule)
    assert (await desk.question("palabras"))["displayRule"] == rule
    await officer.open(f"{desk.path}/pregunta/palabras/condicion")
    assert "Esta condición dice más de lo que cabe en el formulario." in officer.words()
    assert officer.fields()["text"] == rule
    await officer.press("by-hand", text="agua está mal")
    assert (await desk.question("palabras"))["displayRule"] == "agua está mal", "A draft may be unfinished."
    assert "se cumple esto, que todavía no se entiende: agua está mal" in officer.words()
    await officer.open(f"{desk.path}/pregunta/palabras/condicion")
    await officer.press("by-hand", text="a" * 1_001)
    assert officer.status == 422
    assert officer.fields()["text"] == "a" * 1_001
