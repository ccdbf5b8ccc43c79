"""What the acts on programs of organisations take."""

from __future__ import annotations

import datetime as dt

import strawberry

from graphql_schema.payloads import KEY

CLIENT = "The program."
NAME = "What it is called, in 200 characters at most."
PURPOSE = "What it is for, in 2,000 characters at most."
CONTACT = "A mail address of the organisation, for letters about the program."
REDIRECTS = "The addresses that a browser may be sent back to, letter by letter: over https, or on the same machine."
SCOPES = "What it may do at most: `public:read`, and `bulk:read` where whoever runs the hub gives it."
EXPIRES = "When it ends by itself; null for not at all."


@strawberry.input(description="A program of an organisation that is to be registered.")
class CreateClientInput:
    """A program that is to be registered."""

    organization_id: strawberry.ID = strawberry.field(description="The organisation that answers for it.")
    name: str = strawberry.field(description=NAME)
    purpose: str = strawberry.field(description=PURPOSE)
    contact: str = strawberry.field(description=CONTACT)
    redirect_uris: list[str] = strawberry.field(default_factory=list, description=REDIRECTS)
    scopes: list[str] = strawberry.field(default_factory=lambda: ["public:read"], description=SCOPES)
    expires_at: dt.datetime | None = strawberry.field(default=None, description=EXPIRES)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What is to be changed about a program; what is left out stays as it is.")
class ChangeClientInput:
    """What is to be changed about a program."""

    client_id: strawberry.ID = strawberry.field(description=CLIENT)
    name: str | None = strawberry.field(default=strawberry.UNSET, description=NAME)
    purpose: str | None = strawberry.field(default=strawberry.UNSET, description=PURPOSE)
    contact: str | None = strawberry.field(default=strawberry.UNSET, description=CONTACT)
    redirect_uris: list[str] | None = strawberry.field(default=strawberry.UNSET, description=REDIRECTS)
    scopes: list[str] | None = strawberry.field(default=strawberry.UNSET, description=SCOPES)
    expires_at: dt.datetime | None = strawberry.field(default=strawberry.UNSET, description=EXPIRES)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A program that is to end for good.")
class EndClientInput:
    """A program that is to end."""

    client_id: strawberry.ID = strawberry.field(description=CLIENT)
    reason: str = strawberry.field(description="Why, for whoever looks after it.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A token that is to be made for a program of an organisation.")
class CreateClientTokenInput:
    """A token that is to be made for a program of an organisation."""

    client_id: strawberry.ID = strawberry.field(description=CLIENT)
    name: str = strawberry.field(description="What the token is called, in 200 characters at most.")
    scopes: list[str] = strawberry.field(description="What it may be used for, of what the program may do.")
    expires_at: dt.datetime = strawberry.field(description="When it ends, within a year.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A program whose every token is to be revoked.")
class RevokeClientTokensInput:
    """A program whose every token is to be revoked."""

    client_id: strawberry.ID = strawberry.field(description=CLIENT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
