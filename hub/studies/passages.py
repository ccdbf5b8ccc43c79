"""What is wrong with the texts that people write about studies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hub.errors import Invalid, Problem
from hub.text import LocalizedText, problems_with_text

HEADING = 500
PROSE = 20_000
SHORT = 500
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
SHOWN = 64

Path = tuple[str, ...]
"""Where something stands in the input, by the names of its fields and the numbers of its items."""


@dataclass(frozen=True)
class Passage:
    """One text, where it stands, and how long it may be."""

    path: Path
    text: LocalizedText
    limit: int = PROSE


def require_sound(found: Iterable[Problem], faults: Sequence[Problem] = ()) -> None:
    """Go on if nothing is wrong; of a place that could not even be read nothing else is said."""
    problems = [*faults, *[one for one in found if not _unread(one.path, faults)]]
    if problems:
        raise Invalid(problems)


def _unread(path: Path, faults: Sequence[Problem]) -> bool:
    return any(path[: len(fault.path)] == fault.path for fault in faults)


def text_problems(*passages: Passage | None) -> Iterator[Problem]:
    """Walk through what is wrong with texts in several languages."""
    for passage in passages:
        if passage is not None:
            yield from problems_with_text(passage.text, passage.path, longest=passage.limit)


def passage(name: str, text: LocalizedText | None, limit: int = PROSE) -> Passage | None:
    """Return a text that may be left out, at the field of this name."""
    return None if text is None else Passage((name,), text, limit)


def code_problems(path: Path, code: str, taken: set[str]) -> Iterator[Problem]:
    """Walk through what is wrong with a code that has to be stable and one of its kind; take it."""
    if not CODE.fullmatch(code):
        yield Problem("BAD_CODE", path, {"code": code[:SHOWN]})
    elif code in taken:
        yield Problem("DUPLICATE_SECTION_CODE", path, {"code": code})
    taken.add(code)


def amount_problems(path: Path, count: int, most: int) -> Iterator[Problem]:
    """Walk through what is wrong with how many of something there are."""
    if count > most:
        yield Problem("OUT_OF_RANGE", path, {"least": 0, "most": most})


def number_problems(name: str, number: int | None, least: int, most: int) -> Iterator[Problem]:
    """Walk through what is wrong with a number that has its bounds."""
    if number is not None and not least <= number <= most:
        yield Problem("OUT_OF_RANGE", (name,), {"least": least, "most": most})
