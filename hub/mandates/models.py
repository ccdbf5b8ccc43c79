"""Mandates: what was ordered, by whom and why."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import relationship

from hub.database.base import Base, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class MandateKind(enum.StrEnum):
    """The work that a mandate orders."""

    CONSULTATION = "consultation"


class MandateOrigin(enum.StrEnum):
    """On what a mandate rests."""

    OWN_INITIATIVE = "own_initiative"
    IMPORT = "import"


class MandateState(enum.StrEnum):
    """Where a mandate stands in its life."""

    PROPOSED = "proposed"
    ORDERED = "ordered"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    DISCHARGED = "discharged"
    CANCELLED = "cancelled"


MANDATE_LIFE = Lifecycle(
    "mandate",
    [
        (BORN, "propose", "proposed"),
        ("proposed", "order", "ordered"),
        ("ordered", "accept", "accepted"),
        ("accepted", "start", "in_progress"),
        ("in_progress", "deliver", "delivered"),
        ("delivered", "discharge", "discharged"),
        ("proposed", "cancel", "cancelled"),
        ("ordered", "cancel", "cancelled"),
        ("accepted", "cancel", "cancelled"),
        ("in_progress", "cancel", "cancelled"),
    ],
)


class Mandate(Base):
    """An order to do something: by own initiative with a published reason, until there are instruments."""

    __tablename__ = "mandate"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    kind: Mapped[MandateKind] = choice(MandateKind)
    origin: Mapped[MandateOrigin] = choice(MandateOrigin)
    state: Mapped[MandateState] = choice(MandateState)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    title: Mapped[LocalizedText]
    reason: Mapped[LocalizedText]
    question: Mapped[LocalizedText | None]
    due_on: Mapped[dt.date | None]
    created_at: Mapped[dt.datetime]

    body = relationship("Body", lazy="raise")
    organization = relationship("Organization", lazy="raise")

    __table_args__ = (
        CheckConstraint("(body_id IS NULL) <> (organization_id IS NULL)", name="ordered_by"),
        Index(None, "created_at", "id"),
    )
