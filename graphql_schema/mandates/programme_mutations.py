"""The acts on work programmes: drafting, approving, carrying out, closing."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.mandates.payloads import (
    ApproveWorkProgrammePayload,
    CloseWorkProgrammePayload,
    DraftWorkProgrammePayload,
    EditWorkProgrammePayload,
    LinkWorkProgrammeLinePayload,
)
from graphql_schema.mandates.programme_inputs import (
    ApproveWorkProgrammeInput,
    CloseWorkProgrammeInput,
    DraftWorkProgrammeInput,
    EditWorkProgrammeInput,
    LinkWorkProgrammeLineInput,
)
from graphql_schema.wording_inputs import Faults
from hub.mandates import planning

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on work programmes.")
class WorkProgrammeMutations:
    """The acts on work programmes."""

    @strawberry.mutation(description="Draft what a body means to do in a year.")
    async def draft_work_programme(
        self,
        info: Info,
        input: Annotated[DraftWorkProgrammeInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DraftWorkProgrammePayload:
        """Draft what a body means to do in a year."""
        async with info.context.change(input) as change:
            faults: Faults = []
            lines, title = input.read(faults), input.title.read(("title",), faults)
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await planning.draft_programme(
                change, body_id, year=input.year, title=title, lines=lines, faults=tuple(faults)
            )
        return DraftWorkProgrammePayload.of(change)

    @strawberry.mutation(description="Write a draft of a work programme anew.")
    async def edit_work_programme(
        self,
        info: Info,
        input: Annotated[EditWorkProgrammeInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditWorkProgrammePayload:
        """Write a draft of a work programme anew."""
        async with info.context.change(input) as change:
            faults: Faults = []
            lines, title = input.read(faults), input.title.read(("title",), faults)
            programme_id = _identified(input.work_programme_id)
            await planning.edit_programme(
                change, programme_id, title=title, lines=lines, based_on=input.based_on, faults=tuple(faults)
            )
        return EditWorkProgrammePayload.of(change)

    @strawberry.mutation(
        description="Let a published instrument of the body approve its work programme, which makes it public."
    )
    async def approve_work_programme(
        self,
        info: Info,
        input: Annotated[ApproveWorkProgrammeInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ApproveWorkProgrammePayload:
        """Let a published instrument of the body approve its work programme, which makes it public."""
        async with info.context.change(input) as change:
            instrument_id = decode(input.instrument_id, "Instrument", path=("instrumentId",))
            programme_id = _identified(input.work_programme_id)
            await planning.approve_programme(change, programme_id, instrument_id=instrument_id)
        return ApproveWorkProgrammePayload.of(change)

    @strawberry.mutation(description="Close an approved work programme.")
    async def close_work_programme(
        self,
        info: Info,
        input: Annotated[CloseWorkProgrammeInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CloseWorkProgrammePayload:
        """Close an approved work programme."""
        async with info.context.change(input) as change:
            await planning.close_programme(change, _identified(input.work_programme_id))
        return CloseWorkProgrammePayload.of(change)

    @strawberry.mutation(description="Say which mandate carries out a line of an approved work programme.")
    async def link_work_programme_line(
        self,
        info: Info,
        input: Annotated[LinkWorkProgrammeLineInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> LinkWorkProgrammeLinePayload:
        """Say which mandate carries out a line of an approved work programme."""
        async with info.context.change(input) as change:
            mandate_id = decode(input.mandate_id, "Mandate", path=("mandateId",))
            programme_id = _identified(input.work_programme_id)
            await planning.carry_out_line(change, programme_id, position=input.position, mandate_id=mandate_id)
        return LinkWorkProgrammeLinePayload.of(change)


def _identified(given: str) -> UUID:
    return decode(given, "WorkProgramme", path=("workProgrammeId",))
