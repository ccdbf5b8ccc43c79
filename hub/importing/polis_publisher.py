"""Who stands behind an imported conversation, and what its licence asks to be said."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import or_, select

from hub.changes.change import Change
from hub.errors import SetupError
from hub.people.models import DatedName, GovernmentLevel, Organization, OrganizationKind, OrganizationState
from hub.people.registering import OrganizationDraft, register_organization
from hub.register.models import CreatedVia, Entry
from hub.text import LocalizedText, written

PROJECT = "polis:publisher:computational-democracy-project"

# The source does not say since when the project has its name. This is the day of the edition of its open
# data that names it as the publisher, the earliest day that the source proves.
SINCE = dt.date(2024, 10, 9)

CASE_STUDIES = {
    "scoop-hivemind.ubi": "https://compdemocracy.org/case-studies/2017-scoop-hivemind-ubi",
    "scoop-hivemind.biodiversity": "https://compdemocracy.org/case-studies/2019-scoop-hivemind-biodiversity",
    "vtaiwan.uberx": "https://compdemocracy.org/case-studies/2015-vtaiwan-uberx",
}
"""Where the publisher tells the story of a conversation; the licence asks to link it."""


def attribution_of(folder: str) -> LocalizedText:
    """Return what the licence of the publisher's open data asks to be said."""
    study = CASE_STUDIES.get(folder)
    return written(
        "en",
        en="Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed under "
        "CC BY 4.0 with Attribution to The Computational Democracy Project."
        + (f" Case study: {study}" if study else ""),
        es="Los datos se reunieron con el programa Polis (compdemocracy.org/polis) y se sublicencian bajo "
        "CC BY 4.0 con atribución a The Computational Democracy Project."
        + (f" Estudio de caso: {study}" if study else ""),
    )


async def publisher_of(change: Change, wanted: str | None) -> UUID:
    """Return the organisation that the operator named, or else the project behind Polis."""
    if wanted is not None:
        return await _named(change, wanted)
    known = await change.session.scalar(select(Entry.id).where(Entry.imported_from == PROJECT))
    if known is not None:
        return known
    project = await register_organization(
        change,
        OrganizationDraft(
            name=written("en", en="The Computational Democracy Project"),
            since=SINCE,
            kind=OrganizationKind.CIVIL_SOCIETY,
            state=OrganizationState.VERIFIED,
            acronym="CompDem",
            level=GovernmentLevel.INTERNATIONAL,
            website="https://compdemocracy.org",
        ),
        via=CreatedVia.IMPORT,
        imported_from=PROJECT,
    )
    return project.id


async def _named(change: Change, wanted: str) -> UUID:
    found = set(
        await change.session.scalars(
            select(Organization.id)
            .join(Entry, Entry.id == Organization.id)
            .outerjoin(DatedName, DatedName.entry_id == Organization.id)
            .where(or_(Entry.imported_from == wanted, Entry.folio == wanted, DatedName.acronym == wanted))
        )
    )
    if not found:
        raise SetupError(
            f"There is no organisation {wanted!r}: name one by its acronym, its folio or what it was "
            "imported under, or leave the publisher out."
        )
    if len(found) > 1:
        raise SetupError(f"{len(found)} organisations are called {wanted!r}: name yours by what it was imported under.")
    return found.pop()
