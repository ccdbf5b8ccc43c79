"""What can be read of what came of a consultation: reports, statements, how its answer stands, what comes next."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, Enum, Integer, and_, case, cast, exists, func, literal, null, or_, select
from sqlalchemy import literal_column as written
from sqlalchemy.types import Numeric

from hub.bodies.reading import body
from hub.consultations import answering_rules, report_rules, rules
from hub.consultations.coverage import FACTS, covers
from hub.consultations.models import Consultation, ConsultationState
from hub.consultations.questionnaire_models import Question, QuestionnaireRevision, RevisionState
from hub.consultations.questionnaire_reading import question
from hub.consultations.reading import FILTERS, consultation, facts_of, places_taken, read_facts, shown
from hub.consultations.report_models import (
    AnswerStanding,
    ConsultationReport,
    ReportState,
    Statement,
    StatementState,
)
from hub.consultations.response_models import Answer, Response, ResponseState
from hub.consultations.response_reading import receipt, response
from hub.consultations.result_models import Dimension
from hub.consultations.visibility import visible_to_some
from hub.people.reading import one_of_codes
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Embedded,
    Expression,
    Filter,
    One,
    Order,
    Readable,
    Row,
)
from hub.register.reading import among
from hub.register.visibility import published_entry

STANDING = Enum(AnswerStanding, native_enum=False, values_callable=lambda members: [m.value for m in members])


# ---- until when an answer is owed ----------------------------------------------------------------------------------


def answer_standing(row: Row, call: Call) -> ColumnElement[Any]:
    """How the answer that a consultation owes stands today; NULL where none is owed."""
    answered_on = cast(func.timezone(row.zone, row.answered_at), Date)
    none = or_(row.answer_due_on.is_(None), row.state == ConsultationState.WITHDRAWN.value)
    return case(
        (none, null()),
        (answered_on > row.answer_due_on, _standing(AnswerStanding.ANSWERED_LATE)),
        (row.answered_at.is_not(None), _standing(AnswerStanding.ANSWERED)),
        (row.answer_due_on < call.sight.today, _standing(AnswerStanding.OVERDUE)),
        else_=_standing(AnswerStanding.OWED),
    )


def _standing(standing: AnswerStanding) -> ColumnElement[Any]:
    return literal(standing, STANDING)


def _stands(row: Row, codes: list[str], call: Call) -> ColumnElement[bool]:
    found = answer_standing(row, call).in_([AnswerStanding(code) for code in codes])
    return func.coalesce(found, written("false"))


FILTERS["answer_standing"] = Filter(_stands)


def _figure(*standings: AnswerStanding) -> Expression:
    """Return how many of a body's public consultations that have closed stand so."""

    def of(row: Row, call: Call) -> ColumnElement[Any]:
        owing = Consultation.__table__.alias()
        counted = select(func.count()).where(
            owing.c.body_id == row.id,
            owing.c.closes_at <= call.sight.now,
            answer_standing(owing.c, call).in_(standings),
            published_entry(owing.c.id),
        )
        return cast(counted.correlate_except(owing).scalar_subquery(), Integer)

    return Expression(of)


body.fields["answering"] = Embedded("AnsweringFigures", lambda row, call: row)

answering = Readable(
    "AnsweringFigures",
    fields={
        "owed": _figure(AnswerStanding.OWED),
        "overdue": _figure(AnswerStanding.OVERDUE),
        "answered": _figure(AnswerStanding.ANSWERED, AnswerStanding.ANSWERED_LATE),
        "answered_late": _figure(AnswerStanding.ANSWERED_LATE),
    },
)


# ---- what may come next --------------------------------------------------------------------------------------------


CONCERNED = (ConsultationState.CLOSED, ConsultationState.IN_ANALYSIS, ConsultationState.FINDINGS_PUBLISHED)
"""The states in which what may come next depends on what came after the closing."""


def _transition_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    # Nothing is looked up of what comes after a closing where it does not matter yet, or no more.
    matters = row.state.in_(CONCERNED)
    after = [case((matters, of(row.id)), else_=null()) for of in FACTS.values()]
    return [places_taken(row, call), *after, *facts_of(row)]


def _transitions(asking: Asking, responses: int, *facts: Any) -> list[dict[str, Any]]:
    known = read_facts(asking.at, facts[len(FACTS) :], responses=responses)
    after = {name: fact for name, fact in zip(FACTS, facts, strict=False) if fact is not None}
    found = [
        *rules.consultation_transitions(asking.viewer, known),
        *report_rules.afterwards_transitions(asking.viewer, known, report_rules.Aftermath(**after)),
        *answering_rules.answering_transitions(asking.viewer, known),
    ]
    return [shown(asking, transition) for transition in found]


def _own_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    asked = Consultation.__table__.alias()
    facts = [
        select(column).where(asked.c.id == row.consultation_id).correlate_except(asked).scalar_subquery()
        for column in facts_of(asked.c)
    ]
    return [row.state, *facts]


