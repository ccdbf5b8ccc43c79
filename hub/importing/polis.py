"""A Polis conversation becomes one closed consultation, with its statements, participants and votes.

A run can be killed at any moment; the next one completes it. The consultation with its questionnaire is one
change, the responses come in batches of one change each, and the closing is the last change, so that what
is unfinished never looks finished. The votes themselves are never held in memory: they are staged in the
database (`vote_staging.py`), which finds the latest vote of each participant on each statement.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, text

from hub.changes.change import Change, Changes
from hub.consultations.questionnaire_models import QuestionnaireRevision
from hub.consultations.questionnaires import Questionnaire, read_questions
from hub.consultations.response_models import Channel, ConsentLevel, Response
from hub.consultations.sheets import AnswerSheet
from hub.consultations.validating import GivenAnswer
from hub.errors import SetupError
from hub.importing.polis_consultation import complete, found_consultation
from hub.importing.polis_directory import Conversation, read_conversation, read_votes
from hub.importing.polis_publisher import attribution_of, publisher_of
from hub.importing.responses_in_bulk import ReceivedSheet, write_responses
from hub.importing.summary import Progress, Summary, Unwatched
from hub.importing.vote_staging import Participant, Span, Staging
from hub.register.models import Entry
from hub.text import LANGUAGE_TAG, LocalizedText
from hub.viewer import SYSTEM

BATCH = 3_000
"""How many answers one change writes: well under a second."""

TOUCHED = (
    "entry, organization, dated_name, mandate, consultation, questionnaire_revision, section, question, "
    "option, response, answer, answer_choice, event"
)


@dataclass(frozen=True)
class Asked:
    """The consultation that a conversation became, with the questions of its one revision."""

    consultation_id: UUID
    revision_id: UUID
    questions: Questionnaire


async def import_polis(
    changes: Changes,
    directory: Path,
    *,
    publisher: str | None = None,
    attribution: LocalizedText | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Bring in one directory. Its name is the conversation's; the engine needs two connections.

    The publisher is an organisation that is there already (its acronym, folio or `imported_from`), else the
    project behind Polis, whose licence asks for an attribution. The language is told by the script, unless
    it is given.
    """
    if language is not None and not LANGUAGE_TAG.fullmatch(language):
        raise SetupError(f"{language!r} is not a language tag such as 'es', 'en' or 'zh'.")
    summary = Summary(str(directory), progress or Unwatched())
    conversation = read_conversation(directory, language=language, summary=summary)
    if attribution is None and publisher is None:
        attribution = attribution_of(conversation.folder)
    async with changes.begin(SYSTEM) as ground:
        # This transaction only holds the staged votes and the lock; what is imported is committed by others.
        staging = await Staging.begin(ground, conversation.imported_from)
        summary.progress.begin("votes", None)
        span = await staging.fill(read_votes(directory, conversation, summary=summary), progress=summary.progress)
        asked = await _found(changes, conversation, span, publisher, attribution, summary)
        summary.progress.begin("responses", span.participants)
        async for batch in _batches(staging):
            await _respond(changes, conversation, asked, batch, summary)
    async with changes.begin(SYSTEM) as change:
        if await complete(change, asked.consultation_id) and not summary.added["consultations"]:
            summary.changed["consultations"] += 1
    if summary.changed_anything:
        async with changes.begin(SYSTEM) as change:
            await change.session.execute(text(f"ANALYZE {TOUCHED}"))
    return summary


async def _found(
    changes: Changes,
    conversation: Conversation,
    span: Span,
    publisher: str | None,
    attribution: LocalizedText | None,
    summary: Summary,
) -> Asked:
    """Write the consultation unless an earlier run did."""
    async with changes.begin(SYSTEM) as change:
        known = await change.session.scalar(select(Entry).where(Entry.imported_from == conversation.imported_from))
        if known is not None:
            _require_same(conversation, known)
            asked = await _asked(change, known.id)
            later = [one.code for one in conversation.statements.values() if one.code not in asked.questions]
            if later:
                summary.notes.append(_left_out(later))
            summary.unchanged["consultations"] += 1
            summary.unchanged["questions"] += len(asked.questions)
            return asked
        times = [statement.at for statement in conversation.statements.values()]
        consultation = await found_consultation(
            change,
            conversation,
            publisher=await publisher_of(change, publisher),
            attribution=attribution,
            opens_at=min([*times, span.first] if span.first else times),
            last=span.last or max(times),
        )
        asked = await _asked(change, consultation.id)
    summary.added["consultations"] += 1
    summary.added["questions"] += len(asked.questions)
    return asked


async def _asked(change: Change, consultation_id: UUID) -> Asked:
    published = select(QuestionnaireRevision.id).filter_by(consultation_id=consultation_id)
    revision_id = (await change.session.execute(published)).scalar_one()
    return Asked(consultation_id, revision_id, await read_questions(change.session, revision_id))


def _left_out(codes: list[str]) -> str:
    statements, them = ("statement was", "it is") if len(codes) == 1 else ("statements were", "they are")
    votes = "its votes" if len(codes) == 1 else "their votes"
    return (
        f"{len(codes)} {statements} not there when the conversation was first imported. A published "
        f"questionnaire never changes, so {them} left out with {votes}: {', '.join(codes[:10])}"
    )


def _require_same(conversation: Conversation, known: Entry) -> None:
    """Refuse to complete one conversation with the votes of another whose directory has the same name."""
    if known.source_url != conversation.url:
        raise SetupError(
            f"A directory named {conversation.folder} was imported before, and it held another conversation "
            f"({known.source_url}, not {conversation.url}): give this directory a name of its own."
        )


async def _batches(staging: Staging) -> AsyncIterator[list[Participant]]:
    """Put participants together, as many as one change may write answers of."""
    batch: list[Participant] = []
    answers = 0
    async for participant in staging.participants(at_once=BATCH // 50):
        batch.append(participant)
        answers += len(participant.options)
        if answers >= BATCH:
            yield batch
            batch, answers = [], 0
    if batch:
        yield batch


async def _respond(
    changes: Changes, conversation: Conversation, asked: Asked, batch: list[Participant], summary: Summary
) -> None:
    names = [conversation.participant(participant.number) for participant in batch]
    async with changes.begin(SYSTEM) as change:
        there = select(Response.imported_from).where(Response.imported_from.in_(names))
        known = set(await change.session.scalars(there))
        missing = [
            sheet
            for name, participant in zip(names, batch, strict=True)
            if name not in known and (sheet := _sheet(conversation, asked, participant)).sheet.answers
        ]
        if missing:
            summary.added["answers"] += await write_responses(change, asked.questions, missing)
    summary.unchanged["responses"] += len(known)
    summary.added["responses"] += len(missing)
    summary.progress.advance(len(batch))


def _sheet(conversation: Conversation, asked: Asked, participant: Participant) -> ReceivedSheet:
    """Return what a participant says as an anonymous response, which the source's licence makes public."""
    answers = [
        GivenAnswer(question=code, option=option)
        for code, option in participant.options.items()
        if code in asked.questions
    ]
    return ReceivedSheet(
        sheet=AnswerSheet(
            consultation_id=asked.consultation_id,
            revision_id=asked.revision_id,
            answers=answers,
            consent=ConsentLevel.WITHOUT_NAME,
            channel=Channel.IMPORT,
        ),
        language=conversation.language,
        received_at=participant.at,
        imported_from=conversation.participant(participant.number),
    )
