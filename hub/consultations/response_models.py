"""Responses: who takes part under which pseudonym, what they said, how it may be published, what they hold for it."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, Numeric, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import relationship

from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import Question, QuestionnaireRevision
from hub.database.base import Base, Code, Mapped, choice, mapped_column
from hub.text import LocalizedText

IN_FORCE = "state IN ('accepted', 'held')"


class Participation(Base):
    """That somebody takes part in a consultation, under a keyed pseudonym. The constraint is the guard.

    Where a consultation takes several responses of each, every one has a participation of its own, by its ordinal.
    """

    __tablename__ = "participation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    pseudonym: Mapped[bytes] = mapped_column(LargeBinary)
    ordinal: Mapped[int] = mapped_column(default=1, server_default="1")

    __table_args__ = (UniqueConstraint("consultation_id", "pseudonym", "ordinal"), Index(None, "pseudonym"))


class ResponseState(enum.StrEnum):
    """Whether a response counts."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


IN_FORCE_STATES = (ResponseState.ACCEPTED, ResponseState.HELD)
"""The states in which a response takes its respondent's place; the index `response_one_each` is over the same."""


class Timeliness(enum.StrEnum):
    """How a response came in towards the closing."""

    ON_TIME = "on_time"
    GRACE = "grace"
    LATE = "late"


class RespondentKind(enum.StrEnum):
    """In what capacity somebody answers."""

    INDIVIDUAL = "individual"
    ORGANIZATION = "organization"
    PUBLIC_BODY = "public_body"
    ANONYMOUS = "anonymous"


class Channel(enum.StrEnum):
    """By which way a response came in."""

    WEB = "web"
    API = "api"
    EMAIL = "email"
    PAPER = "paper"
    HEARING = "hearing"
    ASSISTED = "assisted"
    IMPORT = "import"
    DEMONSTRATION = "demonstration"


class ConsentLevel(enum.StrEnum):
    """How a respondent lets their answers be published."""

    WITH_NAME = "with_name"
    ORGANIZATION_NAME = "organization_name"
    WITHOUT_NAME = "without_name"
    NOT_PUBLISHED = "not_published"


