"""Parity: how a body is made up at an instant, and what follows where its rules do not allow that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from hub.bodies.balance import VotingSeat, weigh
from hub.bodies.parity_models import ParityConsequence, ParityDimension, ParityRule
from hub.bodies.seat_models import Membership, MembershipState, Seat, SeatState
from hub.changes.change import Change
from hub.errors import Conflict, Verdict
from hub.people.models import Territory

REFUSALS = {
    ParityDimension.SECTOR: Conflict("NO_PARITY_OF_SECTORS"),
    ParityDimension.GENDER: Conflict("NO_PARITY_OF_GENDER"),
    ParityDimension.TERRITORY: Conflict("NO_PARITY_OF_TERRITORIES"),
}


async def parity_verdict(change: Change, body_id: UUID, consequence: ParityConsequence) -> Verdict:
    """Say whether the rules of parity let a body do what this consequence bars, as it is made up at this moment."""
    standing = select(ParityRule).filter_by(body_id=body_id, consequence=consequence, ended_at=None)
    rules = (await change.session.scalars(standing.order_by(ParityRule.dimension))).all()
    if not rules:
        return True
    found = await change.session.execute(voting_seats(body_id, change.at))
    seats = [VotingSeat(*row) for row in found]
    for rule in rules:
        if not weigh(rule.dimension, rule.tolerance, seats).met:
            return REFUSALS[rule.dimension]
    return True


def voting_seats(body_id: Any, now: Any) -> Select[Any]:
    """Return the seats of a body that have a vote, with who holds them at an instant."""
    seat, held, place = Seat.__table__.alias(), Membership.__table__.alias(), Territory.__table__.alias()
    sitting: ColumnElement[bool] = and_(
        held.c.seat_id == seat.c.id,
        held.c.alternate.is_(False),
        held.c.state == MembershipState.ACTIVE.value,
        held.c.valid_from <= now,
        or_(held.c.valid_until.is_(None), held.c.valid_until > now),
    )
    return (
        select(seat.c.sector, place.c.code, held.c.id.is_not(None).label("held"), held.c.gender)
        .select_from(seat)
        .outerjoin(held, sitting)
        .outerjoin(place, place.c.id == seat.c.territory_id)
        .where(seat.c.body_id == body_id, seat.c.voting, seat.c.state != SeatState.ABOLISHED.value)
        .correlate_except(seat, held, place)
    )


def counted_seats(body_id: Any, now: Any) -> ColumnElement[Any]:
    """Return the same as one JSON list of lists."""
    rows = voting_seats(body_id, now).subquery()
    row = func.json_build_array(rows.c.sector, rows.c.code, rows.c.held, rows.c.gender)
    return select(func.coalesce(func.json_agg(row), func.json_build_array())).select_from(rows).scalar_subquery()


def rules_in_force(body_id: Any) -> ColumnElement[Any]:
    """Return the rules that bind a body now, as one JSON list of lists."""
    rule = ParityRule.__table__.alias()
    row = func.json_build_array(rule.c.version, rule.c.dimension, rule.c.tolerance, rule.c.consequence)
    found = select(func.coalesce(func.json_agg(row), func.json_build_array()))
    return found.where(rule.c.body_id == body_id, rule.c.ended_at.is_(None)).correlate_except(rule).scalar_subquery()
