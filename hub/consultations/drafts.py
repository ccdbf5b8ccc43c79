"""What a consultation and its questionnaire say, apart from how they are stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from hub.consultations.models import QuestionKind, ResultsPolicy, SourceModeration
from hub.errors import Problem
from hub.mandates.ordering import OwnInitiative
from hub.text import LocalizedText
from hub.timetables.zones import Declared


@dataclass(frozen=True, kw_only=True)
class OptionDraft:
    """One of the answers that a choice offers."""

    code: str
    label: LocalizedText


@dataclass(frozen=True, kw_only=True)
class QuestionDraft:
    """A question. A minimum and a maximum of choices belong to a multiple choice, a length to a text."""

    code: str
    kind: QuestionKind
    title: LocalizedText
    hint: LocalizedText | None = None
    required: bool = False
    max_length: int | None = None
    min_choices: int | None = None
    max_choices: int | None = None
    options: tuple[OptionDraft, ...] = ()
    source_moderation: SourceModeration | None = None


@dataclass(frozen=True, kw_only=True)
class SectionDraft:
    """A part of a questionnaire."""

    title: LocalizedText
    introduction: LocalizedText | None = None
    questions: tuple[QuestionDraft, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConsultationDraft:
    """A consultation with why it is ordered, its timetable and its questionnaire."""

    title: LocalizedText
    purpose: LocalizedText
    privacy_notice: LocalizedText | None
    own_initiative: OwnInitiative
    opening: Declared
    closing: Declared
    sections: tuple[SectionDraft, ...]
    scope: LocalizedText | None = None
    attribution: LocalizedText | None = None
    source_language: str = "es"
    results_policy: ResultsPolicy = ResultsPolicy.AFTER_CLOSING
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
    yield Passage(("ownInitiative", "reason"), draft.own_initiative.reason, PROSE)
    if draft.own_initiative.question is not None:
        yield Passage(("ownInitiative", "question"), draft.own_initiative.question, PROSE)
    for at, section in placed(("questionnaire", "sections"), draft.sections):
        yield from _of_section(at, section)


def _of_section(path: Path, section: SectionDraft) -> Iterator[Passage]:
    yield Passage((*path, "title"), section.title, HEADING)
    if section.introduction is not None:
        yield Passage((*path, "introduction"), section.introduction, PROSE)
    for at, question in placed((*path, "questions"), section.questions):
        yield Passage((*at, "title"), question.title, PROSE)
        if question.hint is not None:
            yield Passage((*at, "hint"), question.hint, PROSE)
        for where, option in placed((*at, "options"), question.options):
            yield Passage((*where, "label"), option.label, HEADING)


def placed(path: Path, items: tuple[T, ...]) -> Iterator[tuple[Path, T]]:
    """Return each item with its path: the list's, and its number in the list."""
    return (((*path, str(n)), item) for n, item in enumerate(items))


def questions(draft: ConsultationDraft) -> Iterator[tuple[Path, QuestionDraft]]:
    """Walk through every question of a consultation."""
    for at, section in placed(("questionnaire", "sections"), draft.sections):
        yield from placed((*at, "questions"), section.questions)
