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
    """A letter to one address. Whom it is for and what it says are encrypted, and gone once it is sent or given up.

    So is the keyed digest of the address, by which somebody's letters are found while they wait.
    """

    __tablename__ = "letter"

    id: Mapped[Identifier]
    kind: Mapped[LetterKind] = choice(LetterKind)
    cause: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    recipient: Mapped[bytes | None] = mapped_column(LargeBinary)
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
        Index("letter_recipient_index", "recipient", postgresql_where=sql("recipient IS NOT NULL")),
        CheckConstraint("(state = 'waiting') = (content IS NOT NULL)", name="content"),
        CheckConstraint("recipient IS NULL OR state = 'waiting'", name="recipient"),
        CheckConstraint("(state = 'waiting') = (finished_at IS NULL)", name="finished"),
    )
