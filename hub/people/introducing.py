"""Introducing oneself: the name that a person chose to be shown by, now and wherever they were named before.

Nobody may be taken for a body, an organisation or an officer by what they call themselves. Whether a name is one of
those is found out without case, accents and signs; what only looks like one is for people to report.
"""

from __future__ import annotations

import unicodedata

from sqlalchemy import Text, cast, func, or_, select

from hub.changes.change import Change
from hub.errors import Invalid, Problem, require
from hub.people.events import PersonRenamed
from hub.people.models import DatedName, Person
from hub.people.naming import ENYE, folded
from hub.people.rules import may_introduce_oneself
from hub.wording import LABELS

LONGEST_NAME = 80

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""What is not seen, or turns around what stands beside it: control and format characters, and ends of lines."""


async def change_display_name(change: Change, name: str) -> None:
    """Give oneself another name. What was said under the old one is shown under the new one from now on."""
    require(may_introduce_oneself(change.viewer))
    chosen = " ".join(unicodedata.normalize("NFC", name).split(" ")).strip()
    problems = problems_of(chosen)
    if not problems and await _is_taken(change, folded(chosen)):
        problems = [Problem("NAME_OF_ANOTHER", ("displayName",))]
    if problems:
        raise Invalid(problems)
    assert change.viewer.person_id is not None  # noqa: S101 - the rule looked
    person = await change.take(Person, change.viewer.person_id)
    person.display_name = chosen
    await change.session.flush()
    change.record(PersonRenamed(person_id=person.id))
    change.results["person"] = str(person.id)


def problems_of(name: str) -> list[Problem]:
    """Return what is wrong with a name, wherever it comes from."""
    if any(unicodedata.category(letter) in UNSEEN for letter in name):
        return [Problem("NAME_UNSEEN", ("displayName",))]
    if not any(letter.isalpha() for letter in name):
        return [Problem("NAME_WITHOUT_LETTERS", ("displayName",))]
    if len(name) > LONGEST_NAME:
        facts = {"limit": LONGEST_NAME, "length": len(name)}
        return [Problem("WORDING_TOO_LONG", ("displayName",), facts)]
    return []


async def _is_taken(change: Change, key: str) -> bool:
    """Whether an office is called so, or a body or an organisation is or was, in any language or by its acronym."""
    offices = {folded(words) for label in LABELS["role"].values() for words in label.values()}
    if key in offices:
        return True
    # Only names that hold the longest word are looked at: folding is Python's, and there are thousands.
    word = max(key.replace(ENYE, "n").split(), key=len, default="")
    text = func.unaccent(func.lower(cast(DatedName.name, Text)))
    acronym = func.unaccent(func.lower(DatedName.acronym))
    like = or_(text.contains(word, autoescape=True), acronym.contains(word, autoescape=True))
    for known, short in await change.session.execute(select(DatedName.name, DatedName.acronym).where(like)):
        names = [version.text for version in known.translations.values()]
        if key in {folded(called) for called in (*names, short or "")}:
            return True
    return False
