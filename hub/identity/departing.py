"""Departing: somebody leaves for good. Their offices, sign-ins and tokens end, and what nobody else could do is said.

The last who runs the platform stays, and so does whoever alone speaks for an organisation: each is told what to do
first, and can do it.
"""

from __future__ import annotations

from sqlalchemy import or_, select

from hub.changes.change import Change
from hub.errors import Refusal, WrongState
from hub.identity.appointing import other_administrators
from hub.identity.ending import end_sign_ins_of
from hub.identity.events import RoleEnded
from hub.identity.granting import revoke_personal
from hub.identity.leaving import end_representation
from hub.identity.models import RoleGrant
from hub.people.models import Account, AccountState, Power, Representation, RepresentationState
from hub.people.speaking import speaks
from hub.register.models import Entry
from hub.viewer import Role
from hub.wording import LABELS, spoken


async def obstacle(change: Change, account: Account) -> Refusal | None:
    """Return why somebody cannot leave yet; None where nothing stands in the way."""
    for grant in await _held(change, account):
        if grant.role is Role.ADMINISTRATOR and await other_administrators(change, grant) == 0:
            return WrongState("LAST_ADMINISTRATOR")
    for representation in await _representations(change, account):
        if representation.state is RepresentationState.VALID and await _is_alone(change, representation):
            title = await change.session.scalar(select(Entry.title).filter_by(id=representation.organization_id))
            name = "" if title is None else title.in_language(*change.viewer.languages)
            return WrongState("ONLY_REPRESENTATIVE", organization=name)
    return None


async def depart(change: Change, account: Account) -> None:
    """End all that somebody holds, and close their account; every process goes by that within two seconds."""
    for grant in await _held(change, account):
        grant.valid_until = max(change.at, grant.valid_from)
        grant.ended_at = change.at
        change.record(RoleEnded(grant_id=grant.id, account_id=account.id, role=grant.role, body_id=grant.body_id))
    reason = LABELS["person"]["gone"][spoken([account.locale])]
    for representation in await _representations(change, account):
        await end_representation(change, representation.id, reason=reason)
    await end_sign_ins_of(change, account.person_id)
    await revoke_personal(change, account.id)
    account.state = AccountState.CLOSED
    await change.session.flush()


async def _held(change: Change, account: Account) -> list[RoleGrant]:
    held = select(RoleGrant).where(
        RoleGrant.account_id == account.id,
        or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until > change.at),
    )
    return [*await change.session.scalars(held.order_by(RoleGrant.id).with_for_update(key_share=True))]


async def _representations(change: Change, account: Account) -> list[Representation]:
    theirs = select(Representation).where(
        Representation.person_id == account.person_id, Representation.state != RepresentationState.ENDED
    )
    return [*await change.session.scalars(theirs.order_by(Representation.organization_id, Representation.id))]


async def _is_alone(change: Change, representation: Representation) -> bool:
    others = select(Representation.id).where(
        Representation.organization_id == representation.organization_id,
        Representation.person_id != representation.person_id,
        speaks(Representation, change.at, *Power),
    )
    return await change.session.scalar(others.limit(1)) is None
