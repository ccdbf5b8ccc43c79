"""What the acts on declared interests answer."""

from __future__ import annotations

import strawberry

from graphql_schema.bodies.interest_types import InterestDeclaration
from graphql_schema.bodies.seat_types import Membership
from graphql_schema.payloads import Payload


@strawberry.type(description="What declaring an interest answers.")
class DeclareMemberInterestPayload(Payload):
    """What declaring an interest answers."""

    interest_declaration: InterestDeclaration | None = strawberry.field(
        description="The declaration; null where nothing was done."
    )
    membership: Membership | None = strawberry.field(description="Whose it is; null where nothing was done.")


@strawberry.type(description="What reviewing a declared interest answers.")
class ReviewMemberInterestPayload(Payload):
    """What reviewing a declared interest answers."""

    interest_declaration: InterestDeclaration | None = strawberry.field(
        description="The declaration; null where nothing was done."
    )
