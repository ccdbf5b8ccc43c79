"""The points of an agenda, who is there, and who takes no part in a point, in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.bodies.interest_types import InterestDeclaration
from graphql_schema.bodies.seat_types import Membership, Seat
from graphql_schema.enums import described
from graphql_schema.files.types import Document, DocumentFilter, DocumentOrder
from graphql_schema.paging import Connection, connected
from graphql_schema.traits import LocalizedText, Node, Transition
from hub.sessions.models import AgendaItemState, AgendaKind, AttendanceMode

if TYPE_CHECKING:
    from graphql_schema.sessions.types import Session
    from graphql_schema.sessions.vote_types import Motion, MotionFilter, MotionOrder

described(
    AgendaKind,
    "What is done under a point of an agenda.",
    roll_call="It is seen who is there.",
    agenda_approval="The agenda is approved.",
    minutes_approval="Minutes of an earlier session are approved.",
    information="Somebody reports.",
    discussion="Something is discussed.",
    decision="Something is decided.",
    general_matters="Whatever else comes up.",
)
described(
    AgendaItemState,
    "What became of a point.",
    proposed="A member asked for it, and nobody has answered yet.",
    accepted="It is on the agenda.",
    rejected="It was refused, with reasons.",
    deferred="It was left for later.",
    dealt_with="It was dealt with.",
    removed="It was taken off the agenda.",
)
described(
    AttendanceMode,
    "How somebody is there.",
    in_person="In the room.",
    remote="Linked by technology.",
)

SessionOf = Annotated["Session", strawberry.lazy("graphql_schema.sessions.types")]
MotionsOf = Annotated["Motion", strawberry.lazy("graphql_schema.sessions.vote_types")]
MotionsFilter = Annotated["MotionFilter", strawberry.lazy("graphql_schema.sessions.vote_types")]
OrderOfMotions = Annotated["MotionOrder", strawberry.lazy("graphql_schema.sessions.vote_types")]


@strawberry.enum(description="The order of a list of attendance.")
class AttendanceOrder(enum.Enum):
    """The order of a list of attendance."""

    CAME_ASC = strawberry.enum_value("came_asc", description="Who came first, first.")
    CAME_DESC = strawberry.enum_value("came_desc", description="Who came last, first.")


@strawberry.type(description="That whoever sits in a seat takes no part in a point, and why.")
class Recusal(Node):
    """That whoever sits in a seat takes no part in a point."""

    agenda_item: AgendaItem | None = strawberry.field(description="The point.")
    seat: Seat | None = strawberry.field(description="The seat, which neither votes on it nor counts for its quorum.")
    membership: Membership | None = strawberry.field(description="Who sat there.")
    interest: InterestDeclaration | None = strawberry.field(description="The declared interest that it rests on.")
    reason: LocalizedText = strawberry.field(description="Why.")
    declared_at: dt.datetime = strawberry.field(description="When it was said.")


@strawberry.type(description="That somebody is there for a seat, from one instant to another.")
class Attendance(Node):
    """That somebody is there for a seat."""

    session: SessionOf | None = strawberry.field(description="The session.")
    seat: Seat | None = strawberry.field(description="The seat.")
    membership: Membership | None = strawberry.field(description="Who it is: the holder of the seat, or an alternate.")
    mode: AttendanceMode = strawberry.field(description="How they are there.")
    came_at: dt.datetime = strawberry.field(description="From when.")
    left_at: dt.datetime | None = strawberry.field(description="Until when; null while they are there.")


@strawberry.type(description="A point of an agenda, or a point of a point.")
class AgendaItem(Node):
    """A point of an agenda."""

    session: SessionOf | None = strawberry.field(description="The session.")
    parent: AgendaItem | None = strawberry.field(description="The point that it belongs to.")
    items: Connection[AgendaItem] = connected("The points that belong to it, in their order.")
    position: int = strawberry.field(
        description="Its place among its neighbours, from 1; zero for what is not on the agenda."
    )
    number: str | None = strawberry.field(description="Its number, such as `3.2`; null for what is not on the agenda.")
    kind: AgendaKind = strawberry.field(description="What is done under it.")
    state: AgendaItemState = strawberry.field(description="What became of it.")
    title: LocalizedText = strawberry.field(description="What it is called.")
    explanation: LocalizedText | None = strawberry.field(description="What it is about.")
    presenter: str | None = strawberry.field(description="Who presents it.")
    public: bool = strawberry.field(description="Whether everybody may see it; the members of its bodies, otherwise.")
    requested_by: Membership | None = strawberry.field(description="The member who asked for it.")
    requested_at: dt.datetime | None = strawberry.field(description="When they did.")
    answer: LocalizedText | None = strawberry.field(description="What the officers answered them.")
    planned_minutes: int | None = strawberry.field(description="How long it is to take.")
    used_minutes: int | None = strawberry.field(
        description="How many minutes it took; null until it has ended, and where nobody noted when it began."
    )
    started_at: dt.datetime | None = strawberry.field(description="When the session began to deal with it.")
    ended_at: dt.datetime | None = strawberry.field(description="When it was done with it.")
    edition: int = strawberry.field(description="How often it was written; the next edit names it.")
    outcome: LocalizedText | None = strawberry.field(description="What came of it, or why it was left for later.")
    documents: Connection[Document] = connected("Its papers.", filter=DocumentFilter, order=DocumentOrder)
    motions: Connection[MotionsOf] = connected(
        "What the body was asked to decide under it.", filter=MotionsFilter, order=OrderOfMotions
    )
    recusals: Connection[Recusal] = connected("Who takes no part in it.")
    available_transitions: list[Transition] = strawberry.field(
        description="What may come next for it, for this viewer, and why not."
    )
