"""Attending: who comes for which seat, in which way, and when they go.

The officers record it; whoever is there from afar may say so themself. A seat is taken once at a time, and an
alternate sits there only while its holder does not: when the holder comes, the alternate makes room.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.bodies.seat_models import Membership
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, Problem, require
from hub.sessions.agenda_events import SeatArrived
from hub.sessions.agenda_rules import may_be_there, may_record_attendance
from hub.sessions.departures import leave
from hub.sessions.facts import session_facts, session_of
from hub.sessions.models import Attendance, AttendanceMode, Session
from hub.sessions.presence import sits


async def record_arrival(change: Change, session_id: UUID, membership_id: UUID, *, mode: AttendanceMode) -> Attendance:
    """Record that somebody is there for their seat, from now on."""
    session = await change.take(Session, session_id)
    membership = await change.find(Membership, membership_id)
    facts = await session_facts(change, session)
    require(may_record_attendance(change.viewer, facts, person_id=membership.person_id))
    if not sits(session, membership, at=change.at):
        raise Invalid([Problem("NOT_A_SEAT_OF_THE_SESSION", ("membershipId",))])
    require(may_be_there(change.viewer, facts, mode=mode, alternate=membership.alternate))
    await _make_room(change, session, membership)
    attendance = Attendance(
        id=uuid7(),
        session_id=session.id,
        seat_id=membership.seat_id,
        membership_id=membership.id,
        mode=mode,
        came_at=change.at,
    )
    await change.add_once(attendance, Conflict("SEAT_IS_THERE_ALREADY"))
    change.record(SeatArrived(attendance_id=attendance.id, session_id=session.id, seat_id=attendance.seat_id))
    change.results["attendance"] = str(attendance.id)
    return attendance


async def record_departure(change: Change, attendance_id: UUID) -> Attendance:
    """Record that somebody has gone, from now on."""
    session = await session_of(change, Attendance, attendance_id)
    attendance = await change.take(Attendance, attendance_id)
    membership = await change.session.get_one(Membership, attendance.membership_id)
    facts = await session_facts(change, session)
    require(may_record_attendance(change.viewer, facts, person_id=membership.person_id))
    if attendance.left_at is not None:
        raise Conflict("SEAT_HAS_LEFT")
    await leave(change, attendance)
    change.results["attendance"] = str(attendance.id)
    return attendance


async def _make_room(change: Change, session: Session, membership: Membership) -> None:
    if membership.alternate:
        return
    found = (
        select(Attendance)
        .join(Membership, Membership.id == Attendance.membership_id)
        .where(
            Attendance.session_id == session.id,
            Attendance.seat_id == membership.seat_id,
            Attendance.left_at.is_(None),
            Membership.alternate,
        )
    )
    for alternate in (await change.session.scalars(found)).all():
        await leave(change, alternate)
