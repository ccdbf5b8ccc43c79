"""What a consultation and its questionnaire say, apart from how they are stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from hub.consultations.models import Anonymity, IdentityPolicy, ResultsPolicy
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity, SourceModeration
from hub.errors import Problem
from hub.mandates.ordering import OwnInitiative
from hub.people.models import TerritoryKind
from hub.text import LocalizedText
from hub.timetables.zones import Declared
from hub.viewer import Assurance


@dataclass(frozen=True, kw_only=True)
class OptionDraft:
    """One of the answers that a choice offers."""

    code: str
    label: LocalizedText
    other: bool = False
    """Whether whoever chooses it says in words what else is meant."""


@dataclass(frozen=True, kw_only=True)
class RowDraft:
    """One of the lines of a matrix."""

    code: str
    label: LocalizedText


@dataclass(frozen=True, kw_only=True)
class QuestionDraft:
    """A question. What each kind has besides its words is told in `kinds.py`."""

    code: str
    kind: QuestionKind
    title: LocalizedText
    hint: LocalizedText | None = None
    required: bool = False
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    display_rule: str | None = None
    max_length: int | None = None
    min_choices: int | None = None
    max_choices: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    unit: LocalizedText | None = None
    low_label: LocalizedText | None = None
    high_label: LocalizedText | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    place_kind: TerritoryKind | None = None
    file_types: list[str] | None = None
    max_size: int | None = None
    options: tuple[OptionDraft, ...] = ()
    rows: tuple[RowDraft, ...] = ()
    continues: str | None = None
    """In a correction, the code that the same question had until now, where it gets another one."""
    source_moderation: SourceModeration | None = None


@dataclass(frozen=True, kw_only=True)
class SectionDraft:
    """A part of a questionnaire."""

    title: LocalizedText
    introduction: LocalizedText | None = None
    questions: tuple[QuestionDraft, ...] = ()


NETWORK_LIMIT = 100
"""How many responses of a day are taken from one network, unless a consultation says otherwise."""

SMALLEST_CELL = 10
"""The fewest responses that a figure about confidential answers or about a part of the people must stand for."""

GRACE_SECONDS = 60
"""How long after the closing a response still counts by itself: it was on its way."""

LATE_DAYS = 7
"""How long after the closing a late response is still taken and kept, for an analyst to decide about."""


@dataclass(frozen=True, kw_only=True)
class ConsultationDraft:
    """A consultation with why it is ordered, its timetable and its questionnaire."""

    title: LocalizedText
    purpose: LocalizedText
    privacy_notice: LocalizedText | None
    own_initiative: OwnInitiative | None = None
    """Why the body orders it by itself; None where it rests on a mandate that was ordered before."""
    mandate_id: UUID | None = None
    opening: Declared
    closing: Declared
    sections: tuple[SectionDraft, ...]
    scope: LocalizedText | None = None
    attribution: LocalizedText | None = None
    source_language: str = "es"
    identity_policy: IdentityPolicy = IdentityPolicy.ACCOUNT
    assurance: Assurance = Assurance.EMAIL
    anonymity: Anonymity = Anonymity.PSEUDONYMOUS
    results_policy: ResultsPolicy = ResultsPolicy.AFTER_CLOSING
    responses_each: int = 1
    network_limit: int | None = NETWORK_LIMIT
    smallest_cell: int = SMALLEST_CELL
    grace_seconds: int = GRACE_SECONDS
    late_days: int = LATE_DAYS
    territory_ids: tuple[UUID, ...] = ()
    faults: tuple[Problem, ...] = ()
    """What was wrong with the input already where it was read; told together with what the check finds."""


T = TypeVar("T")

Path = tuple[str, ...]
"""Where something stands in the input, by the names of its fields and the numbers of its items."""


@dataclass(frozen=True)
class Passage:
    """One text of a draft, where it stands, and how long it may be."""

    path: Path
    text: LocalizedText
    limit: int


QUESTIONNAIRE: Path = ("questionnaire", "sections")
"""Where the sections of a questionnaire stand in the inputs that have one."""

HEADING = 500
PROSE = 20_000


def passages(draft: ConsultationDraft) -> Iterator[Passage]:
    """Walk through every text of a consultation, in the order in which people read it."""
    yield Passage(("title",), draft.title, HEADING)
    yield Passage(("purpose",), draft.purpose, PROSE)
    notices = {"scope": draft.scope, "attribution": draft.attribution, "privacyNotice": draft.privacy_notice}
    for name, text in notices.items():
        if text is not None:
            yield Passage((name,), text, PROSE)
    if draft.own_initiative is not None:
        yield Passage(("ownInitiative", "reason"), draft.own_initiative.reason, PROSE)
    if draft.own_initiative is not None and draft.own_initiative.question is not None:
        yield Passage(("ownInitiative", "question"), draft.own_initiative.question, PROSE)
    yield from passages_of(draft.sections)


def passages_of(sections: tuple[SectionDraft, ...]) -> Iterator[Passage]:
    """Walk through every text of a questionnaire."""
    for at, section in placed(QUESTIONNAIRE, sections):
        yield from _of_section(at, section)


def _of_section(path: Path, section: SectionDraft) -> Iterator[Passage]:
    yield Passage((*path, "title"), section.title, HEADING)
    if section.introduction is not None:
        yield Passage((*path, "introduction"), section.introduction, PROSE)
    for at, question in placed((*path, "questions"), section.questions):
        yield from _of_question(at, question)


def _of_question(path: Path, question: QuestionDraft) -> Iterator[Passage]:
    yield Passage((*path, "title"), question.title, PROSE)
    if question.hint is not None:
        yield Passage((*path, "hint"), question.hint, PROSE)
    labels = {"unit": question.unit, "lowLabel": question.low_label, "highLabel": question.high_label}
    for name, label in labels.items():
        if label is not None:
            yield Passage((*path, name), label, HEADING)
    for at, option in placed((*path, "options"), question.options):
        yield Passage((*at, "label"), option.label, HEADING)
    for at, row in placed((*path, "rows"), question.rows):
        yield Passage((*at, "label"), row.label, HEADING)


def placed(path: Path, items: tuple[T, ...]) -> Iterator[tuple[Path, T]]:
    """Return each item with its path: the list's, and its number in the list."""
    return (((*path, str(n)), item) for n, item in enumerate(items))


def questions(sections: tuple[SectionDraft, ...]) -> Iterator[tuple[Path, QuestionDraft]]:
    """Walk through every question of a questionnaire."""
    for at, section in placed(QUESTIONNAIRE, sections):
        yield from placed((*at, "questions"), section.questions)
