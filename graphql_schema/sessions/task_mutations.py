"""The acts on tasks."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.sessions.minutes_payloads import (
    AssignActionItemPayload,
    DropActionItemPayload,
    FinishActionItemPayload,
)
from graphql_schema.sessions.task_inputs import (
    AssignActionItemInput,
    DropActionItemInput,
    FinishActionItemInput,
)
from graphql_schema.wording_inputs import Faults, identified
from hub.sessions import assigning

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on tasks.")
class TaskMutations:
    """The acts on tasks."""

    @strawberry.mutation(description="Write down what a session asked somebody to do.")
    async def assign_action_item(
        self,
        info: Info,
        input: Annotated[AssignActionItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AssignActionItemPayload:
        """Write down what a session asked somebody to do."""
        async with info.context.change(input) as change:
            faults: Faults = []
            session_id = decode(input.session_id, "Session", path=("sessionId",))
            await assigning.assign(change, session_id, _task(input, faults))
        return AssignActionItemPayload.of(change)

    @strawberry.mutation(description="Say that what was asked for was done, and where that can be seen.")
    async def finish_action_item(
        self,
        info: Info,
        input: Annotated[FinishActionItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> FinishActionItemPayload:
        """Say that what was asked for was done, and where that can be seen."""
        async with info.context.change(input) as change:
            faults: Faults = []
            evidence = input.evidence.read(("evidence",), faults)
            await assigning.finish(change, _item(input.action_item_id), evidence=evidence, faults=tuple(faults))
        return FinishActionItemPayload.of(change)

    @strawberry.mutation(description="Say that something is not to be done any more, and why.")
    async def drop_action_item(
        self,
        info: Info,
        input: Annotated[DropActionItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DropActionItemPayload:
        """Say that something is not to be done any more, and why."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await assigning.drop(change, _item(input.action_item_id), reason=reason, faults=tuple(faults))
        return DropActionItemPayload.of(change)


def _task(given: AssignActionItemInput, faults: Faults) -> assigning.Task:
    def named(id_: str | None, type_: str, field: str) -> UUID | None:
        return None if id_ is None else identified(id_, type_, (field,), faults)

    return assigning.Task(
        text=given.task.read(("task",), faults),
        agenda_item_id=named(given.agenda_item_id, "AgendaItem", "agendaItemId"),
        owner_id=named(given.owner_id, "Membership", "ownerId"),
        organization_id=named(given.organization_id, "Organization", "organizationId"),
        due_on=given.due_on,
        faults=tuple(faults),
    )


def _item(given: str) -> UUID:
    return decode(given, "ActionItem", path=("actionItemId",))
