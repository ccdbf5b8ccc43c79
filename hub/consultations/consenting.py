"""Consenting anew: a respondent says otherwise how a response, or one of its answers, may be published.

Every consent is kept with the notice that it was given under; the newest one holds, in every exit at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.consultations.answering_rules import ResponseFacts, may_change_consent
from hub.consultations.consents import OPENNESS, level_problems, published
from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import Question
from hub.consultations.receipts import read
from hub.consultations.respondents import Respondent, invited_as, name_of, pseudonym_of
from hub.consultations.response_events import ConsentChanged
from hub.consultations.response_models import (
    Answer,
    ConsentLevel,
    Participation,
    PublicationConsent,
    Receipt,
    RespondentKind,
    Response,
)
from hub.consultations.rules import ConsultationFacts
from hub.consultations.writing import the_day
from hub.errors import Invalid, NotFound, Problem, require
from hub.people.representing import valid_representation


async def change_consent(
    change: Change,
    *,
    level: ConsentLevel,
    notice_hash: str,
    answers: Mapping[str, ConsentLevel | None],
    response_id: UUID | None = None,
    receipt: str | None = None,
    invitation: str | None = None,
) -> Response:
    """Set how a response is published, and its answers where they differ (by the codes of their questions)."""
    response = await _own(change, response_id, receipt, invitation)
    consultation = await change.find(Consultation, response.consultation_id)
    facts = ConsultationFacts.of(consultation, now=change.at)
    require(may_change_consent(change.viewer, ResponseFacts(consultation=facts, state=response.state, own=True)))
    if response.organization_id is not None:
        await valid_representation(change, response.organization_id)
    if response.respondent_kind is RespondentKind.ANONYMOUS:
        change.unlink()
    nameless = response.respondent_kind is RespondentKind.ANONYMOUS or invitation is not None
    person = None if nameless else change.viewer.person_id
    respondent = Respondent(response.respondent_kind, None, person, response.organization_id)
    rows = await _answers(change, response)
    problems = [
        *_problems(level, notice_hash, answers, rows, consultation),
        *level_problems(level, respondent, ("consent",)),
    ]
    if problems:
        raise Invalid(problems)
    response.respondent_name = await name_of(change, respondent) if level is ConsentLevel.WITH_NAME else None
    response.consent = level
    given_at = the_day(change.at) if response.respondent_kind is RespondentKind.ANONYMOUS else change.at
    await change.add(
        PublicationConsent(response_id=response.id, level=level, notice_hash=notice_hash, given_at=given_at)
    )
    for code, (answer, question) in rows.items():
        if code in answers:
            own_level = answers[code]
            answer.consent = own_level
            await change.add(
                PublicationConsent(
                    response_id=response.id,
                    question_id=question.id,
                    level=own_level or level,
                    notice_hash=notice_hash,
                    given_at=given_at,
                )
            )
        answer.published = published(level, answer.consent, question.sensitivity)
    await change.session.flush()
    change.record(
        ConsentChanged(
            response_id=response.id,
            consultation_id=response.consultation_id,
            revision_id=response.revision_id,
            channel=response.channel,
            level=level,
        )
    )
    change.results["response"] = str(response.id)
    return response


async def _own(change: Change, response_id: UUID | None, receipt: str | None, invitation: str | None) -> Response:
    """Return the response that is meant, locked; the viewer's own, known by pseudonym, receipt or invitation."""
    found = select(Response)
    if receipt is not None:
        found = found.join(Receipt).where(Receipt.code == (read(receipt) or ""))
    else:
        found = found.filter_by(id=response_id)
    response = (await change.session.execute(found.with_for_update(of=Response, key_share=True))).scalar_one_or_none()
    # Whoever holds the receipt of somebody who is known still has to be that one.
    anonymous = receipt is not None and response is not None and response.respondent_kind is RespondentKind.ANONYMOUS
    if response is not None and (anonymous or await _is_own(change, response, invitation)):
        return response
    if receipt is not None:
        raise NotFound("RECEIPT_UNKNOWN", path=("receipt",))
    raise NotFound("NOT_FOUND", type="Response")


async def _is_own(change: Change, response: Response, invitation: str | None) -> bool:
    if response.participation_id is None:
        return False
    invited = () if invitation is None else (invited_as(invitation),)
    names = []
    for identity in (*change.viewer.identities, *invited):
        respondent = Respondent(response.respondent_kind, identity)
        names.append(await pseudonym_of(change, response.consultation_id, respondent))
    own = select(Participation.id).where(
        Participation.id == response.participation_id, Participation.pseudonym.in_(names)
    )
    return await change.session.scalar(own) is not None


async def _answers(change: Change, response: Response) -> dict[str, tuple[Answer, Question]]:
    rows = await change.session.execute(
        select(Answer, Question).join(Question, Question.id == Answer.question_id).filter_by(response_id=response.id)
    )
    return {question.code: (answer, question) for answer, question in rows}


def _problems(
    level: ConsentLevel,
    notice_hash: str,
    answers: Mapping[str, ConsentLevel | None],
    rows: Mapping[str, object],
    consultation: Consultation,
) -> list[Problem]:
    problems = []
    if notice_hash != consultation.notice_hash:
        problems.append(Problem("NOTICE_CHANGED", ("noticeHash",)))
    for n, (code, own) in enumerate(answers.items()):
        if code not in rows:
            problems.append(Problem("UNKNOWN_QUESTION", ("answers", str(n), "question"), {"question": code[:64]}))
        if own is not None and OPENNESS.index(own) > OPENNESS.index(level):
            facts = {"question": code[:64]}
            problems.append(Problem("CONSENT_WIDER_THAN_RESPONSE", ("answers", str(n), "consent"), facts))
    return problems
