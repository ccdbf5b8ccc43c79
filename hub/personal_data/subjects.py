"""Subjects: somebody as the person whom data are about, by everything that leads to them.

What they answered is found by the pseudonyms under which they take part, as long as the consultation's key lives, and
by their name where it is published. Nothing leads to an anonymous response, nor to one that came by an invitation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.bodies.seat_models import Membership
from hub.consultations.models import ConsultationKey
from hub.consultations.pseudonyms import pseudonym
from hub.consultations.response_models import Participation, Response, ResponseDraft
from hub.errors import NotFound
from hub.identity.models import RoleGrant, Token, VerificationClaim
from hub.identity.provider_models import LinkedIdentity
from hub.identity.sign_in_models import MailAddress, SignIn
from hub.keys import Keyring
from hub.people.models import Account, Representation
from hub.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Somebody, with the identifiers of everything that is theirs."""

    account_id: UUID
    person_id: UUID
    locale: str
    zone: str
    principals: tuple[bytes, ...]
    """What stands for them in remembered requests."""
    address_digests: tuple[bytes, ...]
    provider_digests: tuple[bytes, ...]
    sign_ins: tuple[UUID, ...]
    tokens: tuple[UUID, ...]
    grants: tuple[UUID, ...]
    representations: tuple[UUID, ...]
    memberships: tuple[UUID, ...]
    verifications: tuple[bytes, ...]
    """What stands for the natural person behind the account."""
    participations: tuple[UUID, ...]
    responses: tuple[UUID, ...]
    drafts: tuple[UUID, ...]

    @property
    def entities(self) -> tuple[UUID, ...]:
        """Whatever the log may speak of that is theirs."""
        of_the_account = (*self.sign_ins, *self.tokens, *self.grants, *self.representations, *self.memberships)
        return (self.account_id, self.person_id, *of_the_account, *self.responses)


async def subject_of(session: AsyncSession, keys: Keyring, account_id: UUID) -> Subject:
    """Gather what leads to somebody; NotFound where there is no such account."""
    account = await session.get(Account, account_id)
    if account is None:
        raise NotFound("NOT_FOUND", type="Account")

    async def all_of(found: Select[*tuple[Any, ...]]) -> tuple[Any, ...]:
        return tuple((await session.scalars(found)).all())

    verifications = await all_of(select(VerificationClaim.token).filter_by(person_id=account.person_id).distinct())
    names = await pseudonyms_of(session, keys, (account.person_id.bytes, *verifications))
    participations = await all_of(select(Participation.id).where(Participation.pseudonym.in_(names)))
    of_theirs = or_(Response.participation_id.in_(participations), Response.named_person_id == account.person_id)
    return Subject(
        account_id=account_id,
        person_id=account.person_id,
        locale=account.locale,
        zone=account.zone,
        principals=keys.every_digest("idempotency", Viewer(account_id=account_id).principal.encode()),
        address_digests=await all_of(select(MailAddress.digest).filter_by(account_id=account_id)),
        provider_digests=await all_of(select(LinkedIdentity.digest).filter_by(account_id=account_id)),
        sign_ins=await all_of(select(SignIn.id).filter_by(account_id=account_id)),
        tokens=await all_of(select(Token.id).filter_by(account_id=account_id)),
        grants=await all_of(select(RoleGrant.id).filter_by(account_id=account_id)),
        representations=await all_of(select(Representation.id).filter_by(person_id=account.person_id)),
        memberships=await all_of(select(Membership.id).filter_by(person_id=account.person_id)),
        verifications=verifications,
        participations=participations,
        # What an organisation said is the organisation's, whoever spoke for it.
        responses=await all_of(select(Response.id).where(of_theirs, Response.organization_id.is_(None))),
        drafts=await all_of(select(ResponseDraft.id).where(ResponseDraft.pseudonym.in_(names))),
    )


async def pseudonyms_of(session: AsyncSession, keys: Keyring, identities: tuple[bytes, ...]) -> list[bytes]:
    """Return what somebody is called within each consultation whose key still lives."""
    living = (await session.scalars(select(ConsultationKey))).all()
    return [pseudonym(identity, keys, key) for key in living for identity in identities]
