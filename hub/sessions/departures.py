"""That people go: one after the other, or all of them when a session has ended."""

from __future__ import annotations

from sqlalchemy import select

from hub.changes.change import Change
from hub.sessions.agenda_events import SeatLeft
from hub.sessions.models import Attendance, Session


async def leave_all(change: Change, session: Session) -> None:
    """Record that everybody who is still there goes, since the session has ended."""
    there = select(Attendance).filter_by(session_id=session.id, left_at=None).order_by(Attendance.id)
    for attendance in (await change.session.scalars(there)).all():
        await leave(change, attendance)


async def leave(change: Change, attendance: Attendance) -> None:
    """Record that somebody goes."""
    attendance.left_at = max(change.at, attendance.came_at)
    await change.session.flush()
    left = SeatLeft(attendance_id=attendance.id, session_id=attendance.session_id, seat_id=attendance.seat_id)
    change.record(left)
