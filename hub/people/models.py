"""Persons, accounts, organisations and the places that they belong to."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import relationship
from sqlalchemy.types import Text

from hub.database.base import Base, Code, FoldedName, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class TerritoryKind(enum.StrEnum):
    """The level of a place."""

    COUNTRY = "country"
    STATE = "state"
    MUNICIPALITY = "municipality"


class Territory(Base):
    """A place: the country, a state or a municipality, with INEGI's code (text: leading zeros matter)."""

    __tablename__ = "territory"

    id: Mapped[Identifier]
    kind: Mapped[TerritoryKind] = choice(TerritoryKind)
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[str]
    folded_name: Mapped[FoldedName]
    abbreviation: Mapped[str | None]
    former_names: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("territory.id"))
    population: Mapped[int | None]
    catalogue: Mapped[str]

    parent: Mapped[Territory | None] = relationship(lazy="raise", remote_side="Territory.id")

    __table_args__ = (
        Index(None, "parent_id", "folded_name", "id"),
        Index(None, "folded_name", "id"),
        CheckConstraint("population >= 0", name="population"),
    )


class Person(Base):
    """Somebody. The display name is shown only where the profile is public."""

    __tablename__ = "person"

    id: Mapped[Identifier]
    display_name: Mapped[str]
    public_profile: Mapped[bool] = mapped_column(default=False)
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    created_on: Mapped[dt.date]


class AccountState(enum.StrEnum):
    """Whether an account may be used."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Account(Base):
    """A person's way in."""

    __tablename__ = "account"

    id: Mapped[Identifier]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    state: Mapped[AccountState] = choice(AccountState)
    locale: Mapped[str]
    zone: Mapped[str]

    person: Mapped[Person] = relationship(lazy="raise")

    # Those who are gone and not forgotten yet are looked for every few seconds.
    __table_args__ = (Index("account_closed_index", "id", postgresql_where=sql("state = 'closed'")),)


class GovernmentLevel(enum.StrEnum):
    """Order of government."""

    FEDERAL = "federal"
    STATE = "state"
    MUNICIPAL = "municipal"
    INTERNATIONAL = "international"


class Branch(enum.StrEnum):
    """Branch of power."""

    EXECUTIVE = "executive"
    LEGISLATIVE = "legislative"
    JUDICIAL = "judicial"
    AUTONOMOUS = "autonomous"


class OrganizationKind(enum.StrEnum):
    """What an organisation is towards the transparency system."""

    AUTHORITY = "authority"
    GUARANTOR = "guarantor"
    OBLIGATED_SUBJECT = "obligated_subject"
    CIVIL_SOCIETY = "civil_society"
    ACADEMIA = "academia"
    PRIVATE = "private"
    INTERNATIONAL = "international"
    MEDIA = "media"


class OrganizationState(enum.StrEnum):
    """Whether somebody checked that the organisation is what it says."""

    PROPOSED = "proposed"
    VERIFIED = "verified"
    INACTIVE = "inactive"


class Organization(Base):
    """An organisation of any kind. Its names are dated and live in `dated_name`."""

    __tablename__ = "organization"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    kind: Mapped[OrganizationKind] = choice(OrganizationKind)
    level: Mapped[GovernmentLevel | None] = choice(GovernmentLevel)
    branch: Mapped[Branch | None] = choice(Branch)
    state: Mapped[OrganizationState] = choice(OrganizationState)
    territory_id: Mapped[UUID | None] = mapped_column(ForeignKey("territory.id"), index=True)
    predecessor_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    website: Mapped[str | None]
    folded_name: Mapped[FoldedName]

    territory: Mapped[Territory | None] = relationship(lazy="raise")
    predecessor: Mapped[Organization | None] = relationship(lazy="raise", remote_side="Organization.id")

    __table_args__ = (Index(None, "folded_name", "id"),)


class DatedName(Base):
    """What a body or an organisation is called, from one day to another (half-open; no end: still)."""

    __tablename__ = "dated_name"

    id: Mapped[Identifier]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"))
    name: Mapped[LocalizedText]
    acronym: Mapped[str | None]
    valid_from: Mapped[dt.date]
    valid_until: Mapped[dt.date | None]

    __table_args__ = (
        Index(None, "entry_id", "valid_from", unique=True),
        CheckConstraint("valid_until > valid_from", name="interval"),
    )


class Power(enum.StrEnum):
    """What a representative may do in the name of an organisation."""

    ANSWER = "answer"
    VOTE = "vote"
    PUBLISH = "publish"


class RepresentationState(enum.StrEnum):
    """Whether somebody may speak for an organisation."""

    PENDING = "pending"
    VALID = "valid"
    ENDED = "ended"


REPRESENTATION_LIFE = Lifecycle(
    "representation",
    [
        (BORN, "ask", "pending"),
        ("pending", "grant", "valid"),
        ("pending", "deny", "ended"),
        ("pending", "end", "ended"),
        ("valid", "end", "ended"),
    ],
)


class Representation(Base):
    """That a person speaks for an organisation: asked for with evidence, granted or refused, ended.

    It is valid in the half-open interval from `valid_from` to `valid_until` (no end: still).
    """

    __tablename__ = "representation"

    id: Mapped[Identifier]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    powers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    state: Mapped[RepresentationState] = choice(RepresentationState)
    evidence: Mapped[str]
    decision_reason: Mapped[str | None]
    asked_at: Mapped[dt.datetime]
    valid_from: Mapped[dt.datetime | None]
    valid_until: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
    organization: Mapped[Organization] = relationship(lazy="raise")

    __table_args__ = (
        Index(
            "representation_one_each",
            "person_id",
            "organization_id",
            unique=True,
            postgresql_where=sql("state IN ('pending', 'valid')"),
        ),
        CheckConstraint("valid_until >= valid_from", name="interval"),
    )
