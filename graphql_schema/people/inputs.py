"""What the acts on representations take."""

from __future__ import annotations

import strawberry

import graphql_schema.people.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import KEY
from hub.people.models import Power

REPRESENTATION = "The representation."


@strawberry.input(description="The wish to speak for an organisation.")
class AskRepresentationInput:
    """The wish to speak for an organisation."""

    organization_id: strawberry.ID = strawberry.field(description="The organisation.")
    powers: list[Power] = strawberry.field(description="What is to be done in its name.")
    evidence: str = strawberry.field(
        description="What proves it, in 4,000 characters at most, such as the deed and who to ask about it."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A representation that is to be granted.")
class GrantRepresentationInput:
    """A representation that is to be granted."""

    representation_id: strawberry.ID = strawberry.field(description=REPRESENTATION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A representation that is to be refused.")
class RefuseRepresentationInput:
    """A representation that is to be refused."""

    representation_id: strawberry.ID = strawberry.field(description=REPRESENTATION)
    reason: str = strawberry.field(description="Why, for whoever asked.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A representation that is to end.")
class EndRepresentationInput:
    """A representation that is to end."""

    representation_id: strawberry.ID = strawberry.field(description=REPRESENTATION)
    reason: str = strawberry.field(description="Why, for whoever holds it.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
