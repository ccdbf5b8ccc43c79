"""What happens to instruments. What comes before the publication is not public, but what was decided is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Code, Event


@dataclass(frozen=True, kw_only=True)
class OfInstrument(Event):
    """Something that happened to an instrument."""

    entity = "instrument_id"
    entry = "instrument_id"

    instrument_id: UUID


@dataclass(frozen=True, kw_only=True)
class InstrumentDrafted(OfInstrument):
    """Somebody drafted an instrument of a body."""


@dataclass(frozen=True, kw_only=True)
class InstrumentEdited(OfInstrument):
    """A draft was written anew."""


@dataclass(frozen=True, kw_only=True)
class InstrumentTabled(OfInstrument):
    """A wording was fixed and put before the body."""

    number: int
    content_hash: Code


@dataclass(frozen=True, kw_only=True)
class InstrumentReworded(OfInstrument):
    """What was tabled went back to be written anew, as another wording."""

    number: int


@dataclass(frozen=True, kw_only=True)
class InstrumentWithdrawn(OfInstrument):
    """A draft was given up before it was adopted."""


@dataclass(frozen=True, kw_only=True)
class InstrumentAdopted(OfInstrument):
    """A carried vote made a wording an act of the body, with a folio of its own."""

    public = frozenset({"instrument_id", "vote_event_id", "folio", "content_hash"})

    vote_event_id: UUID
    folio: Code
    content_hash: Code


@dataclass(frozen=True, kw_only=True)
class InstrumentSigned(OfInstrument):
    """Somebody who sits in the body signed it, over the hash of what it says."""

    public = frozenset({"instrument_id", "membership_id", "content_hash"})

    membership_id: UUID
    content_hash: Code


@dataclass(frozen=True, kw_only=True)
class InstrumentPublished(OfInstrument):
    """An instrument was published; it is in force from the day that it names."""

    public = frozenset({"instrument_id", "folio"})

    folio: Code


@dataclass(frozen=True, kw_only=True)
class InstrumentAmended(OfInstrument):
    """Another instrument that was published amends this one."""

    public = frozenset({"instrument_id", "by_instrument_id"})

    by_instrument_id: UUID


@dataclass(frozen=True, kw_only=True)
class InstrumentRepealed(OfInstrument):
    """Another instrument that was published repeals this one, from the day on which that one is in force."""

    public = frozenset({"instrument_id", "by_instrument_id"})

    by_instrument_id: UUID


@dataclass(frozen=True, kw_only=True)
class InstrumentAnnulled(OfInstrument):
    """An instrument was annulled, for a reason that is public; its folio is not given again."""

    public = frozenset({"instrument_id"})
