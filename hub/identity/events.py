"""What happens to accounts, sign-ins, clients, tokens, roles and verifications.

Everybody may read that a role was given or ended, and which; who has it is told by the grant, to those who may see it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event
from hub.viewer import Role


@dataclass(frozen=True, kw_only=True)
class AccountCreated(Event):
    """A person got an account."""

    entity = "account_id"

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignInRequested(Event):
    """Somebody asked for a code to sign in with; for which address, the log does not know."""

    entity = "request_id"

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignInRefused(Event):
    """A wrong code was tried."""

    entity = "request_id"

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """A person signed in."""

    entity = "sign_in_id"

    sign_in_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class Reauthenticated(Event):
    """Somebody who was signed in showed again who they are."""

    entity = "sign_in_id"

    sign_in_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignInProven(Event):
    """An identity provider said who somebody is who wants to sign in; who that is, the log does not know."""

    entity = "proven_id"

    proven_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdentityLinked(Event):
    """An identity provider opens an account from now on."""

    entity = "identity_id"

    identity_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdentityUnlinked(Event):
    """An identity provider opens an account no more."""

    entity = "identity_id"

    identity_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignInEnded(Event):
    """A person's sign-in was made worthless."""

    entity = "sign_in_id"

    sign_in_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClientRegistered(Event):
    """A program that queries the hub was registered, with the organisation that answers for it."""

    entity = "client_id"

    client_id: UUID
    organization_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ClientChanged(Event):
    """What is kept about a program was changed."""

    entity = "client_id"

    client_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClientEnded(Event):
    """A program may query the hub no more."""

    entity = "client_id"

    client_id: UUID


@dataclass(frozen=True, kw_only=True)
class TokenCreated(Event):
    """A bearer token was given to an account or to a client."""

    entity = "token_id"

    token_id: UUID
    account_id: UUID | None
    client_id: UUID | None
    expires_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    """A bearer token was made worthless."""

    entity = "token_id"

    token_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """A role was given to an account, on the whole platform or within one body."""

    entity = "grant_id"
    entry = "body_id"
    public = frozenset({"grant_id", "role", "body_id", "valid_from", "valid_until"})

    grant_id: UUID
    account_id: UUID
    role: Role
    body_id: UUID | None
    valid_from: dt.datetime
    valid_until: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    """A role was taken from an account, or given up, before its time."""

    entity = "grant_id"
    entry = "body_id"
    public = frozenset({"grant_id", "role", "body_id"})

    grant_id: UUID
    account_id: UUID
    role: Role
    body_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class VerificationGranted(Event):
    """It was made sure that an account belongs to one natural person; who that is, the log does not know."""

    entity = "claim_id"

    claim_id: UUID
    account_id: UUID
    expires_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class VerificationRevoked(Event):
    """That an account belongs to one natural person is believed no more."""

    entity = "claim_id"

    claim_id: UUID
    account_id: UUID
