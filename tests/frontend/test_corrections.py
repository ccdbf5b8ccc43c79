"""What a correction changed is told question by question, language by language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from frontend_stub.correcting import changes, is_reordered
from hub.consultations.drafts import OptionDraft, QuestionDraft, SectionDraft
from hub.consultations.questionnaire_models import QuestionKind, RevisionClass
from hub.text import written
from tests.frontend.answering import HOSTILE, Outline, reading
from tests.making.bodies import a_body
from tests.making.consultations import SERVICES, WATER, WORDS, an_open_consultation
from tests.making.notices import a_corrected_consultation
from tests.talking import Talking


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


def in_spanish(*questions: QuestionDraft, title: str = "Servicios") -> tuple[SectionDraft, ...]:
    return (SectionDraft(title=written(es=title), questions=questions),)


async def test_each_change_is_shown_and_nothing_else(hub: Talking, reader: httpx2.AsyncClient) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    assert "nadie lo ha corregido" in Outline((await reader.get(f"/consultas/{asked.node}/cambios")).text).words()
    water = QuestionDraft(
        code="agua",
        kind=QuestionKind.SINGLE_CHOICE,
        title=written(es="¿Hay agua entubada en tu casa?"),
        required=False,
        options=(*WATER.options, OptionDraft(code="a_veces", label=written(es=HOSTILE))),
    )
    more = QuestionDraft(code="mas", kind=QuestionKind.SHORT_TEXT, title=written(es="¿Qué más?"))
    await a_corrected_consultation(hub, asked, in_spanish(water, WORDS, more, title="Agua"))
    response = await reader.get(f"/consultas/{asked.node}/cambios")
    page = Outline(response.text)
    text = page.words()
    for told in (
        "Versión 2 Pregunta otra cosa: quien ya había respondido puede responder de nuevo",
        "Se corrige.",
        "[se quita: Servicios][se agrega: Agua]",
        "¿Hay agua[se agrega: entubada] en tu casa?",
        "Obligatoria: [se quita: sí] [se agrega: no]",
        "¿Qué más? Nueva",
        "¿Qué servicios usas? Retirada",
        HOSTILE,
    ):
        assert told in text, told
    assert "¿Algo más?" not in text
    assert len(page.all("script")) == 1


async def test_each_correction_can_be_looked_at(hub: Talking, reader: httpx2.AsyncClient) -> None:
    """The newest is shown at once; each one before it has an address, whose words are those of its own pair."""
    asked = await an_open_consultation(hub, await a_body(hub))
    clear = RevisionClass.CLARIFICATION
    for title in ("Uno", "Dos"):
        await a_corrected_consultation(
            hub, asked, in_spanish(WATER, SERVICES, WORDS, title=title), revision_class=clear
        )
    page = Outline((await reader.get(f"/consultas/{asked.node}/cambios")).text)
    assert "[se quita: Uno][se agrega: Dos]" in page.words()
    (earlier,) = [str(a["href"]).partition("#")[0] for a in page.all("a") if str(a["href"]).startswith("?desde=")]
    before = Outline((await reader.get(f"/consultas/{asked.node}/cambios{earlier}")).text).words()
    assert "[se quita: Servicios][se agrega: Uno]" in before
    assert "Dos" not in before
    assert (await reader.get(f"/consultas/{asked.node}/cambios?desde=nobody")).status_code == 404


async def test_a_long_questionnaire_is_compared_to_its_end(hub: Talking, reader: httpx2.AsyncClient) -> None:
    """What comes in several pages from the hub is compared as a whole."""
    many = [
        QuestionDraft(code=f"q{n}", kind=QuestionKind.SHORT_TEXT, title=written(es=f"¿Pregunta {n}?"))
        for n in range(75)
    ]
    asked = await an_open_consultation(hub, await a_body(hub), sections=in_spanish(*many))
    last = QuestionDraft(code="q74", kind=QuestionKind.SHORT_TEXT, title=written(es="¿La última?"))
    await a_corrected_consultation(hub, asked, in_spanish(*many[:74], last))
    text = Outline((await reader.get(f"/consultas/{asked.node}/cambios")).text).words()
    assert "75. ¿La última? Corregida" in text
    assert text.count("Corregida") == 1


def a_wording(lineage: str, **known: Any) -> dict[str, Any]:
    settings = ("kind", "required", "sensitivity", "displayRule", "maxLength", "minChoices", "maxChoices", "minimum")
    settings += ("maximum", "decimals", "earliest", "latest", "placeKind")
    nothing = dict.fromkeys((*settings, "hint", "unit", "lowLabel", "highLabel"))
    return {"lineageId": lineage, **nothing, "title": None, "options": [], "rows": [], **known}


def test_only_what_differs_differs() -> None:
    one, other, third = a_wording("a", required=True), a_wording("b"), a_wording("c")
    assert changes([one, other], [one, other], language="es") == []
    assert is_reordered([one, other], [other, one]) is True
    assert is_reordered([one, other], [third, one, other]) is False
    assert is_reordered([one, other, third], [one, third]) is False
    (found,) = changes([one], [{**one, "required": False}], language="es")
    said = {"translations": [{"language": "en", "text": "Is there water?"}, {"language": "es", "text": "¿Hay agua?"}]}
    (translated,) = changes([one], [{**one, "title": said}], language="es")
    assert [(text["language"], text["before"], text["after"]) for text in translated["texts"]] == [
        ("es", "", "¿Hay agua?"),
        ("en", "", "Is there water?"),
    ]
    assert found["settings"] == [{"name": "required", "before": True, "after": False}]
