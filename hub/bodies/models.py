"""Commissions, working groups and the other bodies that order, ask and decide."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Table, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import relationship

from hub.database.base import Base, FoldedName, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
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


BODY_LIFE = Lifecycle(
    "body",
    [
        (BORN, "plan_body", "planned"),
        (BORN, "found", "constituted"),
        ("planned", "constitute", "constituted"),
        ("constituted", "suspend_body", "suspended"),
        ("suspended", "resume_body", "constituted"),
        ("planned", "dissolve", "dissolved"),
        ("constituted", "dissolve", "dissolved"),
        ("suspended", "dissolve", "dissolved"),
    ],
)

body_territory = Table(
    "body_territory",
    Base.metadata,
    Column("body_id", ForeignKey("body.id"), primary_key=True),
    Column("territory_id", ForeignKey("territory.id"), primary_key=True, index=True),
)


class Body(Base):
    """A standing body. Its names are dated and live in `dated_name`; no name of a body is written into code.

    Its remit, legal basis and territories are those of its newest charter. `state_reason` says why it stands where it
    does, and is public.
    """

    __tablename__ = "body"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    kind: Mapped[BodyKind] = choice(BodyKind)
    state: Mapped[BodyState] = choice(BodyState)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    predecessor_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    remit: Mapped[LocalizedText | None]
    legal_basis: Mapped[LocalizedText | None]
    state_reason: Mapped[LocalizedText | None]
    folded_name: Mapped[FoldedName]

    parent: Mapped[Body | None] = relationship(lazy="raise", remote_side="Body.id", foreign_keys="Body.parent_id")
    predecessor: Mapped[Body | None] = relationship(
        lazy="raise", remote_side="Body.id", foreign_keys="Body.predecessor_id"
    )

    __table_args__ = (Index(None, "folded_name", "id"),)


class BodyCharter(Base):
    """What a body was charged with from an instant on: each change of it is a numbered version that never changes."""

    __tablename__ = "body_charter"

    id: Mapped[Identifier]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    number: Mapped[int]
    remit: Mapped[LocalizedText | None]
    legal_basis: Mapped[LocalizedText | None]
    territory_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    reason: Mapped[LocalizedText | None]
    adopted_at: Mapped[dt.datetime]

    __table_args__ = (Index(None, "body_id", "number", unique=True),)
