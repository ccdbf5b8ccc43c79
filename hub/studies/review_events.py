"""What happens to the reviews of a study, and to its data."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event


@dataclass(frozen=True, kw_only=True)
class ReviewInvited(Event):
    """Somebody was invited to review a wording."""

    entity = "review_id"
    entry = "study_id"

    study_id: UUID
    review_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReviewDelivered(Event):
    """A reviewer said what they think of a wording."""

    entity = "review_id"
    entry = "study_id"

    study_id: UUID
    review_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReviewAnswered(Event):
    """The authors answered a review."""

    entity = "review_id"
    entry = "study_id"

    study_id: UUID
    review_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReviewDeclined(Event):
    """Somebody declined to review a wording."""

    entity = "review_id"
    entry = "study_id"

    study_id: UUID
    review_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReviewCancelled(Event):
    """An invitation to review was taken back."""

    entity = "review_id"
    entry = "study_id"

    study_id: UUID
    review_id: UUID


@dataclass(frozen=True, kw_only=True)
class DatasetDescribed(Event):
    """Data of a study were described."""

    entity = "dataset_id"
    entry = "study_id"

    study_id: UUID
    dataset_id: UUID


@dataclass(frozen=True, kw_only=True)
class DatasetDescribedAnew(Event):
    """Data of a study were described anew."""

    entity = "dataset_id"
    entry = "study_id"

    study_id: UUID
    dataset_id: UUID


@dataclass(frozen=True, kw_only=True)
class DatasetRemoved(Event):
    """Data were taken off the list of a study before it was published."""

    entity = "dataset_id"
    entry = "study_id"

    study_id: UUID
    dataset_id: UUID
