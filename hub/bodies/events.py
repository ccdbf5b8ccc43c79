"""What happens to the bodies that order, ask and decide."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event


@dataclass(frozen=True, kw_only=True)
class BodyRegistered(Event):
    """A body entered the register."""

    entity = "body_id"
    entry = "body_id"
    public = frozenset({"body_id"})

    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatCreated(Event):
    """A body got a seat."""

    entity = "seat_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id"})

    body_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatFilled(Event):
    """Somebody sits in a seat now."""

    entity = "seat_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id"})

    body_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberProposed(Event):
    """Somebody was proposed for a seat; until they take it on, that is between them and the body's officers."""

    entity = "membership_id"
    entry = "body_id"

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberSeated(Event):
    """Somebody became a member of a body, or stands in for one."""

    entity = "membership_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id", "membership_id"})

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatVacated(Event):
    """Nobody sits in a seat any more."""

    entity = "seat_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id"})

    body_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberOnLeave(Event):
    """A member does not sit in the body for a while."""

    entity = "membership_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id", "membership_id"})

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberReturned(Event):
    """A member who was away sits in the body again."""

    entity = "membership_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id", "membership_id"})

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Event):
    """Somebody is no longer a member of a body, or stands in for nobody any more."""

    entity = "membership_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id", "membership_id"})

    body_id: UUID
    seat_id: UUID
    membership_id: UUID
