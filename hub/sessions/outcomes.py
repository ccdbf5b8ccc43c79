"""What bodies decided: the carried vote that an instrument or minutes rest on, for whoever acts upon it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, select

from hub.changes.change import Change
from hub.errors import WrongState
from hub.sessions.vote_models import Motion, MotionState, VoteEvent, VoteState


async def carried_vote_on(change: Change, instrument_id: UUID, *, content_hash: str | None = None) -> VoteEvent:
    """Return the vote that carried a motion about an instrument (in this very wording), locked; refused without one."""
    return await _carried(change, Motion.instrument_id == instrument_id, content_hash=content_hash)


async def carried_vote_on_minutes(change: Change, minutes_id: UUID, *, content_hash: str) -> VoteEvent:
    """Return the vote that carried a motion about minutes in this very wording, locked; refused without one."""
    return await _carried(change, Motion.minutes_id == minutes_id, content_hash=content_hash)


async def _carried(change: Change, about: ColumnElement[bool], *, content_hash: str | None) -> VoteEvent:
    # Locked against being annulled: what is done next rests on it.
    found = (
        select(VoteEvent)
        .join(Motion, Motion.id == VoteEvent.motion_id)
        .where(about, Motion.state == MotionState.CARRIED, VoteEvent.state == VoteState.CLOSED)
        .order_by(VoteEvent.closed_at.desc(), VoteEvent.id)
        .limit(1)
        .with_for_update(read=True)
    )
    if content_hash is not None:
        found = found.where(Motion.subject_hash == content_hash)
    event = (await change.session.execute(found)).scalars().first()
    if event is None:
        raise WrongState("NO_CARRIED_VOTE")
    return event
