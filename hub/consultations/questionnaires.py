"""Questionnaires in the database: written as a draft, published under a hash, read to check and to answer."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from hub.changes.change import Change
from hub.changes.event import Code
from hub.consultations.drafts import OptionDraft, QuestionDraft, RowDraft, SectionDraft
from hub.consultations.events import QuestionnairePublished
from hub.consultations.questionnaire_models import (
    MatrixRow,
    Option,
    Question,
    QuestionKind,
    QuestionnaireRevision,
    RevisionClass,
    RevisionState,
    Section,
    Sensitivity,
)
from hub.database.base import uuid7
from hub.hashing import content_hash
from hub.people.models import TerritoryKind
from hub.text import LocalizedText

PLAIN = (
    "code",
    "kind",
    "title",
    "hint",
    "required",
    "sensitivity",
    "display_rule",
    "max_length",
    "min_choices",
    "max_choices",
    "minimum",
    "maximum",
    "decimals",
    "unit",
    "low_label",
    "high_label",
    "earliest",
    "latest",
    "place_kind",
    "file_types",
    "max_size",
    "source_moderation",
)
"""What a question is besides its options and rows, by the same names in a draft and in the table."""


async def write_revision(
    change: Change,
    consultation_id: UUID,
    sections: Iterable[SectionDraft],
    *,
    number: int = 1,
    revision_class: RevisionClass = RevisionClass.INITIAL,
    note: LocalizedText | None = None,
    lineages: Mapping[str, UUID] | None = None,
) -> QuestionnaireRevision:
    """Write a draft revision. A question goes on a lineage that is named by its code, and else begins one."""
    revision = QuestionnaireRevision(
        id=uuid7(),
        consultation_id=consultation_id,
        number=number,
        revision_class=revision_class,
        state=RevisionState.DRAFT,
        note=note,
    )
    await change.add(revision)
    await _write_sections(change, revision.id, sections, lineages or {})
    return revision


async def rewrite_revision(change: Change, revision: QuestionnaireRevision, sections: Iterable[SectionDraft]) -> None:
    """Put other sections into a draft revision."""
    asked = select(Question.id).filter_by(revision_id=revision.id).scalar_subquery()
    for model in (Option, MatrixRow):
        await change.session.execute(delete(model).where(model.question_id.in_(asked)))
    for part in (Question, Section):
        await change.session.execute(delete(part).filter_by(revision_id=revision.id))
    await _write_sections(change, revision.id, sections, {})


async def _write_sections(
    change: Change, revision_id: UUID, sections: Iterable[SectionDraft], lineages: Mapping[str, UUID]
) -> None:
    parts: list[Section] = []
    asked: list[Question] = []
    offered: list[Option | MatrixRow] = []
    for position, section in enumerate(sections, start=1):
        part = Section(
            id=uuid7(),
            revision_id=revision_id,
            position=position,
            title=section.title,
            introduction=section.introduction,
        )
        parts.append(part)
        for draft in section.questions:
            question = Question(
                id=uuid7(),
                revision_id=revision_id,
                section_id=part.id,
                lineage_id=lineages.get(draft.continues or draft.code) or uuid7(),
                position=len(asked) + 1,
                **{name: getattr(draft, name) for name in PLAIN},
            )
            asked.append(question)
            offered.extend(_offered(question.id, draft))
    await change.add(*parts)
    await change.add(*asked)
    await change.add(*offered)


def _offered(question_id: UUID, draft: QuestionDraft) -> Iterable[Option | MatrixRow]:
    for n, option in enumerate(draft.options, start=1):
        yield Option(
            id=uuid7(), question_id=question_id, position=n, code=option.code, label=option.label, other=option.other
        )
    for n, row in enumerate(draft.rows, start=1):
        yield MatrixRow(id=uuid7(), question_id=question_id, position=n, code=row.code, label=row.label)


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
            revision_class=revision.revision_class,
            content_hash=Code(revision.content_hash),
        )
    )


async def read_revision(session: AsyncSession, revision_id: UUID) -> QuestionnaireRevision:
    """Return a revision with its sections, questions, options and rows."""
    questions = selectinload(QuestionnaireRevision.questions)
    statement = (
        select(QuestionnaireRevision)
        .filter_by(id=revision_id)
        .options(
            selectinload(QuestionnaireRevision.sections),
            questions.selectinload(Question.options),
            questions.selectinload(Question.rows),
        )
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one()


async def revision_in(session: AsyncSession, consultation_id: UUID, state: RevisionState) -> UUID | None:
    """Return the revision of a consultation in this state: there is one draft at most, and one that is in force."""
    found = select(QuestionnaireRevision.id).filter_by(consultation_id=consultation_id, state=state)
    return (await session.execute(found)).scalar_one_or_none()


def content(revision: QuestionnaireRevision) -> dict[str, Any]:
    """Return what a revision says, as JSON: the form that is hashed, and that anybody can rebuild."""
    return {
        "consultation": str(revision.consultation_id),
        "number": revision.number,
        "sections": [
            {
                "title": section.title.to_json(),
                "introduction": plain(section.introduction),
                "questions": [_asked(q) for q in revision.questions if q.section_id == section.id],
            }
            for section in revision.sections
        ],
    }


def _asked(question: Question) -> dict[str, Any]:
    names = [name for name in PLAIN if name != "source_moderation" and (name not in OF_FILES or of_file(question))]
    said = {camel(name): plain(getattr(question, name)) for name in names}
    return {
        **said,
        "lineage": str(question.lineage_id),
        "options": [{"code": o.code, "label": o.label.to_json(), "other": o.other} for o in question.options],
        "rows": [{"code": row.code, "label": row.label.to_json()} for row in question.rows],
    }


OF_FILES = frozenset({"file_types", "max_size"})
"""What only a question that is answered by a file says in the hashed form: others were hashed before there was any."""


def of_file(question: Question) -> bool:
    """Whether a question is answered by a file."""
    return question.kind is QuestionKind.FILE


def plain(value: object) -> Any:
    """Return a value as JSON: texts with all their languages, decimal numbers as they are written."""
    if isinstance(value, LocalizedText):
        return value.to_json()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, dt.date) else value


def camel(name: str) -> str:
    """Return a name as the interface spells it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


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
        **{name: getattr(question, name) for name in PLAIN},
        options=tuple(OptionDraft(code=o.code, label=o.label, other=o.other) for o in question.options),
        rows=tuple(RowDraft(code=row.code, label=row.label) for row in question.rows),
    )


