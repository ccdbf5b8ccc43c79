"""What the mutations of signing in, of tokens, programs and roles answer."""

from __future__ import annotations

import datetime as dt

import strawberry

from graphql_schema.identity.types import Client, LinkedIdentity, RoleGrant, SignIn, Token
from graphql_schema.payloads import Payload
from graphql_schema.people.types import Person


@strawberry.type(description="What asking to sign in answers, the same whether the address is known or not.")
class RequestSignInPayload(Payload):
    """What asking to sign in answers."""

    secret: str | None = strawberry.field(description="The secret without which the code is worth nothing, told once.")
    expires_at: dt.datetime | None = strawberry.field(description="Until when the code is good.")


@strawberry.type(description="What confirming a sign-in answers.")
class ConfirmSignInPayload(Payload):
    """What confirming a sign-in answers."""

    token: str | None = strawberry.field(description="The token to come with from now on, told once.")
    expires_at: dt.datetime | None = strawberry.field(description="When the sign-in ends at the latest.")


@strawberry.type(description="What exchanging a code for a sign-in answers.")
class ExchangeSignInPayload(Payload):
    """What exchanging a code for a sign-in answers."""

    token: str | None = strawberry.field(description="The token to come with from now on, told once.")
    expires_at: dt.datetime | None = strawberry.field(description="When the sign-in ends at the latest.")


@strawberry.type(description="What linking an identity answers.")
class LinkIdentityPayload(Payload):
    """What linking an identity answers."""

    identity: LinkedIdentity | None = strawberry.field(description="The identity; null where nothing was done.")


@strawberry.type(description="What unlinking an identity answers.")
class UnlinkIdentityPayload(Payload):
    """What unlinking an identity answers."""


@strawberry.type(description="What ending a sign-in answers.")
class EndSignInPayload(Payload):
    """What ending a sign-in answers."""

    sign_in: SignIn | None = strawberry.field(description="The sign-in; null where nothing was done.")


@strawberry.type(description="What ending all sign-ins answers.")
class EndAllSignInsPayload(Payload):
    """What ending all sign-ins answers."""

    ended: int | None = strawberry.field(description="How many were ended; null where the act is repeated.")


@strawberry.type(description="What making a token answers.")
class CreateTokenPayload(Payload):
    """What making a token answers."""

    token: Token | None = strawberry.field(description="What is kept of it; null where nothing was done.")
    secret: str | None = strawberry.field(description="The token itself, told once.")


@strawberry.type(description="What revoking a token answers.")
class RevokeTokenPayload(Payload):
    """What revoking a token answers."""

    token: Token | None = strawberry.field(
        description="The token, where it was named; nothing is told of one that was shown."
    )


CLIENT = "The program; null where nothing was done."
GRANT = "The grant; null where nothing was done."


@strawberry.type(description="What registering a program answers.")
class CreateClientPayload(Payload):
    """What registering a program answers."""

    client: Client | None = strawberry.field(description=CLIENT)


@strawberry.type(description="What changing a program answers.")
class ChangeClientPayload(Payload):
    """What changing a program answers."""

    client: Client | None = strawberry.field(description=CLIENT)


@strawberry.type(description="What ending a program answers.")
class EndClientPayload(Payload):
    """What ending a program answers."""

    client: Client | None = strawberry.field(description=CLIENT)


@strawberry.type(description="What making a token for a program answers.")
class CreateClientTokenPayload(Payload):
    """What making a token for a program answers."""

    token: Token | None = strawberry.field(description="What is kept of it; null where nothing was done.")
    secret: str | None = strawberry.field(description="The token itself, told once.")


@strawberry.type(description="What revoking every token of a program answers.")
class RevokeClientTokensPayload(Payload):
    """What revoking every token of a program answers."""

    client: Client | None = strawberry.field(description=CLIENT)
    revoked: int | None = strawberry.field(description="How many were revoked; null where the act is repeated.")


@strawberry.type(description="What giving a role answers.")
class GrantRolePayload(Payload):
    """What giving a role answers."""

    role_grant: RoleGrant | None = strawberry.field(description=GRANT)


@strawberry.type(description="What ending a role answers.")
class EndRolePayload(Payload):
    """What ending a role answers."""

    role_grant: RoleGrant | None = strawberry.field(description=GRANT)


@strawberry.type(description="What taking another name answers.")
class ChangeDisplayNamePayload(Payload):
    """What taking another name answers."""

    person: Person | None = strawberry.field(description="The person; null where nothing was done.")
