"""Kinds of question: what each may have, all that is wrong with a draft at once, and answers kept as given."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from hub.consultations.checking import check_questionnaire
from hub.consultations.drafts import QuestionDraft
from hub.consultations.kinds import LARGEST_NUMBER
from hub.consultations.questionnaire_models import QuestionKind
from hub.errors import Problem
from hub.people.models import TerritoryKind
from tests.cast import a_citizen, a_coordinator_of
from tests.consultations.asking import CREATE, SUBMIT, a_draft, a_sheet, es, problems
from tests.consultations.asking import a_question as asked_as
from tests.making.bodies import a_body
from tests.making.consultations import an_open_consultation
from tests.making.people import a_territory
from tests.making.questionnaires import (
    EVERY_KIND,
    NAME,
    a_question,
    every_answer,
    in_sections,
    options,
    rows,
)
from tests.talking import Talking

Found = list[tuple[str, str]]

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
"""A month before the drafts of this file would open."""


def told(found: list[Problem]) -> Found:
    """The codes of problems with their paths."""
    return [(problem.code, ".".join(problem.path)) for problem in found]


ANY_NUMBER = a_question("cifra", QuestionKind.NUMBER)

# ---- drafting --------------------------------------------------------------------------------------------------

AT = "questionnaire.sections.0.questions.0"
K = QuestionKind
ONE_OF = options("a", "b")

FAULTS: list[tuple[QuestionDraft, list[tuple[str, str]]]] = [
    *[(question, []) for question in EVERY_KIND],
    (a_question("q", K.SHORT_TEXT, max_length=0), [("BAD_LENGTH", "maxLength")]),
    (a_question("q", K.SHORT_TEXT, max_length=501), [("BAD_LENGTH", "maxLength")]),
    (a_question("q", K.LONG_TEXT, max_length=2**31 - 1), [("BAD_LENGTH", "maxLength")]),
    (a_question("q", K.LONG_TEXT, options=ONE_OF), [("NOT_OF_THIS_KIND", "options")]),
    (a_question("q", K.SINGLE_CHOICE), [("NO_OPTIONS", "options")]),
    (a_question("q", K.SINGLE_CHOICE, options=options("a")), [("NO_OPTIONS", "options")]),
    (a_question("q", K.SINGLE_CHOICE, options=options("a", "a")), [("DUPLICATE_CODE", "options.1.code")]),
    (a_question("q", K.SINGLE_CHOICE, options=options("a", "ñ")), [("BAD_CODE", "options.1.code")]),
    (a_question("q", K.SINGLE_CHOICE, options=options("a", "b" * 65)), [("BAD_CODE", "options.1.code")]),
    (
        a_question("q", K.SINGLE_CHOICE, options=(*options("a", other="a"), *options("b", "c", other="c"))),
        [("SEVERAL_OTHERS", "options.2.other")],
    ),
    (a_question("q", K.SINGLE_CHOICE, options=ONE_OF, max_choices=1), [("NOT_OF_THIS_KIND", "maxChoices")]),
    (a_question("q", K.MULTIPLE_CHOICE, options=ONE_OF, min_choices=-1), [("OUT_OF_RANGE", "minChoices")]),
    (a_question("q", K.MULTIPLE_CHOICE, options=ONE_OF, min_choices=3), [("BAD_CHOICE_LIMITS", "minChoices")]),
    (a_question("q", K.MULTIPLE_CHOICE, options=ONE_OF, max_choices=0), [("OUT_OF_RANGE", "maxChoices")]),
    (
        a_question("q", K.MULTIPLE_CHOICE, options=ONE_OF, min_choices=2, max_choices=1),
        [("LIMITS_CROSSED", "maxChoices")],
    ),
    (a_question("q", K.RANKING, options=options("a", "b", other="b")), [("OTHER_NOT_HERE", "options.1.other")]),
    (a_question("q", K.MATRIX, options=ONE_OF), [("NO_ROWS", "rows")]),
    (a_question("q", K.MATRIX, options=ONE_OF, rows=rows("a", "a")), [("DUPLICATE_CODE", "rows.1.code")]),
    (a_question("q", K.MATRIX, options=ONE_OF, rows=rows("A")), [("BAD_CODE", "rows.0.code")]),
    (
        a_question("q", K.MATRIX, options=options("a", "b", other="a"), rows=rows("a")),
        [("OTHER_NOT_HERE", "options.0.other")],
    ),
    (
        a_question("q", K.MATRIX, options=ONE_OF, rows=rows(*[f"r{n}" for n in range(51)])),
        [("TOO_MANY_ITEMS", "rows")],
    ),
    (a_question("q", K.SCALE), [("BAD_SCALE", "minimum")]),
    (a_question("q", K.SCALE, minimum=Decimal(1)), [("BAD_SCALE", "maximum")]),
    (a_question("q", K.SCALE, minimum=Decimal("0.5"), maximum=Decimal(5)), [("BAD_SCALE_END", "minimum")]),
    (a_question("q", K.SCALE, minimum=Decimal(5), maximum=Decimal(4)), [("LIMITS_CROSSED", "maximum")]),
    (a_question("q", K.SCALE, minimum=Decimal(5), maximum=Decimal(5)), [("BAD_SCALE", "maximum")]),
    (a_question("q", K.SCALE, minimum=Decimal(0), maximum=Decimal(21)), [("BAD_SCALE", "maximum")]),
    (
        a_question("q", K.SCALE, minimum=Decimal("1e20"), maximum=Decimal("1e308")),
        [("BAD_SCALE_END", "minimum"), ("BAD_SCALE_END", "maximum")],
    ),
    (a_question("q", K.SCALE, minimum=Decimal("-Infinity"), maximum=Decimal(1)), [("BAD_SCALE_END", "minimum")]),
    (a_question("q", K.NUMBER, decimals=-1), [("OUT_OF_RANGE", "decimals")]),
    (a_question("q", K.NUMBER, decimals=7), [("OUT_OF_RANGE", "decimals")]),
    (
        a_question("q", K.NUMBER, decimals=2**31 - 1, minimum=Decimal("1e308")),
        [("OUT_OF_RANGE", "decimals"), ("BAD_NUMBER_LIMIT", "minimum")],
    ),
    (a_question("q", K.NUMBER, minimum=Decimal("0.5")), [("BAD_NUMBER_LIMIT", "minimum")]),
    (a_question("q", K.NUMBER, maximum=Decimal(10**9)), [("BAD_NUMBER_LIMIT", "maximum")]),
    (a_question("q", K.NUMBER, maximum=Decimal("Infinity")), [("BAD_NUMBER_LIMIT", "maximum")]),
    (a_question("q", K.NUMBER, minimum=Decimal(2), maximum=Decimal(1)), [("LIMITS_CROSSED", "maximum")]),
    (
        a_question("q", K.DATE, earliest=dt.date(2026, 2, 1), latest=dt.date(2026, 1, 1)),
        [("LIMITS_CROSSED", "latest")],
    ),
    (a_question("q", K.PLACE), [("NO_PLACE_KIND", "placeKind")]),
    (a_question("q", K.FILE, file_types=[".pdf", ".exe", ".json"]), [
        ("FILE_TYPES_NOT_TAKEN", "fileTypes.1"), ("FILE_TYPES_NOT_TAKEN", "fileTypes.2"),
    ]),
    (a_question("q", K.FILE, file_types=[".pdf"] * 14), [("TOO_MANY_ITEMS", "fileTypes")]),
    (a_question("q", K.FILE, max_size=0), [("OUT_OF_RANGE", "maxSize")]),
    (a_question("q", K.FILE, max_size=10 * 2**20 + 1), [("OUT_OF_RANGE", "maxSize")]),
    (a_question("q", K.NOTICE, required=True), [("NOTICE_REQUIRED", "required")]),
    (a_question("q", K.CONSENT, unit=NAME.title), [("NOT_OF_THIS_KIND", "unit")]),
    (a_question("Q", K.CONSENT), [("BAD_CODE", "code")]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), FAULTS)
def test_what_is_wrong_with_a_question(question: QuestionDraft, expected: list[tuple[str, str]]) -> None:
    found = told(check_questionnaire(in_sections(question), languages=["es"]))
    assert found == [(code, f"{AT}.{where}") for code, where in expected]


def test_each_kind_refuses_what_belongs_to_another() -> None:
    traits: dict[str, Any] = {
        "max_length": 10, "min_choices": 1, "max_choices": 1, "minimum": Decimal(1), "maximum": Decimal(2),
        "decimals": 1, "unit": NAME.title, "low_label": NAME.title, "high_label": NAME.title,
        "earliest": dt.date(2026, 1, 1), "latest": dt.date(2026, 1, 1), "place_kind": TerritoryKind.STATE,
        "options": ONE_OF, "rows": rows("r"), "file_types": [".pdf"], "max_size": 9,
    }  # fmt: skip
    names = {
        "max_length": "maxLength", "min_choices": "minChoices", "max_choices": "maxChoices", "low_label": "lowLabel",
        "high_label": "highLabel", "place_kind": "placeKind", "file_types": "fileTypes",
        "max_size": "maxSize",
    }  # fmt: skip
    theirs = {
        K.SHORT_TEXT: {"max_length"}, K.LONG_TEXT: {"max_length"}, K.SINGLE_CHOICE: {"options"},
        K.MULTIPLE_CHOICE: {"options", "min_choices", "max_choices"},
        K.RANKING: {"options", "min_choices", "max_choices"},
        K.SCALE: {"minimum", "maximum", "low_label", "high_label"}, K.MATRIX: {"options", "rows"},
        K.NUMBER: {"minimum", "maximum", "decimals", "unit"}, K.DATE: {"earliest", "latest"},
        K.PLACE: {"place_kind"}, K.FILE: {"file_types", "max_size"}, K.NOTICE: set(), K.CONSENT: set(),
    }  # fmt: skip
    assert set(theirs) == set(K)
    for kind, own in theirs.items():
        found = told(check_questionnaire(in_sections(a_question("q", kind, **traits)), languages=["es"]))
        foreign = {names.get(trait, trait) for trait in traits.keys() - own}
        assert set(found) == {("NOT_OF_THIS_KIND", f"{AT}.{name}") for name in foreign}, kind


# ---- through the door ------------------------------------------------------------------------------------------


async def test_six_deliberate_faults_are_found_at_once(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    questions = [
        asked_as("a", unit=es("litros")),
        {"code": "b", "kind": "SCALE", "title": es("¿B?"), "minimum": 0, "maximum": 100},
        {"code": "c", "kind": "MATRIX", "title": es("¿C?"), "options": asked_as()["options"]},
        asked_as("d", options=[{"code": c, "label": es(c), "other": True} for c in ("x", "y")]),
        {"code": "e", "kind": "NUMBER", "title": es("¿E?"), "minimum": 2, "maximum": 1},
        {"code": "f", "kind": "NUMBER", "title": es("¿F?"), "decimals": -1},
    ]
    draft = a_draft(body, questionnaire={"sections": [{"title": es("Todo"), "questions": questions}]})
    await hub.forget()
    with hub.at(NOW):
        errors = await hub.refuse(CREATE, {"input": draft}, by=julia)
    at = "questionnaire.sections.0.questions"
    assert problems(errors) == [
        ("NOT_OF_THIS_KIND", f"{at}.0.unit"),
        ("BAD_SCALE", f"{at}.1.maximum"),
        ("NO_ROWS", f"{at}.2.rows"),
        ("SEVERAL_OTHERS", f"{at}.3.options.1.other"),
        ("LIMITS_CROSSED", f"{at}.4.maximum"),
        ("OUT_OF_RANGE", f"{at}.5.decimals"),
    ]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM consultation")) == ([], [])


LARGEST_INT = 2**31 - 1
EXTREMES: list[dict[str, Any]] = [
    {"kind": "NUMBER", "minimum": 1e308},
    {"kind": "NUMBER", "minimum": 1e20, "maximum": 1e20},
    {"kind": "NUMBER", "minimum": -1e9, "maximum": 1e9},
    {"kind": "NUMBER", "minimum": 5e-324},
    {"kind": "NUMBER", "decimals": -1},
    {"kind": "NUMBER", "decimals": LARGEST_INT},
    {"kind": "SCALE", "minimum": -1e308, "maximum": 1e308},
    {"kind": "LONG_TEXT", "maxLength": LARGEST_INT},
    {"kind": "LONG_TEXT", "maxLength": -LARGEST_INT - 1},
    {"kind": "RANKING", "minChoices": -LARGEST_INT, "maxChoices": LARGEST_INT},
    {"kind": "MULTIPLE_CHOICE", "minChoices": LARGEST_INT},
    {"kind": "CONSENT", "code": "q" * 50_000},
    {"kind": "CONSENT", "code": ""},
    {"kind": "SINGLE_CHOICE", "options": [{"code": "o" * 9_000, "label": es("O")}, {"code": "b", "label": es("B")}]},
    {"kind": "CONSENT", "title": es("x" * 50_000)},
]
POLICIES = ("responsesEach", "networkLimit", "smallestCell", "graceSeconds", "lateDays")


async def test_no_extreme_of_a_draft_reaches_the_database(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    choices = asked_as()["options"]
    for extreme in EXTREMES:
        more = {"options": choices} if extreme["kind"] in ("RANKING", "MULTIPLE_CHOICE") else {}
        question = {"code": "q", "title": es("¿?"), **more, **extreme}
        draft = a_draft(body, questionnaire={"sections": [{"title": es("Todo"), "questions": [question]}]})
        for unfinished in (False, True):
            with hub.at(NOW):
                assert await hub.refuse(CREATE, {"input": {**draft, "unfinished": unfinished}}, by=julia), extreme
    for policy in POLICIES:
        for number in (LARGEST_INT, -LARGEST_INT - 1):
            with hub.at(NOW):
                errors = await hub.refuse(CREATE, {"input": a_draft(body, **{policy: number})}, by=julia)
            assert problems(errors) == [("OUT_OF_RANGE", policy)]
    # A number that JSON cannot hold can stand in the document itself.
    text = CREATE.replace("$input: CreateConsultationInput!", "$body: ID!").replace(
        "input: $input",
        'input: {bodyId: $body, idempotencyKey: "x", title: W, purpose: W, privacyNotice: W, ownInitiative: {reason: W}'
        ' opening: {declaredLocal: "2026-12-01T09:00:00", zone: "America/Mexico_City"}'
        ' closing: {declaredLocal: "2026-12-31T09:00:00", zone: "America/Mexico_City"}'
        ' questionnaire: {sections: [{title: W, questions: [{code: "q", kind: NUMBER, title: W, minimum: 1e999}]}]}}',
    )
    text = text.replace("W", '{source: "es", translations: [{language: "es", text: "¿?"}]}')
    with hub.at(NOW):
        errors = await hub.refuse(text, {"body": f"Body_{body}"}, by=julia)
    assert problems(errors) == [("BAD_NUMBER_LIMIT", "questionnaire.sections.0.questions.0.minimum")]
    assert await hub.rows("SELECT 1 FROM consultation") == []


async def test_an_answer_of_every_kind_is_kept_as_it_was_given(hub: Talking) -> None:
    body, ana = await a_body(hub), await a_citizen(hub)
    town = await a_territory(hub, "Guadalajara", code="14039", kind=TerritoryKind.MUNICIPALITY)
    asked = await an_open_consultation(hub, body, sections=in_sections(*EVERY_KIND, ANY_NUMBER))
    text = """{ viewer { responses { nodes { answers { question { code } options text rows { row option } number date
      territory { id } agreed consent } } } } }"""
    given = [*every_answer(town), {"question": "cifra", "number": float(LARGEST_NUMBER)}]
    await hub.act(SUBMIT, a_sheet(asked, *given), by=ana)
    (response,) = (await hub.ask(text, by=ana))["viewer"]["responses"]["nodes"]
    nothing = {"options": [], "text": None, "rows": [], "number": None, "date": None, "territory": None}
    nothing |= {"agreed": None, "consent": None}

    def kept(code: str, **answer: Any) -> dict[str, Any]:
        return {"question": {"code": code}, **nothing, **answer}

    story = given[1]["text"]
    assert response["answers"] == [
        kept("nombre", text="Ana"),
        kept("relato", text=story, consent="NOT_PUBLISHED"),
        kept("agua", options=["otra"], text="De la pipa"),
        kept("servicios", options=["luz", "mas"], text="Leña", consent="WITHOUT_NAME"),
        kept("orden", options=["gas", "luz"]),
        kept("nota", number=4),
        kept("cuartos", rows=[{"row": "cocina", "option": "bien"}, {"row": "patio", "option": "mal"}]),
        kept("litros", number=12.75),
        kept("desde", date="2019-02-28"),
        kept("lugar", territory={"id": f"Territory_{town}"}),
        kept("acepta", agreed=False),
        kept("cifra", number=999_999_999),
    ]
    beto = await a_citizen(hub, "Beto Luna")
    numbers = ("1e9", "1e20", "1e308", "1e999", "-1e999", "999999999.5", "1.5", "5e-324")
    for number in numbers:
        document = SUBMIT.replace("$input: SubmitResponseInput!", "$c: ID!, $r: ID!, $h: String!").replace(
            "input: $input",
            "input: {consultationId: $c, revisionId: $r, noticeHash: $h, consent: WITHOUT_NAME"
            f' idempotencyKey: "{uuid4()}" answers: [{{question: "cifra", number: {number}}}]}}',
        )
        variables = {"c": asked.node, "r": asked.revision, "h": asked.notice_hash}
        errors = await hub.refuse(document, variables, by=beto)
        code = "TOO_MANY_DECIMALS" if number in ("1.5", "5e-324") else "NUMBER_OUT_OF_RANGE"
        assert problems(errors) == [(code, "answers.0.number")], number
    assert len(await hub.rows("SELECT 1 FROM response")) == 1
