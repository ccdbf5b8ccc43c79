"""What happens to sessions: before they are convened it is their bodies' own business, from then on it is public."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event
from hub.sessions.convocation_models import ConvocationKind


@dataclass(frozen=True, kw_only=True)
class SessionRulesAdopted(Event):
    """A body got another version of the rules by which it sits."""

    entity = "rules_id"
    entry = "body_id"
    public = frozenset({"rules_id", "body_id", "version", "valid_from"})

    rules_id: UUID
    body_id: UUID
    version: int
    valid_from: dt.datetime


@dataclass(frozen=True, kw_only=True)
class SessionPlanned(Event):
    """Officers of a body planned a session."""

    entity = "session_id"
    entry = "session_id"

    session_id: UUID
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionEdited(Event):
    """A planned session was written anew."""

    entity = "session_id"
    entry = "session_id"

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionConvened(Event):
    """A body was convened to a session."""

    entity = "session_id"
    entry = "session_id"
    public = frozenset({"session_id", "body_id", "rules_id", "call", "starts_at"})

    session_id: UUID
    body_id: UUID
    rules_id: UUID
    call: int
    starts_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ConvocationPublished(Event):
    """A convocation was published: the first one, an amended one, or that there is none any more."""

    entity = "convocation_id"
    entry = "session_id"
    public = frozenset({"convocation_id", "session_id", "number", "kind", "notice_met", "starts_at"})

    convocation_id: UUID
    session_id: UUID
    number: int
    kind: ConvocationKind
    notice_met: bool
    starts_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class SessionOpened(Event):
    """A session was opened with a quorum."""

    entity = "session_id"
    entry = "session_id"
    public = frozenset({"session_id"})

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionFailed(Event):
    """A session was not opened, since there was no quorum."""

    entity = "session_id"
    entry = "session_id"
    public = frozenset({"session_id"})

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionAdjourned(Event):
    """A session was interrupted, to go on later."""

    entity = "session_id"
    entry = "session_id"
    public = frozenset({"session_id"})

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionResumed(Event):
    """An interrupted session went on with a quorum."""

    entity = "session_id"
    entry = "session_id"
    public = frozenset({"session_id"})

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionClosed(Event):
    """A session has ended: every point was dealt with or deferred."""

    entity = "session_id"
    entry = "session_id"
    public = frozenset({"session_id"})

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(Event):
    """A session will not take place."""

    entity = "session_id"
    entry = "session_id"
    public = frozenset({"session_id"})

    session_id: UUID
