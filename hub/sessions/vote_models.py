"""Motions, and the votes on them."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import relationship

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
        # A vote that was annulled leaves its motion as it was before it was put.
        ("put", "put_back", "tabled"),
    ],
)


class Motion(Base):
    """What the body is asked to decide, in the words on which it votes.

    `matter` names the majority that it takes, which the rules of the body define. A motion may amend another one, or
    be about the adoption of an instrument.
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
    tabled_at: Mapped[dt.datetime]

    session = relationship("Session", lazy="raise")
    agenda_item = relationship("AgendaItem", lazy="raise")

    __table_args__ = (
        Index(None, "session_id", "number", unique=True),
        Index(None, "agenda_item_id", "number", "id"),
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
    annulled_reason: Mapped[LocalizedText | None]

    session = relationship("Session", lazy="raise")
    motion = relationship("Motion", lazy="raise")

    __table_args__ = (
        Index(None, "motion_id", "opened_at", "id"),
        # A motion is voted on once at a time, also where two coordinators open the vote at the same moment.
        Index("vote_event_standing_index", "motion_id", unique=True, postgresql_where=sql("state <> 'annulled'")),
        CheckConstraint("present >= quorum", name="quorum"),
        CheckConstraint("votes_for + votes_against + abstentions <= present", name="counted"),
    )
