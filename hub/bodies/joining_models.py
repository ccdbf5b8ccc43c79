"""Requests to join a body, and invitations to it."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import relationship

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle


class JoinKind(enum.StrEnum):
    """Who took the first step."""

    REQUEST = "request"
    INVITATION = "invitation"


class JoinState(enum.StrEnum):
    """What became of it."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


JOIN_LIFE = Lifecycle(
    "join_request",
    [
        (BORN, "ask_to_join", "sent"),
        (BORN, "invite", "sent"),
        ("sent", "accept", "accepted"),
        ("sent", "decline", "declined"),
        ("sent", "take_back", "withdrawn"),
        ("sent", "lapse", "lapsed"),
    ],
)


class JoinRequest(Base):
    """That a person or an organisation wants to join a body, or is wanted there; answered with reasons, or lapsed.

    Of a request the person is who asks, for themself or for an organisation; of an invitation, who is invited, if it is
    no organisation. From `lapses_at` on nobody can answer it, whatever is on record.
    """

    __tablename__ = "join_request"

    id: Mapped[Identifier]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    kind: Mapped[JoinKind] = choice(JoinKind)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seat.id"))
    statement: Mapped[str]
    state: Mapped[JoinState] = choice(JoinState)
    answer: Mapped[str | None]
    sent_at: Mapped[dt.datetime]
    lapses_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]

    body = relationship("Body", lazy="raise")
    person = relationship("Person", lazy="raise")
    organization = relationship("Organization", lazy="raise")
    seat = relationship("Seat", lazy="raise")

    __table_args__ = (
        CheckConstraint("num_nonnulls(person_id, organization_id) > 0", name="of_somebody"),
        CheckConstraint("(kind = 'invitation') <= (seat_id IS NOT NULL)", name="invited_to_a_seat"),
        CheckConstraint("lapses_at > sent_at", name="lapses"),
        Index(
            "join_request_once_index",
            "body_id",
            "kind",
            sql("coalesce(organization_id, person_id)"),
            unique=True,
            postgresql_where=sql("state = 'sent'"),
        ),
    )
