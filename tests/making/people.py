"""Territories, organisations and who speaks for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from itertools import count
from typing import Any
from uuid import UUID

from hub.people import representing
from hub.people.models import Organization, OrganizationKind, Power, Territory, TerritoryKind
from hub.people.naming import folded
from hub.people.registering import OrganizationDraft, register_organization, rename_organization
from hub.register.models import CreatedVia
from hub.text import LocalizedText, written
from tests.talking import Somebody, Talking

_codes = count(1)


async def a_territory(
    hub: Talking,
    name: str = "Jalisco",
    *,
    code: str | None = None,
    kind: TerritoryKind = TerritoryKind.STATE,
    parent_id: UUID | None = None,
    population: int | None = None,
    abbreviation: str | None = None,
    former_names: tuple[str, ...] = (),
) -> UUID:
    """A place. Only the import of INEGI's catalogue makes places, so this one is written plainly."""
    territory = Territory(
        kind=kind,
        code=code or f"{next(_codes):02d}",
        name=name,
        folded_name=folded(name),
        abbreviation=abbreviation,
        former_names=list(former_names),
        parent_id=parent_id,
        population=population,
        catalogue="INEGI 2025",
    )
    async with hub.change() as change:
        await change.add(territory)
    return territory.id


async def an_organization(
    hub: Talking,
    name: LocalizedText | str = "Colectivo Agua Clara",
    *,
    kind: OrganizationKind = OrganizationKind.CIVIL_SOCIETY,
    since: dt.date = dt.date(2015, 5, 4),
    at: dt.datetime | None = None,
    **known: Any,
) -> UUID:
    """An organisation in the register."""
    draft = OrganizationDraft(name=in_spanish(name), since=since, kind=kind, **known)
    async with hub.change(at=at) as change:
        organization: Organization = await register_organization(change, draft, via=CreatedVia.IMPORT)
    return organization.id


async def renamed(hub: Talking, organization_id: UUID, name: LocalizedText | str, *, since: dt.date) -> None:
    """Give an organisation another name from a day on."""
    async with hub.change() as change:
        await rename_organization(change, organization_id, in_spanish(name), since=since)


async def a_pending_representation(
    hub: Talking,
    by: Somebody,
    organization_id: UUID,
    *,
    powers: Collection[Power] = (Power.ANSWER,),
    at: dt.datetime | None = None,
) -> UUID:
    """What somebody asked for, to speak for an organisation."""
    async with hub.change(by.viewer, at=at) as change:
        asked = await representing.ask(change, organization_id, powers=powers, evidence="Acta constitutiva, foja 3.")
    return asked.id


async def a_valid_representation(
    hub: Talking,
    by: Somebody,
    organization_id: UUID,
    *,
    powers: Collection[Power] = (Power.ANSWER,),
    at: dt.datetime | None = None,
) -> UUID:
    """What was granted to somebody, to speak for an organisation."""
    asked = await a_pending_representation(hub, by, organization_id, powers=powers, at=at)
    async with hub.change(at=at) as change:
        await representing.grant(change, asked)
    return asked


def in_spanish(text: LocalizedText | str) -> LocalizedText:
    """Return a text as it is, or one in Spanish alone."""
    return written(es=text) if isinstance(text, str) else text
