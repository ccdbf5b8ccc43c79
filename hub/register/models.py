"""The register: one entry for every public thing."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import TSVECTOR

from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column
from hub.text import LocalizedText


class EntryKind(enum.StrEnum):
    """What a public thing is; the GraphQL type has the same name."""

    BODY = "Body"
    ORGANIZATION = "Organization"
    MANDATE = "Mandate"
    CONSULTATION = "Consultation"
    SESSION = "Session"
    INSTRUMENT = "Instrument"
    STUDY = "Study"
    AGREEMENT = "Agreement"


class EntryVisibility(enum.StrEnum):
    """Who may see a thing that is neither hidden nor withdrawn."""

    PUBLIC = "public"
    BODY = "body"


class CreatedVia(enum.StrEnum):
    """By which door a thing came in."""

    API = "api"
    IMPORT = "import"
    COMMAND_LINE = "command_line"
    DEMONSTRATION = "demonstration"


class Entry(Base):
    """A public thing's one row in the register, written in the same change as its own row and with the same id."""

    __tablename__ = "entry"

    id: Mapped[Identifier]
    kind: Mapped[EntryKind] = choice(EntryKind)
    folio: Mapped[str | None] = mapped_column(unique=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id", use_alter=True), index=True)
    visibility: Mapped[EntryVisibility] = choice(EntryVisibility)
    title: Mapped[LocalizedText]
    search: Mapped[str] = mapped_column(TSVECTOR)
    published_at: Mapped[dt.datetime | None]
    updated_at: Mapped[dt.datetime]
    hidden_at: Mapped[dt.datetime | None]
    withdrawn_at: Mapped[dt.datetime | None]
    created_via: Mapped[CreatedVia] = choice(CreatedVia)
    source_url: Mapped[str | None]
    imported_from: Mapped[str | None] = mapped_column(unique=True)

    __table_args__ = (
        Index("entry_search_index", "search", postgresql_using="gin"),
        Index(
            "entry_public_index",
            "id",
            postgresql_where=text("visibility = 'public' AND hidden_at IS NULL"),
        ),
    )


class FolioCounter(Base):
    """The last number given to a kind of thing of a body in a year. It only ever grows, so no folio is used twice."""

    __tablename__ = "folio_counter"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), primary_key=True)
    kind: Mapped[Code] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
