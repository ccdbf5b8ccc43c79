"""What people write for the public: one text in several languages, each with its origin, one of them the source.

In the database a `LocalizedText` is a JSON object, so that a statement can pick the language by itself::

    {"source": "es", "translations": {"es": {"text": "Agua", "origin": "human", "easy": "…"}, "en": {…}}}

The version in the source language is the authentic one: where two differ, it holds. A missing language is missing,
never an empty string; so is a version that is easy to read.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

from hub.errors import Problem

DEFAULT_LANGUAGE = "es"
"""The language that a missing one falls back to, before the source language."""

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
"""BCP 47, as far as the hub's languages need it: language, script, region."""

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters other than tab and line ends, and lone surrogates: refused at every door."""


class TextOrigin(enum.StrEnum):
    """Who made a translation."""

    HUMAN = "human"
    MACHINE = "machine"
    MACHINE_REVIEWED = "machine_reviewed"


@dataclass(frozen=True)
class Translation:
    """A text in one language."""

    text: str
    origin: TextOrigin = TextOrigin.HUMAN
    easy_read: str | None = None
    """The same in plain short sentences, for whoever reads with difficulty."""

    def to_json(self) -> dict[str, str]:
        """Return the form that is stored and hashed."""
        easy = {} if self.easy_read is None else {"easy": self.easy_read}
        return {"text": self.text, "origin": self.origin.value, **easy}


@dataclass(frozen=True)
class LocalizedText:
    """One text in several languages. `source` is the language that it was written in."""

    source: str
    translations: Mapping[str, Translation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a text that does not exist in its own source language."""
        if self.source not in self.translations:
            raise ValueError(f"A text written in {self.source!r} lacks its own words.")
        for language, translation in self.translations.items():
            if not LANGUAGE_TAG.fullmatch(language):
                raise ValueError(f"{language!r} is not a language tag such as 'es', 'en' or 'nah'.")
            if not translation.text.strip():
                raise ValueError(f"The text in {language!r} is empty; leave the language out instead.")

    def in_language(self, *languages: str) -> str:
        """Return the text in the first of these languages that exists, else in Spanish, else in the source's."""
        for language in (*languages, DEFAULT_LANGUAGE, self.source):
            if language in self.translations:
                return self.translations[language].text
        raise AssertionError("The source language is always there.")

    def to_json(self) -> dict[str, Any]:
        """Return the form that is stored and hashed."""
        words = sorted(self.translations.items())
        return {"source": self.source, "translations": {tag: t.to_json() for tag, t in words}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> LocalizedText:
        """Read the stored form."""
        words = {
            tag: Translation(version["text"], TextOrigin(version["origin"]), version.get("easy"))
            for tag, version in stored["translations"].items()
        }
        return cls(stored["source"], words)


def written(source: str = DEFAULT_LANGUAGE, /, **words: str) -> LocalizedText:
    """Make a text written by people: `written(es="Agua", en="Water")`. The first argument is the source language."""
    return LocalizedText(source, {tag.replace("_", "-"): Translation(text) for tag, text in words.items()})


class LocalizedTextType(TypeDecorator[LocalizedText]):
    """The column of a `LocalizedText`."""

    impl = JSONB(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: LocalizedText | None, dialect: Dialect) -> Any:
        """Write the stored form."""
        return None if value is None else value.to_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> LocalizedText | None:
        """Read the stored form."""
        return None if value is None else LocalizedText.from_json(value)


def problems_with_words(words: str, field: str, *, longest: int) -> list[Problem]:
    """Say what is wrong with words that somebody has to write, such as a reason or a name; nothing if they are good."""
    if not words.strip():
        return [Problem("WORDS_MISSING", (field,))]
    if len(words) > longest:
        return [Problem("WORDING_TOO_LONG", (field,), {"limit": longest, "length": len(words)})]
    return [Problem("FORBIDDEN_CHARACTER", (field,))] if FORBIDDEN.search(words) else []


def problems_with_text(
    text: LocalizedText, path: tuple[str, ...], *, longest: int, languages: Iterable[str] = ()
) -> list[Problem]:
    """Say what is wrong with a text that has to exist in these languages; nothing if it is good."""
    found: list[Problem] = []
    for language, translation in text.translations.items():
        versions = [version for version in (translation.text, translation.easy_read) if version is not None]
        if any(FORBIDDEN.search(version) for version in versions):
            found.append(Problem("FORBIDDEN_CHARACTER", path, {"language": language}))
        length = max(map(len, versions))
        if length > longest:
            found.append(Problem("WORDING_TOO_LONG", path, {"limit": longest, "length": length}))
    missing = (tag for tag in languages if tag not in text.translations)
    return [*found, *(Problem("MISSING_LANGUAGE", path, {"language": tag}) for tag in missing)]
