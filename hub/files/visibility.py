"""Who may see documents, and by them files."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_

from hub.bodies.visibility import INSIDERS
from hub.files.models import Document, DocumentSight, StoredFile, UploadAllowance
from hub.register.visibility import published_beside, published_entry
from hub.viewer import Role
from hub.visibility import Condition, Row, Sight, visible

_parts: list[Condition] = []
_insiders: list[Condition] = []


def part_of_documents(condition: Condition) -> Condition:
    """Register when everybody is shown a part that documents are attached to; no other part shows any."""
    _parts.append(condition)
    return condition


def insiders_of_documents(condition: Condition) -> Condition:
    """Register who else is shown the papers of what they are attached to, besides who sits in the document's body."""
    _insiders.append(condition)
    return condition


@visible(Document)
def visible_document(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A public document is seen as what it is attached to; one for members, by whoever sits in the body.

    What is public and of something that is not published yet is also seen by those who prepare that.
    """
    public = row.sight == DocumentSight.PUBLIC.value
    part = or_(row.part_id.is_(None), *[condition(row, sight) for condition in _parts])
    if not sight.signed_in:
        return and_(public, part, published_entry(row.entry_id))
    return or_(
        and_(public, part, published_beside(row.entry_id, sight)),
        row.body_id == sight.bodies(*INSIDERS).any_(),
        and_(public, row.body_id == sight.bodies(Role.ANALYST).any_()),
        *[condition(row, sight) for condition in _insiders],
    )


@visible(StoredFile)
def visible_stored_file(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Bytes are seen by the documents that they are; by themselves nobody finds them."""
    return false()


@visible(UploadAllowance)
def visible_upload_allowance(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who has handed in how much is not told to anybody."""
    return false()
