"""The wordings of a study, what it found, and what those answered to whom it recommends something."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import relationship
from sqlalchemy.types import Uuid

from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class StudyRevisionState(enum.StrEnum):
    """Where a wording stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


REVISION_LIFE = Lifecycle(
    "study_revision",
    [
        (BORN, "draft_revision", "draft"),
        ("draft", "submit_revision", "in_review"),
        ("in_review", "return_revision", "returned"),
        ("in_review", "publish_revision", "published"),
        # A correction has been agreed on by whoever publishes it.
        ("draft", "publish_revision", "published"),
        ("published", "correct_revision", "corrected"),
        ("published", "retract_revision", "retracted"),
    ],
)


class StudyRevision(Base):
    """One wording of a study. Once it is handed in it never changes: `content_hash` is that of all it says.

    `strikes` are the findings of an earlier wording that this one no longer says.
    """

    __tablename__ = "study_revision"

    id: Mapped[Identifier]
    study_id: Mapped[UUID] = mapped_column(ForeignKey("study.id"))
    number: Mapped[int]
    state: Mapped[StudyRevisionState] = choice(StudyRevisionState)
    abstract: Mapped[LocalizedText]
    note: Mapped[LocalizedText | None]
    return_reason: Mapped[LocalizedText | None]
    strikes: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    content_hash: Mapped[str | None]
    handed_in_at: Mapped[dt.datetime | None]
    published_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")

    study = relationship("Study", lazy="raise")

    __table_args__ = (
        Index(None, "study_id", "number", unique=True),
        CheckConstraint("(state = 'draft') = (content_hash IS NULL)", name="content_hash"),
        CheckConstraint("state <> 'returned' OR return_reason IS NOT NULL", name="return_reason"),
    )


class StudySection(Base):
    """A part of a wording. Its `code` is the same in every wording, so that it can be pointed at."""

    __tablename__ = "study_section"

    revision_id: Mapped[UUID] = mapped_column(ForeignKey("study_revision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    heading: Mapped[LocalizedText]
    text: Mapped[LocalizedText]

    __table_args__ = (Index(None, "revision_id", "code", unique=True),)


class FindingKind(enum.StrEnum):
    """Whether something was found out or is recommended."""

    FINDING = "finding"
    RECOMMENDATION = "recommendation"


class FindingStrength(enum.StrEnum):
    """How well what was found out is borne out, or how much something is urged."""

    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"


class FindingState(enum.StrEnum):
    """What came of it."""

    OPEN = "open"
    ANSWERED = "answered"
    TAKEN_UP = "taken_up"
    NOT_TAKEN_UP = "not_taken_up"


FINDING_LIFE = Lifecycle(
    "finding",
    [
        (BORN, "find", "open"),
        ("open", "answer_finding", "answered"),
        ("answered", "take_up", "taken_up"),
        ("answered", "leave_finding", "not_taken_up"),
        ("not_taken_up", "take_up", "taken_up"),
        ("taken_up", "leave_finding", "not_taken_up"),
    ],
)


class Finding(Base):
    """Something that a study found out, or that it recommends to a body or to an organisation.

    It is said from the wording `since` on, up to the one `until` that no longer says it. What was published never
    changes, and its number within the study and the kind is never given again. A recommendation is due to be answered
    by `answer_due_on`.
    """

    __tablename__ = "finding"

    id: Mapped[Identifier]
    study_id: Mapped[UUID] = mapped_column(ForeignKey("study.id"))
    kind: Mapped[FindingKind] = choice(FindingKind)
    number: Mapped[int]
    state: Mapped[FindingState] = choice(FindingState)
    text: Mapped[LocalizedText]
    strength: Mapped[FindingStrength] = choice(FindingStrength)
    section: Mapped[Code | None]
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("finding.id"))
    since: Mapped[int]
    until: Mapped[int | None]
    published_at: Mapped[dt.datetime | None]
    answer_due_on: Mapped[dt.date | None]
    answered_at: Mapped[dt.datetime | None]
    follow_up: Mapped[LocalizedText | None]
    followed_up_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]

    study = relationship("Study", lazy="raise")
    replaces = relationship("Finding", lazy="raise", remote_side="Finding.id", foreign_keys="Finding.replaces_id")

    __table_args__ = (
        Index(None, "study_id", "kind", "number", "since", unique=True),
        Index(
            "finding_number_index",
            "study_id",
            "kind",
            "number",
            unique=True,
            postgresql_where=sql("published_at IS NOT NULL"),
        ),
        Index(None, "created_at", "id"),
        Index(None, "number", "id"),
        Index(None, "body_id", "number", "id"),
        Index(None, "organization_id", "number", "id"),
        CheckConstraint("body_id IS NULL OR organization_id IS NULL", name="one_addressee"),
        CheckConstraint(
            "(kind = 'recommendation') = (body_id IS NOT NULL OR organization_id IS NOT NULL)", name="addressed"
        ),
        CheckConstraint("until > since", name="said"),
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered"),
    )


class AnswerDecision(enum.StrEnum):
    """What whoever was recommended something says to it."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"
    NOTED = "noted"


class FindingAnswer(Base):
    """What the addressee of a recommendation answered, with reasons. A later answer stands beside the earlier ones.

    `recorded` says that the body that ordered the study wrote down what it was sent in another way.
    """

    __tablename__ = "finding_answer"

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    decision: Mapped[AnswerDecision] = choice(AnswerDecision)
    reasons: Mapped[LocalizedText]
    instrument_id: Mapped[UUID | None] = mapped_column(ForeignKey("instrument.id"), index=True)
    recorded: Mapped[bool]
    answered_at: Mapped[dt.datetime]

    instrument = relationship("Instrument", lazy="raise")
