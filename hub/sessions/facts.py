"""Gathering the facts about a session and about a point that the rules are asked with, on the writing side.

The session's row is locked by whoever asks: what is counted here stays so until the commit.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from hub.changes.change import Change
from hub.errors import NotFound
from hub.sessions.agenda_rules import PointFacts
from hub.sessions.models import AgendaItem, AgendaItemState, Attendance, Session, SessionRules
from hub.sessions.presence import quorums_of, seats_present
from hub.sessions.rules import SessionFacts
from hub.sessions.terms import Terms
from hub.sessions.vote_models import Motion, MotionState, VoteEvent, VoteState
from hub.visibility import PlainSight, visible_rows

WAITING = (AgendaItemState.PROPOSED, AgendaItemState.ACCEPTED)
"""The states of points that a session has not done with."""


async def rules_in_force(change: Change, body_id: UUID, *, at: dt.datetime) -> SessionRules | None:
    """Return the rules by which a body sits at an instant; None where it has none yet."""
    found = (
        select(SessionRules)
        .where(SessionRules.body_id == body_id, SessionRules.valid_from <= at)
        .order_by(SessionRules.version.desc())
        .limit(1)
    )
    return (await change.session.execute(found)).scalar_one_or_none()


async def rules_of(change: Change, session: Session) -> SessionRules | None:
    """Return the rules that a session is bound to; before it is convened, those in force of its body."""
    if session.rules_id is None:
        return await rules_in_force(change, session.body_id, at=change.at)
    return await change.session.get_one(SessionRules, session.rules_id)


async def session_facts(change: Change, session: Session, *, counted: bool = False) -> SessionFacts:
    """Return the facts of a session; with `counted`, also whether there is a quorum now."""
    rules = await rules_of(change, session)
    terms = None if rules is None else Terms.from_json(rules.terms)
    present = await seats_present(change, session, terms) if counted and terms is not None else ()
    return SessionFacts(
        state=session.state,
        body_id=session.body_id,
        joint_body_ids=tuple(session.joint_body_ids),
        kind=session.kind,
        mode=session.mode,
        starts_at=session.starts_at,
        zone=session.zone,
        now=change.at,
        terms=terms,
        open_points=await _count(change, AgendaItem.session_id == session.id, AgendaItem.state.in_(WAITING)),
        # Also what was tied and waits for the chair: it is put, and not decided.
        votes_open=await _count(change, Motion.session_id == session.id, Motion.state == MotionState.PUT),
        quorums=await quorums_of(change, session, terms, present=present) if counted and terms is not None else (),
    )


async def point_facts(change: Change, session: Session, point: AgendaItem) -> PointFacts:
    """Return the facts of a point of a session."""
    votes = VoteEvent.motion_id.in_(select(Motion.id).where(Motion.agenda_item_id == point.id))
    return PointFacts(
        session=await session_facts(change, session),
        state=point.state,
        begun=point.started_at is not None,
        motions=await _count(change, Motion.agenda_item_id == point.id),
        votes=await _count(change, votes, VoteEvent.state != VoteState.ANNULLED),
        open_parts=await _count(change, AgendaItem.parent_id == point.id, AgendaItem.state.in_(WAITING)),
    )


async def _count(change: Change, *conditions: ColumnElement[bool]) -> int:
    return await change.session.scalar(select(func.count()).where(*conditions)) or 0


async def session_of(change: Change, model: type[AgendaItem | Attendance], id_: UUID) -> Session:
    """Return the session of a point or of an attendance, locked before it; NotFound if the viewer may not see that."""
    sight = PlainSight(change.viewer, change.at)
    found = select(model.session_id).where(model.id == id_, visible_rows(model, model, sight))
    session_id = await change.session.scalar(found)
    if session_id is None:
        raise NotFound("NOT_FOUND", type=model.__name__)
    return await change.take(Session, session_id)
