"""Signing in by an identity provider: whose account a subject there opens, and what was proven a moment ago.

What a provider calls somebody, and its session with them, are kept as keyed digests: enough to know them again, and
nothing that could be read by whoever has the database alone.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.viewer import Assurance


class LinkedIdentity(Base):
    """That one subject of one issuer opens an account. It is known by these two, and never by a mail address."""

    __tablename__ = "linked_identity"

    id: Mapped[Identifier]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    provider: Mapped[str]
    issuer: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    linked_at: Mapped[dt.datetime]


class ProvenSignIn(Base):
    """What a provider has said of somebody who is on the way back; good for minutes, once, in the browser that began.

    Of the natural person there is the keyed token alone that stands for them, and an address is encrypted.
    """

    __tablename__ = "proven_sign_in"

    id: Mapped[Identifier]
    code_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    provider: Mapped[str]
    issuer: Mapped[str]
    subject_digest: Mapped[bytes] = mapped_column(LargeBinary)
    session_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    assurance: Mapped[Assurance] = choice(Assurance)
    acr: Mapped[str | None]
    person_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    days: Mapped[int]
    address_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str]
    proven_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    used_at: Mapped[dt.datetime | None]

    __table_args__ = (CheckConstraint("(address_digest IS NULL) = (address IS NULL)", name="address"),)


class LogoutTokenTaken(Base):
    """That a provider's logout token was taken, so that it is not taken again while it would still be believed."""

    __tablename__ = "logout_token_taken"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    forgotten_at: Mapped[dt.datetime] = mapped_column(index=True)
