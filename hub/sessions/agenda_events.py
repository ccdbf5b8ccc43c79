"""What happens in a session: to the points of its agenda, and to whoever is there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event


@dataclass(frozen=True, kw_only=True)
class PointEntered(Event):
    """A point was put on the agenda of a session."""

    entity = "agenda_item_id"
    entry = "session_id"
    public = frozenset({"agenda_item_id", "session_id"})

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointEdited(Event):
    """A point of an agenda was written anew."""

    entity = "agenda_item_id"
    entry = "session_id"
    public = frozenset({"agenda_item_id", "session_id"})

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointMoved(Event):
    """A point of an agenda got another place."""

    entity = "agenda_item_id"
    entry = "session_id"
    public = frozenset({"agenda_item_id", "session_id"})

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointRemoved(Event):
    """A point was taken off an agenda."""

    entity = "agenda_item_id"
    entry = "session_id"
    public = frozenset({"agenda_item_id", "session_id"})

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointRequested(Event):
    """A member asked for a point; their body alone is told."""

    entity = "agenda_item_id"
    entry = "session_id"

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointAccepted(Event):
    """A point that a member asked for was put on the agenda."""

    entity = "agenda_item_id"
    entry = "session_id"
    public = frozenset({"agenda_item_id", "session_id"})

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointRejected(Event):
    """A point that a member asked for was refused; their body alone is told."""

    entity = "agenda_item_id"
    entry = "session_id"

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointStarted(Event):
    """A session began to deal with a point."""

    entity = "agenda_item_id"
    entry = "session_id"
    public = frozenset({"agenda_item_id", "session_id"})

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointDealtWith(Event):
    """A session dealt with a point."""

    entity = "agenda_item_id"
    entry = "session_id"
    public = frozenset({"agenda_item_id", "session_id"})

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointDeferred(Event):
    """A session left a point for later."""

    entity = "agenda_item_id"
    entry = "session_id"
    public = frozenset({"agenda_item_id", "session_id"})

    agenda_item_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatArrived(Event):
    """Somebody came to a session for a seat."""

    entity = "attendance_id"
    entry = "session_id"
    public = frozenset({"attendance_id", "session_id", "seat_id"})

    attendance_id: UUID
    session_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatLeft(Event):
    """Whoever was there for a seat left a session."""

    entity = "attendance_id"
    entry = "session_id"
    public = frozenset({"attendance_id", "session_id", "seat_id"})

    attendance_id: UUID
    session_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecusalDeclared(Event):
    """Whoever sits in a seat takes no part in a point."""

    entity = "recusal_id"
    entry = "session_id"
    public = frozenset({"recusal_id", "agenda_item_id", "session_id", "seat_id"})

    recusal_id: UUID
    agenda_item_id: UUID
    session_id: UUID
    seat_id: UUID
