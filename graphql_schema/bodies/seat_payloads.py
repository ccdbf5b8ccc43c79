"""What the acts on seats answer."""

from __future__ import annotations

import strawberry

from graphql_schema.bodies.seat_types import Membership, Seat
from graphql_schema.payloads import Payload


@strawberry.type(description="What giving a body a seat answers.")
class CreateSeatPayload(Payload):
    """What giving a body a seat answers."""

    seat: Seat | None = strawberry.field(description="The seat; null where nothing was done.")


@strawberry.type(description="What writing a seat anew answers.")
class EditSeatPayload(Payload):
    """What writing a seat anew answers."""

    seat: Seat | None = strawberry.field(description="The seat; null where nothing was done.")


@strawberry.type(description="What taking a seat away answers.")
class AbolishSeatPayload(Payload):
    """What taking a seat away answers."""

    seat: Seat | None = strawberry.field(description="The seat; null where nothing was done.")


@strawberry.type(description="What seating somebody answers.")
class SeatMemberPayload(Payload):
    """What seating somebody answers."""

    membership: Membership | None = strawberry.field(description="The membership; null where nothing was done.")


@strawberry.type(description="What proposing somebody for a seat answers.")
class ProposeMemberPayload(Payload):
    """What proposing somebody for a seat answers."""

    membership: Membership | None = strawberry.field(description="The membership; null where nothing was done.")


@strawberry.type(description="What taking a seat on answers.")
class AcceptMembershipPayload(Payload):
    """What taking a seat on answers."""

    membership: Membership | None = strawberry.field(description="The membership; null where nothing was done.")


@strawberry.type(description="What not taking a seat on answers.")
class DeclineMembershipPayload(Payload):
    """What not taking a seat on answers."""

    membership: Membership | None = strawberry.field(description="The membership; null where nothing was done.")


@strawberry.type(description="What staying away answers.")
class LeaveSeatPayload(Payload):
    """What staying away answers."""

    membership: Membership | None = strawberry.field(description="The membership; null where nothing was done.")


@strawberry.type(description="What coming back answers.")
class ReturnToSeatPayload(Payload):
    """What coming back answers."""

    membership: Membership | None = strawberry.field(description="The membership; null where nothing was done.")


@strawberry.type(description="What ending a membership answers.")
class EndMembershipPayload(Payload):
    """What ending a membership answers."""

    membership: Membership | None = strawberry.field(description="The membership; null where nothing was done.")
