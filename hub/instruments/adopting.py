"""Adopting an instrument: a carried vote on the very wording that was tabled makes it an act of the body.

It gets its folio now, of the year in which the body voted. Numbers only grow: one that was given is never given again,
also where two are adopted at once, or where the instrument is annulled later.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.changes.event import Code
from hub.errors import require
from hub.instruments.events import InstrumentAdopted
from hub.instruments.models import INSTRUMENT_LIFE, Instrument, InstrumentKind
from hub.instruments.rules import InstrumentFacts, may_adopt
from hub.instruments.wordings import newest_wording
from hub.people.models import DatedName
from hub.people.naming import name_on
from hub.register.models import Entry
from hub.register.registering import give_folio
from hub.sessions.models import Session
from hub.sessions.outcomes import carried_vote_on
from hub.timetables.zones import day_in

SERIES = {
    InstrumentKind.ACUERDO: "ACUERDO",
    InstrumentKind.DICTAMEN: "DICTAMEN",
    InstrumentKind.INFORME: "INFORME",
    InstrumentKind.OPINION: "OPINION",
    InstrumentKind.RESOLUCION: "RESOLUCION",
    InstrumentKind.RECOMENDACION: "RECOMENDACION",
    InstrumentKind.GUIDELINE: "LINEAMIENTO",
    InstrumentKind.CRITERION: "CRITERIO",
}
"""What each kind is called in a folio."""


async def adopt(change: Change, instrument_id: UUID) -> Instrument:
    """Record that the body adopted what was tabled, by the vote that carried a motion about it."""
    instrument = await change.take(Instrument, instrument_id)
    require(may_adopt(change.viewer, InstrumentFacts.of(instrument)))
    hashed = (await newest_wording(change, instrument)).revision.content_hash
    vote = await carried_vote_on(change, instrument.id, content_hash=hashed)
    session = await change.session.get_one(Session, vote.session_id)
    adopted_at = vote.closed_at or change.at
    day = day_in(adopted_at, session.zone)
    names = await change.session.scalars(select(DatedName).filter_by(entry_id=instrument.body_id))
    name = name_on(names, day)
    entry = await change.session.get_one(Entry, instrument.id)
    entry.updated_at = change.at
    acronym = name.acronym if name else None
    folio = await give_folio(change, entry, series=SERIES[instrument.kind], acronym=acronym, zone_today=day)
    instrument.vote_event_id, instrument.adopted_at = vote.id, adopted_at
    adopted = InstrumentAdopted(
        instrument_id=instrument.id, vote_event_id=vote.id, folio=Code(folio), content_hash=Code(hashed or "")
    )
    await change.move(instrument, INSTRUMENT_LIFE, "adopt", adopted)
    change.results["instrument"] = str(instrument.id)
    return instrument
