"""The acts on bodies: entering them, naming them, charging them, and their life."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.bodies.body_inputs import (
    ConstituteBodyInput,
    CreateBodyInput,
    DissolveBodyInput,
    EditBodyInput,
    RenameBodyInput,
    ResumeBodyInput,
    SuspendBodyInput,
)
from graphql_schema.bodies.body_payloads import (
    ConstituteBodyPayload,
    CreateBodyPayload,
    DissolveBodyPayload,
    EditBodyPayload,
    RenameBodyPayload,
    ResumeBodyPayload,
    SuspendBodyPayload,
)
from graphql_schema.context import Info
from graphql_schema.ids import decode
from hub.bodies import arranging, founding

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on bodies.")
class BodyMutations:
    """The acts on bodies."""

    @strawberry.mutation(
        description="Enter a body into the register: a working group by the coordinator of the body above it."
    )
    async def create_body(
        self,
        info: Info,
        input: Annotated[CreateBodyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CreateBodyPayload:
        """Enter a body into the register: a working group by the coordinator of the body above it."""
        async with info.context.change(input) as change:
            draft, places = input.read()
            await founding.create_body(change, draft, territory_ids=places)
        return CreateBodyPayload.of(change)

    @strawberry.mutation(description="Give a body another name from a day on; the one it had stays readable.")
    async def rename_body(
        self,
        info: Info,
        input: Annotated[RenameBodyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RenameBodyPayload:
        """Give a body another name from a day on; the one it had stays readable."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await arranging.rename_body(change, body_id, input.read(), acronym=input.acronym, since=input.since)
        return RenameBodyPayload.of(change)

    @strawberry.mutation(
        description="Write anew what a body is charged with, by which rule and where; what it was stays readable."
    )
    async def edit_body(
        self,
        info: Info,
        input: Annotated[EditBodyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditBodyPayload:
        """Write anew what a body is charged with, by which rule and where; what it was stays readable."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await arranging.adopt_charter(change, body_id, input.read(), based_on=input.based_on)
        return EditBodyPayload.of(change)

    @strawberry.mutation(description="Let a body that was planned work from now on, if its parity rules let it.")
    async def constitute_body(
        self,
        info: Info,
        input: Annotated[ConstituteBodyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ConstituteBodyPayload:
        """Let a body that was planned work from now on, if its parity rules let it."""
        async with info.context.change(input) as change:
            await arranging.constitute(change, decode(input.body_id, "Body", path=("bodyId",)))
        return ConstituteBodyPayload.of(change)

    @strawberry.mutation(description="Interrupt the work of a body, for a reason that is public.")
    async def suspend_body(
        self,
        info: Info,
        input: Annotated[SuspendBodyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SuspendBodyPayload:
        """Interrupt the work of a body, for a reason that is public."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await arranging.suspend(change, body_id, reason=input.read())
        return SuspendBodyPayload.of(change)

    @strawberry.mutation(description="Let a body work again.")
    async def resume_body(
        self,
        info: Info,
        input: Annotated[ResumeBodyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ResumeBodyPayload:
        """Let a body work again."""
        async with info.context.change(input) as change:
            await arranging.resume(change, decode(input.body_id, "Body", path=("bodyId",)))
        return ResumeBodyPayload.of(change)

    @strawberry.mutation(
        description="End a body for good, for a reason that is public: everybody leaves it, and what it did stays done."
    )
    async def dissolve_body(
        self,
        info: Info,
        input: Annotated[DissolveBodyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DissolveBodyPayload:
        """End a body for good, for a reason that is public: everybody leaves it, and what it did stays done."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await arranging.dissolve(change, body_id, reason=input.read())
        return DissolveBodyPayload.of(change)
