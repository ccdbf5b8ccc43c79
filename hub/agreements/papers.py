"""The papers of an agreement: its signed text, and what it was negotiated upon."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_

from hub.agreements.models import Agreement
from hub.agreements.reading import agreement
from hub.agreements.visibility import of_a_party
from hub.bodies.visibility import OFFICERS
from hub.changes.change import Change
from hub.files.holders import Holder, holds_documents
from hub.files.models import DocumentSight
from hub.files.reading import documents_of_record
from hub.files.visibility import insiders_of_documents
from hub.visibility import Sight

agreement.fields["documents"] = documents_of_record()


@holds_documents("Agreement", *OFFICERS)
async def _agreement_as_holder(change: Change, id_: UUID) -> Holder:
    """An agreement holds its text as it was signed, and its annexes; the body that drafted it keeps them."""
    found = await change.find(Agreement, id_)
    return Holder(entry_id=found.id, body_id=found.body_id)


@insiders_of_documents
def of_the_parties(row: Any, sight: Sight) -> ColumnElement[bool]:
    """Whoever is to sign an agreement reads its text before it is public; papers for its members stay the body's."""
    return and_(row.sight == DocumentSight.PUBLIC.value, of_a_party(row.entry_id, sight))
