"""What a wording does: what it orders, in which paragraph, and what it does to other instruments; and who signed it."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import relationship

from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column
from hub.text import LocalizedText


class MandateKind(enum.StrEnum):
    """The work that is ordered."""

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


class InstrumentOrder(Base):
    """What a paragraph orders: a work, by whom and by when. It becomes a mandate when the instrument is published.

    Where nobody is named the body itself is responsible.
    """

    __tablename__ = "instrument_order"

    id: Mapped[Identifier]
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_revision.id"))
    position: Mapped[int]
    paragraph: Mapped[Code]
    kind: Mapped[MandateKind] = choice(MandateKind)
    title: Mapped[LocalizedText]
    question: Mapped[LocalizedText | None]
    due_on: Mapped[dt.date | None]
    budget_note: Mapped[LocalizedText | None]
    responsible_body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    responsible_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    responsible_membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    __table_args__ = (
        Index(None, "revision_id", "position", unique=True),
        CheckConstraint(
            "num_nonnulls(responsible_body_id, responsible_organization_id, responsible_membership_id) <= 1",
            name="responsible",
        ),
    )


class RelationKind(enum.StrEnum):
    """What an instrument does to another one."""

    AMENDS = "amends"
    REPEALS = "repeals"
    IMPLEMENTS = "implements"


class InstrumentRelation(Base):
    """What a wording does to another instrument; it takes effect when the instrument is published."""

    __tablename__ = "instrument_relation"

    id: Mapped[Identifier]
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_revision.id"))
    position: Mapped[int]
    kind: Mapped[RelationKind] = choice(RelationKind)
    target_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"), index=True)

    revision = relationship("InstrumentRevision", lazy="raise")
    target = relationship("Instrument", lazy="raise")

    __table_args__ = (
        Index(None, "revision_id", "position", unique=True),
        Index(None, "revision_id", "kind", "target_id", unique=True),
    )


class InstrumentSignature(Base):
    """That somebody who sits in the body signed an instrument: an act over the hash of what it says, at an instant."""

    __tablename__ = "instrument_signature"

    id: Mapped[Identifier]
    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    content_hash: Mapped[str]
    signed_at: Mapped[dt.datetime]

    instrument = relationship("Instrument", lazy="raise")
    membership = relationship("Membership", lazy="raise")

    __table_args__ = (Index(None, "instrument_id", "membership_id", unique=True),)
