"""What was asked and when: every published wording with its options, and the notices about the time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.exporting.asking import Visitor
from hub.exporting.columns import Column, File, Folder, Type

LINEAGE = Column(
    "lineage_id",
    Type.CODE,
    "Lo que comparten las versiones de una misma pregunta; los resultados se cuentan por él.",
    "What the wordings of one question share; results are counted by it.",
)
QUESTION = Column("question", Type.CODE, "El código de la pregunta.", "The code of the question.")
QUESTION_ID = Column(
    "question_id",
    Type.CODE,
    "El identificador de la pregunta en una versión del cuestionario.",
    "The id of the question in one wording of the questionnaire.",
)
REVISION = Column(
    "revision", Type.INTEGER, "El número de la versión del cuestionario.", "The number of the questionnaire's wording."
)

QUESTIONS = File(
    "questions.csv",
    (
        QUESTION_ID,
        LINEAGE,
        REVISION,
        Column("position", Type.INTEGER, "Su lugar en el cuestionario.", "Its place in the questionnaire."),
        QUESTION,
        Column("kind", Type.CODE, "De qué manera se responde.", "How it is answered."),
        Column("sensitivity", Type.CODE, "Quién puede leer las respuestas.", "Who may read the answers."),
        Column("required", Type.BOOLEAN, "Si hay que responderla.", "Whether it must be answered."),
        Column("display_rule", Type.TEXT, "La condición para que se pregunte.", "The condition for it to be asked."),
        Column("minimum", Type.NUMBER, "El extremo inferior o el número menor.", "The low end or the least number."),
        Column("maximum", Type.NUMBER, "El extremo superior o el número mayor.", "The high end or the most."),
        Column("title_es", Type.TEXT, "La pregunta en español.", "The question in Spanish."),
        Column(
            "title_en",
            Type.TEXT,
            "La pregunta en inglés; donde no la hay, en el idioma que la sustituye.",
            "The question in English; where there is none, in the language that stands in.",
        ),
    ),
)
OPTIONS = File(
    "options.csv",
    (
        QUESTION_ID,
        QUESTION,
        REVISION,
        Column("part", Type.CODE, "`option` o `row`, un renglón de una matriz.", "`option`, or `row` of a matrix."),
        Column("position", Type.INTEGER, "Su lugar en la pregunta.", "Its place in the question."),
        Column("code", Type.CODE, "El código con que una respuesta lo nombra.", "The code that an answer names it by."),
        Column(
            "other",
            Type.BOOLEAN,
            "Si quien la elige dice con sus palabras qué otra cosa es.",
            "Whether whoever chooses it says in words what else is meant.",
        ),
        Column("label_es", Type.TEXT, "Lo que se lee, en español.", "What people read, in Spanish."),
        Column("label_en", Type.TEXT, "Lo que se lee, en inglés.", "What people read, in English."),
    ),
)
TIMETABLE = File(
    "timetable.csv",
    (
        Column("number", Type.INTEGER, "El número del aviso.", "The number of the notice."),
        Column("kind", Type.CODE, "Qué anuncia.", "What it announces."),
        Column("opens_at", Type.INSTANT, "La apertura, en UTC.", "The opening, in UTC."),
        Column("closes_at", Type.INSTANT, "El cierre, en UTC.", "The closing, in UTC."),
        Column("zone", Type.CODE, "El huso en el que se declaró.", "The zone in which it was declared."),
        Column("reason_es", Type.TEXT, "El motivo, en español.", "The reason, in Spanish."),
        Column("reason_en", Type.TEXT, "El motivo, en inglés.", "The reason, in English."),
        Column("published_at", Type.INSTANT, "Cuándo se publicó, en UTC.", "When it was published, in UTC."),
    ),
)

REVISIONS = """query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on Consultation {
  revisions(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { id number } } } } }"""
ASKED = """query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on QuestionnaireRevision {
  questions(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes {
    id lineageId position code kind sensitivity required displayRule minimum maximum
    title { es: text(language: "es") en: text(language: "en") }
    options { code position other label { es: text(language: "es") en: text(language: "en") } }
    rows { code position label { es: text(language: "es") en: text(language: "en") } } } } } } }"""
NOTICES = """query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on Consultation {
  notices(first: $first, after: $after, orderBy: NUMBER_ASC) { pageInfo { hasNextPage endCursor } nodes {
    number kind opening { instant zone } closing { instant } publishedAt
    reason { es: text(language: "es") en: text(language: "en") } } } } } }"""


async def write_questionnaires(folder: Folder, visitor: Visitor, id_: str) -> None:
    """Write every published wording."""
    folder.start(QUESTIONS)
    folder.start(OPTIONS)
    async for revisions in visitor.pages(REVISIONS, id_, "revisions"):
        for revision in revisions:
            async for questions in visitor.pages(ASKED, revision["id"], "questions"):
                for question in questions:
                    folder.write(QUESTIONS, _question(question, revision["number"]))
                    for part in _parts(question, revision["number"]):
                        folder.write(OPTIONS, part)


def _question(asked: Any, revision: int) -> dict[str, Any]:
    return {
        "question_id": asked["id"],
        "lineage_id": asked["lineageId"],
        "revision": revision,
        "question": asked["code"],
        "display_rule": asked["displayRule"],
        "title_es": asked["title"]["es"],
        "title_en": asked["title"]["en"],
        **{name: asked[name] for name in ("position", "kind", "sensitivity", "required", "minimum", "maximum")},
    }


def _parts(asked: Any, revision: int) -> Iterator[dict[str, Any]]:
    for name, listed in (("option", "options"), ("row", "rows")):
        for part in asked[listed]:
            yield {
                "question_id": asked["id"],
                "question": asked["code"],
                "revision": revision,
                "part": name,
                "position": part["position"],
                "code": part["code"],
                "other": part.get("other"),
                "label_es": part["label"]["es"],
                "label_en": part["label"]["en"],
            }


async def write_timetable(folder: Folder, visitor: Visitor, id_: str) -> None:
    """Write every notice."""
    folder.start(TIMETABLE)
    async for notices in visitor.pages(NOTICES, id_, "notices"):
        for notice in notices:
            reason = notice["reason"] or {"es": None, "en": None}
            row = {
                "number": notice["number"],
                "kind": notice["kind"],
                "opens_at": notice["opening"]["instant"],
                "closes_at": notice["closing"]["instant"],
                "zone": notice["opening"]["zone"],
                "reason_es": reason["es"],
                "reason_en": reason["en"],
                "published_at": notice["publishedAt"],
            }
            folder.write(TIMETABLE, row)
