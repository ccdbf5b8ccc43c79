"""What of the exact counts of public questions can be read, over all wordings of a question.

A question is public here if every wording of it was: what was answered in confidence is in no exact count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.types import Numeric

from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import (
    MatrixRow,
    Option,
    Question,
    QuestionKind,
    QuestionnaireRevision,
    RevisionState,
    Sensitivity,
)
from hub.consultations.questionnaire_reading import question
from hub.consultations.reading import results_public
from hub.consultations.response_models import Answer, AnswerChoice
from hub.reading.readable import Call, Embedded, Expression, Listed, One, Readable, Row, Rows

EPOCH = literal_column("DATE '1970-01-01'", Date())
CHOSEN = [kind.value for kind in (QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE, QuestionKind.RANKING)]
"""The kinds whose options are counted for the whole question; a matrix counts them in each row."""


def _public(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether the counts of the question's consultation may be seen now, and nothing of it was confidential."""
    asked, revised = Consultation.__table__.alias(), QuestionnaireRevision.__table__.alias()
    found = exists().where(
        revised.c.id == row.revision_id,
        asked.c.id == revised.c.consultation_id,
        results_public(asked.c, call),
    )
    wording = Question.__table__.alias()
    closer = exists().where(wording.c.lineage_id == row.lineage_id, wording.c.sensitivity != Sensitivity.PUBLIC.value)
    return and_(found.correlate_except(asked, revised), ~closer.correlate_except(wording))


question.fields["tally"] = Embedded("QuestionTally", lambda row, call: row, _public)


def _answered(row: Row, *conditions: Any) -> ColumnElement[int]:
    answer = Answer.__table__.alias()
    counted = select(func.count()).where(
        answer.c.lineage_id == row.lineage_id, answer.c.counted, *[of(answer.c) for of in conditions]
    )
    return counted.correlate_except(answer).scalar_subquery()


# ---- options -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RowCount:
    """A row of a matrix, as it is counted."""

    question: Row
    code: ColumnElement[str]
    label: ColumnElement[Any]


def _chosen(lineage_id: ColumnElement[Any], row_code: Any, *conditions: Any) -> ColumnElement[int]:
    """How often something was chosen: in a ranking as the first."""
    chosen = AnswerChoice.__table__.alias()
    counted = select(func.count()).where(
        chosen.c.lineage_id == lineage_id,
        chosen.c.counted,
        chosen.c.row_code == row_code,
        or_(chosen.c.place.is_(None), chosen.c.place == 1),
        *[of(chosen.c) for of in conditions],
    )
    return counted.correlate_except(chosen).scalar_subquery()


def _options(row: Row, row_code: Any, answered: ColumnElement[int], *where: ColumnElement[bool]) -> Rows:
    offered = Option.__table__.alias()
    count = _chosen(row.lineage_id, row_code, lambda chosen: chosen.option_code == offered.c.code)
    counted = (
        select(
            offered.c.code,
            offered.c.label,
            offered.c.position,
            row.lineage_id.label("lineage_id"),
            row.kind.label("kind"),
            count.label("count"),
            answered.label("answered"),
        )
        .where(offered.c.question_id == row.id, *where)
        # Without it PostgreSQL would count once for the count and once more for the share.
        .offset(literal_column("0"))
        .correlate_except(offered)
        .lateral()
    )
    return Rows(counted.c, counted, order=[counted.c.position])


def _option_tallies(row: Row, call: Call) -> Rows:
    return _options(row, "", _answered(row), row.kind.in_(CHOSEN))


def _row_tallies(row: Row, call: Call) -> Rows:
    line = MatrixRow.__table__.alias()
    return Rows(RowCount(row, line.c.code, line.c.label), line, [line.c.question_id == row.id], [line.c.position])


def _options_of_row(row: RowCount, call: Call) -> Rows:
    return _options(row.question, row.code, _chosen(row.question.lineage_id, row.code))


def _points(row: Row, call: Call) -> ColumnElement[Any]:
    """The points of Borda: one for each option that this one was put before, ranked or not."""
    chosen, offered = AnswerChoice.__table__.alias(), Option.__table__.alias()
    size = select(func.count()).where(offered.c.question_id == chosen.c.question_id).correlate_except(offered)
    points = select(func.coalesce(func.sum(size.scalar_subquery() - chosen.c.place), 0)).where(
        chosen.c.lineage_id == row.lineage_id, chosen.c.option_code == row.code, chosen.c.counted
    )
    found = cast(points.correlate_except(chosen).scalar_subquery(), Integer)
    return case((row.kind == QuestionKind.RANKING.value, found), else_=null())


# ---- values ------------------------------------------------------------------------------------------------------


