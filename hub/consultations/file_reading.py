"""What of the files of answers can be read, and which files a question takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, Uuid, cast, exists, func, literal, null, select

from hub.consultations.draft_reading import draft_answer, kept
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.questionnaire_reading import question
from hub.consultations.response_reading import answer
from hub.files.models import StoredFile
from hub.files.purposes import LARGEST, TAKEN, TYPES, Purpose
from hub.files.requesting import ANSWERS
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Embedded, Expression, Readable, Row


@dataclass(frozen=True)
class NamedFile:
    """A file that an answer names, given or only begun."""

    file_id: ColumnElement[Any]
    given: bool


def _of_file(name: str) -> Expression:
    def of(row: Row, call: Call) -> ColumnElement[Any]:
        file = StoredFile.__table__.alias()
        value = func.encode(file.c.sha256, "hex") if name == "sha256" else file.c[name]
        return select(value).where(file.c.id == row.file_id).correlate_except(file).scalar_subquery()

    return Expression(of)


def _path(row: Row, call: Call) -> ColumnElement[Any]:
    return literal(ANSWERS, Text()) + cast(row.file_id, Text()) if row.given else cast(null(), Text())


answer_file = Readable(
    "AnswerFile",
    fields={
        "id": Expression(lambda row, call: literal("AnswerFile_", Text()) + cast(row.file_id, Text())),
        "name": _of_file("name"),
        "size": _of_file("size"),
        "media_type": _of_file("media_type"),
        "sha256": _of_file("sha256"),
        "path": Expression(_path),
    },
)


def _in_draft(row: Row) -> NamedFile:
    return NamedFile(cast(kept(row.value, "file"), Uuid()), given=False)


def _still_there(row: Row, call: Call) -> ColumnElement[bool]:
    file = StoredFile.__table__.alias()
    return exists().where(file.c.id == _in_draft(row).file_id).correlate_except(file)


answer.fields["file"] = Embedded(
    "AnswerFile", lambda row, call: NamedFile(row.file_id, given=True), lambda row, call: row.file_id.is_not(None)
)
draft_answer.fields["file"] = Embedded("AnswerFile", lambda row, call: _in_draft(row), _still_there)


def _endings(asking: Asking, given: list[str] | None) -> list[str]:
    return sorted(TAKEN[Purpose.ANSWER] if given is None else given)


def _media_types(asking: Asking, given: list[str] | None) -> list[str]:
    return sorted({TYPES[ending] for ending in _endings(asking, given)})


taken_files = Readable(
    "TakenFiles",
    fields={
        "endings": Answered(lambda row, call: [row.file_types], _endings),
        "media_types": Answered(lambda row, call: [row.file_types], _media_types),
        "max_size": Expression(lambda row, call: func.coalesce(row.max_size, LARGEST[Purpose.ANSWER])),
    },
)

question.fields["taken_files"] = Embedded(
    "TakenFiles", lambda row, call: row, lambda row, call: row.kind == QuestionKind.FILE.value
)
