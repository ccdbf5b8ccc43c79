"""The acts on those who work on a study, on its steps and on its data."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.studies.payloads import (
    AcceptMilestonePayload,
    AddStudyMemberPayload,
    DeclareInterestsPayload,
    DescribeDatasetPayload,
    DropMilestonePayload,
    EditDatasetPayload,
    EndStudyMemberPayload,
    HandInMilestonePayload,
    RemoveDatasetPayload,
    ReturnMilestonePayload,
    SetMilestonePayload,
)
from graphql_schema.studies.work_inputs import (
    AcceptMilestoneInput,
    AddStudyMemberInput,
    DeclareInterestsInput,
    DescribeDatasetInput,
    DropMilestoneInput,
    EditDatasetInput,
    EndStudyMemberInput,
    HandInMilestoneInput,
    RemoveDatasetInput,
    ReturnMilestoneInput,
    SetMilestoneInput,
)
from graphql_schema.wording_inputs import Faults
from hub.studies import delivering, describing, staffing

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on the team, the steps and the data of studies.")
class StudyWorkMutations:
    """The acts on the team, the steps and the data of studies."""

    @strawberry.mutation(description="Take somebody into the team of a study.")
    async def add_study_member(
        self,
        info: Info,
        input: Annotated[AddStudyMemberInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AddStudyMemberPayload:
        """Take somebody into the team of a study."""
        async with info.context.change(input) as change:
            member = staffing.TeamMember(
                name=input.name,
                role=input.role,
                person_id=_maybe(input.person_id, "Person", "personId"),
                organization_id=_maybe(input.organization_id, "Organization", "organizationId"),
            )
            await staffing.add_study_member(change, _study(input.study_id), member)
        return AddStudyMemberPayload.of(change)

    @strawberry.mutation(
        description="Declare one's interests in the matter of a study; the officers do it for whoever has no account."
    )
    async def declare_interests(
        self,
        info: Info,
        input: Annotated[DeclareInterestsInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeclareInterestsPayload:
        """Declare one's interests in the matter of a study; the officers do it for whoever has no account."""
        async with info.context.change(input) as change:
            await staffing.declare_interests(change, _member(input.member_id), declaration=input.declaration)
        return DeclareInterestsPayload.of(change)

    @strawberry.mutation(description="Let somebody leave the team of a study.")
    async def end_study_member(
        self,
        info: Info,
        input: Annotated[EndStudyMemberInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EndStudyMemberPayload:
        """Let somebody leave the team of a study."""
        async with info.context.change(input) as change:
            await staffing.end_study_member(change, _member(input.member_id))
        return EndStudyMemberPayload.of(change)

    @strawberry.mutation(description="Set a step of a study, with its day.")
    async def set_milestone(
        self,
        info: Info,
        input: Annotated[SetMilestoneInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SetMilestonePayload:
        """Set a step of a study, with its day."""
        async with info.context.change(input) as change:
            faults: Faults = []
            title = input.title.read(("title",), faults)
            await delivering.set_milestone(
                change,
                _study(input.study_id),
                title=title,
                due_on=input.due_on,
                payment=input.payment,
                faults=tuple(faults),
            )
        return SetMilestonePayload.of(change)

    @strawberry.mutation(description="Hand in what a step of a study asks for.")
    async def hand_in_milestone(
        self,
        info: Info,
        input: Annotated[HandInMilestoneInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> HandInMilestonePayload:
        """Hand in what a step of a study asks for."""
        async with info.context.change(input) as change:
            faults: Faults = []
            note = input.note.read(("note",), faults)
            await delivering.hand_in_milestone(change, _milestone(input.milestone_id), note=note, faults=tuple(faults))
        return HandInMilestonePayload.of(change)

    @strawberry.mutation(description="Accept what was handed in for a step of a study.")
    async def accept_milestone(
        self,
        info: Info,
        input: Annotated[AcceptMilestoneInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AcceptMilestonePayload:
        """Accept what was handed in for a step of a study."""
        async with info.context.change(input) as change:
            await delivering.accept_milestone(change, _milestone(input.milestone_id))
        return AcceptMilestonePayload.of(change)

    @strawberry.mutation(description="Return what was handed in for a step of a study, with reasons.")
    async def return_milestone(
        self,
        info: Info,
        input: Annotated[ReturnMilestoneInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ReturnMilestonePayload:
        """Return what was handed in for a step of a study, with reasons."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await delivering.return_milestone(
                change, _milestone(input.milestone_id), reason=reason, faults=tuple(faults)
            )
        return ReturnMilestonePayload.of(change)

    @strawberry.mutation(description="Drop a step of a study, with reasons.")
    async def drop_milestone(
        self,
        info: Info,
        input: Annotated[DropMilestoneInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DropMilestonePayload:
        """Drop a step of a study, with reasons."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await delivering.drop_milestone(change, _milestone(input.milestone_id), reason=reason, faults=tuple(faults))
        return DropMilestonePayload.of(change)

    @strawberry.mutation(description="Say which data a study used or produced, with their dictionary.")
    async def describe_dataset(
        self,
        info: Info,
        input: Annotated[DescribeDatasetInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DescribeDatasetPayload:
        """Say which data a study used or produced, with their dictionary."""
        async with info.context.change(input) as change:
            await describing.describe_dataset(change, _study(input.study_id), input.read())
        return DescribeDatasetPayload.of(change)

    @strawberry.mutation(description="Describe data of a study anew, until they are published.")
    async def edit_dataset(
        self,
        info: Info,
        input: Annotated[EditDatasetInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditDatasetPayload:
        """Describe data of a study anew, until they are published."""
        async with info.context.change(input) as change:
            await describing.describe_dataset_anew(
                change, _dataset(input.dataset_id), input.read(), based_on=input.based_on
            )
        return EditDatasetPayload.of(change)

    @strawberry.mutation(description="Take data off the list of a study, until they are published.")
    async def remove_dataset(
        self,
        info: Info,
        input: Annotated[RemoveDatasetInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RemoveDatasetPayload:
        """Take data off the list of a study, until they are published."""
        async with info.context.change(input) as change:
            await describing.remove_dataset(change, _dataset(input.dataset_id))
        return RemoveDatasetPayload.of(change)


def _study(given: str) -> UUID:
    return decode(given, "Study", path=("studyId",))


def _member(given: str) -> UUID:
    return decode(given, "StudyMember", path=("memberId",))


def _milestone(given: str) -> UUID:
    return decode(given, "StudyMilestone", path=("milestoneId",))


def _dataset(given: str) -> UUID:
    return decode(given, "StudyDataset", path=("datasetId",))


def _maybe(given: str | None, type_: str, field: str) -> UUID | None:
    return None if given is None else decode(given, type_, path=(field,))
