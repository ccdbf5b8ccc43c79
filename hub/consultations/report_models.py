"""What came of a consultation: the report about it, and the statements that answer those who took part."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import relationship

from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import Section
from hub.consultations.result_models import ResultRelease
from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.text import LocalizedText

AT_WORK = "state IN ('draft', 'approved')"


class AnswerStanding(enum.StrEnum):
    """How an answer stands that is owed to the people; it follows from the clock and is stored nowhere."""

    OWED = "owed"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"


class ReportState(enum.StrEnum):
    """Where a version of a report stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"


class ConsultationReport(Base):
    """How a consultation was held and what its data can say: the method, the rates and the limits of it.

    What it counts is fixed when it is approved, from the released results alone: `snapshot_hash` is that of all their
    tables (snapshots.py). One that was published is corrected by another version, and stays to be read.
    """

    __tablename__ = "consultation_report"

    id: Mapped[Identifier]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    state: Mapped[ReportState] = choice(ReportState)
    method: Mapped[LocalizedText]
    limitations: Mapped[LocalizedText | None]
    correction_note: Mapped[LocalizedText | None]
    release_id: Mapped[UUID | None] = mapped_column(ForeignKey("result_release.id"), index=True)
    snapshot_hash: Mapped[str | None]
    response_count: Mapped[int | None]
    begun_not_sent: Mapped[int | None]
    invitations_issued: Mapped[int | None]
    created_at: Mapped[dt.datetime]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    approved_at: Mapped[dt.datetime | None]
    published_at: Mapped[dt.datetime | None]

    consultation: Mapped[Consultation] = relationship(lazy="raise")
    release: Mapped[ResultRelease | None] = relationship(lazy="raise")

    __table_args__ = (
        Index(None, "consultation_id", "number", unique=True),
        # Two analysts do not write two versions at once.
        Index("consultation_report_at_work", "consultation_id", unique=True, postgresql_where=sql(AT_WORK)),
        CheckConstraint("number = 1 OR correction_note IS NOT NULL", name="correction_note"),
        CheckConstraint("state = 'draft' OR snapshot_hash IS NOT NULL", name="snapshot"),
    )


class StatementState(enum.StrEnum):
    """Where a version of a statement stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    DISCARDED = "discarded"


class Outcome(enum.StrEnum):
    """What was done with what people said."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"
    NOTED = "noted"


class Statement(Base):
    """An answer to those who answered: what was asked, what was said, what was done with it, and why.

    It is about a question (over all its wordings, by its lineage) or about a section with all its questions. What was
    said is told with the figures that were released, which do not change any more once the findings are published.
    """

    __tablename__ = "statement"

    id: Mapped[Identifier]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    lineage_id: Mapped[UUID | None]
    section_id: Mapped[UUID | None] = mapped_column(ForeignKey("section.id"))
    position: Mapped[int]
    number: Mapped[int]
    state: Mapped[StatementState] = choice(StatementState)
    asked: Mapped[LocalizedText]
    said: Mapped[LocalizedText]
    did: Mapped[Outcome] = choice(Outcome)
    reasons: Mapped[LocalizedText]
    instrument_id: Mapped[UUID | None] = mapped_column(ForeignKey("instrument.id"), index=True)
    correction_note: Mapped[LocalizedText | None]
    created_at: Mapped[dt.datetime]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    approved_at: Mapped[dt.datetime | None]
    published_at: Mapped[dt.datetime | None]

    consultation: Mapped[Consultation] = relationship(lazy="raise")
    section: Mapped[Section | None] = relationship(lazy="raise")
    instrument = relationship("Instrument", lazy="raise")

    __table_args__ = (
        Index(None, "consultation_id", "position", "id"),
        Index(None, "lineage_id"),
        Index(None, "section_id"),
        Index(
            "statement_at_work", "consultation_id", "lineage_id", "section_id", unique=True,
            postgresql_where=sql(AT_WORK), postgresql_nulls_not_distinct=True,
        ),
        Index(
            "statement_in_force", "consultation_id", "lineage_id", "section_id", unique=True,
            postgresql_where=sql("state = 'published'"), postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("(lineage_id IS NULL) <> (section_id IS NULL)", name="subject"),
        CheckConstraint("number = 1 OR correction_note IS NOT NULL", name="correction_note"),
    )  # fmt: skip
