"""A questionnaire in force is corrected over several pages that keep nothing, looked over, and put in force at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from frontend_stub.building.carrying import packed, unpacked
from hub.consultations.models import ResultsPolicy
from tests.cast import a_citizen, a_coordinator_of, an_analyst_of
from tests.consultations.asking import SUBMIT, a_sheet
from tests.frontend.filling import Officer, an_officer
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_closed_consultation, an_open_consultation
from tests.talking import Somebody, Talking

IN_FORCE = """query ($id: ID!) { node(id: $id) { ... on Consultation { viewerIsAskedAgain revision {
  number revisionClass note { translations { language text } }
  sections { title { text } } questions { nodes { code title { text } displayRule lineageId } }
} } } }"""


@dataclass
class Correcting:
    """An open consultation that somebody has answered, its coordinator and their browser."""

    hub: Talking
    asked: Asked
    julia: Somebody
    ana: Somebody
    officer: Officer

    @property
    def path(self) -> str:
        return f"/escritorio/consultas/{self.asked.node}/corregir"

    async def in_force(self, by: Somebody | None = None) -> dict[str, Any]:
        found: dict[str, Any] = (await self.hub.ask(IN_FORCE, {"id": self.asked.node}, by=by))["node"]
        return {**found["revision"], "again": found["viewerIsAskedAgain"]}

    async def codes(self) -> list[str]:
        return [question["code"] for question in (await self.in_force())["questions"]["nodes"]]


@pytest.fixture
async def correcting(hub: Talking) -> AsyncIterator[Correcting]:
    asked = await an_open_consultation(hub, await a_body(hub), results_policy=ResultsPolicy.LIVE)
    julia, ana = await a_coordinator_of(hub, asked.body_id), await a_citizen(hub)
    await hub.act(SUBMIT, a_sheet(asked), by=ana)
    await hub.forget()
    async with an_officer(hub, julia) as officer:
        yield Correcting(hub, asked, julia, ana, officer)


async def test_clearer_words_are_a_clarification(correcting: Correcting) -> None:
    officer, hub = correcting.officer, correcting.hub
    await officer.open(correcting.path)
    assert "Corregir el cuestionario" in officer.words()
    await officer.to("/pregunta/agua")
    await officer.press("save", **{"title.es": "¿Tienes agua en tu casa?"})
    assert "Se guardó la pregunta 1." in officer.words()
    await officer.to("/revisar")
    words = officer.words()
    assert "Cambia la pregunta 1" in words
    assert "[se quita: Hay]" in words
    assert "[se agrega: Tienes]" in words
    assert await hub.log() == [], "So far nobody but their author knows of it."
    await officer.press("send", **{"note.es": "Más clara."})
    assert (officer.status, "Elige qué clase de corrección es." in officer.words()) == (422, True)
    assert officer.fields()["note.es"] == "Más clara."
    await officer.press("send", **{"class": "CLARIFICATION", "note.es": ""})
    assert officer.status == 422
    await officer.press("send", **{"note.es": "Más clara.", "note.en": "Clearer."})
    assert "La corrección está en vigor." in officer.words()
    now = await correcting.in_force(correcting.ana)
    assert (now["number"], now["revisionClass"], now["again"]) == (2, "CLARIFICATION", False)
    assert now["questions"]["nodes"][0]["title"] == {"text": "¿Tienes agua en tu casa?"}
    assert {one["language"]: one["text"] for one in now["note"]["translations"]} == {
        "es": "Más clara.",
        "en": "Clearer.",
    }
    assert await hub.log() == ["QuestionnairePublished", "QuestionnaireCorrected"]


async def test_anything_else_is_a_change_of_substance(correcting: Correcting) -> None:
    """Added, removed, put back, copied, moved, renamed and made to depend: one correction, and results go on."""
    officer = correcting.officer
    lineage = (await correcting.in_force())["questions"]["nodes"][0]["lineageId"]
    await officer.open(correcting.path)
    await officer.to("/nueva?parte=0")
    await officer.press("kind", tipo="SCALE")
    await officer.press("save", **{"title.es": "¿Qué tan bien?"})
    await officer.press("remove servicios")
    await officer.press("undo")
    await officer.press("remove palabras")
    await officer.press("copy agua")
    await officer.to("/pregunta/agua")
    await officer.press("save", code="agua_en_casa")
    await officer.press("down agua_en_casa")
    await officer.to("/pregunta/que_tan_bien/condicion")
    await officer.press("add", add="agua_en_casa")
    await officer.press("save", **{"when.0.value": ["si"]})
    await officer.to("/revisar")
    words = officer.words()
    assert "no puede ser una aclaración" in words
    assert "Se agrega la pregunta 1" in words
    assert "Se quita la que era la pregunta 3" in words
    assert await correcting.codes() == ["agua", "servicios", "palabras"]
    assert "respuesta: sigue siendo válida" in words
    await officer.press("send", **{"note.es": "Otras preguntas."})
    assert "La corrección está en vigor." in officer.words()
    now = await correcting.in_force(correcting.ana)
    assert [question["code"] for question in now["questions"]["nodes"]] == [
        "agua_2",
        "agua_en_casa",
        "servicios",
        "que_tan_bien",
    ]
    assert (now["revisionClass"], now["again"]) == ("SUBSTANTIVE", True)
    assert now["questions"]["nodes"][1]["lineageId"] == lineage
    assert now["questions"]["nodes"][0]["lineageId"] != lineage
    assert now["questions"]["nodes"][3]["displayRule"] == "agua_en_casa = si"


async def test_a_new_question_takes_no_code_that_is_in_force(correcting: Correcting) -> None:
    """Else it would be taken for the question that was removed, and be counted with it."""
    officer = await correcting.officer.open(correcting.path)
    await officer.press("remove palabras")
    await officer.to("/nueva?parte=0")
    await officer.press("kind", tipo="LONG_TEXT")
    await officer.press("save", **{"title.es": "Palabras"})
    codes = [question["code"] for question in carried(officer)["sections"][0]["questions"]]
    assert codes == ["agua", "servicios", "palabras_2"]


def carried(officer: Officer) -> dict[str, Any]:
    found: dict[str, Any] = unpacked(officer.fields()["carried"])[-1]
    return found


async def test_the_preview_and_the_other_language_carry_it_along(correcting: Correcting) -> None:
    officer = await correcting.officer.open(correcting.path)
    await officer.to("/pregunta/agua")
    await officer.press("save", **{"title.es": "¿Tienes agua?"})
    await officer.to("/vista?parte=1")
    assert "¿Tienes agua?" in officer.words()
    await officer.to("/vista?parte=1", language="/en")
    assert "As a respondent sees it" in officer.words()
    await officer.to("", language="/en")
    assert "Correct the questionnaire" in officer.words()
    assert "¿Tienes agua?" in officer.words()
    await officer.press("down agua")
    await officer.to("/corregir")
    assert "Corregir el cuestionario" in officer.words()
    assert [one["code"] for one in carried(officer)["sections"][0]["questions"]] == ["servicios", "agua", "palabras"]


async def test_what_is_wrong_with_it_is_said_and_it_is_not_lost(correcting: Correcting) -> None:
    officer = await correcting.officer.open(correcting.path)
    await officer.to("/pregunta/agua")
    await officer.press("save", **{"options.0.label.es": "", "options.1.label.es": ""})
    assert "Falta o está mal:" in officer.words()
    await officer.to("/revisar")
    await officer.press("send", **{"note.es": "Así."})
    assert officer.status == 422
    assert carried(officer)["sections"][0]["questions"][0]["options"] == []
    assert await correcting.hub.log() == []


async def test_two_who_correct_see_what_they_would_undo(correcting: Correcting) -> None:
    officer = await correcting.officer.open(correcting.path)
    await officer.to("/pregunta/agua")
    await officer.press("save", **{"hint.es": "De la llave."})
    async with an_officer(correcting.hub, correcting.julia) as another:
        await another.open(correcting.path)
        await another.to("/pregunta/palabras")
        await another.press("save", **{"title.es": "¿Qué más?"})
        await another.to("/revisar")
        await another.press("send", **{"class": "CLARIFICATION", "note.es": "Otra."})
    await officer.to("/revisar")
    assert officer.status == 409
    assert "Alguien más corrigió el cuestionario" in officer.words()
    assert "[se agrega: Algo]" in officer.words()
    await officer.press("send", **{"class": "CLARIFICATION", "note.es": "La mía."})
    assert (await correcting.in_force())["number"] == 3


async def test_sent_twice_it_is_put_in_force_once(correcting: Correcting) -> None:
    officer = await correcting.officer.open(correcting.path)
    await officer.to("/pregunta/agua")
    await officer.press("save", **{"hint.es": "De la llave."})
    await officer.to("/revisar")
    page = officer.response
    for _ in range(2):
        officer.response = page
        await officer.press("send", **{"class": "CLARIFICATION", "note.es": "Una."})
        assert "La corrección está en vigor." in officer.words()
    assert await correcting.hub.log() == ["QuestionnairePublished", "QuestionnaireCorrected"]


async def test_who_may_not_correct_is_refused_and_nothing_is_written(correcting: Correcting) -> None:
    hub = correcting.hub
    officer = await correcting.officer.open(correcting.path)
    await officer.to("/pregunta/agua")
    await officer.press("save", **{"title.es": "¿Otra?"})
    await officer.to("/revisar")
    sent = {**officer.fields(), "class": "CLARIFICATION", "note.es": "No.", "act": "send"}
    elsewhere = await a_coordinator_of(hub, await a_body(hub), "Rosa Uc")
    analyst = await an_analyst_of(hub, correcting.asked.body_id)
    await hub.forget()
    for somebody in (elsewhere, analyst, correcting.ana):
        async with an_officer(hub, somebody) as other:
            assert (await other.open(correcting.path)).status == 403
            await other.open("/muestrario")
            stolen = {**sent, "form": other.fields()["form"]}
            assert (await other.send(f"{correcting.path}/revisar", list(stolen.items()))).status == 403
    assert await hub.log() == []
    assert (await correcting.in_force())["number"] == 1


async def test_what_was_not_carried_here_is_refused(correcting: Correcting) -> None:
    officer = await correcting.officer.open(correcting.path)
    form = officer.fields()
    another = unpacked(form["carried"])
    another[0] = "Consultation_00000000-0000-0000-0000-000000000000"
    for spoilt in ("", "AAAA", packed([1, 2]), packed(another), packed([*another[:-1], {"sections": [1]}])):
        sent = {**form, "carried": spoilt, "act": "up agua"}
        assert (await officer.send(correcting.path, list(sent.items()))).status == 400
    assert await correcting.hub.log() == []


async def test_what_is_closed_is_not_corrected(hub: Talking) -> None:
    asked = await a_closed_consultation(hub, await a_body(hub))
    async with an_officer(hub, await a_coordinator_of(hub, asked.body_id)) as officer:
        assert (await officer.open(f"/escritorio/consultas/{asked.node}/corregir")).status == 403
        assert (await officer.open("/escritorio/consultas/Consultation_nobody/corregir")).status == 404
