"""The guarantor bodies of the states, from the study that the transparency system made of them.

Only facts are taken: name, acronym, website and state. The figures of the study are a data set of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from hub.changes.change import Change, Changes
from hub.errors import SetupError
from hub.importing.rows import BadCell, once, plain_text, read_list, whole_number
from hub.importing.summary import Progress, Summary, Unwatched
from hub.people.models import (
    Branch,
    GovernmentLevel,
    OrganizationKind,
    OrganizationState,
    Territory,
    TerritoryKind,
)
from hub.people.naming import folded
from hub.people.registering import OrganizationDraft, register_organization
from hub.register.models import CreatedVia, Entry
from hub.text import written
from hub.viewer import SYSTEM

FILE = "organos_garantes.json"

# The study does not say since when a body had its name. On this day the General Law of Transparency came
# into force, which made all of them guarantor bodies of one national system, and the names are those of
# that time.
SINCE = dt.date(2015, 5, 5)

USUAL_NAMES = {
    "Coahuila": "Coahuila de Zaragoza",
    "Distrito Federal": "Ciudad de México",
    "Estado de México": "México",
    "Michoacán": "Michoacán de Ocampo",
    "Veracruz": "Veracruz de Ignacio de la Llave",
}
"""What people call a state, where INEGI's catalogue has another name for it."""

WEBSITE = re.compile(r"(https?://)?[A-Za-z0-9.-]+\.[A-Za-z]{2,}(/[!-~]*)?")

BATCH = 100
"""How many organisations one change registers."""

LOCK = 0x67756172616E746F
"""The advisory lock of this import: two runs at once take turns."""


@dataclass(frozen=True)
class Guarantor:
    """A guarantor body as the study names it, with the line that it stands on."""

    line: int
    number: int
    name: str
    acronym: str | None
    website: str | None
    state: str

    @property
    def imported_from(self) -> str:
        """The name of this source's row, the same in every run."""
        return f"inai-2015:organo-garante:{self.number}"


async def import_organizations(changes: Changes, source: Path, *, progress: Progress | None = None) -> Summary:
    """Bring in the guarantor bodies of a file, or of the directory that holds it; territories come first."""
    summary = Summary(str(source), progress or Unwatched())
    file = _file(source)
    guarantors = read_guarantors(file, summary=summary)
    summary.progress.begin("organizations", len(guarantors))
    rest = iter(guarantors)
    while batch := list(islice(rest, BATCH)):
        async with changes.begin(SYSTEM) as change:
            await _register(change, batch, file.name, summary)
        summary.progress.advance(len(batch))
    if summary.changed_anything:
        async with changes.begin(SYSTEM) as change:
            await change.session.execute(text("ANALYZE entry, organization, dated_name"))
    return summary


def _file(source: Path) -> Path:
    file = source / FILE if source.is_dir() else source
    if not file.is_file():
        raise SetupError(f"There is no file {file}: give the path of {FILE}, or of the directory that holds it.")
    return file


def read_guarantors(file: Path, *, summary: Summary) -> list[Guarantor]:
    """Read the bodies; one that is bad is refused by its line."""
    found: dict[int, Guarantor] = {}
    for line, member in read_list(file, summary=summary):
        summary.read["organizations"] += 1
        try:
            guarantor = _guarantor(line, member)
            once(found, guarantor.number, guarantor, what="id")
        except BadCell as reason:
            summary.refuse(file.name, line, str(reason))
    return list(found.values())


def _guarantor(line: int, member: Mapping[str, Any]) -> Guarantor:
    acronym = member.get("organo_siglas")
    return Guarantor(
        line=line,
        number=whole_number(member.get("id"), what="id", least=1, most=2**31 - 1),
        name=plain_text(member.get("organo_nombre"), what="organo_nombre", longest=300),
        # The source writes the same kind of acronym now in small letters, now in capitals.
        acronym=plain_text(acronym, what="organo_siglas", longest=40).upper() if acronym else None,
        website=_website(member.get("organo_url")),
        state=plain_text(member.get("entidad"), what="entidad", longest=100),
    )


def _website(written_as: object) -> str | None:
    if written_as is None or written_as == "":
        return None
    address = plain_text(written_as, what="organo_url", longest=300)
    if not WEBSITE.fullmatch(address):
        raise BadCell(f"the organo_url {address!r} is no address of a website")
    return address if address.startswith("http") else f"http://{address}"


async def _register(change: Change, batch: list[Guarantor], file: str, summary: Summary) -> None:
    await change.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    states = await _states(change)
    names = [guarantor.imported_from for guarantor in batch]
    known = (await change.session.execute(select(Entry.imported_from).where(Entry.imported_from.in_(names)))).scalars()
    there = set(known)
    for guarantor in batch:
        territory = states.get(folded(guarantor.state)) or states.get(_usual(guarantor.state))
        if guarantor.imported_from in there:
            summary.unchanged["organizations"] += 1
        elif territory is None:
            summary.refuse(file, guarantor.line, f"there is no state called {guarantor.state!r}")
        else:
            await _register_one(change, guarantor, territory)
            summary.added["organizations"] += 1


async def _register_one(change: Change, guarantor: Guarantor, territory: UUID) -> None:
    draft = OrganizationDraft(
        name=written(es=guarantor.name),
        since=SINCE,
        kind=OrganizationKind.GUARANTOR,
        state=OrganizationState.VERIFIED,
        acronym=guarantor.acronym,
        level=GovernmentLevel.STATE,
        branch=Branch.AUTONOMOUS,
        territory_id=territory,
        website=guarantor.website,
    )
    await register_organization(change, draft, via=CreatedVia.IMPORT, imported_from=guarantor.imported_from)


async def _states(change: Change) -> dict[str, UUID]:
    """Return the states by the sort key of their names, which knows neither accents nor capitals."""
    found = await change.session.execute(
        select(Territory.folded_name, Territory.id).where(Territory.kind == TerritoryKind.STATE)
    )
    states = {row.folded_name: row.id for row in found}
    if not states:
        raise SetupError("The states are not there yet: run `hub import territories DIR` first, then this import.")
    return states


def _usual(state: str) -> str:
    usual = {folded(name): folded(official) for name, official in USUAL_NAMES.items()}
    return usual.get(folded(state), "")
