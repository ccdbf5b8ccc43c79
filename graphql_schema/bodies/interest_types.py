"""Declared interests in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.bodies.seat_types import Membership
from graphql_schema.enums import described
from graphql_schema.people.types import Organization
from graphql_schema.traits import Node, Transition
from hub.bodies.interest_models import InterestKind, InterestState

if TYPE_CHECKING:
    from graphql_schema.bodies.types import Body

described(
    InterestKind,
    "What ties a member of a body to somebody or something.",
    none="Nothing: they say that they have no interest.",
    employment="They work there, or did.",
    ownership="They own a part of it.",
    contract="They sell to it, advise it or are paid by it.",
    position="They hold a post there, paid or not.",
    family="Somebody of their family does one of these.",
    other="Something else.",
)
described(
    InterestState,
    "Where a declaration of an interest stands.",
    declared="It was declared.",
    reviewed="An officer of the body looked at it.",
    superseded="They say something else now.",
)

BodyOf = Annotated["Body", strawberry.lazy("graphql_schema.bodies.types")]


@strawberry.enum(description="The order of a list of declared interests.")
class InterestDeclarationOrder(enum.Enum):
    """The order of a list of declared interests."""

    DECLARED_DESC = strawberry.enum_value("declared_desc", description="The newest first.")
    DECLARED_ASC = strawberry.enum_value("declared_asc", description="The oldest first.")


@strawberry.input(description="Which declared interests a list holds.")
class InterestDeclarationFilter:
    """Which declared interests a list holds."""

    state: list[InterestState] | None = strawberry.field(default=None, description="Only in these states.")
    kind: list[InterestKind] | None = strawberry.field(default=None, description="Only of these kinds.")


@strawberry.type(description="That a member of a body has an interest, or has none: a version that never changes.")
class InterestDeclaration(Node):
    """That a member of a body has an interest, or has none."""

    body: BodyOf | None = strawberry.field(description="The body.")
    membership: Membership | None = strawberry.field(description="Who declared it, and in which seat.")
    kind: InterestKind = strawberry.field(description="What ties them to somebody or something.")
    state: InterestState = strawberry.field(description="Where it stands.")
    summary: str | None = strawberry.field(
        description="What they say of it to everybody; null for somebody who had themself erased."
    )
    organization: Organization | None = strawberry.field(
        description="The organisation; for themself and for the members of the body."
    )
    matter: str | None = strawberry.field(description="What it is about; for themself and for the members of the body.")
    since: dt.date | None = strawberry.field(
        description="The day on which it began; for themself and for the members of the body."
    )
    until: dt.date | None = strawberry.field(
        description="The first day without it; for themself and for the members of the body."
    )
    replaces: InterestDeclaration | None = strawberry.field(description="What they said before in its place.")
    review_note: str | None = strawberry.field(
        description="What an officer noted; for themself and for the members of the body."
    )
    declared_at: dt.datetime = strawberry.field(description="When they declared it.")
    reviewed_at: dt.datetime | None = strawberry.field(description="When an officer of the body had looked at it.")
    available_transitions: list[Transition] = strawberry.field(
        description="What may come next, and why not where it may not."
    )