@dataclass(frozen=True)
class Asked:
    """What the validation of an answer wants to know of its question."""

    id: UUID
    lineage_id: UUID
    code: str
    kind: QuestionKind
    sensitivity: Sensitivity
    required: bool
    display_rule: str | None
    max_length: int | None
    min_choices: int | None
    max_choices: int | None
    minimum: Decimal | None
    maximum: Decimal | None
    decimals: int | None
    earliest: dt.date | None
    latest: dt.date | None
    place_kind: TerritoryKind | None
    file_types: list[str] | None
    max_size: int | None
    options: frozenset[str]
    other: str | None
    """The option that asks for one's own words."""
    rows: tuple[str, ...]

    @classmethod
    def of(cls, question: Question) -> Asked:
        """Gather it from a question that was read with its options and rows."""
        copied = cls.__dataclass_fields__.keys() - {"options", "other", "rows"}
        return cls(
            **{name: getattr(question, name) for name in copied},
            options=frozenset(option.code for option in question.options),
            other=next((option.code for option in question.options if option.other), None),
            rows=tuple(row.code for row in question.rows),
        )


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
    """Read the questions of a revision with the codes of their options and rows."""
    revision = await read_revision(session, revision_id)
    return {question.code: Asked.of(question) for question in revision.questions}


questionnaires = Shelf(size=64)
"""The questionnaires that this process answers to."""
