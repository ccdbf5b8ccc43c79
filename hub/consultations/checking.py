"""Checking a draft: everything that is wrong with it at once, each problem with its place.

Complete means: every text exists in the consultation's own language and in every other one that one of its
texts has; every choice has its options under codes of their own; the timetable lies ahead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from hub.consultations.drafts import (
    ConsultationDraft,
    OptionDraft,
    Passage,
    Path,
    QuestionDraft,
    passages,
    placed,
    questions,
)
from hub.consultations.models import QuestionKind
from hub.errors import Problem
from hub.text import FORBIDDEN, LANGUAGE_TAG
from hub.timetables.zones import instant_of

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""Short codes of small letters, digits, hyphens and low lines."""

MOST_SECTIONS = 50
MOST_QUESTIONS = 500
MOST_OPTIONS = 300
LONGEST_ANSWER = 20_000
FEWEST_OPTIONS = 2


def check(draft: ConsultationDraft, *, at: dt.datetime) -> list[Problem]:
    """Return everything that is wrong with a draft at an instant; an empty list is a pass."""
    found = [*_languages(draft), *_timetable(draft, at), *_questionnaire(draft)]
    # Where the input could not even be read, nothing else is said about the same place.
    return [*draft.faults, *(problem for problem in found if not _unread(draft, problem.path))]


def _unread(draft: ConsultationDraft, path: Path) -> bool:
    return any(path[: len(fault.path)] == fault.path for fault in draft.faults)


def _languages(draft: ConsultationDraft) -> Iterator[Problem]:
    if not LANGUAGE_TAG.fullmatch(draft.source_language):
        yield Problem("BAD_LANGUAGE", ("sourceLanguage",), {"language": draft.source_language})
        return
    if draft.privacy_notice is None:
        yield Problem("NO_PRIVACY_NOTICE", ("privacyNotice",))
    texts = [passage for passage in passages(draft) if not _unread(draft, passage.path)]
    spoken = {tag: None for passage in texts for tag in passage.text.translations}
    wanted = dict.fromkeys([draft.source_language, *spoken])
    for passage in texts:
        yield from _text(passage)
        for language in wanted:
            if language not in passage.text.translations:
                yield Problem("MISSING_LANGUAGE", passage.path, {"language": language})


def _text(passage: Passage) -> Iterator[Problem]:
    for language, translation in passage.text.translations.items():
        if FORBIDDEN.search(translation.text):
            yield Problem("FORBIDDEN_CHARACTER", passage.path, {"language": language})
        if len(translation.text) > passage.limit:
            facts = {"limit": passage.limit, "length": len(translation.text)}
            yield Problem("WORDING_TOO_LONG", passage.path, facts)


def _timetable(draft: ConsultationDraft, at: dt.datetime) -> Iterator[Problem]:
    opens_at = instant_of(draft.opening, path=("opening",))
    closes_at = instant_of(draft.closing, path=("closing",))
    moments = [moment for moment in (opens_at, closes_at) if not isinstance(moment, Problem)]
    yield from (moment for moment in (opens_at, closes_at) if isinstance(moment, Problem))
    if len(moments) == 2 and draft.opening.zone != draft.closing.zone:
        yield Problem("ZONES_DIFFER", ("closing", "zone"), {"zone": draft.opening.zone})
    if len(moments) == 2 and moments[1] <= moments[0]:
        yield Problem("CLOSES_BEFORE_OPENS", ("closing", "declaredLocal"), {"opens": draft.opening.local})
    if isinstance(opens_at, dt.datetime) and opens_at < at:
        facts = {"now": at, "zone": draft.opening.zone}
        yield Problem("OPENS_IN_THE_PAST", ("opening", "declaredLocal"), facts)


def _questionnaire(draft: ConsultationDraft) -> Iterator[Problem]:
    sections = ("questionnaire", "sections")
    if not draft.sections:
        yield Problem("NO_SECTIONS", sections)
    if len(draft.sections) > MOST_SECTIONS:
        yield Problem("TOO_MANY_ITEMS", sections, {"limit": MOST_SECTIONS})
    for path, section in placed(sections, draft.sections):
        if not section.questions:
            yield Problem("NO_QUESTIONS", (*path, "questions"))
    seen: set[str] = set()
    for count, (path, question) in enumerate(questions(draft), start=1):
        if count == MOST_QUESTIONS + 1:
            yield Problem("TOO_MANY_ITEMS", path[:-1], {"limit": MOST_QUESTIONS})
        yield from _code(question.code, path, seen)
        yield from _question(path, question)


def _code(code: str, path: Path, seen: set[str]) -> Iterator[Problem]:
    if not CODE.fullmatch(code):
        yield Problem("BAD_CODE", (*path, "code"), {"code": code[:64]})
    elif code in seen:
        yield Problem("DUPLICATE_CODE", (*path, "code"), {"code": code})
    seen.add(code)


def _question(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    if question.kind is QuestionKind.TEXT:
        yield from _text_question(path, question)
        return
    if question.max_length is not None:
        yield Problem("LENGTH_WITHOUT_TEXT", (*path, "maxLength"), {"question": question.code})
    if question.kind is QuestionKind.MULTIPLE_CHOICE:
        yield from _choice_limits(path, question)
    elif question.min_choices is not None or question.max_choices is not None:
        name = "minChoices" if question.min_choices is not None else "maxChoices"
        yield Problem("LIMITS_WITHOUT_CHOICES", (*path, name), {"question": question.code})
    yield from _options((*path, "options"), question, question.options)


def _text_question(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    if question.options:
        yield Problem("OPTIONS_WITHOUT_CHOICE", (*path, "options"), {"question": question.code})
    if question.min_choices is not None or question.max_choices is not None:
        name = "minChoices" if question.min_choices is not None else "maxChoices"
        yield Problem("LIMITS_WITHOUT_CHOICES", (*path, name), {"question": question.code})
    if question.max_length is not None and not 1 <= question.max_length <= LONGEST_ANSWER:
        yield Problem("BAD_LENGTH", (*path, "maxLength"), {"limit": LONGEST_ANSWER})


def _choice_limits(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    fewest = question.min_choices if question.min_choices is not None else 0
    most = question.max_choices if question.max_choices is not None else len(question.options)
    if not 0 <= fewest <= most <= len(question.options) or most < 1:
        name = "minChoices" if question.max_choices is None else "maxChoices"
        facts = {"question": question.code, "options": len(question.options)}
        yield Problem("BAD_CHOICE_LIMITS", (*path, name), facts)


def _options(path: Path, question: QuestionDraft, options: tuple[OptionDraft, ...]) -> Iterator[Problem]:
    if len(options) < FEWEST_OPTIONS:
        yield Problem("NO_OPTIONS", path, {"question": question.code})
    if len(options) > MOST_OPTIONS:
        yield Problem("TOO_MANY_ITEMS", path, {"limit": MOST_OPTIONS})
    seen: set[str] = set()
    for at, option in placed(path, options):
        yield from _code(option.code, at, seen)
