"""Checking a questionnaire: that every question has what its kind needs, and nothing that it cannot have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from hub.consultations.checking_rules import check_rules
from hub.consultations.display_rules import Ruled
from hub.consultations.drafts import QUESTIONNAIRE, OptionDraft, Path, QuestionDraft, SectionDraft, placed, questions
from hub.consultations.kinds import (
    CHOICES,
    EVERY_TRAIT,
    LARGEST_NUMBER,
    LONGEST_TEXT,
    MOST_DECIMALS,
    MOST_POINTS,
    TRAITS,
)
from hub.consultations.questionnaire_models import QuestionKind
from hub.errors import Problem
from hub.files.purposes import LARGEST, TAKEN, Purpose

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""Short codes of small letters, digits, hyphens and low lines."""

MOST_SECTIONS = 50
MOST_QUESTIONS = 500
MOST_OPTIONS = 300
MOST_ROWS = 50
FEWEST_OPTIONS = 2


def questionnaire_problems(sections: tuple[SectionDraft, ...]) -> Iterator[Problem]:
    """Walk through everything that is wrong with the questions, apart from their languages."""
    if not sections:
        yield Problem("NO_SECTIONS", QUESTIONNAIRE)
    if len(sections) > MOST_SECTIONS:
        yield Problem("TOO_MANY_ITEMS", QUESTIONNAIRE, {"limit": MOST_SECTIONS})
    for path, section in placed(QUESTIONNAIRE, sections):
        if not section.questions:
            yield Problem("NO_QUESTIONS", (*path, "questions"))
    seen: set[str] = set()
    for count, (path, question) in enumerate(questions(sections), start=1):
        if count == MOST_QUESTIONS + 1:
            yield Problem("TOO_MANY_ITEMS", path[:-1], {"limit": MOST_QUESTIONS})
        yield from _code(question.code, path, seen)
        yield from _question(path, question)
    ruled = [_ruled(path, question) for path, question in questions(sections)]
    if len(ruled) <= MOST_QUESTIONS:
        yield from check_rules(ruled)


def _ruled(path: Path, question: QuestionDraft) -> Ruled:
    """Return a question as the display rules see it."""
    return Ruled(
        code=question.code,
        kind=question.kind.value,
        path=path,
        display_rule=question.display_rule,
        required=question.required,
        options=tuple(option.code for option in question.options),
        rows=tuple(row.code for row in question.rows),
        minimum=question.earliest if question.kind is QuestionKind.DATE else question.minimum,
        maximum=question.latest if question.kind is QuestionKind.DATE else question.maximum,
        min_choices=question.min_choices,
        max_choices=question.max_choices,
    )


def _code(code: str, path: Path, seen: set[str]) -> Iterator[Problem]:
    if not CODE.fullmatch(code):
        yield Problem("BAD_CODE", (*path, "code"), {"code": code[:64]})
    elif code in seen:
        yield Problem("DUPLICATE_CODE", (*path, "code"), {"code": code})
    seen.add(code)


