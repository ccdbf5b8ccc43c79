"""Entering an organisation into the register, and giving it another name from a day on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, require
from hub.people.events import OrganizationRegistered, OrganizationRenamed
from hub.people.models import (
    Branch,
    DatedName,
    GovernmentLevel,
    Organization,
    OrganizationKind,
    OrganizationState,
)
from hub.people.naming import first_name, folded_text
from hub.people.rules import may_register
from hub.register.models import CreatedVia, Entry, EntryKind, EntryVisibility
from hub.register.registering import register, searchable
from hub.text import LocalizedText


@dataclass(frozen=True, kw_only=True)
class OrganizationDraft:
    """What is known of an organisation when it is registered."""

    name: LocalizedText
    since: dt.date
    kind: OrganizationKind
    state: OrganizationState = OrganizationState.PROPOSED
    acronym: str | None = None
    level: GovernmentLevel | None = None
    branch: Branch | None = None
    territory_id: UUID | None = None
    predecessor_id: UUID | None = None
    website: str | None = None


async def register_organization(
    change: Change,
    draft: OrganizationDraft,
    *,
    via: CreatedVia,
    source_url: str | None = None,
    imported_from: str | None = None,
) -> Organization:
    """Enter an organisation into the register under its first name."""
    require(may_register(change.viewer))
    id_ = uuid7()
    await register(
        change,
        id_,
        EntryKind.ORGANIZATION,
        title=draft.name,
        visibility=EntryVisibility.PUBLIC,
        via=via,
        source_url=source_url,
        imported_from=imported_from,
    )
    organization = Organization(
        id=id_,
        kind=draft.kind,
        level=draft.level,
        branch=draft.branch,
        state=draft.state,
        territory_id=draft.territory_id,
        predecessor_id=draft.predecessor_id,
        website=draft.website,
        folded_name=folded_text(draft.name),
    )
    await change.add(organization)
    await change.add(first_name(id_, draft.name, acronym=draft.acronym, since=draft.since))
    change.record(OrganizationRegistered(organization_id=id_))
    change.results["organization"] = str(id_)
    return organization


async def rename_organization(
    change: Change, organization_id: UUID, name: LocalizedText, *, acronym: str | None = None, since: dt.date
) -> Organization:
    """Give an organisation another name from a day on; the one it had ends on that day and stays readable."""
    require(may_register(change.viewer))
    organization = await change.take(Organization, organization_id)
    latest = select(DatedName).filter_by(entry_id=organization_id, valid_until=None).with_for_update()
    current = (await change.session.execute(latest)).scalar_one()
    if since <= current.valid_from:
        raise Conflict("NAME_IS_NEWER", since=current.valid_from)
    current.valid_until = since
    await change.session.flush()
    await change.add(first_name(organization_id, name, acronym=acronym, since=since))
    organization.folded_name = folded_text(name)
    entry = await change.session.get_one(Entry, organization_id)
    entry.title, entry.search, entry.updated_at = name, searchable([name, current.name]), change.at
    change.record(OrganizationRenamed(organization_id=organization_id, valid_from=since))
    change.results["organization"] = str(organization_id)
    return organization
