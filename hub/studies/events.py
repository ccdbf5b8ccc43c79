"""What happens to a study, to its wordings, to what it found, and to those who work on it and review it.

A wording becomes public when it is published, so what happened to it before is not in the change feed; neither is what
reviewers do.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event


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
