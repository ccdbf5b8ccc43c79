"""What happens to motions and votes. Of a secret vote it is said that somebody voted, and neither who nor what."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event


@dataclass(frozen=True, kw_only=True)
class MotionTabled(Event):
    """The body was asked to decide something."""

    entity = "motion_id"
    entry = "session_id"
    public = frozenset({"session_id", "motion_id", "number"})

    session_id: UUID
    motion_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class MotionWithdrawn(Event):
    """A motion was taken back before it was voted on."""

    entity = "motion_id"
    entry = "session_id"
    public = frozenset({"session_id", "motion_id"})

    session_id: UUID
    motion_id: UUID


@dataclass(frozen=True, kw_only=True)
class MotionPut(Event):
    """A motion was put to the vote."""

    entity = "motion_id"
    entry = "session_id"
    public = frozenset({"session_id", "motion_id"})

    session_id: UUID
    motion_id: UUID


@dataclass(frozen=True, kw_only=True)
class MotionCarried(Event):
    """A motion was carried by a vote."""

    entity = "motion_id"
    entry = "session_id"
    public = frozenset({"session_id", "motion_id", "vote_event_id"})

    session_id: UUID
    motion_id: UUID
    vote_event_id: UUID


@dataclass(frozen=True, kw_only=True)
class MotionLost(Event):
    """A motion was lost in a vote."""

    entity = "motion_id"
    entry = "session_id"
    public = frozenset({"session_id", "motion_id", "vote_event_id"})

    session_id: UUID
    motion_id: UUID
    vote_event_id: UUID


@dataclass(frozen=True, kw_only=True)
class MotionPutBack(Event):
    """The vote on a motion was annulled, and it can be put to the vote again."""

    entity = "motion_id"
    entry = "session_id"
    public = frozenset({"session_id", "motion_id", "vote_event_id"})

    session_id: UUID
    motion_id: UUID
    vote_event_id: UUID


@dataclass(frozen=True, kw_only=True)
class VoteOpened(Event):
    """A vote was opened, with this quorum among so many seats that were present."""

    entity = "vote_event_id"
    entry = "session_id"
    public = frozenset({"session_id", "motion_id", "vote_event_id", "present", "quorum"})

    session_id: UUID
    motion_id: UUID
    vote_event_id: UUID
    present: int
    quorum: int


@dataclass(frozen=True, kw_only=True)
class VoteCast(Event):
    """Somebody voted for their seat, by name; what they voted is public once the vote is closed."""

    entity = "vote_event_id"
    entry = "session_id"

    session_id: UUID
    vote_event_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class VotesRecorded(Event):
    """The officers wrote down what so many seats voted, in a roll call or by a show of hands."""

    entity = "vote_event_id"
    entry = "session_id"

    session_id: UUID
    vote_event_id: UUID
    seats: int


@dataclass(frozen=True, kw_only=True)
class BallotCast(Event):
    """Somebody put a ballot into the box of a secret vote."""

    entity = "vote_event_id"
    entry = "session_id"
    anonymous = True

    session_id: UUID
    vote_event_id: UUID


@dataclass(frozen=True, kw_only=True)
class VoteClosed(Event):
    """A vote was closed and counted."""

    entity = "vote_event_id"
    entry = "session_id"
    public = frozenset({"session_id", "vote_event_id", "votes_for", "votes_against", "abstentions"})

    session_id: UUID
    vote_event_id: UUID
    votes_for: int
    votes_against: int
    abstentions: int


@dataclass(frozen=True, kw_only=True)
class TieBroken(Event):
    """The chair gave the casting vote."""

    entity = "vote_event_id"
    entry = "session_id"
    public = frozenset({"session_id", "vote_event_id"})

    session_id: UUID
    vote_event_id: UUID


@dataclass(frozen=True, kw_only=True)
class VoteAnnulled(Event):
    """A vote was annulled, for a reason that is published."""

    entity = "vote_event_id"
    entry = "session_id"
    public = frozenset({"session_id", "vote_event_id"})

    session_id: UUID
    vote_event_id: UUID
