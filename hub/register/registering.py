"""Giving a public thing its entry, its folio and its place in the search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, cast, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import REGCONFIG, insert

from hub.changes.change import Change
from hub.register.models import CreatedVia, Entry, EntryKind, EntryVisibility, FolioCounter
from hub.text import LocalizedText

SEARCH_CONFIGURATION = "hub_spanish"
"""Spanish words without their accents (migration 0002)."""


async def register(
    change: Change,
    id_: UUID,
    kind: EntryKind,
    *,
    title: LocalizedText,
    texts: Iterable[LocalizedText | None] = (),
    visibility: EntryVisibility,
    body_id: UUID | None = None,
    via: CreatedVia,
    source_url: str | None = None,
    imported_from: str | None = None,
) -> Entry:
    """Enter a thing into the register, before its own row."""
    entry = Entry(
        id=id_,
        kind=kind,
        body_id=body_id,
        visibility=visibility,
        title=title,
        search=searchable([title, *texts]),
        published_at=change.at if visibility is EntryVisibility.PUBLIC else None,
        updated_at=change.at,
        created_via=via,
        source_url=source_url,
        imported_from=imported_from,
    )
    await change.add(entry)
    return entry


def searchable(texts: Iterable[LocalizedText | None]) -> ColumnElement[Any]:
    """Return the search vector of these texts: the first one weighs most, all languages count."""
    vector: ColumnElement[Any] | None = None
    for weight, text in zip("AB" + "C" * 20, texts, strict=False):
        if text is None:
            continue
        words = " ".join(translation.text for translation in text.translations.values())
        stems = func.to_tsvector(cast(literal(SEARCH_CONFIGURATION), REGCONFIG), words)
        # The weight stands in the statement itself: a parameter would be text, which `setweight` does not take.
        part = func.setweight(stems, literal_column(f"'{weight}'"))
        vector = part if vector is None else vector.op("||")(part)
    return func.to_tsvector("") if vector is None else vector


async def publish(change: Change, entry: Entry, *, series: str, acronym: str | None, zone_today: dt.date) -> str | None:
    """Make an entry public and give it its folio, for example `CGATP/CONSULTA/2026/003`."""
    if entry.body_id is not None:
        await give_folio(change, entry, series=series, acronym=acronym, zone_today=zone_today)
    await make_public(change, entry)
    return entry.folio


async def make_public(change: Change, entry: Entry) -> None:
    """Let everybody see an entry from now on."""
    entry.visibility = EntryVisibility.PUBLIC
    entry.published_at = entry.published_at or change.at
    entry.updated_at = change.at
    await change.session.flush()


async def give_folio(change: Change, entry: Entry, *, series: str, acronym: str | None, zone_today: dt.date) -> str:
    """Give an entry of a body the next folio of this kind and year, once."""
    if entry.folio is None:
        if entry.body_id is None:
            raise TypeError("Only what a body issues has a folio.")
        # Of a UUID of version 7 only the end is random: bodies that were made in the same minute begin alike.
        issuer = acronym or entry.body_id.hex[-8:]
        entry.folio = await _new_folio(change, entry.body_id, issuer=issuer, series=series, year=zone_today.year)
        await change.session.flush()
    return entry.folio


async def _new_folio(change: Change, body_id: UUID, *, issuer: str, series: str, year: int) -> str:
    """Return the next folio of a body for a kind and a year.

    Numbers come from a row that is locked until the commit, so two publications at once get two numbers, and a number
    is never given twice. Bodies may bear the same acronym, one after the other for example: what the other one was
    given is passed over, and the lock is theirs in common.
    """
    lock = func.pg_advisory_xact_lock(func.hashtextextended(f"{issuer}/{series}/{year}", 0))
    await change.session.execute(select(lock))
    new = insert(FolioCounter).values(body_id=body_id, kind=series, year=year, last=1)
    next_number = new.on_conflict_do_update(
        index_elements=["body_id", "kind", "year"], set_={"last": FolioCounter.last + 1}
    ).returning(FolioCounter.last)
    while True:
        number = (await change.session.execute(next_number)).scalar_one()
        folio = f"{issuer}/{series}/{year}/{number:03d}"
        if await change.session.scalar(select(Entry.id).filter_by(folio=folio)) is None:
            return folio
