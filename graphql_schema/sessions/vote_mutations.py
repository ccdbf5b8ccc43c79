"""The acts on motions and votes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.sessions.vote_inputs import (
    AnnulVoteInput,
    BreakTieInput,
    CastVoteInput,
    CloseVoteInput,
    OpenVoteInput,
    RecordedVoteInput,
    RecordVotesInput,
    TableAmendmentInput,
    TableMotionInput,
    WithdrawMotionInput,
)
from graphql_schema.sessions.vote_payloads import (
    AnnulVotePayload,
    BreakTiePayload,
    CastVotePayload,
    CloseVotePayload,
    OpenVotePayload,
    RecordVotesPayload,
    TableAmendmentPayload,
    TableMotionPayload,
    WithdrawMotionPayload,
)
from graphql_schema.wording_inputs import Faults, identified, read
from hub.errors import Invalid, Problem
from hub.instruments.moving import move_adoption
from hub.sessions import approving, balloting, moving, voting

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on motions and votes.")
class VoteMutations:
    """The acts on motions and votes."""

    @strawberry.mutation(description="Ask the body that sits to decide something under a point of the agenda.")
    async def table_motion(
        self,
        info: Info,
        input: Annotated[TableMotionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> TableMotionPayload:
        """Ask the body that sits to decide something under a point of the agenda."""
        async with info.context.change(input) as change:
            faults: Faults = []
            point_id = decode(input.agenda_item_id, "AgendaItem", path=("agendaItemId",))
            draft = _draft(input, faults)
            if input.instrument_id is not None and input.minutes_id is not None:
                raise Invalid([Problem("MOTION_ABOUT_TWO_THINGS", ("minutesId",))])
            if input.instrument_id is not None:
                instrument_id = decode(input.instrument_id, "Instrument", path=("instrumentId",))
                await move_adoption(change, point_id, draft, instrument_id=instrument_id)
            elif input.minutes_id is None:
                await moving.table_motion(change, point_id, draft)
            else:
                minutes_id = decode(input.minutes_id, "Minutes", path=("minutesId",))
                await approving.move_approval(change, point_id, draft, minutes_id=minutes_id)
        return TableMotionPayload.of(change)

    @strawberry.mutation(description="Ask the body to decide a motion in other words.")
    async def table_amendment(
        self,
        info: Info,
        input: Annotated[TableAmendmentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> TableAmendmentPayload:
        """Ask the body to decide a motion in other words."""
        async with info.context.change(input) as change:
            draft = _draft(input, [])
            await moving.table_amendment(change, _motion(input.motion_id), draft)
        return TableAmendmentPayload.of(change)

    @strawberry.mutation(description="Take back what one moved, before it is voted on.")
    async def withdraw_motion(
        self,
        info: Info,
        input: Annotated[WithdrawMotionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> WithdrawMotionPayload:
        """Take back what one moved, before it is voted on."""
        async with info.context.change(input) as change:
            await moving.withdraw_motion(change, _motion(input.motion_id))
        return WithdrawMotionPayload.of(change)

    @strawberry.mutation(description="Put a motion to the vote, where a quorum is there for it at this moment.")
    async def open_vote(
        self,
        info: Info,
        input: Annotated[OpenVoteInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> OpenVotePayload:
        """Put a motion to the vote, where a quorum is there for it at this moment."""
        async with info.context.change(input) as change:
            await voting.open_vote(change, _motion(input.motion_id), method=input.method)
        return OpenVotePayload.of(change)

    @strawberry.mutation(
        description="Vote for the seat for which one is there; nothing leads from a secret ballot to whoever cast it."
    )
    async def cast_vote(
        self,
        info: Info,
        input: Annotated[CastVoteInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CastVotePayload:
        """Vote for the seat for which one is there; nothing leads from a secret ballot to whoever cast it."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = read(input.reason, ("reason",), faults)
            seat_id = None if input.seat_id is None else decode(input.seat_id, "Seat", path=("seatId",))
            await balloting.cast_vote(
                change,
                _vote(input.vote_event_id),
                option=input.option,
                reason=reason,
                seat_id=seat_id,
                faults=tuple(faults),
            )
        return CastVotePayload.of(change)

    @strawberry.mutation(description="Write down what seats voted in a roll call or by a show of hands.")
    async def record_votes(
        self,
        info: Info,
        input: Annotated[RecordVotesInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RecordVotesPayload:
        """Write down what seats voted in a roll call or by a show of hands."""
        async with info.context.change(input) as change:
            faults: Faults = []
            said = [_said(vote, n, faults) for n, vote in enumerate(input.votes)]
            await balloting.record_votes(change, _vote(input.vote_event_id), said, faults=tuple(faults))
        return RecordVotesPayload.of(change)

    @strawberry.mutation(description="Close a vote and count it.")
    async def close_vote(
        self,
        info: Info,
        input: Annotated[CloseVoteInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CloseVotePayload:
        """Close a vote and count it."""
        async with info.context.change(input) as change:
            await voting.close_vote(change, _vote(input.vote_event_id))
        return CloseVotePayload.of(change)

    @strawberry.mutation(description="Give the casting vote of the chair, where the rules have one.")
    async def break_tie(
        self,
        info: Info,
        input: Annotated[BreakTieInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> BreakTiePayload:
        """Give the casting vote of the chair, where the rules have one."""
        async with info.context.change(input) as change:
            await voting.break_tie(change, _vote(input.vote_event_id), option=input.option)
        return BreakTiePayload.of(change)

    @strawberry.mutation(description="Annul a vote for a reason that is published; its motion can be put again.")
    async def annul_vote(
        self,
        info: Info,
        input: Annotated[AnnulVoteInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AnnulVotePayload:
        """Annul a vote for a reason that is published; its motion can be put again."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await voting.annul_vote(change, _vote(input.vote_event_id), reason=reason, faults=tuple(faults))
        return AnnulVotePayload.of(change)


def _draft(given: TableMotionInput | TableAmendmentInput, faults: Faults) -> moving.MotionDraft:
    mover_id = None if given.mover_id is None else identified(given.mover_id, "Membership", ("moverId",), faults)
    text = given.text.read(("text",), faults)
    return moving.MotionDraft(matter=given.matter, text=text, mover_id=mover_id, faults=tuple(faults))


def _said(given: RecordedVoteInput, n: int, faults: Faults) -> balloting.SaidVote:
    at = ("votes", str(n))
    seat_id = identified(given.seat_id, "Seat", (*at, "seatId"), faults)
    return balloting.SaidVote(seat_id=seat_id, option=given.option, reason=read(given.reason, (*at, "reason"), faults))


def _motion(given: str) -> UUID:
    return decode(given, "Motion", path=("motionId",))


def _vote(given: str) -> UUID:
    return decode(given, "VoteEvent", path=("voteEventId",))
