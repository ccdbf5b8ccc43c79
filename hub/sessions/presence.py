"""Who is there: the seats that are present in a session at this moment, and whether they are a quorum.

Both are counted under the lock of the session's row, as attendance, recusals and votes are written under it: two
officers who act at the same moment count the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select

from hub.bodies.seat_models import Membership, MembershipState, Seat, SeatState, Sector
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.sessions.convocation_models import QuorumCount, QuorumOccasion
from hub.sessions.models import Attendance, AttendanceMode, Recusal, Session, SessionRules
from hub.sessions.rules import BodyQuorum
from hub.sessions.terms import SeatBase, Terms


@dataclass(frozen=True, kw_only=True)
class PresentSeat:
    """A seat for which somebody is there."""

    seat_id: UUID
    body_id: UUID
    membership_id: UUID
    person_id: UUID | None
    voting: bool
    """Whether the seat has a vote that whoever is there may cast in the way in which they are there."""
    sector: Sector
    territory_id: UUID | None
    alternate: bool
    mode: AttendanceMode


def bodies_of(session: Session) -> tuple[UUID, ...]:
    """Return the bodies that sit: the one that convenes, and those that sit with it."""
    return (session.body_id, *session.joint_body_ids)


def sits(session: Session, membership: Membership, *, at: dt.datetime) -> bool:
    """Whether a membership is one in force of a body that sits."""
    until = membership.valid_until
    return (
        membership.body_id in bodies_of(session)
        and membership.state is MembershipState.ACTIVE
        and membership.valid_from <= at
        and (until is None or until > at)
    )


async def terms_of(change: Change, session: Session) -> Terms:
    """Return the terms on which a session sits: those of the rules that were in force when it was convened."""
    rules = await change.session.get_one(SessionRules, session.rules_id)
    return Terms.from_json(rules.terms)


async def seats_present(
    change: Change, session: Session, terms: Terms, *, without_recused_for: UUID | None = None
) -> tuple[PresentSeat, ...]:
    """Return the seats for which somebody is there now; without those that take no part in a point, if one is named."""
    await _lock(change, session)
    found = (
        select(Attendance, Seat, Membership)
        .join(Seat, Seat.id == Attendance.seat_id)
        .join(Membership, Membership.id == Attendance.membership_id)
        .where(Attendance.session_id == session.id, Attendance.left_at.is_(None))
        .order_by(Seat.body_id, Seat.ordinal, Seat.id)
    )
    if without_recused_for is not None:
        recused = select(Recusal.id).where(
            Recusal.agenda_item_id == without_recused_for, Recusal.seat_id == Attendance.seat_id
        )
        found = found.where(~exists(recused))
    rows = await change.session.execute(found)
    return tuple(_present(there, seat, membership, terms) for there, seat, membership in rows)


def _present(there: Attendance, seat: Seat, membership: Membership, terms: Terms) -> PresentSeat:
    return PresentSeat(
        seat_id=seat.id,
        body_id=seat.body_id,
        membership_id=membership.id,
        person_id=membership.person_id,
        voting=seat.voting and (terms.remote_vote or there.mode is AttendanceMode.IN_PERSON),
        sector=seat.sector,
        territory_id=seat.territory_id,
        alternate=membership.alternate,
        mode=there.mode,
    )


async def quorums_of(
    change: Change, session: Session, terms: Terms, *, present: Iterable[PresentSeat]
) -> tuple[BodyQuorum, ...]:
    """Return the quorum of each body that sits, with so many there, in the call that this session is.

    Whoever takes no part in a point is not among those present for it, and their seat is still one of the body's: a
    few do not decide because most of the others must not.
    """
    quorum = terms.quorum(call=session.call)
    seats = await _voting_seats(change, bodies_of(session), quorum.of, at=change.at)
    there = [seat.body_id for seat in present if seat.voting]
    return tuple(
        BodyQuorum(
            body_id=body_id,
            seats=seats.get(body_id, 0),
            needed=quorum.needed(of=seats.get(body_id, 0)),
            present=there.count(body_id),
        )
        for body_id in bodies_of(session)
    )


async def keep_count(change: Change, session: Session, quorums: Iterable[BodyQuorum], occasion: QuorumOccasion) -> None:
    """Keep on record what was counted when a session was opened, failed or went on."""
    counted = [
        QuorumCount(
            id=uuid7(),
            session_id=session.id,
            body_id=quorum.body_id,
            occasion=occasion,
            seats=quorum.seats,
            needed=quorum.needed,
            present=quorum.present,
            counted_at=change.at,
        )
        for quorum in quorums
    ]
    await change.add(*counted)


async def _voting_seats(
    change: Change, body_ids: Collection[UUID], base: SeatBase, *, at: dt.datetime
) -> dict[UUID, int]:
    counted = (
        select(Seat.body_id, func.count())
        .where(Seat.body_id.in_(body_ids), Seat.voting, Seat.state != SeatState.ABOLISHED)
        .group_by(Seat.body_id)
    )
    if base is SeatBase.FILLED:
        counted = counted.where(exists().where(Membership.seat_id == Seat.id, holds_seat(at)))
    return dict((await change.session.execute(counted)).all())


def holds_seat(at: dt.datetime) -> ColumnElement[bool]:
    """A membership is that of whoever holds its seat at this instant, be they on leave or not."""
    return (
        Membership.state.in_((MembershipState.ACTIVE, MembershipState.ON_LEAVE))
        & ~Membership.alternate
        & (Membership.valid_from <= at)
        & or_(Membership.valid_until.is_(None), Membership.valid_until > at)
    )


async def _lock(change: Change, session: Session) -> None:
    locked = select(Session.id).where(Session.id == session.id).with_for_update(key_share=True)
    await change.session.execute(locked)
