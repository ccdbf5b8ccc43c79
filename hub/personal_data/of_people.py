"""What is kept of somebody's account: who they are, how they come in, what they may do, what they have done."""

from __future__ import annotations

from sqlalchemy import or_

from hub.changes.models import IdempotentRequest, LoggedEvent
from hub.identity.models import RoleGrant, Token, VerificationClaim
from hub.identity.provider_models import LinkedIdentity, ProvenSignIn
from hub.identity.sign_in_models import MailAddress, SignIn, SignInRequest
from hub.people.models import Account, Person, Representation
from hub.personal_data.models import PersonalDataLink
from hub.personal_data.registry import Fate, Personal, any_digest, any_id

LEADS_BACK = "leads_back"
DIGEST = "secret_digest"
KEYED = "keyed_digest"


OF_PEOPLE = (
    Personal(
        model=Person,
        section="person",
        whose=lambda row, who: row.id == who.person_id,
        told="id display_name public_profile languages created_on",
        fate=Fate.GONE,
    ),
    Personal(
        model=Account,
        section="account",
        whose=lambda row, who: row.id == who.account_id,
        told="id state locale zone",
        untold={"person_id": LEADS_BACK},
        fate=Fate.GONE,
    ),
    Personal(
        model=MailAddress,
        section="mail_addresses",
        whose=lambda row, who: row.account_id == who.account_id,
        told="verified_at",
        sealed={"wrapped": "address"},
        untold={"account_id": LEADS_BACK, "digest": KEYED},
        fate=Fate.GONE,
    ),
    Personal(
        model=LinkedIdentity,
        section="linked_identities",
        whose=lambda row, who: row.account_id == who.account_id,
        told="id provider issuer linked_at",
        untold={"person_id": LEADS_BACK, "account_id": LEADS_BACK, "digest": KEYED},
        fate=Fate.GONE,
        order="linked_at",
    ),
    Personal(
        model=VerificationClaim,
        section="verifications",
        whose=lambda row, who: row.person_id == who.person_id,
        told="id method granted_at expires_at revoked_at",
        untold={"person_id": LEADS_BACK, "token": KEYED},
        fate=Fate.GONE,
        order="granted_at",
    ),
    Personal(
        model=SignIn,
        section="sign_ins",
        whose=lambda row, who: row.account_id == who.account_id,
        told="id method assurance provider acr signed_in_at confirmed_at last_used_at expires_at ended_at",
        untold={
            "account_id": LEADS_BACK,
            "person_id": LEADS_BACK,
            "digest": DIGEST,
            "subject_digest": KEYED,
            "session_digest": KEYED,
        },
        fate=Fate.GONE,
        order="signed_in_at",
    ),
    Personal(
        model=SignInRequest,
        section="sign_in_requests",
        whose=lambda row, who: or_(
            row.address_digest == any_digest(who.address_digests), row.sign_in_id == any_id(who.sign_ins)
        ),
        told="id language tries asked_at expires_at used_at",
        sealed={"address": "address"},
        untold={
            "address_digest": KEYED,
            "code_digest": KEYED,
            "secret_digest": DIGEST,
            "sign_in_id": LEADS_BACK,
        },
        fate=Fate.GONE,
        order="asked_at",
    ),
    Personal(
        model=ProvenSignIn,
        section="proven_sign_ins",
        whose=lambda row, who: or_(
            row.subject_digest == any_digest(who.provider_digests),
            row.address_digest == any_digest(who.address_digests),
            row.person_token == any_digest(who.verifications),
        ),
        told="id provider issuer assurance acr days language proven_at expires_at used_at",
        sealed={"address": "address"},
        untold={
            "code_digest": DIGEST,
            "challenge": DIGEST,
            "subject_digest": KEYED,
            "session_digest": KEYED,
            "address_digest": KEYED,
            "person_token": KEYED,
        },
        fate=Fate.GONE,
        order="proven_at",
    ),
    Personal(
        model=Token,
        section="tokens",
        whose=lambda row, who: row.account_id == who.account_id,
        told="id name scopes created_at expires_at revoked_at last_used_at",
        untold={
            "account_id": LEADS_BACK,
            "client_id": "no_program",
            "digest": DIGEST,
            "made_by": LEADS_BACK,
        },
        fate=Fate.GONE,
        order="created_at",
    ),
    Personal(
        model=Token,
        section="tokens_for_programs",
        whose=lambda row, who: (row.made_by == who.account_id) & row.client_id.is_not(None),
        told="id client_id name scopes created_at expires_at revoked_at last_used_at",
        fate=Fate.UNLINKED,
        emptied="made_by",
        order="created_at",
    ),
    Personal(
        model=RoleGrant,
        section="roles",
        whose=lambda row, who: row.account_id == who.account_id,
        told="id role body_id reason valid_from valid_until ended_at end_reason",
        untold={"account_id": LEADS_BACK},
        fate=Fate.GONE,
        order="valid_from",
    ),
    Personal(
        model=RoleGrant,
        section="roles_given",
        whose=lambda row, who: row.granted_by == who.account_id,
        told="id role body_id reason valid_from valid_until",
        fate=Fate.UNLINKED,
        emptied="granted_by",
        kept="KEPT_ACTS",
        order="valid_from",
    ),
    Personal(
        model=RoleGrant,
        section="roles_ended",
        whose=lambda row, who: row.ended_by == who.account_id,
        told="id role body_id ended_at end_reason",
        fate=Fate.UNLINKED,
        emptied="ended_by",
        kept="KEPT_ACTS",
        order="ended_at",
    ),
    Personal(
        model=Representation,
        section="representations",
        whose=lambda row, who: row.person_id == who.person_id,
        told="id organization_id powers state evidence decision_reason asked_at valid_from valid_until",
        untold={"person_id": LEADS_BACK},
        fate=Fate.GONE,
        order="asked_at",
    ),
    Personal(
        model=IdempotentRequest,
        section="remembered_requests",
        whose=lambda row, who: row.principal == any_digest(who.principals),
        told="operation key result made_on",
        untold={"principal": KEYED, "fingerprint": "repetition"},
        fate=Fate.GONE,
        order="made_on",
    ),
    Personal(
        model=PersonalDataLink,
        section="links",
        whose=lambda row, who: row.account_id == who.account_id,
        told="id language made_at expires_at used_at",
        untold={"account_id": LEADS_BACK, "digest": DIGEST},
        fate=Fate.GONE,
        order="made_at",
    ),
    Personal(
        model=LoggedEvent,
        section="log",
        whose=lambda row, who: or_(
            row.actor_account_id == who.account_id,
            row.facts.op("->>")("account_id") == str(who.account_id),
            row.entity_id == any_id(who.entities),
        ),
        told="position at type entity_id entry_id facts",
        untold={
            "actor_account_id": LEADS_BACK,
            "actor_client_id": "a_program",
            "request_id": "request",
            "machine": "in_the_type",
            "source": "in_the_type",
            "move": "in_the_type",
            "target": "in_the_type",
            "public": "in_the_type",
            "transaction": "checked_by",
        },
        fate=Fate.KEPT,
        kept="KEPT_LOG",
        order="position",
    ),
)
