"""Keeping: bytes that came whole by a ticket get their name on the disk and their row, in this order.

The row is there only after the bytes are, and the lock of the hash is held until it is: so no row ever names bytes that
are not there, and no sweeper takes bytes away between the two.
"""

from __future__ import annotations

import asyncio
import datetime as dt

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.errors import Conflict, require
from hub.files.models import StoredFile
from hub.files.purposes import Purpose
from hub.files.rules import may_keep
from hub.files.store import Incoming, Store
from hub.files.tickets import Ticket

KEPT_UNATTACHED = dt.timedelta(days=1)
"""How long a file stays that nothing names: time enough to attach it, and to think again."""


async def keep(
    change: Change, ticket: Ticket, incoming: Incoming, *, media_type: str | None, store: Store
) -> StoredFile:
    """Keep what came; the same bytes by the same ticket once more are the same file, other bytes a conflict."""
    require(may_keep(ticket, size=incoming.size, media_type=media_type))
    assert media_type is not None  # noqa: S101 - the rule looked
    await lock_bytes(change, incoming.sha256)
    kept = await change.session.get(StoredFile, ticket.file_id)
    if kept is not None and kept.sha256 != incoming.sha256:
        raise Conflict("UPLOADED_ALREADY")
    await asyncio.to_thread(store.place, incoming)
    if kept is None:
        # Of what answers a question only the day is known: an instant would lead to whoever was there then.
        came = _day(change.at) if ticket.purpose is Purpose.ANSWER else change.at
        kept = StoredFile(
            id=ticket.file_id,
            sha256=incoming.sha256,
            size=incoming.size,
            media_type=media_type,
            name=ticket.name,
            uploaded_by=ticket.account_id,
            uploaded_at=came,
            kept_until=came + KEPT_UNATTACHED * (1 if came == change.at else 2),
        )
        await change.add_once(kept, Conflict("UPLOADED_ALREADY"))
    return kept


def _day(at: dt.datetime) -> dt.datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


async def lock_bytes(change: Change, sha256: bytes) -> None:
    """Wait until nobody else keeps or sweeps the same bytes, in whichever process."""
    await change.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"file/{sha256.hex()}", 0))))
