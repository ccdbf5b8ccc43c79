"""Correcting a questionnaire in force: clearer words or another substance, and what that means for who answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from hub.consultations.models import ResultsPolicy
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_secretary_of, a_visitor, an_analyst_of
from tests.consultations.asking import CHANGE, SUBMIT, a_sheet, es, problems
from tests.consultations.timing import CORRECT, a_correction, the_questions
from tests.making.bodies import a_body
from tests.making.consultations import (
    Asked,
    a_draft_consultation,
    a_scheduled_consultation,
    an_open_consultation,
)
from tests.making.notices import a_suspension, a_withdrawal
from tests.talking import Somebody, Talking

NOON = dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC)
"""Noon in Mexico City, which is six hours behind."""

CLEARER = the_questions(agua={"title": es("¿Tienes agua en tu casa?")})
QUESTIONS = "questionnaire.sections.0.questions"

STANDING = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  viewerIsAskedAgain viewerHasResponded responseCount revision { id number }
  revisions { nodes { number state revisionClass contentHash note { text } } }
} } }"""

TALLIES = """query ($id: ID!) { node(id: $id) { ... on Consultation { revisions { nodes {
  number questions { nodes { code lineageId tally { answered options { code count } } } }
} } } } }"""


async def an_open_one(hub: Talking) -> tuple[Asked, Somebody, Somebody]:
    """A consultation that is open now and counts as it goes, its coordinator, and a citizen who has answered."""
    asked = await an_open_consultation(hub, await a_body(hub), results_policy=ResultsPolicy.LIVE)
    julia, ana = await a_coordinator_of(hub, asked.body_id), await a_citizen(hub)
    await hub.act(SUBMIT, a_sheet(asked), by=ana)
    await hub.forget()
    return asked, julia, ana


async def standing(hub: Talking, asked: Asked, by: Somebody | None = None) -> Any:
    """What somebody is told of a consultation's wordings and of their own part."""
    return (await hub.ask(STANDING, {"id": asked.node}, by=by))["node"]


async def tallied(hub: Talking, asked: Asked, code: str = "agua") -> list[tuple[int, dict[str, int]]]:
    """How a question is counted, seen from each wording that has it."""
    found = (await hub.ask(TALLIES, {"id": asked.node}))["node"]["revisions"]["nodes"]
    tallies = [q["tally"] for revision in found for q in revision["questions"]["nodes"] if q["code"] == code]
    return [(tally["answered"], {o["code"]: o["count"] for o in tally["options"]}) for tally in tallies]


def sheet_of(asked: Asked, revision: str, *answers: dict[str, Any]) -> dict[str, Any]:
    """What somebody hands in who was shown this wording."""
    return a_sheet(asked, *answers, revisionId=revision)


# ---- in clearer words ----------------------------------------------------------------------------------------------


async def test_a_clarification_is_a_new_wording_of_the_same_questions(hub: Talking) -> None:
    asked, julia, ana = await an_open_one(hub)
    before = (await standing(hub, asked))["revisions"]["nodes"][0]
    kept = await hub.rows("SELECT code, lineage_id, title FROM question ORDER BY position")
    payload = await hub.act(CORRECT, a_correction(asked, CLEARER), by=julia)
    assert payload["event"] == (await hub.events())[-1]["position"]
    told = payload["revision"]
    assert {key: told[key] for key in ("number", "state", "revisionClass", "note")} == {
        "number": 2,
        "state": "PUBLISHED",
        "revisionClass": "CLARIFICATION",
        "note": {"text": "Se corrige una palabra."},
    }
    assert payload["consultation"]["revision"] == {"id": told["id"]}
    assert [q["lineageId"] for q in told["questions"]["nodes"]] == [str(row["lineage_id"]) for row in kept]
    assert told["questions"]["nodes"][0]["title"] == {"text": "¿Tienes agua en tu casa?"}
    assert await hub.log() == ["QuestionnairePublished", "QuestionnaireCorrected"]
    assert (await hub.events())[-1]["facts"]["answered_before"] == 1
    # The former one is superseded, and says and proves what it did.
    first, second = (await standing(hub, asked))["revisions"]["nodes"]
    assert first == {**before, "state": "SUPERSEDED"}
    assert second["contentHash"] == told["contentHash"] != first["contentHash"]
    rows = await hub.rows(
        "SELECT code, lineage_id, title FROM question WHERE revision_id = :id ORDER BY position", id=asked.revision_id
    )
    assert rows == kept
    assert (await standing(hub, asked, ana))["viewerIsAskedAgain"] is False


