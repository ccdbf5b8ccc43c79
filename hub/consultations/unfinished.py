"""What a draft may still lack: the problems that mean that it is not finished, and not that it cannot be kept.

A questionnaire is written step by step, and its questions are moved, renamed and taken away one at a time, so what is
right in the end is not right at every step. Everything else that a check can find is a mistake in what was written, or
nothing that a table could hold, and no draft keeps it. Publishing asks for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hub.errors import Problem

A_RULE = "A rule names other questions, which are moved, renamed and taken away one at a time."

UNFINISHED: Mapping[str, str] = {
    "MISSING_LANGUAGE": "A language is added text by text.",
    "NO_PRIVACY_NOTICE": "The notice is written once it is known what is asked.",
    "OPENS_IN_THE_PAST": "The clock alone brings this about, while somebody is still writing.",
    "NO_SECTIONS": "The questionnaire comes after the reason for it.",
    "NO_QUESTIONS": "A section is there before what stands in it.",
    "NO_OPTIONS": "Options are added one at a time.",
    "NO_ROWS": "Rows are added one at a time.",
    "NO_PLACE_KIND": "The level is chosen once there is the question.",
    "BAD_CHOICE_LIMITS": "There are too few options for the limits until the last one is added.",
    "BAD_SCALE": "A scale has its second end after the first, and both before they are far enough apart.",
    "RULE_SYNTAX": "A rule that is half written is a text like any other.",
    "RULE_TOO_LONG": "It is within what a rule may have in characters, and is made simpler by and by.",
    "RULE_UNKNOWN_QUESTION": A_RULE,
    "RULE_UNKNOWN_OPTION": A_RULE,
    "RULE_WRONG_TYPE": A_RULE,
    "RULE_LATER_QUESTION": A_RULE,
    "RULE_CIRCULAR": A_RULE,
    "RULE_UNREACHABLE": A_RULE,
}
"""The codes of what may still be missing, each with why."""


def mistakes(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with which not even an unfinished draft is kept."""
    return [problem for problem in problems if problem.code not in UNFINISHED]
