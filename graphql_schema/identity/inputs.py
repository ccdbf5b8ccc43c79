"""What the acts of signing in and of tokens take."""

from __future__ import annotations

import datetime as dt

import strawberry

from graphql_schema.payloads import KEY


@strawberry.input(description="The wish to sign in.")
class RequestSignInInput:
    """The wish to sign in."""

    email: str = strawberry.field(description="The mail address that the code is sent to.")


@strawberry.input(description="The code that came by mail, with the secret that was told to whoever asked for it.")
class ConfirmSignInInput:
    """The code that came by mail, with the secret."""

    code: str = strawberry.field(description="The code, with or without spaces.")
    secret: str = strawberry.field(description="The secret that `requestSignIn` answered.")


@strawberry.input(description="The code that came back from an identity provider, with the secret of this browser.")
class ExchangeSignInInput:
    """The code that came back from an identity provider, with the secret of this browser."""

    code: str = strawberry.field(description="The code, which is good once and for five minutes.")
    secret: str = strawberry.field(description="The secret whose SHA-256 was the challenge.")


@strawberry.input(description="The code that came back from an identity provider that is to open the viewer's account.")
class LinkIdentityInput:
    """The code that came back from an identity provider that is to open the viewer's account."""

    code: str = strawberry.field(description="The code, which is good once and for five minutes.")
    secret: str = strawberry.field(description="The secret whose SHA-256 was the challenge.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An identity provider that is to open the viewer's account no more.")
class UnlinkIdentityInput:
    """An identity provider that is to open the viewer's account no more."""

    identity_id: strawberry.ID = strawberry.field(description="The linked identity.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A sign-in that is to end.")
class EndSignInInput:
    """A sign-in that is to end."""

    sign_in_id: strawberry.ID | None = strawberry.field(
        default=None, description="The sign-in; without it, the one by which the viewer is asking."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The wish to end every sign-in.")
class EndAllSignInsInput:
    """The wish to end every sign-in."""

    others_only: bool = strawberry.field(default=False, description="Whether to stay signed in here.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A token that is to be made for a program.")
class CreateTokenInput:
    """A token that is to be made for a program."""

    name: str = strawberry.field(description="What it is called, in 200 characters at most.")
    scopes: list[str] = strawberry.field(description="What it may be used for, such as `public:read`.")
    expires_at: dt.datetime = strawberry.field(description="When it ends, within a year.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A token that is to be revoked: one of the viewer's, or one that somebody found.")
class RevokeTokenInput:
    """A token that is to be revoked."""

    token_id: strawberry.ID | None = strawberry.field(default=None, description="One of the viewer's tokens.")
    token: str | None = strawberry.field(
        default=None, description="The token itself: whoever has it may revoke it, wherever they found it."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