async def test_who_was_shown_the_former_words_is_still_taken(hub: Talking) -> None:
    asked, julia, ana = await an_open_one(hub)
    beto, carla = await a_citizen(hub, "Beto Luna"), await a_citizen(hub, "Carla Ku")
    new = (await hub.act(CORRECT, a_correction(asked, CLEARER), by=julia))["revision"]["id"]
    no = {"question": "agua", "option": "no"}
    await hub.act(SUBMIT, sheet_of(asked, asked.revision, no), by=beto)
    await hub.act(SUBMIT, sheet_of(asked, new, no), by=carla)
    for who in (ana, beto, carla):
        assert (await standing(hub, asked, who))["viewerIsAskedAgain"] is False
    rows = await hub.rows(
        "SELECT number, count(*) FROM response JOIN questionnaire_revision AS r ON r.id = revision_id GROUP BY 1"
    )
    assert {row["number"]: row["count"] for row in rows} == {1: 2, 2: 1}
    assert await tallied(hub, asked) == [(3, {"si": 1, "no": 2})] * 2


CHANGES_OF_SUBSTANCE: list[tuple[list[dict[str, Any]], list[tuple[str, str]]]] = [
    (the_questions(agua={"required": False}), [("required", f"{QUESTIONS}.0.required")]),
    (the_questions(agua={"sensitivity": "CONFIDENTIAL"}), [("sensitivity", f"{QUESTIONS}.0.sensitivity")]),
    (the_questions(servicios={"maxChoices": 3}), [("maxChoices", f"{QUESTIONS}.1.maxChoices")]),
    (the_questions(servicios={"minChoices": None}), [("minChoices", f"{QUESTIONS}.1.minChoices")]),
    (the_questions(palabras={"maxLength": 499}), [("maxLength", f"{QUESTIONS}.2.maxLength")]),
    (
        the_questions(agua={"options": [{"code": code, "label": es(code)} for code in ("no", "si")]}),
        [("options", f"{QUESTIONS}.0.options")],
    ),
    (
        the_questions(agua={"options": [{"code": code, "label": es(code)} for code in ("si", "no", "a_veces")]}),
        [("options", f"{QUESTIONS}.0.options")],
    ),
    (
        the_questions(
            agua={"options": [{"code": "si", "label": es("Sí")}, {"code": "no", "label": es("No"), "other": True}]}
        ),
        [("options", f"{QUESTIONS}.0.options")],
    ),
    (the_questions()[:2], [("questions", QUESTIONS)]),
    (the_questions()[::-1], [("questions", QUESTIONS)]),
    (the_questions(palabras={"code": "letras", "continues": "palabras"}), [("questions", QUESTIONS)]),
    (
        the_questions(agua={"required": False}, palabras={"maxLength": None}),
        [("required", f"{QUESTIONS}.0.required"), ("maxLength", f"{QUESTIONS}.2.maxLength")],
    ),
]


