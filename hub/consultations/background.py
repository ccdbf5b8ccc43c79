"""The background documents of a consultation: what whoever answers should be able to read before."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.consultations.models import Consultation
from hub.consultations.reading import consultation
from hub.consultations.visibility import STAFF
from hub.files.holders import Holder, holds_documents
from hub.files.reading import documents_of_record

consultation.fields["documents"] = documents_of_record()


@holds_documents("Consultation", *STAFF)
async def _consultation_as_holder(change: Change, id_: UUID) -> Holder:
    """A consultation holds what its body lays before whoever answers."""
    found = await change.find(Consultation, id_)
    return Holder(entry_id=found.id, body_id=found.body_id)
