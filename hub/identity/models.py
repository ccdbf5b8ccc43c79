"""Tokens, the clients that hold them, and the roles that were granted."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import relationship
from sqlalchemy.types import Text

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.viewer import Role


class Client(Base):
    """A program of an organisation that queries the hub. Its tokens may do no more than it may itself.

    `contact` is an address of the organisation, for letters about the program. The addresses in `redirect_uris` are
    compared letter by letter; they are kept for the day when a program may act for somebody who lets it.
    """

    __tablename__ = "client"

    id: Mapped[Identifier]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str]
    purpose: Mapped[str]
    contact: Mapped[str | None]
    language: Mapped[str]
    redirect_uris: Mapped[list[str]] = mapped_column(ARRAY(Text))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str | None]

    organization = relationship("Organization", lazy="raise")


class Token(Base):
    """A bearer token of a person or of a client. Only its SHA-256 is kept: it has 256 random bits."""

    __tablename__ = "token"

    id: Mapped[Identifier]
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"), index=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    last_used_at: Mapped[dt.datetime | None]

    __table_args__ = (CheckConstraint("(account_id IS NULL) <> (client_id IS NULL)", name="bearer"),)


class RoleGrant(Base):
    """A role given to an account, on the platform or within one body, from one instant to another.

    It holds in the half-open interval from `valid_from` to `valid_until`; one that was ended says when and why.
    """

    __tablename__ = "role_grant"

    id: Mapped[Identifier]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = choice(Role)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None]
    valid_from: Mapped[dt.datetime]
    valid_until: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    end_reason: Mapped[str | None]

    body = relationship("Body", lazy="raise")

    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="interval"),
        CheckConstraint("role <> 'member'", name="by_grant"),
    )


class VerificationMethod(enum.StrEnum):
    """How it was made sure that an account belongs to one natural person."""

    IN_PERSON = "in_person"
    IDENTITY_PROVIDER = "identity_provider"


class VerificationClaim(Base):
    """That an account belongs to one natural person, known by a keyed token; no document number is kept.

    The token is the same for the same person, whatever account they come by, so one person answers once.
    """

    __tablename__ = "verification_claim"

    id: Mapped[Identifier]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    method: Mapped[VerificationMethod] = choice(VerificationMethod)
    token: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    granted_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]

    __table_args__ = (CheckConstraint("expires_at > granted_at", name="interval"),)
