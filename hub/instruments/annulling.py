"""Annulling an instrument: it is void, for a reason that everybody may read, and its folio is not given again."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.errors import Invalid, Problem, require
from hub.instruments.checking import LONGEST_NOTE
from hub.instruments.events import InstrumentAnnulled
from hub.instruments.models import INSTRUMENT_LIFE, Instrument
from hub.instruments.rules import InstrumentFacts, may_annul
from hub.register.models import Entry
from hub.register.registering import make_public
from hub.text import LocalizedText, problems_with_text


async def annul_adopted(
    change: Change, instrument_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Instrument:
    """Annul what was adopted. One that was not yet published becomes public with the reason: each folio is explained.

    What it did to other instruments stays done, until another instrument says otherwise.
    """
    instrument = await change.take(Instrument, instrument_id)
    require(may_annul(change.viewer, InstrumentFacts.of(instrument)))
    languages = [*instrument.title.translations]
    problems = [*faults] or problems_with_text(reason, ("reason",), longest=LONGEST_NOTE, languages=languages)
    if problems:
        raise Invalid(problems)
    await make_public(change, await change.session.get_one(Entry, instrument.id))
    instrument.void_reason = reason
    await change.move(instrument, INSTRUMENT_LIFE, "annul", InstrumentAnnulled(instrument_id=instrument.id))
    change.results["instrument"] = str(instrument.id)
    return instrument
