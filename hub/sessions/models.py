"""Sessions of bodies: what they deal with, and who is there."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import relationship
from sqlalchemy.types import DateTime, Uuid

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class SessionKind(enum.StrEnum):
    """What sort of session it is; what that means for notice and agenda, the rules of the body say."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class SessionMode(enum.StrEnum):
    """Where people meet."""

    IN_PERSON = "in_person"
    REMOTE = "remote"
    HYBRID = "hybrid"


class SessionState(enum.StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    CONVENED = "convened"
    IN_SESSION = "in_session"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


SESSION_LIFE = Lifecycle(
    "session",
    [
        (BORN, "plan", "planned"),
        ("planned", "convene", "convened"),
        ("convened", "open", "in_session"),
        ("convened", "no_quorum", "failed"),
        ("in_session", "adjourn", "adjourned"),
        ("adjourned", "resume", "in_session"),
        ("in_session", "close", "closed"),
        ("closed", "minutes_approved", "finished"),
        ("planned", "cancel", "cancelled"),
        ("convened", "cancel", "cancelled"),
    ],
)


class Session(Base):
    """One sitting of a body, or of several that sit together.

    The declared local time and its zone are what was convened; the instants follow from them. The rules are those
    that were in force when it was convened. `sequence` grows with each change of what a calendar shows (RFC 5545).
    """

    __tablename__ = "session"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    joint_body_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    rules_id: Mapped[UUID | None] = mapped_column(ForeignKey("session_rules.id"))
    title: Mapped[LocalizedText]
    kind: Mapped[SessionKind] = choice(SessionKind)
    mode: Mapped[SessionMode] = choice(SessionMode)
    state: Mapped[SessionState] = choice(SessionState)
    number: Mapped[int | None]
    call: Mapped[int]
    previous_call_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"), unique=True)
    starts_at: Mapped[dt.datetime]
    starts_local: Mapped[dt.datetime] = mapped_column(DateTime(timezone=False))
    zone: Mapped[str]
    planned_minutes: Mapped[int]
    place: Mapped[LocalizedText | None]
    link: Mapped[str | None]
    open_to_public: Mapped[bool]
    closed_reason: Mapped[LocalizedText | None]
    cancel_reason: Mapped[LocalizedText | None]
    resumes_at: Mapped[dt.datetime | None]
    resumes_local: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=False))
    convened_at: Mapped[dt.datetime | None]
    opened_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    sequence: Mapped[int]
    created_at: Mapped[dt.datetime]

    body = relationship("Body", lazy="raise")
    rules = relationship("SessionRules", lazy="raise")
    previous_call = relationship("Session", lazy="raise", remote_side="Session.id")

    __table_args__ = (
        Index(None, "body_id", "starts_at", "id"),
        Index(None, "starts_at", "id"),
        Index("session_joint_bodies_index", "joint_body_ids", postgresql_using="gin"),
        CheckConstraint("open_to_public OR closed_reason IS NOT NULL", name="closed_with_reason"),
        CheckConstraint("planned_minutes > 0", name="planned_minutes"),
    )


class SessionRules(Base):
    """One numbered version of how a body sits: notice, quorum, majorities. Published, it never changes."""

    __tablename__ = "session_rules"

    id: Mapped[Identifier]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    version: Mapped[int]
    terms: Mapped[dict[str, Any]]
    source: Mapped[LocalizedText]
    valid_from: Mapped[dt.datetime]
    created_at: Mapped[dt.datetime]

    body = relationship("Body", lazy="raise")

    __table_args__ = (Index(None, "body_id", "version", unique=True),)


class AgendaKind(enum.StrEnum):
    """What is done under a point of the agenda."""

    ROLL_CALL = "roll_call"
    AGENDA_APPROVAL = "agenda_approval"
    MINUTES_APPROVAL = "minutes_approval"
    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "decision"
    GENERAL_MATTERS = "general_matters"


class AgendaItemState(enum.StrEnum):
    """What became of a point."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    DEALT_WITH = "dealt_with"
    REMOVED = "removed"


ON_THE_AGENDA = (AgendaItemState.ACCEPTED, AgendaItemState.DEFERRED, AgendaItemState.DEALT_WITH)
"""The states of points that stand on an agenda."""

AGENDA_ITEM_LIFE = Lifecycle(
    "agenda_item",
    [
        (BORN, "request", "proposed"),
        (BORN, "enter", "accepted"),
        ("proposed", "accept_point", "accepted"),
        ("proposed", "reject_point", "rejected"),
        ("accepted", "defer", "deferred"),
        ("accepted", "deal_with", "dealt_with"),
        ("accepted", "remove_point", "removed"),
    ],
)


class AgendaItem(Base):
    """A point of the agenda, or a point of a point. It is numbered by its place among its neighbours.

    What is not on the agenda (asked for and not answered, refused, taken off) has no place: its position is zero.
    """

    __tablename__ = "agenda_item"

    id: Mapped[Identifier]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    kind: Mapped[AgendaKind] = choice(AgendaKind)
    state: Mapped[AgendaItemState] = choice(AgendaItemState)
    title: Mapped[LocalizedText]
    explanation: Mapped[LocalizedText | None]
    presenter: Mapped[str | None]
    public: Mapped[bool]
    requested_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    requested_at: Mapped[dt.datetime | None]
    answer: Mapped[LocalizedText | None]
    planned_minutes: Mapped[int | None]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    outcome: Mapped[LocalizedText | None]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")

    session = relationship("Session", lazy="raise")
    parent = relationship("AgendaItem", lazy="raise", remote_side="AgendaItem.id")
    requested_by = relationship("Membership", lazy="raise")

    __table_args__ = (
        Index(None, "session_id", "position", "id"),
        CheckConstraint("position >= 0", name="position"),
        CheckConstraint("planned_minutes > 0", name="planned_minutes"),
    )


class AttendanceMode(enum.StrEnum):
    """How somebody is there."""

    IN_PERSON = "in_person"
    REMOTE = "remote"


class Attendance(Base):
    """That somebody is there for a seat, from one instant to another; who comes back is there a second time."""

    __tablename__ = "attendance"

    id: Mapped[Identifier]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), index=True)
    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    mode: Mapped[AttendanceMode] = choice(AttendanceMode)
    came_at: Mapped[dt.datetime]
    left_at: Mapped[dt.datetime | None]

    session = relationship("Session", lazy="raise")
    seat = relationship("Seat", lazy="raise")
    membership = relationship("Membership", lazy="raise")

    __table_args__ = (
        # A seat is taken once at a time, also where two officers record it at the same moment.
        Index("attendance_seat_index", "session_id", "seat_id", unique=True, postgresql_where=sql("left_at IS NULL")),
        CheckConstraint("left_at >= came_at", name="interval"),
    )


class Recusal(Base):
    """That whoever sits in a seat takes no part in a point, and why; they neither vote nor count for its quorum.

    It may name the interest that they declared in the body.
    """

    __tablename__ = "recusal"

    id: Mapped[Identifier]
    agenda_item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"))
    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    interest_id: Mapped[UUID | None] = mapped_column(ForeignKey("interest_declaration.id"))
    reason: Mapped[LocalizedText]
    declared_at: Mapped[dt.datetime]

    agenda_item = relationship("AgendaItem", lazy="raise")
    seat = relationship("Seat", lazy="raise")
    membership = relationship("Membership", lazy="raise")
    interest = relationship("InterestDeclaration", lazy="raise")

    __table_args__ = (Index(None, "agenda_item_id", "seat_id", unique=True),)
