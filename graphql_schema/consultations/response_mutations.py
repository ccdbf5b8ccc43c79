"""The acts on responses: sending, changing, taking back, consenting, writing down, deciding, saving for later."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.consultations.payloads import (
    AdmitResponsePayload,
    ChangeConsentPayload,
    ChangeResponsePayload,
    DiscardResponseDraftPayload,
    EnterResponsePayload,
    RefuseResponsePayload,
    SaveResponseDraftPayload,
    SubmitResponsePayload,
    WithdrawResponsePayload,
)
from graphql_schema.consultations.response_inputs import (
    AdmitResponseInput,
    ChangeConsentInput,
    ChangeResponseInput,
    DiscardResponseDraftInput,
    EnterResponseInput,
    RefuseResponseInput,
    SaveResponseDraftInput,
    SubmitResponseInput,
    WithdrawResponseInput,
    read_claim,
    read_holding,
    read_response,
)
from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.wording_inputs import Faults
from hub.consultations import answering, consenting, deciding, entering, saving
from hub.errors import Invalid, Problem

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on responses.")
class ResponseMutations:
    """The acts on responses."""

    @strawberry.mutation(description="Answer a consultation, as often as it takes responses of each.")
    async def submit_response(
        self,
        info: Info,
        input: Annotated[SubmitResponseInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SubmitResponsePayload:
        """Answer a consultation, as often as it takes responses of each."""
        async with info.context.change(input) as change:
            await answering.submit(change, input.read(network=info.context.network))
        return SubmitResponsePayload.of(change)

    @strawberry.mutation(description="Let a new response count instead of one's earlier one, while it is open.")
    async def change_response(
        self,
        info: Info,
        input: Annotated[ChangeResponseInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ChangeResponsePayload:
        """Let a new response count instead of one's earlier one, while it is open."""
        async with info.context.change(input) as change:
            response_id = read_response(input.response_id)
            sheet = input.read(network=info.context.network)
            await answering.change_response(change, sheet, response_id=response_id)
        return ChangeResponsePayload.of(change)

    @strawberry.mutation(description="Take one's response back, while the consultation is open.")
    async def withdraw_response(
        self,
        info: Info,
        input: Annotated[WithdrawResponseInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> WithdrawResponsePayload:
        """Take one's response back, while the consultation is open."""
        async with info.context.change(input) as change:
            if input.receipt is not None:
                await answering.withdraw_by_receipt(change, input.receipt)
            else:
                consultation_id = decode(input.consultation_id or "", "Consultation", path=("consultationId",))
                response_id = read_response(input.response_id)
                claim = read_claim(input.organization_id, input.invitation)
                await answering.withdraw(change, consultation_id, claim=claim, response_id=response_id)
        return WithdrawResponsePayload.of(change)

    @strawberry.mutation(description="Say anew how a response, or one of its answers, may be published.")
    async def change_consent(
        self,
        info: Info,
        input: Annotated[ChangeConsentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ChangeConsentPayload:
        """Say anew how a response, or one of its answers, may be published."""
        async with info.context.change(input) as change:
            if (input.response_id is None) == (input.receipt is None):
                raise Invalid([Problem("WHICH_RESPONSE", ("responseId",))])
            await consenting.change_consent(change, input.which(), input.read())
        return ChangeConsentPayload.of(change)

    @strawberry.mutation(description="Write down a response that came in on paper, by mail or by word of mouth.")
    async def enter_response(
        self,
        info: Info,
        input: Annotated[EnterResponseInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EnterResponsePayload:
        """Write down a response that came in on paper, by mail or by word of mouth."""
        async with info.context.change(input) as change:
            await entering.enter(change, input.read(channel=input.channel), received=input.received)
        return EnterResponsePayload.of(change)

    @strawberry.mutation(description="Let a late response count, with a published reason.")
    async def admit_response(
        self,
        info: Info,
        input: Annotated[AdmitResponseInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AdmitResponsePayload:
        """Let a late response count, with a published reason."""
        async with info.context.change(input) as change:
            response_id = decode(input.response_id, "Response", path=("responseId",))
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await deciding.admit(change, response_id, reason=reason, faults=tuple(faults))
        return AdmitResponsePayload.of(change)

    @strawberry.mutation(description="Keep a late response from counting, with a published reason.")
    async def refuse_response(
        self,
        info: Info,
        input: Annotated[RefuseResponseInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RefuseResponsePayload:
        """Keep a late response from counting, with a published reason."""
        async with info.context.change(input) as change:
            response_id = decode(input.response_id, "Response", path=("responseId",))
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await deciding.refuse(change, response_id, reason=reason, faults=tuple(faults))
        return RefuseResponsePayload.of(change)

    @strawberry.mutation(description="Keep what somebody has answered so far, to go on later or on another device.")
    async def save_response_draft(
        self,
        info: Info,
        input: Annotated[SaveResponseDraftInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SaveResponseDraftPayload:
        """Keep what somebody has answered so far, to go on later or on another device."""
        async with info.context.change(input) as change:
            await saving.save(change, input.read(network=info.context.network))
        return SaveResponseDraftPayload.of(change)

    @strawberry.mutation(description="Throw away what somebody has answered so far.")
    async def discard_response_draft(
        self,
        info: Info,
        input: Annotated[DiscardResponseDraftInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DiscardResponseDraftPayload:
        """Throw away what somebody has answered so far."""
        async with info.context.change(input) as change:
            consultation_id = decode(input.consultation_id, "Consultation", path=("consultationId",))
            claim = read_claim(input.organization_id, input.invitation)
            held_by = read_holding(input.draft_code, input.draft_secret)
            await saving.discard(change, consultation_id, claim=claim, held_by=held_by)
        return DiscardResponseDraftPayload.of(change)
