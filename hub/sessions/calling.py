"""Calling again: a session that had no quorum has failed, and the next call of it follows by the rules."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import require
from hub.register.models import CreatedVia, EntryKind, EntryVisibility
from hub.register.registering import register
from hub.sessions.agenda_events import PointEntered
from hub.sessions.convocation_models import ConvocationKind, QuorumOccasion
from hub.sessions.convocations import publish_convocation, publish_session, touch
from hub.sessions.departures import leave_all
from hub.sessions.events import SessionFailed, SessionPlanned
from hub.sessions.facts import rules_of, session_facts
from hub.sessions.models import AGENDA_ITEM_LIFE, SESSION_LIFE, AgendaItem, AgendaItemState, Session
from hub.sessions.noticing import NoticeCheck, next_call
from hub.sessions.planning import SAID
from hub.sessions.points import agenda_of
from hub.sessions.presence import keep_count, terms_of
from hub.sessions.rules import may_fail
from hub.timetables.zones import Declared, day_in

CARRIED = ("kind", "title", "explanation", "presenter", "public", "planned_minutes", "position", "requested_by_id")
"""What a point of the next call has of the point of the call before."""


async def fail_session(change: Change, session_id: UUID) -> Session:
    """Record that a session could not be opened without a quorum, and convene its next call, which is returned."""
    session = await change.take(Session, session_id)
    facts = await session_facts(change, session, counted=True)
    require(may_fail(change.viewer, facts))
    session.ended_at = change.at
    await keep_count(change, session, facts.quorums, QuorumOccasion.FAILURE)
    await leave_all(change, session)
    await change.move(session, SESSION_LIFE, "no_quorum", SessionFailed(session_id=session.id))
    await touch(change, session)
    following = await _call_again(change, session)
    change.results |= {"session": str(session.id), "next_call": str(following.id)}
    return following


async def _call_again(change: Change, session: Session) -> Session:
    starts, starts_at = next_call(await terms_of(change, session), Declared(session.starts_local, session.zone))
    following = Session(
        **{name: getattr(session, name) for name in SAID},
        id=uuid7(),
        body_id=session.body_id,
        joint_body_ids=list(session.joint_body_ids),
        number=session.number,
        call=session.call + 1,
        previous_call_id=session.id,
        starts_at=starts_at,
        starts_local=starts.local,
        zone=starts.zone,
        sequence=0,
        created_at=change.at,
    )
    await register(
        change,
        following.id,
        EntryKind.SESSION,
        title=session.title,
        visibility=EntryVisibility.BODY,
        body_id=session.body_id,
        via=CreatedVia.API,
    )
    planned = SessionPlanned(session_id=following.id, body_id=following.body_id)
    await change.bear(following, SESSION_LIFE, "plan", planned)
    await _carry_agenda(change, session, following)
    await publish_session(change, following, await rules_of(change, session))
    # The rules themselves say when the next call is: whoever was convened to the first one can know it.
    notice = NoticeCheck(met=True, latest_day=day_in(change.at, session.zone))
    await publish_convocation(change, following, ConvocationKind.ISSUED, notice)
    return following


async def _carry_agenda(change: Change, session: Session, following: Session) -> None:
    """Put the points of the call before on the agenda, each under its own."""
    waiting = [point for point in await agenda_of(change, session) if point.state is AgendaItemState.ACCEPTED]
    new = {point.id: uuid7() for point in waiting}
    for point in sorted(waiting, key=lambda point: point.parent_id is not None):
        carried = AgendaItem(
            **{name: getattr(point, name) for name in CARRIED},
            id=new[point.id],
            session_id=following.id,
            parent_id=new[point.parent_id] if point.parent_id is not None else None,
            requested_at=point.requested_at,
            answer=point.answer,
        )
        entered = PointEntered(agenda_item_id=carried.id, session_id=following.id)
        await change.bear(carried, AGENDA_ITEM_LIFE, "enter", entered)
