"""The papers of a study: its terms of reference, its contract, its data, what was handed in."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.files.holders import Holder, holds_documents
from hub.files.reading import documents_of_record
from hub.studies.models import Study
from hub.studies.reading import study
from hub.studies.visibility import STAFF

study.fields["documents"] = documents_of_record()


@holds_documents("Study", *STAFF)
async def _study_as_holder(change: Change, id_: UUID) -> Holder:
    """A study holds what its body lays before everybody, or before its members."""
    found = await change.find(Study, id_)
    return Holder(entry_id=found.id, body_id=found.body_id)
