"""Studies, who works on them, and the steps in which the work is handed in."""

from __future__ import annotations

import datetime as dt
import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import relationship

from hub.database.base import Base, Code, Identifier, Mapped, choice, mapped_column
from hub.lifecycle import BORN, Lifecycle
from hub.text import LocalizedText


class StudyKind(enum.StrEnum):
    """What sort of study it is."""

    RESEARCH = "research"
    DIAGNOSIS = "diagnosis"
    EVALUATION = "evaluation"
    OPINION = "opinion"


class StudyState(enum.StrEnum):
    """Where a study stands."""

    ORDERED = "ordered"
    CONTRACTED = "contracted"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    CANCELLED = "cancelled"


STUDY_LIFE = Lifecycle(
    "study",
    [
        (BORN, "order_study", "ordered"),
        ("ordered", "contract", "contracted"),
        # What a body does by itself has no contract.
        ("ordered", "plan_study", "planned"),
        ("contracted", "plan_study", "planned"),
        ("planned", "begin_study", "in_progress"),
        ("in_progress", "hand_in_study", "in_review"),
        ("in_review", "revise_study", "in_progress"),
        ("in_review", "approve_study", "approved"),
        ("approved", "publish_study", "published"),
        ("published", "correct_study", "corrected"),
        ("corrected", "correct_study", "corrected"),
        ("published", "retract_study", "retracted"),
        ("corrected", "retract_study", "retracted"),
        ("ordered", "cancel_study", "cancelled"),
        ("contracted", "cancel_study", "cancelled"),
        ("planned", "cancel_study", "cancelled"),
        ("in_progress", "cancel_study", "cancelled"),
        ("in_review", "cancel_study", "cancelled"),
        ("approved", "cancel_study", "cancelled"),
    ],
)


class Study(Base):
    """A work that is to find something out: what for, on which terms, by which method, by whom and at what cost.

    It is public from the day it is ordered; its wordings are once they are published. `answer_days` is how long those
    to whom it recommends something have to answer.
    """

    __tablename__ = "study"

    id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    mandate_id: Mapped[UUID] = mapped_column(ForeignKey("mandate.id"), unique=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    kind: Mapped[StudyKind] = choice(StudyKind)
    state: Mapped[StudyState] = choice(StudyState)
    title: Mapped[LocalizedText]
    questions: Mapped[LocalizedText]
    terms: Mapped[LocalizedText]
    method: Mapped[LocalizedText | None]
    ethics_note: Mapped[LocalizedText | None]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    contract: Mapped[str | None]
    contracted_on: Mapped[dt.date | None]
    cost: Mapped[int | None]
    currency: Mapped[Code | None]
    due_on: Mapped[dt.date | None]
    answer_days: Mapped[int]
    end_reason: Mapped[LocalizedText | None]
    ended_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]

    mandate = relationship("Mandate", lazy="raise")
    body = relationship("Body", lazy="raise")
    organization = relationship("Organization", lazy="raise")

    __table_args__ = (
        Index(None, "body_id", "created_at", "id"),
        Index(None, "created_at", "id"),
        # What was found is said no longer once its study is retracted: hardly any is, and every list of findings asks.
        Index("study_retracted_index", "id", postgresql_where=sql("state = 'retracted'")),
        CheckConstraint("cost >= 0", name="cost"),
        CheckConstraint("(cost IS NULL) = (currency IS NULL)", name="currency"),
        CheckConstraint("answer_days BETWEEN 1 AND 730", name="answer_days"),
        CheckConstraint("state NOT IN ('retracted', 'cancelled') OR end_reason IS NOT NULL", name="end_reason"),
    )


class TeamRole(enum.StrEnum):
    """What somebody does in the team of a study."""

    LEAD = "lead"
    RESEARCHER = "researcher"
    ADVISER = "adviser"
    SUPPORT = "support"


class StudyMember(Base):
    """That somebody works on a study, and what they have declared about their interests in its matter.

    `name` is what they are cited by, which is public; `person_id` is empty for whoever has no account here.
    """

    __tablename__ = "study_member"

    id: Mapped[Identifier]
    study_id: Mapped[UUID] = mapped_column(ForeignKey("study.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str | None]
    role: Mapped[TeamRole] = choice(TeamRole)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    interests: Mapped[str | None]
    declared_at: Mapped[dt.datetime | None]
    joined_at: Mapped[dt.datetime]
    left_at: Mapped[dt.datetime | None]

    study = relationship("Study", lazy="raise")
    organization = relationship("Organization", lazy="raise")

    __table_args__ = (
        Index(None, "study_id", "joined_at", "id"),
        Index(
            "study_member_once_index",
            "study_id",
            "person_id",
            unique=True,
            postgresql_where=sql("left_at IS NULL"),
        ),
        CheckConstraint("left_at >= joined_at", name="interval"),
    )


class MilestoneState(enum.StrEnum):
    """Where a step of the work stands."""

    PLANNED = "planned"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


MILESTONE_LIFE = Lifecycle(
    "study_milestone",
    [
        (BORN, "set_milestone", "planned"),
        ("planned", "hand_in_milestone", "handed_in"),
        ("returned", "hand_in_milestone", "handed_in"),
        ("handed_in", "accept_milestone", "accepted"),
        ("handed_in", "return_milestone", "returned"),
        ("planned", "drop_milestone", "dropped"),
        ("returned", "drop_milestone", "dropped"),
    ],
)


class StudyMilestone(Base):
    """A step of the work: what is handed in by which day, whether it was accepted, and why where it was not."""

    __tablename__ = "study_milestone"

    id: Mapped[Identifier]
    study_id: Mapped[UUID] = mapped_column(ForeignKey("study.id"))
    number: Mapped[int]
    title: Mapped[LocalizedText]
    state: Mapped[MilestoneState] = choice(MilestoneState)
    due_on: Mapped[dt.date]
    payment: Mapped[int | None]
    handed_in_note: Mapped[LocalizedText | None]
    handed_in_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[LocalizedText | None]
    decided_at: Mapped[dt.datetime | None]

    study = relationship("Study", lazy="raise")

    __table_args__ = (
        Index(None, "study_id", "number", unique=True),
        CheckConstraint("payment >= 0", name="payment"),
        CheckConstraint("state NOT IN ('returned', 'dropped') OR decision_reason IS NOT NULL", name="reason"),
    )
