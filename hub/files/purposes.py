"""For what a file may be handed in, how large it may be for that, and of which types."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from pathlib import PurePosixPath

MEBIBYTE = 1024 * 1024


class Purpose(enum.StrEnum):
    """What a file is handed in for."""

    DOCUMENT = "document"
    DATASET = "dataset"
    ANSWER = "answer"


LARGEST: Mapping[Purpose, int] = {
    Purpose.DOCUMENT: 50 * MEBIBYTE,
    Purpose.DATASET: 200 * MEBIBYTE,
    Purpose.ANSWER: 10 * MEBIBYTE,
}
"""The most bytes that a file may have."""

MOST_A_DAY = 1024 * MEBIBYTE
"""The most bytes that one person, or one network where nobody is signed in, is given tickets for on a day."""

LONGEST_NAME = 200
"""Characters; every file system takes as many bytes for the usual letters."""

OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
OFFICE = "application/vnd.openxmlformats-officedocument"

TYPES: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".odt": f"{OPEN_DOCUMENT}.text",
    ".ods": f"{OPEN_DOCUMENT}.spreadsheet",
    ".odp": f"{OPEN_DOCUMENT}.presentation",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".json": "application/json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
"""The media type that the end of a name promises. What is in none of these is not taken: a list, and a short one."""

TAKEN: Mapping[Purpose, frozenset[str]] = {
    Purpose.DOCUMENT: frozenset(TYPES),
    Purpose.DATASET: frozenset({".csv", ".json", ".ods", ".xlsx"}),
    Purpose.ANSWER: frozenset(TYPES) - {".md", ".json"},
}
"""The ends of names that are taken."""


def ending(name: str) -> str:
    """Return the end of a name, by which a type is promised."""
    return PurePosixPath(name).suffix.lower()
