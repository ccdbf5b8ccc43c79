"""Validating answers against the revision that the respondent saw: everything that is wrong, at once.

Each problem has the path of the answer in the input and names the question by its code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from hub.consultations.drafts import Path
from hub.consultations.kinds import FIELD, LARGEST_NUMBER, LONGEST_OTHER, LONGEST_TEXT
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.questionnaires import Asked, Questionnaire, camel, plain
from hub.consultations.response_models import ConsentLevel
from hub.consultations.showing import Said, visible_questions
from hub.errors import Problem
from hub.files.purposes import LARGEST, TAKEN, Purpose
from hub.people.models import TerritoryKind
from hub.text import FORBIDDEN


@dataclass(frozen=True, kw_only=True)
class RowAnswer:
    """What somebody says to one line of a matrix."""

    row: str
    option: str


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """What somebody says to one question, in the field that its kind is answered by (kinds.py).

    `other` is what they say besides the options, where they chose the one that asks for it. `consent` is how this
    answer alone may be published, where that differs from the whole response.
    """

    question: str
    text: str | None = None
    option: str | None = None
    options: tuple[str, ...] | None = None
    other: str | None = None
    ranking: tuple[str, ...] | None = None
    rows: tuple[RowAnswer, ...] | None = None
    number: Decimal | None = None
    date: dt.date | None = None
    territory_id: UUID | None = None
    file: str | None = None
    """The words of the ticket by which it was handed in, or the id of one that stays."""
    agreed: bool | None = None
    consent: ConsentLevel | None = None

    @property
    def fields(self) -> set[str]:
        """The names of the fields that say something."""
        return {name for name in SAYING if getattr(self, name) is not None}

    @property
    def choices(self) -> tuple[str, ...]:
        """The codes of the options that were chosen or ranked."""
        return (self.option,) if self.option is not None else self.options or self.ranking or ()

    @property
    def words(self) -> str | None:
        """What is said in one's own words."""
        return self.text if self.text is not None else self.other

    def said(self) -> Said:
        """Return it in the form in which display rules look at it."""
        rows = {row.row: row.option for row in self.rows or ()}
        return Said(choices=self.choices, number=self.number, date=self.date, agreed=self.agreed, rows=rows)


SAYING = frozenset(FIELD.values())

Places = Mapping[UUID, TerritoryKind]
"""The territories that are named, as far as they exist."""


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """A file that an answer may have: what was handed in, and by what end its type was promised."""

    id: UUID
    sha256: bytes
    size: int
    ending: str


Files = Mapping[str, HandedIn | str]
"""The files that are named, by the codes of the questions; where there is none to be had, the code of why."""


def problems_of(
    questionnaire: Questionnaire,
    answers: Sequence[GivenAnswer],
    *,
    places: Places,
    files: Files = MappingProxyType({}),
    complete: bool = True,
) -> list[Problem]:
    """Return everything that is wrong with these answers; an empty list is a pass.

    Where they need not be `complete`, because somebody goes on later, nothing may be missing and nothing too short.
    """
    found = list(_answers(questionnaire, answers, places, files))
    if complete:
        return [*found, *_missing(questionnaire, answers)]
    return [problem for problem in found if problem.code not in UNFINISHED]


UNFINISHED = frozenset({"TOO_FEW_CHOICES", "TEXT_EMPTY", "ROW_MISSING", "OTHER_MISSING", "NOT_SHOWN", "NOT_AGREED"})
"""What may still be so in a response that is not sent."""


def _answers(
    questionnaire: Questionnaire, answers: Sequence[GivenAnswer], places: Places, files: Files
) -> Iterator[Problem]:
    answered: set[str] = set()
    shown = shown_questions(questionnaire, answers)
    for n, answer in enumerate(answers):
        path = ("answers", str(n))
        asked = questionnaire.get(answer.question)
        if asked is None:
            yield Problem("UNKNOWN_QUESTION", (*path, "question"), {"question": answer.question[:64]})
        elif asked.code in answered:
            yield Problem("DUPLICATE_ANSWER", (*path, "question"), {"question": asked.code})
        else:
            answered.add(asked.code)
            if asked.code not in shown:
                yield Problem("NOT_SHOWN", (*path, "question"), {"question": asked.code})
            # What is kept of a draft may be asked again, so it is looked at like everything else.
            yield from _answer(path, asked, answer, places, files)


