"""The small consultation that was answered: asked, analysed, reported, and each question answered by a statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change, Changes
from hub.consultations.concluding import answer_consultation, publish_findings, start_analysis
from hub.consultations.drafting import create
from hub.consultations.models import Consultation
from hub.consultations.publishing import publish
from hub.consultations.questionnaire_models import Question, QuestionnaireRevision, RevisionState
from hub.consultations.questionnaires import read_questions
from hub.consultations.reporting import approve_report, draft_report
from hub.consultations.response_models import Channel, ConsentLevel, RespondentKind
from hub.consultations.sheets import AnswerSheet
from hub.consultations.stating import approve_statement, draft_statement, publish_statement
from hub.consultations.timekeeping import keep_time
from hub.consultations.validating import GivenAnswer
from hub.demonstration import answered_texts
from hub.demonstration.seats import Commission
from hub.demonstration.telling import ONE_DAY, Story, declared, instant, named
from hub.importing.responses_in_bulk import ReceivedSheet, write_responses
from hub.importing.summary import Progress
from hub.instruments.models import Instrument, InstrumentState
from hub.register.models import CreatedVia, Entry
from hub.viewer import SYSTEM, Grant, Role, Viewer

NOTICES = "demonstration:consultation:notices"

OPENED, LASTED = 30, 15
ANALYSED, REPORTED, STATED, ANSWERED = 52, 60, 84, 86
"""The days of its life: counted from that on which the commission began, and how long it was open."""

AFTER_THE_GRACE = dt.timedelta(minutes=2)


async def ask_and_answer(changes: Changes, commission: Commission, *, progress: Progress) -> None:
    """Ask, let people answer, and tell them what came of it, unless that is told already."""
    async with changes.begin(SYSTEM) as change:
        told = await change.session.scalar(select(Entry.id).filter_by(imported_from=NOTICES))
        found = select(Instrument.id).filter_by(body_id=commission.id, state=InstrumentState.PUBLISHED)
        acuerdo = await change.session.scalar(found.order_by(Instrument.id).limit(1))
    if told is not None:
        return
    story = Story(changes, NOTICES, progress)
    asked = await _ask(story, commission)
    await _report(story, commission, asked)
    await _state(story, commission, asked, acuerdo)
    await story.tell(commission.coordinator, _day(commission, ANSWERED), answer_consultation, asked)
    await story.tell(SYSTEM, _day(commission, ANSWERED), named, asked, NOTICES)


def _day(commission: Commission, days: int) -> dt.datetime:
    return commission.began + days * ONE_DAY


async def _ask(story: Story, commission: Commission) -> UUID:
    """Publish it, open it, let people answer, and close it."""
    opening = declared(commission.began, OPENED, 9)
    closing = answered_texts.until(opening, LASTED, 18)
    coordinator, before = commission.coordinator, instant(opening) - 2 * ONE_DAY
    draft = answered_texts.draft(opening=opening, closing=closing)
    asked = await story.tell(coordinator, before, create, draft, body_id=commission.id, via=CreatedVia.DEMONSTRATION)
    await story.tell(coordinator, before, publish, asked)
    await keep_time(story.changes, at=instant(opening))
    await story.tell(SYSTEM, instant(closing), _receive, asked)
    await keep_time(story.changes, at=instant(closing) + AFTER_THE_GRACE)
    return asked


async def _receive(change: Change, asked: UUID) -> Consultation:
    """Write down what was answered, in bulk, as from a paper file."""
    consultation = await change.session.get_one(Consultation, asked)
    revision = select(QuestionnaireRevision.id).filter_by(consultation_id=asked, state=RevisionState.PUBLISHED)
    revision_id = (await change.session.scalars(revision)).one()
    questionnaire = await read_questions(change.session, revision_id)
    await write_responses(change, questionnaire, _received(consultation, revision_id))
    return consultation


def _received(consultation: Consultation, revision_id: UUID) -> Iterator[ReceivedSheet]:
    """Return one sheet for each respondent: their choices add up to the figures that the statements name."""
    chosen = {
        question: [option for option, count in counts.items() for _ in range(count)]
        for question, counts in answered_texts.ANSWERS.items()
    }
    for n in range(answered_texts.RESPONSES):
        # Seven goes round all sixty of them, so that who wants a message does not always want it two days before.
        other = n * 7 % answered_texts.RESPONSES
        answers = [
            GivenAnswer(question="medio", option=chosen["medio"][n]),
            GivenAnswer(question="antes", option=chosen["antes"][other]),
        ]
        if n % 3 == 0:
            words = answered_texts.MISSED[n // 3 % len(answered_texts.MISSED)]
            answers.append(GivenAnswer(question="falto", text=words))
        yield ReceivedSheet(
            sheet=AnswerSheet(
                consultation_id=consultation.id,
                revision_id=revision_id,
                answers=answers,
                consent=ConsentLevel.WITHOUT_NAME,
                notice_hash=consultation.notice_hash,
                channel=Channel.DEMONSTRATION,
            ),
            language="es",
            received_at=consultation.opens_at + (other + 1) * dt.timedelta(hours=5),
            respondent_kind=RespondentKind.INDIVIDUAL,
        )


async def _report(story: Story, commission: Commission, asked: UUID) -> None:
    """Analyse it and publish the report."""
    coordinator, analyst = commission.coordinator, _analyst(commission)
    at = _day(commission, ANALYSED)
    await story.tell(coordinator, at, start_analysis, asked)
    report = await story.tell(analyst, at, draft_report, asked, answered_texts.REPORT)
    await story.tell(coordinator, _day(commission, REPORTED), approve_report, report)
    await story.tell(coordinator, _day(commission, REPORTED), publish_findings, asked)


async def _state(story: Story, commission: Commission, asked: UUID, acuerdo: UUID | None) -> None:
    """State on each question what was asked, said and done, and why."""
    found = (
        select(Question.code, Question.id)
        .join(QuestionnaireRevision, QuestionnaireRevision.id == Question.revision_id)
        .where(QuestionnaireRevision.consultation_id == asked)
    )
    async with story.changes.begin(SYSTEM) as change:
        questions = {str(code): id_ for code, id_ in await change.session.execute(found)}
    at = _day(commission, STATED)
    for code, words in answered_texts.statements(acuerdo).items():
        stated = await story.tell(_analyst(commission), at, draft_statement, asked, words, question_id=questions[code])
        await story.tell(commission.coordinator, at, approve_statement, stated)
        await story.tell(commission.coordinator, _day(commission, ANSWERED), publish_statement, stated)


def _analyst(commission: Commission) -> Viewer:
    """The secretary, who analyses what was answered."""
    return replace(commission.secretary, grants=(*commission.secretary.grants, Grant(Role.ANALYST, commission.id)))
