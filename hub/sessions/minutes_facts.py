"""Gathering the facts about minutes that the rules are asked with, on the writing side."""

from __future__ import annotations

from sqlalchemy import exists, func, or_, select

from hub.bodies.seat_models import Membership, Post, Seat
from hub.changes.change import Change
from hub.sessions.minutes_models import Minutes, MinutesRevision, MinutesSignature, Observation, ObservationState
from hub.sessions.minutes_rules import MinutesFacts
from hub.sessions.models import Attendance, Session
from hub.sessions.presence import terms_of
from hub.sessions.seats import own_membership
from hub.sessions.terms import MinutesMode


async def newest_wording(change: Change, minutes: Minutes) -> MinutesRevision:
    """Return the newest wording of minutes."""
    found = select(MinutesRevision).filter_by(minutes_id=minutes.id).order_by(MinutesRevision.number.desc()).limit(1)
    return (await change.session.execute(found)).scalar_one()


async def minutes_facts(change: Change, minutes: Minutes) -> MinutesFacts:
    """Gather what the rules want to know of minutes."""
    session = await change.session.get_one(Session, minutes.session_id)
    terms = await terms_of(change, session)
    own = await own_membership(change, session)
    unanswered = (
        select(func.count()).select_from(Observation).filter_by(minutes_id=minutes.id, state=ObservationState.MADE)
    )
    return MinutesFacts(
        body_id=session.body_id,
        state=minutes.state,
        observations_until=minutes.observations_until,
        unanswered=await change.session.scalar(unanswered) or 0,
        seated=own is not None,
        signed=own is not None and await _signed(change, minutes, own),
        attended=own is not None and await _attended(change, session, own),
        by_silence=terms.minutes_mode is MinutesMode.NO_OBJECTION,
        zone=session.zone,
        now=change.at,
    )


async def _signed(change: Change, minutes: Minutes, own: Membership) -> bool:
    signature = exists().where(MinutesSignature.minutes_id == minutes.id, MinutesSignature.membership_id == own.id)
    return bool(await change.session.scalar(select(signature)))


async def _attended(change: Change, session: Session, own: Membership) -> bool:
    officer = exists().where(
        Seat.id == own.seat_id, Seat.post.in_((Post.COORDINATOR, Post.SECRETARY)), Seat.body_id == session.body_id
    )
    there = exists().where(Attendance.session_id == session.id, Attendance.membership_id == own.id)
    return bool(await change.session.scalar(select(there if own.alternate else or_(there, officer))))
