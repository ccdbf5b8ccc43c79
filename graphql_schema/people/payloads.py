"""What the mutations of representations answer."""

from __future__ import annotations

import strawberry

from graphql_schema.payloads import Payload
from graphql_schema.people.types import Representation

REPRESENTATION = "The representation; null where nothing was done."


@strawberry.type(description="What asking to speak for an organisation answers.")
class AskRepresentationPayload(Payload):
    """What asking to speak for an organisation answers."""

    representation: Representation | None = strawberry.field(description=REPRESENTATION)


@strawberry.type(description="What granting a representation answers.")
class GrantRepresentationPayload(Payload):
    """What granting a representation answers."""

    representation: Representation | None = strawberry.field(description=REPRESENTATION)


@strawberry.type(description="What refusing a representation answers.")
class RefuseRepresentationPayload(Payload):
    """What refusing a representation answers."""

    representation: Representation | None = strawberry.field(description=REPRESENTATION)


@strawberry.type(description="What ending a representation answers.")
class EndRepresentationPayload(Payload):
    """What ending a representation answers."""

    representation: Representation | None = strawberry.field(description=REPRESENTATION)
