"""Places: the country, its states and its municipalities, from INEGI's catalogues of 2014 and 2020.

The names of 2020 are the present ones. A place that had another name in 2014 keeps that as a former name,
and a municipality that stands in the older catalogue only is kept too. Codes are text: their leading zeros
matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update

from hub.changes.change import Change, Changes
from hub.database.base import uuid7
from hub.importing.rows import BadCell, directory_with, plain_text, read_list, read_table, shown, whole_number
from hub.importing.summary import Progress, Summary, Unwatched
from hub.people.events import TerritoriesImported
from hub.people.models import Territory, TerritoryKind
from hub.people.naming import folded
from hub.viewer import SYSTEM

STATES = "entidades.csv"
OLDER = "municipios.csv"
NEWER = "municipios_censo2020.json"

CATALOGUE_2014 = "INEGI, catálogo de entidades y municipios, enero de 2014"
CATALOGUE_2020 = "INEGI, Censo de Población y Vivienda 2020"

COUNTRY = "MX"
MOST_PEOPLE = 1_000_000_000
PLURALS = {
    TerritoryKind.COUNTRY: "countries",
    TerritoryKind.STATE: "states",
    TerritoryKind.MUNICIPALITY: "municipalities",
}

BATCH = 500
"""How many places one change writes: well under a second."""

LOCK = 0x7465727269746F72
"""The advisory lock of this import: two runs at once take turns."""


@dataclass(frozen=True)
class Place:
    """A place as the catalogues have it."""

    kind: TerritoryKind
    code: str
    name: str
    catalogue: str
    abbreviation: str | None = None
    former_names: tuple[str, ...] = ()
    parent: str | None = None
    population: int | None = None


@dataclass
class Catalogue:
    """The places read so far, by code."""

    summary: Summary
    country: Place = field(
        default_factory=lambda: Place(TerritoryKind.COUNTRY, COUNTRY, "México", CATALOGUE_2020, abbreviation="Méx.")
    )
    states: dict[str, Place] = field(default_factory=dict)
    municipalities: dict[str, Place] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Place]:
        """Return all places, each behind the one that it lies in."""
        yield self.country
        yield from (self.states[code] for code in sorted(self.states))
        yield from (self.municipalities[code] for code in sorted(self.municipalities))


async def import_territories(changes: Changes, directory: Path, *, progress: Progress | None = None) -> Summary:
    """Bring in the states and municipalities of a directory that holds the three catalogues."""
    summary = Summary(str(directory), progress or Unwatched())
    directory_with(directory, STATES, OLDER, NEWER)
    places = list(read_catalogues(directory, summary=summary))
    summary.progress.begin("territories", len(places))
    rest = iter(places)
    while batch := list(islice(rest, BATCH)):
        async with changes.begin(SYSTEM) as change:
            await _enter(change, batch, summary)
        summary.progress.advance(len(batch))
    if summary.changed_anything:
        async with changes.begin(SYSTEM) as change:
            await change.session.execute(text("ANALYZE territory"))
    return summary


def read_catalogues(directory: Path, *, summary: Summary) -> Catalogue:
    """Put the two catalogues together; of a place in both, the newer one says what it is called."""
    catalogue = Catalogue(summary)
    for row in read_table(directory / STATES, columns=["cve_ent", "nom_ent", "nom_abr"], summary=summary):
        _read(STATES, row.line, catalogue, _state_of_2014, row.cells)
    for row in read_table(directory / OLDER, columns=["cve_ent", "cve_mun", "nom_mun"], summary=summary):
        _read(OLDER, row.line, catalogue, _municipality_of_2014, row.cells)
    newer: set[str] = set()
    for line, member in read_list(directory / NEWER, summary=summary):
        _read(NEWER, line, catalogue, lambda into, cells: _municipality_of_2020(into, cells, newer), member)
    if not summary.bad[NEWER]:
        # A sum over a file with a bad row would be wrong, so then the states and the country are given none.
        _add_up(catalogue)
    return catalogue


def _read(file: str, line: int, catalogue: Catalogue, take: Any, cells: Mapping[str, Any]) -> None:
    catalogue.summary.read[f"rows of {file}"] += 1
    try:
        take(catalogue, cells)
    except BadCell as reason:
        catalogue.summary.refuse(file, line, str(reason))


def _state_of_2014(catalogue: Catalogue, cells: Mapping[str, Any]) -> None:
    code = _code(cells, "cve_ent", digits=2)
    if code in catalogue.states:
        raise BadCell(f"the state {code} stands there twice")
    name = plain_text(cells["nom_ent"], what="nom_ent", longest=200)
    short = plain_text(cells["nom_abr"], what="nom_abr", longest=40)
    catalogue.states[code] = Place(TerritoryKind.STATE, code, name, CATALOGUE_2014, abbreviation=short, parent=COUNTRY)


def _municipality_of_2014(catalogue: Catalogue, cells: Mapping[str, Any]) -> None:
    state, code = _codes(catalogue, cells, "cve_ent", "cve_mun")
    if code in catalogue.municipalities:
        raise BadCell(f"the municipality {code} stands there twice")
    name = plain_text(cells["nom_mun"], what="nom_mun", longest=200)
    catalogue.municipalities[code] = Place(TerritoryKind.MUNICIPALITY, code, name, CATALOGUE_2014, parent=state)


def _municipality_of_2020(catalogue: Catalogue, cells: Mapping[str, Any], newer: set[str]) -> None:
    state, code = _codes(catalogue, cells, "cve_entidad", "cve_municipio")
    if code in newer:
        raise BadCell(f"the municipality {code} stands there twice")
    name = plain_text(cells.get("nom_municipio"), what="nom_municipio", longest=200)
    people = whole_number(cells.get("poblacion_total"), what="poblacion_total", least=0, most=MOST_PEOPLE)
    state_name = plain_text(cells.get("nom_entidad"), what="nom_entidad", longest=200)
    state_short = plain_text(cells.get("nom_abr_entidad"), what="nom_abr_entidad", longest=40)
    newer.add(code)
    before = catalogue.municipalities.get(code)
    here = Place(TerritoryKind.MUNICIPALITY, code, name, CATALOGUE_2020, parent=state, population=people)
    catalogue.municipalities[code] = _renamed(before, here) if before else here
    known = catalogue.states[state]
    if known.catalogue == CATALOGUE_2014:
        now = replace(known, name=state_name, abbreviation=state_short, catalogue=CATALOGUE_2020)
        catalogue.states[state] = _renamed(known, now)


def _renamed(before: Place, now: Place) -> Place:
    return now if before.name == now.name else replace(now, former_names=(before.name,))


def _add_up(catalogue: Catalogue) -> None:
    for code, state in catalogue.states.items():
        within = [place.population or 0 for place in catalogue.municipalities.values() if place.parent == code]
        catalogue.states[code] = replace(state, population=sum(within))
    total = sum(state.population or 0 for state in catalogue.states.values())
    catalogue.country = replace(catalogue.country, population=total)


def _codes(catalogue: Catalogue, cells: Mapping[str, Any], state: str, municipality: str) -> tuple[str, str]:
    within = _code(cells, state, digits=2)
    if within not in catalogue.states:
        raise BadCell(f"there is no state {within} in {STATES}")
    return within, within + _code(cells, municipality, digits=3)


def _code(cells: Mapping[str, Any], column: str, *, digits: int) -> str:
    code = cells.get(column)
    if not isinstance(code, str) or not re.fullmatch(rf"[0-9]{{{digits}}}", code):
        raise BadCell(f"the {column} {shown(str(code))} is not {digits} digits (its leading zeros must stay)")
    return code


async def _enter(change: Change, batch: Iterable[Place], summary: Summary) -> None:
    """Write what is new or different in these places; record one fact if there was any."""
    wanted = {place.code: place for place in batch}
    await change.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    parents = {place.parent for place in wanted.values() if place.parent}
    known = (
        await change.session.execute(select(Territory).where(Territory.code.in_({*wanted, *parents, COUNTRY})))
    ).scalars()
    there = {territory.code: territory for territory in known}
    ids: dict[str, UUID] = {code: territory.id for code, territory in there.items()}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for place in wanted.values():
        if place.code not in there:
            ids[place.code] = uuid7()
            new.append({"id": ids[place.code], "code": place.code, **_columns(place, ids, ())})
            continue
        territory = there[place.code]
        columns = _columns(place, ids, territory.former_names)
        if place.population is None:
            columns["population"] = territory.population
        if any(getattr(territory, column) != value for column, value in columns.items()):
            changed.append({"id": territory.id, **columns})
        else:
            summary.unchanged[PLURALS[place.kind]] += 1
    if new:
        await change.session.execute(insert(Territory), new)
    if changed:
        await change.session.execute(update(Territory), changed)
    for row in new:
        summary.added[PLURALS[row["kind"]]] += 1
    for row in changed:
        summary.changed[PLURALS[row["kind"]]] += 1
    if new or changed:
        change.record(TerritoriesImported(country_id=ids[COUNTRY], added=len(new), changed=len(changed)))


def _columns(place: Place, ids: Mapping[str, UUID], earlier: Iterable[str]) -> dict[str, Any]:
    """Return what the table says of a place; a former name that is known already is never lost."""
    return {
        "kind": place.kind,
        "name": place.name,
        "folded_name": folded(place.name),
        "abbreviation": place.abbreviation,
        "former_names": list(dict.fromkeys((*earlier, *place.former_names))),
        "parent_id": ids[place.parent] if place.parent else None,
        "population": place.population,
        "catalogue": place.catalogue,
    }