async def test_a_clarification_changes_words_only(hub: Talking) -> None:
    asked, julia, _ = await an_open_one(hub)
    for questions, places in CHANGES_OF_SUBSTANCE:
        headers = {"accept-language": "en"}
        errors = await hub.refuse(CORRECT, a_correction(asked, questions), by=julia, headers=headers)
        assert problems(errors) == [("NOT_A_CLARIFICATION", path) for _, path in places]
        assert all(field in error["message"] for (field, _), error in zip(places, errors, strict=True))
    # The same questions in two sections are not the same questionnaire either.
    first, *others = the_questions()
    sections = [{"title": es("Agua"), "questions": [first]}, {"title": es("Servicios"), "questions": others}]
    split = a_correction(asked, [], questionnaire={"sections": sections})
    assert problems(await hub.refuse(CORRECT, split, by=julia)) == [("NOT_A_CLARIFICATION", "questionnaire.sections")]
    # Another kind is nothing that any correction makes of a question.
    kind = the_questions(palabras={"kind": "SHORT_TEXT"})
    assert set(problems(await hub.refuse(CORRECT, a_correction(asked, kind), by=julia))) == {
        ("KIND_CHANGED", f"{QUESTIONS}.2.kind"),
        ("NOT_A_CLARIFICATION", f"{QUESTIONS}.2.kind"),
    }
    assert await hub.log() == []
    assert len(await hub.rows("SELECT id FROM questionnaire_revision")) == 1


# ---- another substance ---------------------------------------------------------------------------------------------


async def test_who_had_answered_is_asked_again_until_they_answer_anew(hub: Talking) -> None:
    asked, julia, ana = await an_open_one(hub)
    beto = await a_citizen(hub, "Beto Luna")
    more = the_questions(agua={"options": [{"code": code, "label": es(code)} for code in ("si", "no", "a_veces")]})
    payload = await hub.act(CORRECT, a_correction(asked, more[:2], "SUBSTANTIVE"), by=julia)
    new = payload["revision"]["id"]
    told = await standing(hub, asked, ana)
    assert (told["viewerIsAskedAgain"], told["viewerHasResponded"], told["responseCount"]) == (True, True, 1)
    for who in (beto, a_visitor()):
        assert (await standing(hub, asked, who))["viewerIsAskedAgain"] is False
    # What was said before is still counted, together with what is said now.
    sometimes = {"question": "agua", "option": "a_veces"}
    await hub.act(SUBMIT, sheet_of(asked, new, sometimes), by=beto)
    assert await tallied(hub, asked) == [(2, {"si": 1, "no": 0}), (2, {"si": 1, "no": 0, "a_veces": 1})]
    await hub.act(CHANGE, sheet_of(asked, new, sometimes), by=ana)
    assert (await standing(hub, asked, ana))["viewerIsAskedAgain"] is False
    assert await tallied(hub, asked) == [(2, {"si": 0, "no": 0}), (2, {"si": 0, "no": 0, "a_veces": 2})]


async def test_who_was_shown_other_questions_is_not_taken(hub: Talking) -> None:
    asked, julia, ana = await an_open_one(hub)
    beto = await a_citizen(hub, "Beto Luna")
    second = (await hub.act(CORRECT, a_correction(asked, the_questions()[:2], "SUBSTANTIVE"), by=julia))["revision"]
    third = (await hub.act(CORRECT, a_correction(asked, CLEARER[:2]), by=julia))["revision"]
    written = "SELECT (SELECT count(*) FROM response) AS r, (SELECT count(*) FROM participation) AS p"
    before = await hub.rows(written)
    await hub.forget()
    for act, who in ((SUBMIT, beto), (CHANGE, ana)):
        (error,) = await hub.refuse(act, sheet_of(asked, asked.revision), by=who)
        told = (error["__typename"], error["code"], error["path"])
        assert told == ("ConflictError", "WRONG_REVISION", ["revisionId"])
    assert (await hub.log(), await hub.rows(written)) == ([], before)
    assert (await standing(hub, asked, ana))["viewerIsAskedAgain"] is True
    await hub.act(SUBMIT, sheet_of(asked, second["id"]), by=beto)
    await hub.act(CHANGE, sheet_of(asked, third["id"]), by=ana)
    for who in (ana, beto):
        assert (await standing(hub, asked, who))["viewerIsAskedAgain"] is False


