"""Tabling an instrument: its wording is fixed under a hash, so that a motion can be about it and about nothing else."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.changes.event import Code
from hub.errors import WrongState, require
from hub.instruments.events import InstrumentReworded, InstrumentTabled
from hub.instruments.models import INSTRUMENT_LIFE, Instrument
from hub.instruments.rules import InstrumentFacts, may_reword, may_table
from hub.instruments.wordings import copy_wording, hash_of, newest_wording
from hub.register.models import Entry
from hub.sessions.vote_models import Motion, MotionState


async def table(change: Change, instrument_id: UUID) -> Instrument:
    """Put a draft before the body: from now on its wording never changes."""
    instrument = await change.take(Instrument, instrument_id)
    require(may_table(change.viewer, InstrumentFacts.of(instrument)))
    wording = await newest_wording(change, instrument)
    hashed = hash_of(instrument, wording)
    wording.revision.content_hash, wording.revision.fixed_at = hashed, change.at
    number = wording.revision.number
    tabled = InstrumentTabled(instrument_id=instrument.id, number=number, content_hash=Code(hashed))
    return await _moved(change, instrument, "table_instrument", tabled)


async def reword(change: Change, instrument_id: UUID) -> Instrument:
    """Take what was tabled back as the next wording, unless the body votes on it or has voted for it."""
    instrument = await change.take(Instrument, instrument_id)
    require(may_reword(change.viewer, InstrumentFacts.of(instrument)))
    deciding = select(Motion.id).where(
        Motion.instrument_id == instrument.id, Motion.state.in_([MotionState.PUT, MotionState.CARRIED])
    )
    if await change.session.scalar(deciding.limit(1)) is not None:
        raise WrongState("VOTED_ON_ALREADY")
    wording = await newest_wording(change, instrument)
    number = wording.revision.number + 1
    await copy_wording(change, wording, number=number)
    reworded = InstrumentReworded(instrument_id=instrument.id, number=number)
    return await _moved(change, instrument, "reword_instrument", reworded)


async def _moved(
    change: Change, instrument: Instrument, by: str, event: InstrumentTabled | InstrumentReworded
) -> Instrument:
    await change.move(instrument, INSTRUMENT_LIFE, by, event)
    (await change.session.get_one(Entry, instrument.id)).updated_at = change.at
    change.results["instrument"] = str(instrument.id)
    return instrument
