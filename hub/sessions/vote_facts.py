"""Gathering the facts about a motion and about a vote that the rules are asked with, on the writing side."""

from __future__ import annotations

from sqlalchemy import select

from hub.bodies.seat_models import Membership
from hub.changes.change import Change
from hub.sessions.models import AgendaItem, Session
from hub.sessions.points import keep_back_reserved
from hub.sessions.presence import terms_of
from hub.sessions.vote_models import Motion, MotionState, VoteEvent
from hub.sessions.vote_rules import MotionFacts, VoteFacts

UNDECIDED = (MotionState.TABLED, MotionState.PUT)
"""The states of motions that nobody has decided or taken back."""


async def motion_facts(change: Change, motion: Motion) -> MotionFacts:
    """Gather what the rules want to know of a motion."""
    session = await change.session.get_one(Session, motion.session_id)
    point = await change.session.get_one(AgendaItem, motion.agenda_item_id)
    keep_back_reserved(change, point)
    mover = None if motion.mover_id is None else await change.session.get_one(Membership, motion.mover_id)
    return MotionFacts(
        body_id=session.body_id,
        session_state=session.state,
        point_state=point.state,
        state=motion.state,
        mover_id=None if mover is None else mover.person_id,
        amendments=len(await undecided_amendments(change, motion)),
    )


async def undecided_amendments(change: Change, motion: Motion) -> list[Motion]:
    """Return the amendments to a motion that are not decided, locked."""
    found = select(Motion).where(Motion.amends_id == motion.id, Motion.state.in_(UNDECIDED)).order_by(Motion.number)
    found = found.with_for_update(key_share=True).execution_options(populate_existing=True)
    return [*(await change.session.execute(found)).scalars()]


async def vote_facts(change: Change, event: VoteEvent) -> VoteFacts:
    """Gather what the rules want to know of a vote."""
    session = await change.take(Session, event.session_id)
    await _keep_back_reserved_vote(change, event)
    terms = await terms_of(change, session)
    return VoteFacts(
        body_id=session.body_id,
        session_state=session.state,
        state=event.state,
        method=event.method,
        result=event.result,
        chair_decides=terms.casting_vote,
    )


async def _keep_back_reserved_vote(change: Change, event: VoteEvent) -> None:
    of_vote = (
        select(AgendaItem).join(Motion, Motion.agenda_item_id == AgendaItem.id).where(Motion.id == event.motion_id)
    )
    keep_back_reserved(change, await change.session.scalar(of_vote))
