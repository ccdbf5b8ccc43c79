"""The facts about sessions and points as a statement reads them, and in the form that the rules take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, case, exists, func, or_, select

from hub.bodies.seat_models import Membership, MembershipState, Seat, SeatState
from hub.reading.readable import Call, Row
from hub.sessions.agenda_rules import PointFacts
from hub.sessions.models import (
    AgendaItem,
    AgendaItemState,
    Attendance,
    AttendanceMode,
    SessionKind,
    SessionMode,
    SessionRules,
    SessionState,
)
from hub.sessions.rules import UNDER_WAY, BodyQuorum, SessionFacts
from hub.sessions.terms import SeatBase, Terms
from hub.sessions.vote_models import Motion, MotionState, VoteEvent, VoteState

WAITING = (AgendaItemState.PROPOSED.value, AgendaItemState.ACCEPTED.value)


# ---- in SQL ------------------------------------------------------------------------------------------------------


def session_columns(row: Row, call: Call) -> list[ColumnElement[Any]]:
    """Return the facts of a session's row that the rules are asked with, in the order in which they are read."""
    return [
        row.state,
        row.body_id,
        row.joint_body_ids,
        row.kind,
        row.mode,
        row.starts_at,
        row.zone,
        row.call,
        terms_bound(row, call),
        _open_points(row),
        _votes_open(row),
        voting_seats(row, call),
        present_seats(row),
    ]


def terms_bound(row: Row, call: Call) -> ColumnElement[Any]:
    """The terms that a session is bound to; before it is convened, those in force of its body."""
    bound, in_force = SessionRules.__table__.alias(), SessionRules.__table__.alias()
    own = select(bound.c.terms).where(bound.c.id == row.rules_id).correlate_except(bound)
    newest = (
        select(in_force.c.terms)
        .where(in_force.c.body_id == row.body_id, in_force.c.valid_from <= call.sight.now)
        .order_by(in_force.c.version.desc())
        .limit(1)
        .correlate_except(in_force)
    )
    return case((row.rules_id.is_not(None), own.scalar_subquery()), else_=newest.scalar_subquery())


def _open_points(row: Row) -> ColumnElement[Any]:
    point = AgendaItem.__table__.alias()
    found = select(func.count()).where(point.c.session_id == row.id, point.c.state.in_(WAITING))
    return found.correlate_except(point).scalar_subquery()


def _votes_open(row: Row) -> ColumnElement[Any]:
    put = Motion.__table__.alias()
    found = select(func.count()).where(put.c.session_id == row.id, put.c.state == MotionState.PUT.value)
    return found.correlate_except(put).scalar_subquery()


def voting_seats(row: Row, call: Call) -> ColumnElement[Any]:
    """The voting seats of the bodies that sit: the body of each, and whether somebody holds it now."""
    seat, held = Seat.__table__.alias(), Membership.__table__.alias()
    holds = exists().where(
        held.c.seat_id == seat.c.id,
        held.c.state.in_([MembershipState.ACTIVE.value, MembershipState.ON_LEAVE.value]),
        ~held.c.alternate,
        held.c.valid_from <= call.sight.now,
        or_(held.c.valid_until.is_(None), held.c.valid_until > call.sight.now),
    )
    of_them = or_(seat.c.body_id == row.body_id, seat.c.body_id == any_(row.joint_body_ids))
    listed = func.jsonb_agg(func.jsonb_build_array(seat.c.body_id, holds.correlate_except(held)))
    found = select(listed).where(of_them, seat.c.voting, seat.c.state != SeatState.ABOLISHED.value)
    return found.correlate_except(seat).scalar_subquery()


def present_seats(row: Row) -> ColumnElement[Any]:
    """The voting seats for which somebody is there: the body of each, and in which way they are there."""
    seat, there = Seat.__table__.alias(), Attendance.__table__.alias()
    listed = func.jsonb_agg(func.jsonb_build_array(seat.c.body_id, there.c.mode))
    found = (
        select(listed)
        .select_from(there.join(seat, seat.c.id == there.c.seat_id))
        .where(there.c.session_id == row.id, there.c.left_at.is_(None), seat.c.voting)
    )
    return found.correlate_except(there, seat).scalar_subquery()


def point_columns(row: Row, call: Call, session: Row) -> list[ColumnElement[Any]]:
    """Return the facts of a point's row and of its session, in the order in which they are read."""
    motion, vote, part = Motion.__table__.alias(), VoteEvent.__table__.alias(), AgendaItem.__table__.alias()
    motions = select(func.count()).where(motion.c.agenda_item_id == row.id).correlate_except(motion)
    votes = (
        select(func.count())
        .select_from(vote.join(motion, motion.c.id == vote.c.motion_id))
        .where(motion.c.agenda_item_id == row.id, vote.c.state != VoteState.ANNULLED.value)
        .correlate_except(vote, motion)
    )
    parts = select(func.count()).where(part.c.parent_id == row.id, part.c.state.in_(WAITING)).correlate_except(part)
    of_session = select(func.jsonb_build_array(*session_columns(session, call))).where(session.id == row.session_id)
    return [
        row.state,
        row.started_at.is_not(None),
        motions.scalar_subquery(),
        votes.scalar_subquery(),
        parts.scalar_subquery(),
        of_session.scalar_subquery(),
    ]


# ---- in Python ---------------------------------------------------------------------------------------------------


def read_session(now: dt.datetime, facts: Sequence[Any]) -> SessionFacts:
    """Return the facts of a session, as a statement wrote them, in the form that the rules take."""
    state, body, joint, kind, mode, starts_at, zone, call, stored, points, votes, seats, present = facts
    terms = None if stored is None else Terms.from_json(stored)
    return SessionFacts(
        state=SessionState(state),
        body_id=UUID(body),
        joint_body_ids=tuple(map(UUID, joint)),
        kind=SessionKind(kind),
        mode=SessionMode(mode),
        starts_at=dt.datetime.fromisoformat(starts_at),
        zone=zone,
        now=now,
        terms=terms,
        open_points=points,
        votes_open=votes,
        quorums=read_quorums([body, *joint], terms, call, seats, present),
    )


def read_quorums(
    bodies: Sequence[str],
    terms: Terms | None,
    call: int,
    seats: Sequence[Sequence[Any]] | None,
    present: Sequence[Sequence[Any]] | None,
) -> tuple[BodyQuorum, ...]:
    """Return the quorum of each body; none where nobody knows yet by which rules they sit."""
    if terms is None:
        return ()
    quorum = terms.quorum(call=call)
    counted = [body for body, held in seats or () if held or quorum.of is SeatBase.ALL]
    there = [body for body, mode in present or () if terms.remote_vote or mode == AttendanceMode.IN_PERSON]
    return tuple(
        BodyQuorum(
            body_id=UUID(body),
            seats=counted.count(body),
            needed=quorum.needed(of=counted.count(body)),
            present=there.count(body),
        )
        for body in bodies
    )


def read_point(now: dt.datetime, facts: Sequence[Any]) -> PointFacts:
    """Return the facts of a point, as a statement wrote them, in the form that the rules take."""
    state, begun, motions, votes, parts, session = facts
    return PointFacts(
        session=read_session(now, session),
        state=AgendaItemState(state),
        begun=begun,
        motions=motions,
        votes=votes,
        open_parts=parts,
    )


def quorum_now(facts: SessionFacts) -> tuple[BodyQuorum, ...]:
    """Return the quorum of each body while people come and go; before and after that there is none to tell."""
    return facts.quorums if facts.state in UNDER_WAY else ()
