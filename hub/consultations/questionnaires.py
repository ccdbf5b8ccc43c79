"""Questionnaires in the database: written as a draft, published under a hash, read to check and to answer."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import rfc8785
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from hub.changes.change import Change
from hub.changes.event import Code
from hub.consultations.drafts import OptionDraft, QuestionDraft, SectionDraft
from hub.consultations.events import QuestionnairePublished
from hub.consultations.models import (
    Option,
    Question,
    QuestionKind,
    QuestionnaireRevision,
    RevisionClass,
    RevisionState,
    Section,
)
from hub.database.base import uuid7
from hub.text import LocalizedText


async def write_revision(
    change: Change, consultation_id: UUID, sections: Iterable[SectionDraft], *, number: int = 1
) -> QuestionnaireRevision:
    """Write a draft revision; every question begins a lineage of its own."""
    revision = QuestionnaireRevision(
        id=uuid7(),
        consultation_id=consultation_id,
        number=number,
        revision_class=RevisionClass.INITIAL,
        state=RevisionState.DRAFT,
    )
    await change.add(revision)
    parts: list[Section] = []
    asked: list[Question] = []
    offered: list[Option] = []
    for position, section in enumerate(sections, start=1):
        part = Section(
            id=uuid7(),
            revision_id=revision.id,
            position=position,
            title=section.title,
            introduction=section.introduction,
        )
        parts.append(part)
        for draft in section.questions:
            question = _question(draft, revision.id, part.id, len(asked) + 1)
            asked.append(question)
            offered.extend(
                Option(id=uuid7(), question_id=question.id, position=n, code=option.code, label=option.label)
                for n, option in enumerate(draft.options, start=1)
            )
    await change.add(*parts)
    await change.add(*asked)
    await change.add(*offered)
    return revision


def _question(draft: QuestionDraft, revision_id: UUID, section_id: UUID, position: int) -> Question:
    return Question(
        id=uuid7(),
        revision_id=revision_id,
        section_id=section_id,
        lineage_id=uuid7(),
        position=position,
        code=draft.code,
        kind=draft.kind,
        title=draft.title,
        hint=draft.hint,
        required=draft.required,
        max_length=draft.max_length,
        min_choices=draft.min_choices,
        max_choices=draft.max_choices,
        source_moderation=draft.source_moderation,
    )


async def publish_revision(change: Change, revision: QuestionnaireRevision) -> None:
    """Fix the wording for good, under the hash of what it says."""
    whole = await read_revision(change.session, revision.id)
    revision.content_hash = content_hash(content(whole))
    revision.state = RevisionState.PUBLISHED
    revision.published_at = change.at
    await change.session.flush()
    change.record(
        QuestionnairePublished(
            revision_id=revision.id,
            consultation_id=revision.consultation_id,
            number=revision.number,
            content_hash=Code(revision.content_hash),
        )
    )


async def read_revision(session: AsyncSession, revision_id: UUID) -> QuestionnaireRevision:
    """Return a revision with its sections, questions and options."""
    statement = (
        select(QuestionnaireRevision)
        .filter_by(id=revision_id)
        .options(
            selectinload(QuestionnaireRevision.sections),
            selectinload(QuestionnaireRevision.questions).selectinload(Question.options),
        )
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one()


def content(revision: QuestionnaireRevision) -> dict[str, Any]:
    """Return what a revision says, as JSON: the form that is hashed, and that anybody can rebuild."""
    return {
        "consultation": str(revision.consultation_id),
        "number": revision.number,
        "sections": [
            {
                "title": section.title.to_json(),
                "introduction": _words(section.introduction),
                "questions": [_asked(q) for q in revision.questions if q.section_id == section.id],
            }
            for section in revision.sections
        ],
    }


def _asked(question: Question) -> dict[str, Any]:
    return {
        "code": question.code,
        "lineage": str(question.lineage_id),
        "kind": question.kind.value,
        "title": question.title.to_json(),
        "hint": _words(question.hint),
        "required": question.required,
        "maxLength": question.max_length,
        "minChoices": question.min_choices,
        "maxChoices": question.max_choices,
        "options": [{"code": option.code, "label": option.label.to_json()} for option in question.options],
    }


def _words(text: LocalizedText | None) -> dict[str, Any] | None:
    return None if text is None else text.to_json()


def content_hash(said: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what something says, in canonical JSON (RFC 8785), as `sha256:<hexadecimal>`."""
    return "sha256:" + hashlib.sha256(rfc8785.dumps(dict(said))).hexdigest()


def sections_of(revision: QuestionnaireRevision) -> tuple[SectionDraft, ...]:
    """Return what a stored revision says in the form in which it is checked."""
    return tuple(
        SectionDraft(
            title=section.title,
            introduction=section.introduction,
            questions=tuple(_drafted(q) for q in revision.questions if q.section_id == section.id),
        )
        for section in revision.sections
    )


def _drafted(question: Question) -> QuestionDraft:
    return QuestionDraft(
        code=question.code,
        kind=question.kind,
        title=question.title,
        hint=question.hint,
        required=question.required,
        max_length=question.max_length,
        min_choices=question.min_choices,
        max_choices=question.max_choices,
        options=tuple(OptionDraft(code=option.code, label=option.label) for option in question.options),
        source_moderation=question.source_moderation,
    )


@dataclass(frozen=True)
class Asked:
    """What the validation of an answer wants to know of its question."""

    id: UUID
    lineage_id: UUID
    code: str
    kind: QuestionKind
    required: bool
    max_length: int | None
    min_choices: int | None
    max_choices: int | None
    options: frozenset[str]


Questionnaire = Mapping[str, Asked]
"""The questions of a revision, by code and in order."""


class Shelf:
    """The questionnaires in use. A published one never changes, so a copy in memory is never stale."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._copies: OrderedDict[UUID, Questionnaire] = OrderedDict()

    async def questionnaire(self, session: AsyncSession, revision_id: UUID) -> Questionnaire:
        """Return the questions of a published revision."""
        found = self._copies.get(revision_id)
        if found is None:
            found = await read_questions(session, revision_id)
            self._copies[revision_id] = found
        self._copies.move_to_end(revision_id)
        if len(self._copies) > self._size:
            self._copies.popitem(last=False)
        return found


async def read_questions(session: AsyncSession, revision_id: UUID) -> Questionnaire:
    """Read the questions of a revision with the codes of their options."""
    statement = (
        select(
            Question.id,
            Question.lineage_id,
            Question.code,
            Question.kind,
            Question.required,
            Question.max_length,
            Question.min_choices,
            Question.max_choices,
            func.array_agg(Option.code).filter(Option.code.is_not(None)).label("options"),
        )
        .outerjoin(Option, Option.question_id == Question.id)
        .where(Question.revision_id == revision_id)
        .group_by(Question.id)
        .order_by(Question.position)
    )
    rows = (await session.execute(statement)).all()
    return {
        row.code: Asked(
            id=row.id,
            lineage_id=row.lineage_id,
            code=row.code,
            kind=row.kind,
            required=row.required,
            max_length=row.max_length,
            min_choices=row.min_choices,
            max_choices=row.max_choices,
            options=frozenset(row.options or ()),
        )
        for row in rows
    }
