"""Who may see documents, and by them files."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_

from hub.bodies.visibility import INSIDERS
from hub.files.models import Document, DocumentSight, StoredFile
from hub.register.visibility import published_beside, published_entry
from hub.visibility import Row, Sight, visible


@visible(Document)
def visible_document(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A public document is seen as what it is attached to; one for members, by whoever sits in the body."""
    public = row.sight == DocumentSight.PUBLIC.value
    if not sight.signed_in:
        return and_(public, published_entry(row.entry_id))
    return or_(and_(public, published_beside(row.entry_id, sight)), row.body_id == sight.bodies(*INSIDERS).any_())


@visible(StoredFile)
def visible_stored_file(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Bytes are seen by the documents that they are; by themselves nobody finds them."""
    return false()
