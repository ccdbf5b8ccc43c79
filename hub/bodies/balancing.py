"""Balancing a body: adopting rules of parity and ending them, and saying how one wants to be counted for them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.bodies.events import GenderDeclared, ParityRuleAdopted, ParityRuleEnded
from hub.bodies.models import Body
from hub.bodies.parity_models import ParityConsequence, ParityDimension, ParityRule
from hub.bodies.rules import may_answer_proposal, may_balance
from hub.bodies.seat_models import Gender, Membership
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Invalid, Problem, WrongState, require
from hub.text import LocalizedText


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
    require(may_balance(change.viewer, body_id=body.id, parent_id=body.parent_id))
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
    require(may_balance(change.viewer, body_id=body.id, parent_id=body.parent_id))
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
