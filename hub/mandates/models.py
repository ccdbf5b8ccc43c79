"""Mandates: what was ordered, by whom and why."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import relationship

from hub.database.base import Base, Code, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class MandateKind(enum.StrEnum):
    """The work that a mandate orders."""

    CONSULTATION = "consultation"
    STUDY = "study"
    PROPOSAL_CALL = "proposal_call"
    POLICY = "policy"
    ACTION = "action"
    ACTIVITY = "activity"
    RESEARCH = "research"
    EVALUATION = "evaluation"
    PLATFORM = "platform"
    THEMATIC_PROJECT = "thematic_project"
    SECTORAL_PROJECT = "sectoral_project"
    OUTREACH_MATERIAL = "outreach_material"
    GUIDELINE = "guideline"
    CRITERION = "criterion"
    REPORT = "report"
    OPINION = "opinion"


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
        ("delivered", "discharge", "discharged"),
        ("proposed", "cancel", "cancelled"),
        ("ordered", "cancel", "cancelled"),
        ("accepted", "cancel", "cancelled"),
        ("in_progress", "cancel", "cancelled"),
    ],
)


class Mandate(Base):
    """An order to do something: by a paragraph of an adopted instrument, or by own initiative with a reason."""

    __tablename__ = "mandate"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    kind: Mapped[MandateKind] = choice(MandateKind)
    origin: Mapped[MandateOrigin] = choice(MandateOrigin)
    state: Mapped[MandateState] = choice(MandateState)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    instrument_id: Mapped[UUID | None] = mapped_column(ForeignKey("instrument.id"), index=True)
    paragraph: Mapped[Code | None]
    title: Mapped[LocalizedText]
    reason: Mapped[LocalizedText]
    question: Mapped[LocalizedText | None]
    due_on: Mapped[dt.date | None]
    created_at: Mapped[dt.datetime]

    body = relationship("Body", lazy="raise")
    organization = relationship("Organization", lazy="raise")
    instrument = relationship("Instrument", lazy="raise")

    __table_args__ = (
        CheckConstraint("(body_id IS NULL) <> (organization_id IS NULL)", name="ordered_by"),
        CheckConstraint("(origin = 'instrument') = (instrument_id IS NOT NULL)", name="instrument"),
        Index(None, "created_at", "id"),
    )
