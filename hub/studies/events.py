"""What happens to a study, to its wordings, to what it found, and to those who work on it and review it.

A wording becomes public when it is published, so what happened to it before is not in the change feed; neither is what
reviewers do.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Code, Event
from hub.studies.revision_models import AnswerDecision


@dataclass(frozen=True, kw_only=True)
class StudyOrdered(Event):
    """A study was ordered, on terms that are public."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id", "mandate_id"})

    study_id: UUID
    mandate_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyEdited(Event):
    """The terms of a study were written anew, before it was contracted or planned."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyContracted(Event):
    """Whoever is to do a study was contracted."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyPlanned(Event):
    """The method of a study was published."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyBegun(Event):
    """The work on a study began: everybody in its team has declared their interests."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyHandedIn(Event):
    """A wording of a study was handed in for review."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyReturned(Event):
    """A study went back to its authors, who write it anew."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyApproved(Event):
    """A study was approved, after its reviews were answered."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyPublished(Event):
    """A study was published, with what it found and recommends."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyCorrected(Event):
    """A corrected wording of a study was published; the former one can still be read."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyRetracted(Event):
    """A study was retracted; it stays visible with the reason."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyCancelled(Event):
    """A study was cancelled before it was published, with a reason."""

    entity = "study_id"
    entry = "study_id"
    public = frozenset({"study_id"})

    study_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyMemberJoined(Event):
    """Somebody joined the team of a study."""

    entity = "member_id"
    entry = "study_id"
    public = frozenset({"study_id", "member_id"})

    study_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class InterestsDeclared(Event):
    """Somebody in the team of a study declared their interests in its matter."""

    entity = "member_id"
    entry = "study_id"
    public = frozenset({"study_id", "member_id"})

    study_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class StudyMemberLeft(Event):
    """Somebody left the team of a study."""

    entity = "member_id"
    entry = "study_id"
    public = frozenset({"study_id", "member_id"})

    study_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class MilestoneSet(Event):
    """A step of a study got its day."""

    entity = "milestone_id"
    entry = "study_id"
    public = frozenset({"study_id", "milestone_id"})

    study_id: UUID
    milestone_id: UUID


@dataclass(frozen=True, kw_only=True)
class MilestoneHandedIn(Event):
    """What a step of a study asks for was handed in."""

    entity = "milestone_id"
    entry = "study_id"
    public = frozenset({"study_id", "milestone_id"})

    study_id: UUID
    milestone_id: UUID


@dataclass(frozen=True, kw_only=True)
class MilestoneAccepted(Event):
    """What was handed in for a step of a study was accepted."""

    entity = "milestone_id"
    entry = "study_id"
    public = frozenset({"study_id", "milestone_id"})

    study_id: UUID
    milestone_id: UUID


@dataclass(frozen=True, kw_only=True)
class MilestoneReturned(Event):
    """What was handed in for a step of a study was returned, with reasons."""

    entity = "milestone_id"
    entry = "study_id"
    public = frozenset({"study_id", "milestone_id"})

    study_id: UUID
    milestone_id: UUID


@dataclass(frozen=True, kw_only=True)
class MilestoneDropped(Event):
    """A step of a study was dropped, with reasons."""

    entity = "milestone_id"
    entry = "study_id"
    public = frozenset({"study_id", "milestone_id"})

    study_id: UUID
    milestone_id: UUID


@dataclass(frozen=True, kw_only=True)
class RevisionDrafted(Event):
    """The first draft of a wording was written."""

    entity = "revision_id"
    entry = "study_id"

    study_id: UUID
    revision_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class RevisionRewritten(Event):
    """A draft of a wording was written anew."""

    entity = "revision_id"
    entry = "study_id"

    study_id: UUID
    revision_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class RevisionSubmitted(Event):
    """A wording was fixed by its hash and handed in."""

    entity = "revision_id"
    entry = "study_id"

    study_id: UUID
    revision_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class RevisionReturned(Event):
    """A wording was returned to its authors."""

    entity = "revision_id"
    entry = "study_id"

    study_id: UUID
    revision_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class RevisionPublished(Event):
    """A wording was published; it never changes, and its hash proves it."""

    entity = "revision_id"
    entry = "study_id"
    public = frozenset({"study_id", "revision_id", "number", "content_hash"})

    study_id: UUID
    revision_id: UUID
    number: int
    content_hash: Code


@dataclass(frozen=True, kw_only=True)
class RevisionCorrected(Event):
    """A wording was replaced by a corrected one."""

    entity = "revision_id"
    entry = "study_id"
    public = frozenset({"study_id", "revision_id", "number"})

    study_id: UUID
    revision_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class RevisionRetracted(Event):
    """A wording was retracted and stays visible."""

    entity = "revision_id"
    entry = "study_id"
    public = frozenset({"study_id", "revision_id", "number"})

    study_id: UUID
    revision_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class FindingWritten(Event):
    """Something was written down as found or recommended, in a draft."""

    entity = "finding_id"
    entry = "study_id"

    study_id: UUID
    finding_id: UUID


@dataclass(frozen=True, kw_only=True)
class FindingAnsweredAnew(Event):
    """Whoever had answered a recommendation gave another answer beside the former one."""

    entity = "finding_id"
    entry = "study_id"
    public = frozenset({"study_id", "finding_id"})

    study_id: UUID
    finding_id: UUID


@dataclass(frozen=True, kw_only=True)
class FindingTakenUp(Event):
    """What was recommended was taken up."""

    entity = "finding_id"
    entry = "study_id"
    public = frozenset({"study_id", "finding_id"})

    study_id: UUID
    finding_id: UUID


@dataclass(frozen=True, kw_only=True)
class FindingLeft(Event):
    """What was recommended was not taken up."""

    entity = "finding_id"
    entry = "study_id"
    public = frozenset({"study_id", "finding_id"})

    study_id: UUID
    finding_id: UUID


@dataclass(frozen=True, kw_only=True)
class FindingAnswered(Event):
    """A recommendation was answered, with reasons."""

    entity = "finding_id"
    entry = "study_id"
    public = frozenset({"study_id", "finding_id", "decision"})

    study_id: UUID
    finding_id: UUID
    decision: AnswerDecision


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
