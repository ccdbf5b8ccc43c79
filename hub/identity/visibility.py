"""Of sign-ins and tokens everybody sees their own; the rest is read by the door alone, to make out who is asking."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false, select

from hub.identity.models import Client, RoleGrant, Token, VerificationClaim
from hub.identity.provider_models import LinkedIdentity, LogoutTokenTaken, ProvenSignIn
from hub.identity.sign_in_models import MailAddress, SignIn, SignInCount, SignInRequest
from hub.people.models import Account
from hub.visibility import Row, Sight, visible


@visible(Token)
def visible_token(row: Row, sight: Sight) -> ColumnElement[bool]:
    """One's own; those of programs are listed by nobody."""
    if not sight.signed_in:
        return false()
    own = Account.__table__.alias()
    found = select(own.c.id).where(own.c.id == row.account_id, own.c.person_id == sight.person_id)
    return exists(found.correlate_except(own))


@visible(SignIn)
def visible_sign_in(row: Row, sight: Sight) -> ColumnElement[bool]:
    """One's own."""
    own: ColumnElement[bool] = row.person_id == sight.person_id
    return own if sight.signed_in else false()


@visible(LinkedIdentity)
def visible_linked_identity(row: Row, sight: Sight) -> ColumnElement[bool]:
    """One's own."""
    own: ColumnElement[bool] = row.person_id == sight.person_id
    return own if sight.signed_in else false()


@visible(ProvenSignIn)
def visible_proven_sign_in(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who is on the way back from a provider is nobody's business."""
    return false()


@visible(LogoutTokenTaken)
def visible_logout_token_taken(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What a provider has sent is nobody's business."""
    return false()


@visible(SignInRequest)
def visible_sign_in_request(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who asked to sign in is nobody's business."""
    return false()


@visible(SignInCount)
def visible_sign_in_count(row: Row, sight: Sight) -> ColumnElement[bool]:
    """From where people ask to sign in is nobody's business."""
    return false()


@visible(MailAddress)
def visible_mail_address(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Where somebody gets their mail is nobody's business."""
    return false()


@visible(Client)
def visible_client(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who queries the hub is not public."""
    return false()


@visible(RoleGrant)
def visible_role_grant(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What oneself was granted is read from the viewer; the grants of others are not public."""
    return false()


@visible(VerificationClaim)
def visible_verification_claim(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Whether oneself is verified is read from the viewer; of others it is nobody's business."""
    return false()
