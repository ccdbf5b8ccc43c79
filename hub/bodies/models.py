"""Commissions, working groups and the other bodies that order, ask and decide."""

from __future__ import annotations

import enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import relationship

from hub.database.base import Base, FoldedName, Mapped, choice, mapped_column
from hub.text import LocalizedText


class BodyKind(enum.StrEnum):
    """What sort of body it is."""

    COMMISSION = "commission"
    JOINT_COMMISSIONS = "joint_commissions"
    WORKING_GROUP = "working_group"
    FORUM = "forum"
    COUNCIL = "council"
    COMMITTEE = "committee"
    SECRETARIAT = "secretariat"


class BodyState(enum.StrEnum):
    """Where a body stands in its life."""

    PLANNED = "planned"
    CONSTITUTED = "constituted"
    SUSPENDED = "suspended"
    DISSOLVED = "dissolved"


class Body(Base):
    """A standing body. Its names are dated and live in `dated_name`; no name of a body is written into code."""

    __tablename__ = "body"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    kind: Mapped[BodyKind] = choice(BodyKind)
    state: Mapped[BodyState] = choice(BodyState)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    predecessor_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    remit: Mapped[LocalizedText | None]
    legal_basis: Mapped[LocalizedText | None]
    folded_name: Mapped[FoldedName]

    parent: Mapped[Body | None] = relationship(lazy="raise", remote_side="Body.id", foreign_keys="Body.parent_id")
    predecessor: Mapped[Body | None] = relationship(
        lazy="raise", remote_side="Body.id", foreign_keys="Body.predecessor_id"
    )

    __table_args__ = (Index(None, "folded_name", "id"),)
