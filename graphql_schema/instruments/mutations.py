"""The acts on instruments: drafting, tabling, adopting, signing, publishing, annulling."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.instruments.inputs import (
    AdoptInstrumentInput,
    AnnulInstrumentInput,
    DraftInstrumentInput,
    EditInstrumentInput,
    PublishInstrumentInput,
    RewordInstrumentInput,
    SignInstrumentInput,
    TableInstrumentInput,
    WithdrawInstrumentInput,
)
from graphql_schema.instruments.payloads import (
    AdoptInstrumentPayload,
    AnnulInstrumentPayload,
    DraftInstrumentPayload,
    EditInstrumentPayload,
    PublishInstrumentPayload,
    RewordInstrumentPayload,
    SignInstrumentPayload,
    TableInstrumentPayload,
    WithdrawInstrumentPayload,
)
from graphql_schema.wording_inputs import Faults
from hub.instruments import adopting, drafting, signing, tabling
from hub.mandates import enacting

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on instruments.")
class InstrumentMutations:
    """The acts on instruments."""

    @strawberry.mutation(description="Draft an instrument of a body, with what it orders and does.")
    async def draft_instrument(
        self,
        info: Info,
        input: Annotated[DraftInstrumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DraftInstrumentPayload:
        """Draft an instrument of a body, with what it orders and does."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await drafting.draft_instrument(change, body_id, input.read(), kind=input.kind)
        return DraftInstrumentPayload.of(change)

    @strawberry.mutation(description="Write a draft anew, before it is tabled.")
    async def edit_instrument(
        self,
        info: Info,
        input: Annotated[EditInstrumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditInstrumentPayload:
        """Write a draft anew, before it is tabled."""
        async with info.context.change(input) as change:
            await drafting.edit_instrument(
                change, _identified(input.instrument_id), input.read(), based_on=input.based_on
            )
        return EditInstrumentPayload.of(change)

    @strawberry.mutation(description="Put a draft before the body, which fixes its wording under a hash.")
    async def table_instrument(
        self,
        info: Info,
        input: Annotated[TableInstrumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> TableInstrumentPayload:
        """Put a draft before the body, which fixes its wording under a hash."""
        async with info.context.change(input) as change:
            await tabling.table(change, _identified(input.instrument_id))
        return TableInstrumentPayload.of(change)

    @strawberry.mutation(description="Take what was tabled back, to write it anew as the next wording.")
    async def reword_instrument(
        self,
        info: Info,
        input: Annotated[RewordInstrumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RewordInstrumentPayload:
        """Take what was tabled back, to write it anew as the next wording."""
        async with info.context.change(input) as change:
            await tabling.reword(change, _identified(input.instrument_id))
        return RewordInstrumentPayload.of(change)

    @strawberry.mutation(description="Give up what was not adopted.")
    async def withdraw_instrument(
        self,
        info: Info,
        input: Annotated[WithdrawInstrumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> WithdrawInstrumentPayload:
        """Give up what was not adopted."""
        async with info.context.change(input) as change:
            await drafting.withdraw_instrument(change, _identified(input.instrument_id))
        return WithdrawInstrumentPayload.of(change)

    @strawberry.mutation(description="Record that a carried vote adopted what was tabled; it gets its folio.")
    async def adopt_instrument(
        self,
        info: Info,
        input: Annotated[AdoptInstrumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AdoptInstrumentPayload:
        """Record that a carried vote adopted what was tabled; it gets its folio."""
        async with info.context.change(input) as change:
            await adopting.adopt(change, _identified(input.instrument_id))
        return AdoptInstrumentPayload.of(change)

    @strawberry.mutation(
        description="Sign what was adopted, for the seat in which one sits and over the hash of what it says."
    )
    async def sign_instrument(
        self,
        info: Info,
        input: Annotated[SignInstrumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SignInstrumentPayload:
        """Sign what was adopted, for the seat in which one sits and over the hash of what it says."""
        async with info.context.change(input) as change:
            await signing.sign(change, _identified(input.instrument_id), content_hash=input.content_hash)
        return SignInstrumentPayload.of(change)

    @strawberry.mutation(description="Publish what was signed; it takes effect, and what it orders is ordered.")
    async def publish_instrument(
        self,
        info: Info,
        input: Annotated[PublishInstrumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PublishInstrumentPayload:
        """Publish what was signed; it takes effect, and what it orders is ordered."""
        async with info.context.change(input) as change:
            await enacting.publish_instrument(change, _identified(input.instrument_id), input.read())
        return PublishInstrumentPayload.of(change)

    @strawberry.mutation(description="Annul what was adopted, with a reason that is published.")
    async def annul_instrument(
        self,
        info: Info,
        input: Annotated[AnnulInstrumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AnnulInstrumentPayload:
        """Annul what was adopted, with a reason that is published."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            instrument_id = _identified(input.instrument_id)
            await enacting.annul_instrument(change, instrument_id, reason=reason, faults=tuple(faults))
        return AnnulInstrumentPayload.of(change)


def _identified(given: str) -> UUID:
    return decode(given, "Instrument", path=("instrumentId",))
