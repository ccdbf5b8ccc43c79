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
class MemberSeated(Event):
    """Somebody became a member of a body, or stands in for one."""

    entity = "membership_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id", "membership_id"})

    body_id: UUID
    seat_id: UUID
    membership_id: UUID
