"""What reviewers say of the wording of a study, and what its authors answer."""

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


class ReviewState(enum.StrEnum):
    """Where a review stands."""

    INVITED = "invited"
    DELIVERED = "delivered"
    ANSWERED = "answered"
    DECLINED = "declined"
    CANCELLED = "cancelled"


REVIEW_LIFE = Lifecycle(
    "peer_review",
    [
        (BORN, "invite_review", "invited"),
        ("invited", "deliver_review", "delivered"),
        ("delivered", "answer_review", "answered"),
        ("invited", "decline_review", "declined"),
        ("invited", "cancel_review", "cancelled"),
    ],
)


class ReviewVerdict(enum.StrEnum):
    """What a reviewer thinks should become of a study."""

    ACCEPT = "accept"
    MINOR = "minor"
    MAJOR = "major"
    REJECT = "reject"


class PeerReview(Base):
    """What somebody who had no part in a study says of one wording of it, and what its authors answer.

    Where it is blind, nobody is told who the reviewer is but the officers who invited them, and they themself.
    """

    __tablename__ = "peer_review"

    id: Mapped[Identifier]
    study_id: Mapped[UUID] = mapped_column(ForeignKey("study.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("study_revision.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str | None]
    blind: Mapped[bool]
    state: Mapped[ReviewState] = choice(ReviewState)
    verdict: Mapped[ReviewVerdict | None] = choice(ReviewVerdict)
    report: Mapped[LocalizedText | None]
    interests: Mapped[str | None]
    authors_answer: Mapped[LocalizedText | None]
    reason: Mapped[str | None]
    due_on: Mapped[dt.date | None]
    invited_at: Mapped[dt.datetime]
    delivered_at: Mapped[dt.datetime | None]
    answered_at: Mapped[dt.datetime | None]

    study = relationship("Study", lazy="raise")
    revision = relationship("StudyRevision", lazy="raise")

    __table_args__ = (
        Index(None, "study_id", "invited_at", "id"),
        Index(
            "peer_review_once_index",
            "revision_id",
            "person_id",
            unique=True,
            postgresql_where=sql("state IN ('invited', 'delivered', 'answered')"),
        ),
        CheckConstraint(
            "(state IN ('delivered', 'answered')) = (report IS NOT NULL AND verdict IS NOT NULL)", name="report"
        ),
        CheckConstraint("(state = 'answered') = (authors_answer IS NOT NULL)", name="authors_answer"),
    )
