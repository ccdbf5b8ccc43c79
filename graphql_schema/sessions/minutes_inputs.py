"""What the acts on minutes take."""

from __future__ import annotations

import datetime as dt

import strawberry

from graphql_schema.payloads import KEY
from graphql_schema.wording_inputs import LocalizedTextInput

MINUTES = "The minutes."


@strawberry.input(description="A session whose minutes are to be drafted.")
class DraftMinutesInput:
    """A session whose minutes are to be drafted."""

    session_id: strawberry.ID = strawberry.field(description="The session.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Another wording of minutes.")
class WriteMinutesInput:
    """Another wording of minutes."""

    minutes_id: strawberry.ID = strawberry.field(description=MINUTES)
    text: LocalizedTextInput = strawberry.field(description="What they are to say, as a whole.")
    based_on: int = strawberry.field(
        description="The number of the wording that was read; where there is a newer one, nothing is written."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Minutes to be given to the members.")
class CirculateMinutesInput:
    """Minutes to be given to the members."""

    minutes_id: strawberry.ID = strawberry.field(description=MINUTES)
    observations_until: dt.datetime | None = strawberry.field(
        default=None, description="Until when members may say what is wrong with them."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What is wrong with circulated minutes.")
class ObserveMinutesInput:
    """What is wrong with circulated minutes."""

    minutes_id: strawberry.ID = strawberry.field(description=MINUTES)
    text: LocalizedTextInput = strawberry.field(description="What is wrong.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The answer to an observation.")
class AnswerObservationInput:
    """The answer to an observation."""

    observation_id: strawberry.ID = strawberry.field(description="The observation.")
    taken_up: bool = strawberry.field(description="Whether it is taken up.")
    answer: LocalizedTextInput = strawberry.field(description="Why, or why not.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Minutes that are approved.")
class ApproveMinutesInput:
    """Minutes that are approved."""

    minutes_id: strawberry.ID = strawberry.field(description=MINUTES)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A signature under approved minutes.")
class SignMinutesInput:
    """A signature under approved minutes."""

    minutes_id: strawberry.ID = strawberry.field(description=MINUTES)
    content_hash: str = strawberry.field(description="The hash of the approved text, which whoever signs has read.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Signed minutes to be published.")
class PublishMinutesInput:
    """Signed minutes to be published."""

    minutes_id: strawberry.ID = strawberry.field(description=MINUTES)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What is to be added to published minutes.")
class AddAddendumInput:
    """What is to be added to published minutes."""

    minutes_id: strawberry.ID = strawberry.field(description=MINUTES)
    text: LocalizedTextInput = strawberry.field(description="What is added.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
