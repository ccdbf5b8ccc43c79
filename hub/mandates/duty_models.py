"""Who was charged with a mandate and by when, in numbered notices; what was delivered; and the programme of a year."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import relationship

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class MandateNoticeKind(enum.StrEnum):
    """What a notice about a mandate says."""

    ORDER = "order"
    REASSIGNMENT = "reassignment"
    RESCHEDULING = "rescheduling"


class MandateNotice(Base):
    """Who is responsible for a mandate and by when it is due, from this act on. Rows are only ever added."""

    __tablename__ = "mandate_notice"

    id: Mapped[Identifier]
    mandate_id: Mapped[UUID] = mapped_column(ForeignKey("mandate.id"))
    number: Mapped[int]
    kind: Mapped[MandateNoticeKind] = choice(MandateNoticeKind)
    responsible_body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    responsible_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    responsible_membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    due_on: Mapped[dt.date | None]
    reason: Mapped[LocalizedText | None]
    published_at: Mapped[dt.datetime]

    mandate = relationship("Mandate", lazy="raise")

    __table_args__ = (
        Index(None, "mandate_id", "number", unique=True),
        CheckConstraint("kind = 'order' OR reason IS NOT NULL", name="reason"),
    )


class Deliverable(Base):
    """What was delivered: a public record, or a document."""

    __tablename__ = "deliverable"

    id: Mapped[Identifier]
    mandate_id: Mapped[UUID] = mapped_column(ForeignKey("mandate.id"))
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entry.id"))
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"))
    delivered_at: Mapped[dt.datetime]

    mandate = relationship("Mandate", lazy="raise")

    __table_args__ = (
        CheckConstraint("num_nonnulls(entry_id, document_id) = 1", name="target"),
        Index(None, "mandate_id", "entry_id", unique=True),
        Index(None, "mandate_id", "document_id", unique=True),
    )


class WorkProgrammeState(enum.StrEnum):
    """Where a work programme stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    CLOSED = "closed"


WORK_PROGRAMME_LIFE = Lifecycle(
    "work_programme",
    [
        (BORN, "plan_work", "draft"),
        ("draft", "approve_programme", "approved"),
        ("approved", "close_programme", "closed"),
    ],
)


class WorkProgramme(Base):
    """What a body means to do in a year, line by line; an instrument of it approves it."""

    __tablename__ = "work_programme"

    id: Mapped[Identifier]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    year: Mapped[int]
    title: Mapped[LocalizedText]
    state: Mapped[WorkProgrammeState] = choice(WorkProgrammeState)
    instrument_id: Mapped[UUID | None] = mapped_column(ForeignKey("instrument.id"), index=True)
    approved_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")

    body = relationship("Body", lazy="raise")
    instrument = relationship("Instrument", lazy="raise")

    __table_args__ = (
        Index(None, "body_id", "year", unique=True),
        CheckConstraint("year BETWEEN 1900 AND 2200", name="year"),
        CheckConstraint(
            "(state = 'draft') = (instrument_id IS NULL) AND (instrument_id IS NULL) = (approved_at IS NULL)",
            name="approved",
        ),
    )


class WorkProgrammeLine(Base):
    """One thing that a body means to do, and the mandate that carries it out once there is one."""

    __tablename__ = "work_programme_line"

    id: Mapped[Identifier]
    work_programme_id: Mapped[UUID] = mapped_column(ForeignKey("work_programme.id"))
    position: Mapped[int]
    title: Mapped[LocalizedText]
    explanation: Mapped[LocalizedText | None]
    mandate_id: Mapped[UUID | None] = mapped_column(ForeignKey("mandate.id"), index=True)

    mandate = relationship("Mandate", lazy="raise")

    __table_args__ = (Index(None, "work_programme_id", "position", unique=True),)
