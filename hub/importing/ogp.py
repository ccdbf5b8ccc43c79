"""The Open Government Partnership: its working groups as bodies, its countries, and the institutions that lead.

The sources are the tables of commitments of the partnership's own explorer (2016) and of a selection of 2024. The
commitments themselves belong to action plans and are not taken from here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, text

from hub.bodies.models import Body, BodyKind
from hub.bodies.registering import BodyDraft, register_body
from hub.changes.change import Change, Changes
from hub.database.base import uuid7
from hub.importing.ogp_institutions import Institution, institutions_in
from hub.importing.rows import BadCell, directory_with, read_table
from hub.importing.summary import Progress, Summary, Unwatched
from hub.people.models import GovernmentLevel, OrganizationKind, Territory, TerritoryKind
from hub.people.naming import folded
from hub.people.registering import OrganizationDraft, register_organization
from hub.register.models import CreatedVia, Entry
from hub.text import LocalizedText, written
from hub.viewer import SYSTEM

EXPLORER, SELECTION = "commitments_2016.csv", "open_parliament_2024.csv"

CATALOGUE = Path(__file__).with_name("countries.csv")
"""The countries of the partnership: code (ISO 3166-1 alpha-2), name in Spanish, the names that the sources use."""

PARTNERSHIP = "ogp:partnership"

# The sources do not say since when a group or an institution has had its name. The partnership was founded on this day,
# and its working groups were announced at the summit of 2013.
FOUNDED, SUMMIT = dt.date(2011, 9, 20), dt.date(2013, 10, 31)

WORKING_GROUPS = {
    "ODWG": ("Grupo de Trabajo de Datos Abiertos", "Open Data Working Group"),
    "FOWG": ("Grupo de Trabajo de Apertura Fiscal", "Fiscal Openness Working Group"),
    "LOWG": ("Grupo de Trabajo de Apertura Legislativa", "Legislative Openness Working Group"),
    "ATWG": ("Grupo de Trabajo de Acceso a la Información", "Access to Information Working Group"),
    "ONRWG": ("Grupo de Trabajo de Apertura en Recursos Naturales", "Openness in Natural Resources Working Group"),
}
"""The columns of the explorer that stand for working groups, and what those are called."""

BATCH = 100
"""How many institutions one change registers."""

LOCK = 0x6F6770
"""The advisory lock of this import: two runs at once take turns."""


@dataclass(frozen=True)
class Country:
    """A country of the partnership."""

    code: str
    name: str


async def import_ogp(changes: Changes, directory: Path, *, progress: Progress | None = None) -> Summary:
    """Bring in the partnership from the directory that holds its tables. Idempotent: a second run changes nothing."""
    directory_with(directory, EXPLORER, SELECTION)
    summary = Summary(str(directory), progress or Unwatched())
    countries = read_countries()
    named: dict[str, None] = {}
    found = read_institutions(directory, countries, named, summary=summary)
    async with changes.begin(SYSTEM) as change:
        await _take_turns(change)
        await _register_groups(change, summary)
        places = await _register_countries(change, named, summary)
    summary.progress.begin("organizations", len(found))
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        async with changes.begin(SYSTEM) as change:
            await _take_turns(change)
            await _register_institutions(change, batch, places, summary)
        summary.progress.advance(len(batch))
    if summary.changed_anything:
        async with changes.begin(SYSTEM) as change:
            await change.session.execute(text("ANALYZE entry, organization, dated_name, territory, body"))
    return summary


def read_countries() -> dict[str, Country]:
    """Return the countries by each name that a source uses for them."""
    countries: dict[str, Country] = {}
    for row in read_table(CATALOGUE, columns=("code", "name", "english"), summary=Summary("the hub's own catalogue")):
        countries |= dict.fromkeys(row["english"].split("|"), Country(row["code"], row["name"]))
    return countries


def read_institutions(
    directory: Path, countries: Mapping[str, Country], named: dict[str, None], *, summary: Summary
) -> list[Institution]:
    """Read who leads a commitment, each institution of a country once; a cell that cannot be told apart is named.

    The codes of all countries that commit themselves go into `named`, in the order of the tables.
    """
    found: dict[str, Institution] = {}
    tables = ((EXPLORER, "Country", 1), (SELECTION, "Country/Locality", 0))
    for name, country_column, above in tables:
        columns = (country_column, "Lead Institution", *(WORKING_GROUPS if name == EXPLORER else ()))
        for row in read_table(directory / name, columns=columns, summary=summary, above=above):
            summary.read["commitments"] += 1
            try:
                country = _country(row[country_column], countries)
                named.setdefault(country.code)
                for institution in institutions_in(row["Lead Institution"], country.code):
                    found.setdefault(institution.imported_from, institution)
            except BadCell as reason:
                summary.refuse(name, row.line, str(reason))
    return list(found.values())


def _country(cell: str, countries: Mapping[str, Country]) -> Country:
    # A city or a state of a country stands before it: "Jalisco, Mexico".
    name = cell.rpartition(",")[2].strip().removeprefix("Scotland, ")
    if name not in countries:
        raise BadCell(f"there is no country called {cell.strip()!r} in the catalogue")
    return countries[name]


async def _take_turns(change: Change) -> None:
    await change.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


async def _known(change: Change, keys: Iterable[str]) -> dict[str, UUID]:
    """Return what was imported before, by the key of its source."""
    statement = select(Entry.imported_from, Entry.id).where(Entry.imported_from.in_(list(keys)))
    return {row.imported_from: row.id for row in await change.session.execute(statement)}


async def _register_groups(change: Change, summary: Summary) -> None:
    keys = {acronym: f"ogp:working-group:{acronym}" for acronym in WORKING_GROUPS}
    known = await _known(change, (PARTNERSHIP, *keys.values()))
    parent = known.get(PARTNERSHIP)
    if parent is None:
        names = written("en", es="Alianza para el Gobierno Abierto", en="Open Government Partnership")
        parent = (await _a_body(change, names, FOUNDED, BodyKind.FORUM, acronym="OGP", key=PARTNERSHIP)).id
        summary.added["bodies"] += 1
    else:
        summary.unchanged["bodies"] += 1
    for acronym, (spanish, english) in WORKING_GROUPS.items():
        if keys[acronym] in known:
            summary.unchanged["bodies"] += 1
            continue
        names = written("en", es=spanish, en=english)
        kind = BodyKind.WORKING_GROUP
        await _a_body(change, names, SUMMIT, kind, acronym=acronym, key=keys[acronym], parent=parent)
        summary.added["bodies"] += 1


async def _a_body(
    change: Change,
    name: LocalizedText,
    since: dt.date,
    kind: BodyKind,
    *,
    acronym: str,
    key: str,
    parent: UUID | None = None,
) -> Body:
    draft = BodyDraft(name=name, since=since, kind=kind, acronym=acronym, parent_id=parent)
    return await register_body(change, draft, via=CreatedVia.IMPORT, imported_from=key)


async def _register_countries(change: Change, codes: Iterable[str], summary: Summary) -> dict[str, UUID]:
    """Enter the countries that are not there yet; Mexico is, if its states were imported before."""
    known = await change.session.execute(select(Territory.code, Territory.id).filter_by(kind=TerritoryKind.COUNTRY))
    places = {row.code: row.id for row in known}
    named = {country.code: country for country in read_countries().values()}
    for code in codes:
        if code in places:
            summary.unchanged["countries"] += 1
            continue
        country = Territory(
            id=uuid7(),
            kind=TerritoryKind.COUNTRY,
            code=code,
            name=named[code].name,
            folded_name=folded(named[code].name),
            catalogue="ISO 3166-1",
        )
        await change.add(country)
        places[code] = country.id
        summary.added["countries"] += 1
    return places


async def _register_institutions(
    change: Change, batch: list[Institution], places: Mapping[str, UUID], summary: Summary
) -> None:
    known = await _known(change, (institution.imported_from for institution in batch))
    for institution in batch:
        if institution.imported_from in known:
            summary.unchanged["organizations"] += 1
            continue
        draft = OrganizationDraft(
            name=institution.text,
            since=FOUNDED,
            kind=OrganizationKind.AUTHORITY,
            level=GovernmentLevel.FEDERAL,
            acronym=institution.acronym,
            territory_id=places[institution.country],
        )
        await register_organization(change, draft, via=CreatedVia.IMPORT, imported_from=institution.imported_from)
        summary.added["organizations"] += 1
