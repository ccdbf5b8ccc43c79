"""What every act on a study does with the register, and how it finds a person."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.clock import day_of
from hub.errors import NotFound
from hub.people.models import DatedName, Person
from hub.people.naming import name_on
from hub.register.models import Entry
from hub.register.registering import publish as publish_entry
from hub.register.rewriting import renew


async def enter(change: Change, entry: Entry, series: str) -> None:
    """Make an entry public under a folio of its body."""
    names = await change.session.scalars(select(DatedName).filter_by(entry_id=entry.body_id))
    name = name_on(names, day_of(change.at))
    acronym = name.acronym if name else None
    await publish_entry(change, entry, series=series, acronym=acronym, zone_today=day_of(change.at))


async def touch(change: Change, study_id: UUID) -> None:
    """Note that the public record of a study has changed."""
    entry = await change.session.get_one(Entry, study_id)
    renew(change, entry)


async def require_person(change: Change, person_id: UUID) -> None:
    """Go on if there is such a person, whose profile need not be public."""
    if await change.session.scalar(select(Person.id).filter_by(id=person_id)) is None:
        raise NotFound("NOT_FOUND", path=("personId",), type="Person")
