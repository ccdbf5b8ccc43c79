"""Motions and votes in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.bodies.seat_types import Membership, Seat
from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.sessions.agenda_types import AgendaItem, SessionOf
from graphql_schema.traits import LocalizedText, Node, Transition
from hub.bodies.seat_models import Sector
from hub.sessions.vote_models import MotionState, VoteMethod, VoteOption, VoteResult, VoteState

if TYPE_CHECKING:
    from graphql_schema.instruments.types import Instrument
    from graphql_schema.sessions.minutes_types import Minutes

InstrumentOf = Annotated["Instrument", strawberry.lazy("graphql_schema.instruments.types")]
MinutesOf = Annotated["Minutes", strawberry.lazy("graphql_schema.sessions.minutes_types")]

described(
    MotionState,
    "What became of a motion.",
    tabled="The body was asked to decide it.",
    withdrawn="Whoever moved it took it back.",
    put="It is put to the vote.",
    carried="It was carried.",
    lost="It was lost.",
)
described(
    VoteMethod,
    "How it is voted.",
    roll_call="Each seat is called and says aloud what it votes.",
    show_of_hands="By hands, written down for each seat.",
    secret="By ballots that nothing leads from to whoever cast them.",  # noqa: S106 - a way of voting
)
described(
    VoteState,
    "Where a vote stands.",
    open="It takes votes, and nobody is told a count.",
    closed="It was closed and counted.",
    annulled="It was annulled, for a published reason.",
)
described(
    VoteResult,
    "What a vote came to.",
    carried="The motion was carried.",
    lost="The motion was lost.",
    tied="As many were for as against, and one more would have carried it.",
)
described(VoteOption, "What somebody votes.", against="Against.", abstain="Neither for nor against.", **{"for": "For."})


@strawberry.enum(description="The order of a list of motions.")
class MotionOrder(enum.Enum):
    """The order of a list of motions."""

    NUMBER_ASC = strawberry.enum_value("number_asc", description="The first one first.")
    NUMBER_DESC = strawberry.enum_value("number_desc", description="The newest first.")


@strawberry.enum(description="The order of a list of votes.")
class VoteEventOrder(enum.Enum):
    """The order of a list of votes."""

    OPENED_ASC = strawberry.enum_value("opened_asc", description="The first one first.")
    OPENED_DESC = strawberry.enum_value("opened_desc", description="The newest first.")


@strawberry.input(description="Which motions a list holds.")
class MotionFilter:
    """Which motions a list holds."""

    state: list[MotionState] | None = strawberry.field(default=None, description="Only in these states.")


@strawberry.type(description="What a body is asked to decide, in the words on which it votes.")
class Motion(Node):
    """What a body is asked to decide."""

    number: int = strawberry.field(description="Its number within its session, from 1.")
    matter: str = strawberry.field(description="The matter, whose majority the rules of session define.")
    text: LocalizedText = strawberry.field(
        description="What it said when it was tabled; of an amendment, what its motion would say as a whole."
    )
    wording: LocalizedText = strawberry.field(
        description="What it says now: what the last amendment made of it that was carried."
    )
    state: MotionState = strawberry.field(description="What became of it.")
    minutes: MinutesOf | None = strawberry.field(description="The minutes that it is to approve, if it is about those.")
    instrument: InstrumentOf | None = strawberry.field(
        description="The instrument that it is to adopt, if it is about one."
    )
    subject_hash: str | None = strawberry.field(
        description="SHA-256 of the instrument or the minutes that it is about, in the wording that is voted on."
    )
    tabled_at: dt.datetime = strawberry.field(description="When it was tabled.")
    decided_at: dt.datetime | None = strawberry.field(description="When it was carried or lost.")
    session: SessionOf | None = strawberry.field(description="The session.")
    agenda_item: AgendaItem | None = strawberry.field(description="The point of the agenda that it is moved under.")
    mover: Membership | None = strawberry.field(
        description="Who moved it; null where that is nobody in particular, as where the chair did."
    )
    amends: Motion | None = strawberry.field(description="The motion that it amends.")
    amendments: Connection[Motion] = connected("The amendments to it.", order=MotionOrder)
    vote: VoteEvent | None = strawberry.field(description="The vote on it that stands.")
    votes: Connection[VoteEvent] = connected("Every vote on it, also the annulled ones.", order=VoteEventOrder)
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.type(description="A seat that could vote when a vote was opened.")
class VotingSeat:
    """A seat that could vote when a vote was opened."""

    seat: Seat | None = strawberry.field(description="The seat.")
    sector: Sector = strawberry.field(description="The sector that it was for.")
    has_voted: bool = strawberry.field(description="Whether it has voted by now; of nobody it is told when.")


@strawberry.type(description="What was voted for a seat, in public office; of a secret vote there is none.")
class Vote:
    """What was voted for a seat."""

    seat: Seat | None = strawberry.field(description="The seat.")
    membership: Membership | None = strawberry.field(description="Who voted for it: its holder, or an alternate.")
    option: VoteOption = strawberry.field(description="What was voted.")
    reason: LocalizedText | None = strawberry.field(description="Why, where whoever voted said so.")
    recorded: bool = strawberry.field(description="Whether an officer wrote it down.")
    cast_at: dt.datetime = strawberry.field(description="When.")


@strawberry.type(description="What the seats of one sector voted; there is none of a secret vote.")
class SectorCount:
    """What the seats of one sector voted."""

    sector: Sector = strawberry.field(description="The sector.")
    votes_for: int = strawberry.field(description="How many were for it.")
    votes_against: int = strawberry.field(description="How many were against it.")
    abstentions: int = strawberry.field(description="How many abstained.")
    silent: int = strawberry.field(description="How many were there and did not vote.")


@strawberry.type(description="One vote on a motion, opened where a quorum was there.")
class VoteEvent(Node):
    """One vote on a motion."""

    method: VoteMethod = strawberry.field(description="How it is voted.")
    state: VoteState = strawberry.field(description="Where it stands.")
    opened_at: dt.datetime = strawberry.field(description="When it was opened.")
    closed_at: dt.datetime | None = strawberry.field(description="When it was closed and counted.")
    entitled: int = strawberry.field(description="How many voting seats the bodies have that sit.")
    present: int = strawberry.field(
        description="How many voting seats were there when it was opened, without those that take no part in the point."
    )
    quorum: int = strawberry.field(description="How many of them had to be there.")
    votes_for: int | None = strawberry.field(description="How many were for it; null until it is closed.")
    votes_against: int | None = strawberry.field(description="How many were against it; null until it is closed.")
    abstentions: int | None = strawberry.field(description="How many abstained; null until it is closed.")
    needed: int | None = strawberry.field(description="How many votes in favour carry it; null until it is closed.")
    result: VoteResult | None = strawberry.field(description="What it came to; null until it is closed.")
    casting_vote: bool = strawberry.field(description="Whether the chair broke a tie.")
    annulled_at: dt.datetime | None = strawberry.field(description="When it was annulled.")
    annulled_reason: LocalizedText | None = strawberry.field(description="Why it was annulled.")
    session: SessionOf | None = strawberry.field(description="The session.")
    motion: Motion | None = strawberry.field(description="The motion.")
    seats: list[VotingSeat] = strawberry.field(description="The seats that can vote in it, in the order of the body.")
    votes: list[Vote] = strawberry.field(
        description="What was voted for each seat, once it was closed; until then, one's own."
    )
    viewer_vote: Vote | None = strawberry.field(description="What the viewer voted; not of a secret vote.")
    sector_counts: list[SectorCount] = strawberry.field(description="What each sector voted, once it was closed.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )
