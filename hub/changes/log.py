"""Writing the log in commit order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hub.changes.event import Recorded
from hub.changes.models import LoggedEvent
from hub.viewer import Viewer

LOG_LOCK = 0x6C6F67
"""The advisory lock that commits queue up for ("log" in ASCII)."""

# The lock is taken in the statement that draws the positions, before the first row is made, and held until the
# transaction ends: whoever has a higher position committed later. Two statements would hold it a round trip longer.
APPEND = text(
    """
    INSERT INTO event (at, type, entity_id, entry_id, actor_account_id, actor_client_id, request_id,
                       machine, source, move, target, facts, public)
    SELECT :at, e.type, e.entity_id, e.entry_id, e.actor_account_id, e.actor_client_id, :request_id,
           e.machine, e.source, e.move, e.target, e.facts, e.public
    FROM (SELECT pg_advisory_xact_lock(:lock) OFFSET 0) AS queued,
         jsonb_to_recordset(CAST(:events AS jsonb)) AS e (
             n int, type text, entity_id uuid, entry_id uuid, actor_account_id uuid, actor_client_id uuid,
             machine text, source text, move text, target text, facts jsonb, public boolean)
    ORDER BY e.n
    RETURNING position, current_setting('hub.written', true)
    """
)

WRITTEN = text("SELECT current_setting('hub.written', true)")


async def append(
    session: AsyncSession,
    recorded: Sequence[Recorded],
    *,
    viewer: Viewer,
    at: dt.datetime,
    request_id: str | None,
    kept_back: bool = False,
) -> tuple[int, frozenset[str]]:
    """Write these events as the last statement before the commit.

    What is kept back is not in the change feed, whatever its class says. Returns the position of the last event, and
    the tables that the transaction has written, as far as they have marks.
    """
    rows = []
    for n, record in enumerate(recorded):
        event, move = record.event, record.move
        facts = event.facts()
        named = not event.anonymous
        rows.append(
            {
                "n": n,
                "type": type(event).__name__,
                "entity_id": facts[event.entity],
                "entry_id": facts[event.entry] if event.entry else None,
                "actor_account_id": viewer.account_id if named else None,
                "actor_client_id": viewer.client_id if named else None,
                "machine": record.machine,
                "source": move.source if move else None,
                "move": move.event if move else None,
                "target": move.target if move else None,
                "facts": facts,
                "public": bool(event.public) and not kept_back,
            }
        )
    known = request_id if all(not r.event.anonymous for r in recorded) else None
    result = await session.execute(
        APPEND,
        {"at": at, "request_id": known, "lock": LOG_LOCK, "events": orjson.dumps(rows, default=str).decode()},
    )
    appended = result.all()
    return max(position for position, _ in appended), tables_of(appended[0][1]) | {LoggedEvent.__tablename__}


async def written(session: AsyncSession) -> frozenset[str]:
    """Return the tables that a transaction without an event has written, as far as they have marks."""
    return tables_of((await session.execute(WRITTEN)).scalar_one())


def tables_of(noted: str | None) -> frozenset[str]:
    """Return the names that the triggers have noted."""
    return frozenset((noted or "").split())
