"""What the plain peer writes: a submitted response, by the ORM, with the same checks, rows and event as the hub's."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from hub.changes import log
from hub.changes.event import Recorded
from hub.consultations import receipts
from hub.consultations.answering_rules import may_submit
from hub.consultations.lifecycles import RESPONSE_LIFE
from hub.consultations.models import Consultation, ConsultationKey
from hub.consultations.pseudonyms import pseudonym
from hub.consultations.questionnaire_models import Question, QuestionnaireRevision, RevisionState
from hub.consultations.questionnaires import Asked, Questionnaire
from hub.consultations.response_events import ResponseSubmitted
from hub.consultations.response_models import (
    Answer,
    AnswerChoice,
    Participation,
    Receipt,
    RespondentKind,
    Response,
    ResponseState,
)
from hub.consultations.rules import ConsultationFacts
from hub.consultations.sheets import AnswerSheet, said
from hub.consultations.validating import problems_of
from hub.errors import Conflict, Invalid, NotFound, require
from hub.keys import Keyring
from hub.lifecycle import BORN
from tests.benchmarks.plain_loading import Loaders


async def submit(loaders: Loaders, keys: Keyring, sheet: AnswerSheet) -> tuple[UUID, str]:
    """Write a person's response; return its id and the code of its receipt. A refusal undoes everything."""
    async with loaders.sessions() as session, session.begin():
        consultation = await _consultation(session, loaders, sheet.consultation_id)
        require(may_submit(loaders.viewer, ConsultationFacts.of(consultation, now=loaders.at)))
        participation = await _participation(session, loaders, keys, consultation)
        revision = await session.scalar(
            select(QuestionnaireRevision)
            .filter_by(consultation_id=consultation.id, state=RevisionState.PUBLISHED)
            .options(
                selectinload(QuestionnaireRevision.questions).selectinload(Question.options),
                selectinload(QuestionnaireRevision.questions).selectinload(Question.rows),
            )
        )
        if revision is None or revision.id != sheet.revision_id:
            raise Conflict("WRONG_REVISION", path=("revisionId",))
        asked = {question.code: Asked.of(question) for question in revision.questions}
        problems = problems_of(asked, sheet.answers, places={})
        if problems:
            raise Invalid(problems)
        response = _response(loaders, sheet, participation)
        session.add(response)
        await session.flush()
        receipt = Receipt(
            code=receipts.new_code(),
            response_id=response.id,
            content_hash=response.content_hash,
            issued_at=loaders.at,
        )
        session.add(receipt)
        _add_answers(session, response, asked, sheet)
        await session.flush()
        await _record(session, loaders, response)
        return response.id, receipt.code


async def _consultation(session: AsyncSession, loaders: Loaders, id_: UUID) -> Consultation:
    found = await session.scalar(
        select(Consultation)
        .where(Consultation.id == id_, loaders.visible(Consultation))
        .with_for_update(read=True, of=Consultation)
    )
    if found is None:
        raise NotFound("NOT_FOUND", type="Consultation")
    return found


async def _participation(
    session: AsyncSession, loaders: Loaders, keys: Keyring, consultation: Consultation
) -> Participation:
    key = await session.get_one(ConsultationKey, consultation.id)
    assert loaders.viewer.person_id is not None
    known_as = pseudonym(loaders.viewer.person_id.bytes, keys, key)
    loaders.own = (known_as,)
    participation = Participation(id=uuid4(), consultation_id=consultation.id, pseudonym=known_as)
    session.add(participation)
    try:
        await session.flush()
    except IntegrityError:
        raise Conflict("ALREADY_RESPONDED") from None
    return participation


def _response(loaders: Loaders, sheet: AnswerSheet, participation: Participation) -> Response:
    salt = receipts.new_salt()
    language = sheet.language or loaders.viewer.languages[0]
    return Response(
        id=uuid4(),
        consultation_id=sheet.consultation_id,
        revision_id=sheet.revision_id,
        participation_id=participation.id,
        state=ResponseState.ACCEPTED,
        respondent_kind=RespondentKind.INDIVIDUAL,
        channel=sheet.channel,
        consent=sheet.consent,
        language=language,
        received_at=loaders.at,
        salt=salt,
        content_hash=receipts.response_hash(said(sheet, language=language), salt=salt),
    )


def _add_answers(session: AsyncSession, response: Response, asked: Questionnaire, sheet: AnswerSheet) -> None:
    for answer in sheet.answers:
        question = asked[answer.question]
        at = {"response_id": response.id, "question_id": question.id, "lineage_id": question.lineage_id}
        session.add(Answer(**at, text=answer.text))
        session.add_all(AnswerChoice(**at, option_code=code) for code in answer.choices)


async def _record(session: AsyncSession, loaders: Loaders, response: Response) -> None:
    submitted = ResponseSubmitted(
        response_id=response.id,
        consultation_id=response.consultation_id,
        revision_id=response.revision_id,
        channel=response.channel,
    )
    recorded = Recorded(submitted, RESPONSE_LIFE.machine, RESPONSE_LIFE.move(BORN, "submit"))
    await log.append(session, [recorded], viewer=loaders.viewer, at=loaders.at, request_id=None)
