"""Validating: every problem of an answer at its exact place, all at once; what is hidden is not answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from hub.consultations.drafts import QuestionDraft
from hub.consultations.kinds import LARGEST_NUMBER
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.validating import GivenAnswer, RowAnswer, problems_of
from hub.errors import Problem
from hub.people.models import TerritoryKind
from tests.making.questionnaires import (
    AGREES,
    EVERY_KIND,
    LITRES,
    MARK,
    NAME,
    ORDER,
    READ_THIS,
    ROOMS,
    SERVICES,
    SINCE,
    STORY,
    WATER,
    WHERE,
    a_question,
    asked_of,
    options,
)

TOWN, STATE, NOWHERE = uuid4(), uuid4(), uuid4()
PLACES = {TOWN: TerritoryKind.MUNICIPALITY, STATE: TerritoryKind.STATE}

Found = list[tuple[str, str]]


def told(found: list[Problem]) -> Found:
    """The codes of problems with their paths."""
    return [(problem.code, ".".join(problem.path)) for problem in found]


def said(question: QuestionDraft, **answer: Any) -> Found:
    """What is wrong with one answer to one question."""
    given = GivenAnswer(question=question.code, **answer)
    return told(problems_of(asked_of(question), [given], places=PLACES))


def lines(*given: tuple[str, str]) -> tuple[RowAnswer, ...]:
    return tuple(RowAnswer(row=row, option=option) for row, option in given)


def required(question: QuestionDraft) -> QuestionDraft:
    return replace(question, required=True)


# ---- answers ---------------------------------------------------------------------------------------------------

ANSWERS: list[tuple[QuestionDraft, dict[str, Any], Found]] = [
    (NAME, {"text": "Ana"}, []),
    (NAME, {"text": "x" * 40}, []),
    (NAME, {"text": "x" * 41}, [("TEXT_TOO_LONG", "answers.0.text")]),
    (NAME, {"text": " \n"}, [("TEXT_EMPTY", "answers.0.text")]),
    (NAME, {"text": "a\x00"}, [("FORBIDDEN_CHARACTER", "answers.0.text")]),
    (NAME, {"text": "\ud800" * 41}, [("TEXT_TOO_LONG", "answers.0.text"), ("FORBIDDEN_CHARACTER", "answers.0.text")]),
    (NAME, {}, [("WRONG_ANSWER_KIND", "answers.0")]),
    (NAME, {"other": "Ana"}, [("WRONG_ANSWER_KIND", "answers.0")]),
    (NAME, {"text": "Ana", "other": "Luz"}, [("OTHER_NOT_CHOSEN", "answers.0.other")]),
    (STORY, {"text": "x" * 20_000}, []),
    (STORY, {"text": "x" * 20_001}, [("TEXT_TOO_LONG", "answers.0.text")]),
    (WATER, {"option": "si"}, []),
    (WATER, {"option": "quiza"}, [("UNKNOWN_OPTION", "answers.0.option")]),
    (WATER, {"options": ("si",)}, [("WRONG_ANSWER_KIND", "answers.0")]),
    (WATER, {"option": "otra", "other": "De la pipa"}, []),
    (WATER, {"option": "otra"}, [("OTHER_MISSING", "answers.0.other")]),
    (WATER, {"option": "otra", "other": " "}, [("TEXT_EMPTY", "answers.0.other")]),
    (WATER, {"option": "otra", "other": "x" * 501}, [("TEXT_TOO_LONG", "answers.0.other")]),
    (WATER, {"option": "otra", "other": "\x07"}, [("FORBIDDEN_CHARACTER", "answers.0.other")]),
    (WATER, {"option": "si", "other": "Pero poca"}, [("OTHER_NOT_CHOSEN", "answers.0.other")]),
    (WATER, {"other": "De la pipa"}, [("WRONG_ANSWER_KIND", "answers.0")]),
    (SERVICES, {"options": ("luz", "mas"), "other": "Leña"}, []),
    (SERVICES, {"options": ()}, [("TOO_FEW_CHOICES", "answers.0.options")]),
    (
        SERVICES,
        {"options": ("luz", "luz", "agua")},
        [
            ("DUPLICATE_CHOICE", "answers.0.options.1"),
            ("UNKNOWN_OPTION", "answers.0.options.2"),
            ("TOO_MANY_CHOICES", "answers.0.options"),
        ],
    ),
    (ORDER, {"ranking": ("gas", "luz")}, []),
    (ORDER, {"ranking": ("gas", "luz", "drenaje")}, []),
    (ORDER, {"ranking": ("gas",)}, [("TOO_FEW_CHOICES", "answers.0.ranking")]),
    (ORDER, {"options": ("gas", "luz")}, [("WRONG_ANSWER_KIND", "answers.0")]),
    (ORDER, {"ranking": ("gas", "gas")}, [("DUPLICATE_CHOICE", "answers.0.ranking.1")]),
    (ORDER, {"ranking": ("gas", "x", "luz")}, [("UNKNOWN_OPTION", "answers.0.ranking.1")]),
    (MARK, {"number": Decimal(1)}, []),
    (MARK, {"number": Decimal(5)}, []),
    (MARK, {"number": Decimal(0)}, [("NUMBER_OUT_OF_RANGE", "answers.0.number")]),
    (MARK, {"number": Decimal(6)}, [("NUMBER_OUT_OF_RANGE", "answers.0.number")]),
    (MARK, {"number": Decimal("2.5")}, [("TOO_MANY_DECIMALS", "answers.0.number")]),
    (ROOMS, {"rows": lines(("cocina", "bien"))}, []),
    (ROOMS, {"rows": ()}, [("TOO_FEW_CHOICES", "answers.0.rows")]),
    (ROOMS, {"option": "bien"}, [("WRONG_ANSWER_KIND", "answers.0")]),
    (
        ROOMS,
        {"rows": lines(("cocina", "bien"), ("cocina", "mal"), ("sala", "bien"), ("patio", "regular"))},
        [
            ("DUPLICATE_ROW", "answers.0.rows.1.row"),
            ("UNKNOWN_ROW", "answers.0.rows.2.row"),
            ("UNKNOWN_OPTION", "answers.0.rows.3.option"),
        ],
    ),
    (required(ROOMS), {"rows": lines(("cocina", "bien"))}, [("ROW_MISSING", "answers.0.rows")]),
    (required(ROOMS), {"rows": lines(("patio", "mal"), ("cocina", "bien"))}, []),
    (LITRES, {"number": Decimal("0.5")}, []),
    (LITRES, {"number": Decimal("12.75")}, []),
    (LITRES, {"number": Decimal("12.755")}, [("TOO_MANY_DECIMALS", "answers.0.number")]),
    (LITRES, {"number": Decimal("0.49")}, [("NUMBER_OUT_OF_RANGE", "answers.0.number")]),
    (LITRES, {"number": Decimal(0)}, [("NUMBER_OUT_OF_RANGE", "answers.0.number")]),
    (SINCE, {"date": dt.date(2000, 1, 1)}, []),
    (SINCE, {"date": dt.date(1999, 12, 31)}, [("TOO_EARLY", "answers.0.date")]),
    (SINCE, {"date": dt.date(2027, 1, 1)}, [("TOO_LATE", "answers.0.date")]),
    (WHERE, {"territory_id": TOWN}, []),
    (WHERE, {"territory_id": STATE}, [("WRONG_PLACE_KIND", "answers.0.territoryId")]),
    (WHERE, {"territory_id": NOWHERE}, [("UNKNOWN_TERRITORY", "answers.0.territoryId")]),
    (READ_THIS, {"agreed": True}, [("NOTICE_NOT_ANSWERED", "answers.0.question")]),
    (READ_THIS, {}, [("NOTICE_NOT_ANSWERED", "answers.0.question")]),
    (AGREES, {"agreed": False}, []),
    (required(AGREES), {"agreed": True}, []),
    (required(AGREES), {"agreed": False}, [("NOT_AGREED", "answers.0.agreed")]),
]


@pytest.mark.parametrize(("question", "answer", "expected"), ANSWERS)
def test_what_is_wrong_with_an_answer(question: QuestionDraft, answer: dict[str, Any], expected: Found) -> None:
    assert said(question, **answer) == expected


ANY_NUMBER = a_question("cifra", QuestionKind.NUMBER)
HUGE = ("1e9", "-1e9", "1e20", "1e308", "-1.7976931348623157e308", "Infinity", "-Infinity", "NaN", "sNaN")


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("question", [ANY_NUMBER, LITRES, MARK])
def test_a_number_beyond_all_bounds_is_out_of_range(question: QuestionDraft, number: str) -> None:
    assert said(question, number=Decimal(number)) == [("NUMBER_OUT_OF_RANGE", "answers.0.number")]


def test_a_number_as_small_as_can_be_has_too_many_decimals() -> None:
    assert said(ANY_NUMBER, number=Decimal("5e-324")) == [("TOO_MANY_DECIMALS", "answers.0.number")]
    assert said(ANY_NUMBER, number=LARGEST_NUMBER) == said(ANY_NUMBER, number=-LARGEST_NUMBER) == []


def test_everything_that_is_wrong_is_found_at_once() -> None:
    given = [
        GivenAnswer(question="nombre", text="x" * 41),
        GivenAnswer(question="nada", text="?"),
        GivenAnswer(question="agua", option="otra"),
        GivenAnswer(question="nota", number=Decimal(9)),
        GivenAnswer(question="aviso", text="leído"),
        GivenAnswer(question="nota", number=Decimal(2)),
        GivenAnswer(question="lugar", territory_id=STATE),
    ]
    asked = asked_of(*EVERY_KIND[:-1], required(AGREES), required(ORDER))
    assert told(problems_of(asked, given, places=PLACES)) == [
        ("TEXT_TOO_LONG", "answers.0.text"),
        ("UNKNOWN_QUESTION", "answers.1.question"),
        ("OTHER_MISSING", "answers.2.other"),
        ("NUMBER_OUT_OF_RANGE", "answers.3.number"),
        ("NOTICE_NOT_ANSWERED", "answers.4.question"),
        ("DUPLICATE_ANSWER", "answers.5.question"),
        ("WRONG_PLACE_KIND", "answers.6.territoryId"),
        ("QUESTION_REQUIRED", "answers"),
        ("QUESTION_REQUIRED", "answers"),
    ]


# ---- what is shown ---------------------------------------------------------------------------------------------

CHAIN = (
    a_question("agua", QuestionKind.SINGLE_CHOICE, options=options("si", "no"), required=True),
    a_question("causa", QuestionKind.SINGLE_CHOICE, options=options("fuga", "corte"), display_rule="agua = no"),
    a_question("dias", QuestionKind.NUMBER, display_rule="causa = corte", required=True),
    a_question("detalle", QuestionKind.SHORT_TEXT, display_rule="dias > 3", required=True),
)


@pytest.mark.parametrize(("given", "expected"), [
    ({"agua": "si"}, []),
    ({"agua": "no"}, []),
    ({"agua": "si", "causa": "corte"}, [("NOT_SHOWN", "answers.1.question")]),
    ({"agua": "no", "causa": "fuga"}, []),
    ({"agua": "no", "causa": "corte"}, [("QUESTION_REQUIRED", "answers")]),
    ({"agua": "no", "causa": "corte", "dias": 2}, []),
    ({"agua": "no", "causa": "corte", "dias": 4}, [("QUESTION_REQUIRED", "answers")]),
    ({"agua": "no", "causa": "corte", "dias": 4, "detalle": "Sí"}, []),
    ({"agua": "no", "causa": "corte", "dias": 2, "detalle": "Sí"}, [("NOT_SHOWN", "answers.3.question")]),
    # What is hidden has no answer, so whatever hangs on it is hidden as well, and nothing of it is required.
    (
        {"agua": "si", "causa": "corte", "dias": 4, "detalle": "Sí"},
        [("NOT_SHOWN", f"answers.{n}.question") for n in (1, 2, 3)],
    ),
])  # fmt: skip
def test_only_what_is_shown_is_answered_and_required(given: dict[str, Any], expected: Found) -> None:
    fields = {"agua": "option", "causa": "option", "dias": "number", "detalle": "text"}
    answers = [
        GivenAnswer(question=code, **{fields[code]: Decimal(value) if isinstance(value, int) else value})
        for code, value in given.items()
    ]
    assert told(problems_of(asked_of(*CHAIN), answers, places={})) == expected


# ---- what is not finished --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "answer", "expected"), [
    (NAME, {"text": ""}, []),
    (NAME, {"text": "x" * 41}, [("TEXT_TOO_LONG", "answers.0.text")]),
    (WATER, {"option": "otra"}, []),
    (ORDER, {"ranking": ("gas",)}, []),
    (required(ROOMS), {"rows": ()}, []),
    (required(AGREES), {"agreed": False}, []),
    (MARK, {"number": Decimal(9)}, [("NUMBER_OUT_OF_RANGE", "answers.0.number")]),
])  # fmt: skip
def test_what_is_not_finished_may_lack_something_and_have_nothing_wrong(
    question: QuestionDraft, answer: dict[str, Any], expected: Found
) -> None:
    given = [GivenAnswer(question=question.code, **answer)]
    assert told(problems_of(asked_of(question), given, places=PLACES, complete=False)) == expected


def test_what_is_hidden_is_bounded_in_a_draft_like_everything_else() -> None:
    given = [
        GivenAnswer(question="agua", option="si"),
        GivenAnswer(question="detalle", text="x" * 501),
        GivenAnswer(question="detalle", text="x"),
        GivenAnswer(question="causa", option="x" * 100),
    ]
    assert told(problems_of(asked_of(*CHAIN), given, places={}, complete=False)) == [
        ("TEXT_TOO_LONG", "answers.1.text"),
        ("DUPLICATE_ANSWER", "answers.2.question"),
        ("UNKNOWN_OPTION", "answers.3.option"),
    ]


def test_a_territory_is_looked_up_by_its_id() -> None:
    assert said(WHERE, territory_id=UUID(int=0)) == [("UNKNOWN_TERRITORY", "answers.0.territoryId")]
