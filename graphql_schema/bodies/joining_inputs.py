"""What the acts on parity and joining take."""

from __future__ import annotations

import strawberry

import graphql_schema.bodies.joining_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import KEY
from graphql_schema.wording_inputs import LocalizedTextInput
from hub.bodies.parity_models import ParityConsequence, ParityDimension
from hub.bodies.seat_models import Gender


@strawberry.input(description="A rule of parity that is to bind a body.")
class AdoptParityRuleInput:
    """A rule of parity that is to bind a body."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    dimension: ParityDimension = strawberry.field(description="Between whom there is to be parity.")
    tolerance: int = strawberry.field(
        description="How many points a group may have above its equal part, from 0 to 100."
    )
    consequence: ParityConsequence = strawberry.field(description="What follows where there is no parity.")
    reason: LocalizedTextInput | None = strawberry.field(default=None, description="Why; it is published.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A rule of parity that is to bind no longer.")
class EndParityRuleInput:
    """A rule of parity that is to bind no longer."""

    parity_rule_id: strawberry.ID = strawberry.field(description="The rule.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="How one wants to be counted in the parity of a body.")
class DeclareGenderInput:
    """How one wants to be counted in the parity of a body."""

    membership_id: strawberry.ID = strawberry.field(description="The own membership.")
    gender: Gender | None = strawberry.field(
        default=None, description="The gender; left out, nothing is said any more."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The wish to join a body.")
class AskToJoinInput:
    """The wish to join a body."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    statement: str = strawberry.field(description="Why, in 4,000 characters at most.")
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation that wants to join; left out, oneself."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Who is to be invited to a body.")
class InviteMemberInput:
    """Who is to be invited to a body."""

    seat_id: strawberry.ID = strawberry.field(description="The seat that is offered.")
    person_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person, by the id that `viewer { person { id } }` tells them."
    )
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation, in place of a person."
    )
    statement: str = strawberry.field(description="Why, in 4,000 characters at most.")
    days: int = strawberry.field(default=30, description="How many days there are to answer, from 1 to 90.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A request to join that is to be accepted.")
class AcceptJoinRequestInput:
    """A request to join that is to be accepted."""

    join_request_id: strawberry.ID = strawberry.field(description="The request or invitation.")
    seat_id: strawberry.ID = strawberry.field(description="The seat that they get.")
    answer: str = strawberry.field(description="The answer with its reasons, in 4,000 characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An invitation that is to be accepted.")
class AcceptInvitationInput:
    """An invitation that is to be accepted."""

    join_request_id: strawberry.ID = strawberry.field(description="The request or invitation.")
    answer: str = strawberry.field(description="The answer with its reasons, in 4,000 characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A request or an invitation that is to be declined.")
class DeclineJoinRequestInput:
    """A request or an invitation that is to be declined."""

    join_request_id: strawberry.ID = strawberry.field(description="The request or invitation.")
    answer: str = strawberry.field(description="The answer with its reasons, in 4,000 characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A request or an invitation that is to be taken back.")
class TakeBackJoinRequestInput:
    """A request or an invitation that is to be taken back."""

    join_request_id: strawberry.ID = strawberry.field(description="The request or invitation.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
