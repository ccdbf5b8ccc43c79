"""Validating answers against the revision that the respondent saw: everything that is wrong, at once.

Each problem has the path of the answer in the input and names the question by its code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hub.consultations.checking import LONGEST_ANSWER
from hub.consultations.drafts import Path
from hub.consultations.models import QuestionKind
from hub.consultations.questionnaires import Asked, Questionnaire
from hub.errors import Problem
from hub.text import FORBIDDEN


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """What somebody says to one question: an option, several options or a text, as the question wants it."""

    question: str
    option: str | None = None
    options: tuple[str, ...] | None = None
    text: str | None = None

    @property
    def fields(self) -> set[str]:
        """The names of the fields that were filled in."""
        return {name for name in ("option", "options", "text") if getattr(self, name) is not None}

    @property
    def choices(self) -> tuple[str, ...]:
        """The codes of the options that were chosen."""
        return (self.option,) if self.option is not None else self.options or ()


FIELD = {
    QuestionKind.SINGLE_CHOICE: "option",
    QuestionKind.MULTIPLE_CHOICE: "options",
    QuestionKind.TEXT: "text",
}
"""The field of an answer that each kind of question wants."""


def problems_of(questionnaire: Questionnaire, answers: Sequence[GivenAnswer]) -> list[Problem]:
    """Return everything that is wrong with these answers; an empty list is a pass."""
    return list(_problems(questionnaire, answers))


def _problems(questionnaire: Questionnaire, answers: Sequence[GivenAnswer]) -> Iterator[Problem]:
    answered: set[str] = set()
    for n, answer in enumerate(answers):
        path = ("answers", str(n))
        asked = questionnaire.get(answer.question)
        if asked is None:
            yield Problem("UNKNOWN_QUESTION", (*path, "question"), {"question": answer.question[:64]})
        elif asked.code in answered:
            yield Problem("DUPLICATE_ANSWER", (*path, "question"), {"question": asked.code})
        else:
            answered.add(asked.code)
            yield from _answer(path, asked, answer)
    if not answers:
        yield Problem("NO_ANSWERS", ("answers",))
        return
    for asked in questionnaire.values():
        if asked.required and asked.code not in answered:
            yield Problem("QUESTION_REQUIRED", ("answers",), {"question": asked.code})


def _answer(path: Path, asked: Asked, answer: GivenAnswer) -> Iterator[Problem]:
    wanted = FIELD[asked.kind]
    if answer.fields != {wanted}:
        yield Problem("WRONG_ANSWER_KIND", path, {"question": asked.code, "field": wanted})
    elif answer.text is not None:
        yield from _text((*path, "text"), asked, answer.text)
    else:
        yield from _choices((*path, wanted), asked, answer.choices)


def _text(path: Path, asked: Asked, text: str) -> Iterator[Problem]:
    limit = asked.max_length or LONGEST_ANSWER
    if not text.strip():
        yield Problem("TEXT_EMPTY", path, {"question": asked.code})
    if len(text) > limit:
        yield Problem("TEXT_TOO_LONG", path, {"question": asked.code, "limit": limit, "length": len(text)})
    if FORBIDDEN.search(text):
        yield Problem("FORBIDDEN_CHARACTER", path, {"question": asked.code})


def _choices(path: Path, asked: Asked, choices: Sequence[str]) -> Iterator[Problem]:
    several = asked.kind is QuestionKind.MULTIPLE_CHOICE
    for n, choice in enumerate(choices):
        at = (*path, str(n)) if several else path
        if choice not in asked.options:
            yield Problem("UNKNOWN_OPTION", at, {"question": asked.code, "option": choice[:64]})
        elif choice in choices[:n]:
            yield Problem("DUPLICATE_CHOICE", at, {"question": asked.code, "option": choice})
    # An answer that chooses nothing is no answer: whoever does not want to answer leaves it out.
    fewest = max(asked.min_choices or 1, 1)
    most = asked.max_choices or len(asked.options)
    if several and len(choices) < fewest:
        yield Problem("TOO_FEW_CHOICES", path, {"question": asked.code, "fewest": fewest})
    if several and len(choices) > most:
        yield Problem("TOO_MANY_CHOICES", path, {"question": asked.code, "most": most})
