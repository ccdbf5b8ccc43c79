"""What happens to the wordings of a study, and to what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Code, Event
from hub.studies.revision_models import AnswerDecision


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
