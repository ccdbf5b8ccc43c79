"""Approving minutes: by the vote of a later session on that very wording, or by nobody's objecting in time."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.changes.event import Code
from hub.errors import WrongState, require
from hub.sessions.minutes_events import MinutesApproved
from hub.sessions.minutes_facts import minutes_facts, newest_wording
from hub.sessions.minutes_models import MINUTES_LIFE, Minutes
from hub.sessions.minutes_rules import OBSERVED, may_approve_minutes
from hub.sessions.models import AgendaItem, Session
from hub.sessions.moving import MotionDraft, Subject, table_motion
from hub.sessions.outcomes import carried_vote_on_minutes
from hub.sessions.vote_models import Motion


async def move_approval(change: Change, agenda_item_id: UUID, draft: MotionDraft, *, minutes_id: UUID) -> Motion:
    """Ask a later session to approve circulated minutes, in the wording that they have now."""
    minutes = await change.find(Minutes, minutes_id)
    if minutes.state not in OBSERVED:
        raise WrongState("MINUTES_NOT_CIRCULATED")
    earlier = await change.session.get_one(Session, minutes.session_id)
    point = await change.find(AgendaItem, agenda_item_id)
    later = await change.session.get_one(Session, point.session_id)
    if later.body_id != earlier.body_id or later.starts_at <= earlier.starts_at:
        raise WrongState("MINUTES_WAIT_FOR_A_LATER_SESSION")
    wording = await newest_wording(change, minutes)
    subject = Subject(content_hash=wording.content_hash, minutes_id=minutes.id)
    return await table_motion(change, agenda_item_id, draft, subject=subject)


async def approve_minutes(change: Change, minutes_id: UUID) -> Minutes:
    """Record that minutes are approved: from now on they never change."""
    minutes = await change.take(Minutes, minutes_id)
    facts = await minutes_facts(change, minutes)
    require(may_approve_minutes(change.viewer, facts))
    wording = await newest_wording(change, minutes)
    if not facts.by_silence:
        vote = await carried_vote_on_minutes(change, minutes.id, content_hash=wording.content_hash)
        minutes.approved_by_id = vote.id
    minutes.content_hash, minutes.approved_at = wording.content_hash, change.at
    approved = MinutesApproved(
        session_id=minutes.session_id, minutes_id=minutes.id, content_hash=Code(wording.content_hash)
    )
    await change.move(minutes, MINUTES_LIFE, "approve_minutes", approved)
    change.results["minutes"] = str(minutes.id)
    return minutes