async def test_a_question_goes_on_under_another_code(hub: Talking) -> None:
    asked, julia, ana = await an_open_one(hub)
    beto = await a_citizen(hub, "Beto Luna")
    renamed = the_questions(agua={"code": "agua_en_casa", "continues": "agua"})
    payload = await hub.act(CORRECT, a_correction(asked, renamed, "SUBSTANTIVE"), by=julia)
    lineages = {q["code"]: q["lineageId"] for q in payload["revision"]["questions"]["nodes"]}
    (row,) = await hub.rows("SELECT lineage_id FROM question WHERE id = :id", id=asked.questions["agua"])
    assert lineages["agua_en_casa"] == str(row["lineage_id"])
    no = {"question": "agua_en_casa", "option": "no"}
    await hub.act(SUBMIT, sheet_of(asked, payload["revision"]["id"], no), by=beto)
    both = [(2, {"si": 1, "no": 1})]
    assert await tallied(hub, asked, "agua") == await tallied(hub, asked, "agua_en_casa") == both
    # A new question under the former code is another one.
    again = [*renamed, {**the_questions()[0], "code": "agua", "required": False}]
    again[0] = {key: value for key, value in again[0].items() if key != "continues"}
    payload = await hub.act(CORRECT, a_correction(asked, again, "SUBSTANTIVE"), by=julia)
    lineages = {q["code"]: q["lineageId"] for q in payload["revision"]["questions"]["nodes"]}
    assert lineages["agua_en_casa"] == str(row["lineage_id"]) != lineages["agua"]
    assert (await standing(hub, asked, ana))["viewerIsAskedAgain"] is True


async def test_a_question_goes_on_what_is_there_once_and_of_its_kind(hub: Talking) -> None:
    asked, julia, _ = await an_open_one(hub)
    water = the_questions()[0]
    table = [
        (the_questions(agua={"continues": "fuego"}), [("CONTINUES_NOTHING", f"{QUESTIONS}.0.continues")]),
        (
            [*the_questions(), {**water, "code": "otra", "continues": "agua"}],
            [("CONTINUED_TWICE", f"{QUESTIONS}.3.continues")],
        ),
        (
            the_questions(palabras={"code": "letras", "kind": "SHORT_TEXT", "continues": "palabras"}),
            [("KIND_CHANGED", f"{QUESTIONS}.2.kind")],
        ),
        (
            the_questions(palabras={"kind": "MULTIPLE_CHOICE", "maxLength": None, "options": water["options"]}),
            [("KIND_CHANGED", f"{QUESTIONS}.2.kind")],
        ),
    ]
    for questions, expected in table:
        errors = await hub.refuse(CORRECT, a_correction(asked, questions, "SUBSTANTIVE"), by=julia)
        assert problems(errors) == expected
    assert await hub.log() == []


# ---- what every correction needs -----------------------------------------------------------------------------------


async def test_everything_that_is_wrong_with_a_correction_is_told_at_once(hub: Talking) -> None:
    asked, julia, _ = await an_open_one(hub)
    questions = the_questions(
        agua={"title": es(" "), "required": False}, servicios={"options": []}, palabras={"continues": "nada"}
    )
    errors = await hub.refuse(CORRECT, a_correction(asked, questions, note=es("x" * 4001)), by=julia)
    assert set(problems(errors)) == {
        ("WORDING_EMPTY", f"{QUESTIONS}.0.title.translations.0.text"),
        ("NO_OPTIONS", f"{QUESTIONS}.1.options"),
        ("BAD_CHOICE_LIMITS", f"{QUESTIONS}.1.maxChoices"),
        ("WORDING_TOO_LONG", "note"),
        ("CONTINUES_NOTHING", f"{QUESTIONS}.2.continues"),
        ("NOT_A_CLARIFICATION", f"{QUESTIONS}.0.required"),
        ("NOT_A_CLARIFICATION", f"{QUESTIONS}.1.options"),
    }
    without = a_correction(asked, the_questions(), note=es(" "))
    assert problems(await hub.refuse(CORRECT, without, by=julia)) == [("WORDING_EMPTY", "note.translations.0.text")]
    assert await hub.log() == []


