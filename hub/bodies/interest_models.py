"""Interests that members of a body have in what it deals with, as they declare them."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import relationship

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle


class InterestKind(enum.StrEnum):
    """What ties a member to somebody or something."""

    NONE = "none"
    EMPLOYMENT = "employment"
    OWNERSHIP = "ownership"
    CONTRACT = "contract"
    POSITION = "position"
    FAMILY = "family"
    OTHER = "other"


class InterestState(enum.StrEnum):
    """Where a declaration stands."""

    DECLARED = "declared"
    REVIEWED = "reviewed"
    SUPERSEDED = "superseded"


INTEREST_LIFE = Lifecycle(
    "interest_declaration",
    [
        (BORN, "declare_interest", "declared"),
        ("declared", "review_interest", "reviewed"),
        ("declared", "supersede_interest", "superseded"),
        ("reviewed", "supersede_interest", "superseded"),
    ],
)

STANDING = (InterestState.DECLARED, InterestState.REVIEWED)
"""The states of what is said now; what was said before stays readable."""


class InterestDeclaration(Base):
    """That a member of a body has an interest, or has none. It never changes: another one takes its place.

    Everybody is told its kind and its `summary`; with which organisation or in which matter it is, since when and what
    was noted at its review, those who sit in the body. Once its member is erased only its kind and its days are left.
    """

    __tablename__ = "interest_declaration"

    id: Mapped[Identifier]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    kind: Mapped[InterestKind] = choice(InterestKind)
    state: Mapped[InterestState] = choice(InterestState)
    summary: Mapped[str | None]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    matter: Mapped[str | None]
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("interest_declaration.id"), unique=True)
    review_note: Mapped[str | None]
    declared_at: Mapped[dt.datetime]
    reviewed_at: Mapped[dt.datetime | None]

    body = relationship("Body", lazy="raise")
    membership = relationship("Membership", lazy="raise")
    organization = relationship("Organization", lazy="raise")
    replaces = relationship("InterestDeclaration", lazy="raise", remote_side="InterestDeclaration.id")

    __table_args__ = (
        CheckConstraint("until >= since", name="interval"),
        CheckConstraint("kind <> 'none' OR num_nonnulls(organization_id, matter, since, until) = 0", name="none"),
        CheckConstraint("(state <> 'reviewed') OR reviewed_at IS NOT NULL", name="reviewed"),
    )
