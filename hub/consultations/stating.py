"""Stating what came of answers: asked, said, done, and why. Analysts write, the coordinator approves and publishes.

A statement is about one question, or about a section with all its questions. What was published is corrected only by
another version, which says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.consultations.drafts import PROSE, Passage
from hub.consultations.lifecycles import STATEMENT_LIFE
from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import (
    Question,
    QuestionKind,
    QuestionnaireRevision,
    RevisionState,
    Section,
)
from hub.consultations.report_events import (
    StatementApproved,
    StatementCorrected,
    StatementDiscarded,
    StatementDrafted,
    StatementEdited,
    StatementPublished,
    StatementReworked,
)
from hub.consultations.report_models import Outcome, Statement, StatementState
from hub.consultations.report_rules import may_approve, may_publish_statement, may_write
from hub.consultations.reporting import Rule, require_words
from hub.consultations.rules import ConsultationFacts
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, NotFound, Problem, WrongState, require
from hub.instruments.models import Instrument, InstrumentState
from hub.register.models import Entry
from hub.register.rewriting import require_newest
from hub.text import LocalizedText

IN_FORCE_ONCE = (InstrumentState.PUBLISHED, InstrumentState.AMENDED, InstrumentState.REPEALED)
"""The states of instruments that were published, and are read by whoever reads a statement that rests on one."""


@dataclass(frozen=True, kw_only=True)
class StatementWords:
    """What a statement says: what was asked and said, what was done with it and why, and the act that did it."""

    asked: LocalizedText
    said: LocalizedText
    did: Outcome
    reasons: LocalizedText
    instrument_id: UUID | None = None
    faults: tuple[Problem, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Walk through its texts."""
        yield from (Passage((name,), getattr(self, name), PROSE) for name in ("asked", "said", "reasons"))


@dataclass(frozen=True)
class Subject:
    """What a statement is about: a question by its lineage, or a section."""

    lineage_id: UUID | None = None
    section_id: UUID | None = None
    position: int = 0


DROPPED = 1_000
"""What is added to the place of a question that the last wording asks no more, so that it comes after the others."""


async def draft_statement(
    change: Change,
    consultation_id: UUID,
    words: StatementWords,
    *,
    question_id: UUID | None = None,
    section_id: UUID | None = None,
) -> Statement:
    """Begin the statement about a question or a section; one that was published is corrected instead."""
    consultation = await _allowed(change, consultation_id, may_write)
    subject = await _subject(change, consultation, question_id, section_id)
    require_words(words.passages(), consultation, words.faults)
    await _require_instrument(change, words)
    if await _in_force(change, consultation, subject) is not None:
        raise Conflict("STATEMENT_EXISTS")
    return await _begin(change, consultation, subject, words, number=1, note=None)


async def correct_statement(
    change: Change, statement_id: UUID, words: StatementWords, *, note: LocalizedText
) -> Statement:
    """Begin another version of a statement that was published, with what was wrong in it."""
    consultation, former = await _taken(change, statement_id, may_write)
    _require_state(former, StatementState.PUBLISHED, "correct_statement")
    require_words([*words.passages(), Passage(("note",), note, PROSE)], consultation, words.faults)
    await _require_instrument(change, words)
    subject = Subject(former.lineage_id, former.section_id, former.position)
    return await _begin(change, consultation, subject, words, number=former.number + 1, note=note)


async def edit_statement(
    change: Change, statement_id: UUID, words: StatementWords, *, based_on: int | None = None
) -> Statement:
    """Write a draft of a statement anew; what it is about stays."""
    consultation, statement = await _taken(change, statement_id, may_write)
    _require_state(statement, StatementState.DRAFT, "edit_statement")
    require_newest(based_on, statement.edition)
    require_words(words.passages(), consultation, words.faults)
    await _require_instrument(change, words)
    statement.asked, statement.said, statement.reasons = words.asked, words.said, words.reasons
    statement.did, statement.instrument_id = words.did, words.instrument_id
    statement.edition += 1
    await change.session.flush()
    change.record(StatementEdited(statement_id=statement.id, consultation_id=consultation.id))
    return statement


async def approve_statement(change: Change, statement_id: UUID) -> Statement:
    """Approve a draft."""
    consultation, statement = await _taken(change, statement_id, may_approve)
    statement.approved_at = change.at
    approved = StatementApproved(statement_id=statement.id, consultation_id=consultation.id)
    await change.move(statement, STATEMENT_LIFE, "approve_statement", approved)
    return statement


async def rework_statement(change: Change, statement_id: UUID) -> Statement:
    """Give an approved version back, to be written anew."""
    consultation, statement = await _taken(change, statement_id, may_approve)
    statement.approved_at = None
    reworked = StatementReworked(statement_id=statement.id, consultation_id=consultation.id)
    await change.move(statement, STATEMENT_LIFE, "rework_statement", reworked)
    return statement


async def discard_statement(change: Change, statement_id: UUID) -> Statement:
    """Give up a draft, so that another one may be begun."""
    consultation, statement = await _taken(change, statement_id, may_write)
    discarded = StatementDiscarded(statement_id=statement.id, consultation_id=consultation.id)
    await change.move(statement, STATEMENT_LIFE, "discard_statement", discarded)
    return statement


