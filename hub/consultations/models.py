"""Consultations and their time: what is asked of the people by whom, from when until when, and each act about that."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, LargeBinary, Table, UniqueConstraint
from sqlalchemy.orm import relationship

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.text import LocalizedText
from hub.viewer import Assurance


class ConsultationKind(enum.StrEnum):
    """How people are asked."""

    QUESTIONNAIRE = "questionnaire"


class ConsultationState(enum.StrEnum):
    """Where a consultation stands; `open` and `closed` follow from the clock (lifecycles.py)."""

    DRAFT = "draft"
    CHECKED = "checked"
    SCHEDULED = "scheduled"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    IN_ANALYSIS = "in_analysis"
    FINDINGS_PUBLISHED = "findings_published"
    ANSWERED = "answered"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


REPORTED = (ConsultationState.FINDINGS_PUBLISHED, ConsultationState.ANSWERED, ConsultationState.ARCHIVED)
"""The states from the publication of the findings on: what they speak of changes no more."""

AFTERWARDS = (ConsultationState.IN_ANALYSIS, *REPORTED)
"""The states after the closing that people's acts lead to, one after the other."""


class IdentityPolicy(enum.StrEnum):
    """Who may answer."""

    OPEN = "open"
    ACCOUNT = "account"
    VERIFIED = "verified"
    INVITED = "invited"
    IMPORTED = "imported"


class Anonymity(enum.StrEnum):
    """Whether a respondent finds their response again."""

    PSEUDONYMOUS = "pseudonymous"
    ANONYMOUS = "anonymous"


class ResultsPolicy(enum.StrEnum):
    """When the counts of public questions are public."""

    LIVE = "live"
    AFTER_CLOSING = "after_closing"


consultation_territory = Table(
    "consultation_territory",
    Base.metadata,
    Column("consultation_id", ForeignKey("consultation.id"), primary_key=True),
    Column("territory_id", ForeignKey("territory.id"), primary_key=True, index=True),
)


class Consultation(Base):
    """A question put to the people, ordered by a mandate, open during a half-open interval.

    The instants are those of the notice in force. Until `counted_until` (the closing and the grace) a response counts
    by itself; until `late_until` one is still taken and kept, and counts once an analyst has admitted it. After that
    the key of the pseudonyms is destroyed. On `answer_due_on` those who answered are to know what came of it.
    """

    __tablename__ = "consultation"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    mandate_id: Mapped[UUID] = mapped_column(ForeignKey("mandate.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    kind: Mapped[ConsultationKind] = choice(ConsultationKind)
    state: Mapped[ConsultationState] = choice(ConsultationState)
    title: Mapped[LocalizedText]
    purpose: Mapped[LocalizedText]
    scope: Mapped[LocalizedText | None]
    privacy_notice: Mapped[LocalizedText | None]
    notice_hash: Mapped[str | None]
    attribution: Mapped[LocalizedText | None]
    source_language: Mapped[str]
    identity_policy: Mapped[IdentityPolicy] = choice(IdentityPolicy)
    assurance: Mapped[Assurance] = choice(Assurance, default=Assurance.EMAIL, server_default="email")
    anonymity: Mapped[Anonymity] = choice(Anonymity, default=Anonymity.PSEUDONYMOUS, server_default="pseudonymous")
    results_policy: Mapped[ResultsPolicy] = choice(ResultsPolicy)
    responses_each: Mapped[int] = mapped_column(default=1, server_default="1")
    network_limit: Mapped[int | None]
    smallest_cell: Mapped[int] = mapped_column(default=10, server_default="10")
    opens_at: Mapped[dt.datetime]
    opens_local: Mapped[dt.datetime] = mapped_column(DateTime(timezone=False))
    closes_at: Mapped[dt.datetime]
    closes_local: Mapped[dt.datetime] = mapped_column(DateTime(timezone=False))
    zone: Mapped[str]
    grace_seconds: Mapped[int] = mapped_column(default=60, server_default="60")
    late_days: Mapped[int] = mapped_column(default=7, server_default="7")
    counted_until: Mapped[dt.datetime]
    late_until: Mapped[dt.datetime]
    answer_due_on: Mapped[dt.date | None]
    answered_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]

    mandate = relationship("Mandate", lazy="raise")
    body = relationship("Body", lazy="raise")
    organization = relationship("Organization", lazy="raise")
    territories = relationship("Territory", secondary=consultation_territory, lazy="raise")

    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="interval"),
        CheckConstraint("counted_until >= closes_at AND late_until >= counted_until", name="afterwards"),
        CheckConstraint("(body_id IS NULL) <> (organization_id IS NULL)", name="publisher"),
        CheckConstraint("responses_each BETWEEN 1 AND 20", name="responses_each"),
        CheckConstraint("network_limit >= 1", name="network_limit"),
        CheckConstraint("smallest_cell BETWEEN 3 AND 1000", name="smallest_cell"),
        Index(None, "closes_at", "id"),
        Index(None, "opens_at", "id"),
        Index(None, "created_at", "id"),
    )


class NoticeKind(enum.StrEnum):
    """What a notice announces."""

    OPENING = "opening"
    EXTENSION = "extension"
    SHORTENING = "shortening"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    WITHDRAWAL = "withdrawal"


class TimetableNotice(Base):
    """One numbered act about a consultation's time, with its reason. Rows are only ever added (a trigger refuses)."""

    __tablename__ = "timetable_notice"

    id: Mapped[Identifier]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    kind: Mapped[NoticeKind] = choice(NoticeKind)
    opens_at: Mapped[dt.datetime]
    opens_local: Mapped[dt.datetime] = mapped_column(DateTime(timezone=False))
    closes_at: Mapped[dt.datetime]
    closes_local: Mapped[dt.datetime] = mapped_column(DateTime(timezone=False))
    zone: Mapped[str]
    reason: Mapped[LocalizedText | None]
    instrument_id: Mapped[UUID | None] = mapped_column(ForeignKey("instrument.id"), index=True)
    published_at: Mapped[dt.datetime]

    consultation: Mapped[Consultation] = relationship(lazy="raise")
    instrument = relationship("Instrument", lazy="raise")

    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("(kind = 'shortening') = (instrument_id IS NOT NULL)", name="instrument"),
        CheckConstraint("closes_at > opens_at", name="interval"),
        CheckConstraint("kind = 'opening' OR reason IS NOT NULL", name="reason"),
    )


class ConsultationKey(Base):
    """The random key of a consultation's pseudonyms, wrapped by the key file's. Destroying it unlinks them for good."""

    __tablename__ = "consultation_key"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class Invitation(Base):
    """A code that lets whoever holds it answer. Only its SHA-256 is kept: it has 80 random bits."""

    __tablename__ = "invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    batch: Mapped[str]
    issued_on: Mapped[dt.date]


class NetworkCount(Base):
    """How much came from one network on one day, under a keyed digest; kept for that day only.

    Responses are counted apart from `drafts`, which are begun and not sent.
    """

    __tablename__ = "network_count"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    drafts: Mapped[bool] = mapped_column(default=False, server_default="false")
    count: Mapped[int]
