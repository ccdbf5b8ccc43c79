"""Who may see consultations, questionnaires and responses.

A draft is seen by the staff of its body. A questionnaire is public once its revision is published.
A response is public after the counting has ended, as far as the respondent agreed; before that, and beyond that, it is
seen by the respondent, found by the pseudonym under which they answer, and by the staff who analyse it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from hub.consultations.models import (
    Consultation,
    ConsultationKey,
    ConsultationState,
    Invitation,
    NetworkCount,
    TimetableNotice,
)
from hub.consultations.questionnaire_models import (
    MatrixRow,
    Option,
    Question,
    QuestionnaireRevision,
    RevisionState,
    Section,
)
from hub.consultations.report_models import ConsultationReport, ReportState, Statement, StatementState
from hub.consultations.response_models import (
    Answer,
    AnswerChoice,
    ConsentLevel,
    DraftState,
    Participation,
    PublicationConsent,
    Receipt,
    Response,
    ResponseDraft,
    ResponseState,
    TextFingerprint,
)
from hub.consultations.result_models import ResultCell, ResultRelease, ResultTable
from hub.register.visibility import published, published_beside, published_entry
from hub.viewer import Role, Scope
from hub.visibility import Row, Sight, one_by_one, visible

STAFF = (Role.COORDINATOR, Role.SECRETARY, Role.ANALYST)


def of_own_body(body_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer works for this body, as its coordinator, secretary or analyst."""
    return body_id == sight.bodies(*STAFF).any_()


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
    return or_(and_(fixed, published_beside(row.consultation_id, sight)), staffed(row.consultation_id, sight))


