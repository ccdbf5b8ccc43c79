"""What was answered, as far as everybody may read it: a line for each response, and each answer in long form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.exporting.asking import Progress, Visitor
from hub.exporting.columns import Column, File, Folder, Type
from hub.exporting.questionnaire_files import LINEAGE, QUESTION, QUESTION_ID

RESPONSE = Column("response_id", Type.CODE, "El identificador de la respuesta.", "The id of the response.")

RESPONSES = File(
    "responses.csv",
    (
        RESPONSE,
        Column("revision", Type.INTEGER, "La versión que contesta.", "The wording that it answers."),
        Column(
            "received_at",
            Type.INSTANT,
            "Cuándo se recibió, en UTC; de las anónimas, solo el día.",
            "When it was received, in UTC; of anonymous ones, only the day.",
        ),
        Column("timeliness", Type.CODE, "Cómo llegó respecto del cierre.", "How it came in towards the closing."),
        Column("respondent_kind", Type.CODE, "En qué calidad se dio.", "In what capacity it was given."),
        Column("respondent_name", Type.TEXT, "El nombre, si se consintió.", "The name, where that was consented to."),
        Column("organization", Type.TEXT, "La organización, si se consintió.", "The organisation, where consented to."),
        Column("channel", Type.CODE, "Por qué vía llegó.", "By which way it came in."),
        Column("language", Type.CODE, "El idioma en que se dio.", "The language in which it was given."),
        Column("consent", Type.CODE, "Cómo se permite publicarla.", "How it may be published."),
        Column("content_hash", Type.CODE, "SHA-256 de su contenido con sal.", "SHA-256 of its content with a salt."),
    ),
)
ANSWERS = File(
    "answers.csv",
    (
        RESPONSE,
        QUESTION_ID,
        QUESTION,
        LINEAGE,
        Column("row", Type.CODE, "El renglón de una matriz.", "The row of a matrix."),
        Column("option", Type.CODE, "La opción elegida; una línea por opción.", "The option chosen; a line for each."),
        Column("rank", Type.INTEGER, "Su lugar en un ordenamiento, desde 1.", "Its place in a ranking, from 1."),
        Column("number", Type.NUMBER, "El número o el punto de la escala.", "The number, or the point of the scale."),
        Column("date", Type.DATE, "El día.", "The day."),
        Column("territory", Type.CODE, "La clave del INEGI del lugar.", "INEGI's code of the place."),
        Column("agreed", Type.BOOLEAN, "Si se estuvo de acuerdo.", "Whether the respondent agreed."),
        Column("text", Type.TEXT, "Las palabras.", "The words."),
        Column("file_sha256", Type.CODE, "El SHA-256 del archivo.", "The SHA-256 of the file."),
        Column("file_type", Type.CODE, "El tipo de medio del archivo.", "The media type of the file."),
        Column("file_size", Type.INTEGER, "Cuántos bytes tiene el archivo.", "How many bytes the file has."),
        Column(
            "file_path",
            Type.CODE,
            "La ruta en este sitio que da sus bytes mientras la respuesta siga vigente.",
            "The path on this host that gives its bytes, as long as the response is in force.",
        ),
    ),
)

GIVEN = """query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on Consultation {
  responses(first: $first, after: $after, orderBy: RECEIVED_ASC) { pageInfo { hasNextPage endCursor } nodes {
    id revision { number } receivedAt timeliness respondentKind respondentName
    organization { title { text(language: "es") } } channel language consent contentHash
    answers { question { id code kind lineageId } options rows { row option } text number date agreed
      territory { code } file { sha256 mediaType size path } } } } } } }"""
TOTAL = "query ($id: ID!) { node(id: $id) { ... on Consultation { responses(first: 1) { totalCount } } } }"

FILED = {"file_sha256": "sha256", "file_type": "mediaType", "file_size": "size", "file_path": "path"}
"""The columns that tell of a file, with the fields of the interface that they come from."""

SAID = ("row", "option", "rank", "number", "date", "territory", "agreed", "text", *FILED)


async def write_responses(folder: Folder, visitor: Visitor, id_: str, *, progress: Progress) -> None:
    """Write the responses that anybody may read, with what they say."""
    folder.start(RESPONSES)
    folder.start(ANSWERS)
    total = (await visitor.ask(TOTAL, {"id": id_}))["node"]["responses"]["totalCount"]
    progress.begin("responses", total)
    async for responses in visitor.pages(GIVEN, id_, "responses"):
        for response in responses:
            folder.write(RESPONSES, _response(response))
            for answer in response["answers"]:
                for line in _lines(response["id"], answer):
                    folder.write(ANSWERS, line)
        progress.advance(len(responses))


def _response(given: Any) -> dict[str, Any]:
    return {
        "response_id": given["id"],
        "revision": given["revision"] and given["revision"]["number"],
        "received_at": given["receivedAt"],
        "timeliness": given["timeliness"],
        "respondent_kind": given["respondentKind"],
        "respondent_name": given["respondentName"],
        "organization": given["organization"] and given["organization"]["title"]["text"],
        "channel": given["channel"],
        "language": given["language"],
        "consent": given["consent"],
        "content_hash": given["contentHash"],
    }


def _lines(response_id: str, answer: Any) -> Iterator[dict[str, Any]]:
    """Give a line for each option that was chosen and for each row, and one for what else was said."""
    question = answer["question"]
    if question is None:
        return
    own = {
        "response_id": response_id,
        "question_id": question["id"],
        "question": question["code"],
        "lineage_id": question["lineageId"],
        **dict.fromkeys(SAID),
    }
    ranked = question["kind"] == "RANKING"
    for place, code in enumerate(answer["options"], start=1):
        yield {**own, "option": code, "rank": place if ranked else None}
    for line in answer["rows"]:
        yield {**own, "row": line["row"], "option": line["option"]}
    said = {name: answer[name] for name in ("number", "date", "agreed", "text")}
    said["territory"] = answer["territory"] and answer["territory"]["code"]
    if answer["file"] is not None:
        said |= {column: answer["file"][name] for column, name in FILED.items()}
    if any(value is not None for value in said.values()):
        yield {**own, **said}
