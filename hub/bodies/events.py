"""What happens to the bodies that order, ask and decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.bodies.parity_models import ParityDimension
from hub.changes.event import Event


@dataclass(frozen=True, kw_only=True)
class BodyRegistered(Event):
    """A body entered the register."""

    entity = "body_id"
    entry = "body_id"
    public = frozenset({"body_id"})

    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatCreated(Event):
    """A body got a seat."""

    entity = "seat_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id"})

    body_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatFilled(Event):
    """Somebody sits in a seat now."""

    entity = "seat_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id"})

    body_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberProposed(Event):
    """Somebody was proposed for a seat; until they take it on, that is between them and the body's officers."""

    entity = "membership_id"
    entry = "body_id"

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberSeated(Event):
    """Somebody became a member of a body, or stands in for one."""

    entity = "membership_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id", "membership_id"})

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatVacated(Event):
    """Nobody sits in a seat any more."""

    entity = "seat_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id"})

    body_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberOnLeave(Event):
    """A member does not sit in the body for a while."""

    entity = "membership_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id", "membership_id"})

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberReturned(Event):
    """A member who was away sits in the body again."""

    entity = "membership_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id", "membership_id"})

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Event):
    """Somebody is no longer a member of a body, or stands in for nobody any more."""

    entity = "membership_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id", "membership_id"})

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class BodyRenamed(Event):
    """A body is called otherwise from a day on."""

    entity = "body_id"
    entry = "body_id"
    public = frozenset({"body_id", "valid_from"})

    body_id: UUID
    valid_from: dt.date


@dataclass(frozen=True, kw_only=True)
class CharterAdopted(Event):
    """What a body is charged with, or where, is written anew."""

    entity = "body_id"
    entry = "body_id"
    public = frozenset({"body_id", "number"})

    body_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class BodyConstituted(Event):
    """A body that was planned works from now on."""

    entity = "body_id"
    entry = "body_id"
    public = frozenset({"body_id"})

    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class BodySuspended(Event):
    """The work of a body is interrupted."""

    entity = "body_id"
    entry = "body_id"
    public = frozenset({"body_id"})

    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class BodyResumed(Event):
    """A body whose work was interrupted works again."""

    entity = "body_id"
    entry = "body_id"
    public = frozenset({"body_id"})

    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class BodyDissolved(Event):
    """A body exists no longer, and nobody sits in it any more."""

    entity = "body_id"
    entry = "body_id"
    public = frozenset({"body_id"})

    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatEdited(Event):
    """What a seat is there for is written anew."""

    entity = "seat_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id"})

    body_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatAbolished(Event):
    """A body has a seat less."""

    entity = "seat_id"
    entry = "body_id"
    public = frozenset({"body_id", "seat_id"})

    body_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalAnswered(Event):
    """Somebody who was proposed for a seat did not take it on."""

    entity = "membership_id"
    entry = "body_id"

    body_id: UUID
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class ParityRuleAdopted(Event):
    """A body is bound by a rule of parity."""

    entity = "rule_id"
    entry = "body_id"
    public = frozenset({"body_id", "rule_id", "version"})

    rule_id: UUID
    body_id: UUID
    dimension: ParityDimension
    version: int


@dataclass(frozen=True, kw_only=True)
class ParityRuleEnded(Event):
    """A body is bound by a rule of parity no longer."""

    entity = "rule_id"
    entry = "body_id"
    public = frozenset({"body_id", "rule_id"})

    rule_id: UUID
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class GenderDeclared(Event):
    """Somebody said, or no longer says, how they are to be counted; how, the log does not know."""

    entity = "membership_id"

    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class JoinRequestSent(Event):
    """Somebody asked to join a body, or was invited."""

    entity = "request_id"
    entry = "body_id"

    request_id: UUID
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class JoinRequestAnswered(Event):
    """Whoever asked to join a body, or was invited, has an answer."""

    entity = "request_id"
    entry = "body_id"

    request_id: UUID
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class JoinRequestLapsed(Event):
    """Nobody answered in time."""

    entity = "request_id"
    entry = "body_id"

    request_id: UUID
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberInterestDeclared(Event):
    """A member of a body declared an interest, or that they have none; the log does not know which."""

    entity = "interest_declaration_id"
    entry = "body_id"
    public = frozenset({"interest_declaration_id", "body_id", "membership_id"})

    interest_declaration_id: UUID
    body_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberInterestReviewed(Event):
    """An officer of a body looked at what a member declared."""

    entity = "interest_declaration_id"
    entry = "body_id"
    public = frozenset({"interest_declaration_id", "body_id", "membership_id"})

    interest_declaration_id: UUID
    body_id: UUID
    membership_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberInterestSuperseded(Event):
    """What a member declared is no longer what they say; it stays readable."""

    entity = "interest_declaration_id"
    entry = "body_id"
    public = frozenset({"interest_declaration_id", "body_id", "membership_id"})

    interest_declaration_id: UUID
    body_id: UUID
    membership_id: UUID
