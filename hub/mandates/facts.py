"""What the rules want to know of a mandate, gathered from its row and from the seat that is responsible."""

from __future__ import annotations

from sqlalchemy import select

from hub.bodies.seat_models import Membership, MembershipState
from hub.changes.change import Change
from hub.mandates.models import Mandate
from hub.mandates.rules import MandateFacts


async def facts_of(change: Change, mandate: Mandate) -> MandateFacts:
    """Gather the facts of a mandate that was read."""
    sitting = select(Membership.person_id).where(
        Membership.id == mandate.responsible_membership_id, Membership.state == MembershipState.ACTIVE
    )
    return MandateFacts.of(mandate, person_id=await change.session.scalar(sitting))
