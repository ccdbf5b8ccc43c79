"""Who may see motions and votes: whoever sees the point does, but for what is being voted and what is secret."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from hub.bodies.seat_models import Membership
from hub.sessions.visibility import of_point_seen
from hub.sessions.vote_models import BallotBox, Motion, SectorCount, Vote, VoteEvent, VotingSeat
from hub.visibility import Row, Sight, one_by_one, visible


@visible(Motion)
def visible_motion(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A motion is seen as its point is."""
    return of_point_seen(row.agenda_item_id, sight)


@visible(VoteEvent)
def visible_vote_event(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A vote is seen as its motion is."""
    motion = Motion.__table__.alias()
    found = select(motion.c.id).where(motion.c.id == row.motion_id, visible_motion(motion.c, sight))
    return exists(found.correlate_except(motion))


def of_vote_seen(vote_event_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The vote with this id is seen."""
    event = VoteEvent.__table__.alias()
    found = select(event.c.id).where(event.c.id == vote_event_id, visible_vote_event(event.c, sight))
    return exists(found.correlate_except(event))


@visible(VotingSeat)
def visible_voting_seat(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Which seats could vote, and which of them have, is seen as the vote is: also of a secret one."""
    return of_vote_seen(row.vote_event_id, sight)


@visible(Vote)
def visible_vote(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What was voted for a seat is public office, once the vote was closed; until then everybody knows their own."""
    event = VoteEvent.__table__.alias()
    closed = select(event.c.id).where(
        event.c.id == row.vote_event_id, event.c.closed_at.is_not(None), visible_vote_event(event.c, sight)
    )
    closed = closed.correlate_except(event)
    if not sight.signed_in:
        return exists(closed)
    held = Membership.__table__.alias()
    own = select(held.c.id).where(held.c.id == row.membership_id, held.c.person_id == sight.person_id)
    return or_(one_by_one(closed, sight), one_by_one(own.correlate_except(held), sight))


@visible(SectorCount)
def visible_sector_count(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What a sector voted is seen as the vote is, which has been closed then."""
    return and_(of_vote_seen(row.vote_event_id, sight))


@visible(BallotBox)
def visible_ballot_box(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Nobody looks into a box while people vote."""
    return false()
