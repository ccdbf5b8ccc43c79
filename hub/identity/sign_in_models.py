"""Signing in: the addresses of accounts, the codes that were sent to them, and the sign-ins that came of it."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.viewer import Assurance


class MailAddress(Base):
    """The mail address of an account: found by a keyed digest, encrypted, and erased by removing this one row."""

    __tablename__ = "mail_address"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    verified_at: Mapped[dt.datetime]


class SignInRequest(Base):
    """That somebody asked to sign in; it is dropped soon after its time.

    Whoever has both the secret, which was told to them, and the code, which was sent to the address, gets in. One that
    names a sign-in is worth nothing but that whoever is here by it shows again who they are.
    """

    __tablename__ = "sign_in_request"

    id: Mapped[Identifier]
    address_digest: Mapped[bytes] = mapped_column(LargeBinary)
    address: Mapped[bytes] = mapped_column(LargeBinary)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary)
    secret_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    language: Mapped[str]
    tries: Mapped[int]
    asked_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    used_at: Mapped[dt.datetime | None]
    sign_in_id: Mapped[UUID | None] = mapped_column(ForeignKey("sign_in.id", ondelete="CASCADE"))


class SignInCount(Base):
    """How often something was asked for in one span of the clock: codes to an address, from a network, by everybody."""

    __tablename__ = "sign_in_count"

    hour: Mapped[dt.datetime] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    count: Mapped[int]


class SignInMethod(enum.StrEnum):
    """How somebody showed that they are who they were before."""

    MAIL = "mail"
    PROVIDER = "provider"


class SignIn(Base):
    """That somebody is signed in, in one browser or program. Of its token only the SHA-256 is kept."""

    __tablename__ = "sign_in"

    id: Mapped[Identifier]
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    method: Mapped[SignInMethod] = choice(SignInMethod)
    assurance: Mapped[Assurance] = choice(Assurance, default=Assurance.EMAIL, server_default="email")
    provider: Mapped[str | None]
    acr: Mapped[str | None]
    subject_digest: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    session_digest: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    signed_in_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    """When they showed again who they are, since then."""
    last_used_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = (CheckConstraint("expires_at > signed_in_at", name="interval"),)
