"""What somebody writes when they draft an instrument, before any of it is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.errors import Problem
from hub.instruments.effect_models import MandateKind, RelationKind
from hub.text import LocalizedText


@dataclass(frozen=True, kw_only=True)
class Responsible:
    """Who is charged with a work: a body, an organisation or who sits in a seat; nobody named is the body itself."""

    body_id: UUID | None = None
    organization_id: UUID | None = None
    membership_id: UUID | None = None

    def columns(self) -> dict[str, UUID | None]:
        """Return the columns in which it is kept."""
        return {f"responsible_{name}": value for name, value in vars(self).items()}


NOBODY_ELSE = Responsible()


@dataclass(frozen=True, kw_only=True)
class OrderDraft:
    """A work that a paragraph orders."""

    kind: MandateKind
    title: LocalizedText
    question: LocalizedText | None = None
    due_on: dt.date | None = None
    budget_note: LocalizedText | None = None
    responsible: Responsible = NOBODY_ELSE


@dataclass(frozen=True, kw_only=True)
class SectionDraft:
    """A paragraph with what it orders."""

    code: str
    text: LocalizedText
    heading: LocalizedText | None = None
    orders: tuple[OrderDraft, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RelationDraft:
    """What the instrument does to another one."""

    kind: RelationKind
    target_id: UUID


@dataclass(frozen=True, kw_only=True)
class InstrumentDraft:
    """One wording of an instrument."""

    title: LocalizedText
    sections: tuple[SectionDraft, ...]
    addressed_to: LocalizedText | None = None
    note: LocalizedText | None = None
    """What is different from the wording before, and why."""
    relations: tuple[RelationDraft, ...] = ()
    faults: tuple[Problem, ...] = ()
    """What could not even be read."""
