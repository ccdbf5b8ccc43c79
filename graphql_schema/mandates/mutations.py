"""The acts on mandates: proposing, ordering, accepting, delivering, and giving them to somebody else."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.mandates.charging import responsible
from graphql_schema.mandates.inputs import (
    AcceptMandateInput,
    CancelMandateInput,
    DeliverMandateInput,
    DischargeMandateInput,
    EditMandateInput,
    OrderMandateInput,
    ProposeMandateInput,
    ReassignMandateInput,
    RescheduleMandateInput,
    StartMandateInput,
)
from graphql_schema.mandates.payloads import (
    AcceptMandatePayload,
    CancelMandatePayload,
    DeliverMandatePayload,
    DischargeMandatePayload,
    EditMandatePayload,
    OrderMandatePayload,
    ProposeMandatePayload,
    ReassignMandatePayload,
    RescheduleMandatePayload,
    StartMandatePayload,
)
from graphql_schema.wording_inputs import Faults
from hub.mandates import accepting, assigning, closing, delivering, proposing

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on mandates.")
class MandateMutations:
    """The acts on mandates."""

    @strawberry.mutation(description="Propose that a body order a work by its own initiative.")
    async def propose_mandate(
        self,
        info: Info,
        input: Annotated[ProposeMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ProposeMandatePayload:
        """Propose that a body order a work by its own initiative."""
        async with info.context.change(input) as change:
            faults: Faults = []
            initiative, title = input.read(faults), input.title.read(("title",), faults)
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await proposing.propose_mandate(
                change, body_id, initiative, kind=input.kind, title=title, faults=tuple(faults)
            )
        return ProposeMandatePayload.of(change)

    @strawberry.mutation(description="Write anew what was proposed, before it is ordered.")
    async def edit_mandate(
        self,
        info: Info,
        input: Annotated[EditMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditMandatePayload:
        """Write anew what was proposed, before it is ordered."""
        async with info.context.change(input) as change:
            faults: Faults = []
            initiative, title = input.read(faults), input.title.read(("title",), faults)
            mandate_id = _identified(input.mandate_id)
            await proposing.edit_mandate(
                change, mandate_id, initiative, title=title, based_on=input.based_on, faults=tuple(faults)
            )
        return EditMandatePayload.of(change)

    @strawberry.mutation(description="Order what was proposed, with its reason in public.")
    async def order_mandate(
        self,
        info: Info,
        input: Annotated[OrderMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> OrderMandatePayload:
        """Order what was proposed, with its reason in public."""
        async with info.context.change(input) as change:
            await proposing.order_mandate(change, _identified(input.mandate_id))
        return OrderMandatePayload.of(change)

    @strawberry.mutation(description="Take on an ordered work with which one is charged.")
    async def accept_mandate(
        self,
        info: Info,
        input: Annotated[AcceptMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AcceptMandatePayload:
        """Take on an ordered work with which one is charged."""
        async with info.context.change(input) as change:
            await accepting.accept(change, _identified(input.mandate_id))
        return AcceptMandatePayload.of(change)

    @strawberry.mutation(description="Say that a work with which one is charged is under way.")
    async def start_mandate(
        self,
        info: Info,
        input: Annotated[StartMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> StartMandatePayload:
        """Say that a work with which one is charged is under way."""
        async with info.context.change(input) as change:
            await accepting.start_work(change, _identified(input.mandate_id))
        return StartMandatePayload.of(change)

    @strawberry.mutation(description="Deliver a work with which one is charged.")
    async def deliver_mandate(
        self,
        info: Info,
        input: Annotated[DeliverMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeliverMandatePayload:
        """Deliver a work with which one is charged."""
        async with info.context.change(input) as change:
            given = (input.instrument_id, "Instrument", "instrumentId"), (input.document_id, "Document", "documentId")
            named = [decode(id_, type_, path=(path,)) if id_ else None for id_, type_, path in given]
            mandate_id = _identified(input.mandate_id)
            await delivering.deliver(change, mandate_id, instrument_id=named[0], document_id=named[1])
        return DeliverMandatePayload.of(change)

    @strawberry.mutation(description="Charge somebody else with a work, with a reason that is published.")
    async def reassign_mandate(
        self,
        info: Info,
        input: Annotated[ReassignMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ReassignMandatePayload:
        """Charge somebody else with a work, with a reason that is published."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            charged = responsible(input.responsible_id, ("responsibleId",), faults)
            mandate_id = _identified(input.mandate_id)
            await assigning.reassign(change, mandate_id, charged, reason=reason, faults=tuple(faults))
        return ReassignMandatePayload.of(change)

    @strawberry.mutation(description="Let a work be due on another day, with a reason that is published.")
    async def reschedule_mandate(
        self,
        info: Info,
        input: Annotated[RescheduleMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RescheduleMandatePayload:
        """Let a work be due on another day, with a reason that is published."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            mandate_id = _identified(input.mandate_id)
            await assigning.reschedule(change, mandate_id, due_on=input.due_on, reason=reason, faults=tuple(faults))
        return RescheduleMandatePayload.of(change)

    @strawberry.mutation(
        description="Close a mandate without a delivery, or once its delivery is accepted, with reasons."
    )
    async def discharge_mandate(
        self,
        info: Info,
        input: Annotated[DischargeMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DischargeMandatePayload:
        """Close a mandate without a delivery, or once its delivery is accepted, with reasons."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await closing.discharge(change, _identified(input.mandate_id), reason=reason, faults=tuple(faults))
        return DischargeMandatePayload.of(change)

    @strawberry.mutation(description="Cancel a mandate, with reasons.")
    async def cancel_mandate(
        self,
        info: Info,
        input: Annotated[CancelMandateInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CancelMandatePayload:
        """Cancel a mandate, with reasons."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await closing.cancel(change, _identified(input.mandate_id), reason=reason, faults=tuple(faults))
        return CancelMandatePayload.of(change)


def _identified(given: str) -> UUID:
    return decode(given, "Mandate", path=("mandateId",))
