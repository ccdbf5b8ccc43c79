"""What happens to responses.

Who gave one is not in the log, and the feed says only which consultation it concerns: it may be a response that is
not published. Of an anonymous one not even the hour is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event
from hub.consultations.response_models import Channel, ConsentLevel, Timeliness


@dataclass(frozen=True, kw_only=True)
class ResponseEvent(Event):
    """Something that happened to a response."""

    entity = "response_id"
    entry = "consultation_id"
    public = frozenset({"consultation_id"})
    anonymous = True

    response_id: UUID
    consultation_id: UUID
    revision_id: UUID
    channel: Channel


@dataclass(frozen=True, kw_only=True)
class ResponseSubmitted(ResponseEvent):
    """Somebody answered a consultation."""

    timeliness: Timeliness = Timeliness.ON_TIME


@dataclass(frozen=True, kw_only=True)
class ResponseHeld(ResponseEvent):
    """Somebody answered after the closing; their response is kept, and does not count until it is admitted."""

    timeliness: Timeliness = Timeliness.LATE


@dataclass(frozen=True, kw_only=True)
class ResponseEntered(ResponseEvent):
    """A member of the body's staff wrote down a response that came in on paper, by mail or by word of mouth."""

    anonymous = False

    timeliness: Timeliness = Timeliness.ON_TIME


@dataclass(frozen=True, kw_only=True)
class ResponseReplaced(ResponseEvent):
    """Somebody changed their answers: a new response counts instead of an earlier one."""

    replaced_by: UUID


@dataclass(frozen=True, kw_only=True)
class ResponseWithdrawn(ResponseEvent):
    """Somebody took their response back: it counts no more and is not published."""


@dataclass(frozen=True, kw_only=True)
class ConsentChanged(ResponseEvent):
    """Somebody said anew how their response may be published."""

    level: ConsentLevel


@dataclass(frozen=True, kw_only=True)
class RespondentForgotten(ResponseEvent):
    """Whoever gave a response is gone: nothing leads to them any more, and what they did not leave is not in it."""


@dataclass(frozen=True, kw_only=True)
class ResponseAdmitted(ResponseEvent):
    """An analyst admitted a late response, with a published reason: it counts."""

    anonymous = False


@dataclass(frozen=True, kw_only=True)
class ResponseRefused(ResponseEvent):
    """An analyst refused a late response, with a published reason: it is kept and does not count."""

    anonymous = False
