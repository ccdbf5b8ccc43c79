"""Writing a response down: checked against the revision that was answered, hashed, with its consent and its receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from hub.changes.change import Change
from hub.consultations import receipts
from hub.consultations.answer_files import NONE_OF_ONE_S_OWN, OwnFiles, files_of, take_away
from hub.consultations.answering_rules import timeliness_of
from hub.consultations.consents import problems_of_consent, published
from hub.consultations.lifecycles import RESPONSE_LIFE
from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import QuestionnaireRevision, RevisionClass, RevisionState
from hub.consultations.questionnaires import Asked, Questionnaire, questionnaires
from hub.consultations.respondents import Respondent, name_of
from hub.consultations.response_events import ResponseEntered, ResponseHeld, ResponseReplaced, ResponseSubmitted
from hub.consultations.response_models import (
    Answer,
    AnswerChoice,
    ConsentLevel,
    PublicationConsent,
    Receipt,
    Response,
    Timeliness,
)
from hub.consultations.rules import ConsultationFacts
from hub.consultations.sheets import AnswerSheet, said
from hub.consultations.similarity import note_similarity
from hub.consultations.validating import Files, GivenAnswer, HandedIn, Places, problems_of
from hub.database.base import Base
from hub.errors import Conflict, Invalid, Problem
from hub.people.models import Territory
from hub.text import LANGUAGE_TAG


async def write_response(
    change: Change,
    sheet: AnswerSheet,
    consultation: Consultation,
    respondent: Respondent,
    *,
    participation_id: UUID | None,
    former: Response | None = None,
    entered: dt.datetime | None = None,
    own: OwnFiles = NONE_OF_ONE_S_OWN,
) -> Response:
    """Write a response, instead of a former one if there is one; what staff received has an instant of its own.

    `own` are the files that may be named without a ticket.
    """
    questionnaire = await answered_questionnaire(change, sheet.consultation_id, sheet.revision_id)
    language = sheet.language or change.viewer.languages[0]
    places = await places_of(change, sheet.answers, sheet.territory_id)
    files = await files_of(change, questionnaire, sheet.answers, own)
    problems = [
        *problems_of(questionnaire, sheet.answers, places=places, files=files),
        *problems_of_consent(sheet, consultation, respondent),
    ]
    if not LANGUAGE_TAG.fullmatch(language):
        problems.append(Problem("BAD_LANGUAGE", ("language",), {"language": language[:64]}))
    if sheet.territory_id is not None and sheet.territory_id not in places:
        problems.append(Problem("UNKNOWN_TERRITORY", ("territoryId",)))
    if problems:
        raise Invalid(problems)
    at = entered or change.at
    timeliness = timeliness_of(ConsultationFacts.of(consultation, now=at))
    salt = receipts.new_salt()
    name = await name_of(change, respondent) if sheet.consent is ConsentLevel.WITH_NAME else None
    response = Response(
        id=uuid4(),
        consultation_id=consultation.id,
        revision_id=sheet.revision_id,
        participation_id=participation_id,
        timeliness=timeliness,
        respondent_kind=respondent.kind,
        respondent_name=name,
        named_person_id=None if name is None else respondent.person_id,
        organization_id=respondent.organization_id,
        territory_id=sheet.territory_id,
        channel=sheet.channel,
        consent=sheet.consent,
        language=language,
        received_at=the_day(at) if respondent.anonymous else at,
        salt=salt,
        content_hash=receipts.response_hash(said(sheet, language=language, files=files), salt=salt),
        replaces_id=former.id if former else None,
    )
    if former is not None:
        await _replace(change, former, response, files)
    await _bear(change, response, staff=entered is not None)
    counted = timeliness is not Timeliness.LATE
    issued_at = the_day(change.at) if respondent.anonymous else change.at
    receipt = Receipt(
        code=receipts.new_code(), response_id=response.id, content_hash=response.content_hash, issued_at=issued_at
    )
    rows = [
        *answers_of(response, questionnaire, sheet, files, counted=counted),
        *_consents(response, questionnaire, sheet),
    ]
    await change.add(*rows, receipt)
    await note_similarity(change, response, questionnaire, sheet.answers)
    change.results |= {
        "consultation": str(response.consultation_id),
        "response": str(response.id),
        "receipt": receipt.code,
    }
    return response


def the_day(at: dt.datetime) -> dt.datetime:
    """Return the beginning of an instant's day: all that is kept of when an anonymous response came in."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


