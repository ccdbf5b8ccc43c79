"""The acts on seats, and on who sits in them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.bodies.seat_inputs import (
    AbolishSeatInput,
    AcceptMembershipInput,
    CreateSeatInput,
    DeclineMembershipInput,
    EditSeatInput,
    EndMembershipInput,
    LeaveSeatInput,
    ProposeMemberInput,
    ReturnToSeatInput,
    SeatMemberInput,
    read_seat,
    read_sitter,
)
from graphql_schema.bodies.seat_payloads import (
    AbolishSeatPayload,
    AcceptMembershipPayload,
    CreateSeatPayload,
    DeclineMembershipPayload,
    EditSeatPayload,
    EndMembershipPayload,
    LeaveSeatPayload,
    ProposeMemberPayload,
    ReturnToSeatPayload,
    SeatMemberPayload,
)
from graphql_schema.context import Info
from graphql_schema.ids import decode
from hub.bodies import leaving, seating

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on seats.")
class SeatMutations:
    """The acts on seats."""

    @strawberry.mutation(description="Give a body a seat.")
    async def create_seat(
        self,
        info: Info,
        input: Annotated[CreateSeatInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CreateSeatPayload:
        """Give a body a seat."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await seating.create_seat(change, body_id, read_seat(input))
        return CreateSeatPayload.of(change)

    @strawberry.mutation(description="Write anew what a seat is there for; its post stays while somebody sits there.")
    async def edit_seat(
        self,
        info: Info,
        input: Annotated[EditSeatInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditSeatPayload:
        """Write anew what a seat is there for; its post stays while somebody sits there."""
        async with info.context.change(input) as change:
            seat_id = decode(input.seat_id, "Seat", path=("seatId",))
            await seating.edit_seat(change, seat_id, read_seat(input), based_on=input.based_on)
        return EditSeatPayload.of(change)

    @strawberry.mutation(description="Take a seat away in which nobody sits.")
    async def abolish_seat(
        self,
        info: Info,
        input: Annotated[AbolishSeatInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AbolishSeatPayload:
        """Take a seat away in which nobody sits."""
        async with info.context.change(input) as change:
            await seating.abolish_seat(change, decode(input.seat_id, "Seat", path=("seatId",)))
        return AbolishSeatPayload.of(change)

    @strawberry.mutation(
        description="Seat somebody, or let them stand in: as the officers say, or by a vote or an instrument."
    )
    async def seat_member(
        self,
        info: Info,
        input: Annotated[SeatMemberInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SeatMemberPayload:
        """Seat somebody, or let them stand in: as the officers say, or by a vote or an instrument."""
        async with info.context.change(input) as change:
            seat_id = decode(input.seat_id, "Seat", path=("seatId",))
            await seating.seat_member(change, seat_id, read_sitter(input, change.at))
        return SeatMemberPayload.of(change)

    @strawberry.mutation(description="Propose somebody for a seat; they sit there when they take it on.")
    async def propose_member(
        self,
        info: Info,
        input: Annotated[ProposeMemberInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ProposeMemberPayload:
        """Propose somebody for a seat; they sit there when they take it on."""
        async with info.context.change(input) as change:
            seat_id = decode(input.seat_id, "Seat", path=("seatId",))
            await seating.propose_member(change, seat_id, read_sitter(input, change.at))
        return ProposeMemberPayload.of(change)

    @strawberry.mutation(description="Take on the seat for which one was proposed.")
    async def accept_membership(
        self,
        info: Info,
        input: Annotated[AcceptMembershipInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AcceptMembershipPayload:
        """Take on the seat for which one was proposed."""
        async with info.context.change(input) as change:
            membership_id = decode(input.membership_id, "Membership", path=("membershipId",))
            await seating.accept_membership(change, membership_id)
        return AcceptMembershipPayload.of(change)

    @strawberry.mutation(description="Not take on the seat for which one was proposed, and say why.")
    async def decline_membership(
        self,
        info: Info,
        input: Annotated[DeclineMembershipInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeclineMembershipPayload:
        """Not take on the seat for which one was proposed, and say why."""
        async with info.context.change(input) as change:
            membership_id = decode(input.membership_id, "Membership", path=("membershipId",))
            await seating.decline_membership(change, membership_id, reason=input.reason)
        return DeclineMembershipPayload.of(change)

    @strawberry.mutation(
        description="Stay away from a body for a while: the seat is kept, and gives no role until one is back."
    )
    async def leave_seat(
        self,
        info: Info,
        input: Annotated[LeaveSeatInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> LeaveSeatPayload:
        """Stay away from a body for a while: the seat is kept, and gives no role until one is back."""
        async with info.context.change(input) as change:
            membership_id = decode(input.membership_id, "Membership", path=("membershipId",))
            await leaving.leave(change, membership_id, reason=input.reason)
        return LeaveSeatPayload.of(change)

    @strawberry.mutation(description="Sit in a body again after having been away.")
    async def return_to_seat(
        self,
        info: Info,
        input: Annotated[ReturnToSeatInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ReturnToSeatPayload:
        """Sit in a body again after having been away."""
        async with info.context.change(input) as change:
            membership_id = decode(input.membership_id, "Membership", path=("membershipId",))
            await leaving.come_back(change, membership_id)
        return ReturnToSeatPayload.of(change)

    @strawberry.mutation(
        description="End a membership for good: by its holder, or by an officer of the body with a reason."
    )
    async def end_membership(
        self,
        info: Info,
        input: Annotated[EndMembershipInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EndMembershipPayload:
        """End a membership for good: by its holder, or by an officer of the body with a reason."""
        async with info.context.change(input) as change:
            membership_id = decode(input.membership_id, "Membership", path=("membershipId",))
            await leaving.end(change, membership_id, reason=input.reason)
        return EndMembershipPayload.of(change)
