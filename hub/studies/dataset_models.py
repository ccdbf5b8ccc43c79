"""The data that a study used and that it produced, with the dictionary of their columns."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import relationship

from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column
from hub.text import LocalizedText


class DatasetRole(enum.StrEnum):
    """Whether a study took data from elsewhere or made them."""

    USED = "used"
    PRODUCED = "produced"


class ColumnType(enum.StrEnum):
    """What stands in a column."""

    TEXT = "text"
    CATEGORY = "category"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"


class StudyDataset(Base):
    """Data of a study: what they are, where they come from, how many rows they have, and their hash.

    Where the hub keeps the file itself, it is a document of this part of the study. What was mended in the data before
    they were used is told in `mended`.
    """

    __tablename__ = "study_dataset"

    id: Mapped[Identifier]
    study_id: Mapped[UUID] = mapped_column(ForeignKey("study.id"))
    position: Mapped[int]
    role: Mapped[DatasetRole] = choice(DatasetRole)
    title: Mapped[LocalizedText]
    description: Mapped[LocalizedText | None]
    mended: Mapped[LocalizedText | None]
    source_url: Mapped[str | None]
    licence: Mapped[str | None]
    row_count: Mapped[int | None]
    sha256: Mapped[Code | None]
    published_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")

    study = relationship("Study", lazy="raise")

    __table_args__ = (
        Index(None, "study_id", "position", "id", unique=True),
        CheckConstraint("row_count >= 0", name="row_count"),
    )


class DatasetColumn(Base):
    """A column of data: its name there, what stands in it, and what that means."""

    __tablename__ = "dataset_column"

    dataset_id: Mapped[UUID] = mapped_column(ForeignKey("study_dataset.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[ColumnType] = choice(ColumnType)
    meaning: Mapped[LocalizedText]

    __table_args__ = (Index(None, "dataset_id", "name", unique=True),)
