"""What happens to the minutes of a session, and to what somebody was asked to do there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Code, Event


@dataclass(frozen=True, kw_only=True)
class MinutesDrafted(Event):
    """The minutes of a session were drafted from what was recorded of it."""

    entity = "minutes_id"
    entry = "session_id"

    session_id: UUID
    minutes_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesReworded(Event):
    """Minutes that were not approved yet got another wording."""

    entity = "minutes_id"
    entry = "session_id"

    session_id: UUID
    minutes_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class MinutesCirculated(Event):
    """The minutes were given to the members, who may say what is wrong with them."""

    entity = "minutes_id"
    entry = "session_id"

    session_id: UUID
    minutes_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class MinutesObserved(Event):
    """There are observations on the minutes."""

    entity = "minutes_id"
    entry = "session_id"

    session_id: UUID
    minutes_id: UUID


@dataclass(frozen=True, kw_only=True)
class ObservationMade(Event):
    """A member said what is wrong with the minutes."""

    entity = "observation_id"
    entry = "session_id"

    session_id: UUID
    minutes_id: UUID
    observation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ObservationTakenUp(Event):
    """An observation was found right, and answered."""

    entity = "observation_id"
    entry = "session_id"

    session_id: UUID
    observation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ObservationSetAside(Event):
    """An observation was not taken up, for a reason."""

    entity = "observation_id"
    entry = "session_id"

    session_id: UUID
    observation_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(Event):
    """The minutes were approved in the wording with this hash, and never change from now on."""

    entity = "minutes_id"
    entry = "session_id"
    public = frozenset({"session_id", "minutes_id", "content_hash"})

    session_id: UUID
    minutes_id: UUID
    content_hash: Code


@dataclass(frozen=True, kw_only=True)
class MinutesSignatureGiven(Event):
    """Somebody signed the approved minutes, by their hash."""

    entity = "signature_id"
    entry = "session_id"
    public = frozenset({"session_id", "minutes_id", "content_hash"})

    session_id: UUID
    minutes_id: UUID
    signature_id: UUID
    content_hash: Code


@dataclass(frozen=True, kw_only=True)
class MinutesSigned(Event):
    """Both the coordinator and the secretary have signed the minutes."""

    entity = "minutes_id"
    entry = "session_id"
    public = frozenset({"session_id", "minutes_id"})

    session_id: UUID
    minutes_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesPublished(Event):
    """The signed minutes are public."""

    entity = "minutes_id"
    entry = "session_id"
    public = frozenset({"session_id", "minutes_id"})

    session_id: UUID
    minutes_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionFinished(Event):
    """A session came to its end: its minutes were approved, signed and published."""

    entity = "session_id"
    entry = "session_id"
    public = frozenset({"session_id", "minutes_id"})

    session_id: UUID
    minutes_id: UUID


@dataclass(frozen=True, kw_only=True)
class AddendumAdded(Event):
    """Something was added to published minutes, which stay as they are."""

    entity = "addendum_id"
    entry = "session_id"
    public = frozenset({"session_id", "minutes_id", "number"})

    session_id: UUID
    minutes_id: UUID
    addendum_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class ActionItemAssigned(Event):
    """A session asked somebody to do something."""

    entity = "action_item_id"
    entry = "session_id"
    public = frozenset({"session_id", "action_item_id"})

    session_id: UUID
    action_item_id: UUID


@dataclass(frozen=True, kw_only=True)
class ActionItemFinished(Event):
    """What a session had asked for was done, with evidence."""

    entity = "action_item_id"
    entry = "session_id"
    public = frozenset({"session_id", "action_item_id"})

    session_id: UUID
    action_item_id: UUID


@dataclass(frozen=True, kw_only=True)
class ActionItemDropped(Event):
    """What a session had asked for is not to be done any more, for a reason."""

    entity = "action_item_id"
    entry = "session_id"
    public = frozenset({"session_id", "action_item_id"})

    session_id: UUID
    action_item_id: UUID
