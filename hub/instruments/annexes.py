"""The annexes of an instrument, and what it was decided upon."""

from __future__ import annotations

from uuid import UUID

from hub.bodies.visibility import OFFICERS
from hub.changes.change import Change
from hub.files.holders import Holder, holds_documents
from hub.files.reading import documents_of_record
from hub.instruments.models import Instrument
from hub.instruments.reading import instrument

instrument.fields["documents"] = documents_of_record()


@holds_documents("Instrument", *OFFICERS)
async def _instrument_as_holder(change: Change, id_: UUID) -> Holder:
    """An instrument holds its annexes and the papers behind it."""
    found = await change.find(Instrument, id_)
    return Holder(entry_id=found.id, body_id=found.body_id)
