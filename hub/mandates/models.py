"""Mandates: what was ordered, by whom and why."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import relationship

from hub.database.base import Base, Code, Mapped, choice, mapped_column
from hub.instruments.effect_models import MandateKind
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText

NEVER = dt.date(9999, 12, 30)
"""Where a mandate without a day stands among those that are put in order by it.

The last day of Python's calendar it cannot be: that is what the driver says infinity with.
"""


class MandateOrigin(enum.StrEnum):
    """On what a mandate rests."""

    OWN_INITIATIVE = "own_initiative"
    INSTRUMENT = "instrument"
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
        ("ordered", "reassign", "ordered"),
        ("accepted", "reassign", "ordered"),
        ("in_progress", "reassign", "ordered"),
        ("ordered", "discharge", "discharged"),
        ("accepted", "discharge", "discharged"),
        ("in_progress", "discharge", "discharged"),
        ("delivered", "discharge", "discharged"),
        ("proposed", "cancel", "cancelled"),
        ("ordered", "cancel", "cancelled"),
        ("accepted", "cancel", "cancelled"),
        ("in_progress", "cancel", "cancelled"),
    ],
)


class Mandate(Base):
    """An order to do something: by a paragraph of an adopted instrument, or by own initiative with a reason.

    Where nobody else is named, the body that ordered it is responsible for it.
    """

    __tablename__ = "mandate"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    kind: Mapped[MandateKind] = choice(MandateKind)
    origin: Mapped[MandateOrigin] = choice(MandateOrigin)
    state: Mapped[MandateState] = choice(MandateState)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    instrument_id: Mapped[UUID | None] = mapped_column(ForeignKey("instrument.id"), index=True)
    paragraph: Mapped[Code | None]
    title: Mapped[LocalizedText]
    reason: Mapped[LocalizedText]
    question: Mapped[LocalizedText | None]
    budget_note: Mapped[LocalizedText | None]
    due_on: Mapped[dt.date | None]
    responsible_body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    responsible_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    responsible_membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"), index=True)
    ordered_at: Mapped[dt.datetime | None]
    delivered_at: Mapped[dt.datetime | None]
    closing_reason: Mapped[LocalizedText | None]
    created_at: Mapped[dt.datetime]

    body = relationship("Body", lazy="raise", foreign_keys="Mandate.body_id")
    organization = relationship("Organization", lazy="raise", foreign_keys="Mandate.organization_id")
    instrument = relationship("Instrument", lazy="raise")

    __table_args__ = (
        CheckConstraint("(body_id IS NULL) <> (organization_id IS NULL)", name="ordered_by"),
        CheckConstraint(
            "(origin = 'instrument') = (instrument_id IS NOT NULL) AND (instrument_id IS NULL) = (paragraph IS NULL)",
            name="instrument",
        ),
        CheckConstraint(
            "num_nonnulls(responsible_body_id, responsible_organization_id, responsible_membership_id) <= 1",
            name="responsible",
        ),
        Index(None, "created_at", "id"),
        Index(None, "body_id", "created_at", "id"),
        Index("mandate_due_index", sql(f"coalesce(due_on, '{NEVER}')"), "id"),
        Index("mandate_body_due_index", "body_id", sql(f"coalesce(due_on, '{NEVER}')"), "id"),
    )


__all__ = ["MANDATE_LIFE", "NEVER", "Mandate", "MandateKind", "MandateOrigin", "MandateState"]
