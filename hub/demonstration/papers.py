"""The papers of the demonstration: kept as the hub keeps what it brings itself, and attached to what they are about."""

from __future__ import annotations

from uuid import UUID

import hub.agreements.papers
import hub.sessions.papers
import hub.studies.papers  # noqa: F401 - what of agreements, sessions and studies holds documents
from hub.changes.change import Change
from hub.demonstration.sources import paper
from hub.files.attaching import DocumentDraft, attach_kept
from hub.files.models import Document
from hub.files.store import Store
from hub.importing.keeping import keep_content


async def attach(
    change: Change, type_: str, holder: UUID, draft: DocumentDraft, *, name: str, store: Store
) -> Document:
    """Attach a paper that the demonstration ships."""
    file = await keep_content(change, name, paper(name), store)
    return await attach_kept(change, type_, holder, draft, file=file)
