"""What of consultations, questionnaires, responses and results can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    any_,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import DateTime, Numeric, Uuid

from hub.bodies.reading import body
from hub.consultations import rules
from hub.consultations.models import (
    Answer,
    AnswerChoice,
    Consultation,
    ConsultationState,
    IdentityPolicy,
    Option,
    Participation,
    Question,
    QuestionnaireRevision,
    Receipt,
    Response,
    ResponseState,
    ResultsPolicy,
    RevisionState,
    Section,
    consultation_territory,
)
from hub.identity.reading import viewer
from hub.mandates.reading import PUBLISHER, mandate
from hub.people.reading import one_of_codes, organization, same, territories
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Embedded,
    Expression,
    Filter,
    Listed,
    One,
    Order,
    Readable,
    Row,
    Rows,
    roots,
)
from hub.reading.shared import moment_of
from hub.register.reading import among, by_folio, found_in_text, register_fields, updated_since
from hub.wording import label, sentence

STATE = Consultation.__table__.c.state.type
RUNNING = (ConsultationState.SCHEDULED, ConsultationState.OPEN, ConsultationState.CLOSED)


def state_now(row: Row, call: Call) -> ColumnElement[Any]:
    """The state that follows from the clock: the stored one only says how far people's acts have gone."""
    return case(
        (row.state.not_in(RUNNING), row.state),
        (call.sight.now < row.opens_at, literal(ConsultationState.SCHEDULED, STATE)),
        (call.sight.now < row.closes_at, literal(ConsultationState.OPEN, STATE)),
        else_=literal(ConsultationState.CLOSED, STATE),
    )


def _in_state(row: Row, codes: list[str], call: Call) -> ColumnElement[bool]:
    """The same as a condition on the instants themselves, so that their indexes serve it."""
    running = row.state.in_(RUNNING)
    parts: dict[str, ColumnElement[bool]] = {
        "draft": row.state == ConsultationState.DRAFT,
        "checked": row.state == ConsultationState.CHECKED,
        "scheduled": and_(running, row.opens_at > call.sight.now),
        "open": and_(running, row.opens_at <= call.sight.now, row.closes_at > call.sight.now),
        "closed": and_(running, row.closes_at <= call.sight.now),
    }
    return or_(*[parts[code] for code in codes]) if codes else literal(False)  # noqa: FBT003 - an SQL value


