"""Comparing two wordings, so that a page can show what was added and what was taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

PIECES = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 5_000
"""Beyond so many words in a paragraph it is compared as a whole: finding the words takes the square of the time."""


class Piece(NamedTuple):
    """A part of a text that both wordings have, or that only the one has."""

    kind: Literal["same", "added", "removed"]
    text: str


def compared(before: str, after: str) -> list[Piece]:
    """Return the parts of two wordings in reading order: first by paragraphs, then within those that changed."""
    old, new = before.split("\n"), after.split("\n")
    found: list[Piece] = []
    for change, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        one, other = "\n".join(old[i:j]), "\n".join(new[k:m])
        if change == "equal":
            found.append(Piece("same", one))
        else:
            found += _within(one, other)
        if m < len(new) or j < len(old):
            found.append(Piece("same", "\n"))
    return list(_joined(found))


def _within(before: str, after: str) -> Iterator[Piece]:
    old, new = PIECES.findall(before), PIECES.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        old, new = [before], [after]
    for change, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            yield Piece("same", "".join(old[i:j]))
        else:
            yield Piece("removed", "".join(old[i:j]))
            yield Piece("added", "".join(new[k:m]))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Put neighbours of one kind together, and leave out what is empty."""
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
