"""A questionnaire with a question of every kind, and whole answers to it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from hub.consultations.drafts import OptionDraft, QuestionDraft, RowDraft, SectionDraft
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.questionnaires import PLAIN, Asked, Questionnaire
from hub.people.models import TerritoryKind
from hub.text import written


def options(*codes: str, other: str | None = None) -> tuple[OptionDraft, ...]:
    """Options whose labels are their codes; one of them may ask for one's own words."""
    return tuple(OptionDraft(code=c, label=written(es=c.capitalize()), other=c == other) for c in codes)


def rows(*codes: str) -> tuple[RowDraft, ...]:
    """Rows of a matrix whose labels are their codes."""
    return tuple(RowDraft(code=code, label=written(es=code.capitalize())) for code in codes)


def a_question(code: str, kind: QuestionKind, **known: Any) -> QuestionDraft:
    """A question that asks for its code."""
    return QuestionDraft(code=code, kind=kind, title=written(es=f"¿{code.capitalize()}?"), **known)


NAME = a_question("nombre", QuestionKind.SHORT_TEXT, max_length=40, sensitivity=Sensitivity.PERSONAL)
STORY = a_question("relato", QuestionKind.LONG_TEXT, sensitivity=Sensitivity.CONFIDENTIAL)
WATER = a_question("agua", QuestionKind.SINGLE_CHOICE, options=options("si", "no", "otra", other="otra"))
SERVICES = a_question(
    "servicios",
    QuestionKind.MULTIPLE_CHOICE,
    options=options("luz", "gas", "drenaje", "mas", other="mas"),
    min_choices=1,
    max_choices=2,
)
ORDER = a_question("orden", QuestionKind.RANKING, options=options("luz", "gas", "drenaje"), min_choices=2)
MARK = a_question("nota", QuestionKind.SCALE, minimum=Decimal(1), maximum=Decimal(5))
ROOMS = a_question("cuartos", QuestionKind.MATRIX, options=options("bien", "mal"), rows=rows("cocina", "patio"))
LITRES = a_question("litros", QuestionKind.NUMBER, minimum=Decimal("0.5"), maximum=Decimal(1000), decimals=2)
SINCE = a_question("desde", QuestionKind.DATE, earliest=dt.date(2000, 1, 1), latest=dt.date(2026, 12, 31))
WHERE = a_question("lugar", QuestionKind.PLACE, place_kind=TerritoryKind.MUNICIPALITY)
PAPER = a_question("anexo", QuestionKind.FILE, file_types=[".pdf", ".png"], max_size=1_000)
READ_THIS = a_question("aviso", QuestionKind.NOTICE)
AGREES = a_question("acepta", QuestionKind.CONSENT)

EVERY_KIND = (NAME, STORY, WATER, SERVICES, ORDER, MARK, ROOMS, LITRES, SINCE, WHERE, PAPER, READ_THIS, AGREES)


def in_sections(*questions: QuestionDraft) -> tuple[SectionDraft, ...]:
    """One section with these questions."""
    return (SectionDraft(title=written(es="Todo"), questions=questions),)


def asked_of(*questions: QuestionDraft) -> Questionnaire:
    """The questionnaire of these questions, as it is read to check answers."""
    copied = set(PLAIN) & Asked.__dataclass_fields__.keys()
    return {
        question.code: Asked(
            id=uuid4(),
            lineage_id=uuid4(),
            **{name: getattr(question, name) for name in copied - {"options", "rows"}},
            options=frozenset(option.code for option in question.options),
            other=next((option.code for option in question.options if option.other), None),
            rows=tuple(row.code for row in question.rows),
        )
        for question in questions
    }


def every_answer(place: UUID) -> list[dict[str, Any]]:
    """An answer to each question of every kind, as a client sends it; two of them with their own consent."""
    return [
        {"question": "nombre", "text": "Ana"},
        {"question": "relato", "text": 'Un «cuento»\ncon "comillas", \\ y 🜁.', "consent": "NOT_PUBLISHED"},
        {"question": "agua", "option": "otra", "other": "De la pipa"},
        {"question": "servicios", "options": ["mas", "luz"], "other": "Leña", "consent": "WITHOUT_NAME"},
        {"question": "orden", "ranking": ["gas", "luz"]},
        {"question": "nota", "number": 4.0},
        {"question": "cuartos", "rows": [{"row": "patio", "option": "mal"}, {"row": "cocina", "option": "bien"}]},
        {"question": "litros", "number": 12.75},
        {"question": "desde", "date": "2019-02-28"},
        {"question": "lugar", "territoryId": f"Territory_{place}"},
        {"question": "acepta", "agreed": False},
    ]
