"""Arranging: where the questions and the sections of a questionnaire stand, added, moved, copied, removed and put back.

To move up from the first place of a section is to become the last of the section before, and the other way round, so
that every place can be reached by one button, and every step be undone by the other.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from frontend_stub.building.codes import fresh_code
from frontend_stub.building.rules import Unreadable, read_rule, references, rule_text, with_question_renamed

Input = dict[str, Any]
"""A questionnaire, a section or a question, as the hub takes it."""


class Gone(LookupError):
    """What a form is about is not in the questionnaire, or not any more."""


class Place(NamedTuple):
    """Where a question stands: in which section, and at which place in it, both from 0."""

    section: int
    number: int


def placed(questionnaire: Input) -> Iterator[tuple[Place, Input]]:
    """Walk through the questions in their order, each with its place."""
    for section, part in enumerate(questionnaire["sections"]):
        for number, question in enumerate(part["questions"]):
            yield Place(section, number), question


def codes_of(questionnaire: Input) -> list[str]:
    """Return the codes of the questions in their order."""
    return [question["code"] for _, question in placed(questionnaire)]


def place_of(questionnaire: Input, code: str) -> Place:
    """Return where a question stands."""
    for place, question in placed(questionnaire):
        if question["code"] == code:
            return place
    raise Gone(code)


def question_of(questionnaire: Input, code: str) -> Input:
    """Return the question of this code."""
    section, number = place_of(questionnaire, code)
    question: Input = questionnaire["sections"][section]["questions"][number]
    return question


# ---- questions -----------------------------------------------------------------------------------------------------


def with_question(questionnaire: Input, question: Input, place: Place) -> Input:
    """Return the questionnaire with one more question, at this place or, where there is no such place, at the end."""
    changed = copy.deepcopy(questionnaire)
    if not changed["sections"] or question["code"] in codes_of(questionnaire):
        raise Gone(question["code"])
    section = min(max(place.section, 0), len(changed["sections"]) - 1)
    questions = changed["sections"][section]["questions"]
    questions.insert(place.number if section == place.section else len(questions), copy.deepcopy(question))
    return changed


def with_question_put(questionnaire: Input, code: str, question: Input) -> Input:
    """Return the questionnaire with another wording of a question in its place; rules follow it to another code."""
    section, number = place_of(questionnaire, code)
    changed = copy.deepcopy(questionnaire)
    changed["sections"][section]["questions"][number] = copy.deepcopy(question)
    return changed if question["code"] == code else _rules_renamed(changed, code, question["code"])


def without_question(questionnaire: Input, code: str) -> Input:
    """Return the questionnaire without a question; rules that name it stay as they are, and are wrong until mended."""
    section, number = place_of(questionnaire, code)
    changed = copy.deepcopy(questionnaire)
    del changed["sections"][section]["questions"][number]
    return changed


def with_question_moved(questionnaire: Input, code: str, *, by: int) -> Input:
    """Return the questionnaire with a question one place up (-1) or down (1); the first and last one stay."""
    section, number = place_of(questionnaire, code)
    part = questionnaire["sections"][section]["questions"]
    if 0 <= number + by < len(part):
        place = Place(section, number + by)
    elif 0 <= section + by < len(questionnaire["sections"]):
        there = questionnaire["sections"][section + by]["questions"]
        place = Place(section + by, len(there) if by < 0 else 0)
    else:
        return questionnaire
    return with_question(without_question(questionnaire, code), question_of(questionnaire, code), place)


def with_question_in(questionnaire: Input, code: str, section: int) -> Input:
    """Return the questionnaire with a question at the end of another section."""
    if not 0 <= section < len(questionnaire["sections"]):
        raise Gone(code)
    rest = without_question(questionnaire, code)
    return with_question(
        rest, question_of(questionnaire, code), Place(section, len(rest["sections"][section]["questions"]))
    )


def with_question_copied(questionnaire: Input, code: str) -> tuple[Input, str]:
    """Return the questionnaire with the same question once more, right below; and the code of that one."""
    section, number = place_of(questionnaire, code)
    another = fresh_code(code, codes_of(questionnaire), nameless=code)
    # A copy is another question, and goes on none that was asked before.
    question = {**question_of(questionnaire, code), "code": another, "continues": None}
    return with_question(questionnaire, question, Place(section, number + 1)), another


def _rules_renamed(questionnaire: Input, old: str, new: str) -> Input:
    for _, question in placed(questionnaire):
        if question["displayRule"] is not None:
            question["displayRule"] = _renamed(question["displayRule"], old, new)
    return questionnaire


def _renamed(text: str, old: str, new: str) -> str:
    """Return a rule that names a question by its new code; one that cannot be read names nothing."""
    try:
        rule = read_rule(text)
    except Unreadable:
        return text
    return rule_text(with_question_renamed(rule, old, new)) if old in references(rule) else text


# ---- sections ------------------------------------------------------------------------------------------------------


def section_of(questionnaire: Input, at: int) -> Input:
    """Return the section at a place."""
    if not 0 <= at < len(questionnaire["sections"]):
        raise Gone(str(at))
    section: Input = questionnaire["sections"][at]
    return section


def with_section(questionnaire: Input, section: Input, at: int) -> Input:
    """Return the questionnaire with one more section."""
    taken = set(codes_of(questionnaire))
    if any(question["code"] in taken for question in section["questions"]):
        raise Gone(str(at))
    changed = copy.deepcopy(questionnaire)
    changed["sections"].insert(at, copy.deepcopy(section))
    return changed


def with_section_put(questionnaire: Input, at: int, section: Input) -> Input:
    """Return the questionnaire with another heading and introduction of a section."""
    words = {name: section[name] for name in ("title", "introduction")}
    changed = copy.deepcopy(questionnaire)
    changed["sections"][at] = {**section_of(changed, at), **copy.deepcopy(words)}
    return changed


def without_section(questionnaire: Input, at: int) -> Input:
    """Return the questionnaire without a section and its questions."""
    section_of(questionnaire, at)
    changed = copy.deepcopy(questionnaire)
    del changed["sections"][at]
    return changed


def with_section_moved(questionnaire: Input, at: int, *, by: int) -> Input:
    """Return the questionnaire with a section and its questions one place up (-1) or down (1)."""
    section = section_of(questionnaire, at)
    if not 0 <= at + by < len(questionnaire["sections"]):
        return questionnaire
    return with_section(without_section(questionnaire, at), section, at + by)