def results_public(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether the counts of a consultation may be seen: live, or once it has closed."""
    live = and_(row.results_policy == ResultsPolicy.LIVE, row.opens_at <= call.sight.now)
    return and_(row.state.in_(RUNNING), or_(live, row.closes_at <= call.sight.now))


def _counted_responses(row: Row, call: Call) -> ColumnElement[Any]:
    response = Response.__table__.alias()
    counted = select(func.count()).where(
        response.c.consultation_id == row.id, response.c.state == ResponseState.ACCEPTED.value
    )
    return case((results_public(row, call), counted.correlate_except(response).scalar_subquery()), else_=null())


def mine(response: Row, call: Call) -> ColumnElement[bool]:
    """Whether a response is the viewer's own, under whichever pseudonym."""
    if not call.sight.signed_in:
        return literal(False)  # noqa: FBT003 - an SQL value
    taking_part = Participation.__table__.alias()
    own = select(taking_part.c.id).where(taking_part.c.pseudonym == any_(call.sight.pseudonyms))
    return among(response.participation_id, own.correlate_except(taking_part))


def is_mine(response: Row, call: Call) -> ColumnElement[bool]:
    """The same as a value: an imported response belongs to nobody, and so it is not the viewer's."""
    return func.coalesce(mine(response, call), literal(False))  # noqa: FBT003 - an SQL value


def _my_current_response(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return and_(target.consultation_id == row.id, target.state == ResponseState.ACCEPTED, mine(target, call))


def _responded(row: Row, call: Call) -> ColumnElement[bool]:
    response = Response.__table__.alias()
    own = exists().where(
        response.c.consultation_id == row.id,
        response.c.state == ResponseState.ACCEPTED.value,
        mine(response.c, call),
    )
    own = own.correlate_except(response)
    return own if call.sight.signed_in else literal(False)  # noqa: FBT003 - an SQL value


def shown(asking: Asking, transition: rules.Transition) -> dict[str, Any]:
    """Return a transition in the viewer's language."""
    refusal = None if transition.verdict is True else transition.verdict
    reason = None
    if refusal is not None:
        message = sentence(refusal.code, refusal.facts, asking.languages)
        reason = {"code": refusal.code, "message": message}
    return {
        "event": transition.event,
        "label": label(transition.event, asking.languages),
        "allowed": refusal is None,
        "reason": reason,
    }


# ---- consultations ---------------------------------------------------------------------------------------------

FACTS = ("state", "body_id", "identity_policy", "opens_at", "closes_at", "zone")
"""What the rules want to know of a consultation, besides whether the viewer has answered it."""


def facts_of(row: Row) -> list[ColumnElement[Any]]:
    """Return the facts of a consultation's row that the rules are asked with."""
    return [getattr(row, name) for name in FACTS]


def read_facts(now: dt.datetime, facts: Sequence[Any], *, responded: bool) -> rules.ConsultationFacts:
    """Return the facts, as a statement wrote them, in the form that the rules take."""
    state, body_id, identity_policy, opens_at, closes_at, zone = facts
    return rules.ConsultationFacts(
        state=ConsultationState(state),
        body_id=UUID(body_id) if body_id else None,
        identity_policy=IdentityPolicy(identity_policy),
        opens_at=dt.datetime.fromisoformat(opens_at),
        closes_at=dt.datetime.fromisoformat(closes_at),
        zone=zone,
        now=now,
        responded=responded,
    )


def _transition_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    return [_responded(row, call), *facts_of(row)]


def _transitions(asking: Asking, responded: bool, *facts: Any) -> list[dict[str, Any]]:  # noqa: FBT001 - a row's fact
    known = read_facts(asking.at, facts, responded=responded)
    found = [
        *rules.consultation_transitions(asking.viewer, known),
        *rules.answering_transitions(asking.viewer, known),
    ]
    return [shown(asking, transition) for transition in found]


ORDERS = {
    "closes_desc": Order(lambda c: c.closes_at, descending=True),
    "closes_asc": Order(lambda c: c.closes_at),
    "opens_desc": Order(lambda c: c.opens_at, descending=True),
    "opens_asc": Order(lambda c: c.opens_at),
}


def _in_territory(row: Row, territory: Any, call: Call) -> ColumnElement[bool]:
    link = consultation_territory.alias()
    found = exists().where(link.c.consultation_id == row.id, link.c.territory_id == territory)
    return found.correlate_except(link)


FILTERS = {
    "state": Filter(_in_state),
    "body": same("body_id", "Body"),
    "organization": same("organization_id", "Organization"),
    "territory": Filter(_in_territory, Uuid(), ids="Territory"),
    "text": found_in_text(),
    "updated_since": updated_since(DateTime(timezone=True)),
}


def _territories(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    link = consultation_territory.alias()
    # Two rows of statements around this one: what is not its own must be said, it is not found out by itself.
    found = exists().where(link.c.consultation_id == row.id, link.c.territory_id == target.id)
    return found.correlate_except(link)


def _current_revision(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    revision = QuestionnaireRevision.__table__.alias()
    newest = (
        select(revision.c.id)
        .where(revision.c.consultation_id == row.id, revision.c.state == RevisionState.PUBLISHED.value)
        .order_by(revision.c.number.desc())
        .limit(1)
        .correlate_except(revision)
    )
    return among(target.id, newest)


RESPONSE_ORDERS = {
    "received_desc": Order(lambda r: r.received_at, descending=True),
    "received_asc": Order(lambda r: r.received_at),
}

consultation = Readable(
    "Consultation",
    Consultation,
    fields={
        **register_fields("title"),
        "state": Expression(state_now),
        "opening": moment_of("opens_at", "opens_local"),
        "closing": moment_of("closes_at", "closes_local"),
        "publisher": PUBLISHER,
        "territories": Connected("Territory", territories.orders, on=_territories),
        "revision": One("QuestionnaireRevision", _current_revision),
        "revisions": Connected(
            "QuestionnaireRevision",
            {"number_asc": Order(lambda r: r.number)},
            on=lambda row, target, call: target.consultation_id == row.id,
        ),
        "response_count": Expression(_counted_responses),
        "responses": Connected(
            "Response", RESPONSE_ORDERS, on=lambda row, target, call: target.consultation_id == row.id
        ),
        "viewer_has_responded": Expression(_responded),
        "viewer_response": One("Response", _my_current_response),
        "available_transitions": Answered(_transition_facts, _transitions),
    },
)

consultations = Connected("Consultation", ORDERS, filters=FILTERS)


def consultations_of(column: str) -> Connected:
    """Return the consultations that name their owner in this column."""

    def on(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
        return and_(getattr(target, column) == row.id)

    return Connected("Consultation", ORDERS, on=on, filters={"state": FILTERS["state"]})


body.fields["consultations"] = consultations_of("body_id")
organization.fields["consultations"] = consultations_of("organization_id")
mandate.fields["consultations"] = consultations_of("mandate_id")


# ---- questionnaires --------------------------------------------------------------------------------------------


def _sections(row: Row, call: Call) -> Rows:
    section = Section.__table__.alias()
    return Rows(section.c, section, [section.c.revision_id == row.id], [section.c.position])


def _options(row: Row, call: Call) -> Rows:
    option = Option.__table__.alias()
    return Rows(option.c, option, [option.c.question_id == row.id], [option.c.position])


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
    return found.correlate_except(asked, revised)


def _answered_count(row: Row, call: Call) -> ColumnElement[int]:
    answer = Answer.__table__.alias()
    counted = select(func.count()).where(answer.c.lineage_id == row.lineage_id, answer.c.counted)
    return counted.correlate_except(answer).scalar_subquery()


question = Readable(
    "Question",
    Question,
    fields={
        "options": Listed("Option", _options, part=True),
        "tally": Embedded("QuestionTally", lambda row, call: row, _question_results_public),
    },
)

option = Readable("Option", Option, key="code")


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


# ---- responses -------------------------------------------------------------------------------------------------


def _answers(row: Row, call: Call) -> Rows:
    answer, asked = Answer.__table__.alias(), Question.__table__.alias()
    joined = answer.join(asked, asked.c.id == answer.c.question_id)
    return Rows(answer.c, joined, [answer.c.response_id == row.id], [asked.c.position])


def _chosen(row: Row, call: Call) -> ColumnElement[Any]:
    chosen = AnswerChoice.__table__.alias()
    codes = select(func.array_agg(chosen.c.option_code).aggregate_order_by(chosen.c.option_code)).where(
        chosen.c.response_id == row.response_id, chosen.c.question_id == row.question_id
    )
    return func.coalesce(
        codes.correlate_except(chosen).scalar_subquery(), literal_column("'{}'::text[]", ARRAY(Text()))
    )


def _response_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    asked = Consultation.__table__.alias()
    facts = [
        select(column).where(asked.c.id == row.consultation_id).correlate_except(asked).scalar_subquery()
        for column in facts_of(asked.c)
    ]
    return [row.state, is_mine(row, call), *facts]


def _response_transitions(asking: Asking, state: str, own: bool, *facts: Any) -> list[dict[str, Any]]:  # noqa: FBT001
    known = rules.ResponseFacts(
        consultation=read_facts(asking.at, facts, responded=own), state=ResponseState(state), own=own
    )
    return [shown(asking, transition) for transition in rules.response_transitions(asking.viewer, known)]


response = Readable(
    "Response",
    Response,
    fields={
        "answers": Listed("Answer", _answers, part=True),
        "available_transitions": Answered(_response_facts, _response_transitions),
        "mine": Expression(lambda row, call: is_mine(row, call)),
    },
)

responses = Connected(
    "Response",
    RESPONSE_ORDERS,
    filters={"consultation": same("consultation_id", "Consultation"), "channel": one_of_codes("channel")},
)

viewer.fields["responses"] = Connected("Response", RESPONSE_ORDERS, on=lambda row, target, call: mine(target, call))

answer = Readable(
    "Answer",
    Answer,
    key="question_id",
    fields={
        "question": One("Question", lambda row, target, call: target.id == row.question_id),
        "options": Expression(_chosen),
    },
)


def _receipt_state(row: Row, call: Call) -> ColumnElement[Any]:
    given = Response.__table__.alias()
    return select(given.c.state).where(given.c.id == row.response_id).correlate_except(given).scalar_subquery()


def _receipt_consultation(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    given = Response.__table__.alias()
    found = select(given.c.consultation_id).where(given.c.id == row.response_id)
    return among(target.id, found.correlate_except(given))


def _receipt_of_code(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """However the code was typed: what `receipts.read` does, in SQL, so that the index on the code serves."""
    digits = func.translate(func.upper(call.argument("code", Text())), "OIL- ", "011")
    groups = func.regexp_replace(digits, "^(.{4})(.{4})(.{4})(.{4})(.)$", r"\1-\2-\3-\4-\5")
    return and_(target.code == groups)


receipt = Readable(
    "Receipt",
    Receipt,
    key="code",
    fields={"state": Expression(_receipt_state), "consultation": One("Consultation", _receipt_consultation)},
)

roots |= {
    "consultations": consultations,
    "responses": responses,
    "consultation_by_folio": One("Consultation", by_folio(lambda c: c.id)),
    "receipt": One("Receipt", _receipt_of_code),
}
