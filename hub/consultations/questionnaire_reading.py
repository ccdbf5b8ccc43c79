"""What of questionnaires and of the exact counts of public questions can be read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal_column, null, select
from sqlalchemy.types import Numeric

from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import (
    MatrixRow,
    Option,
    Question,
    QuestionnaireRevision,
    Section,
    Sensitivity,
)
from hub.consultations.reading import results_public
from hub.consultations.response_models import Answer, AnswerChoice
from hub.people.reading import one_of_codes
from hub.reading.readable import Call, Connected, Embedded, Expression, Listed, Order, Readable, Row, Rows


def _sections(row: Row, call: Call) -> Rows:
    section = Section.__table__.alias()
    return Rows(section.c, section, [section.c.revision_id == row.id], [section.c.position])


def _options(row: Row, call: Call) -> Rows:
    option = Option.__table__.alias()
    return Rows(option.c, option, [option.c.question_id == row.id], [option.c.position])


def _rows(row: Row, call: Call) -> Rows:
    line = MatrixRow.__table__.alias()
    return Rows(line.c, line, [line.c.question_id == row.id], [line.c.position])


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


def _question_results_public(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether the counts of the question's consultation may be seen now."""
    asked, revised = Consultation.__table__.alias(), QuestionnaireRevision.__table__.alias()
    found = exists().where(
        revised.c.id == row.revision_id,
        asked.c.id == revised.c.consultation_id,
        results_public(asked.c, call),
    )
    public: ColumnElement[bool] = row.sensitivity == Sensitivity.PUBLIC
    return and_(public, found.correlate_except(asked, revised))


def _answered_count(row: Row, call: Call) -> ColumnElement[int]:
    answer = Answer.__table__.alias()
    counted = select(func.count()).where(answer.c.lineage_id == row.lineage_id, answer.c.counted)
    return counted.correlate_except(answer).scalar_subquery()


question = Readable(
    "Question",
    Question,
    fields={
        "options": Listed("Option", _options, part=True),
        "rows": Listed("MatrixRow", _rows, part=True),
        "tally": Embedded("QuestionTally", lambda row, call: row, _question_results_public),
    },
)

option = Readable("Option", Option, key="code")

matrix_row = Readable("MatrixRow", MatrixRow, key="code")


def _option_tallies(row: Row, call: Call) -> Rows:
    chosen, offered = AnswerChoice.__table__.alias(), Option.__table__.alias()
    count = (
        select(func.count())
        .where(chosen.c.lineage_id == row.lineage_id, chosen.c.option_code == offered.c.code, chosen.c.counted)
        .correlate_except(chosen)
        .scalar_subquery()
    )
    answered = _answered_count(row, call)
    counted = (
        select(
            offered.c.code,
            offered.c.label,
            offered.c.position,
            count.label("count"),
            answered.label("answered"),
        )
        .where(offered.c.question_id == row.id)
        # Without it PostgreSQL would count once for the count and once more for the share.
        .offset(literal_column("0"))
        .correlate_except(offered)
        .lateral()
    )
    return Rows(counted.c, counted, order=[counted.c.position])


tally = Readable(
    "QuestionTally",
    fields={
        "answered": Expression(lambda row, call: _answered_count(row, call)),
        "options": Listed("OptionTally", _option_tallies),
    },
)


def _share(row: Row, call: Call) -> ColumnElement[Any]:
    return case(
        (row.answered > 0, func.round(row.count * literal_column("1.0", Numeric()) / row.answered, 6)),
        else_=null(),
    )


option_tally = Readable(
    "OptionTally",
    fields={
        "code": Expression(lambda row, call: row.code),
        "label": Expression(lambda row, call: row.label),
        "count": Expression(lambda row, call: row.count),
        "share": Expression(_share),
    },
)
