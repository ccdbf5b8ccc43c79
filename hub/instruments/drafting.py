"""Drafting an instrument: the officers of the body write it, and write it anew until it is tabled."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.clock import day_of
from hub.database.base import uuid7
from hub.errors import Invalid, require
from hub.instruments.drafts import InstrumentDraft
from hub.instruments.events import InstrumentDrafted, InstrumentEdited, InstrumentWithdrawn
from hub.instruments.models import INSTRUMENT_LIFE, Instrument, InstrumentKind
from hub.instruments.rules import InstrumentFacts, may_draft_instrument, may_edit_instrument, may_withdraw_instrument
from hub.instruments.soundness import check, reference_problems
from hub.instruments.wordings import newest_number, write_wording
from hub.register.models import CreatedVia, Entry, EntryKind, EntryVisibility
from hub.register.registering import register, searchable
from hub.register.rewriting import entry_as_read, renew


async def draft_instrument(
    change: Change,
    body_id: UUID,
    draft: InstrumentDraft,
    *,
    kind: InstrumentKind,
    via: CreatedVia = CreatedVia.API,
) -> Instrument:
    """Write the first wording of an instrument; whoever sits in the body sees it."""
    body = await change.find(Body, body_id)
    require(may_draft_instrument(change.viewer, body_id=body.id))
    await _require_sound(change, draft, body_id=body.id)
    instrument = Instrument(id=uuid7(), body_id=body.id, kind=kind, title=draft.title, created_at=change.at)
    await register(
        change,
        instrument.id,
        EntryKind.INSTRUMENT,
        title=draft.title,
        texts=[draft.addressed_to],
        visibility=EntryVisibility.BODY,
        body_id=body.id,
        via=via,
    )
    await change.bear(instrument, INSTRUMENT_LIFE, "draft", InstrumentDrafted(instrument_id=instrument.id))
    await write_wording(change, instrument.id, draft, number=1)
    change.results["instrument"] = str(instrument.id)
    return instrument


async def edit_instrument(
    change: Change, instrument_id: UUID, draft: InstrumentDraft, *, based_on: dt.datetime | None = None
) -> Instrument:
    """Write a draft anew, all of it."""
    instrument = await change.take(Instrument, instrument_id)
    require(may_edit_instrument(change.viewer, InstrumentFacts.of(instrument)))
    entry = await entry_as_read(change, instrument.id, based_on)
    await _require_sound(change, draft, body_id=instrument.body_id)
    instrument.title = draft.title
    renew(change, entry)
    entry.title, entry.search = draft.title, searchable([draft.title, draft.addressed_to])
    await write_wording(change, instrument.id, draft, number=await newest_number(change, instrument.id))
    change.record(InstrumentEdited(instrument_id=instrument.id))
    change.results["instrument"] = str(instrument.id)
    return instrument


async def withdraw_instrument(change: Change, instrument_id: UUID) -> Instrument:
    """Give up what was not adopted; it stays with the papers of the body."""
    instrument = await change.take(Instrument, instrument_id)
    require(may_withdraw_instrument(change.viewer, InstrumentFacts.of(instrument)))
    entry = await change.session.get_one(Entry, instrument.id)
    entry.withdrawn_at = entry.updated_at = change.at
    withdrawn = InstrumentWithdrawn(instrument_id=instrument.id)
    await change.move(instrument, INSTRUMENT_LIFE, "withdraw_instrument", withdrawn)
    change.results["instrument"] = str(instrument.id)
    return instrument


async def _require_sound(change: Change, draft: InstrumentDraft, *, body_id: UUID) -> None:
    problems = check(draft, today=day_of(change.at))
    problems += await reference_problems(change, draft, body_id=body_id)
    if problems:
        raise Invalid(problems)
