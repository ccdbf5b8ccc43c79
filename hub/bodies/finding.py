"""Finding a body by what people call it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.clock import day_of
from hub.errors import NotFound
from hub.people.models import DatedName


async def body_of_acronym(change: Change, acronym: str) -> UUID:
    """Return the body that bears this acronym today; NotFound if none does."""
    named = select(DatedName.entry_id).where(
        func.lower(DatedName.acronym) == acronym.lower(),
        DatedName.valid_from <= day_of(change.at),
        DatedName.valid_until.is_(None) | (DatedName.valid_until > day_of(change.at)),
    )
    found = await change.session.scalar(select(Body.id).where(Body.id.in_(named)).order_by(Body.id).limit(1))
    if found is None:
        raise NotFound("NOT_FOUND", type="Body")
    return found
