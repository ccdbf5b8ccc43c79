"""Tokens, the clients that hold them, and the roles that were granted."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.viewer import Role


class Client(Base):
    """A program of an organisation that queries the hub."""

    __tablename__ = "client"

    id: Mapped[Identifier]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    name: Mapped[str]
    purpose: Mapped[str]


class Token(Base):
    """A bearer token of a person or of a client. Only its SHA-256 is kept: it has 256 random bits."""

    __tablename__ = "token"

    id: Mapped[Identifier]
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"))
    name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    last_used_at: Mapped[dt.datetime | None]

    __table_args__ = (CheckConstraint("(account_id IS NULL) <> (client_id IS NULL)", name="bearer"),)


class RoleGrant(Base):
    """A role given to an account, on the platform or within one body, from one instant to another."""

    __tablename__ = "role_grant"

    id: Mapped[Identifier]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = choice(Role)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    valid_from: Mapped[dt.datetime]
    valid_until: Mapped[dt.datetime | None]


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