def _question(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    for trait in sorted(EVERY_TRAIT - TRAITS[question.kind]):
        if getattr(question, trait) not in (None, ()):
            facts = {"question": question.code, "field": field_of(trait), "question_kind": question.kind.value}
            yield Problem("NOT_OF_THIS_KIND", (*path, field_of(trait)), facts)
    if question.kind is QuestionKind.NOTICE and question.required:
        yield Problem("NOTICE_REQUIRED", (*path, "required"), {"question": question.code})
    check = CHECKS.get(question.kind)
    if check is not None:
        yield from check(path, question)


def field_of(trait: str) -> str:
    """Return what a trait is called in the inputs."""
    first, *rest = trait.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _text(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    limit = LONGEST_TEXT[question.kind]
    if question.max_length is not None and not 1 <= question.max_length <= limit:
        yield Problem("BAD_LENGTH", (*path, "maxLength"), {"limit": limit})


def _single_choice(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    yield from _options((*path, "options"), question)


def _several_choices(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    fewest, most = question.min_choices, question.max_choices
    for name, limit, least in (("minChoices", fewest, 0), ("maxChoices", most, 1)):
        if limit is not None and not least <= limit <= MOST_OPTIONS:
            yield Problem("OUT_OF_RANGE", (*path, name), {"least": least, "most": MOST_OPTIONS})
    if fewest is not None and most is not None and most < fewest:
        yield Problem("LIMITS_CROSSED", (*path, "maxChoices"), {"question": question.code})
    elif len(question.options) < max(fewest or 0, most or 0) <= MOST_OPTIONS:
        name = "minChoices" if most is None else "maxChoices"
        facts = {"question": question.code, "options": len(question.options)}
        yield Problem("BAD_CHOICE_LIMITS", (*path, name), facts)
    yield from _options((*path, "options"), question)


def _matrix(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    yield from _options((*path, "options"), question)
    rows = (*path, "rows")
    if not question.rows:
        yield Problem("NO_ROWS", rows, {"question": question.code})
    if len(question.rows) > MOST_ROWS:
        yield Problem("TOO_MANY_ITEMS", rows, {"limit": MOST_ROWS})
    seen: set[str] = set()
    for at, row in placed(rows, question.rows):
        yield from _code(row.code, at, seen)


def _options(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    options = question.options
    if len(options) < FEWEST_OPTIONS:
        yield Problem("NO_OPTIONS", path, {"question": question.code})
    if len(options) > MOST_OPTIONS:
        yield Problem("TOO_MANY_ITEMS", path, {"limit": MOST_OPTIONS})
    seen: set[str] = set()
    for at, option in placed(path, options):
        yield from _code(option.code, at, seen)
    yield from _others(path, question, options)


def _others(path: Path, question: QuestionDraft, options: tuple[OptionDraft, ...]) -> Iterator[Problem]:
    others = [(at, option) for at, option in placed(path, options) if option.other]
    for n, (at, _) in enumerate(others):
        if question.kind not in CHOICES:
            yield Problem("OTHER_NOT_HERE", (*at, "other"), {"question": question.code})
        elif n:
            yield Problem("SEVERAL_OTHERS", (*at, "other"), {"question": question.code})


def _scale(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    least, most = question.minimum, question.maximum
    ends = {"minimum": least, "maximum": most}
    bad = [name for name, end in ends.items() if end is not None and not _is_whole(end)]
    for name in bad:
        largest = int(LARGEST_NUMBER)
        yield Problem("BAD_SCALE_END", (*path, name), {"question": question.code, "largest": largest})
    facts = {"question": question.code, "most": MOST_POINTS}
    if least is None or most is None:
        yield Problem("BAD_SCALE", (*path, "minimum" if least is None else "maximum"), facts)
    elif bad:
        return
    elif most < least:
        yield Problem("LIMITS_CROSSED", (*path, "maximum"), {"question": question.code})
    elif not 1 <= most - least < MOST_POINTS:
        yield Problem("BAD_SCALE", (*path, "maximum"), facts)


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value() and abs(number) <= LARGEST_NUMBER


def _number(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    decimals = question.decimals or 0
    if not 0 <= decimals <= MOST_DECIMALS:
        yield Problem("OUT_OF_RANGE", (*path, "decimals"), {"least": 0, "most": MOST_DECIMALS})
        decimals = MOST_DECIMALS
    limits: dict[str, Decimal | None] = {"minimum": question.minimum, "maximum": question.maximum}
    for name, limit in limits.items():
        if limit is not None and (abs(limit) > LARGEST_NUMBER or limit != round(limit, decimals)):
            facts = {"question": question.code, "largest": int(LARGEST_NUMBER), "decimals": decimals}
            yield Problem("BAD_NUMBER_LIMIT", (*path, name), facts)
    if question.minimum is not None and question.maximum is not None and question.maximum < question.minimum:
        yield Problem("LIMITS_CROSSED", (*path, "maximum"), {"question": question.code})


def _date(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    if question.earliest is not None and question.latest is not None and question.latest < question.earliest:
        yield Problem("LIMITS_CROSSED", (*path, "latest"), {"question": question.code})


def _place(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    if question.place_kind is None:
        yield Problem("NO_PLACE_KIND", (*path, "placeKind"), {"question": question.code})


def _file(path: Path, question: QuestionDraft) -> Iterator[Problem]:
    taken, largest = TAKEN[Purpose.ANSWER], LARGEST[Purpose.ANSWER]
    given = question.file_types or []
    if len(given) > len(taken):
        yield Problem("TOO_MANY_ITEMS", (*path, "fileTypes"), {"limit": len(taken)})
        return
    for n, end in enumerate(given):
        if end not in taken:
            facts = {"ending": end[:64], "taken": ", ".join(sorted(taken))}
            yield Problem("FILE_TYPES_NOT_TAKEN", (*path, "fileTypes", str(n)), facts)
    if question.max_size is not None and not 1 <= question.max_size <= largest:
        yield Problem("OUT_OF_RANGE", (*path, "maxSize"), {"least": 1, "most": largest})


def anonymity_problems(sections: tuple[SectionDraft, ...]) -> Iterator[Problem]:
    """Walk through the questions that an anonymous consultation does not ask: a file may say whose it is."""
    for path, question in questions(sections):
        if question.kind is QuestionKind.FILE:
            yield Problem("FILE_WHERE_ANONYMOUS", (*path, "kind"), {"question": question.code})


CHECKS: Mapping[QuestionKind, Callable[[Path, QuestionDraft], Iterator[Problem]]] = {
    QuestionKind.SHORT_TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.SINGLE_CHOICE: _single_choice,
    QuestionKind.MULTIPLE_CHOICE: _several_choices,
    QuestionKind.RANKING: _several_choices,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.SCALE: _scale,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _date,
    QuestionKind.PLACE: _place,
    QuestionKind.FILE: _file,
}
"""What is checked of a question of each kind."""
