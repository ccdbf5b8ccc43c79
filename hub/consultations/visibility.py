"""Who may see consultations, questionnaires and responses.

A draft is seen by the staff of its body. A questionnaire is public once its revision is published.
A response is public after the closing, if the respondent agreed; otherwise only the respondent sees it, found
by the pseudonym under which they answer.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from hub.consultations.models import (
    Answer,
    AnswerChoice,
    ConsentLevel,
    Consultation,
    ConsultationKey,
    Option,
    Participation,
    Question,
    QuestionnaireRevision,
    Receipt,
    Response,
    ResponseState,
    RevisionState,
    Section,
)
from hub.register.visibility import published, published_beside, published_entry
from hub.viewer import Role
from hub.visibility import Row, Sight, one_by_one, visible


def of_own_body(body_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer works for this body, as its coordinator, secretary or analyst."""
    return body_id == sight.bodies(Role.COORDINATOR, Role.SECRETARY, Role.ANALYST).any_()


@visible(Consultation)
def visible_consultation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A consultation is public from its scheduling on; before that its body's staff sees it."""
    if not sight.signed_in:
        return published(row)
    return or_(published_beside(row.id, sight), of_own_body(row.body_id, sight))


def visible_wording(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A published revision of a public consultation, or any revision for the staff of its body."""
    fixed = row.state != RevisionState.DRAFT.value
    if not sight.signed_in:
        return and_(fixed, published_entry(row.consultation_id))
    consultation = Consultation.__table__.alias()
    staffed = select(consultation.c.id).where(
        consultation.c.id == row.consultation_id, of_own_body(consultation.c.body_id, sight)
    )
    own = one_by_one(staffed.correlate_except(consultation), sight)
    return or_(and_(fixed, published_beside(row.consultation_id, sight)), own)


@visible(QuestionnaireRevision)
def visible_revision(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A revision is public once it is published."""
    return visible_wording(row, sight)


def visible_part(revision_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """A part of a revision is as visible as the revision."""
    revision = QuestionnaireRevision.__table__.alias()
    return exists().where(revision.c.id == revision_id, visible_wording(revision.c, sight))


@visible(Section)
def visible_section(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A section is as visible as its revision."""
    return visible_part(row.revision_id, sight)


@visible(Question)
def visible_question(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A question is as visible as its revision."""
    return visible_part(row.revision_id, sight)


@visible(Option)
def visible_option(row: Row, sight: Sight) -> ColumnElement[bool]:
    """An option is as visible as the revision of its question."""
    question = Question.__table__.alias()
    return exists().where(question.c.id == row.question_id, visible_part(question.c.revision_id, sight))


@visible(Response)
def visible_response(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A counted response is public after the closing, by consent; one's own are seen in every state."""
    consultation = Consultation.__table__.alias()
    closed = select(consultation.c.id).where(
        consultation.c.id == row.consultation_id,
        consultation.c.closes_at <= sight.now,
        published_entry(consultation.c.id),
    )
    closed = closed.correlate_except(consultation)
    agreed = and_(row.state == ResponseState.ACCEPTED.value, row.consent == ConsentLevel.WITHOUT_NAME.value)
    if not sight.signed_in:
        return and_(agreed, exists(closed))
    participation = Participation.__table__.alias()
    own = select(participation.c.id).where(
        participation.c.id == row.participation_id, participation.c.pseudonym == sight.pseudonyms.any_()
    )
    own = own.correlate_except(participation)
    return or_(and_(agreed, one_by_one(closed, sight)), one_by_one(own, sight))


def visible_saying(response_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """What a response says is as visible as the response."""
    response = Response.__table__.alias()
    return exists().where(response.c.id == response_id, visible_response(response.c, sight))


@visible(Answer)
def visible_answer(row: Row, sight: Sight) -> ColumnElement[bool]:
    """An answer is as visible as its response."""
    return visible_saying(row.response_id, sight)


@visible(AnswerChoice)
def visible_answer_choice(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A chosen option is as visible as its response."""
    return visible_saying(row.response_id, sight)


@visible(Receipt)
def visible_receipt(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Whoever knows a receipt's code may ask what became of it: its 80 random bits are the key.

    So receipts are looked up by their code and never listed, and one tells a state and a hash, no answer.
    """
    return true()


@visible(Participation)
def visible_participation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who takes part is not told to anybody."""
    return false()


@visible(ConsultationKey)
def visible_consultation_key(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Keys are not read by queries."""
    return false()
