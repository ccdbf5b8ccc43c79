"""What the acts on parity and joining answer."""

from __future__ import annotations

import strawberry

from graphql_schema.bodies.joining_types import JoinRequest, ParityRule
from graphql_schema.bodies.seat_types import Membership
from graphql_schema.payloads import Payload


@strawberry.type(description="What adopting a rule of parity answers.")
class AdoptParityRulePayload(Payload):
    """What adopting a rule of parity answers."""

    parity_rule: ParityRule | None = strawberry.field(description="The rule; null where nothing was done.")


@strawberry.type(description="What ending a rule of parity answers.")
class EndParityRulePayload(Payload):
    """What ending a rule of parity answers."""

    parity_rule: ParityRule | None = strawberry.field(description="The rule; null where nothing was done.")


@strawberry.type(description="What saying how one is to be counted answers.")
class DeclareGenderPayload(Payload):
    """What saying how one is to be counted answers."""

    membership: Membership | None = strawberry.field(description="The membership; null where nothing was done.")


@strawberry.type(description="What asking to join a body answers.")
class AskToJoinPayload(Payload):
    """What asking to join a body answers."""

    join_request: JoinRequest | None = strawberry.field(
        description="The request or invitation; null where nothing was done."
    )


@strawberry.type(description="What inviting somebody to a body answers.")
class InviteMemberPayload(Payload):
    """What inviting somebody to a body answers."""

    join_request: JoinRequest | None = strawberry.field(
        description="The request or invitation; null where nothing was done."
    )


@strawberry.type(description="What letting somebody join answers.")
class AcceptJoinRequestPayload(Payload):
    """What letting somebody join answers."""

    join_request: JoinRequest | None = strawberry.field(
        description="The request or invitation; null where nothing was done."
    )


@strawberry.type(description="What accepting an invitation answers.")
class AcceptInvitationPayload(Payload):
    """What accepting an invitation answers."""

    join_request: JoinRequest | None = strawberry.field(
        description="The request or invitation; null where nothing was done."
    )


@strawberry.type(description="What saying no to a request or an invitation answers.")
class DeclineJoinRequestPayload(Payload):
    """What saying no to a request or an invitation answers."""

    join_request: JoinRequest | None = strawberry.field(
        description="The request or invitation; null where nothing was done."
    )


@strawberry.type(description="What taking a request or an invitation back answers.")
class TakeBackJoinRequestPayload(Payload):
    """What taking a request or an invitation back answers."""

    join_request: JoinRequest | None = strawberry.field(
        description="The request or invitation; null where nothing was done."
    )
