"""The acts on declared interests."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.bodies.interest_inputs import DeclareMemberInterestInput, ReviewMemberInterestInput
from graphql_schema.bodies.interest_payloads import DeclareMemberInterestPayload, ReviewMemberInterestPayload
from graphql_schema.context import Info
from graphql_schema.ids import decode
from hub.bodies import declaring

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on declared interests.")
class InterestMutations:
    """The acts on declared interests."""

    @strawberry.mutation(
        description="Declare an interest that one has as a member of a body, or that one has none; the officers do it "
        "for whoever has no account."
    )
    async def declare_member_interest(
        self,
        info: Info,
        input: Annotated[DeclareMemberInterestInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeclareMemberInterestPayload:
        """Declare an interest that one has as a member of a body, or that one has none."""
        async with info.context.change(input) as change:
            membership_id = decode(input.membership_id, "Membership", path=("membershipId",))
            named = input.replaces_id
            replaces_id = decode(named, "InterestDeclaration", path=("replacesId",)) if named else None
            await declaring.declare_interest(change, membership_id, input.read(), replaces_id=replaces_id)
        return DeclareMemberInterestPayload.of(change)

    @strawberry.mutation(description="Say, as an officer of the body, that one has looked at a declared interest.")
    async def review_member_interest(
        self,
        info: Info,
        input: Annotated[ReviewMemberInterestInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ReviewMemberInterestPayload:
        """Say, as an officer of the body, that one has looked at a declared interest."""
        async with info.context.change(input) as change:
            named = input.interest_declaration_id
            declaration_id = decode(named, "InterestDeclaration", path=("interestDeclarationId",))
            await declaring.review_interest(change, declaration_id, note=input.note)
        return ReviewMemberInterestPayload.of(change)
