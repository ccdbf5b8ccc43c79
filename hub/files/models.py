"""Files, and the public things that they are attached to."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import relationship

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.text import LocalizedText


class StoredFile(Base):
    """Bytes that were taken in, known by their SHA-256. The same bytes lie on the disk once.

    Until `kept_until` they stay whatever happens; after that, as long as something names them. `uploaded_by` is empty
    for what answers a question: the file must not lead to whoever gave it where the answer does not.
    """

    __tablename__ = "stored_file"

    id: Mapped[Identifier]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int]
    media_type: Mapped[str]
    name: Mapped[str]
    uploaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    uploaded_at: Mapped[dt.datetime]
    kept_until: Mapped[dt.datetime] = mapped_column(index=True)

    __table_args__ = (
        Index(None, "sha256"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
    )


class UploadAllowance(Base):
    """How many bytes somebody was given tickets for on a day, under a keyed digest that leads to no file."""

    __tablename__ = "upload_allowance"

    principal: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    size: Mapped[int]


class DocumentSight(enum.StrEnum):
    """Who is given a document."""

    PUBLIC = "public"
    MEMBERS = "members"


class DocumentRole(enum.StrEnum):
    """What a document is to the thing that it is attached to."""

    BACKGROUND = "background"
    CONVOCATION = "convocation"
    MINUTES = "minutes"
    ANNEX = "annex"
    TERMS = "terms"
    REPORT = "report"
    DATASET = "dataset"
    CONTRACT = "contract"
    OTHER = "other"


class Document(Base):
    """A file under a title, attached to a thing of the register or to a part of one.

    `entry_id` is the thing whose visibility it shares; `part_id` the agenda item, the revision or another part that it
    belongs to. One for members is seen by whoever sits in the body. A withdrawn one leaves its title, day and hash.
    """

    __tablename__ = "document"

    id: Mapped[Identifier]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"))
    part_id: Mapped[UUID | None] = mapped_column(index=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    sight: Mapped[DocumentSight] = choice(DocumentSight)
    title: Mapped[LocalizedText]
    role: Mapped[DocumentRole] = choice(DocumentRole)
    licence: Mapped[str | None]
    position: Mapped[int]
    published_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_reason: Mapped[LocalizedText | None]

    file = relationship("StoredFile", lazy="raise")

    __table_args__ = (Index(None, "entry_id", "position", "id"),)
