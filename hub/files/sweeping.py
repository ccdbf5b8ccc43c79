"""Sweeping: what nothing names is gone a day later, and what was broken off within the hour.

Several processes may sweep at once. What is about to be attached is locked by whoever attaches it and passed over; what
is about to be kept holds the lock of its hash. A file whose last document was withdrawn stays a day longer: a backup
that wrote the database down before, and takes the files after it, still finds it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import ColumnElement, and_, delete, exists, or_, select
from sqlalchemy.exc import SQLAlchemyError

from hub.changes.change import Busy, Change, Changes, OutcomeUnknown
from hub.database.base import Base
from hub.files.keeping import lock_bytes
from hub.files.models import Document, StoredFile, UploadAllowance
from hub.files.store import Store
from hub.viewer import SYSTEM

log = structlog.get_logger(__name__)

AT_ONCE = 200
KEPT_WITHDRAWN = dt.timedelta(days=1)
KEPT_ALLOWANCES = dt.timedelta(days=1)


def naming_columns() -> list[Any]:
    """Return the columns that name files, whichever concept has them: their keys say so."""
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys]
    return [key.parent for key in keys if key.column.table.name == StoredFile.__tablename__]


def _named() -> ColumnElement[bool]:
    """Something names the file, be it a document that was withdrawn."""
    return or_(*[exists().where(column == StoredFile.id) for column in naming_columns()])


def _needed(now: dt.datetime) -> ColumnElement[bool]:
    """Somebody may still come for the bytes of the file."""
    documents = Document.__table__
    attached = exists().where(
        documents.c.file_id == StoredFile.id,
        or_(documents.c.withdrawn_at.is_(None), documents.c.withdrawn_at > now - KEPT_WITHDRAWN),
    )
    others = [column for column in naming_columns() if column.table is not documents]
    answered = [exists().where(column == StoredFile.id) for column in others]
    return or_(StoredFile.kept_until > now, attached, *answered)


async def sweep(changes: Changes, store: Store, *, at: dt.datetime | None = None) -> int:
    """Let everything go that is over, and return how many files that were on the disk."""
    async with changes.begin(SYSTEM, at=at) as change:
        await forget_unnamed(change)
    await asyncio.to_thread(store.clear)
    lying, swept = await asyncio.to_thread(lambda: list(store.old())), 0
    for start in range(0, len(lying), AT_ONCE):
        async with changes.begin(SYSTEM, at=at) as change:
            unneeded = await _unneeded(change, lying[start : start + AT_ONCE])
        for sha256 in unneeded:
            async with changes.begin(SYSTEM, at=at) as change:
                swept += await let_go(change, sha256, store)
    return swept


async def forget_unnamed(change: Change) -> None:
    """Forget the files that nothing names, and what was counted on former days."""
    over = and_(StoredFile.kept_until <= change.at, ~_named())
    locked = select(StoredFile.id).where(over).limit(AT_ONCE).with_for_update(skip_locked=True)
    ids = list(await change.session.scalars(locked))
    # A second look, at what has been attached before the lock was there.
    await change.session.execute(delete(StoredFile).where(StoredFile.id.in_(ids), ~_named()))
    former = change.at.date() - KEPT_ALLOWANCES
    await change.session.execute(delete(UploadAllowance).where(UploadAllowance.day < former))


async def _unneeded(change: Change, lying: Sequence[bytes]) -> list[bytes]:
    needed = select(StoredFile.sha256).where(StoredFile.sha256.in_(lying), _needed(change.at))
    kept = set(await change.session.scalars(needed))
    return [sha256 for sha256 in lying if sha256 not in kept]


async def let_go(change: Change, sha256: bytes, store: Store) -> bool:
    """Let the bytes of a hash go, if under its lock still nobody needs them."""
    await lock_bytes(change, sha256)
    if not await _unneeded(change, [sha256]):
        return False
    await asyncio.to_thread(store.remove, sha256)
    return True


async def watch(changes: Changes, store: Store, *, every: float = 600.0) -> None:
    """Sweep until cancelled. A round that fails is only late: the next one makes up for it."""
    while True:
        try:
            await sweep(changes, store)
        except (SQLAlchemyError, OSError, OutcomeUnknown, Busy) as error:
            log.warning("sweeping_failed", error=type(error).__name__)
        await asyncio.sleep(every)
