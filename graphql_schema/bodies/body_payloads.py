"""What the acts on bodies answer."""

from __future__ import annotations

import strawberry

from graphql_schema.bodies.types import Body
from graphql_schema.payloads import Payload


@strawberry.type(description="What entering a body into the register answers.")
class CreateBodyPayload(Payload):
    """What entering a body into the register answers."""

    body: Body | None = strawberry.field(description="The body; null where nothing was done.")


@strawberry.type(description="What giving a body another name answers.")
class RenameBodyPayload(Payload):
    """What giving a body another name answers."""

    body: Body | None = strawberry.field(description="The body; null where nothing was done.")


@strawberry.type(description="What writing the charter of a body anew answers.")
class EditBodyPayload(Payload):
    """What writing the charter of a body anew answers."""

    body: Body | None = strawberry.field(description="The body; null where nothing was done.")


@strawberry.type(description="What constituting a body answers.")
class ConstituteBodyPayload(Payload):
    """What constituting a body answers."""

    body: Body | None = strawberry.field(description="The body; null where nothing was done.")


@strawberry.type(description="What interrupting the work of a body answers.")
class SuspendBodyPayload(Payload):
    """What interrupting the work of a body answers."""

    body: Body | None = strawberry.field(description="The body; null where nothing was done.")


@strawberry.type(description="What letting a body work again answers.")
class ResumeBodyPayload(Payload):
    """What letting a body work again answers."""

    body: Body | None = strawberry.field(description="The body; null where nothing was done.")


@strawberry.type(description="What ending a body answers.")
class DissolveBodyPayload(Payload):
    """What ending a body answers."""

    body: Body | None = strawberry.field(description="The body; null where nothing was done.")
