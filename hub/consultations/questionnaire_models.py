"""Questionnaires: numbered wordings of what is asked, their sections, questions, options and rows."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import relationship

from hub.consultations.models import Consultation
from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column
from hub.people.models import TerritoryKind
from hub.text import LocalizedText

A_CODE = "code ~ '^[a-z0-9][a-z0-9_-]{0,63}$'"


class RevisionClass(enum.StrEnum):
    """Why a revision was made."""

    INITIAL = "initial"
    CLARIFICATION = "clarification"
    SUBSTANTIVE = "substantive"


class RevisionState(enum.StrEnum):
    """Whether a revision may still change."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class QuestionnaireRevision(Base):
    """One numbered wording of a questionnaire. Once published it never changes (a trigger refuses it)."""

    __tablename__ = "questionnaire_revision"

    id: Mapped[Identifier]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    revision_class: Mapped[RevisionClass] = choice(RevisionClass)
    state: Mapped[RevisionState] = choice(RevisionState)
    note: Mapped[LocalizedText | None]
    content_hash: Mapped[str | None]
    published_at: Mapped[dt.datetime | None]

    consultation: Mapped[Consultation] = relationship(lazy="raise")
    sections: Mapped[list[Section]] = relationship(lazy="raise", order_by="Section.position")
    questions: Mapped[list[Question]] = relationship(
        lazy="raise", order_by="Question.position", foreign_keys="Question.revision_id"
    )

    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("revision_class = 'initial' OR note IS NOT NULL", name="note"),
    )


class Section(Base):
    """A part of a questionnaire, with its own heading."""

    __tablename__ = "section"

    id: Mapped[Identifier]
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_revision.id"))
    position: Mapped[int]
    title: Mapped[LocalizedText]
    introduction: Mapped[LocalizedText | None]

    __table_args__ = (UniqueConstraint("revision_id", "position"), UniqueConstraint("revision_id", "id"))


class QuestionKind(enum.StrEnum):
    """How a question is answered."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    RANKING = "ranking"
    SCALE = "scale"
    MATRIX = "matrix"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    FILE = "file"
    NOTICE = "notice"
    CONSENT = "consent"


class Sensitivity(enum.StrEnum):
    """Who may ever read what was answered to a question."""

    PUBLIC = "public"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"


class SourceModeration(enum.StrEnum):
    """What the platform that a question was imported from had decided about it."""

    ACCEPTED = "accepted"
    UNREVIEWED = "unreviewed"
    REJECTED = "rejected"


class Question(Base):
    """A question. The same question across revisions has the same lineage, which is what results are counted by.

    `minimum` and `maximum` are the ends of a scale or the limits of a number; `earliest` and `latest` those of a date;
    `place_kind` is the level of the territories that a place is chosen from; `file_types` are the ends of names of the
    files that may answer, and `max_size` the most bytes. `display_rule` tells when it is asked (display_rules.py).
    """

    __tablename__ = "question"

    id: Mapped[Identifier]
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_revision.id"))
    section_id: Mapped[UUID]
    lineage_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]
    code: Mapped[Code]
    kind: Mapped[QuestionKind] = choice(QuestionKind)
    sensitivity: Mapped[Sensitivity] = choice(Sensitivity, default=Sensitivity.PUBLIC, server_default="public")
    title: Mapped[LocalizedText]
    hint: Mapped[LocalizedText | None]
    required: Mapped[bool]
    display_rule: Mapped[str | None]
    max_length: Mapped[int | None]
    min_choices: Mapped[int | None]
    max_choices: Mapped[int | None]
    minimum: Mapped[Decimal | None] = mapped_column(Numeric(15, 6))
    maximum: Mapped[Decimal | None] = mapped_column(Numeric(15, 6))
    decimals: Mapped[int | None]
    unit: Mapped[LocalizedText | None]
    low_label: Mapped[LocalizedText | None]
    high_label: Mapped[LocalizedText | None]
    earliest: Mapped[dt.date | None]
    latest: Mapped[dt.date | None]
    place_kind: Mapped[TerritoryKind | None] = choice(TerritoryKind, name="placekind")
    file_types: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    max_size: Mapped[int | None]
    source_moderation: Mapped[SourceModeration | None] = choice(SourceModeration)

    options: Mapped[list[Option]] = relationship(lazy="raise", order_by="Option.position")
    rows: Mapped[list[MatrixRow]] = relationship(lazy="raise", order_by="MatrixRow.position")

    __table_args__ = (
        UniqueConstraint("revision_id", "position"),
        UniqueConstraint("revision_id", "code"),
        UniqueConstraint("revision_id", "lineage_id"),
        ForeignKeyConstraint(["revision_id", "section_id"], ["section.revision_id", "section.id"]),
        Index(None, "section_id", "position"),
        CheckConstraint("max_length BETWEEN 1 AND 20000", name="max_length"),
        CheckConstraint("min_choices >= 0 AND max_choices >= min_choices", name="choices"),
        CheckConstraint("maximum >= minimum", name="limits"),
        CheckConstraint("latest >= earliest", name="days"),
        CheckConstraint("decimals BETWEEN 0 AND 6", name="decimals"),
        CheckConstraint("max_size BETWEEN 1 AND 10485760", name="max_size"),
        CheckConstraint(A_CODE, name="code"),
    )


class Option(Base):
    """One of the answers that a choice offers, under a code that never changes. `other` asks for one's own words."""

    __tablename__ = "option"

    id: Mapped[Identifier]
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"))
    position: Mapped[int]
    code: Mapped[Code]
    label: Mapped[LocalizedText]
    other: Mapped[bool] = mapped_column(default=False, server_default="false")

    __table_args__ = (
        UniqueConstraint("question_id", "position"),
        UniqueConstraint("question_id", "code"),
        CheckConstraint(A_CODE, name="code"),
    )


class MatrixRow(Base):
    """One of the lines of a matrix: each is answered by one of the question's options."""

    __tablename__ = "matrix_row"

    id: Mapped[Identifier]
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"))
    position: Mapped[int]
    code: Mapped[Code]
    label: Mapped[LocalizedText]

    __table_args__ = (
        UniqueConstraint("question_id", "position"),
        UniqueConstraint("question_id", "code"),
        CheckConstraint(A_CODE, name="code"),
    )