async def publish_statement(change: Change, statement_id: UUID) -> Statement:
    """Publish an approved version, in the place of the one that it corrects."""
    consultation, statement = await _taken(change, statement_id, may_publish_statement)
    _require_state(statement, StatementState.APPROVED, "publish_statement")
    former = await _in_force(change, consultation, Subject(statement.lineage_id, statement.section_id))
    if former is not None:
        corrected = StatementCorrected(statement_id=former.id, consultation_id=consultation.id)
        await change.move(former, STATEMENT_LIFE, "correct_statement", corrected)
    statement.published_at = change.at
    published = StatementPublished(
        statement_id=statement.id, consultation_id=consultation.id, number=statement.number, did=statement.did
    )
    await change.move(statement, STATEMENT_LIFE, "publish_statement", published)
    entry = await change.session.get_one(Entry, consultation.id)
    entry.updated_at = change.at
    return statement


# ---- what several acts need ----------------------------------------------------------------------------------------


async def _allowed(change: Change, consultation_id: UUID, rule: Rule) -> Consultation:
    consultation = await change.take(Consultation, consultation_id)
    require(rule(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    change.results["consultation"] = str(consultation.id)
    return consultation


async def _taken(change: Change, statement_id: UUID, rule: Rule) -> tuple[Consultation, Statement]:
    """Lock a version of a statement and, before it, its consultation: so do all acts on what came of one."""
    consultation_id = await change.session.scalar(select(Statement.consultation_id).filter_by(id=statement_id))
    if consultation_id is None:
        raise NotFound("NOT_FOUND", type=Statement.__name__)
    consultation = await _allowed(change, consultation_id, rule)
    statement = await change.take(Statement, statement_id)
    change.results["statement"] = str(statement_id)
    return consultation, statement


def _require_state(statement: Statement, state: StatementState, event: str) -> None:
    if statement.state is not state:
        raise WrongState("WRONG_STATE", machine="statement", state=statement.state, event=event)


async def _subject(
    change: Change, consultation: Consultation, question_id: UUID | None, section_id: UUID | None
) -> Subject:
    """Return what a statement is about: a question that takes an answer, or a section of the last wording."""
    if (question_id is None) == (section_id is None):
        raise Invalid([Problem("ONE_SUBJECT", ("questionId",))])
    revisions = select(QuestionnaireRevision.id).filter_by(consultation_id=consultation.id)
    last = revisions.where(QuestionnaireRevision.state == RevisionState.PUBLISHED)
    if question_id is not None:
        fixed = revisions.where(QuestionnaireRevision.state != RevisionState.DRAFT)
        put = select(Question).where(Question.id == question_id, Question.kind != QuestionKind.NOTICE)
        question = await change.session.scalar(put.where(Question.revision_id.in_(fixed)))
        if question is None:
            raise Invalid([Problem("NO_SUCH_QUESTION", ("questionId",))])
        now = select(Question.position).where(
            Question.lineage_id == question.lineage_id, Question.revision_id.in_(last)
        )
        position = await change.session.scalar(now)
        return Subject(question.lineage_id, None, question.position + DROPPED if position is None else position)
    section = select(Section.id).where(Section.id == section_id, Section.revision_id.in_(last))
    if await change.session.scalar(section) is None:
        raise Invalid([Problem("NO_SUCH_SECTION", ("sectionId",))])
    first = select(func.min(Question.position)).where(Question.section_id == section_id)
    return Subject(None, section_id, await change.session.scalar(first) or 0)


async def _in_force(change: Change, consultation: Consultation, subject: Subject) -> Statement | None:
    found = select(Statement).filter_by(
        consultation_id=consultation.id,
        lineage_id=subject.lineage_id,
        section_id=subject.section_id,
        state=StatementState.PUBLISHED,
    )
    return (await change.session.scalars(found.with_for_update(key_share=True))).one_or_none()


async def _require_instrument(change: Change, words: StatementWords) -> None:
    if words.instrument_id is not None:
        instrument = await change.find(Instrument, words.instrument_id)
        if instrument.state not in IN_FORCE_ONCE:
            raise Invalid([Problem("INSTRUMENT_NOT_PUBLISHED", ("instrumentId",))])


async def _begin(
    change: Change,
    consultation: Consultation,
    subject: Subject,
    words: StatementWords,
    *,
    number: int,
    note: LocalizedText | None,
) -> Statement:
    statement = Statement(
        id=uuid7(),
        consultation_id=consultation.id,
        lineage_id=subject.lineage_id,
        section_id=subject.section_id,
        position=subject.position,
        number=number,
        asked=words.asked,
        said=words.said,
        did=words.did,
        reasons=words.reasons,
        instrument_id=words.instrument_id,
        correction_note=note,
        created_at=change.at,
    )
    drafted = StatementDrafted(statement_id=statement.id, consultation_id=consultation.id, number=number)
    await change.bear(statement, STATEMENT_LIFE, "draft_statement", drafted, once=Conflict("STATEMENT_AT_WORK"))
    change.results["statement"] = str(statement.id)
    return statement