def staffed(consultation_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer works for the body of this consultation; for use beside another condition in an OR."""
    consultation = Consultation.__table__.alias()
    own = select(consultation.c.id).where(
        consultation.c.id == consultation_id, of_own_body(consultation.c.body_id, sight)
    )
    return one_by_one(own.correlate_except(consultation), sight)


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


@visible(MatrixRow)
def visible_matrix_row(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A row of a matrix is as visible as the revision of its question."""
    return visible_option(row, sight)


@visible(TimetableNotice)
def visible_notice(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A notice is published with its consultation, and stays so when that is withdrawn."""
    return published_entry(row.consultation_id)


def analysed_by(consultation_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer is of the staff of the consultation's body, with a token for analysing."""
    if not sight.signed_in:
        return false()
    consultation = Consultation.__table__.alias()
    own = sight.bodies(*STAFF, scope=Scope.ANALYSIS_WRITE)
    staffed = select(consultation.c.id).where(
        consultation.c.id == consultation_id, consultation.c.body_id == own.any_()
    )
    return one_by_one(staffed.correlate_except(consultation), sight)


def owned(participation_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The participation is the viewer's own, under whichever pseudonym."""
    if not sight.signed_in:
        return false()
    participation = Participation.__table__.alias()
    own = select(participation.c.id).where(
        participation.c.id == participation_id, participation.c.pseudonym == sight.pseudonyms.any_()
    )
    return one_by_one(own.correlate_except(participation), sight)


def visible_to_some(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A response with all that it says is seen by whoever gave it, and by the staff who analyse it."""
    if not sight.signed_in:
        return false()
    return or_(owned(row.participation_id, sight), analysed_by(row.consultation_id, sight))


def visible_to_all(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A response that counts is public once no more are counted, by consent, unless the consultation was withdrawn."""
    consultation = Consultation.__table__.alias()
    closed = select(consultation.c.id).where(
        consultation.c.id == row.consultation_id,
        consultation.c.counted_until <= sight.now,
        consultation.c.state != ConsultationState.WITHDRAWN.value,
        published_entry(consultation.c.id),
    )
    closed = closed.correlate_except(consultation)
    agreed = and_(row.state == ResponseState.ACCEPTED.value, row.consent != ConsentLevel.NOT_PUBLISHED.value)
    return and_(agreed, one_by_one(closed, sight) if sight.signed_in else exists(closed))


@visible(Response)
def visible_response(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A response is seen by everybody, or by some."""
    public = visible_to_all(row, sight)
    return or_(public, visible_to_some(row, sight)) if sight.signed_in else public


@visible(Answer)
def visible_answer(row: Row, sight: Sight) -> ColumnElement[bool]:
    """An answer is as visible as its response, and to everybody only if it is published itself."""
    response = Response.__table__.alias()
    said = select(response.c.id).where(response.c.id == row.response_id)
    everybody = and_(row.published, exists(said.where(visible_to_all(response.c, sight)).correlate_except(response)))
    if not sight.signed_in:
        return everybody
    return or_(everybody, one_by_one(said.where(visible_to_some(response.c, sight)).correlate_except(response), sight))


@visible(AnswerChoice)
def visible_answer_choice(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A chosen option is as visible as its answer."""
    answer = Answer.__table__.alias()
    return exists().where(
        answer.c.response_id == row.response_id,
        answer.c.question_id == row.question_id,
        visible_answer(answer.c, sight),
    )


@visible(Receipt)
def visible_receipt(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Whoever knows a receipt's code may ask what became of it: its 80 random bits are the key.

    So receipts are looked up by their code and never listed, and one tells a state and a hash, no answer.
    """
    return true()


@visible(ResponseDraft)
def visible_draft(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What somebody has begun is theirs: found by their pseudonym, or by code and secret, and never by an id."""
    consultation = Consultation.__table__.alias()
    taken = exists().where(consultation.c.id == row.consultation_id, consultation.c.late_until > sight.now)
    active = and_(
        row.state == DraftState.ACTIVE.value, row.expires_at > sight.now, taken.correlate_except(consultation)
    )
    held_by_code = row.pseudonym.is_(None)
    if not sight.signed_in:
        return and_(active, held_by_code)
    return and_(active, or_(held_by_code, row.pseudonym == sight.pseudonyms.any_()))


def visible_results(consultation_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """What was published of results is seen as long as the consultation is, and was not withdrawn."""
    consultation = Consultation.__table__.alias()
    return exists().where(
        consultation.c.id == consultation_id,
        consultation.c.state != ConsultationState.WITHDRAWN.value,
        published_entry(consultation.c.id),
    )


@visible(ResultRelease)
def visible_result_release(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A release is there to be seen."""
    return visible_results(row.consultation_id, sight)


@visible(ResultTable)
def visible_result_table(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Its tables are there to be seen; what they were before they were protected has no field."""
    return visible_results(row.consultation_id, sight)


@visible(ResultCell)
def visible_result_cell(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A figure is as visible as its table; one that is not shown is not in it."""
    table = ResultTable.__table__.alias()
    return exists().where(table.c.id == row.table_id, visible_results(table.c.consultation_id, sight))


@visible(ConsultationReport)
def visible_report(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A version of a report that was published is seen with its results, and so is one that was corrected since.

    What is being written is seen by the staff of the body.
    """
    fixed = row.state.in_([ReportState.PUBLISHED.value, ReportState.CORRECTED.value])
    public = and_(fixed, visible_results(row.consultation_id, sight))
    return or_(public, staffed(row.consultation_id, sight)) if sight.signed_in else public


@visible(Statement)
def visible_statement(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A statement is seen as a report is."""
    fixed = row.state.in_([StatementState.PUBLISHED.value, StatementState.CORRECTED.value])
    public = and_(fixed, visible_results(row.consultation_id, sight))
    return or_(public, staffed(row.consultation_id, sight)) if sight.signed_in else public


@visible(Participation)
def visible_participation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who takes part is not told to anybody."""
    return false()


@visible(PublicationConsent)
def visible_publication_consent(row: Row, sight: Sight) -> ColumnElement[bool]:
    """The consent that holds is shown with the response; how it came about is kept as proof."""
    return false()


@visible(TextFingerprint)
def visible_text_fingerprint(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Fingerprints are machinery."""
    return false()


@visible(Invitation)
def visible_invitation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who holds an invitation knows it; nobody else does."""
    return false()


@visible(NetworkCount)
def visible_network_count(row: Row, sight: Sight) -> ColumnElement[bool]:
    """From where people answer is not told to anybody."""
    return false()


@visible(ConsultationKey)
def visible_consultation_key(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Keys are not read by queries."""
    return false()
