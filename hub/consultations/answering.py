"""Answering a consultation: submitting a response, changing it, taking it back.

The row of the participation is the lock: everything that one person does in a consultation happens one
after the other, whatever arrives at the same moment in however many processes. A unique index holds what
the lock promises.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from hub.changes.change import Change
from hub.consultations import receipts
from hub.consultations.events import ResponseReplaced, ResponseSubmitted, ResponseWithdrawn
from hub.consultations.lifecycles import RESPONSE_LIFE
from hub.consultations.models import (
    Answer,
    AnswerChoice,
    Channel,
    ConsentLevel,
    Consultation,
    ConsultationKey,
    Participation,
    QuestionnaireRevision,
    Receipt,
    RespondentKind,
    Response,
    ResponseState,
    RevisionState,
)
from hub.consultations.pseudonyms import pseudonym
from hub.consultations.questionnaires import Questionnaire, Shelf
from hub.consultations.rules import ConsultationFacts, may_answer, may_change, may_submit, may_withdraw
from hub.consultations.validating import GivenAnswer, problems_of
from hub.database.base import Base
from hub.errors import Conflict, Invalid, Problem, Unauthenticated, WrongState, require
from hub.text import LANGUAGE_TAG

questionnaires = Shelf(size=64)


@dataclass(frozen=True, kw_only=True)
class AnswerSheet:
    """What somebody hands in: answers to the revision that they saw, and how these may be published."""

    consultation_id: UUID
    revision_id: UUID
    answers: Sequence[GivenAnswer]
    consent: ConsentLevel
    language: str | None = None
    channel: Channel = Channel.API


@dataclass(frozen=True)
class Part:
    """A person's part in a consultation, locked for this change, and the response that counts so far."""

    participation_id: UUID | None
    counted: Response | None
    facts: ConsultationFacts

    @property
    def response(self) -> Response:
        """The response that counts, where a rule has made sure that there is one."""
        if self.counted is None:
            raise WrongState("NO_RESPONSE")
        return self.counted


async def submit(change: Change, sheet: AnswerSheet) -> Response:
    """Take a person's first response, or one after a withdrawal; a second one is a conflict."""
    part = await _take_part(change, sheet.consultation_id, new=True)
    require(may_submit(change.viewer, part.facts))
    return await _write(change, sheet, part)


async def change_response(change: Change, sheet: AnswerSheet) -> Response:
    """Let a new response count instead of the one that the person gave before."""
    part = await _take_part(change, sheet.consultation_id, new=False)
    require(may_change(change.viewer, part.facts))
    return await _write(change, sheet, part)


async def withdraw(change: Change, consultation_id: UUID) -> Response:
    """Take a person's response back: it counts no more and is never published."""
    part = await _take_part(change, consultation_id, new=False)
    require(may_withdraw(change.viewer, part.facts))
    response = part.response
    withdrawn = ResponseWithdrawn(
        response_id=response.id,
        consultation_id=response.consultation_id,
        revision_id=response.revision_id,
        channel=response.channel,
    )
    await change.move(response, RESPONSE_LIFE, "withdraw", withdrawn)
    await _uncount(change, response)
    code = select(Receipt.code).filter_by(response_id=response.id)
    change.results |= {
        "consultation": str(consultation_id),
        "response": str(response.id),
        "receipt": (await change.session.execute(code)).scalar_one(),
    }
    return response


async def _take_part(change: Change, consultation_id: UUID, *, new: bool) -> Part:
    """Lock the person's part; with `new`, begin it where there is none."""
    consultation = await change.find(Consultation, consultation_id)
    facts = ConsultationFacts.of(consultation, now=change.at)
    require(may_answer(change.viewer, facts))
    known_as = {"consultation_id": consultation_id, "pseudonym": await _pseudonym(change, consultation_id)}
    if new:
        begin = insert(Participation).values(id=uuid4(), **known_as).on_conflict_do_nothing()
        begun = (await change.session.execute(begin.returning(Participation.id))).scalar_one_or_none()
        if begun is not None:
            return Part(begun, None, facts)
    lock = select(Participation.id).filter_by(**known_as).with_for_update(key_share=True)
    taken = (await change.session.execute(lock)).scalar_one_or_none()
    if taken is None:
        return Part(None, None, facts)
    # A statement of its own, so that it sees what was committed while this one waited for the lock.
    given = select(Response).filter_by(participation_id=taken, state=ResponseState.ACCEPTED)
    counted = (await change.session.execute(given)).scalar_one_or_none()
    return Part(taken, counted, replace(facts, responded=counted is not None))


