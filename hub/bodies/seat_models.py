"""Seats of bodies, and who sits in them from when to when."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import relationship

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class Post(enum.StrEnum):
    """What whoever sits there does in the body."""

    COORDINATOR = "coordinator"
    SECRETARY = "secretary"
    MEMBER = "member"
    GUEST = "guest"


class Sector(enum.StrEnum):
    """For which part of society a seat is there."""

    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil_society"
    ACADEMIA = "academia"
    PRIVATE = "private"
    CITIZENS = "citizens"


class SeatState(enum.StrEnum):
    """Whether somebody sits there."""

    OPEN = "open"
    FILLED = "filled"
    VACANT = "vacant"
    ABOLISHED = "abolished"


SEAT_LIFE = Lifecycle(
    "seat",
    [
        (BORN, "create", "open"),
        ("open", "fill", "filled"),
        ("filled", "vacate", "vacant"),
        ("vacant", "fill", "filled"),
        ("open", "abolish", "abolished"),
        ("vacant", "abolish", "abolished"),
    ],
)


class Seat(Base):
    """A place in a body: what its holder does there, for which sector, and whether they vote."""

    __tablename__ = "seat"

    id: Mapped[Identifier]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    post: Mapped[Post] = choice(Post)
    title: Mapped[LocalizedText | None]
    sector: Mapped[Sector] = choice(Sector)
    voting: Mapped[bool]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    territory_id: Mapped[UUID | None] = mapped_column(ForeignKey("territory.id"))
    ordinal: Mapped[int]
    state: Mapped[SeatState] = choice(SeatState)
    created_at: Mapped[dt.datetime]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")

    body = relationship("Body", lazy="raise")
    organization = relationship("Organization", lazy="raise")
    territory = relationship("Territory", lazy="raise")

    __table_args__ = (
        Index(None, "body_id", "ordinal", "id"),
        CheckConstraint("ordinal > 0", name="ordinal"),
        CheckConstraint("post <> 'guest' OR NOT voting", name="guests_have_a_voice_and_no_vote"),
    )


class MembershipState(enum.StrEnum):
    """Where a membership stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    ENDED = "ended"


MEMBERSHIP_LIFE = Lifecycle(
    "membership",
    [
        (BORN, "propose", "proposed"),
        (BORN, "seat", "active"),
        ("proposed", "accept", "active"),
        ("proposed", "decline", "ended"),
        ("active", "leave", "on_leave"),
        ("on_leave", "return", "active"),
        ("proposed", "end_membership", "ended"),
        ("active", "end_membership", "ended"),
        ("on_leave", "end_membership", "ended"),
    ],
)


class Gender(enum.StrEnum):
    """What somebody said of their own gender, to be counted in the parity of a body and for nothing else."""

    WOMAN = "woman"
    MAN = "man"
    NONBINARY = "nonbinary"


class Membership(Base):
    """That somebody sits in a seat, or stands in for whoever does, from one instant to another.

    It gives the roles of its seat for as long as it is active: that of a member, and a coordinator's or a secretary's
    where the seat is one. `name` is what they are called in the acts of the body, which are public; `person_id` is
    empty for whoever has no account here, whose presence and votes the secretary records. `reason` says why it stands
    as it does; `gender` is what its holder says, and is read by nobody else but as a figure.
    """

    __tablename__ = "membership"

    id: Mapped[Identifier]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str | None]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    alternate: Mapped[bool]
    state: Mapped[MembershipState] = choice(MembershipState)
    appointed_by_vote_id: Mapped[UUID | None] = mapped_column(ForeignKey("vote_event.id", use_alter=True))
    appointed_by_instrument_id: Mapped[UUID | None] = mapped_column(ForeignKey("instrument.id", use_alter=True))
    valid_from: Mapped[dt.datetime]
    valid_until: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    gender: Mapped[Gender | None] = choice(Gender)
    created_at: Mapped[dt.datetime]

    body = relationship("Body", lazy="raise")
    seat = relationship("Seat", lazy="raise")
    person = relationship("Person", lazy="raise")
    organization = relationship("Organization", lazy="raise")

    __table_args__ = (
        Index(None, "body_id", "valid_from", "id"),
        CheckConstraint("valid_until >= valid_from", name="interval"),
        # One sits in a seat, and one person sits in it once: also where two are seated at the same moment.
        Index(
            "membership_holder_index",
            "seat_id",
            unique=True,
            postgresql_where=sql("state IN ('active', 'on_leave') AND NOT alternate"),
        ),
        Index(
            "membership_once_index",
            "seat_id",
            "person_id",
            unique=True,
            postgresql_where=sql("state IN ('proposed', 'active', 'on_leave')"),
        ),
    )
