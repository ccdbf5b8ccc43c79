"""The acts that conclude a consultation: its analysis, its report, its answer."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.consultations.report_inputs import (
    AnswerConsultationInput,
    ApproveReportInput,
    ArchiveConsultationInput,
    CorrectReportInput,
    DraftReportInput,
    EditReportInput,
    PublishFindingsInput,
    PublishReportInput,
    ReworkReportInput,
    StartAnalysisInput,
)
from graphql_schema.consultations.report_payloads import (
    AnswerConsultationPayload,
    ApproveReportPayload,
    ArchiveConsultationPayload,
    CorrectReportPayload,
    DraftReportPayload,
    EditReportPayload,
    PublishFindingsPayload,
    PublishReportPayload,
    ReworkReportPayload,
    StartAnalysisPayload,
)
from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.wording_inputs import Faults
from hub.consultations import concluding, reporting

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts that conclude a consultation.")
class ReportMutations:
    """The acts that conclude a consultation."""

    @strawberry.mutation(description="Begin to work on what people answered, once it is counted.")
    async def start_analysis(
        self,
        info: Info,
        input: Annotated[StartAnalysisInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> StartAnalysisPayload:
        """Begin to work on what people answered, once it is counted."""
        async with info.context.change(input) as change:
            await concluding.start_analysis(change, _consultation(input.consultation_id))
        return StartAnalysisPayload.of(change)

    @strawberry.mutation(description="Begin the report of a consultation that is being analysed.")
    async def draft_report(
        self,
        info: Info,
        input: Annotated[DraftReportInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DraftReportPayload:
        """Begin the report of a consultation that is being analysed."""
        async with info.context.change(input) as change:
            await reporting.draft_report(change, _consultation(input.consultation_id), input.read())
        return DraftReportPayload.of(change)

    @strawberry.mutation(description="Write a draft of the report anew.")
    async def edit_report(
        self,
        info: Info,
        input: Annotated[EditReportInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditReportPayload:
        """Write a draft of the report anew."""
        async with info.context.change(input) as change:
            await reporting.edit_report(change, _report(input.report_id), input.read(), based_on=input.based_on)
        return EditReportPayload.of(change)

    @strawberry.mutation(description="Approve a report, which fixes the released data that it speaks of.")
    async def approve_report(
        self,
        info: Info,
        input: Annotated[ApproveReportInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ApproveReportPayload:
        """Approve a report, which fixes the released data that it speaks of."""
        async with info.context.change(input) as change:
            await reporting.approve_report(change, _report(input.report_id))
        return ApproveReportPayload.of(change)

    @strawberry.mutation(description="Give an approved report back, to be written anew.")
    async def rework_report(
        self,
        info: Info,
        input: Annotated[ReworkReportInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ReworkReportPayload:
        """Give an approved report back, to be written anew."""
        async with info.context.change(input) as change:
            await reporting.rework_report(change, _report(input.report_id))
        return ReworkReportPayload.of(change)

    @strawberry.mutation(
        description="Publish the approved report; the results that it speaks of stay as they are from then on."
    )
    async def publish_findings(
        self,
        info: Info,
        input: Annotated[PublishFindingsInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PublishFindingsPayload:
        """Publish the approved report; the results that it speaks of stay as they are from then on."""
        async with info.context.change(input) as change:
            await concluding.publish_findings(change, _consultation(input.consultation_id))
        return PublishFindingsPayload.of(change)

    @strawberry.mutation(description="Begin another version of a published report, and say what was wrong in it.")
    async def correct_report(
        self,
        info: Info,
        input: Annotated[CorrectReportInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CorrectReportPayload:
        """Begin another version of a published report, and say what was wrong in it."""
        async with info.context.change(input) as change:
            faults: Faults = []
            note = input.note.read(("note",), faults)
            await reporting.correct_report(change, _report(input.report_id), input.read(faults), note=note)
        return CorrectReportPayload.of(change)

    @strawberry.mutation(description="Publish an approved version of the report, in place of the one that it corrects.")
    async def publish_report(
        self,
        info: Info,
        input: Annotated[PublishReportInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PublishReportPayload:
        """Publish an approved version of the report, in place of the one that it corrects."""
        async with info.context.change(input) as change:
            await reporting.publish_report(change, _report(input.report_id))
        return PublishReportPayload.of(change)

    @strawberry.mutation(
        description="Declare a consultation answered: each of its questions has a published statement."
    )
    async def answer_consultation(
        self,
        info: Info,
        input: Annotated[AnswerConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AnswerConsultationPayload:
        """Declare a consultation answered: each of its questions has a published statement."""
        async with info.context.change(input) as change:
            await concluding.answer_consultation(change, _consultation(input.consultation_id))
        return AnswerConsultationPayload.of(change)

    @strawberry.mutation(description="Put by a consultation that was answered.")
    async def archive_consultation(
        self,
        info: Info,
        input: Annotated[ArchiveConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ArchiveConsultationPayload:
        """Put by a consultation that was answered."""
        async with info.context.change(input) as change:
            await concluding.archive(change, _consultation(input.consultation_id))
        return ArchiveConsultationPayload.of(change)


def _consultation(given: str) -> UUID:
    return decode(given, "Consultation", path=("consultationId",))


def _report(given: str) -> UUID:
    return decode(given, "ConsultationReport", path=("reportId",))
