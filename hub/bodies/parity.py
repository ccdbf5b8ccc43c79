"""Parity: adopting its rules and ending them, saying one's gender for it, and what follows where there is none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from hub.bodies.balance import VotingSeat, weigh
from hub.bodies.events import GenderDeclared, ParityRuleAdopted, ParityRuleEnded
from hub.bodies.models import Body
from hub.bodies.parity_models import ParityConsequence, ParityDimension, ParityRule
from hub.bodies.rules import may_answer_proposal, may_arrange
from hub.bodies.seat_models import Gender, Membership, MembershipState, Seat, SeatState
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, Problem, Verdict, WrongState, require
from hub.people.models import Territory
from hub.text import LocalizedText

REFUSALS = {
    ParityDimension.SECTOR: Conflict("NO_PARITY_OF_SECTORS"),
    ParityDimension.GENDER: Conflict("NO_PARITY_OF_GENDER"),
    ParityDimension.TERRITORY: Conflict("NO_PARITY_OF_TERRITORIES"),
}


async def adopt_parity_rule(
    change: Change,
    body_id: UUID,
    *,
    dimension: ParityDimension,
    tolerance: int,
    consequence: ParityConsequence,
    reason: LocalizedText | None = None,
) -> ParityRule:
    """Let a body be bound by a rule of parity from now on, in place of the one that it had."""
    body = await change.take(Body, body_id)
    require(may_arrange(change.viewer, body_id=body.id, parent_id=body.parent_id))
    if not 0 <= tolerance <= 100:
        raise Invalid([Problem("OUT_OF_RANGE", ("tolerance",), {"least": 0, "most": 100})])
    earlier = select(ParityRule).filter_by(body_id=body.id, dimension=dimension).order_by(ParityRule.version.desc())
    last = (await change.session.scalars(earlier.limit(1))).first()
    if last is not None and last.ended_at is None:
        last.ended_at = change.at
        await change.session.flush()
    rule = ParityRule(
        id=uuid7(),
        body_id=body.id,
        dimension=dimension,
        version=1 if last is None else last.version + 1,
        tolerance=tolerance,
        consequence=consequence,
        reason=reason,
        adopted_at=change.at,
        ended_at=None,
    )
    await change.add(rule)
    change.record(ParityRuleAdopted(rule_id=rule.id, body_id=body.id, dimension=dimension, version=rule.version))
    change.results |= {"parity_rule": str(rule.id), "body": str(body.id)}
    return rule


async def end_parity_rule(change: Change, rule_id: UUID) -> ParityRule:
    """Let a body be bound by a rule of parity no longer."""
    rule = await change.take(ParityRule, rule_id)
    body = await change.find(Body, rule.body_id)
    require(may_arrange(change.viewer, body_id=body.id, parent_id=body.parent_id))
    if rule.ended_at is not None:
        raise WrongState("PARITY_RULE_OVER")
    rule.ended_at = change.at
    await change.session.flush()
    change.record(ParityRuleEnded(rule_id=rule.id, body_id=body.id))
    change.results["parity_rule"] = str(rule.id)
    return rule


async def declare_gender(change: Change, membership_id: UUID, gender: Gender | None) -> Membership:
    """Say one's own gender to be counted in the parity of a body, or take that back; nobody else is told of it."""
    membership = await change.take(Membership, membership_id)
    require(may_answer_proposal(change.viewer, person_id=membership.person_id))
    membership.gender = gender
    await change.session.flush()
    change.record(GenderDeclared(membership_id=membership.id))
    change.results["membership"] = str(membership.id)
    return membership


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
