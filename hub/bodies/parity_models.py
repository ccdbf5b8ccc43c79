"""Rules of parity of bodies, in versions: what of a body must be in balance, and what follows where it is not."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import relationship

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.text import LocalizedText


class ParityDimension(enum.StrEnum):
    """Between whom there is to be parity."""

    SECTOR = "sector"
    GENDER = "gender"
    TERRITORY = "territory"


class ParityConsequence(enum.StrEnum):
    """What follows where there is no parity."""

    WARN = "warn"
    BLOCK_CONSTITUTION = "block_constitution"
    BLOCK_VOTE = "block_vote"


class ParityRule(Base):
    """That no group of a dimension has more than its equal part of a body, by so many points at most.

    A rule never changes: another one takes its place, or it is ended. `tolerance` is in points of a hundred.
    """

    __tablename__ = "parity_rule"

    id: Mapped[Identifier]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    dimension: Mapped[ParityDimension] = choice(ParityDimension)
    version: Mapped[int]
    tolerance: Mapped[int]
    consequence: Mapped[ParityConsequence] = choice(ParityConsequence)
    reason: Mapped[LocalizedText | None]
    adopted_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]

    body = relationship("Body", lazy="raise")

    __table_args__ = (
        Index(None, "body_id", "dimension", "version", unique=True),
        Index(
            "parity_rule_standing_index", "body_id", "dimension", unique=True, postgresql_where=sql("ended_at IS NULL")
        ),
        CheckConstraint("tolerance BETWEEN 0 AND 100", name="tolerance"),
    )
