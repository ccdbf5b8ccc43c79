"""What came of it: the versions of the report, and the statements about each question or section."""

from __future__ import annotations

from typing import Any

from hub.exporting.asking import Visitor
from hub.exporting.columns import Column, File, Folder, Type
from hub.exporting.questionnaire_files import LINEAGE, QUESTION

NUMBER = Column("number", Type.INTEGER, "El número de la versión.", "The number of the version.")
NOTE_ES = Column(
    "correction_note_es",
    Type.TEXT,
    "Lo que estaba mal en la versión anterior, en español.",
    "What was wrong in the version before, in Spanish.",
)
NOTE_EN = Column("correction_note_en", Type.TEXT, "Lo mismo en inglés.", "The same in English.")
PUBLISHED_AT = Column("published_at", Type.INSTANT, "Cuándo se publicó, en UTC.", "When it was published, in UTC.")

REPORTS = File(
    "reports.csv",
    (
        NUMBER,
        Column("state", Type.CODE, "Si es la versión vigente.", "Whether it is the version that holds."),
        Column("method_es", Type.TEXT, "Cómo se preguntó y se contó, en español.", "The method, in Spanish."),
        Column("method_en", Type.TEXT, "Lo mismo en inglés.", "The same in English."),
        Column("limitations_es", Type.TEXT, "Lo que los datos no dicen, en español.", "The limits, in Spanish."),
        Column("limitations_en", Type.TEXT, "Lo mismo en inglés.", "The same in English."),
        NOTE_ES,
        NOTE_EN,
        Column("release", Type.INTEGER, "La publicación de resultados.", "The release of results."),
        Column(
            "snapshot_hash",
            Type.CODE,
            "SHA-256 del JSON canónico (RFC 8785) de todos los cuadros publicados.",
            "SHA-256 of the canonical JSON (RFC 8785) of all released tables.",
        ),
        Column("response_count", Type.INTEGER, "Cuántas respuestas contaron.", "How many responses counted."),
        Column("begun_not_sent", Type.INTEGER, "Cuántas se empezaron sin enviarse.", "How many were begun, not sent."),
        Column("invitations_issued", Type.INTEGER, "Cuántas invitaciones hubo.", "How many invitations were issued."),
        Column("completion_rate", Type.NUMBER, "La proporción que se terminó.", "The rate of completion."),
        Column("response_rate", Type.NUMBER, "Las respuestas por invitación.", "The responses by invitation."),
        PUBLISHED_AT,
    ),
)
STATEMENTS = File(
    "statements.csv",
    (
        QUESTION,
        LINEAGE,
        Column("section", Type.TEXT, "La sección, si es sobre una.", "The section, where it is about one."),
        NUMBER,
        Column("state", Type.CODE, "Si es la versión vigente.", "Whether it is the version that holds."),
        Column("asked_es", Type.TEXT, "Lo que se preguntó, en español.", "What was asked, in Spanish."),
        Column("asked_en", Type.TEXT, "Lo mismo en inglés.", "The same in English."),
        Column("said_es", Type.TEXT, "Lo que se contestó, en español.", "What people said, in Spanish."),
        Column("said_en", Type.TEXT, "Lo mismo en inglés.", "The same in English."),
        Column("did", Type.CODE, "Lo que se hizo con ello.", "What was done with it."),
        Column("reasons_es", Type.TEXT, "Por qué, en español.", "Why, in Spanish."),
        Column("reasons_en", Type.TEXT, "Lo mismo en inglés.", "The same in English."),
        Column("instrument", Type.CODE, "El folio del acto.", "The folio of the act by which it was done."),
        NOTE_ES,
        NOTE_EN,
        PUBLISHED_AT,
    ),
)

IN_BOTH = '{ es: text(language: "es") en: text(language: "en") }'
REPORT = f"""query ($id: ID!, $first: Int!, $after: String) {{ node(id: $id) {{ ... on Consultation {{
  reports(first: $first, after: $after) {{ pageInfo {{ hasNextPage endCursor }} nodes {{
    number state method {IN_BOTH} limitations {IN_BOTH} correctionNote {IN_BOTH} release {{ number }} snapshotHash
    responseCount begunNotSent invitationsIssued completionRate responseRate publishedAt }} }} }} }} }}"""
STATEMENT = f"""query ($id: ID!, $first: Int!, $after: String) {{ node(id: $id) {{ ... on Consultation {{
  statements(first: $first, after: $after) {{ pageInfo {{ hasNextPage endCursor }} nodes {{
    question {{ code }} lineageId section {{ title {{ text(language: "es") }} }} number state asked {IN_BOTH}
    said {IN_BOTH} did reasons {IN_BOTH} instrument {{ folio }} correctionNote {IN_BOTH} publishedAt }} }} }} }} }}"""


async def write_answers(folder: Folder, visitor: Visitor, id_: str) -> None:
    """Write the report and the statements in every version that was published."""
    folder.start(REPORTS)
    async for reports in visitor.pages(REPORT, id_, "reports"):
        for report in reports:
            release = report["release"] and report["release"]["number"]
            folder.write(REPORTS, _line(REPORTS, report, release=release))
    folder.start(STATEMENTS)
    async for statements in visitor.pages(STATEMENT, id_, "statements"):
        for statement in statements:
            own = {
                "question": statement["question"] and statement["question"]["code"],
                "section": statement["section"] and statement["section"]["title"]["text"],
                "instrument": statement["instrument"] and statement["instrument"]["folio"],
            }
            folder.write(STATEMENTS, _line(STATEMENTS, statement, **own))


def _line(file: File, told: dict[str, Any], **own: Any) -> dict[str, Any]:
    """Return the line of a version: each column by its own name, or by that of its text and a language."""
    line = {}
    for column in file.columns:
        name, _, language = column.name.rpartition("_")
        if column.name in own:
            line[column.name] = own[column.name]
        elif language in ("es", "en"):
            text = told[_camel(name)]
            line[column.name] = text and text[language]
        else:
            line[column.name] = told[_camel(column.name)]
    return line


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