class Response(Base):
    """One respondent's answers at one time. Changing them makes a new response that replaces this one.

    Of an anonymous one only the day is kept, and nothing leads to whoever gave it.
    """

    __tablename__ = "response"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_revision.id"))
    participation_id: Mapped[UUID | None] = mapped_column(ForeignKey("participation.id"))
    state: Mapped[ResponseState] = choice(ResponseState)
    timeliness: Mapped[Timeliness] = choice(Timeliness, default=Timeliness.ON_TIME, server_default="on_time")
    respondent_kind: Mapped[RespondentKind] = choice(RespondentKind)
    respondent_name: Mapped[str | None]
    named_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whose name that is, for as long as it is shown: by it the name is found again when the pseudonym is not."""
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    territory_id: Mapped[UUID | None] = mapped_column(ForeignKey("territory.id"))
    channel: Mapped[Channel] = choice(Channel)
    consent: Mapped[ConsentLevel] = choice(ConsentLevel)
    language: Mapped[str]
    received_at: Mapped[dt.datetime]
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    content_hash: Mapped[str]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("response.id"), unique=True)
    decision_reason: Mapped[LocalizedText | None]
    similar_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("response.id"))
    imported_from: Mapped[str | None] = mapped_column(unique=True)

    consultation: Mapped[Consultation] = relationship(lazy="raise")
    revision: Mapped[QuestionnaireRevision] = relationship(lazy="raise")
    organization = relationship("Organization", lazy="raise")
    territory = relationship("Territory", lazy="raise")
    answers: Mapped[list[Answer]] = relationship(lazy="raise")

    __table_args__ = (
        # One that is held counts as soon as it is admitted, so it takes the same place.
        Index("response_one_each", "participation_id", unique=True, postgresql_where=sql(IN_FORCE)),
        Index("response_participation_index", "participation_id"),
        # Whoever is signed in sees published responses and their own: only indexes over all of them serve both.
        Index(None, "consultation_id", "received_at", "id"),
        Index(None, "received_at", "id"),
        Index("response_counted_index", "consultation_id", postgresql_where=sql("state = 'accepted'")),
        # Few are held, and those are looked for among all.
        Index("response_held_index", "consultation_id", "received_at", "id", postgresql_where=sql("state = 'held'")),
        CheckConstraint("respondent_name IS NULL OR consent = 'with_name'", name="name"),
        CheckConstraint("named_person_id IS NULL OR respondent_name IS NOT NULL", name="named_person"),
        Index("response_named_index", "named_person_id", postgresql_where=sql("named_person_id IS NOT NULL")),
    )


class Answer(Base):
    """What a response says to one question.

    `counted` follows the response's state, so that counts need no join. `published` tells whether the respondent's
    consent and the question's sensitivity let this answer be read by everybody, once the response may be. A file
    belongs to one answer: one of a response that was changed or withdrawn has none any more.
    """

    __tablename__ = "answer"

    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id"), primary_key=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"), primary_key=True)
    lineage_id: Mapped[UUID]
    text: Mapped[str | None]
    number: Mapped[Decimal | None] = mapped_column(Numeric(15, 6))
    day: Mapped[dt.date | None]
    territory_id: Mapped[UUID | None] = mapped_column(ForeignKey("territory.id"))
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    agreed: Mapped[bool | None]
    consent: Mapped[ConsentLevel | None] = choice(ConsentLevel, name="answerconsent")
    counted: Mapped[bool] = mapped_column(default=True)
    published: Mapped[bool] = mapped_column(default=True, server_default="true")

    question: Mapped[Question] = relationship(lazy="raise")
    territory = relationship("Territory", lazy="raise")
    choices: Mapped[list[AnswerChoice]] = relationship(lazy="raise", order_by="AnswerChoice.option_code")

    __table_args__ = (Index("answer_counted_index", "lineage_id", postgresql_where=sql("counted")),)


class AnswerChoice(Base):
    """One option that was chosen: in a matrix for one of its rows, in a ranking at a place from 1."""

    __tablename__ = "answer_choice"

    response_id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[UUID] = mapped_column(primary_key=True)
    row_code: Mapped[Code] = mapped_column(primary_key=True, default="", server_default="")
    option_code: Mapped[Code] = mapped_column(primary_key=True)
    lineage_id: Mapped[UUID]
    place: Mapped[int | None]
    counted: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        ForeignKeyConstraint(["response_id", "question_id"], ["answer.response_id", "answer.question_id"]),
        ForeignKeyConstraint(["question_id", "option_code"], ["option.question_id", "option.code"]),
        Index("answer_choice_counted_index", "lineage_id", "option_code", postgresql_where=sql("counted")),
    )


class PublicationConsent(Base):
    """How a respondent let a response, or one of its answers, be published, with the exact notice that they were shown.

    Rows are only ever added; the newest one holds.
    """

    __tablename__ = "publication_consent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id"), index=True)
    question_id: Mapped[UUID | None] = mapped_column(ForeignKey("question.id"))
    level: Mapped[ConsentLevel] = choice(ConsentLevel)
    notice_hash: Mapped[str]
    given_at: Mapped[dt.datetime]


class Receipt(Base):
    """What a respondent holds: a code that tells whether their response counts, and the hash of what they said."""

    __tablename__ = "receipt"

    code: Mapped[str] = mapped_column(primary_key=True)
    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id"), unique=True)
    content_hash: Mapped[str]
    issued_at: Mapped[dt.datetime]

    response: Mapped[Response] = relationship(lazy="raise")


class DraftState(enum.StrEnum):
    """What became of a response that somebody began."""

    ACTIVE = "active"
    EXPIRED = "expired"
    DISCARDED = "discarded"


class ResponseDraft(Base):
    """A response that somebody began and has not sent: held by a pseudonym, or by whoever knows code and secret.

    It expires a while after it was saved last (`expires_at`), or when no more responses are taken, if that comes first.
    One that was sent leaves no row behind. Of one that expired or was discarded only that it existed is left, so that
    the rate of completion can be told.
    """

    __tablename__ = "response_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_revision.id"))
    pseudonym: Mapped[bytes | None] = mapped_column(LargeBinary)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    code: Mapped[str | None] = mapped_column(unique=True)
    secret_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[DraftState] = choice(DraftState)
    edition: Mapped[int]
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    last_section: Mapped[int | None]
    language: Mapped[str | None]
    saved_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]

    consultation: Mapped[Consultation] = relationship(lazy="raise")
    revision: Mapped[QuestionnaireRevision] = relationship(lazy="raise")
    organization = relationship("Organization", lazy="raise")

    __table_args__ = (
        Index("response_draft_one_each", "consultation_id", "pseudonym", unique=True),
        Index("response_draft_expiry_index", "expires_at", postgresql_where=sql("state = 'active'")),
    )


class TextFingerprint(Base):
    """One band of the fingerprint of a response's words: two that share a band may be nearly the same text."""

    __tablename__ = "text_fingerprint"

    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id"), primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID]
    bits: Mapped[int]

    __table_args__ = (Index(None, "consultation_id", "band", "bits"),)
