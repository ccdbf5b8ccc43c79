"""The acts on representations: asking to speak for an organisation, granting it, refusing it, ending it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.people.inputs import (
    AskRepresentationInput,
    EndRepresentationInput,
    GrantRepresentationInput,
    RefuseRepresentationInput,
)
from graphql_schema.people.payloads import (
    AskRepresentationPayload,
    EndRepresentationPayload,
    GrantRepresentationPayload,
    RefuseRepresentationPayload,
)
from hub.identity import leaving
from hub.people import representing

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on representations.")
class RepresentationMutations:
    """The acts on representations."""

    @strawberry.mutation(description="Ask to speak for an organisation, with what proves it.")
    async def ask_representation(
        self,
        info: Info,
        input: Annotated[AskRepresentationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AskRepresentationPayload:
        """Ask to speak for an organisation, with what proves it."""
        async with info.context.change(input) as change:
            organization_id = decode(input.organization_id, "Organization", path=("organizationId",))
            await representing.ask(change, organization_id, powers=input.powers, evidence=input.evidence)
        return AskRepresentationPayload.of(change)

    @strawberry.mutation(description="Let somebody speak for an organisation, from now on.")
    async def grant_representation(
        self,
        info: Info,
        input: Annotated[GrantRepresentationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> GrantRepresentationPayload:
        """Let somebody speak for an organisation, from now on."""
        async with info.context.change(input) as change:
            await representing.grant(change, _identified(input.representation_id))
        return GrantRepresentationPayload.of(change)

    @strawberry.mutation(description="Say no to somebody who asked to speak for an organisation, and why.")
    async def refuse_representation(
        self,
        info: Info,
        input: Annotated[RefuseRepresentationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RefuseRepresentationPayload:
        """Say no to somebody who asked to speak for an organisation, and why."""
        async with info.context.change(input) as change:
            await representing.refuse(change, _identified(input.representation_id), reason=input.reason)
        return RefuseRepresentationPayload.of(change)

    @strawberry.mutation(description="End a representation, one's own or as an officer; what was said stays said.")
    async def end_representation(
        self,
        info: Info,
        input: Annotated[EndRepresentationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EndRepresentationPayload:
        """End a representation, one's own or as an officer; what was said stays said."""
        async with info.context.change(input) as change:
            await leaving.end_representation(change, _identified(input.representation_id), reason=input.reason)
        return EndRepresentationPayload.of(change)


def _identified(given: str) -> UUID:
    return decode(given, "Representation", path=("representationId",))
