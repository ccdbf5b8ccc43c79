"""The acts on roles, and on what people are called."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.context import Info
from graphql_schema.identity.payloads import ChangeDisplayNamePayload, EndRolePayload, GrantRolePayload
from graphql_schema.identity.role_inputs import ChangeDisplayNameInput, EndRoleInput, GrantRoleInput
from graphql_schema.ids import decode
from hub.identity import appointing
from hub.identity.appointing import Term
from hub.people import introducing

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on roles, and on what people are called.")
class RoleMutations:
    """The acts on roles, and on what people are called."""

    @strawberry.mutation(description="Give a role to somebody else, in a body that one leads or as administrator.")
    async def grant_role(
        self,
        info: Info,
        input: Annotated[GrantRoleInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> GrantRolePayload:
        """Give a role to somebody else."""
        async with info.context.change(input) as change:
            body = None if input.body_id is None else decode(input.body_id, "Body", path=("bodyId",))
            await appointing.appoint(
                change,
                decode(input.person_id, "Person", path=("personId",)),
                role=input.role,
                body_id=body,
                reason=input.reason,
                term=Term(since=input.valid_from, until=input.valid_until),
            )
        return GrantRolePayload.of(change)

    @strawberry.mutation(description="End a role, or give up one's own; what was done by it stays done.")
    async def end_role(
        self,
        info: Info,
        input: Annotated[EndRoleInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EndRolePayload:
        """End a role, or give up one's own."""
        async with info.context.change(input) as change:
            grant = decode(input.role_grant_id, "RoleGrant", path=("roleGrantId",))
            await appointing.end_role(change, grant, reason=input.reason)
        return EndRolePayload.of(change)

    @strawberry.mutation(description="Take another name, under which one's earlier contributions are shown as well.")
    async def change_display_name(
        self,
        info: Info,
        input: Annotated[ChangeDisplayNameInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ChangeDisplayNamePayload:
        """Take another name."""
        async with info.context.change(input) as change:
            await introducing.change_display_name(change, input.display_name)
        return ChangeDisplayNamePayload.of(change)