async def test_a_correction_speaks_the_languages_of_its_consultation(hub: Talking) -> None:
    asked, julia, _ = await an_open_one(hub)
    await hub.run(
        "UPDATE consultation SET title = jsonb_set(title, '{translations,en}', title -> 'translations' -> 'es')"
    )
    errors = await hub.refuse(CORRECT, a_correction(asked, the_questions()[2:], "SUBSTANTIVE"), by=julia)
    assert [e["code"] for e in errors] == ["MISSING_LANGUAGE"] * 3
    assert {path for _, path in problems(errors)} == {"questionnaire.sections.0.title", f"{QUESTIONS}.0.title", "note"}
    assert await hub.log() == []


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE question SET title = title || \'{"source": "en"}\' WHERE revision_id = :id',
        "UPDATE questionnaire_revision SET state = 'draft' WHERE id = :id",
        "UPDATE questionnaire_revision SET content_hash = 'x' WHERE id = :id",
        "DELETE FROM questionnaire_revision WHERE id = :id",
    ],
)
async def test_a_superseded_wording_never_changes(hub: Talking, statement: str) -> None:
    asked, julia, _ = await an_open_one(hub)
    await hub.act(CORRECT, a_correction(asked, CLEARER), by=julia)
    with pytest.raises(DBAPIError, match="never changes"):
        await hub.run(statement, id=asked.revision_id)


async def test_the_coordinator_alone_corrects(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    asked = await an_open_consultation(hub, body)
    table = [
        (a_visitor(), "UNAUTHENTICATED"),
        (await a_client(hub, scopes=frozenset(Scope)), "UNAUTHENTICATED"),
        (await a_citizen(hub), "COORDINATORS_ONLY"),
        (await a_secretary_of(hub, body), "COORDINATORS_ONLY"),
        (await an_analyst_of(hub, body), "COORDINATORS_ONLY"),
        (await a_coordinator_of(hub, other), "COORDINATORS_ONLY"),
        (await a_coordinator_of(hub, body, scopes=frozenset(Scope) - {Scope.BODIES_WRITE}), "SCOPE_MISSING"),
    ]
    await hub.forget()
    for who, code in table:
        (error,) = await hub.refuse(CORRECT, a_correction(asked, CLEARER), by=who)
        assert (error["__typename"], error["code"]) == ("PermissionError", code), who.name
    assert await hub.log() == []


async def test_it_is_corrected_from_the_publication_to_the_closing(hub: Talking) -> None:
    body = await a_body(hub, at=NOON)
    julia = await a_coordinator_of(hub, body, at=NOON)
    draft = await a_draft_consultation(hub, body, at=NOON)
    scheduled, suspended, withdrawn = [await a_scheduled_consultation(hub, body, at=NOON) for _ in range(3)]
    await a_suspension(hub, suspended)
    await a_withdrawal(hub, withdrawn)
    table = [
        (draft, NOON, "CONSULTATION_NOT_PUBLISHED"),
        (scheduled, scheduled.closes_at, "CONSULTATION_CLOSED"),
        (withdrawn, withdrawn.open, "CONSULTATION_WITHDRAWN"),
    ]
    await hub.forget()
    for asked, at, code in table:
        with hub.at(at):
            (error,) = await hub.refuse(CORRECT, a_correction(asked, CLEARER), by=julia)
            assert (error["__typename"], error["code"]) == ("StateError", code)
    assert await hub.log() == []
    for asked, at in ((scheduled, NOON), (suspended, suspended.open)):
        with hub.at(at):
            payload = await hub.act(CORRECT, a_correction(asked, CLEARER), by=julia)
        assert payload["revision"]["number"] == 2
