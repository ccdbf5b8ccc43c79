"""Seats in the schema, and who sits in them."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import Organization, Person, Territory
from graphql_schema.traits import LocalizedText, Node, Transition
from hub.bodies.seat_models import Gender, MembershipState, Post, SeatState, Sector

if TYPE_CHECKING:
    from graphql_schema.bodies.interest_types import (
        InterestDeclaration,
        InterestDeclarationFilter,
        InterestDeclarationOrder,
    )
    from graphql_schema.bodies.types import Body

described(
    Post,
    "What whoever sits there does in the body.",
    coordinator="Leads the body.",
    secretary="Keeps its papers.",
    member="Takes part in it.",
    guest="Has a voice and no vote.",
)
described(
    Sector,
    "For which part of society a seat is there.",
    government="For the public sector.",
    civil_society="For organised civil society.",
    academia="For universities and research centres.",
    private="For companies and their chambers.",
    citizens="For people who belong to none of these.",
)
described(
    SeatState,
    "Whether somebody sits there.",
    open="Nobody has sat there yet.",
    filled="Somebody sits there, or is away for a while.",
    vacant="Somebody sat there, and nobody does now.",
    abolished="The seat exists no longer.",
)
described(
    MembershipState,
    "Where a membership stands.",
    proposed="It was proposed and not yet taken on.",
    active="It was taken on; from when to when it is in force, its term says.",
    on_leave="Whoever holds it is away for a while.",
    ended="It is over.",
)
described(
    Gender,
    "What somebody says of their own gender, to be counted in the parity of a body and for nothing else.",
    woman="A woman.",
    man="A man.",
    nonbinary="Neither, or both.",
)

InterestsOf = Annotated["InterestDeclaration", strawberry.lazy("graphql_schema.bodies.interest_types")]
OrderOfInterests = Annotated["InterestDeclarationOrder", strawberry.lazy("graphql_schema.bodies.interest_types")]
FilterOfInterests = Annotated["InterestDeclarationFilter", strawberry.lazy("graphql_schema.bodies.interest_types")]
BodyOf = Annotated["Body", strawberry.lazy("graphql_schema.bodies.types")]


@strawberry.enum(description="The order of a list of seats.")
class SeatOrder(enum.Enum):
    """The order of a list of seats."""

    ORDINAL_ASC = strawberry.enum_value("ordinal_asc", description="By their places in the body.")


@strawberry.input(description="Which seats a list holds.")
class SeatFilter:
    """Which seats a list holds."""

    state: list[SeatState] | None = strawberry.field(default=None, description="Only in these states.")


@strawberry.enum(description="The order of a list of memberships.")
class MembershipOrder(enum.Enum):
    """The order of a list of memberships."""

    SINCE_DESC = strawberry.enum_value("since_desc", description="The newest first.")
    SINCE_ASC = strawberry.enum_value("since_asc", description="The oldest first.")


@strawberry.input(description="Which memberships a list holds.")
class MembershipFilter:
    """Which memberships a list holds."""

    state: list[MembershipState] | None = strawberry.field(default=None, description="Only in these states.")
    interests_due: bool | None = strawberry.field(
        default=None, description="Only of those who have not said yet which interests they have, or have said it."
    )


@strawberry.type(description="A place in a body: what its holder does there, for which sector, and whether they vote.")
class Seat(Node):
    """A place in a body."""

    body: BodyOf | None = strawberry.field(description="The body.")
    post: Post = strawberry.field(description="What whoever sits there does in the body.")
    title: LocalizedText | None = strawberry.field(description="What the seat is called; null where its post says it.")
    sector: Sector = strawberry.field(description="For which part of society it is there.")
    voting: bool = strawberry.field(description="Whether its holder votes.")
    organization: Organization | None = strawberry.field(description="The organisation that is entitled to it.")
    territory: Territory | None = strawberry.field(description="The place that it stands for.")
    ordinal: int = strawberry.field(description="Its place in the body.")
    state: SeatState = strawberry.field(description="Whether somebody sits there.")
    edition: int = strawberry.field(description="How often it was written; the next edit names it.")
    created_at: dt.datetime = strawberry.field(description="When the body got it.")
    holder: Membership | None = strawberry.field(description="Who sits there, or is away for a while.")
    memberships: Connection[Membership] = connected(
        "Everybody who sits or sat there, those who stand in too.", filter=MembershipFilter, order=MembershipOrder
    )
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.type(
    description="That somebody sits in a seat of a body or stands in for whoever does; public, as every public office."
)
class Membership(Node):
    """That somebody sits in a seat."""

    body: BodyOf | None = strawberry.field(description="The body.")
    seat: Seat | None = strawberry.field(description="The seat.")
    name: str | None = strawberry.field(
        description="What they are called in the acts of the body; null for somebody who had themself erased."
    )
    person: Person | None = strawberry.field(description="Who it is, where their profile may be seen.")
    organization: Organization | None = strawberry.field(description="In whose name they sit there.")
    alternate: bool = strawberry.field(description="Whether they stand in for the holder of the seat.")
    state: MembershipState = strawberry.field(description="Where it stands.")
    in_force: bool = strawberry.field(description="Whether it gives its roles now: it is active, and in its term.")
    valid_from: dt.datetime = strawberry.field(description="From when it holds.")
    valid_until: dt.datetime | None = strawberry.field(description="Until when it holds; null while nobody has said.")
    reason: str | None = strawberry.field(
        description="Why they are away or left, for themself and for the members of the body."
    )
    gender: Gender | None = strawberry.field(
        description="What the viewer said of their own gender; of somebody else it is always null."
    )
    interests_due: bool = strawberry.field(
        description="Whether they sit there and have not said yet which interests they have, or that they have none."
    )
    interest_declarations: Connection[InterestsOf] = connected(
        "Which interests they declared in the body, and what they said before.",
        filter=FilterOfInterests,
        order=OrderOfInterests,
    )
    created_at: dt.datetime = strawberry.field(description="When it was entered.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )
