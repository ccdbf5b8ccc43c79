"""What happens to places and organisations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event


@dataclass(frozen=True, kw_only=True)
class TerritoriesImported(Event):
    """A catalogue of places was read: so many were added to a country, so many were changed."""

    entity = "country_id"
    public = frozenset({"country_id", "added", "changed"})

    country_id: UUID
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class OrganizationRegistered(Event):
    """An organisation entered the register."""

    entity = "organization_id"
    entry = "organization_id"
    public = frozenset({"organization_id"})

    organization_id: UUID


@dataclass(frozen=True, kw_only=True)
class OrganizationRenamed(Event):
    """An organisation has another name since a day; its earlier names stay readable."""

    entity = "organization_id"
    entry = "organization_id"
    public = frozenset({"organization_id", "valid_from"})

    organization_id: UUID
    valid_from: dt.date


@dataclass(frozen=True, kw_only=True)
class PersonRenamed(Event):
    """Somebody is shown by another name; which, the log does not know."""

    entity = "person_id"

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class RepresentationAsked(Event):
    """Somebody asked to speak for an organisation."""

    entity = "representation_id"

    representation_id: UUID
    organization_id: UUID


@dataclass(frozen=True, kw_only=True)
class RepresentationGranted(Event):
    """Somebody may speak for an organisation from now on."""

    entity = "representation_id"

    representation_id: UUID
    organization_id: UUID


@dataclass(frozen=True, kw_only=True)
class RepresentationEnded(Event):
    """Somebody speaks for an organisation no more, or was not let."""

    entity = "representation_id"

    representation_id: UUID
    organization_id: UUID
