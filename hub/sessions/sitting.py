"""Sitting: opening a session with its quorum, interrupting it, going on, closing it."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.errors import Invalid, Problem, require
from hub.sessions.convocation_models import QuorumOccasion
from hub.sessions.convocations import touch
from hub.sessions.departures import leave_all
from hub.sessions.events import SessionAdjourned, SessionClosed, SessionOpened, SessionResumed
from hub.sessions.facts import session_facts
from hub.sessions.models import SESSION_LIFE, Session
from hub.sessions.presence import keep_count
from hub.sessions.rules import may_adjourn, may_close, may_open, may_resume
from hub.timetables.zones import Declared, instant_of


async def open_session(change: Change, session_id: UUID) -> Session:
    """Open a session at its hour, with the quorum of its call in every body that sits."""
    session = await change.take(Session, session_id)
    facts = await session_facts(change, session, counted=True)
    require(may_open(change.viewer, facts))
    session.opened_at = change.at
    await keep_count(change, session, facts.quorums, QuorumOccasion.OPENING)
    await change.move(session, SESSION_LIFE, "open", SessionOpened(session_id=session.id))
    return await _seen(change, session)


async def adjourn_session(change: Change, session_id: UUID, *, resumes: Declared | None = None) -> Session:
    """Interrupt a session; where it is known when it goes on, everybody is told."""
    session = await change.take(Session, session_id)
    require(may_adjourn(change.viewer, await session_facts(change, session)))
    session.resumes_at = session.resumes_local = None
    if resumes is not None:
        _go_on(session, resumes, change)
    await change.move(session, SESSION_LIFE, "adjourn", SessionAdjourned(session_id=session.id))
    return await _seen(change, session)


async def resume_session(change: Change, session_id: UUID) -> Session:
    """Go on with a session that was interrupted, with a quorum again."""
    session = await change.take(Session, session_id)
    facts = await session_facts(change, session, counted=True)
    require(may_resume(change.viewer, facts))
    session.resumes_at = session.resumes_local = None
    await keep_count(change, session, facts.quorums, QuorumOccasion.RESUMPTION)
    await change.move(session, SESSION_LIFE, "resume", SessionResumed(session_id=session.id))
    return await _seen(change, session)


async def close_session(change: Change, session_id: UUID) -> Session:
    """Close a session of which every point was dealt with or deferred; whoever is still there goes."""
    session = await change.take(Session, session_id)
    require(may_close(change.viewer, await session_facts(change, session)))
    session.ended_at = change.at
    await leave_all(change, session)
    await change.move(session, SESSION_LIFE, "close", SessionClosed(session_id=session.id))
    return await _seen(change, session)


def _go_on(session: Session, resumes: Declared, change: Change) -> None:
    resumes_at = instant_of(resumes, path=("resumes",))
    if isinstance(resumes_at, Problem):
        raise Invalid([resumes_at])
    if resumes.zone != session.zone:
        raise Invalid([Problem("ZONES_DIFFER", ("resumes", "zone"), {"zone": session.zone})])
    if resumes_at <= change.at:
        where = ("resumes", "declaredLocal")
        raise Invalid([Problem("BEGINS_IN_THE_PAST", where, {"now": change.at, "zone": session.zone})])
    session.resumes_at, session.resumes_local = resumes_at, resumes.local


async def _seen(change: Change, session: Session) -> Session:
    await touch(change, session)
    change.results["session"] = str(session.id)
    return session