def shown_questions(questionnaire: Questionnaire, answers: Sequence[GivenAnswer]) -> set[str]:
    """Return the codes of the questions that somebody who answers so is asked."""
    said = {answer.question: answer.said() for answer in answers}
    return visible_questions(questionnaire.values(), said)


def _missing(questionnaire: Questionnaire, answers: Sequence[GivenAnswer]) -> Iterator[Problem]:
    if not answers:
        yield Problem("NO_ANSWERS", ("answers",))
        return
    answered = {answer.question for answer in answers}
    shown = shown_questions(questionnaire, answers)
    for asked in questionnaire.values():
        if asked.required and asked.code in shown and asked.code not in answered:
            yield Problem("QUESTION_REQUIRED", ("answers",), {"question": asked.code})


def _answer(path: Path, asked: Asked, answer: GivenAnswer, places: Places, files: Files) -> Iterator[Problem]:
    wanted = FIELD.get(asked.kind)
    if wanted is None:
        yield Problem("NOTICE_NOT_ANSWERED", (*path, "question"), {"question": asked.code})
    elif answer.fields != {wanted}:
        yield Problem("WRONG_ANSWER_KIND", path, {"question": asked.code, "field": camel(wanted)})
    else:
        yield from _other(path, asked, answer)
        at = (*path, camel(wanted))
        if asked.kind is QuestionKind.PLACE:
            yield from _place(at, asked, answer, places)
        elif asked.kind is QuestionKind.FILE:
            yield from _file(at, asked, files.get(asked.code, "UPLOAD_UNKNOWN"))
        else:
            yield from CHECKS[asked.kind](at, asked, answer)


def _other(path: Path, asked: Asked, answer: GivenAnswer) -> Iterator[Problem]:
    chosen = asked.other is not None and asked.other in answer.choices
    if answer.other is None:
        if chosen:
            yield Problem("OTHER_MISSING", (*path, "other"), {"question": asked.code, "option": asked.other})
    elif not chosen:
        yield Problem("OTHER_NOT_CHOSEN", (*path, "other"), {"question": asked.code})
    else:
        yield from _words((*path, "other"), asked, answer.other, LONGEST_OTHER)


def _text(path: Path, asked: Asked, answer: GivenAnswer) -> Iterator[Problem]:
    yield from _words(path, asked, answer.text or "", asked.max_length or LONGEST_TEXT[asked.kind])


def _words(path: Path, asked: Asked, text: str, limit: int) -> Iterator[Problem]:
    if not text.strip():
        yield Problem("TEXT_EMPTY", path, {"question": asked.code})
    if len(text) > limit:
        yield Problem("TEXT_TOO_LONG", path, {"question": asked.code, "limit": limit, "length": len(text)})
    if FORBIDDEN.search(text):
        yield Problem("FORBIDDEN_CHARACTER", path, {"question": asked.code})


def _single_choice(path: Path, asked: Asked, answer: GivenAnswer) -> Iterator[Problem]:
    for choice in answer.choices:
        yield from _option(path, asked, choice)


def _several_choices(path: Path, asked: Asked, answer: GivenAnswer) -> Iterator[Problem]:
    choices = answer.choices
    for n, choice in enumerate(choices):
        yield from _option((*path, str(n)), asked, choice)
        if choice in asked.options and choice in choices[:n]:
            yield Problem("DUPLICATE_CHOICE", (*path, str(n)), {"question": asked.code, "option": choice})
    # An answer that chooses nothing is no answer: whoever does not want to answer leaves it out.
    fewest = max(asked.min_choices or 1, 1)
    most = asked.max_choices or len(asked.options)
    if len(choices) < fewest:
        yield Problem("TOO_FEW_CHOICES", path, {"question": asked.code, "fewest": fewest})
    if len(choices) > most:
        yield Problem("TOO_MANY_CHOICES", path, {"question": asked.code, "most": most})


def _option(path: Path, asked: Asked, choice: str) -> Iterator[Problem]:
    if choice not in asked.options:
        yield Problem("UNKNOWN_OPTION", path, {"question": asked.code, "option": choice[:64]})


