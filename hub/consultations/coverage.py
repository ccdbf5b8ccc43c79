"""Coverage: which questions of a consultation take an answer, and which of them have a published statement.

A statement covers the question that it is about, over all its wordings, or every question of the section that it is
about. The same conditions answer a query and guard the acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select

from hub.changes.change import Change
from hub.consultations.questionnaire_models import Question, QuestionKind, QuestionnaireRevision, RevisionState
from hub.consultations.report_models import ConsultationReport, ReportState, Statement, StatementState
from hub.consultations.report_rules import Aftermath
from hub.consultations.response_models import Response, ResponseState
from hub.consultations.result_models import ResultRelease

Column = ColumnElement[Any]


def covers(statement: Any, lineage_id: Column) -> ColumnElement[bool]:
    """Return the condition that a statement is about this question, or about a section that asks it."""
    asked = Question.__table__.alias()
    within = exists().where(asked.c.section_id == statement.section_id, asked.c.lineage_id == lineage_id)
    return or_(statement.lineage_id == lineage_id, within.correlate_except(asked))


def unanswered(consultation_id: Column) -> ColumnElement[int]:
    """Return how many questions that take an answer no published statement covers."""
    asked, revision = Question.__table__.alias(), QuestionnaireRevision.__table__.alias()
    statement = Statement.__table__.alias()
    covered = exists().where(
        statement.c.consultation_id == consultation_id,
        statement.c.state == StatementState.PUBLISHED.value,
        covers(statement.c, asked.c.lineage_id),
    )
    open_ones = select(func.count(asked.c.lineage_id.distinct())).where(
        revision.c.consultation_id == consultation_id,
        revision.c.state != RevisionState.DRAFT.value,
        asked.c.revision_id == revision.c.id,
        asked.c.kind != QuestionKind.NOTICE.value,
        ~covered.correlate_except(statement),
    )
    return open_ones.correlate_except(asked, revision).scalar_subquery()


def undecided(consultation_id: Column) -> ColumnElement[int]:
    """Return how many late responses nobody has decided about."""
    response = Response.__table__.alias()
    held = select(func.count()).where(
        response.c.consultation_id == consultation_id, response.c.state == ResponseState.HELD.value
    )
    return held.correlate_except(response).scalar_subquery()


def reported(consultation_id: Column) -> ColumnElement[bool]:
    """Return whether somebody has begun a report."""
    report = ConsultationReport.__table__.alias()
    return exists().where(report.c.consultation_id == consultation_id).correlate_except(report)


def approved(consultation_id: Column) -> ColumnElement[bool]:
    """Return whether a report is approved and waits to be published."""
    report = ConsultationReport.__table__.alias()
    waiting = and_(report.c.consultation_id == consultation_id, report.c.state == ReportState.APPROVED.value)
    return exists().where(waiting).correlate_except(report)


def released(consultation_id: Column) -> ColumnElement[bool]:
    """Return whether results were released."""
    release = ResultRelease.__table__.alias()
    return exists().where(release.c.consultation_id == consultation_id).correlate_except(release)


FACTS: Mapping[str, Callable[[Column], ColumnElement[Any]]] = {
    "released": released,
    "undecided": undecided,
    "reported": reported,
    "approved": approved,
    "unanswered": unanswered,
}
"""What came after a closing, fact by fact, as the rules want to know it."""


async def aftermath_of(change: Change, consultation_id: UUID) -> Aftermath:
    """Return what came after the closing of a consultation, which is locked."""
    named = literal(consultation_id)
    found = await change.session.execute(select(*[of(named).label(name) for name, of in FACTS.items()]))
    return Aftermath(**found.mappings().one())
