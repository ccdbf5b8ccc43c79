"""Keeping the bytes of a file that the hub itself brings in."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.files.keeping import lock_bytes
from hub.files.models import StoredFile
from hub.files.purposes import TYPES, ending
from hub.files.store import Store


async def keep_content(change: Change, name: str, content: bytes, store: Store) -> StoredFile:
    """Keep these bytes under a name whose end says what they are, once: the same bytes again are the same file."""
    incoming = store.begin()
    try:
        incoming.write(content)
        incoming.finish()
        await lock_bytes(change, incoming.sha256)
        kept = await change.session.scalar(select(StoredFile).filter_by(sha256=incoming.sha256).limit(1))
        if kept is not None:
            return kept
        await asyncio.to_thread(store.place, incoming)
        kept = StoredFile(
            id=uuid7(),
            sha256=incoming.sha256,
            size=incoming.size,
            media_type=TYPES[ending(name)],
            name=name,
            uploaded_at=change.at,
            kept_until=change.at,
        )
        await change.add(kept)
        return kept
    finally:
        incoming.close()
