"""Leaving an organisation: whoever speaks for it no more takes no token of its programs along."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.identity.granting import revoke_all
from hub.identity.models import Client
from hub.people import representing
from hub.people.models import Account, Representation


async def end_representation(change: Change, representation_id: UUID, *, reason: str) -> Representation:
    """End a representation, and with it every token that its holder made for programs of the organisation."""
    representation = await representing.end(change, representation_id, reason=reason)
    made_by = await change.session.scalar(select(Account.id).filter_by(person_id=representation.person_id))
    # Who only asked to speak for it has made none.
    if representation.valid_from is not None and made_by is not None:
        own = select(Client.id).filter_by(organization_id=representation.organization_id)
        await revoke_all(change, *await change.session.scalars(own), made_by=made_by)
    return representation