async def answered_questionnaire(change: Change, consultation_id: UUID, revision_id: UUID) -> Questionnaire:
    """Return the questionnaire that was answered: the one in force, or one that was only put in clearer words since."""
    found = select(
        QuestionnaireRevision.id, QuestionnaireRevision.number, QuestionnaireRevision.revision_class
    ).filter_by(consultation_id=consultation_id)
    fixed = found.where(QuestionnaireRevision.state != RevisionState.DRAFT).order_by(QuestionnaireRevision.number)
    revisions = (await change.session.execute(fixed)).all()
    newer = None
    for revision in revisions:
        if revision.id == revision_id:
            newer = [r for r in revisions if r.number > revision.number]
    if newer is None or any(r.revision_class is not RevisionClass.CLARIFICATION for r in newer):
        raise Conflict("WRONG_REVISION", path=("revisionId",))
    return await questionnaires.questionnaire(change.session, revision_id)


async def places_of(change: Change, answers: Sequence[GivenAnswer], *others: UUID | None) -> Places:
    """Return the territories that are named in answers or besides, as far as they exist, with their kinds."""
    named = {*(answer.territory_id for answer in answers), *others}
    ids = [id_ for id_ in named if id_ is not None]
    if not ids:
        return {}
    rows = await change.session.execute(select(Territory.id, Territory.kind).where(Territory.id.in_(ids)))
    return {row.id: row.kind for row in rows}


async def _bear(change: Change, response: Response, *, staff: bool) -> None:
    facts: dict[str, Any] = {
        "response_id": response.id,
        "consultation_id": response.consultation_id,
        "revision_id": response.revision_id,
        "channel": response.channel,
        "timeliness": response.timeliness,
    }
    late = response.timeliness is Timeliness.LATE
    # What the staff wrote down names who did so, also where it is held.
    event = ResponseEntered if staff else ResponseHeld if late else ResponseSubmitted
    await change.bear(response, RESPONSE_LIFE, "hold" if late else "submit", event(**facts))


async def _replace(change: Change, former: Response, response: Response, files: Files) -> None:
    replaced = ResponseReplaced(
        response_id=former.id,
        consultation_id=former.consultation_id,
        revision_id=former.revision_id,
        channel=former.channel,
        replaced_by=response.id,
    )
    former.respondent_name = former.named_person_id = None
    await change.move(former, RESPONSE_LIFE, "replace", replaced)
    await count_answers(change, former, counted=False)
    staying = [file.id for file in files.values() if isinstance(file, HandedIn)]
    await take_away(change, former.id, staying=staying)


async def count_answers(change: Change, response: Response, *, counted: bool) -> None:
    """Let the answers of a response count, or count no more."""
    for model in (Answer, AnswerChoice):
        told = update(model).filter_by(response_id=response.id).values(counted=counted)
        await change.session.execute(told, execution_options={"synchronize_session": False})


def answers_of(
    response: Response, questionnaire: Questionnaire, sheet: AnswerSheet, files: Files, *, counted: bool
) -> Iterator[Base]:
    """Return the rows of the answers of a sheet."""
    for answer in sheet.answers:
        asked = questionnaire[answer.question]
        at = {"response_id": response.id, "question_id": asked.id, "lineage_id": asked.lineage_id, "counted": counted}
        file = files.get(asked.code)
        values = values_of(answer, asked, sheet.consent)
        yield Answer(**at, **values, file_id=file.id if isinstance(file, HandedIn) else None)
        yield from (AnswerChoice(**at, **chosen) for chosen in choices_of(answer))


def values_of(answer: GivenAnswer, asked: Asked, whole: ConsentLevel) -> dict[str, Any]:
    """Return what an answer says besides its choices, by the names of the columns."""
    return {
        "text": answer.words,
        "number": answer.number,
        "day": answer.date,
        "territory_id": answer.territory_id,
        "agreed": answer.agreed,
        "consent": answer.consent,
        "published": published(whole, answer.consent, asked.sensitivity),
    }


def choices_of(answer: GivenAnswer) -> Iterator[dict[str, Any]]:
    """Return the options that an answer chooses, by the names of the columns."""
    ranked = answer.ranking is not None
    for place, code in enumerate(answer.choices, start=1):
        yield {"option_code": code, "row_code": "", "place": place if ranked else None}
    for row in answer.rows or ():
        yield {"option_code": row.option, "row_code": row.row, "place": None}


def _consents(response: Response, questionnaire: Questionnaire, sheet: AnswerSheet) -> Iterator[PublicationConsent]:
    def given(asked: Asked | None, level: ConsentLevel) -> PublicationConsent:
        return PublicationConsent(
            response_id=response.id,
            question_id=asked.id if asked else None,
            level=level,
            notice_hash=sheet.notice_hash,
            given_at=response.received_at,
        )

    yield given(None, sheet.consent)
    for answer in sheet.answers:
        if answer.consent is not None:
            yield given(questionnaire[answer.question], answer.consent)
