"""What the mutations on everything about oneself answer."""

from __future__ import annotations

import datetime as dt

import strawberry

from graphql_schema.payloads import Payload


@strawberry.type(description="What asking to show again who one is answers.")
class RequestReauthenticationPayload(Payload):
    """What asking to show again who one is answers."""

    secret: str | None = strawberry.field(description="The secret without which the code is worth nothing, told once.")
    expires_at: dt.datetime | None = strawberry.field(description="Until when the code is good.")


@strawberry.type(description="What showing again who one is answers.")
class ConfirmReauthenticationPayload(Payload):
    """What showing again who one is answers."""

    until: dt.datetime | None = strawberry.field(description="Until when it counts.")


@strawberry.type(description="What asking for everything about oneself answers.")
class RequestPersonalDataPayload(Payload):
    """What asking for everything about oneself answers."""

    path: str | None = strawberry.field(
        description="The path on this host at which a GET with the token of a sign-in of the same person gives the "
        "copy, once; it is told once."
    )
    expires_at: dt.datetime | None = strawberry.field(description="Until when it is good.")


@strawberry.type(description="What asking to be erased answers; the viewer is signed in no more.")
class EraseMePayload(Payload):
    """What asking to be erased answers."""

    kept: list[str] | None = strawberry.field(description="What stays, and why, in the viewer's language.")
