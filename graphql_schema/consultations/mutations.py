"""The acts on consultations: drafting, publishing, correcting, giving notice, inviting."""

from __future__ import annotations

import asyncio
from typing import Annotated

import strawberry

from graphql_schema.consultations.inputs import (
    CheckConsultationInput,
    CheckQuestionnaireInput,
    CorrectQuestionnaireInput,
    CreateConsultationInput,
    EditConsultationInput,
    ExtendConsultationInput,
    IssueInvitationsInput,
    PublishConsultationInput,
    ReleaseResultsInput,
    ResumeConsultationInput,
    ShortenConsultationInput,
    SuspendConsultationInput,
    WithdrawConsultationInput,
)
from graphql_schema.consultations.payloads import (
    CheckConsultationPayload,
    CheckQuestionnairePayload,
    CorrectQuestionnairePayload,
    CreateConsultationPayload,
    EditConsultationPayload,
    ExtendConsultationPayload,
    IssueInvitationsPayload,
    PublishConsultationPayload,
    ReleaseResultsPayload,
    ResumeConsultationPayload,
    ShortenConsultationPayload,
    SuspendConsultationPayload,
    WithdrawConsultationPayload,
)
from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.wording_inputs import Faults
from hub.consultations import correcting, drafting, inviting, noticing, publishing, releasing
from hub.consultations.checking import check_questionnaire
from hub.consultations.rules import may_check
from hub.errors import Invalid, require

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on consultations.")
class ConsultationMutations:
    """The acts on consultations."""

    @strawberry.mutation(description="Draft a consultation of a body, with its mandate and its questionnaire.")
    async def create_consultation(
        self,
        info: Info,
        input: Annotated[CreateConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CreateConsultationPayload:
        """Draft a consultation of a body, with its mandate and its questionnaire."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await drafting.create(change, input.read(), body_id=body_id, unfinished=input.unfinished)
        return CreateConsultationPayload.of(change)

    @strawberry.mutation(description="Write a draft anew, before it is published.")
    async def edit_consultation(
        self,
        info: Info,
        input: Annotated[EditConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditConsultationPayload:
        """Write a draft anew, before it is published."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            await drafting.edit(
                change, consultation_id, input.read(), unfinished=input.unfinished, based_on=input.based_on
            )
        return EditConsultationPayload.of(change)

    @strawberry.mutation(description="Say everything that is wrong with a questionnaire, and keep nothing of it.")
    async def check_questionnaire(
        self,
        info: Info,
        input: Annotated[CheckQuestionnaireInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CheckQuestionnairePayload:
        """Say everything that is wrong with a questionnaire."""
        require(may_check(info.context.viewer))
        faults: Faults = []
        sections = input.questionnaire.read(("questionnaire",), faults)
        problems = await asyncio.to_thread(
            check_questionnaire, sections, languages=[input.source_language], faults=faults
        )
        if problems:
            raise Invalid(problems)
        return CheckQuestionnairePayload.telling(ok=True)

    @strawberry.mutation(description="Say everything that keeps a draft from being published, and change nothing.")
    async def check_consultation(
        self,
        info: Info,
        input: Annotated[CheckConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CheckConsultationPayload:
        """Say everything that keeps a draft from being published."""
        async with info.context.change_without_key() as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            await publishing.check_draft(change, consultation_id)
        return CheckConsultationPayload.telling(ok=True)

    @strawberry.mutation(description="Check a draft and publish it; it opens and closes by the clock.")
    async def publish_consultation(
        self,
        info: Info,
        input: Annotated[PublishConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PublishConsultationPayload:
        """Check a draft and publish it; it opens and closes by the clock."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            await publishing.publish(change, consultation_id, answer_due_on=input.answer_due_on)
        return PublishConsultationPayload.of(change)

    @strawberry.mutation(description="Put another wording in force; who has answered is asked to look at it.")
    async def correct_questionnaire(
        self,
        info: Info,
        input: Annotated[CorrectQuestionnaireInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CorrectQuestionnairePayload:
        """Put another wording in force; who has answered is asked to look at it."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            faults: Faults = []
            sections = input.questionnaire.read(("questionnaire",), faults)
            note = input.note.read(("note",), faults)
            await correcting.correct(
                change,
                consultation_id,
                sections,
                revision_class=input.revision_class,
                note=note,
                faults=tuple(faults),
            )
        return CorrectQuestionnairePayload.of(change)

    @strawberry.mutation(description="Move the closing of a consultation to a later instant.")
    async def extend_consultation(
        self,
        info: Info,
        input: Annotated[ExtendConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ExtendConsultationPayload:
        """Move the closing of a consultation to a later instant."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await noticing.extend(
                change, consultation_id, closing=input.closing.read(), reason=reason, faults=tuple(faults)
            )
        return ExtendConsultationPayload.of(change)

    @strawberry.mutation(description="Bring the closing forward, by an instrument of the body that is in force.")
    async def shorten_consultation(
        self,
        info: Info,
        input: Annotated[ShortenConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ShortenConsultationPayload:
        """Bring the closing forward, by an instrument of the body that is in force."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            named = input.instrument_id
            instrument_id = decode(named, "Instrument", path=("instrumentId",)) if named else None
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await noticing.shorten(
                change,
                consultation_id,
                closing=input.closing.read(),
                instrument_id=instrument_id,
                reason=reason,
                faults=tuple(faults),
            )
        return ShortenConsultationPayload.of(change)

    @strawberry.mutation(description="Stop an open consultation from taking responses for a while.")
    async def suspend_consultation(
        self,
        info: Info,
        input: Annotated[SuspendConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SuspendConsultationPayload:
        """Stop an open consultation from taking responses for a while."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await noticing.suspend(change, consultation_id, reason=reason, faults=tuple(faults))
        return SuspendConsultationPayload.of(change)

    @strawberry.mutation(description="Let a suspended consultation take responses again.")
    async def resume_consultation(
        self,
        info: Info,
        input: Annotated[ResumeConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ResumeConsultationPayload:
        """Let a suspended consultation take responses again."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            closing = input.closing.read() if input.closing else None
            await noticing.resume(change, consultation_id, reason=reason, closing=closing, faults=tuple(faults))
        return ResumeConsultationPayload.of(change)

    @strawberry.mutation(description="Withdraw a consultation for good; its responses are kept and not shown.")
    async def withdraw_consultation(
        self,
        info: Info,
        input: Annotated[WithdrawConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> WithdrawConsultationPayload:
        """Withdraw a consultation for good; its responses are kept and not shown."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await noticing.withdraw_consultation(change, consultation_id, reason=reason, faults=tuple(faults))
        return WithdrawConsultationPayload.of(change)

    @strawberry.mutation(description="Issue invitations in bulk; their codes are told once.")
    async def issue_invitations(
        self,
        info: Info,
        input: Annotated[IssueInvitationsInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> IssueInvitationsPayload:
        """Issue invitations in bulk; their codes are told once."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            await inviting.invite(change, consultation_id, count=input.count, batch=input.batch)
        return IssueInvitationsPayload.of(change)

    @strawberry.mutation(description="Publish a consultation's protected results anew, once counting is over.")
    async def release_results(
        self,
        info: Info,
        input: Annotated[ReleaseResultsInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ReleaseResultsPayload:
        """Publish a consultation's protected results anew, once counting is over."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            await releasing.release_results(change, consultation_id)
        return ReleaseResultsPayload.of(change)
