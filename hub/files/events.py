"""What happens to documents. What is only for those who sit in a body is not told to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Code, Event


@dataclass(frozen=True, kw_only=True)
class DocumentAttached(Event):
    """A public document was attached to something."""

    entity = "document_id"
    entry = "entry_id"
    public = frozenset({"document_id", "entry_id", "sha256"})

    document_id: UUID
    entry_id: UUID
    file_id: UUID
    sha256: Code


@dataclass(frozen=True, kw_only=True)
class PaperAttached(Event):
    """A document for those who sit in the body was attached to something."""

    entity = "document_id"
    entry = "entry_id"

    document_id: UUID
    entry_id: UUID
    file_id: UUID
    sha256: Code


@dataclass(frozen=True, kw_only=True)
class DocumentWithdrawn(Event):
    """A public document was withdrawn; its title, its day and its hash stay."""

    entity = "document_id"
    entry = "entry_id"
    public = frozenset({"document_id", "entry_id"})

    document_id: UUID
    entry_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaperWithdrawn(Event):
    """A document for those who sit in the body was withdrawn."""

    entity = "document_id"
    entry = "entry_id"

    document_id: UUID
    entry_id: UUID
