"""Parity, and requests to join a body, in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.bodies.seat_types import Seat
from graphql_schema.enums import described
from graphql_schema.people.types import Organization, Person
from graphql_schema.traits import LocalizedText, Node, Transition
from hub.bodies.joining_models import JoinKind, JoinState
from hub.bodies.parity_models import ParityConsequence, ParityDimension

if TYPE_CHECKING:
    from graphql_schema.bodies.types import Body

described(
    ParityDimension,
    "Between whom there is to be parity.",
    sector="Between government and everybody else.",
    gender="Between women and men, as far as people say it of themselves.",
    territory="Between the places for which the body has seats.",
)
described(
    ParityConsequence,
    "What follows where there is no parity.",
    warn="It can be seen.",
    block_constitution="The body is not constituted.",
    block_vote="No vote is opened.",
)
described(
    JoinKind,
    "Who took the first step.",
    request="Somebody asked to join.",
    invitation="The body invited somebody.",
)
described(
    JoinState,
    "What became of it.",
    sent="It waits for an answer, or has lapsed since.",
    accepted="It was accepted, and somebody sits in a seat by it.",
    declined="It was declined.",
    withdrawn="It was taken back.",
    lapsed="Nobody answered in time.",
)

BodyOf = Annotated["Body", strawberry.lazy("graphql_schema.bodies.types")]


@strawberry.type(description="One group in the make-up of a body.")
class ParityGroup:
    """One group in the make-up of a body."""

    code: str = strawberry.field(
        description="`government` or `others`; `woman`, `man` or `nonbinary`; or the code of a territory."
    )
    count: int = strawberry.field(description="How many seats it has.")
    share: float = strawberry.field(description="Its part of what is counted, in percent.")


@strawberry.type(
    description="How a body is made up now: the seats with a vote in which somebody sits, against one rule of parity."
)
class ParityFigure:
    """How a body is made up now."""

    dimension: ParityDimension = strawberry.field(description="Between whom there is to be parity.")
    version: int = strawberry.field(description="Which version of the rule it is.")
    tolerance: int = strawberry.field(description="How many points a group may have above its equal part.")
    consequence: ParityConsequence = strawberry.field(description="What follows where there is no parity.")
    met: bool = strawberry.field(description="Whether there is parity; where nothing is counted, nothing is amiss.")
    counted: int = strawberry.field(description="How many seats are counted.")
    unknown: int = strawberry.field(
        description="How many are held of which it is not known; of fewer than three who said their gender, all."
    )
    groups: list[ParityGroup] = strawberry.field(description="The groups, by their codes.")


@strawberry.enum(description="The order of a list of rules of parity.")
class ParityRuleOrder(enum.Enum):
    """The order of a list of rules of parity."""

    ADOPTED_DESC = strawberry.enum_value("adopted_desc", description="The newest first.")


@strawberry.type(description="That no group has more than its equal part of a body, by so many points at most.")
class ParityRule(Node):
    """A rule of parity."""

    body: BodyOf | None = strawberry.field(description="The body that it binds.")
    dimension: ParityDimension = strawberry.field(description="Between whom there is to be parity.")
    version: int = strawberry.field(description="Which version for this dimension it is.")
    tolerance: int = strawberry.field(description="How many points a group may have above its equal part.")
    consequence: ParityConsequence = strawberry.field(description="What follows where there is no parity.")
    reason: LocalizedText | None = strawberry.field(description="Why it was adopted.")
    adopted_at: dt.datetime = strawberry.field(description="Since when it binds.")
    ended_at: dt.datetime | None = strawberry.field(description="Until when it bound; null while it does.")


@strawberry.enum(description="The order of a list of requests and invitations.")
class JoinRequestOrder(enum.Enum):
    """The order of a list of requests and invitations."""

    SENT_DESC = strawberry.enum_value("sent_desc", description="The newest first.")
    SENT_ASC = strawberry.enum_value("sent_asc", description="The oldest first.")


@strawberry.input(description="Which requests and invitations a list holds.")
class JoinRequestFilter:
    """Which requests and invitations a list holds."""

    state: list[JoinState] | None = strawberry.field(default=None, description="Only in these states.")
    kind: list[JoinKind] | None = strawberry.field(default=None, description="Only of these kinds.")


@strawberry.type(
    description="That somebody wants to join a body or is invited to it; for them and for the officers of the body."
)
class JoinRequest(Node):
    """That somebody wants to join a body or is invited to it."""

    kind: JoinKind = strawberry.field(description="Who took the first step.")
    body: BodyOf | None = strawberry.field(description="The body.")
    person: Person | None = strawberry.field(description="Who asks or is invited, where their profile may be seen.")
    person_name: str | None = strawberry.field(description="The name of who asks or is invited.")
    organization: Organization | None = strawberry.field(
        description="The organisation for which one asks or is invited."
    )
    seat: Seat | None = strawberry.field(description="The seat that is offered, or was given.")
    statement: str = strawberry.field(description="Why they want to join, or are wanted there.")
    state: JoinState = strawberry.field(description="What became of it, as far as it is on record.")
    lapsed: bool = strawberry.field(description="Whether nobody answered in time.")
    answer: str | None = strawberry.field(description="The answer, with its reasons.")
    sent_at: dt.datetime = strawberry.field(description="When it was sent.")
    lapses_at: dt.datetime = strawberry.field(description="From when on nobody can answer it.")
    answered_at: dt.datetime | None = strawberry.field(description="When it was answered or taken back.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )
