"""Respondents: in whose name somebody answers, and what makes them one and the same when they come again.

What identifies a respondent depends on the consultation: the account's person, the natural person whom a
verification stands for, the organisation that a representative speaks for, or the invitation that somebody holds.
Nobody in particular is identified by nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.consultations.invitations import digest
from hub.consultations.models import Anonymity, Consultation, ConsultationKey, IdentityPolicy, Invitation
from hub.consultations.pseudonyms import pseudonym
from hub.consultations.response_models import RespondentKind
from hub.errors import Forbidden, Refusal, Unauthenticated
from hub.identity.verifying import valid_verification
from hub.people.models import Organization, OrganizationKind, Person
from hub.people.representing import valid_representation

PUBLIC_BODIES = frozenset({OrganizationKind.AUTHORITY, OrganizationKind.GUARANTOR, OrganizationKind.OBLIGATED_SUBJECT})


@dataclass(frozen=True, kw_only=True)
class Claim:
    """How somebody wants to be taken: for themselves, for an organisation, or as the holder of an invitation."""

    organization_id: UUID | None = None
    invitation: str | None = None


@dataclass(frozen=True)
class Respondent:
    """In whose name somebody answers. Without an identity nobody can tell two of them apart."""

    kind: RespondentKind
    identity: bytes | None = None
    person_id: UUID | None = None
    organization_id: UUID | None = None

    @property
    def anonymous(self) -> bool:
        """Whether nothing may lead from a response to whoever gave it."""
        return self.kind is RespondentKind.ANONYMOUS


async def respondent_of(change: Change, consultation: Consultation, claim: Claim) -> Respondent:
    """Return in whose name this viewer answers; a Refusal with the reason where they may not."""
    if claim.organization_id is not None:
        respondent = await _organization(change, consultation, claim.organization_id)
    elif consultation.identity_policy is IdentityPolicy.INVITED:
        respondent = await _invited(change, consultation, claim.invitation)
    else:
        respondent = await _person(change, consultation)
    # What an organisation says is said in its name; everybody else may have been promised that nothing leads to them.
    if consultation.anonymity is Anonymity.ANONYMOUS and respondent.organization_id is None:
        return Respondent(RespondentKind.ANONYMOUS, respondent.identity)
    return respondent


async def _organization(change: Change, consultation: Consultation, organization_id: UUID) -> Respondent:
    if consultation.identity_policy is IdentityPolicy.INVITED:
        raise Forbidden("INVITATION_NEEDED", path=("organizationId",))
    organization = await change.find(Organization, organization_id)
    await valid_representation(change, organization_id)
    kind = RespondentKind.PUBLIC_BODY if organization.kind in PUBLIC_BODIES else RespondentKind.ORGANIZATION
    return Respondent(kind, organization_id.bytes, change.viewer.person_id, organization_id)


async def _invited(change: Change, consultation: Consultation, code: str | None) -> Respondent:
    if code is None:
        raise Forbidden("INVITATION_NEEDED", path=("invitation",))
    found = select(Invitation.id).filter_by(consultation_id=consultation.id, digest=digest(code))
    if await change.session.scalar(found) is None:
        raise Forbidden("INVITATION_UNKNOWN", path=("invitation",))
    return Respondent(RespondentKind.INDIVIDUAL, invited_identity(code))


def invited_identity(code: str) -> bytes:
    """Return what makes the holder of an invitation the same respondent when they come again."""
    return hashlib.sha256(b"invitation:" + digest(code)).digest()


async def _person(change: Change, consultation: Consultation) -> Respondent:
    viewer = change.viewer
    if viewer.person_id is None:
        if consultation.identity_policy is IdentityPolicy.OPEN:
            return Respondent(RespondentKind.ANONYMOUS)
        raise Unauthenticated("UNAUTHENTICATED")
    if consultation.identity_policy is IdentityPolicy.VERIFIED:
        return Respondent(RespondentKind.INDIVIDUAL, await valid_verification(change), viewer.person_id)
    return Respondent(RespondentKind.INDIVIDUAL, viewer.person_id.bytes, viewer.person_id)


async def pseudonym_of(change: Change, consultation_id: UUID, respondent: Respondent) -> bytes | None:
    """Return what a respondent is called in a consultation; None where nobody can tell."""
    if respondent.identity is None:
        return None
    key = await change.session.get(ConsultationKey, consultation_id)
    if key is None:
        raise key_destroyed()
    return pseudonym(respondent.identity, change.keys, key)


def key_destroyed() -> Refusal:
    """Return the refusal of whatever needs to know who somebody is, once nobody can know any more."""
    return Forbidden("UNLINKED")


async def name_of(change: Change, respondent: Respondent) -> str | None:
    """Return the name under which a respondent is published who wants to be."""
    if respondent.person_id is None:
        return None
    return await change.session.scalar(select(Person.display_name).filter_by(id=respondent.person_id))
