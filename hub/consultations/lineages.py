"""Lineages: what was asked in one consultation over all wordings of its questionnaire, in the form that is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from hub.consultations.questionnaire_models import (
    Question,
    QuestionKind,
    QuestionnaireRevision,
    RevisionState,
    Sensitivity,
)
from hub.people.models import Territory, TerritoryKind
from hub.statistics.counts import SINGLE, Choices

AGREED, DISAGREED = "agreed", "disagreed"
"""The two items of a question that asks for consent."""

WITH_OPTIONS = frozenset(
    {QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE, QuestionKind.RANKING, QuestionKind.MATRIX}
)
"""The kinds that are answered by options, so by choices of an answer."""

MEASURED = frozenset({QuestionKind.SCALE, QuestionKind.NUMBER, QuestionKind.DATE})
"""The kinds of whose answers there is a middle."""


@dataclass(frozen=True)
class Lineage:
    """A question over all its wordings: what was offered in any of them, the newest one's first.

    It is as sensitive as the most sensitive of its wordings: what was answered in confidence stays so.
    """

    id: UUID
    kind: QuestionKind
    sensitivity: Sensitivity
    position: int
    items: tuple[str, ...] = ()
    """The codes of what can be answered: of options, the points of a scale, states; empty where only answers count."""
    rows: tuple[str, ...] = ("",)
    """The rows of a matrix; one without a code for everything else."""
    choices: Choices = SINGLE

    @property
    def is_public(self) -> bool:
        """Whether its totals are public to the last answer."""
        return self.sensitivity is Sensitivity.PUBLIC

    @property
    def is_broken_down_by_items(self) -> bool:
        """Whether a breakdown tells its items; of places it only tells how many were named."""
        return bool(self.items) and self.kind is not QuestionKind.PLACE


STRICTNESS = (Sensitivity.PUBLIC, Sensitivity.CONFIDENTIAL, Sensitivity.PERSONAL)


async def lineages_of(session: AsyncSession, consultation_id: UUID) -> list[Lineage]:
    """Return the questions of a consultation, in the order of the newest wording; those that it dropped come last."""
    asked = (
        select(Question)
        .join(QuestionnaireRevision, QuestionnaireRevision.id == Question.revision_id)
        .where(
            QuestionnaireRevision.consultation_id == consultation_id,
            QuestionnaireRevision.state != RevisionState.DRAFT,
            Question.kind != QuestionKind.NOTICE,
        )
        .order_by(QuestionnaireRevision.number.desc(), Question.position)
        .options(selectinload(Question.options), selectinload(Question.rows))
    )
    wordings: dict[UUID, list[Question]] = {}
    for question in await session.scalars(asked):
        wordings.setdefault(question.lineage_id, []).append(question)
    states: Sequence[str] = ()
    if any(found[0].kind is QuestionKind.PLACE for found in wordings.values()):
        known = select(Territory.code).where(Territory.kind == TerritoryKind.STATE).order_by(Territory.code)
        states = (await session.scalars(known)).all()
    return [_lineage(found, n, states) for n, found in enumerate(wordings.values(), start=1)]


def _lineage(wordings: Sequence[Question], position: int, states: Sequence[str]) -> Lineage:
    newest = wordings[0]
    return Lineage(
        id=newest.lineage_id,
        kind=newest.kind,
        sensitivity=max((wording.sensitivity for wording in wordings), key=STRICTNESS.index),
        position=position,
        items=_items(wordings, states),
        rows=_codes(row for wording in wordings for row in wording.rows) or ("",),
        choices=_choices(wordings),
    )


def _items(wordings: Sequence[Question], states: Sequence[str]) -> tuple[str, ...]:
    match wordings[0].kind:
        case kind if kind in WITH_OPTIONS:
            return _codes(option for wording in wordings for option in wording.options)
        case QuestionKind.SCALE:
            points = {n for w in wordings for n in range(int(w.minimum or 0), int(w.maximum or 0) + 1)}
            return tuple(str(point) for point in sorted(points))
        case QuestionKind.CONSENT:
            return (AGREED, DISAGREED)
        case QuestionKind.PLACE:
            return tuple(states)
        case _:
            return ()


def _codes(parts: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.code for part in parts))


def _choices(wordings: Sequence[Question]) -> Choices:
    if wordings[0].kind is not QuestionKind.MULTIPLE_CHOICE:
        return SINGLE
    # An answer that chooses nothing is no answer, whatever the questionnaire says is enough.
    least = min(max(wording.min_choices or 1, 1) for wording in wordings)
    return Choices(least, max(wording.max_choices or len(wording.options) for wording in wordings))
