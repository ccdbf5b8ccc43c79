"""On what somebody is seated: a vote that carried, or an instrument that is published, of the body or of the one above.

Votes and instruments stand above the bodies: here they are known by their tables alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import column, select, table

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.errors import Conflict

VOTE = table("vote_event", column("id"), column("session_id"), column("state"), column("result"))
SESSION = table("session", column("id"), column("body_id"))
INSTRUMENT = table("instrument", column("id"), column("body_id"), column("state"))
IN_FORCE = ("published", "amended")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The vote or the instrument that says who sits there; nothing, where the officers of the body say it."""

    vote_id: UUID | None = None
    instrument_id: UUID | None = None

    def __bool__(self) -> bool:
        return self.vote_id is not None or self.instrument_id is not None


NO_GROUND = Ground()


async def check_ground(change: Change, body_id: UUID, ground: Ground) -> None:
    """Make sure that the vote carried and the instrument is published, and that they are of this body."""
    body = await change.session.get_one(Body, body_id)
    deciding = [id_ for id_ in (body.id, body.parent_id) if id_ is not None]
    if ground.vote_id is not None:
        carried = (
            select(VOTE.c.id)
            .join_from(VOTE, SESSION, SESSION.c.id == VOTE.c.session_id)
            .where(VOTE.c.id == ground.vote_id, SESSION.c.body_id.in_(deciding))
            .where(VOTE.c.state == "closed", VOTE.c.result == "carried")
        )
        if await change.session.scalar(carried) is None:
            raise Conflict("VOTE_IS_NO_GROUND", path=("voteEventId",))
    if ground.instrument_id is not None:
        published = select(INSTRUMENT.c.id).where(
            INSTRUMENT.c.id == ground.instrument_id,
            INSTRUMENT.c.body_id.in_(deciding),
            INSTRUMENT.c.state.in_(IN_FORCE),
        )
        if await change.session.scalar(published) is None:
            raise Conflict("INSTRUMENT_IS_NO_GROUND", path=("instrumentId",))
