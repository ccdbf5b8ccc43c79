"""Agreements between bodies and organisations: who is a party, what each owes, and until when it was prolonged."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import relationship

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class AgreementState(enum.StrEnum):
    """Where an agreement stands."""

    DRAFT = "draft"
    SIGNED = "signed"
    ENDED = "ended"


AGREEMENT_LIFE = Lifecycle(
    "agreement",
    [
        (BORN, "draft_agreement", "draft"),
        ("draft", "sign_agreement", "signed"),
        ("draft", "end_agreement", "ended"),
        ("signed", "end_agreement", "ended"),
    ],
)


class Agreement(Base):
    """What a body agrees with others. It is signed by all its parties, and public from then on.

    Whether it is in force follows from its days and from the clock, and is no state. `body_id` is the party that
    drafted it and keeps its papers. One that was ended before everybody had signed never became public.
    """

    __tablename__ = "agreement"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    state: Mapped[AgreementState] = choice(AgreementState)
    title: Mapped[LocalizedText]
    purpose: Mapped[LocalizedText]
    territory_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    signed_on: Mapped[dt.date | None]
    in_force_from: Mapped[dt.date | None]
    in_force_until: Mapped[dt.date | None]
    end_reason: Mapped[LocalizedText | None]
    ended_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]

    body = relationship("Body", lazy="raise")

    __table_args__ = (
        Index(None, "created_at", "id"),
        CheckConstraint("in_force_until > in_force_from", name="in_force"),
        CheckConstraint("signed_on IS NULL OR in_force_from IS NOT NULL", name="signed"),
        CheckConstraint("state <> 'signed' OR signed_on IS NOT NULL", name="signed_by_all"),
        CheckConstraint(
            "(state = 'ended') = (ended_at IS NOT NULL) AND (ended_at IS NULL) = (end_reason IS NULL)", name="ended"
        ),
    )


class AgreementParty(Base):
    """A body or an organisation that makes an agreement, and who signed for it on which day.

    `recorded` says that it was signed on paper and written down by the officers of the body that keeps the agreement;
    else `person_id` is who signed here. `signatory` is their name, which is public with the agreement.
    """

    __tablename__ = "agreement_party"

    id: Mapped[Identifier]
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    position: Mapped[int]
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    signatory: Mapped[str | None]
    signed_on: Mapped[dt.date | None]
    recorded: Mapped[bool]

    __table_args__ = (
        Index(None, "agreement_id", "position", unique=True),
        CheckConstraint("num_nonnulls(body_id, organization_id) = 1", name="somebody"),
        CheckConstraint("signed_on IS NOT NULL OR num_nonnulls(person_id, signatory) = 0", name="signed"),
    )


class AgreementObligation(Base):
    """One thing that a party promises, or all of them together, and the mandate that carries it out once there is one.

    `party_position` is the place among the parties of whoever owes it.
    """

    __tablename__ = "agreement_obligation"

    id: Mapped[Identifier]
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    position: Mapped[int]
    text: Mapped[LocalizedText]
    party_position: Mapped[int | None]
    due_on: Mapped[dt.date | None]
    mandate_id: Mapped[UUID | None] = mapped_column(ForeignKey("mandate.id"), index=True)

    mandate = relationship("Mandate", lazy="raise")

    __table_args__ = (Index(None, "agreement_id", "position", unique=True),)


class AgreementRenewal(Base):
    """That an agreement was prolonged, from which day to which, and why. Rows are only ever added."""

    __tablename__ = "agreement_renewal"

    id: Mapped[Identifier]
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    former_until: Mapped[dt.date]
    until: Mapped[dt.date | None]
    reason: Mapped[LocalizedText]
    renewed_at: Mapped[dt.datetime]

    __table_args__ = (
        Index(None, "agreement_id", "number", unique=True),
        CheckConstraint("until > former_until", name="longer"),
    )
