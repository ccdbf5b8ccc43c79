"""What inputs of every concept take: texts in several languages, declared times, ids that may be wrong.

What cannot be read (a text without its own language, say) becomes a fault, so that it is told together with everything
else that is wrong.
"""

from __future__ import annotations

from uuid import UUID

import strawberry

from graphql_schema.ids import decode
from graphql_schema.scalars import LocalDateTime
from hub.errors import BadRequest, Problem
from hub.text import LANGUAGE_TAG, LocalizedText, TextOrigin, Translation, written
from hub.timetables.zones import Declared

UNREADABLE = written(es="—")
"""Stands for a text that could not be read; a draft with a fault is never written."""

Faults = list[Problem]
Path = tuple[str, ...]


@strawberry.input(description="A text in one language.")
class TranslationInput:
    """A text in one language."""

    language: str = strawberry.field(description="The language tag (BCP 47), such as `es` or `nah`.")
    text: str = strawberry.field(description="The words.")
    origin: TextOrigin = strawberry.field(default=TextOrigin.HUMAN, description="Who made this version.")
    easy_read: str | None = strawberry.field(
        default=None, description="The same in plain short sentences, for whoever reads with difficulty."
    )


@strawberry.input(description="One text in one or several languages.")
class LocalizedTextInput:
    """One text in one or several languages."""

    source: str = strawberry.field(description="The language that it was written in; it must be among them.")
    translations: list[TranslationInput] = strawberry.field(description="The text in every language it has.")

    def read(self, path: Path, faults: Faults) -> LocalizedText:
        """Return the text, or note everything that is wrong with it."""
        wrong: Faults = []
        words: dict[str, Translation] = {}
        for n, given in enumerate(self.translations):
            at = (*path, "translations", str(n))
            if not LANGUAGE_TAG.fullmatch(given.language):
                wrong.append(Problem("BAD_LANGUAGE", (*at, "language"), {"language": given.language[:64]}))
            elif given.language in words:
                wrong.append(Problem("DUPLICATE_LANGUAGE", (*at, "language"), {"language": given.language}))
            elif not given.text.strip():
                wrong.append(Problem("WORDING_EMPTY", (*at, "text"), {"language": given.language}))
            elif given.easy_read is not None and not given.easy_read.strip():
                wrong.append(Problem("WORDING_EMPTY", (*at, "easyRead"), {"language": given.language}))
            words[given.language] = Translation(given.text, given.origin, given.easy_read)
        if self.source not in words:
            wrong.append(Problem("WORDING_MISSING", (*path, "source"), {"language": self.source[:64]}))
        faults.extend(wrong)
        return UNREADABLE if wrong else LocalizedText(self.source, words)


def read(given: LocalizedTextInput | None, path: Path, faults: Faults) -> LocalizedText | None:
    """Return a text that may be left out."""
    return None if given is None else given.read(path, faults)


@strawberry.input(description="A moment as it is declared: what the clock on the wall shows in a zone.")
class DeclaredTimeInput:
    """A moment as it is declared."""

    declared_local: LocalDateTime = strawberry.field(description="The date and the time of day.")
    zone: str = strawberry.field(description="The IANA time zone, such as `America/Mexico_City`.")

    def read(self) -> Declared:
        """Return the declared moment."""
        return Declared(self.declared_local, self.zone)


NOWHERE = UUID(int=0)
"""Stands for an id that could not be read."""


def identified(given: str, type_: str, path: Path, faults: Faults) -> UUID:
    """Return the identifier of an id of this type, or note that it is none."""
    try:
        return decode(given, type_)
    except BadRequest as refusal:
        faults.append(Problem(refusal.code, path, refusal.facts))
        return NOWHERE
