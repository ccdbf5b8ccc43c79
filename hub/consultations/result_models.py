"""Results as they were published: figures that were protected once and are read from then on."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import relationship

from hub.consultations.models import Consultation
from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column


class ResultRelease(Base):
    """One publication of a consultation's protected results, numbered, with the smallest cell that it shows."""

    __tablename__ = "result_release"

    id: Mapped[Identifier]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    made_at: Mapped[dt.datetime]
    smallest_cell: Mapped[int]
    response_count: Mapped[int]

    consultation: Mapped[Consultation] = relationship(lazy="raise")

    __table_args__ = (UniqueConstraint("consultation_id", "number"),)


class Dimension(enum.StrEnum):
    """By what a table of results is broken down."""

    TOTAL = "total"
    RESPONDENT_KIND = "respondent_kind"
    STATE = "state"
    LANGUAGE = "language"


class ResultTable(Base):
    """The figures of one question (or of the responses themselves) in one breakdown.

    `truth` is what the figures were before they were protected, in every state that was published, so that a later
    release can tell how much changed; it is read by nobody. `position` puts the tables in order: the responses first,
    then the questions as they are asked, each by its dimensions.
    """

    __tablename__ = "result_table"

    id: Mapped[Identifier]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    release_id: Mapped[UUID] = mapped_column(ForeignKey("result_release.id"))
    lineage_id: Mapped[UUID | None]
    dimension: Mapped[Dimension] = choice(Dimension)
    position: Mapped[int]
    truth: Mapped[dict[str, Any]] = mapped_column(JSONB)

    release: Mapped[ResultRelease] = relationship(lazy="raise")

    __table_args__ = (
        Index("result_table_place", "consultation_id", "lineage_id", "dimension", unique=True,
              postgresql_nulls_not_distinct=True),
    )  # fmt: skip


class ResultCell(Base):
    """One figure: a category of the breakdown, and an option, a value or nothing (then: how many answered).

    `count` is NULL where the figure is not shown. `category` is empty in a total, and `other` for all those together
    that are too small. The middles stand with how many answered; those of a date count the days since 1970. `points`
    are an option's of a ranking, by the method of Borda. `place` is that of the figure in its table.
    """

    __tablename__ = "result_cell"

    table_id: Mapped[UUID] = mapped_column(ForeignKey("result_table.id", ondelete="CASCADE"), primary_key=True)
    category: Mapped[Code] = mapped_column(primary_key=True)
    row_code: Mapped[Code] = mapped_column(primary_key=True)
    item: Mapped[Code] = mapped_column(primary_key=True)
    place: Mapped[int]
    count: Mapped[int | None]
    median: Mapped[Decimal | None] = mapped_column(Numeric)
    lower_quartile: Mapped[Decimal | None] = mapped_column(Numeric)
    upper_quartile: Mapped[Decimal | None] = mapped_column(Numeric)
    points: Mapped[int | None]
