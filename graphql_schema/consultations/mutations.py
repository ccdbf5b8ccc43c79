"""The acts of consultations."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.consultations.inputs import (
    ChangeResponseInput,
    CreateConsultationInput,
    PublishConsultationInput,
    SubmitResponseInput,
    WithdrawResponseInput,
)
from graphql_schema.consultations.payloads import (
    ChangeResponsePayload,
    CreateConsultationPayload,
    PublishConsultationPayload,
    SubmitResponsePayload,
    WithdrawResponsePayload,
)
from graphql_schema.context import Info
from graphql_schema.ids import decode
from hub.consultations import answering, drafting, publishing

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts of consultations.")
class ConsultationMutations:
    """The acts of consultations."""

    @strawberry.mutation(description="Draft a consultation of a body, with its mandate and its questionnaire.")
    async def create_consultation(
        self,
        info: Info,
        input: Annotated[CreateConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CreateConsultationPayload:
        """Draft a consultation."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await drafting.create(change, input.read(), body_id=body_id)
        return CreateConsultationPayload.of(change)

    @strawberry.mutation(description="Check a draft and publish it; it opens and closes by the clock.")
    async def publish_consultation(
        self,
        info: Info,
        input: Annotated[PublishConsultationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PublishConsultationPayload:
        """Publish a consultation."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            await publishing.publish(change, consultation_id)
        return PublishConsultationPayload.of(change)

    @strawberry.mutation(description="Answer an open consultation, once for each person.")
    async def submit_response(
        self,
        info: Info,
        input: Annotated[SubmitResponseInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SubmitResponsePayload:
        """Answer a consultation."""
        async with info.context.change(input) as change:
            await answering.submit(change, input.read())
        return SubmitResponsePayload.of(change)

    @strawberry.mutation(description="Let a new response count instead of one's earlier one, while it is open.")
    async def change_response(
        self,
        info: Info,
        input: Annotated[ChangeResponseInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ChangeResponsePayload:
        """Change one's response."""
        async with info.context.change(input) as change:
            await answering.change_response(change, input.read())
        return ChangeResponsePayload.of(change)

    @strawberry.mutation(description="Take one's response back, while the consultation is open.")
    async def withdraw_response(
        self,
        info: Info,
        input: Annotated[WithdrawResponseInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> WithdrawResponsePayload:
        """Take one's response back."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            await answering.withdraw(change, consultation_id)
        return WithdrawResponsePayload.of(change)
