"""Who may see consultations, questionnaires and responses.

A draft is seen by the staff of its body. A questionnaire is public once its revision is published.
A response is public after the closing, if the respondent agreed; otherwise only the respondent sees it, found
by the pseudonym under which they answer.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true

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
from hub.register.visibility import published, published_entry
from hub.viewer import Role
from hub.visibility import Row, Sight, visible


def of_own_body(body_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer works for this body, as its coordinator, secretary or analyst."""
    return body_id == sight.bodies(Role.COORDINATOR, Role.SECRETARY, Role.ANALYST).any_()


@visible(Consultation)
def visible_consultation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A consultation is public from its scheduling on; before that its body's staff sees it."""
    return or_(published(row), of_own_body(row.body_id, sight)) if sight.signed_in else published(row)


def visible_wording(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A published revision of a public consultation, or any revision for the staff of its body."""
    public = and_(row.state != RevisionState.DRAFT.value, published_entry(row.consultation_id))
    if not sight.signed_in:
        return public
    consultation = Consultation.__table__.alias()
    staffed = exists().where(consultation.c.id == row.consultation_id, of_own_body(consultation.c.body_id, sight))
    return or_(public, staffed)


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
    closed = exists().where(
        consultation.c.id == row.consultation_id,
        consultation.c.closes_at <= sight.now,
        published_entry(consultation.c.id),
    )
    public = and_(row.state == ResponseState.ACCEPTED.value, row.consent == ConsentLevel.WITHOUT_NAME.value, closed)
    if not sight.signed_in:
        return public
    participation = Participation.__table__.alias()
    own = exists().where(
        participation.c.id == row.participation_id, participation.c.pseudonym == sight.pseudonyms.any_()
    )
    return or_(public, own)


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
