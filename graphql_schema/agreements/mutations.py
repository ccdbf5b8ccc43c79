"""The acts on agreements: drafting, signing, prolonging, ending, carrying out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.agreements.inputs import (
    DraftAgreementInput,
    EditAgreementInput,
    EndAgreementInput,
    LinkAgreementObligationInput,
    RenewAgreementInput,
    SignAgreementInput,
    party,
)
from graphql_schema.agreements.payloads import (
    DraftAgreementPayload,
    EditAgreementPayload,
    EndAgreementPayload,
    LinkAgreementObligationPayload,
    RenewAgreementPayload,
    SignAgreementPayload,
)
from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.wording_inputs import Faults
from hub.agreements import drafting, fulfilling, renewing, signing
from hub.errors import Invalid

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on agreements.")
class AgreementMutations:
    """The acts on agreements."""

    @strawberry.mutation(description="Draft what a body is to agree with other bodies and organisations.")
    async def draft_agreement(
        self,
        info: Info,
        input: Annotated[DraftAgreementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DraftAgreementPayload:
        """Draft what a body is to agree with other bodies and organisations."""
        async with info.context.change(input) as change:
            await drafting.draft_agreement(change, decode(input.body_id, "Body", path=("bodyId",)), input.read())
        return DraftAgreementPayload.of(change)

    @strawberry.mutation(description="Write a draft of an agreement anew; whoever had signed it has to sign it again.")
    async def edit_agreement(
        self,
        info: Info,
        input: Annotated[EditAgreementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditAgreementPayload:
        """Write a draft of an agreement anew; whoever had signed it has to sign it again."""
        async with info.context.change(input) as change:
            await drafting.edit_agreement(change, _agreement(input.agreement_id), input.read(), based_on=input.based_on)
        return EditAgreementPayload.of(change)

    @strawberry.mutation(
        description="Sign an agreement for a party, or write down that an organisation signed it on paper."
    )
    async def sign_agreement(
        self,
        info: Info,
        input: Annotated[SignAgreementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SignAgreementPayload:
        """Sign an agreement for a party, or write down that an organisation signed it on paper."""
        async with info.context.change(input) as change:
            faults: Faults = []
            signing_for = party(input.party_id, ("partyId",), faults)
            if faults:
                raise Invalid(faults)
            signature = signing.Signature(signatory=input.signatory, signed_on=input.signed_on)
            await signing.sign_agreement(change, _agreement(input.agreement_id), signing_for, signature)
        return SignAgreementPayload.of(change)

    @strawberry.mutation(description="Prolong an agreement until another day, or without an end.")
    async def renew_agreement(
        self,
        info: Info,
        input: Annotated[RenewAgreementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RenewAgreementPayload:
        """Prolong an agreement until another day, or without an end."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await renewing.renew_agreement(
                change, _agreement(input.agreement_id), until=input.until, reason=reason, faults=faults
            )
        return RenewAgreementPayload.of(change)

    @strawberry.mutation(description="End an agreement as of now, or give up one that not everybody has signed.")
    async def end_agreement(
        self,
        info: Info,
        input: Annotated[EndAgreementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EndAgreementPayload:
        """End an agreement as of now, or give up one that not everybody has signed."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await renewing.end_agreement(change, _agreement(input.agreement_id), reason=reason, faults=faults)
        return EndAgreementPayload.of(change)

    @strawberry.mutation(description="Say which mandate carries out what was promised in an agreement.")
    async def link_agreement_obligation(
        self,
        info: Info,
        input: Annotated[LinkAgreementObligationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> LinkAgreementObligationPayload:
        """Say which mandate carries out what was promised in an agreement."""
        async with info.context.change(input) as change:
            mandate_id = decode(input.mandate_id, "Mandate", path=("mandateId",))
            await fulfilling.carry_out_obligation(
                change, _agreement(input.agreement_id), position=input.position, mandate_id=mandate_id
            )
        return LinkAgreementObligationPayload.of(change)


def _agreement(given: str) -> UUID:
    return decode(given, "Agreement", path=("agreementId",))
