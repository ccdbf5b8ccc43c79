"""What happens to a consultation after its closing: its analysis, its report, and the statements that answer it.

What is being written is in no public feed; what was published is.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Code, Event
from hub.consultations.report_models import Outcome


@dataclass(frozen=True, kw_only=True)
class AnalysisStarted(Event):
    """The body began to work on what people answered."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class FindingsPublished(Event):
    """The report was published with the released data that it speaks of, which stay as they are from now on."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id", "report_id", "release_id", "snapshot_hash"})

    consultation_id: UUID
    report_id: UUID
    release_id: UUID
    snapshot_hash: Code


@dataclass(frozen=True, kw_only=True)
class ConsultationAnswered(Event):
    """Every question that people answered has a published statement about what came of it."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsultationArchived(Event):
    """The consultation was answered, and is put by."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID


# ---- the report ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ReportDrafted(Event):
    """A version of the report was begun: the first, or one that is to correct what was published."""

    entity = "report_id"
    entry = "consultation_id"

    report_id: UUID
    consultation_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class ReportEdited(Event):
    """A draft of the report was written anew."""

    entity = "report_id"
    entry = "consultation_id"

    report_id: UUID
    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReportApproved(Event):
    """The coordinator approved the report, which fixed the released data that it speaks of."""

    entity = "report_id"
    entry = "consultation_id"

    report_id: UUID
    consultation_id: UUID
    release_id: UUID
    snapshot_hash: Code


@dataclass(frozen=True, kw_only=True)
class ReportReworked(Event):
    """An approved report was given back to be written anew."""

    entity = "report_id"
    entry = "consultation_id"

    report_id: UUID
    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReportPublished(Event):
    """A version of the report was published. It never changes."""

    entity = "report_id"
    entry = "consultation_id"
    public = frozenset({"report_id", "consultation_id", "number", "snapshot_hash"})

    report_id: UUID
    consultation_id: UUID
    number: int
    snapshot_hash: Code


@dataclass(frozen=True, kw_only=True)
class ReportCorrected(Event):
    """A published version of the report was corrected by another one, which says why; it stays to be read."""

    entity = "report_id"
    entry = "consultation_id"
    public = frozenset({"report_id", "consultation_id"})

    report_id: UUID
    consultation_id: UUID


# ---- statements ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StatementDrafted(Event):
    """A statement about a question or a section was begun: the first, or one that is to correct it."""

    entity = "statement_id"
    entry = "consultation_id"

    statement_id: UUID
    consultation_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class StatementEdited(Event):
    """A draft of a statement was written anew."""

    entity = "statement_id"
    entry = "consultation_id"

    statement_id: UUID
    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class StatementApproved(Event):
    """The coordinator approved a statement."""

    entity = "statement_id"
    entry = "consultation_id"

    statement_id: UUID
    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class StatementReworked(Event):
    """An approved statement was given back to be written anew."""

    entity = "statement_id"
    entry = "consultation_id"

    statement_id: UUID
    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class StatementDiscarded(Event):
    """A draft of a statement was given up."""

    entity = "statement_id"
    entry = "consultation_id"

    statement_id: UUID
    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class StatementPublished(Event):
    """A statement was published: what was done with what people said. It never changes."""

    entity = "statement_id"
    entry = "consultation_id"
    public = frozenset({"statement_id", "consultation_id", "number", "did"})

    statement_id: UUID
    consultation_id: UUID
    number: int
    did: Outcome


@dataclass(frozen=True, kw_only=True)
class StatementCorrected(Event):
    """A published statement was corrected by another version, which says why; it stays to be read."""

    entity = "statement_id"
    entry = "consultation_id"
    public = frozenset({"statement_id", "consultation_id"})

    statement_id: UUID
    consultation_id: UUID
