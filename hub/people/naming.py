"""Names: how they are put in order, and which one is in force on a day."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID

from hub.people.models import DatedName
from hub.text import LocalizedText

NOT_SORTED = re.compile(r"[^\w~]+|_+")

ENYE = "n~"
"""The tilde comes after every letter of ASCII, so that Ñ stands between N and O."""


def folded(name: str) -> str:
    """Return the key that sorts a name under the collation `C`: Álamos before Bácum, Ñuñoa after Nuevo."""
    letters = []
    for letter in unicodedata.normalize("NFC", name.replace("~", " ")).casefold():
        if letter == "ñ":
            letters.append(ENYE)
        else:
            parts = unicodedata.normalize("NFKD", letter)
            letters.extend(part for part in parts if not unicodedata.combining(part))
    return NOT_SORTED.sub(" ", "".join(letters)).strip()


def folded_text(name: LocalizedText) -> str:
    """Return the key that sorts a name in several languages: that of its Spanish form where there is one."""
    return folded(name.in_language())


def first_name(entry_id: UUID, name: LocalizedText, *, acronym: str | None, since: dt.date) -> DatedName:
    """Make the name that a body or an organisation has from a day on."""
    return DatedName(entry_id=entry_id, name=name, acronym=acronym, valid_from=since, valid_until=None)


def name_on(names: Iterable[DatedName], day: dt.date) -> DatedName | None:
    """Return the name in force on a day: from its first day on, and not on the day when it ended."""
    for name in names:
        if name.valid_from <= day and (name.valid_until is None or day < name.valid_until):
            return name
    return None
