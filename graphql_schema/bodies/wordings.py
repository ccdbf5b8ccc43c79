"""What several inputs of bodies take: texts in several languages within their limits, and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from graphql_schema.wording_inputs import UNREADABLE, Faults, identified
from hub.errors import Invalid, Problem
from hub.text import FORBIDDEN, LocalizedText, problems_with_text

Text = TypeVar("Text", LocalizedText, LocalizedText | None)

LONGEST = 10_000
LONGEST_NAME = 300
LONGEST_ACRONYM = 40
MOST_TERRITORIES = 100


def checked(texts: Mapping[str, Text], faults: Faults) -> Mapping[str, Text]:
    """Return texts that are within their limits; Invalid with everything that is wrong with them and with the rest."""
    for field, text in texts.items():
        if text is not None and text is not UNREADABLE:
            limit = LONGEST_NAME if field in ("name", "title") else LONGEST
            faults += problems_with_text(text, (field,), longest=limit)
    if faults:
        raise Invalid(faults)
    return texts


def acronym_problems(acronym: str | None) -> Faults:
    """Say what is wrong with an acronym: it stands in folios, so it is short and has no blanks around it."""
    if acronym is None:
        return []
    if not acronym.strip() or acronym != acronym.strip() or FORBIDDEN.search(acronym):
        return [Problem("BAD_ACRONYM", ("acronym",))]
    if len(acronym) > LONGEST_ACRONYM:
        return [Problem("WORDING_TOO_LONG", ("acronym",), {"limit": LONGEST_ACRONYM, "length": len(acronym)})]
    return []


def territories(ids: Sequence[str], faults: Faults) -> tuple[UUID, ...]:
    """Return the places that ids name, or note what is wrong."""
    if len(ids) > MOST_TERRITORIES:
        faults.append(Problem("OUT_OF_RANGE", ("territoryIds",), {"least": 0, "most": MOST_TERRITORIES}))
        return ()
    return tuple(identified(id_, "Territory", ("territoryIds", str(n)), faults) for n, id_ in enumerate(ids))
