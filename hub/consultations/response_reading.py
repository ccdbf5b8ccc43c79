"""What of responses, their answers and receipts can be read, by everybody and by some."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Text,
    Uuid,
    and_,
    any_,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from hub.consultations import answering_rules
from hub.consultations.consents import NAMING
from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import MatrixRow, Question
from hub.consultations.reading import RESPONSE_ORDERS, facts_of, is_mine, mine, read_facts, shown
from hub.consultations.response_models import (
    Answer,
    AnswerChoice,
    Receipt,
    Response,
    ResponseState,
    Timeliness,
)
from hub.consultations.visibility import STAFF, analysed_by, visible_to_some
from hub.identity.reading import viewer
from hub.people.reading import one_of_codes, same
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Expression,
    Filter,
    Listed,
    One,
    Readable,
    Row,
    Rows,
    roots,
)
from hub.register.reading import among
from hub.viewer import Scope
from hub.wording import sentence


def _analysed(row: Row, call: Call) -> ColumnElement[bool]:
    return analysed_by(row.consultation_id, call.sight)


def _answers(row: Row, call: Call) -> Rows:
    answer, asked = Answer.__table__.alias(), Question.__table__.alias()
    joined = answer.join(asked, asked.c.id == answer.c.question_id)
    # The response is seen already; what its giver keeps from everybody is seen by them and by those who analyse it.
    read: ColumnElement[bool] = answer.c.published
    if call.sight.signed_in:
        read = or_(read, visible_to_some(row, call.sight))
    return Rows(answer.c, joined, [answer.c.response_id == row.id, read], [asked.c.position])


def _chosen(row: Row, call: Call) -> ColumnElement[Any]:
    chosen = AnswerChoice.__table__.alias()
    codes = select(func.array_agg(chosen.c.option_code).aggregate_order_by(chosen.c.place, chosen.c.option_code)).where(
        chosen.c.response_id == row.response_id, chosen.c.question_id == row.question_id, chosen.c.row_code == ""
    )
    return func.coalesce(
        codes.correlate_except(chosen).scalar_subquery(), literal_column("'{}'::text[]", ARRAY(Text()))
    )


def _chosen_rows(row: Row, call: Call) -> Rows:
    chosen, line = AnswerChoice.__table__.alias(), MatrixRow.__table__.alias()
    joined = chosen.join(line, and_(line.c.question_id == chosen.c.question_id, line.c.code == chosen.c.row_code))
    own = [chosen.c.response_id == row.response_id, chosen.c.question_id == row.question_id]
    return Rows(chosen.c, joined, own, [line.c.position])


def _response_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    asked = Consultation.__table__.alias()
    facts = [
        select(column).where(asked.c.id == row.consultation_id).correlate_except(asked).scalar_subquery()
        for column in facts_of(asked.c)
    ]
    return [row.state, is_mine(row, call), row.organization_id, *facts]


def _response_transitions(
    asking: Asking,
    state: str,
    own: bool,  # noqa: FBT001 - a fact as JSON gives it
    organization_id: str | None,
    *facts: Any,
) -> list[dict[str, Any]]:
    known = answering_rules.ResponseFacts(
        consultation=read_facts(asking.at, facts, responses=int(own)),
        state=ResponseState(state),
        own=own,
        organization_id=UUID(organization_id) if organization_id else None,
    )
    return [shown(asking, transition) for transition in answering_rules.response_transitions(asking.viewer, known)]


def _notice_facts(response: Row) -> list[ColumnElement[Any]]:
    asked = Consultation.__table__.alias()
    closing = [
        select(column).where(asked.c.id == response.consultation_id).correlate_except(asked).scalar_subquery()
        for column in (asked.c.closes_at, asked.c.zone)
    ]
    return [response.state, response.timeliness, *closing]


def _notice(asking: Asking, state: str, timeliness: str, closes_at: str, zone: str) -> dict[str, str] | None:
    """Return what became of a response because it came in after the closing, in the viewer's language."""
    code = answering_rules.lateness(ResponseState(state), Timeliness(timeliness))
    if code is None:
        return None
    facts = {"closes_at": dt.datetime.fromisoformat(closes_at), "zone": zone}
    return {"code": code, "message": sentence(code, facts, asking.languages)}


def _for_some(column: str) -> Expression:
    """What of a response only its giver and the staff who analyse it see."""

    def of(row: Row, call: Call) -> ColumnElement[Any]:
        value = getattr(row, column)
        return case((visible_to_some(row, call.sight), value), else_=null()) if call.sight.signed_in else _none(value)

    return Expression(of)


