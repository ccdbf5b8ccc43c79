"""Signing the approved minutes by their hash, publishing them once signed, and adding to them afterwards."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from hub.bodies.seat_models import Membership, Post, Seat
from hub.changes.change import Change
from hub.changes.event import Code
from hub.database.base import uuid7
from hub.errors import Conflict, Forbidden, Invalid, Problem, WrongState, require
from hub.hashing import content_hash
from hub.register.models import Entry
from hub.sessions.minutes_events import (
    AddendumAdded,
    MinutesPublished,
    MinutesSignatureGiven,
    MinutesSigned,
    SessionFinished,
)
from hub.sessions.minutes_facts import minutes_facts
from hub.sessions.minutes_models import (
    MINUTES_LIFE,
    Minutes,
    MinutesAddendum,
    MinutesSignature,
    MinutesState,
    SigningPost,
)
from hub.sessions.minutes_rules import may_add_to_minutes, may_publish_minutes, may_sign_minutes
from hub.sessions.minuting import LONGEST_MINUTES, MOST_WORDINGS
from hub.sessions.models import SESSION_LIFE, Session
from hub.sessions.seats import own_membership
from hub.text import LocalizedText, problems_with_text

BOTH = frozenset({SigningPost.COORDINATOR, SigningPost.SECRETARY})
"""Who have to sign before minutes are published."""


async def sign_minutes(change: Change, minutes_id: UUID, *, content_hash: str) -> Minutes:
    """Sign approved minutes. The hash is named, so that nobody signs a text that they have not before them."""
    minutes = await change.take(Minutes, minutes_id)
    require(may_sign_minutes(change.viewer, await minutes_facts(change, minutes)))
    if minutes.content_hash is None or content_hash != minutes.content_hash:
        raise Invalid([Problem("ANOTHER_TEXT", ("contentHash",))])
    session = await change.session.get_one(Session, minutes.session_id)
    own = await own_membership(change, session)
    if own is None:
        raise Forbidden("NOT_SEATED")
    signature = MinutesSignature(
        id=uuid7(),
        minutes_id=minutes.id,
        membership_id=own.id,
        post=await _post(change, session, own),
        content_hash=minutes.content_hash,
        signed_at=change.at,
    )
    await change.add_once(signature, Conflict("SIGNED_ALREADY"))
    given = MinutesSignatureGiven(
        session_id=session.id,
        minutes_id=minutes.id,
        signature_id=signature.id,
        content_hash=Code(minutes.content_hash),
    )
    change.record(given)
    if minutes.state is MinutesState.APPROVED and await _both_have(change, minutes):
        signed = MinutesSigned(session_id=session.id, minutes_id=minutes.id)
        await change.move(minutes, MINUTES_LIFE, "sign_minutes", signed)
    change.results["minutes"] = str(minutes.id)
    return minutes


async def publish_minutes(change: Change, minutes_id: UUID) -> Minutes:
    """Publish signed minutes: the session that they are of is finished."""
    minutes = await change.take(Minutes, minutes_id)
    require(may_publish_minutes(change.viewer, await minutes_facts(change, minutes)))
    session = await change.take(Session, minutes.session_id)
    minutes.published_at = change.at
    published = MinutesPublished(session_id=session.id, minutes_id=minutes.id)
    await change.move(minutes, MINUTES_LIFE, "publish_minutes", published)
    finished = SessionFinished(session_id=session.id, minutes_id=minutes.id)
    await change.move(session, SESSION_LIFE, "minutes_approved", finished)
    await _touch(change, session)
    change.results["minutes"] = str(minutes.id)
    return minutes


async def add_addendum(
    change: Change, minutes_id: UUID, text: LocalizedText, *, faults: tuple[Problem, ...] = ()
) -> MinutesAddendum:
    """Add to published minutes: numbered, dated and hashed; the minutes themselves stay as they are."""
    minutes = await change.take(Minutes, minutes_id)
    require(may_add_to_minutes(change.viewer, await minutes_facts(change, minutes)))
    problems = list(faults) or problems_with_text(text, ("text",), longest=LONGEST_MINUTES)
    if problems:
        raise Invalid(problems)
    last = select(func.max(MinutesAddendum.number)).filter_by(minutes_id=minutes.id)
    number = (await change.session.scalar(last) or 0) + 1
    if number > MOST_WORDINGS:
        raise WrongState("MINUTES_WORDED_OFTEN_ENOUGH", most=MOST_WORDINGS)
    addendum = MinutesAddendum(
        id=uuid7(),
        minutes_id=minutes.id,
        number=number,
        text=text,
        content_hash=content_hash({"minutes": str(minutes.id), "addendum": number, "text": text.to_json()}),
        added_at=change.at,
    )
    await change.add(addendum)
    added = AddendumAdded(session_id=minutes.session_id, minutes_id=minutes.id, addendum_id=addendum.id, number=number)
    change.record(added)
    await _touch(change, await change.session.get_one(Session, minutes.session_id))
    change.results["minutes"] = str(minutes.id)
    return addendum


async def _post(change: Change, session: Session, own: Membership) -> SigningPost:
    """Return as what somebody signs: an alternate, and who sits in a body that sat with it, as a member."""
    seat = await change.session.get_one(Seat, own.seat_id)
    if own.alternate or own.body_id != session.body_id:
        return SigningPost.MEMBER
    posts = {Post.COORDINATOR: SigningPost.COORDINATOR, Post.SECRETARY: SigningPost.SECRETARY}
    return posts.get(seat.post, SigningPost.MEMBER)


async def _both_have(change: Change, minutes: Minutes) -> bool:
    posts = select(MinutesSignature.post).filter_by(minutes_id=minutes.id)
    return set(await change.session.scalars(posts)) >= BOTH


async def _touch(change: Change, session: Session) -> None:
    entry = await change.session.get_one(Entry, session.id)
    entry.updated_at = change.at
    await change.session.flush()
