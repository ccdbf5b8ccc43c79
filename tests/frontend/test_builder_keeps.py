"""Whatever a page of the builder does not show, or nobody touched, is afterwards as it was before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from frontend_stub.asking import document
from frontend_stub.building.changes import changes, words_alone
from frontend_stub.drafting import draft_of
from frontend_stub.languages import Words
from hub import clock
from hub.consultations.drafting import create
from hub.consultations.drafts import OptionDraft, QuestionDraft, SectionDraft
from hub.consultations.questionnaire_models import QuestionKind
from hub.text import LocalizedText, TextOrigin, Translation
from hub.text import written as words
from tests.cast import a_coordinator_of
from tests.frontend.filling import an_officer
from tests.frontend.test_arranging import written
from tests.making.bodies import a_body
from tests.making.consultations import DAY, a_draft, a_draft_consultation
from tests.making.questionnaires import EVERY_KIND
from tests.talking import Talking

IN_THREE = LocalizedText(
    "es",
    {
        "es": Translation("¿Hay agua?", TextOrigin.HUMAN, "¿Sale agua de la llave?"),
        "en": Translation("Is there water?", TextOrigin.MACHINE),
        "nah": Translation("¿Onka atl?"),
    },
)


async def test_a_form_that_is_sent_unchanged_changes_nothing(hub: Talking) -> None:
    """Of every kind of question: also what a form has no field for, such as a third language and who translated."""
    questions = [replace(question, title=IN_THREE, hint=IN_THREE) for question in EVERY_KIND]
    questions[-1] = replace(questions[-1], display_rule="answered(nombre) and (agua = si or servicios has luz)")
    sections = (SectionDraft(title=IN_THREE, introduction=IN_THREE, questions=tuple(questions)),)
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    async with hub.change(julia.viewer) as change:
        # Its other texts are in no third language, so that it is not finished.
        draft = a_draft(opens_at=clock.now() + DAY, closes_at=clock.now() + 2 * DAY, sections=sections)
        node = f"Consultation_{(await create(change, draft, body_id=body, unfinished=True)).id}"

    async def as_it_is() -> Any:
        return draft_of([(await hub.ask(document("desk_draft"), {"id": node}, by=julia))["node"]]).input

    before = await as_it_is()
    path = f"/escritorio/consultas/{node}/preguntas"
    async with an_officer(hub, julia) as officer:
        for code in [question.code for question in EVERY_KIND]:
            await officer.open(f"{path}/pregunta/{code}")
            await officer.press("save")
            assert "Se guardó la pregunta" in officer.words(), officer.words()
            assert await as_it_is() == before, code
        await officer.open(f"{path}/parte/0")
        await officer.press("save")
        assert "Se guardó la parte." in officer.words()
    assert await as_it_is() == before


def a_questionnaire(*codes: str, **known: Any) -> dict[str, Any]:
    """Questions that are named by their codes, in one part."""
    plain = dict.fromkeys(
        ("hint", "displayRule", "maxLength", "minChoices", "maxChoices", "minimum", "maximum", "decimals", "unit")
    )
    plain |= dict.fromkeys(("lowLabel", "highLabel", "earliest", "latest", "placeKind", "fileTypes", "maxSize"))
    question = {**plain, "kind": "LONG_TEXT", "required": False, "sensitivity": "PUBLIC", "options": [], "rows": []}
    asked = [
        {**question, "code": code, "title": written(code), "continues": code, **known.get(code, {})} for code in codes
    ]
    return {"sections": [{"title": written("Parte"), "introduction": None, "questions": asked}]}


LAST = {"displayRule": "answered(a)"}
ON = {"continues": "c", "title": written("c")}
FORMER = a_questionnaire("a", "b", "c", "d", d=LAST)


@pytest.mark.parametrize(
    ("corrected", "found", "alone"),
    [
        (FORMER, [], True),
        (a_questionnaire("a", "b", "c", "d", a={"title": written("A")}, d=LAST),
         [("changed", 1)], True),
        (a_questionnaire("a", "b", "c", "d", a={"required": True}, d=LAST),
         [("changed", 1)], False),
        (a_questionnaire("a", "b", "c", "d"), [("changed", 4)], False),
        (a_questionnaire("d", "a", "b", "c", d=LAST), [("moved", 1)], False),
        (a_questionnaire("a", "b", "c", d={}), [("removed", 4)], False),
        (a_questionnaire("a", "x", "b", "c", "d", x={"continues": None}, d=LAST),
         [("added", 2)], False),
        (a_questionnaire("a", "b", "z", "d", z=ON, d=LAST),
         [("changed", 3)], False),
    ],
)  # fmt: skip
def test_changes_are_told_as_what_they_are(
    corrected: dict[str, Any], found: list[tuple[str, int]], alone: bool
) -> None:
    told = changes(FORMER, corrected, Words("es"))
    assert [(change.what, change.number) for change in told] == found
    assert words_alone(told) is alone


async def test_a_question_of_three_hundred_options_is_edited_up_to_what_the_hub_takes(hub: Talking) -> None:
    """What would be longer than a request may be is said so, and is still in the form."""
    long = tuple(OptionDraft(code=f"o{n}", label=words(es="x" * 200)) for n in range(300))
    question = QuestionDraft(code="larga", kind=QuestionKind.SINGLE_CHOICE, title=words(es="¿Cuál?"), options=long)
    sections = (SectionDraft(title=words(es="Parte"), questions=(question,)),)
    asked = await a_draft_consultation(hub, await a_body(hub), sections=sections)
    julia = await a_coordinator_of(hub, asked.body_id)
    await hub.forget()
    async with an_officer(hub, julia) as officer:
        await officer.open(f"/escritorio/consultas/{asked.node}/preguntas/pregunta/larga")
        await officer.press("save", **{f"options.{n}.label.en": "y" * 120 for n in range(300)})
        assert officer.status == 422
        assert "demasiado para guardarlo de una vez" in officer.words()
        assert officer.fields()["options.299.label.en"] == "y" * 120
        assert await hub.log() == []
        await officer.press("save", **{f"options.{n}.label.en": "" for n in range(300)})
        assert "Se guardó la pregunta 1." in officer.words()
