"""What the acts on motions and votes answer."""

from __future__ import annotations

import strawberry

from graphql_schema.payloads import Payload
from graphql_schema.sessions.vote_types import Motion, VoteEvent

MOTION = "The motion; null where nothing was done."
VOTE = "The vote; null where nothing was done."


@strawberry.type(description="What tabling a motion answers.")
class TableMotionPayload(Payload):
    """What tabling a motion answers."""

    motion: Motion | None = strawberry.field(description=MOTION)


@strawberry.type(description="What tabling an amendment answers.")
class TableAmendmentPayload(Payload):
    """What tabling an amendment answers."""

    motion: Motion | None = strawberry.field(description=MOTION)


@strawberry.type(description="What taking a motion back answers.")
class WithdrawMotionPayload(Payload):
    """What taking a motion back answers."""

    motion: Motion | None = strawberry.field(description=MOTION)


@strawberry.type(description="What opening a vote answers.")
class OpenVotePayload(Payload):
    """What opening a vote answers."""

    vote_event: VoteEvent | None = strawberry.field(description=VOTE)
    motion: Motion | None = strawberry.field(description=MOTION)


@strawberry.type(description="What voting answers.")
class CastVotePayload(Payload):
    """What voting answers."""

    vote_event: VoteEvent | None = strawberry.field(description=VOTE)


@strawberry.type(description="What writing votes down answers.")
class RecordVotesPayload(Payload):
    """What writing votes down answers."""

    vote_event: VoteEvent | None = strawberry.field(description=VOTE)


@strawberry.type(description="What closing a vote answers.")
class CloseVotePayload(Payload):
    """What closing a vote answers."""

    vote_event: VoteEvent | None = strawberry.field(description=VOTE)
    motion: Motion | None = strawberry.field(description=MOTION)


@strawberry.type(description="What breaking a tie answers.")
class BreakTiePayload(Payload):
    """What breaking a tie answers."""

    vote_event: VoteEvent | None = strawberry.field(description=VOTE)
    motion: Motion | None = strawberry.field(description=MOTION)


@strawberry.type(description="What annulling a vote answers.")
class AnnulVotePayload(Payload):
    """What annulling a vote answers."""

    vote_event: VoteEvent | None = strawberry.field(description=VOTE)
    motion: Motion | None = strawberry.field(description=MOTION)
