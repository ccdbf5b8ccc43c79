"""The outbox: every letter stands here from the transaction of its cause on."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy import text as sql

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column


class LetterKind(enum.StrEnum):
    """What a letter is about. Its words are in the catalogue under this name."""

    SIGN_IN = "sign_in"
    EXPIRY = "expiry"
    REAUTHENTICATION = "reauthentication"
    ERASURE = "erasure"


class LetterState(enum.StrEnum):
    """What has become of a letter."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


class Letter(Base):
    """A letter to one address. Whom it is for and what it says are encrypted, and gone once it is sent or given up."""

    __tablename__ = "letter"

    id: Mapped[Identifier]
    kind: Mapped[LetterKind] = choice(LetterKind)
    cause: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[LetterState] = choice(LetterState)
    attempts: Mapped[int]
    unsure: Mapped[bool]
    last_reply: Mapped[int | None]
    written_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    good_until: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]

    __table_args__ = (
        Index("letter_due_index", "due_at", postgresql_where=sql("state = 'waiting'")),
        CheckConstraint("(state = 'waiting') = (content IS NOT NULL)", name="content"),
        CheckConstraint("(state = 'waiting') = (finished_at IS NULL)", name="finished"),
    )
