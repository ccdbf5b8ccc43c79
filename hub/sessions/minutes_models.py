"""The minutes of a session: wordings, observations, signatures, addenda. And what somebody was asked to do there."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import relationship

from hub.database.base import Base, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class MinutesState(enum.StrEnum):
    """Where the minutes of a session stand."""

    DRAFT = "draft"
    CIRCULATED = "circulated"
    WITH_OBSERVATIONS = "with_observations"
    APPROVED = "approved"
    SIGNED = "signed"
    PUBLISHED = "published"


MINUTES_LIFE = Lifecycle(
    "minutes",
    [
        (BORN, "draft_minutes", "draft"),
        ("draft", "circulate_minutes", "circulated"),
        ("circulated", "observe", "with_observations"),
        ("with_observations", "circulate_minutes", "circulated"),
        ("circulated", "approve_minutes", "approved"),
        ("with_observations", "approve_minutes", "approved"),
        ("approved", "sign_minutes", "signed"),
        ("signed", "publish_minutes", "published"),
    ],
)


class Minutes(Base):
    """The record of a session (acta). What was approved never changes; `content_hash` is that of its text."""

    __tablename__ = "minutes"

    id: Mapped[Identifier]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), unique=True)
    state: Mapped[MinutesState] = choice(MinutesState)
    content_hash: Mapped[str | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("vote_event.id"), index=True)
    created_at: Mapped[dt.datetime]
    circulated_at: Mapped[dt.datetime | None]
    observations_until: Mapped[dt.datetime | None]
    approved_at: Mapped[dt.datetime | None]
    published_at: Mapped[dt.datetime | None]

    session = relationship("Session", lazy="raise")
    approved_by = relationship("VoteEvent", lazy="raise", foreign_keys="Minutes.approved_by_id")

    __table_args__ = (
        CheckConstraint("(content_hash IS NOT NULL) = (state IN ('approved', 'signed', 'published'))", name="approved"),
    )


class MinutesRevision(Base):
    """One wording of the minutes. It never changes: whoever writes them anew makes another one."""

    __tablename__ = "minutes_revision"

    id: Mapped[Identifier]
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"))
    number: Mapped[int]
    text: Mapped[LocalizedText]
    content_hash: Mapped[str]
    created_at: Mapped[dt.datetime]

    minutes = relationship("Minutes", lazy="raise")

    __table_args__ = (Index(None, "minutes_id", "number", unique=True),)


class ObservationState(enum.StrEnum):
    """What became of an observation."""

    MADE = "made"
    TAKEN_UP = "taken_up"
    NOT_TAKEN_UP = "not_taken_up"


OBSERVATION_LIFE = Lifecycle(
    "observation",
    [
        (BORN, "make_observation", "made"),
        ("made", "take_up", "taken_up"),
        ("made", "set_aside", "not_taken_up"),
    ],
)


class Observation(Base):
    """What a member finds wrong with circulated minutes, and whether it was taken up, with the reason."""

    __tablename__ = "observation"

    id: Mapped[Identifier]
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    revision_number: Mapped[int]
    text: Mapped[LocalizedText]
    state: Mapped[ObservationState] = choice(ObservationState)
    answer: Mapped[LocalizedText | None]
    made_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]

    minutes = relationship("Minutes", lazy="raise")
    membership = relationship("Membership", lazy="raise")

    __table_args__ = (
        Index(None, "minutes_id", "made_at", "id"),
        CheckConstraint("(state = 'made') = (answer IS NULL)", name="answered"),
    )


class SigningPost(enum.StrEnum):
    """As what somebody signs."""

    COORDINATOR = "coordinator"
    SECRETARY = "secretary"
    MEMBER = "member"


class MinutesSignature(Base):
    """That a named person signed the approved minutes: their recorded act over the hash of the text."""

    __tablename__ = "minutes_signature"

    id: Mapped[Identifier]
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    post: Mapped[SigningPost] = choice(SigningPost)
    content_hash: Mapped[str]
    signed_at: Mapped[dt.datetime]

    minutes = relationship("Minutes", lazy="raise")
    membership = relationship("Membership", lazy="raise")

    __table_args__ = (Index(None, "minutes_id", "membership_id", unique=True),)


class MinutesAddendum(Base):
    """What was added to published minutes, numbered and dated; the minutes themselves stay as they are."""

    __tablename__ = "minutes_addendum"

    id: Mapped[Identifier]
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"))
    number: Mapped[int]
    text: Mapped[LocalizedText]
    content_hash: Mapped[str]
    added_at: Mapped[dt.datetime]

    minutes = relationship("Minutes", lazy="raise")

    __table_args__ = (Index(None, "minutes_id", "number", unique=True),)


class ActionItemState(enum.StrEnum):
    """Where a task stands; that it is late follows from the day."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


ACTION_ITEM_LIFE = Lifecycle(
    "action_item",
    [
        (BORN, "assign", "open"),
        ("open", "finish", "done"),
        ("open", "drop", "dropped"),
    ],
)


class ActionItem(Base):
    """What a session asked somebody to do: a member of the body or an organisation, by a day, with the evidence."""

    __tablename__ = "action_item"

    id: Mapped[Identifier]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"))
    agenda_item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    number: Mapped[int]
    task: Mapped[LocalizedText]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    due_on: Mapped[dt.date | None]
    state: Mapped[ActionItemState] = choice(ActionItemState)
    evidence: Mapped[LocalizedText | None]
    drop_reason: Mapped[LocalizedText | None]
    created_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]

    session = relationship("Session", lazy="raise")
    agenda_item = relationship("AgendaItem", lazy="raise")
    owner = relationship("Membership", lazy="raise")
    organization = relationship("Organization", lazy="raise")

    __table_args__ = (
        Index(None, "session_id", "number", unique=True),
        CheckConstraint("(owner_id IS NULL) <> (organization_id IS NULL)", name="one_owner"),
        CheckConstraint("(state = 'done') = (evidence IS NOT NULL)", name="evidence"),
        CheckConstraint("(state = 'dropped') = (drop_reason IS NOT NULL)", name="drop_reason"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
    )
