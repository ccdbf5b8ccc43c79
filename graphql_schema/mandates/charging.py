"""Who is charged with a work, as an id of one of several types."""

from __future__ import annotations

from graphql_schema.ids import split
from graphql_schema.wording_inputs import Faults, Path
from hub.errors import Problem
from hub.instruments.drafts import NOBODY_ELSE, Responsible

CHARGED = "Who is charged with it: a body, an organisation or a membership; the body itself, if nobody is named."

KINDS = {"Body": "body_id", "Organization": "organization_id", "Membership": "membership_id"}


def responsible(given: str | None, path: Path, faults: Faults) -> Responsible:
    """Return who an id names, or note that it names nobody who can be charged with a work."""
    if given is None:
        return NOBODY_ELSE
    found = split(given)
    if found is None or found[0] not in KINDS:
        faults.append(Problem("UNKNOWN_RESPONSIBLE", path))
        return NOBODY_ELSE
    return Responsible(**{KINDS[found[0]]: found[1]})
