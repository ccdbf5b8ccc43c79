"""What happens to a consultation, to its questionnaire and to the responses.

A consultation becomes public when it is scheduled, so what happened before is not in the change feed. Of a
response the feed says only which consultation received one: it may be one that is not published.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Code, Event
from hub.consultations.models import Channel


@dataclass(frozen=True, kw_only=True)
class ConsultationCreated(Event):
    """A draft of a consultation was written, under the mandate that orders it."""

    entity = "consultation_id"
    entry = "consultation_id"

    consultation_id: UUID
    mandate_id: UUID


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
class ConsultationClosed(Event):
    """The closing of a consultation has passed: it takes no more responses."""

    entity = "consultation_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class QuestionnairePublished(Event):
    """A wording of a questionnaire was published. It never changes again, and its hash proves it."""

    entity = "revision_id"
    entry = "consultation_id"
    public = frozenset({"revision_id", "consultation_id", "number", "content_hash"})

    revision_id: UUID
    consultation_id: UUID
    number: int
    content_hash: Code


@dataclass(frozen=True, kw_only=True)
class ResponseSubmitted(Event):
    """Somebody answered a consultation. Who it was is not in the log."""

    entity = "response_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})
    anonymous = True

    response_id: UUID
    consultation_id: UUID
    revision_id: UUID
    channel: Channel


@dataclass(frozen=True, kw_only=True)
class ResponseReplaced(Event):
    """Somebody changed their answers: a new response counts instead of an earlier one."""

    entity = "response_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})
    anonymous = True

    response_id: UUID
    consultation_id: UUID
    revision_id: UUID
    channel: Channel
    replaced_by: UUID


@dataclass(frozen=True, kw_only=True)
class ResponseWithdrawn(Event):
    """Somebody took their response back: it counts no more and is not published."""

    entity = "response_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})
    anonymous = True

    response_id: UUID
    consultation_id: UUID
    revision_id: UUID
    channel: Channel