def _scale(row: Row, call: Call) -> Rows:
    """Every point of the scale, also those that nobody gave."""
    answer = Answer.__table__.alias()
    value = cast(answer.c.number, Integer)
    given = (
        select(value.label("value"), func.count().label("count"))
        .where(answer.c.lineage_id == row.lineage_id, answer.c.counted)
        .group_by(value)
        .correlate_except(answer)
        .lateral()
    )
    ends = (cast(row.minimum, Integer), cast(row.maximum, Integer))
    points = func.generate_series(*ends).table_valued("value").render_derived().lateral()
    point = PointCount(points.c.value, func.coalesce(given.c.count, 0), _answered(row))
    source = points.outerjoin(given, given.c.value == points.c.value)
    return Rows(point, source, [row.kind == QuestionKind.SCALE], [points.c.value])


@dataclass(frozen=True)
class PointCount:
    """A point of a scale, as it is counted."""

    value: ColumnElement[int]
    count: ColumnElement[int]
    answered: ColumnElement[int]


def _middle(part: float) -> Expression:
    """A middle of the points of a scale, which is one of them, or of numbers, which may lie between two."""

    def of(row: Row, call: Call) -> ColumnElement[Any]:
        answer = Answer.__table__.alias()
        kinds = {QuestionKind.SCALE: func.percentile_disc, QuestionKind.NUMBER: func.percentile_cont}
        found = []
        for kind, percentile in kinds.items():
            middle = percentile(literal_column(str(part))).within_group(answer.c.number)
            value = select(cast(middle, Numeric())).where(answer.c.lineage_id == row.lineage_id, answer.c.counted)
            found.append((row.kind == kind, value.correlate_except(answer).scalar_subquery()))
        return case(*found, else_=null())

    return Expression(of)


def _median_day(row: Row, call: Call) -> ColumnElement[Any]:
    answer = Answer.__table__.alias()
    day = EPOCH + cast(func.percentile_disc(literal_column("0.5")).within_group(answer.c.day - EPOCH), Integer)
    found = select(cast(day, Date)).where(answer.c.lineage_id == row.lineage_id, answer.c.counted)
    return case((row.kind == QuestionKind.DATE, found.correlate_except(answer).scalar_subquery()), else_=null())


def _agreed(row: Row, call: Call) -> ColumnElement[Any]:
    return case((row.kind == QuestionKind.CONSENT, _answered(row, lambda answer: answer.agreed)), else_=null())


def _wordings(row: Row, call: Call) -> Rows:
    asked, revision = Question.__table__.alias(), QuestionnaireRevision.__table__.alias()
    joined = asked.join(revision, revision.c.id == asked.c.revision_id)
    fixed = revision.c.state != RevisionState.DRAFT.value
    return Rows(asked.c, joined, [asked.c.lineage_id == row.lineage_id, fixed], [revision.c.number])


def _share(row: Row, call: Call) -> ColumnElement[Any]:
    return case(
        (row.answered > 0, func.round(row.count * literal_column("1.0", Numeric()) / row.answered, 6)),
        else_=null(),
    )


tally = Readable(
    "QuestionTally",
    fields={
        "answered": Expression(lambda row, call: _answered(row)),
        "options": Listed("OptionTally", _option_tallies),
        "rows": Listed("RowTally", _row_tallies),
        "scale": Listed("PointTally", _scale),
        "median": _middle(0.5),
        "lower_quartile": _middle(0.25),
        "upper_quartile": _middle(0.75),
        "median_date": Expression(_median_day),
        "agreed": Expression(_agreed),
        "wordings": Listed("WordingTally", _wordings),
    },
)

option_tally = Readable(
    "OptionTally",
    fields={
        "code": Expression(lambda row, call: row.code),
        "label": Expression(lambda row, call: row.label),
        "count": Expression(lambda row, call: row.count),
        "share": Expression(_share),
        "points": Expression(_points),
    },
)

row_tally = Readable(
    "RowTally",
    fields={
        "code": Expression(lambda row, call: row.code),
        "label": Expression(lambda row, call: row.label),
        "answered": Expression(lambda row, call: _chosen(row.question.lineage_id, row.code)),
        "options": Listed("OptionTally", _options_of_row),
    },
)

point_tally = Readable(
    "PointTally",
    fields={
        "value": Expression(lambda row, call: row.value),
        "count": Expression(lambda row, call: row.count),
        "share": Expression(_share),
    },
)

wording_tally = Readable(
    "WordingTally",
    fields={
        "revision": One("QuestionnaireRevision", lambda row, target, call: target.id == row.revision_id),
        "answered": Expression(lambda row, call: _answered(row, lambda answer: answer.question_id == row.id)),
    },
)
