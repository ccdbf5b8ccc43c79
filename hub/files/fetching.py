"""Fetching: whoever sees a document is given its bytes, and whoever has a pass for it, for as long as that is good."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.errors import require
from hub.files.models import Document, DocumentSight, StoredFile
from hub.files.rules import may_fetch
from hub.files.tickets import read_pass
from hub.visibility import PlainSight, visible_rows


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is known of bytes that may be given out."""

    sha256: bytes
    size: int
    media_type: str
    name: str
    public: bool
    """Whether everybody may have it: then others may keep it for a while."""


async def find_document(change: Change, document_id: UUID, *, given_pass: str | None = None) -> Found:
    """Find what a document is; who may see it is asked anew each time. NotFound for everybody else."""
    sight = PlainSight(change.viewer, change.at)
    seen = visible_rows(Document, Document, sight)
    passed = passes(change, document_id, given_pass)
    found = (
        select(Document, StoredFile, seen)
        .join(StoredFile, StoredFile.id == Document.file_id)
        .where(Document.id == document_id, *([] if passed else [seen]))
    )
    row = (await change.session.execute(found)).one_or_none()
    withdrawn = row is not None and row[0].withdrawn_at is not None
    require(may_fetch(seen=row is not None, withdrawn=withdrawn))
    assert row is not None  # noqa: S101 - the rule looked
    document, file, visible = row
    return Found(
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type,
        name=file.name,
        public=visible and document.sight is DocumentSight.PUBLIC and not change.viewer.signed_in,
    )


def passes(change: Change, id_: UUID, given: str | None) -> bool:
    """Whether somebody has a pass for this that is still good."""
    known = None if given is None else read_pass(given, change.keys)
    return known is not None and known.id == id_ and change.at < known.expires_at
