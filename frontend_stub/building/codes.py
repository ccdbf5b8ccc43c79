"""Codes: the names that answers and rules know questions, options and rows by, made from what people read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""What a code looks like."""

LONGEST = 40
"""How long a code is that was made from a title; what comes after it tells several apart."""


def fresh_code(title: str, taken: Collection[str], *, nameless: str) -> str:
    """Return a code that says what a title does and that nothing else has; `nameless` where it has no Latin letter."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = _joined(re.findall(r"[a-z0-9]+", plain)) or nameless
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def _joined(words: list[str]) -> str:
    """Return as many of the words as a code has room for; of the first one at least its beginning."""
    code = ""
    for word in words:
        longer = f"{code}_{word}" if code else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        code = longer
    return code
