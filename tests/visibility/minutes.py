"""The minutes of the sessions that are over: being drafted, circulated and published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

import asyncpg

from hub.database.address import plain
from hub.sessions.minuting import circulate_minutes, draft_minutes, write_minutes
from hub.sessions.observing import observe_minutes
from hub.text import written
from tests.visibility.people import Cast

OBSERVED = ("circulated", "published")


async def minutes_written(cast: Cast, sessions: Mapping[str, UUID], *, at: dt.datetime) -> dict[str, UUID]:
    """Write the minutes of each session, as far as its name says; what was circulated is observed."""
    found = {}
    for state, session in sessions.items():
        async with cast.hub.change(at=at) as change:
            found[state] = (await draft_minutes(change, session)).id
            word = cast.words.get(f"Minutes.text: {state}")
            if word is not None:
                await write_minutes(change, found[state], written(es=word), based_on=1)
            if state in OBSERVED:
                await circulate_minutes(change, found[state])
        if state in OBSERVED:
            async with cast.hub.change(cast.viewers["M"].viewer, at=at) as change:
                said = written(es=cast.words[f"Observation.text: on what is {state}"])
                await observe_minutes(change, found[state], said)
    await _published(cast, found["published"])
    return found


async def _published(cast: Cast, minutes: UUID) -> None:
    """Publish them past the acts, which are tried elsewhere: of who signed nothing is to be seen here."""
    connection = await asyncpg.connect(plain(cast.hub.url))
    try:
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(
            "UPDATE minutes SET state = 'published', content_hash = 'sha256:00', approved_at = circulated_at, "
            "published_at = circulated_at WHERE id = $1",
            minutes,
        )
    finally:
        await connection.close()
