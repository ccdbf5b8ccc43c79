"""Instruments of bodies, their wordings and what they do to one another."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import relationship

from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class InstrumentKind(enum.StrEnum):
    """What sort of act it is."""

    ACUERDO = "acuerdo"
    DICTAMEN = "dictamen"
    INFORME = "informe"
    OPINION = "opinion"
    RESOLUCION = "resolucion"
    RECOMENDACION = "recomendacion"
    GUIDELINE = "guideline"
    CRITERION = "criterion"


class InstrumentState(enum.StrEnum):
    """Where an instrument stands."""

    DRAFT = "draft"
    TABLED = "tabled"
    ADOPTED = "adopted"
    SIGNED = "signed"
    PUBLISHED = "published"
    AMENDED = "amended"
    REPEALED = "repealed"
    VOID = "void"


INSTRUMENT_LIFE = Lifecycle(
    "instrument",
    [
        (BORN, "draft", "draft"),
        ("draft", "table_instrument", "tabled"),
        ("tabled", "rework", "draft"),
        ("tabled", "adopt", "adopted"),
        ("adopted", "sign", "signed"),
        ("signed", "publish", "published"),
        ("published", "amend", "amended"),
        ("amended", "amend", "amended"),
        ("published", "repeal", "repealed"),
        ("amended", "repeal", "repealed"),
        ("published", "annul", "void"),
        ("amended", "annul", "void"),
    ],
)


class Instrument(Base):
    """An act of a body. It is in force from a day to a day, which follows from the clock and is no state.

    Its folio is given when it is adopted or published, and never again to another one. It is adopted only by a vote
    that carried a motion about it, on the very wording whose hash was voted on.
    """

    __tablename__ = "instrument"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    kind: Mapped[InstrumentKind] = choice(InstrumentKind)
    state: Mapped[InstrumentState] = choice(InstrumentState)
    title: Mapped[LocalizedText]
    addressed_to: Mapped[LocalizedText | None]
    vote_event_id: Mapped[UUID | None] = mapped_column(ForeignKey("vote_event.id"), unique=True)
    adopted_at: Mapped[dt.datetime | None]
    published_at: Mapped[dt.datetime | None]
    in_force_from: Mapped[dt.date | None]
    in_force_until: Mapped[dt.date | None]
    gazette: Mapped[str | None]
    gazette_date: Mapped[dt.date | None]
    gazette_page: Mapped[str | None]
    void_reason: Mapped[LocalizedText | None]
    created_at: Mapped[dt.datetime]

    body = relationship("Body", lazy="raise")
    vote_event = relationship("VoteEvent", lazy="raise", foreign_keys="Instrument.vote_event_id")

    __table_args__ = (
        Index(None, "body_id", "created_at", "id"),
        Index(None, "created_at", "id"),
        CheckConstraint("in_force_until >= in_force_from", name="in_force"),
    )


class InstrumentRevision(Base):
    """One wording of an instrument. What was tabled never changes: `content_hash` is that of all it says."""

    __tablename__ = "instrument_revision"

    id: Mapped[Identifier]
    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"))
    number: Mapped[int]
    note: Mapped[LocalizedText | None]
    content_hash: Mapped[Code | None]
    fixed_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]

    instrument = relationship("Instrument", lazy="raise")

    __table_args__ = (Index(None, "instrument_id", "number", unique=True),)


class InstrumentSection(Base):
    """A paragraph of a wording. Its `code` is the same in every wording, so that it can be pointed at."""

    __tablename__ = "instrument_section"

    id: Mapped[Identifier]
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_revision.id"))
    position: Mapped[int]
    code: Mapped[Code]
    heading: Mapped[LocalizedText | None]
    text: Mapped[LocalizedText]

    __table_args__ = (
        Index(None, "revision_id", "position", unique=True),
        Index(None, "revision_id", "code", unique=True),
    )
