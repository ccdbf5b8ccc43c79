"""Of sign-ins and tokens everybody sees their own, of programs and grants whoever they concern; the rest is the door's.

The officers of bodies act in public, so that they hold their office is public too.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, any_, false, literal_column, or_, select

from hub.identity.models import Client, RoleGrant, Token, VerificationClaim
from hub.identity.provider_models import LinkedIdentity, LogoutTokenTaken, ProvenSignIn
from hub.identity.role_rules import OFFICES
from hub.identity.sign_in_models import MailAddress, SignIn, SignInCount, SignInRequest
from hub.people.models import Account, Power, Representation
from hub.people.speaking import speaks
from hub.register.visibility import published_beside
from hub.visibility import Row, Sight, one_by_one, visible


@visible(Token)
def visible_token(row: Row, sight: Sight) -> ColumnElement[bool]:
    """One's own, and those of the programs that one looks after."""
    if not sight.signed_in:
        return false()
    client = Client.__table__.alias()
    cared_for = or_(sight.administers, speaks_for(client.c.organization_id, sight))
    found: Select[Any] = select(literal_column("1")).where(client.c.id == row.client_id, cared_for)
    return or_(own(row.account_id, sight), one_by_one(found.correlate_except(client), sight))


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
    """A program knows itself; else those see it who speak for its organisation, and whoever runs the hub."""
    itself: ColumnElement[bool] = row.id == sight.client_id
    return or_(sight.administers, speaks_for(row.organization_id, sight)) if sight.signed_in else itself


@visible(RoleGrant)
def visible_role_grant(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who leads a body and keeps its papers is public; other grants are seen by those whom they concern."""
    public = and_(row.role.in_(OFFICES), published_beside(row.body_id, sight))
    return or_(public, concerned(row, sight)) if sight.signed_in else public


def concerned(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Whether a grant is the viewer's own, or of a body in whose name they act, or they run the hub."""
    of_own_body: ColumnElement[bool] = row.body_id == any_(sight.bodies(*OFFICES))
    return or_(sight.administers, of_own_body, own(row.account_id, sight))


def own(account_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """Whether an account is the viewer's."""
    account = Account.__table__.alias()
    found: Select[Any] = select(literal_column("1")).where(
        account.c.id == account_id, account.c.person_id == sight.person_id
    )
    return one_by_one(found.correlate_except(account), sight)


def speaks_for(organization_id: ColumnElement[Any], sight: Sight, *powers: Power) -> ColumnElement[bool]:
    """Whether the viewer has one of these powers in the name of an organisation now; to answer, if none is named."""
    held = Representation.__table__.alias()
    found: Select[Any] = select(literal_column("1")).where(
        held.c.organization_id == organization_id,
        held.c.person_id == sight.person_id,
        speaks(held.c, sight.now, *(powers or (Power.ANSWER,))),
    )
    return one_by_one(found.correlate_except(held), sight)


@visible(VerificationClaim)
def visible_verification_claim(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Whether oneself is verified is read from the viewer; of others it is nobody's business."""
    return false()