def _none(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(null(), value.type)


def _names_its_organization(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether it is told which organisation answered: it lets itself be named, or the viewer sees all of a response."""
    named: ColumnElement[bool] = row.consent.in_([level.value for level in NAMING])
    return or_(named, visible_to_some(row, call.sight)) if call.sight.signed_in else named


def _named_organization(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return and_(target.id == row.organization_id, _names_its_organization(row, call))


def _of_organization(row: Row, id_: Any, call: Call) -> ColumnElement[bool]:
    """The filter by organisation finds no more than what names it: else it would tell what the field does not."""
    return and_(row.organization_id == id_, _names_its_organization(row, call))


def _territory_for_some(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return and_(target.id == row.territory_id, visible_to_some(row, call.sight))


def _own_receipt(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """Whoever gave the response finds its receipt again; nobody else finds the code by the response."""
    return and_(target.response_id == row.id, mine(row, call))


def _marked(row: Row, value: Any, call: Call) -> ColumnElement[bool]:
    """The filter by the mark is for those who see it, and finds nothing for everybody else."""
    marked: ColumnElement[bool] = row.similar_to_id.is_not(None)
    return and_(_of_own_analysis(row, call), marked == value)


def _of_own_analysis(row: Row, call: Call) -> ColumnElement[bool]:
    """The same as `_analysed`, where it decides alone: the few consultations are found once, before any response."""
    asked = Consultation.__table__.alias()
    own = call.sight.bodies(*STAFF, scope=Scope.ANALYSIS_WRITE)
    few = select(asked.c.id).where(asked.c.body_id == own.any_()).correlate_except(asked)
    found: ColumnElement[bool] = row.consultation_id == any_(func.array(few.scalar_subquery()))
    return found


def _ways_to_state(row: Row, codes: list[str], call: Call) -> list[ColumnElement[bool]]:
    """Responses that do not count are never public: one's own are seen, and those that one analyses."""
    if ResponseState.ACCEPTED.value in codes or call.sight.system or not call.sight.signed_in:
        return []
    return [mine(row, call), _of_own_analysis(row, call)]


response = Readable(
    "Response",
    Response,
    fields={
        "answers": Listed("Answer", _answers, part=True),
        "available_transitions": Answered(_response_facts, _response_transitions),
        "mine": Expression(lambda row, call: is_mine(row, call)),
        "notice": Answered(lambda row, call: _notice_facts(row), _notice),
        "organization": One("Organization", _named_organization),
        "territory": One("Territory", _territory_for_some),
        "receipt": One("Receipt", _own_receipt),
        "similar_to": One("Response", lambda row, t, call: and_(t.id == row.similar_to_id, _analysed(row, call))),
    },
)

responses = Connected(
    "Response",
    RESPONSE_ORDERS,
    filters={
        "consultation": same("consultation_id", "Consultation"),
        "channel": one_of_codes("channel"),
        "respondent_kind": one_of_codes("respondent_kind"),
        "organization": Filter(_of_organization, Uuid(), ids="Organization"),
        "state": Filter(one_of_codes("state").of, ways=_ways_to_state),
        "timeliness": one_of_codes("timeliness"),
        "marked": Filter(_marked, Boolean()),
    },
    facets="ResponseFacets",
)

viewer.fields["responses"] = Connected(
    "Response", RESPONSE_ORDERS, on=lambda row, target, call: mine(target, call), facets="ResponseFacets"
)

row_answer = Readable(
    "RowAnswer",
    fields={
        "row": Expression(lambda row, call: row.row_code),
        "option": Expression(lambda row, call: row.option_code),
    },
)

answer = Readable(
    "Answer",
    Answer,
    key="question_id",
    fields={
        "question": One("Question", lambda row, target, call: target.id == row.question_id),
        "options": Expression(_chosen),
        "rows": Listed("RowAnswer", _chosen_rows),
        "date": Expression(lambda row, call: row.day),
    },
)


def _of_receipt(column: str) -> Expression:
    """What a receipt tells of its response."""

    def of(row: Row, call: Call) -> ColumnElement[Any]:
        given = Response.__table__.alias()
        found = select(given.c[column]).where(given.c.id == row.response_id)
        return found.correlate_except(given).scalar_subquery()

    return Expression(of)


def _receipt_notice_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    given, asked = Response.__table__.alias(), Consultation.__table__.alias()
    joined = given.join(asked, asked.c.id == given.c.consultation_id)
    return [
        select(column)
        .select_from(joined)
        .where(given.c.id == row.response_id)
        .correlate_except(given, asked)
        .scalar_subquery()
        for column in (given.c.state, given.c.timeliness, asked.c.closes_at, asked.c.zone)
    ]


def _receipt_consultation(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    given = Response.__table__.alias()
    found = select(given.c.consultation_id).where(given.c.id == row.response_id)
    return among(target.id, found.correlate_except(given))


def _receipt_of_code(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """However the code was typed: what `receipts.read` does, in SQL, so that the index on the code serves."""
    return and_(target.code == written_code(call.argument("code", Text())))


def written_code(typed: ColumnElement[str] | None) -> ColumnElement[str]:
    """Return a code as it is kept, however it was typed."""
    digits = func.translate(func.upper(typed), "OIL- ", "011")
    return func.regexp_replace(digits, "^(.{4})(.{4})(.{4})(.{4})(.)$", r"\1-\2-\3-\4-\5")


receipt = Readable(
    "Receipt",
    Receipt,
    key="code",
    fields={
        "state": _of_receipt("state"),
        "timeliness": _of_receipt("timeliness"),
        "decision_reason": _of_receipt("decision_reason"),
        "notice": Answered(_receipt_notice_facts, _notice),
        "consultation": One("Consultation", _receipt_consultation),
    },
)


roots |= {
    "responses": responses,
    "receipt": One("Receipt", _receipt_of_code),
}
