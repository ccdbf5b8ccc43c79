"""The kinds of question: what each has besides its words, so that its form asks for that and for nothing else."""

from __future__ import annotations

from collections.abc import Mapping

KINDS = (
    "SINGLE_CHOICE",
    "MULTIPLE_CHOICE",
    "SHORT_TEXT",
    "LONG_TEXT",
    "SCALE",
    "NUMBER",
    "DATE",
    "PLACE",
    "RANKING",
    "MATRIX",
    "FILE",
    "CONSENT",
    "NOTICE",
)
"""In the order in which they are offered: what is asked most comes first."""

TRAITS: Mapping[str, tuple[str, ...]] = {
    "SHORT_TEXT": ("maxLength",),
    "LONG_TEXT": ("maxLength",),
    "SINGLE_CHOICE": ("options",),
    "MULTIPLE_CHOICE": ("options", "minChoices", "maxChoices"),
    "RANKING": ("options", "minChoices", "maxChoices"),
    "SCALE": ("minimum", "maximum", "lowLabel", "highLabel"),
    "MATRIX": ("rows", "options"),
    "NUMBER": ("minimum", "maximum", "decimals", "unit"),
    "DATE": ("earliest", "latest"),
    "PLACE": ("placeKind",),
    "FILE": ("fileTypes", "maxSize"),
    "NOTICE": (),
    "CONSENT": (),
}
"""What a question of each kind may have; the hub refuses anything else on it."""

TEXTS = ("unit", "lowLabel", "highLabel")
WHOLE = ("maxLength", "minChoices", "maxChoices", "decimals")
NUMBERS = ("minimum", "maximum")
DAYS = ("earliest", "latest")
LISTS = ("options", "rows")

ALIKE = (("SINGLE_CHOICE", "MULTIPLE_CHOICE", "RANKING"), ("SHORT_TEXT", "LONG_TEXT"))
"""Kinds that a question may be changed between without losing what was written."""

OWN_WORDS = ("SINGLE_CHOICE", "MULTIPLE_CHOICE")
"""The kinds that may have an option for one's own words."""

SENSITIVITIES = ("PUBLIC", "CONFIDENTIAL", "PERSONAL")
FILE_TYPES = (
    ".pdf",
    ".docx",
    ".odt",
    ".txt",
    ".xlsx",
    ".ods",
    ".csv",
    ".pptx",
    ".odp",
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
)
"""The ends of the names of files that a question may take; where none was chosen, it takes all."""

MEGABYTE, LARGEST_FILE = 1_000_000, 10 * 1024 * 1024
"""What the largest size is written in, and the most bytes that it may be."""

PLACE_KINDS = ("STATE", "MUNICIPALITY", "COUNTRY")


def kinds_like(kind: str) -> tuple[str, ...]:
    """Return the kinds that a question of this one may be changed to, itself among them."""
    return next((kinds for kinds in ALIKE if kind in kinds), (kind,))


def blank(kind: str) -> dict[str, object]:
    """Return a question of a kind of which nothing is written yet, as the hub takes it."""
    scale = {"minimum": 1.0, "maximum": 5.0} if kind == "SCALE" else {}
    return {
        "code": "",
        "kind": kind,
        "title": None,
        "hint": None,
        "required": False,
        "sensitivity": "PUBLIC",
        "displayRule": None,
        **dict.fromkeys((*WHOLE, *NUMBERS, *DAYS, *TEXTS, "placeKind", "fileTypes", "maxSize")),
        **scale,
        "options": [],
        "rows": [],
    }
