"""Consultations, their questionnaires, the responses to them and what is counted of those."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Table,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import relationship

from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column
from hub.text import LocalizedText


class ConsultationKind(enum.StrEnum):
    """How people are asked."""

    QUESTIONNAIRE = "questionnaire"


class ConsultationState(enum.StrEnum):
    """Where a consultation stands; `open` and `closed` follow from the clock (lifecycles.py)."""

    DRAFT = "draft"
    CHECKED = "checked"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


class IdentityPolicy(enum.StrEnum):
    """Who may answer."""

    ACCOUNT = "account"
    IMPORTED = "imported"


class ResultsPolicy(enum.StrEnum):
    """When the counts are public."""

    LIVE = "live"
    AFTER_CLOSING = "after_closing"


consultation_territory = Table(
    "consultation_territory",
    Base.metadata,
    Column("consultation_id", ForeignKey("consultation.id"), primary_key=True),
    Column("territory_id", ForeignKey("territory.id"), primary_key=True, index=True),
)


class Consultation(Base):
    """A question put to the people, ordered by a mandate, open during a half-open interval."""

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
    attribution: Mapped[LocalizedText | None]
    source_language: Mapped[str]
    identity_policy: Mapped[IdentityPolicy] = choice(IdentityPolicy)
    results_policy: Mapped[ResultsPolicy] = choice(ResultsPolicy)
    opens_at: Mapped[dt.datetime]
    opens_local: Mapped[dt.datetime] = mapped_column(DateTime(timezone=False))
    closes_at: Mapped[dt.datetime]
    closes_local: Mapped[dt.datetime] = mapped_column(DateTime(timezone=False))
    zone: Mapped[str]
    created_at: Mapped[dt.datetime]

    mandate = relationship("Mandate", lazy="raise")
    body = relationship("Body", lazy="raise")
    organization = relationship("Organization", lazy="raise")
    territories = relationship("Territory", secondary=consultation_territory, lazy="raise")
    revisions: Mapped[list[QuestionnaireRevision]] = relationship(lazy="raise", back_populates="consultation")

    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="interval"),
        CheckConstraint("(body_id IS NULL) <> (organization_id IS NULL)", name="publisher"),
        Index(None, "closes_at", "id"),
        Index(None, "opens_at", "id"),
        Index(None, "created_at", "id"),
    )


class ConsultationKey(Base):
    """The random key of a consultation's pseudonyms, wrapped by the key file's. Destroying it unlinks them for good."""

    __tablename__ = "consultation_key"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class RevisionClass(enum.StrEnum):
    """Why a revision was made."""

    INITIAL = "initial"


class RevisionState(enum.StrEnum):
    """Whether a revision may still change."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class QuestionnaireRevision(Base):
    """One numbered wording of a questionnaire. Once published it never changes (a trigger refuses it)."""

    __tablename__ = "questionnaire_revision"

    id: Mapped[Identifier]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    revision_class: Mapped[RevisionClass] = choice(RevisionClass)
    state: Mapped[RevisionState] = choice(RevisionState)
    content_hash: Mapped[str | None]
    published_at: Mapped[dt.datetime | None]

    consultation: Mapped[Consultation] = relationship(lazy="raise", back_populates="revisions")
    sections: Mapped[list[Section]] = relationship(lazy="raise", order_by="Section.position")
    questions: Mapped[list[Question]] = relationship(
        lazy="raise", order_by="Question.position", foreign_keys="Question.revision_id"
    )

    __table_args__ = (UniqueConstraint("consultation_id", "number"),)


class Section(Base):
    """A part of a questionnaire, with its own heading."""

    __tablename__ = "section"

    id: Mapped[Identifier]
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_revision.id"))
    position: Mapped[int]
    title: Mapped[LocalizedText]
    introduction: Mapped[LocalizedText | None]

    __table_args__ = (UniqueConstraint("revision_id", "position"), UniqueConstraint("revision_id", "id"))


