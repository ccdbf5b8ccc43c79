"""Attaching a document to something, and withdrawing it: its title, its day and its hash stay, its bytes go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.changes.event import Code
from hub.database.base import uuid7
from hub.errors import Invalid, Problem, require
from hub.files.events import DocumentAttached, DocumentWithdrawn, PaperAttached, PaperWithdrawn
from hub.files.holders import Holder, holding_of
from hub.files.models import Document, DocumentRole, DocumentSight, StoredFile
from hub.files.rules import may_attach, may_attach_kept, may_use, may_withdraw
from hub.files.tickets import read_ticket
from hub.register.models import Entry
from hub.text import LocalizedText, problems_with_text, problems_with_words

LONGEST_TITLE, LONGEST_REASON, LONGEST_LICENCE = 500, 4_000, 200


@dataclass(frozen=True, kw_only=True)
class DocumentDraft:
    """What is said of a document when it is attached."""

    title: LocalizedText
    sight: DocumentSight
    role: DocumentRole = DocumentRole.OTHER
    licence: str | None = None


async def attach(
    change: Change, type_: str, id_: UUID, draft: DocumentDraft, *, upload: str, faults: Sequence[Problem] = ()
) -> Document:
    """Attach a file that was handed in to a thing of this type, behind the documents that it has."""
    holding = holding_of(type_)
    holder = await holding.find(change, id_)
    entry = await change.session.get_one(Entry, holder.entry_id, with_for_update={"key_share": True})
    require(
        may_attach(
            change.viewer,
            *holding.roles,
            body_id=holder.body_id,
            closed=holder.closed,
            sight=draft.sight,
            withdrawn=entry.withdrawn_at is not None,
        )
    )
    _require_sound(draft, faults)
    return await _attached(change, holder, entry, draft, await uploaded(change, upload))


async def attach_kept(change: Change, type_: str, id_: UUID, draft: DocumentDraft, *, file: StoredFile) -> Document:
    """Attach a file that the hub itself has kept, such as one of an import; nobody else may."""
    holding = holding_of(type_)
    holder = await holding.find(change, id_)
    entry = await change.session.get_one(Entry, holder.entry_id, with_for_update={"key_share": True})
    require(may_attach_kept(change.viewer))
    return await _attached(change, holder, entry, draft, file)


async def _attached(change: Change, holder: Holder, entry: Entry, draft: DocumentDraft, file: StoredFile) -> Document:
    document = Document(
        id=uuid7(),
        entry_id=holder.entry_id,
        part_id=holder.part_id,
        file_id=file.id,
        body_id=holder.body_id,
        sight=draft.sight,
        title=draft.title,
        role=draft.role,
        licence=draft.licence,
        position=await _next_position(change, holder),
        published_at=change.at,
    )
    await change.add(document)
    told = DocumentAttached if draft.sight is DocumentSight.PUBLIC else PaperAttached
    sha256 = Code(file.sha256.hex())
    change.record(told(document_id=document.id, entry_id=entry.id, file_id=file.id, sha256=sha256))
    _note(change, entry, document)
    change.results["document"] = str(document.id)
    return document


async def uploaded(change: Change, upload: str) -> StoredFile:
    """Return the file that was handed in by a ticket, locked against being swept; it is the viewer's own."""
    ticket = read_ticket(upload, change.keys)
    file = None
    if ticket is not None:
        found = select(StoredFile).filter_by(id=ticket.file_id).where(StoredFile.kept_until > change.at)
        file = await change.session.scalar(found.with_for_update(read=True))
    owner = file.uploaded_by if file is not None else None
    require(may_use(change.viewer, ticket, uploaded_by=owner, there=file is not None))
    assert file is not None  # noqa: S101 - the rule looked
    return file


async def withdraw(
    change: Change, document_id: UUID, *, reason: LocalizedText, faults: Sequence[Problem] = ()
) -> Document:
    """Withdraw a document, and say why; whoever comes for it is told so."""
    document = await change.take(Document, document_id)
    entry = await change.session.get_one(Entry, document.entry_id)
    roles = holding_of(entry.kind.value).roles
    withdrawn = document.withdrawn_at is not None
    require(may_withdraw(change.viewer, *roles, body_id=document.body_id, withdrawn=withdrawn))
    if problems := [*faults, *problems_with_text(reason, ("reason",), longest=LONGEST_REASON)]:
        raise Invalid(problems)
    document.withdrawn_at, document.withdrawn_reason = change.at, reason
    told = DocumentWithdrawn if document.sight is DocumentSight.PUBLIC else PaperWithdrawn
    change.record(told(document_id=document.id, entry_id=document.entry_id))
    _note(change, entry, document)
    change.results["document"] = str(document.id)
    return document


def _require_sound(draft: DocumentDraft, faults: Sequence[Problem]) -> None:
    problems = [*faults]
    problems += problems_with_text(draft.title, ("title",), longest=LONGEST_TITLE)
    if draft.licence is not None:
        problems += problems_with_words(draft.licence, "licence", longest=LONGEST_LICENCE)
    if problems:
        raise Invalid(problems)


def _note(change: Change, entry: Entry, document: Document) -> None:
    """Say that the public record changed, where it did."""
    if document.sight is DocumentSight.PUBLIC:
        entry.updated_at = max(change.at, entry.updated_at)


async def _next_position(change: Change, holder: Holder) -> int:
    last = select(func.max(Document.position)).filter_by(entry_id=holder.entry_id)
    return (await change.session.scalar(last) or 0) + 1
