"""The acts on studies: ordering, contracting, writing, handing in, publishing, correcting, retracting."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.studies.inputs import (
    ApproveStudyInput,
    BeginStudyInput,
    CancelStudyInput,
    ContractStudyInput,
    CorrectStudyInput,
    EditStudyInput,
    HandInStudyInput,
    OrderStudyInput,
    PlanStudyInput,
    PublishStudyInput,
    RetractStudyInput,
    ReviseStudyInput,
    WriteStudyInput,
)
from graphql_schema.studies.payloads import (
    ApproveStudyPayload,
    BeginStudyPayload,
    CancelStudyPayload,
    ContractStudyPayload,
    CorrectStudyPayload,
    EditStudyPayload,
    HandInStudyPayload,
    OrderStudyPayload,
    PlanStudyPayload,
    PublishStudyPayload,
    RetractStudyPayload,
    ReviseStudyPayload,
    WriteStudyPayload,
)
from graphql_schema.wording_inputs import Faults
from hub.studies import contracting, ordering, publishing, writing

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on studies.")
class StudyMutations:
    """The acts on studies."""

    @strawberry.mutation(
        description="Order a study of a body, on a mandate that was ordered before or by own initiative."
    )
    async def order_study(
        self,
        info: Info,
        input: Annotated[OrderStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> OrderStudyPayload:
        """Order a study of a body, on a mandate that was ordered before or by own initiative."""
        async with info.context.change(input) as change:
            terms = input.read()
            faults: Faults = []
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            mandate_id = decode(input.mandate_id, "Mandate", path=("mandateId",)) if input.mandate_id else None
            initiative = input.own_initiative.read(("ownInitiative",), faults) if input.own_initiative else None
            terms = replace(terms, faults=(*terms.faults, *faults))
            await ordering.order_study(change, terms, body_id=body_id, mandate_id=mandate_id, own_initiative=initiative)
        return OrderStudyPayload.of(change)

    @strawberry.mutation(description="Write the terms of a study anew, until it is contracted or planned.")
    async def edit_study(
        self,
        info: Info,
        input: Annotated[EditStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditStudyPayload:
        """Write the terms of a study anew, until it is contracted or planned."""
        async with info.context.change(input) as change:
            await ordering.edit_study(change, _study(input.study_id), input.read(), based_on=input.based_on)
        return EditStudyPayload.of(change)

    @strawberry.mutation(description="Say which organisation is contracted to do a study, and at what cost.")
    async def contract_study(
        self,
        info: Info,
        input: Annotated[ContractStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ContractStudyPayload:
        """Say which organisation is contracted to do a study, and at what cost."""
        async with info.context.change(input) as change:
            await contracting.contract_study(change, _study(input.study_id), input.read())
        return ContractStudyPayload.of(change)

    @strawberry.mutation(description="Publish the method of a study.")
    async def plan_study(
        self,
        info: Info,
        input: Annotated[PlanStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PlanStudyPayload:
        """Publish the method of a study."""
        async with info.context.change(input) as change:
            faults: Faults = []
            method = input.method.read(("method",), faults)
            await contracting.plan_study(change, _study(input.study_id), method=method, faults=tuple(faults))
        return PlanStudyPayload.of(change)

    @strawberry.mutation(
        description="Begin the work on a study, once everybody in its team has declared their interests."
    )
    async def begin_study(
        self,
        info: Info,
        input: Annotated[BeginStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> BeginStudyPayload:
        """Begin the work on a study, once everybody in its team has declared their interests."""
        async with info.context.change(input) as change:
            await publishing.begin_study(change, _study(input.study_id))
        return BeginStudyPayload.of(change)

    @strawberry.mutation(description="Write the draft of the next wording of a study, all of it.")
    async def write_study(
        self,
        info: Info,
        input: Annotated[WriteStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> WriteStudyPayload:
        """Write the draft of the next wording of a study, all of it."""
        async with info.context.change(input) as change:
            await writing.write_study(change, _study(input.study_id), input.read(), based_on=input.based_on)
        return WriteStudyPayload.of(change)

    @strawberry.mutation(description="Hand in the draft of a study: from now on it never changes.")
    async def hand_in_study(
        self,
        info: Info,
        input: Annotated[HandInStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> HandInStudyPayload:
        """Hand in the draft of a study: from now on it never changes."""
        async with info.context.change(input) as change:
            await publishing.hand_in_study(change, _study(input.study_id))
        return HandInStudyPayload.of(change)

    @strawberry.mutation(description="Give a study back to its authors, with reasons.")
    async def revise_study(
        self,
        info: Info,
        input: Annotated[ReviseStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ReviseStudyPayload:
        """Give a study back to its authors, with reasons."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await publishing.revise_study(change, _study(input.study_id), reason=reason, faults=tuple(faults))
        return ReviseStudyPayload.of(change)

    @strawberry.mutation(description="Approve a study, once its reviews are answered.")
    async def approve_study(
        self,
        info: Info,
        input: Annotated[ApproveStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ApproveStudyPayload:
        """Approve a study, once its reviews are answered."""
        async with info.context.change(input) as change:
            await publishing.approve_study(change, _study(input.study_id))
        return ApproveStudyPayload.of(change)

    @strawberry.mutation(
        description="Publish an approved study; from now on those owe an answer to whom it recommends something."
    )
    async def publish_study(
        self,
        info: Info,
        input: Annotated[PublishStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PublishStudyPayload:
        """Publish an approved study; from now on those owe an answer to whom it recommends something."""
        async with info.context.change(input) as change:
            await publishing.publish_study(change, _study(input.study_id))
        return PublishStudyPayload.of(change)

    @strawberry.mutation(description="Publish the draft of a corrected wording; the former one can still be read.")
    async def correct_study(
        self,
        info: Info,
        input: Annotated[CorrectStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CorrectStudyPayload:
        """Publish the draft of a corrected wording; the former one can still be read."""
        async with info.context.change(input) as change:
            await publishing.correct_study(change, _study(input.study_id))
        return CorrectStudyPayload.of(change)

    @strawberry.mutation(description="Retract a published study; it stays visible with the reason.")
    async def retract_study(
        self,
        info: Info,
        input: Annotated[RetractStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RetractStudyPayload:
        """Retract a published study; it stays visible with the reason."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await publishing.retract_study(change, _study(input.study_id), reason=reason, faults=tuple(faults))
        return RetractStudyPayload.of(change)

    @strawberry.mutation(description="Cancel a study that is not published, with the reason.")
    async def cancel_study(
        self,
        info: Info,
        input: Annotated[CancelStudyInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CancelStudyPayload:
        """Cancel a study that is not published, with the reason."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await publishing.cancel_study(change, _study(input.study_id), reason=reason, faults=tuple(faults))
        return CancelStudyPayload.of(change)


def _study(given: str) -> UUID:
    return decode(given, "Study", path=("studyId",))