class QuestionKind(enum.StrEnum):
    """How a question is answered."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TEXT = "text"


class SourceModeration(enum.StrEnum):
    """What the platform that a question was imported from had decided about it."""

    ACCEPTED = "accepted"
    UNREVIEWED = "unreviewed"
    REJECTED = "rejected"


class Question(Base):
    """A question. The same question across revisions has the same lineage, which is what results are counted by."""

    __tablename__ = "question"

    id: Mapped[Identifier]
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_revision.id"))
    section_id: Mapped[UUID]
    lineage_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]
    code: Mapped[Code]
    kind: Mapped[QuestionKind] = choice(QuestionKind)
    title: Mapped[LocalizedText]
    hint: Mapped[LocalizedText | None]
    required: Mapped[bool]
    max_length: Mapped[int | None]
    min_choices: Mapped[int | None]
    max_choices: Mapped[int | None]
    source_moderation: Mapped[SourceModeration | None] = choice(SourceModeration)

    options: Mapped[list[Option]] = relationship(lazy="raise", order_by="Option.position")

    __table_args__ = (
        UniqueConstraint("revision_id", "position"),
        UniqueConstraint("revision_id", "code"),
        UniqueConstraint("revision_id", "lineage_id"),
        ForeignKeyConstraint(["revision_id", "section_id"], ["section.revision_id", "section.id"]),
        Index(None, "section_id", "position"),
        CheckConstraint("max_length BETWEEN 1 AND 20000", name="max_length"),
        CheckConstraint("min_choices >= 0 AND max_choices >= min_choices", name="choices"),
        CheckConstraint("code ~ '^[a-z0-9][a-z0-9_-]{0,63}$'", name="code"),
    )


class Option(Base):
    """One of the answers that a choice offers, under a code that never changes."""

    __tablename__ = "option"

    id: Mapped[Identifier]
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"))
    position: Mapped[int]
    code: Mapped[Code]
    label: Mapped[LocalizedText]

    __table_args__ = (
        UniqueConstraint("question_id", "position"),
        UniqueConstraint("question_id", "code"),
        CheckConstraint("code ~ '^[a-z0-9][a-z0-9_-]{0,63}$'", name="code"),
    )


class Participation(Base):
    """That somebody takes part in a consultation, under a keyed pseudonym. The constraint is the guard: once each."""

    __tablename__ = "participation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    pseudonym: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("consultation_id", "pseudonym"), Index(None, "pseudonym"))


class ResponseState(enum.StrEnum):
    """Whether a response counts."""

    ACCEPTED = "accepted"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class RespondentKind(enum.StrEnum):
    """In what capacity somebody answers."""

    INDIVIDUAL = "individual"
    ANONYMOUS = "anonymous"


class Channel(enum.StrEnum):
    """By which way a response came in."""

    API = "api"
    IMPORT = "import"
    DEMONSTRATION = "demonstration"


class ConsentLevel(enum.StrEnum):
    """How a respondent lets their answers be published."""

    WITHOUT_NAME = "without_name"
    NOT_PUBLISHED = "not_published"


class Response(Base):
    """One person's answers at one time. Changing them makes a new response that replaces this one."""

    __tablename__ = "response"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_revision.id"))
    participation_id: Mapped[UUID | None] = mapped_column(ForeignKey("participation.id"))
    state: Mapped[ResponseState] = choice(ResponseState)
    respondent_kind: Mapped[RespondentKind] = choice(RespondentKind)
    channel: Mapped[Channel] = choice(Channel)
    consent: Mapped[ConsentLevel] = choice(ConsentLevel)
    language: Mapped[str]
    received_at: Mapped[dt.datetime]
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    content_hash: Mapped[str]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("response.id"), unique=True)
    imported_from: Mapped[str | None] = mapped_column(unique=True)

    consultation: Mapped[Consultation] = relationship(lazy="raise")
    revision: Mapped[QuestionnaireRevision] = relationship(lazy="raise")
    answers: Mapped[list[Answer]] = relationship(lazy="raise")

    __table_args__ = (
        Index("response_one_each", "participation_id", unique=True, postgresql_where=sql("state = 'accepted'")),
        Index("response_participation_index", "participation_id"),
        # Whoever is signed in sees published responses and their own: only indexes over all of them serve both.
        Index(None, "consultation_id", "received_at", "id"),
        Index(None, "received_at", "id"),
        Index("response_counted_index", "consultation_id", postgresql_where=sql("state = 'accepted'")),
    )


class Answer(Base):
    """What a response says to one question. `counted` follows the response's state, so that counts need no join."""

    __tablename__ = "answer"

    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id"), primary_key=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"), primary_key=True)
    lineage_id: Mapped[UUID]
    text: Mapped[str | None]
    counted: Mapped[bool] = mapped_column(default=True)

    question: Mapped[Question] = relationship(lazy="raise")
    choices: Mapped[list[AnswerChoice]] = relationship(lazy="raise", order_by="AnswerChoice.option_code")

    __table_args__ = (Index("answer_counted_index", "lineage_id", postgresql_where=sql("counted")),)


class AnswerChoice(Base):
    """One option that was chosen."""

    __tablename__ = "answer_choice"

    response_id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[UUID] = mapped_column(primary_key=True)
    option_code: Mapped[Code] = mapped_column(primary_key=True)
    lineage_id: Mapped[UUID]
    counted: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        ForeignKeyConstraint(["response_id", "question_id"], ["answer.response_id", "answer.question_id"]),
        ForeignKeyConstraint(["question_id", "option_code"], ["option.question_id", "option.code"]),
        Index("answer_choice_counted_index", "lineage_id", "option_code", postgresql_where=sql("counted")),
    )


class Receipt(Base):
    """What a respondent holds: a code that tells whether their response counts, and the hash of what they said."""

    __tablename__ = "receipt"

    code: Mapped[str] = mapped_column(primary_key=True)
    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id"), unique=True)
    content_hash: Mapped[str]
    issued_at: Mapped[dt.datetime]

    response: Mapped[Response] = relationship(lazy="raise")