async def _pseudonym(change: Change, consultation_id: UUID) -> bytes:
    if change.viewer.person_id is None:
        raise Unauthenticated("UNAUTHENTICATED")
    key = await change.session.get_one(ConsultationKey, consultation_id)
    return pseudonym(change.viewer.person_id, change.keys, key)


async def _write(change: Change, sheet: AnswerSheet, part: Part) -> Response:
    questionnaire = await _questionnaire(change, sheet)
    language = sheet.language or change.viewer.languages[0]
    problems = problems_of(questionnaire, sheet.answers)
    if not LANGUAGE_TAG.fullmatch(language):
        problems.append(Problem("BAD_LANGUAGE", ("language",), {"language": language[:64]}))
    if problems:
        raise Invalid(problems)
    salt = receipts.new_salt()
    response = Response(
        id=uuid4(),
        consultation_id=sheet.consultation_id,
        revision_id=sheet.revision_id,
        participation_id=part.participation_id,
        respondent_kind=RespondentKind.INDIVIDUAL,
        channel=sheet.channel,
        consent=sheet.consent,
        language=language,
        received_at=change.at,
        salt=salt,
        content_hash=receipts.response_hash(said(sheet, language=language), salt=salt),
        replaces_id=part.counted.id if part.counted else None,
    )
    if part.counted is not None:
        await _replace(change, part.counted, response)
    submitted = ResponseSubmitted(
        response_id=response.id,
        consultation_id=response.consultation_id,
        revision_id=response.revision_id,
        channel=response.channel,
    )
    await change.bear(response, RESPONSE_LIFE, "submit", submitted)
    receipt = Receipt(
        code=receipts.new_code(),
        response_id=response.id,
        content_hash=response.content_hash,
        issued_at=change.at,
    )
    await change.add(*_answers(response.id, questionnaire, sheet.answers), receipt)
    change.results |= {
        "consultation": str(response.consultation_id),
        "response": str(response.id),
        "receipt": receipt.code,
    }
    return response


async def _questionnaire(change: Change, sheet: AnswerSheet) -> Questionnaire:
    current = select(QuestionnaireRevision.id).filter_by(
        consultation_id=sheet.consultation_id, state=RevisionState.PUBLISHED
    )
    if sheet.revision_id != (await change.session.execute(current)).scalar_one():
        raise Conflict("WRONG_REVISION", path=("revisionId",))
    return await questionnaires.questionnaire(change.session, sheet.revision_id)


async def _replace(change: Change, former: Response, response: Response) -> None:
    replaced = ResponseReplaced(
        response_id=former.id,
        consultation_id=former.consultation_id,
        revision_id=former.revision_id,
        channel=former.channel,
        replaced_by=response.id,
    )
    await change.move(former, RESPONSE_LIFE, "replace", replaced)
    await _uncount(change, former)


async def _uncount(change: Change, response: Response) -> None:
    for model in (Answer, AnswerChoice):
        no_more = update(model).filter_by(response_id=response.id).values(counted=False)
        await change.session.execute(no_more, execution_options={"synchronize_session": False})


def _answers(response_id: UUID, questionnaire: Questionnaire, answers: Sequence[GivenAnswer]) -> Iterator[Base]:
    for answer in answers:
        asked = questionnaire[answer.question]
        at = {"response_id": response_id, "question_id": asked.id, "lineage_id": asked.lineage_id}
        yield Answer(**at, text=answer.text)
        for code in answer.choices:
            yield AnswerChoice(**at, option_code=code)


def said(sheet: AnswerSheet, *, language: str) -> dict[str, object]:
    """Return what a response says, as JSON: the form that is hashed for its receipt."""
    answers = sorted(sheet.answers, key=lambda answer: answer.question)
    return {
        "consultation": str(sheet.consultation_id),
        "revision": str(sheet.revision_id),
        "consent": sheet.consent.value,
        "language": language,
        "answers": [{"question": a.question, "options": sorted(a.choices), "text": a.text} for a in answers],
    }
