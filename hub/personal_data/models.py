"""What is kept of somebody's wish to have their data, and of those who are gone."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column


class PersonalDataLink(Base):
    """A link to a copy of everything about one person, good once, for a quarter of an hour, and for them alone.

    Of its 256 random bits only the SHA-256 is kept. The copy itself is made when it is fetched, and lies nowhere.
    """

    __tablename__ = "personal_data_link"

    id: Mapped[Identifier]
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    language: Mapped[str]
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    used_at: Mapped[dt.datetime | None]

    __table_args__ = (CheckConstraint("expires_at > made_at", name="interval"),)


class Contributions(enum.StrEnum):
    """What becomes of what somebody said in consultations, when they have themself erased."""

    KEPT_WITHOUT_NAME = "kept_without_name"
    REMOVED = "removed"


class Erasure(Base):
    """That somebody had themself erased: a keyed digest of their account, by which an older backup knows them again."""

    __tablename__ = "erasure"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    contributions: Mapped[Contributions] = choice(Contributions)
    erased_on: Mapped[dt.date]