def _report_transitions(asking: Asking, state: str, *facts: Any) -> list[dict[str, Any]]:
    known = read_facts(asking.at, facts, responses=0)
    return [shown(asking, t) for t in report_rules.report_transitions(asking.viewer, known, ReportState(state))]


def _statement_transitions(asking: Asking, state: str, *facts: Any) -> list[dict[str, Any]]:
    known = read_facts(asking.at, facts, responses=0)
    return [shown(asking, t) for t in report_rules.statement_transitions(asking.viewer, known, StatementState(state))]


# ---- reports -------------------------------------------------------------------------------------------------------


def _published_report(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return and_(target.consultation_id == row.id, target.state == ReportState.PUBLISHED.value)


def _rate(part: ColumnElement[Any], whole: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.round(part * written("1.0", Numeric()) / func.nullif(whole, 0), 6)


report = Readable(
    "ConsultationReport",
    ConsultationReport,
    fields={
        "completion_rate": Expression(
            lambda row, call: _rate(row.response_count, row.response_count + row.begun_not_sent)
        ),
        "response_rate": Expression(lambda row, call: _rate(row.response_count, row.invitations_issued)),
        "available_transitions": Answered(_own_facts, _report_transitions),
    },
)


# ---- statements ----------------------------------------------------------------------------------------------------


def _tables(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """The totals that were released of what a statement is about."""
    return and_(
        target.consultation_id == row.consultation_id,
        target.dimension == Dimension.TOTAL,
        covers(row, target.lineage_id),
    )


def _newest_wording(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    asked, revision = Question.__table__.alias(), QuestionnaireRevision.__table__.alias()
    found = select(asked.c.id).where(
        asked.c.lineage_id == row.lineage_id,
        revision.c.id == asked.c.revision_id,
        revision.c.state != RevisionState.DRAFT.value,
    )
    newest = found.order_by(revision.c.number.desc()).limit(1)
    return among(target.id, newest.correlate_except(asked, revision))


STATEMENT_ORDERS = {"position_asc": Order(lambda s: s.position)}

statement = Readable(
    "Statement",
    Statement,
    fields={
        "question": One("Question", _newest_wording),
        "tables": Connected("ResultTable", {"position_asc": Order(lambda t: t.position)}, on=_tables),
        "available_transitions": Answered(_own_facts, _statement_transitions),
    },
)

consultation.fields |= {
    "answer_standing": Expression(answer_standing),
    "report": One("ConsultationReport", _published_report),
    "reports": Connected(
        "ConsultationReport",
        {"number_asc": Order(lambda r: r.number)},
        on=lambda row, target, call: target.consultation_id == row.id,
    ),
    "statements": Connected(
        "Statement",
        STATEMENT_ORDERS,
        on=lambda row, target, call: target.consultation_id == row.id,
        filters={"state": one_of_codes("state"), "did": one_of_codes("did")},
    ),
    "available_transitions": Answered(_transition_facts, _transitions),
}


def _of_question(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """The published statement about a question: its own, or else that of its section."""
    made, revision = Statement.__table__.alias(), QuestionnaireRevision.__table__.alias()
    found = select(made.c.id).where(
        revision.c.id == row.revision_id,
        made.c.consultation_id == revision.c.consultation_id,
        made.c.state == StatementState.PUBLISHED.value,
        covers(made.c, row.lineage_id),
    )
    own_first = found.order_by(made.c.lineage_id.is_(None), made.c.id).limit(1)
    return among(target.id, own_first.correlate_except(made, revision))


question.fields["statement"] = One("Statement", _of_question)


def _of_response(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """The statements about what a response answers, as far as the viewer sees that it answers it."""
    given = Answer.__table__.alias()
    read: ColumnElement[bool] = given.c.published
    if call.sight.signed_in:
        read = or_(read, visible_to_some(row, call.sight))
    answered = exists().where(given.c.response_id == row.id, read, covers(target, given.c.lineage_id))
    return and_(
        target.consultation_id == row.consultation_id,
        target.state == StatementState.PUBLISHED,
        row.state == ResponseState.ACCEPTED,
        answered.correlate_except(given),
    )


response.fields["statements"] = Connected("Statement", STATEMENT_ORDERS, on=_of_response)


def _of_receipt(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """The statements about what the response of a receipt answers: whoever holds the code gave it."""
    said, given = Response.__table__.alias(), Answer.__table__.alias()
    asked = select(said.c.consultation_id).where(
        said.c.id == row.response_id, said.c.state == ResponseState.ACCEPTED.value
    )
    answered = exists().where(given.c.response_id == row.response_id, covers(target, given.c.lineage_id))
    return and_(
        target.consultation_id == asked.correlate_except(said).scalar_subquery(),
        target.state == StatementState.PUBLISHED,
        answered.correlate_except(given),
    )


receipt.fields["statements"] = Connected("Statement", STATEMENT_ORDERS, on=_of_receipt)
