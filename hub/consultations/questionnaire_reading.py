"""What of questionnaires and of the exact counts of public questions can be read."""

from __future__ import annotations

from typing import Any

from hub.consultations.laying_out import Condition, conditions
from hub.consultations.questionnaire_models import (
    MatrixRow,
    Option,
    Question,
    QuestionnaireRevision,
    Section,
)
from hub.people.reading import one_of_codes
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Listed, Order, Readable, Row, Rows


def _sections(row: Row, call: Call) -> Rows:
    section = Section.__table__.alias()
    return Rows(section.c, section, [section.c.revision_id == row.id], [section.c.position])


def _options(row: Row, call: Call) -> Rows:
    option = Option.__table__.alias()
    return Rows(option.c, option, [option.c.question_id == row.id], [option.c.position])


def _rows(row: Row, call: Call) -> Rows:
    line = MatrixRow.__table__.alias()
    return Rows(line.c, line, [line.c.question_id == row.id], [line.c.position])


def _conditions(asking: Asking, rule: Any) -> list[Condition]:
    return conditions(rule)


QUESTION_ORDERS = {"position_asc": Order(lambda q: q.position)}
QUESTION_FILTERS = {"kind": one_of_codes("kind"), "source_moderation": one_of_codes("source_moderation")}

revision = Readable(
    "QuestionnaireRevision",
    QuestionnaireRevision,
    fields={
        "sections": Listed("Section", _sections, part=True),
        "questions": Connected(
            "Question",
            QUESTION_ORDERS,
            on=lambda row, target, call: target.revision_id == row.id,
            filters=QUESTION_FILTERS,
            part=True,
        ),
    },
)

section = Readable(
    "Section",
    Section,
    fields={
        "questions": Connected(
            "Question",
            QUESTION_ORDERS,
            on=lambda row, target, call: target.section_id == row.id,
            filters=QUESTION_FILTERS,
            part=True,
        )
    },
)


question = Readable(
    "Question",
    Question,
    fields={
        "display_conditions": Answered(lambda row, call: [row.display_rule], _conditions),
        "options": Listed("Option", _options, part=True),
        "rows": Listed("MatrixRow", _rows, part=True),
    },
)

option = Readable("Option", Option, key="code")

matrix_row = Readable("MatrixRow", MatrixRow, key="code")
