"""Recusing: whoever has an interest in a point takes no part in it, and says why."""

from __future__ import annotations

from uuid import UUID

from hub.bodies.interest_models import STANDING, InterestDeclaration
from hub.bodies.seat_models import Membership
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, Problem, require, without_unread
from hub.sessions.agenda_events import RecusalDeclared
from hub.sessions.agenda_rules import may_recuse
from hub.sessions.drafts import LONGEST_REASON
from hub.sessions.models import Recusal
from hub.sessions.points import taken
from hub.sessions.presence import sits
from hub.text import LocalizedText, problems_with_text


async def recuse(
    change: Change,
    point_id: UUID,
    membership_id: UUID,
    *,
    reason: LocalizedText,
    interest_id: UUID | None = None,
    faults: tuple[Problem, ...] = (),
) -> Recusal:
    """Record that a seat takes no part in a point, from before it is voted on; saying it twice is a conflict.

    The interest that is named is one that this member declared and still says.
    """
    session, point, facts = await taken(change, point_id)
    membership = await change.find(Membership, membership_id)
    require(may_recuse(change.viewer, facts, person_id=membership.person_id))
    found = problems_with_text(reason, ("reason",), longest=LONGEST_REASON)
    if not sits(session, membership, at=change.at):
        found.append(Problem("NOT_A_SEAT_OF_THE_SESSION", ("membershipId",)))
    if interest_id is not None:
        interest = await change.find(InterestDeclaration, interest_id)
        if interest.membership_id != membership.id or interest.state not in STANDING:
            found.append(Problem("NO_INTEREST_OF_THEIRS", ("interestId",)))
    problems = without_unread(found, faults)
    if problems:
        raise Invalid(problems)
    recusal = Recusal(
        id=uuid7(),
        agenda_item_id=point.id,
        seat_id=membership.seat_id,
        membership_id=membership.id,
        interest_id=interest_id,
        reason=reason,
        declared_at=change.at,
    )
    await change.add_once(recusal, Conflict("RECUSED_ALREADY"))
    declared = RecusalDeclared(
        recusal_id=recusal.id, agenda_item_id=point.id, session_id=session.id, seat_id=recusal.seat_id
    )
    change.record(declared)
    change.results |= {"recusal": str(recusal.id), "agenda_item": str(point.id)}
    return recusal
