"""The languages of the pages: which one a reader gets, and the words in it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from starlette.requests import Request

CATALOGUE = Path(__file__).parent / "words.toml"
LANGUAGES = ("es", "en")
"""What the pages speak; the first where nothing else was asked for."""

COOKIE = "lang"
A_YEAR = 365 * 24 * 60 * 60


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every sentence by its key, in both languages."""
    return dict(_entries(tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))))


def _entries(table: dict[str, Any], *above: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for name, value in table.items():
        if all(isinstance(words, str) for words in value.values()):
            found.append((".".join((*above, name)), value))
        else:
            found += _entries(value, *above, name)
    return found


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> Markup:
        """Return a sentence with its values put in; they are escaped, and so is the sentence."""
        return Markup(escape(catalogue()[key][self.language])).format(**values)  # noqa: S704 - escaped on the spot

    def counted(self, key: str, count: int) -> Markup:
        """Return a sentence about a number of things."""
        return self(f"{key}.one" if count == 1 else f"{key}.many", count=f"{count:,}")

    def named(self, group: str, code: str) -> str:
        """Return what a code is called; the code itself where the catalogue does not know it."""
        return catalogue().get(f"{group}.{code}", {}).get(self.language, code)

    def knows(self, language: str) -> bool:
        """Whether a text in this language is in the language of the page."""
        return language.partition("-")[0].lower() == self.language


def chosen(request: Request) -> str:
    """Return the language for a request: of its address, of an earlier choice, or the one that its reader prefers."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return asked
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> str:
    """Return our language that Accept-Language weighs most."""
    weighed: dict[str, float] = {}
    for part in header.split(","):
        tag, _, quality = part.strip().partition(";")
        primary = tag.strip().partition("-")[0].lower()
        if primary in LANGUAGES:
            weighed[primary] = max(weighed.get(primary, 0.0), _quality(quality))
    best = max(LANGUAGES, key=lambda language: weighed.get(language, 0.0))
    return best if weighed.get(best) else LANGUAGES[0]


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
