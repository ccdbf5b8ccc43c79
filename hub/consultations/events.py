"""What happens to a consultation, to its questionnaire and to its results; the responses' facts stand beside it.

A consultation becomes public when it is scheduled, so what happened before is not in the change feed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Code, Event
from hub.consultations.models import NoticeKind
from hub.consultations.questionnaire_models import RevisionClass


@dataclass(frozen=True, kw_only=True)
class ConsultationCreated(Event):
    """A draft of a consultation was written, under the mandate that orders it."""

    entity = "consultation_id"
    entry = "consultation_id"

    consultation_id: UUID
    mandate_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsultationEdited(Event):
    """A draft of a consultation was written anew."""

    entity = "consultation_id"
    entry = "consultation_id"

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsultationChecked(Event):
    """A draft was found complete: languages, questions, options and timetable."""

    entity = "consultation_id"
    entry = "consultation_id"

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsultationScheduled(Event):
    """A consultation was published, with its questionnaire and the interval in which it takes responses."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id", "mandate_id", "opens_at", "closes_at"})

    consultation_id: UUID
    mandate_id: UUID
    opens_at: dt.datetime
    closes_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ConsultationOpened(Event):
    """The opening of a consultation has passed: it takes responses."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsultationSuspended(Event):
    """A consultation takes no responses until it is resumed; its notice says why."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsultationResumed(Event):
    """A suspended consultation takes responses again."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsultationClosed(Event):
    """The closing of a consultation has passed: it takes no more responses."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsultationWithdrawn(Event):
    """A consultation was withdrawn; its notice says why, and what was answered is kept."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class NoticePublished(Event):
    """A numbered notice about a consultation's time was published. It never changes."""

    entity = "notice_id"
    entry = "consultation_id"
    public = frozenset({"notice_id", "consultation_id", "number", "kind", "closes_at"})

    notice_id: UUID
    consultation_id: UUID
    number: int
    kind: NoticeKind
    closes_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class QuestionnairePublished(Event):
    """A wording of a questionnaire was published. It never changes again, and its hash proves it."""

    entity = "revision_id"
    entry = "consultation_id"
    public = frozenset({"revision_id", "consultation_id", "number", "revision_class", "content_hash"})

    revision_id: UUID
    consultation_id: UUID
    number: int
    revision_class: RevisionClass
    content_hash: Code


@dataclass(frozen=True, kw_only=True)
class QuestionnaireCorrected(Event):
    """A new wording is in force; so many who had answered the former ones are asked to look at it."""

    entity = "revision_id"
    entry = "consultation_id"
    public = frozenset({"revision_id", "consultation_id", "supersedes_id"})

    revision_id: UUID
    consultation_id: UUID
    supersedes_id: UUID
    answered_before: int


@dataclass(frozen=True, kw_only=True)
class InvitationsIssued(Event):
    """So many people were invited to answer."""

    entity = "consultation_id"
    entry = "consultation_id"

    consultation_id: UUID
    count: int


@dataclass(frozen=True, kw_only=True)
class ResultsReleased(Event):
    """The protected results of a consultation were published, counted from so many responses."""

    entity = "release_id"
    entry = "consultation_id"
    public = frozenset({"release_id", "consultation_id", "number", "response_count"})

    release_id: UUID
    consultation_id: UUID
    number: int
    response_count: int


@dataclass(frozen=True, kw_only=True)
class RespondentsUnlinked(Event):
    """The key of the pseudonyms was destroyed: from now on nobody can tell who answered what."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID
