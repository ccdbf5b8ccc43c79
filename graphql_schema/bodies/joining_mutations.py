"""The acts on parity and joining."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.bodies.joining_inputs import (
    AcceptInvitationInput,
    AcceptJoinRequestInput,
    AdoptParityRuleInput,
    AskToJoinInput,
    DeclareGenderInput,
    DeclineJoinRequestInput,
    EndParityRuleInput,
    InviteMemberInput,
    TakeBackJoinRequestInput,
)
from graphql_schema.bodies.joining_payloads import (
    AcceptInvitationPayload,
    AcceptJoinRequestPayload,
    AdoptParityRulePayload,
    AskToJoinPayload,
    DeclareGenderPayload,
    DeclineJoinRequestPayload,
    EndParityRulePayload,
    InviteMemberPayload,
    TakeBackJoinRequestPayload,
)
from graphql_schema.bodies.wordings import checked
from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.wording_inputs import Faults, read
from hub.bodies import balancing, joining

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on parity and joining.")
class JoiningMutations:
    """The acts on parity and joining."""

    @strawberry.mutation(
        description="Let a body be bound by a rule of parity from now on, in place of the one that it had."
    )
    async def adopt_parity_rule(
        self,
        info: Info,
        input: Annotated[AdoptParityRuleInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AdoptParityRulePayload:
        """Let a body be bound by a rule of parity from now on, in place of the one that it had."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            faults: Faults = []
            reason = read(input.reason, ("reason",), faults)
            await balancing.adopt_parity_rule(
                change,
                body_id,
                dimension=input.dimension,
                tolerance=input.tolerance,
                consequence=input.consequence,
                reason=checked({"reason": reason}, faults)["reason"],
            )
        return AdoptParityRulePayload.of(change)

    @strawberry.mutation(description="Let a body be bound by a rule of parity no longer.")
    async def end_parity_rule(
        self,
        info: Info,
        input: Annotated[EndParityRuleInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EndParityRulePayload:
        """Let a body be bound by a rule of parity no longer."""
        async with info.context.change(input) as change:
            await balancing.end_parity_rule(change, decode(input.parity_rule_id, "ParityRule", path=("parityRuleId",)))
        return EndParityRulePayload.of(change)

    @strawberry.mutation(
        description="Say one's own gender to be counted in the parity of a body; nobody else is told of it."
    )
    async def declare_gender(
        self,
        info: Info,
        input: Annotated[DeclareGenderInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeclareGenderPayload:
        """Say one's own gender to be counted in the parity of a body; nobody else is told of it."""
        async with info.context.change(input) as change:
            membership_id = decode(input.membership_id, "Membership", path=("membershipId",))
            await balancing.declare_gender(change, membership_id, input.gender)
        return DeclareGenderPayload.of(change)

    @strawberry.mutation(description="Ask to join a body, for oneself or for an organisation for which one speaks.")
    async def ask_to_join(
        self,
        info: Info,
        input: Annotated[AskToJoinInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AskToJoinPayload:
        """Ask to join a body, for oneself or for an organisation for which one speaks."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            organization_id = input.organization_id and decode(
                input.organization_id, "Organization", path=("organizationId",)
            )
            await joining.ask_to_join(
                change, body_id, statement=input.statement, organization_id=organization_id or None
            )
        return AskToJoinPayload.of(change)

    @strawberry.mutation(description="Offer a seat to a person or to an organisation.")
    async def invite_member(
        self,
        info: Info,
        input: Annotated[InviteMemberInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> InviteMemberPayload:
        """Offer a seat to a person or to an organisation."""
        async with info.context.change(input) as change:
            seat_id = decode(input.seat_id, "Seat", path=("seatId",))
            person_id = input.person_id and decode(input.person_id, "Person", path=("personId",))
            organization_id = input.organization_id and decode(
                input.organization_id, "Organization", path=("organizationId",)
            )
            await joining.invite(
                change,
                seat_id,
                statement=input.statement,
                person_id=person_id or None,
                organization_id=organization_id or None,
                days=input.days,
            )
        return InviteMemberPayload.of(change)

    @strawberry.mutation(description="Let somebody join who asked to: they sit in this seat from now on.")
    async def accept_join_request(
        self,
        info: Info,
        input: Annotated[AcceptJoinRequestInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AcceptJoinRequestPayload:
        """Let somebody join who asked to: they sit in this seat from now on."""
        async with info.context.change(input) as change:
            request_id = decode(input.join_request_id, "JoinRequest", path=("joinRequestId",))
            seat_id = decode(input.seat_id, "Seat", path=("seatId",))
            await joining.accept_request(change, request_id, seat_id=seat_id, answer=input.answer)
        return AcceptJoinRequestPayload.of(change)

    @strawberry.mutation(
        description="Take a seat on to which one was invited, or an organisation for which one speaks."
    )
    async def accept_invitation(
        self,
        info: Info,
        input: Annotated[AcceptInvitationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AcceptInvitationPayload:
        """Take a seat on to which one was invited, or an organisation for which one speaks."""
        async with info.context.change(input) as change:
            request_id = decode(input.join_request_id, "JoinRequest", path=("joinRequestId",))
            await joining.accept_invitation(change, request_id, answer=input.answer)
        return AcceptInvitationPayload.of(change)

    @strawberry.mutation(description="Say no and why: an officer to who asked, or whoever is invited to the body.")
    async def decline_join_request(
        self,
        info: Info,
        input: Annotated[DeclineJoinRequestInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeclineJoinRequestPayload:
        """Say no and why: an officer to who asked, or whoever is invited to the body."""
        async with info.context.change(input) as change:
            request_id = decode(input.join_request_id, "JoinRequest", path=("joinRequestId",))
            await joining.decline_request(change, request_id, answer=input.answer)
        return DeclineJoinRequestPayload.of(change)

    @strawberry.mutation(description="Take back what one asked for, or as an officer whom one invited.")
    async def take_back_join_request(
        self,
        info: Info,
        input: Annotated[TakeBackJoinRequestInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> TakeBackJoinRequestPayload:
        """Take back what one asked for, or as an officer whom one invited."""
        async with info.context.change(input) as change:
            await joining.take_back_request(
                change, decode(input.join_request_id, "JoinRequest", path=("joinRequestId",))
            )
        return TakeBackJoinRequestPayload.of(change)
