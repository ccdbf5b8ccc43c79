"""Motions, and the votes on them."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import relationship

from hub.bodies.seat_models import Sector
from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class MotionState(enum.StrEnum):
    """What became of a motion."""

    TABLED = "tabled"
    WITHDRAWN = "withdrawn"
    PUT = "put"
    CARRIED = "carried"
    LOST = "lost"


MOTION_LIFE = Lifecycle(
    "motion",
    [
        (BORN, "table_motion", "tabled"),
        ("tabled", "withdraw_motion", "withdrawn"),
        ("tabled", "put", "put"),
        ("put", "carry", "carried"),
        ("put", "lose", "lost"),
        # A vote that was annulled leaves its motion as it was before it was put, whatever the vote had come to.
        ("put", "put_back", "tabled"),
        ("carried", "put_back", "tabled"),
        ("lost", "put_back", "tabled"),
    ],
)


class Motion(Base):
    """What the body is asked to decide, in the words on which it votes.

    `matter` names the majority that it takes, which the rules of the body define. A motion may amend another one, and
    then says what that one would say as a whole; or be about the adoption of an instrument, or the approval of minutes,
    in the very wording whose hash is `subject_hash`.
    """

    __tablename__ = "motion"

    id: Mapped[Identifier]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), index=True)
    agenda_item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"))
    number: Mapped[int]
    mover_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"), index=True)
    matter: Mapped[Code]
    text: Mapped[LocalizedText]
    state: Mapped[MotionState] = choice(MotionState)
    amends_id: Mapped[UUID | None] = mapped_column(ForeignKey("motion.id"), index=True)
    instrument_id: Mapped[UUID | None] = mapped_column(ForeignKey("instrument.id", use_alter=True), index=True)
    minutes_id: Mapped[UUID | None] = mapped_column(ForeignKey("minutes.id", use_alter=True), index=True)
    subject_hash: Mapped[str | None]
    tabled_at: Mapped[dt.datetime]
    decided_at: Mapped[dt.datetime | None]

    session = relationship("Session", lazy="raise")
    agenda_item = relationship("AgendaItem", lazy="raise")
    mover = relationship("Membership", lazy="raise")
    minutes = relationship("Minutes", lazy="raise", foreign_keys="Motion.minutes_id")
    amends = relationship("Motion", lazy="raise", remote_side="Motion.id", foreign_keys="Motion.amends_id")

    __table_args__ = (
        Index(None, "session_id", "number", unique=True),
        Index(None, "agenda_item_id", "number", "id"),
        CheckConstraint("num_nonnulls(amends_id, instrument_id, minutes_id) <= 1", name="about_one_thing"),
        CheckConstraint(
            "(subject_hash IS NOT NULL) = (instrument_id IS NOT NULL OR minutes_id IS NOT NULL)", name="subject"
        ),
        CheckConstraint("(decided_at IS NOT NULL) = (state IN ('carried', 'lost'))", name="decided"),
    )


class VoteMethod(enum.StrEnum):
    """How it is voted."""

    ROLL_CALL = "roll_call"
    SHOW_OF_HANDS = "show_of_hands"
    SECRET = "secret"  # noqa: S105 - a way of voting


class VoteState(enum.StrEnum):
    """Where a vote stands."""

    OPEN = "open"
    CLOSED = "closed"
    ANNULLED = "annulled"


VOTE_LIFE = Lifecycle(
    "vote_event",
    [
        (BORN, "open_vote", "open"),
        ("open", "close_vote", "closed"),
        ("open", "annul_vote", "annulled"),
        ("closed", "annul_vote", "annulled"),
    ],
)


class VoteResult(enum.StrEnum):
    """What a vote came to."""

    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"


class VoteEvent(Base):
    """One vote on a motion: who could vote when it was opened, what was counted, what it came to.

    While it is open nobody is told a count. `result` follows from the counts and from the majority that the motion
    takes; a tie that the rules let the chair break is carried or lost by the casting vote, and says so.
    """

    __tablename__ = "vote_event"

    id: Mapped[Identifier]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), index=True)
    motion_id: Mapped[UUID] = mapped_column(ForeignKey("motion.id"))
    method: Mapped[VoteMethod] = choice(VoteMethod)
    state: Mapped[VoteState] = choice(VoteState)
    opened_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]
    entitled: Mapped[int]
    present: Mapped[int]
    quorum: Mapped[int]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    abstentions: Mapped[int | None]
    needed: Mapped[int | None]
    result: Mapped[VoteResult | None] = choice(VoteResult, nullable=True)
    casting_vote: Mapped[bool]
    annulled_at: Mapped[dt.datetime | None]
    annulled_reason: Mapped[LocalizedText | None]

    session = relationship("Session", lazy="raise")
    motion = relationship("Motion", lazy="raise")

    __table_args__ = (
        Index(None, "motion_id", "opened_at", "id"),
        # A motion is voted on once at a time, also where two coordinators open the vote at the same moment.
        Index("vote_event_standing_index", "motion_id", unique=True, postgresql_where=sql("state <> 'annulled'")),
        CheckConstraint("present >= quorum", name="quorum"),
        CheckConstraint("votes_for + votes_against + abstentions <= present", name="counted"),
        CheckConstraint("num_nulls(votes_for, votes_against, abstentions, needed, result) IN (0, 5)", name="together"),
        CheckConstraint("(closed_at IS NULL) = (result IS NULL)", name="closed_with_a_result"),
        CheckConstraint("state <> 'open' OR closed_at IS NULL", name="open_without_a_result"),
        CheckConstraint("(state = 'annulled') = (annulled_reason IS NOT NULL)", name="annulled_with_a_reason"),
        CheckConstraint("num_nulls(annulled_at, annulled_reason) IN (0, 2)", name="annulled"),
    )


class VotingSeat(Base):
    """A seat that was present with a vote when a vote was opened, and whether it has voted by now: never when.

    Every cast writes all the seats of its vote anew, in one statement. So nothing in the table tells in which order
    they voted, which would lead from a secret ballot to whoever cast it.
    """

    __tablename__ = "voting_seat"

    id: Mapped[Identifier]
    vote_event_id: Mapped[UUID] = mapped_column(ForeignKey("vote_event.id"))
    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id"), index=True)
    sector: Mapped[Sector] = choice(Sector)
    has_voted: Mapped[bool]

    vote_event = relationship("VoteEvent", lazy="raise")
    seat = relationship("Seat", lazy="raise")

    __table_args__ = (Index(None, "vote_event_id", "seat_id", unique=True),)


class VoteOption(enum.StrEnum):
    """What somebody votes."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Vote(Base):
    """What was voted for a seat, by whom, and why if they said so. Of a secret vote there is none."""

    __tablename__ = "vote"

    id: Mapped[Identifier]
    vote_event_id: Mapped[UUID] = mapped_column(ForeignKey("vote_event.id"))
    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id"), index=True)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    option: Mapped[VoteOption] = choice(VoteOption)
    reason: Mapped[LocalizedText | None]
    recorded: Mapped[bool]
    cast_at: Mapped[dt.datetime]

    vote_event = relationship("VoteEvent", lazy="raise")
    seat = relationship("Seat", lazy="raise")
    membership = relationship("Membership", lazy="raise")

    # No seat votes twice, also where its holder and the secretary write it down at the same moment.
    __table_args__ = (Index(None, "vote_event_id", "seat_id", unique=True),)


class BallotBox(Base):
    """What was put in so far in a secret vote, as three numbers that nobody reads. It is emptied when the vote ends."""

    __tablename__ = "ballot_box"

    vote_event_id: Mapped[UUID] = mapped_column(ForeignKey("vote_event.id"), primary_key=True)
    votes_for: Mapped[int]
    votes_against: Mapped[int]
    abstentions: Mapped[int]

    __table_args__ = (CheckConstraint("least(votes_for, votes_against, abstentions) >= 0", name="counts"),)


class SectorCount(Base):
    """What the seats of one sector voted, and how many of them were there and said nothing. Not of a secret vote."""

    __tablename__ = "sector_count"

    id: Mapped[Identifier]
    vote_event_id: Mapped[UUID] = mapped_column(ForeignKey("vote_event.id"))
    sector: Mapped[Sector] = choice(Sector)
    votes_for: Mapped[int]
    votes_against: Mapped[int]
    abstentions: Mapped[int]
    silent: Mapped[int]

    vote_event = relationship("VoteEvent", lazy="raise")

    __table_args__ = (
        Index(None, "vote_event_id", "sector", unique=True),
        CheckConstraint("least(votes_for, votes_against, abstentions, silent) >= 0", name="counts"),
    )
