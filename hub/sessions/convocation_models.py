"""What is on record about how a session was convened, and about the quorum that it had."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import relationship
from sqlalchemy.types import DateTime

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.text import LocalizedText


class ConvocationKind(enum.StrEnum):
    """What a convocation does."""

    ISSUED = "issued"
    AMENDED = "amended"
    ANNULLED = "annulled"


class Convocation(Base):
    """One numbered convocation of a session: when and where it is, and whether its notice was met. It never changes.

    `notice_met` is false where it came later than the rules ask, which it gives its reason for; the next call of a
    session that failed follows from the rules themselves.
    """

    __tablename__ = "convocation"

    id: Mapped[Identifier]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"))
    number: Mapped[int]
    kind: Mapped[ConvocationKind] = choice(ConvocationKind)
    issued_at: Mapped[dt.datetime]
    starts_at: Mapped[dt.datetime]
    starts_local: Mapped[dt.datetime] = mapped_column(DateTime(timezone=False))
    zone: Mapped[str]
    place: Mapped[LocalizedText | None]
    notice_met: Mapped[bool]
    latest_day: Mapped[dt.date]
    reason: Mapped[LocalizedText | None]

    session = relationship("Session", lazy="raise")

    __table_args__ = (
        Index(None, "session_id", "number", unique=True),
        CheckConstraint("notice_met OR reason IS NOT NULL", name="short_with_reason"),
    )


class QuorumOccasion(enum.StrEnum):
    """When a quorum was counted."""

    OPENING = "opening"
    FAILURE = "failure"
    RESUMPTION = "resumption"


class QuorumCount(Base):
    """That the quorum of a body was counted in a session: how many seats it had, needed, and found there."""

    __tablename__ = "quorum_count"

    id: Mapped[Identifier]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"))
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    occasion: Mapped[QuorumOccasion] = choice(QuorumOccasion)
    seats: Mapped[int]
    needed: Mapped[int]
    present: Mapped[int]
    counted_at: Mapped[dt.datetime]

    session = relationship("Session", lazy="raise")
    body = relationship("Body", lazy="raise")

    __table_args__ = (Index(None, "session_id", "counted_at", "id"),)
