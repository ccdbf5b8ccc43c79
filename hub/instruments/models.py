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
    WITHDRAWN = "withdrawn"


INSTRUMENT_LIFE = Lifecycle(
    "instrument",
    [
        (BORN, "draft", "draft"),
        ("draft", "table_instrument", "tabled"),
        ("tabled", "reword_instrument", "draft"),
        ("tabled", "adopt", "adopted"),
        ("adopted", "sign", "signed"),
        ("signed", "publish_instrument", "published"),
        ("published", "amend_instrument", "amended"),
        ("amended", "amend_instrument", "amended"),
        ("published", "repeal", "repealed"),
        ("amended", "repeal", "repealed"),
        ("adopted", "annul", "void"),
        ("signed", "annul", "void"),
        ("published", "annul", "void"),
        ("amended", "annul", "void"),
        ("draft", "withdraw_instrument", "withdrawn"),
        ("tabled", "withdraw_instrument", "withdrawn"),
    ],
)


class Instrument(Base):
    """An act of a body. It is in force from a day until another one, which follows from the clock and is no state.

    Its folio is given when it is adopted, and never again to another one. It is adopted only by a vote that carried a
    motion about it, in the very wording whose hash was voted on. Its title is that of its newest wording.
    """

    __tablename__ = "instrument"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    kind: Mapped[InstrumentKind] = choice(InstrumentKind)
    state: Mapped[InstrumentState] = choice(InstrumentState)
    title: Mapped[LocalizedText]
    vote_event_id: Mapped[UUID | None] = mapped_column(ForeignKey("vote_event.id"), unique=True)
    adopted_at: Mapped[dt.datetime | None]
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
        CheckConstraint("gazette IS NOT NULL OR (gazette_date IS NULL AND gazette_page IS NULL)", name="gazette"),
        CheckConstraint("(state = 'void') = (void_reason IS NOT NULL)", name="void"),
        CheckConstraint(
            "(adopted_at IS NULL) = (vote_event_id IS NULL) "
            "AND (adopted_at IS NULL) = (state IN ('draft', 'tabled', 'withdrawn'))",
            name="adopted",
        ),
    )


class InstrumentRevision(Base):
    """One wording of an instrument. What was tabled never changes (a trigger refuses).

    `content_hash` is that of all it says: its paragraphs, what it does to other instruments and what it orders.
    """

    __tablename__ = "instrument_revision"

    id: Mapped[Identifier]
    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"))
    number: Mapped[int]
    title: Mapped[LocalizedText]
    addressed_to: Mapped[LocalizedText | None]
    note: Mapped[LocalizedText | None]
    content_hash: Mapped[str | None]
    fixed_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]

    instrument = relationship("Instrument", lazy="raise")

    __table_args__ = (
        Index(None, "instrument_id", "number", unique=True),
        CheckConstraint("(content_hash IS NULL) = (fixed_at IS NULL)", name="fixed"),
    )


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