def _matrix(path: Path, asked: Asked, answer: GivenAnswer) -> Iterator[Problem]:
    seen: set[str] = set()
    for n, given in enumerate(answer.rows or ()):
        at = (*path, str(n))
        if given.row not in asked.rows:
            yield Problem("UNKNOWN_ROW", (*at, "row"), {"question": asked.code, "row": given.row[:64]})
        elif given.row in seen:
            yield Problem("DUPLICATE_ROW", (*at, "row"), {"question": asked.code, "row": given.row})
        seen.add(given.row)
        yield from _option((*at, "option"), asked, given.option)
    if not seen:
        yield Problem("TOO_FEW_CHOICES", path, {"question": asked.code, "fewest": 1})
    elif asked.required:
        for row in asked.rows:
            if row not in seen:
                yield Problem("ROW_MISSING", path, {"question": asked.code, "row": row})


def _number(path: Path, asked: Asked, answer: GivenAnswer) -> Iterator[Problem]:
    number = Decimal(0) if answer.number is None else answer.number
    least = -LARGEST_NUMBER if asked.minimum is None else asked.minimum
    most = LARGEST_NUMBER if asked.maximum is None else asked.maximum
    if number.is_nan() or not least <= number <= most:
        facts = {"question": asked.code, "least": plain(least), "most": plain(most)}
        yield Problem("NUMBER_OUT_OF_RANGE", path, facts)
        return
    decimals = 0 if asked.kind is QuestionKind.SCALE else asked.decimals or 0
    if number != round(number, decimals):
        yield Problem("TOO_MANY_DECIMALS", path, {"question": asked.code, "decimals": decimals})


def _date(path: Path, asked: Asked, answer: GivenAnswer) -> Iterator[Problem]:
    day = answer.date
    if day is None:
        return
    if asked.earliest is not None and day < asked.earliest:
        yield Problem("TOO_EARLY", path, {"question": asked.code, "earliest": asked.earliest})
    if asked.latest is not None and day > asked.latest:
        yield Problem("TOO_LATE", path, {"question": asked.code, "latest": asked.latest})


def _place(path: Path, asked: Asked, answer: GivenAnswer, places: Places) -> Iterator[Problem]:
    found = places.get(answer.territory_id) if answer.territory_id else None
    if found is None:
        yield Problem("UNKNOWN_TERRITORY", path)
    elif found is not asked.place_kind:
        facts = {"question": asked.code, "territory_kind": asked.place_kind.value if asked.place_kind else ""}
        yield Problem("WRONG_PLACE_KIND", path, facts)


def _file(path: Path, asked: Asked, file: HandedIn | str) -> Iterator[Problem]:
    if isinstance(file, str):
        yield Problem(file, path)
        return
    if file.ending not in taken_by(asked):
        yield Problem("FILE_TYPE_NOT_TAKEN", path, {"taken": ", ".join(sorted(taken_by(asked)))})
    if file.size > largest_of(asked):
        yield Problem("FILE_TOO_LARGE", path, {"largest": largest_of(asked)})


def taken_by(asked: Asked) -> Collection[str]:
    """Return the ends of names that a question takes."""
    return TAKEN[Purpose.ANSWER] if asked.file_types is None else asked.file_types


def largest_of(asked: Asked) -> int:
    """Return the most bytes that a question takes."""
    return asked.max_size or LARGEST[Purpose.ANSWER]


def _consent(path: Path, asked: Asked, answer: GivenAnswer) -> Iterator[Problem]:
    if asked.required and not answer.agreed:
        yield Problem("NOT_AGREED", path, {"question": asked.code})


CHECKS: Mapping[QuestionKind, Callable[[Path, Asked, GivenAnswer], Iterator[Problem]]] = {
    QuestionKind.SHORT_TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.SINGLE_CHOICE: _single_choice,
    QuestionKind.MULTIPLE_CHOICE: _several_choices,
    QuestionKind.RANKING: _several_choices,
    QuestionKind.SCALE: _number,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _date,
    QuestionKind.CONSENT: _consent,
}
"""What is checked of an answer to a question of each kind; a place and a file are looked up besides."""
