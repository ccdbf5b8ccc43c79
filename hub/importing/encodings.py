"""Texts that were once read in another encoding than they were written in."""

from __future__ import annotations

import re

MISREAD = re.compile(r"[ÂÃ][^\x00-\x7f]")
"""Two letters that were one, in UTF-8 that was read as Windows-1252."""


def as_written(text: str) -> str:
    """Return a text with the letters that it had before its UTF-8 was read as Windows-1252, where it was."""
    return MISREAD.sub(_read_again, text)


def _read_again(letters: re.Match[str]) -> str:
    try:
        return letters[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return letters[0]
