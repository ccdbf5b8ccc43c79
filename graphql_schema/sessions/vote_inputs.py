"""What the acts on motions and votes take."""

from __future__ import annotations

import strawberry

import graphql_schema.sessions.vote_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import KEY
from graphql_schema.wording_inputs import LocalizedTextInput
from hub.sessions.vote_models import VoteMethod, VoteOption

MOTION = "The motion."
VOTE = "The vote."


@strawberry.input(description="What a body is to be asked to decide.")
class TableMotionInput:
    """What a body is to be asked to decide."""

    agenda_item_id: strawberry.ID = strawberry.field(description="The point of the agenda.")
    matter: str = strawberry.field(description="The matter, by its code in the rules of session.")
    text: LocalizedTextInput = strawberry.field(description="The words on which it is voted.")
    mover_id: strawberry.ID | None = strawberry.field(
        default=None, description="The membership of whoever moves it, where an officer writes it down."
    )
    minutes_id: strawberry.ID | None = strawberry.field(
        default=None, description="The minutes of an earlier session, where it is about approving those."
    )
    instrument_id: strawberry.ID | None = strawberry.field(
        default=None, description="The instrument that was tabled, where it is about adopting that."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Other words for a motion.")
class TableAmendmentInput:
    """Other words for a motion."""

    motion_id: strawberry.ID = strawberry.field(description="The motion that is to be amended.")
    matter: str = strawberry.field(description="The matter of the amendment, by its code in the rules of session.")
    text: LocalizedTextInput = strawberry.field(description="What the motion would say as a whole.")
    mover_id: strawberry.ID | None = strawberry.field(
        default=None, description="The membership of whoever moves it, where an officer writes it down."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A motion to be taken back.")
class WithdrawMotionInput:
    """A motion to be taken back."""

    motion_id: strawberry.ID = strawberry.field(description=MOTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A motion to be put to the vote.")
class OpenVoteInput:
    """A motion to be put to the vote."""

    motion_id: strawberry.ID = strawberry.field(description=MOTION)
    method: VoteMethod = strawberry.field(description="How it is voted.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What somebody votes.")
class CastVoteInput:
    """What somebody votes."""

    vote_event_id: strawberry.ID = strawberry.field(description=VOTE)
    option: VoteOption = strawberry.field(description="What is voted.")
    reason: LocalizedTextInput | None = strawberry.field(
        default=None, description="Why; it is published with the vote, and has no place in a secret one."
    )
    seat_id: strawberry.ID | None = strawberry.field(
        default=None, description="For which seat, where one is there for several."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What was voted for a seat.")
class RecordedVoteInput:
    """What was voted for a seat."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    option: VoteOption = strawberry.field(description="What was voted.")
    reason: LocalizedTextInput | None = strawberry.field(default=None, description="Why, where whoever voted said so.")


@strawberry.input(description="What was voted aloud or by hands.")
class RecordVotesInput:
    """What was voted aloud or by hands."""

    vote_event_id: strawberry.ID = strawberry.field(description=VOTE)
    votes: list[RecordedVoteInput] = strawberry.field(description="What was voted for each seat, 200 at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A vote to be closed and counted.")
class CloseVoteInput:
    """A vote to be closed and counted."""

    vote_event_id: strawberry.ID = strawberry.field(description=VOTE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The casting vote of the chair.")
class BreakTieInput:
    """The casting vote of the chair."""

    vote_event_id: strawberry.ID = strawberry.field(description=VOTE)
    option: VoteOption = strawberry.field(description="For or against.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A vote to be annulled.")
class AnnulVoteInput:
    """A vote to be annulled."""

    vote_event_id: strawberry.ID = strawberry.field(description=VOTE)
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
