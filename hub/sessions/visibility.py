"""Who may see sessions, and what of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from hub.bodies.visibility import INSIDERS
from hub.register.visibility import published, published_beside, published_entry
from hub.sessions.convocation_models import Convocation, QuorumCount
from hub.sessions.models import ON_THE_AGENDA, AgendaItem, Attendance, Recusal, Session, SessionRules
from hub.visibility import Row, Sight, one_by_one, visible


def sits_there(session: Row, sight: Sight) -> ColumnElement[bool]:
    """The viewer sits in a body whose session it is."""
    own = sight.bodies(*INSIDERS)
    return or_(session.body_id == own.any_(), session.joint_body_ids.op("&&")(own))


@visible(Session)
def visible_session(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A session is public once it is convened; before that whoever sits in the body sees it."""
    return or_(published_beside(row.id, sight), sits_there(row, sight)) if sight.signed_in else published(row)


@visible(SessionRules)
def visible_session_rules(row: Row, sight: Sight) -> ColumnElement[bool]:
    """How a body sits is public as the body is."""
    return published_entry(row.body_id)


def of_session_seen(session_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The session with this id is seen."""
    session = Session.__table__.alias()
    found = select(session.c.id).where(session.c.id == session_id, visible_session(session.c, sight))
    return exists(found.correlate_except(session))


def of_own_session(session_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer sits in a body whose session it is, found by the session's id."""
    session = Session.__table__.alias()
    found = select(session.c.id).where(session.c.id == session_id, sits_there(session.c, sight))
    return one_by_one(found.correlate_except(session), sight)


@visible(AgendaItem)
def visible_agenda_item(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A public point on the agenda is seen as its session is; any other, by whoever sits in the body."""
    shown = and_(row.public, row.state.in_([state.value for state in ON_THE_AGENDA]))
    public = and_(shown, published_beside(row.session_id, sight))
    if not sight.signed_in:
        return and_(shown, published_entry(row.session_id))
    return or_(public, of_own_session(row.session_id, sight))


def of_point_seen(agenda_item_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The point with this id is seen."""
    point = AgendaItem.__table__.alias()
    found = select(point.c.id).where(point.c.id == agenda_item_id, visible_agenda_item(point.c, sight))
    return exists(found.correlate_except(point))


@visible(Convocation)
def visible_convocation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A convocation is seen as the session is."""
    return of_session_seen(row.session_id, sight)


@visible(QuorumCount)
def visible_quorum_count(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What was counted is seen as the session is."""
    return of_session_seen(row.session_id, sight)


@visible(Attendance)
def visible_attendance(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who is there is seen as the session is."""
    return of_session_seen(row.session_id, sight)


@visible(Recusal)
def visible_recusal(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who takes no part in a point is seen as the point is."""
    return of_point_seen(row.agenda_item_id, sight)
