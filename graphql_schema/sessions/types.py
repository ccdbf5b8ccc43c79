"""Sessions and their convocations in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.enums import described
from graphql_schema.files.types import Document, DocumentFilter, DocumentOrder
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import NameOrder
from graphql_schema.sessions.agenda_types import AgendaItem, Attendance, AttendanceOrder
from graphql_schema.sessions.terms_types import SessionRules
from graphql_schema.traits import LocalizedText, Moment, Node, PublicRecord, Transition
from hub.sessions.convocation_models import ConvocationKind, QuorumOccasion
from hub.sessions.models import SessionKind, SessionMode, SessionState

if TYPE_CHECKING:
    from graphql_schema.bodies.types import Body
    from graphql_schema.sessions.minutes_types import ActionItem, ActionItemFilter, ActionItemOrder, Minutes
    from graphql_schema.sessions.vote_types import Motion, MotionFilter, MotionOrder

described(
    SessionMode,
    "Where people meet.",
    in_person="In one place.",
    remote="Linked by technology, each where they are.",
    hybrid="In one place, and linked by technology.",
)
described(
    SessionState,
    "Where a session stands.",
    planned="It is being planned; its bodies alone see it.",
    convened="Its bodies were convened to it.",
    in_session="It is being held.",
    adjourned="It is interrupted and will go on.",
    closed="It was held; its minutes are not published yet.",
    finished="It was held, and its minutes are published.",
    failed="It had no quorum; its next call follows.",
    cancelled="It was called off.",
)
described(
    ConvocationKind,
    "What a convocation does.",
    issued="It calls people together.",
    amended="It says when and where instead.",
    annulled="It says that the session will not be.",
)
described(
    QuorumOccasion,
    "When a quorum was counted.",
    opening="When the session was opened.",
    failure="When it was found that there was none.",
    resumption="When the session went on after an interruption.",
)

BodyOf = Annotated["Body", strawberry.lazy("graphql_schema.bodies.types")]


MotionsOf = Annotated["Motion", strawberry.lazy("graphql_schema.sessions.vote_types")]
MotionsFilter = Annotated["MotionFilter", strawberry.lazy("graphql_schema.sessions.vote_types")]
OrderOfMotions = Annotated["MotionOrder", strawberry.lazy("graphql_schema.sessions.vote_types")]
MinutesOf = Annotated["Minutes", strawberry.lazy("graphql_schema.sessions.minutes_types")]
TasksOf = Annotated["ActionItem", strawberry.lazy("graphql_schema.sessions.minutes_types")]
TasksFilter = Annotated["ActionItemFilter", strawberry.lazy("graphql_schema.sessions.minutes_types")]
OrderOfTasks = Annotated["ActionItemOrder", strawberry.lazy("graphql_schema.sessions.minutes_types")]


@strawberry.enum(description="The order of a list of sessions.")
class SessionOrder(enum.Enum):
    """The order of a list of sessions."""

    STARTS_DESC = strawberry.enum_value("starts_desc", description="The latest first.")
    STARTS_ASC = strawberry.enum_value("starts_asc", description="The earliest first.")


@strawberry.input(description="Which sessions of a body a list holds.")
class SessionOfBodyFilter:
    """Which sessions of a body a list holds."""

    state: list[SessionState] | None = strawberry.field(default=None, description="Only in these states.")
    kind: list[SessionKind] | None = strawberry.field(default=None, description="Only of these kinds.")
    starts_from: dt.datetime | None = strawberry.field(
        default=None, description="Only those that begin at this instant or later."
    )
    starts_before: dt.datetime | None = strawberry.field(
        default=None, description="Only those that begin before this instant."
    )


@strawberry.input(description="Which sessions a list holds.")
class SessionFilter(SessionOfBodyFilter):
    """Which sessions a list holds."""

    body: strawberry.ID | None = strawberry.field(
        default=None, description="Only those that this body convened, or in which it sits with another one."
    )
    text: str | None = strawberry.field(default=None, description="Only with these words, by Spanish stems.")
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")


@strawberry.type(description="The quorum of one body in a session, as it is at the instant of the request.")
class BodyQuorum:
    """The quorum of one body in a session."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    seats: int = strawberry.field(description="Of how many voting seats it is a share, by the rules of the session.")
    needed: int = strawberry.field(description="How many of them have to be there.")
    present: int = strawberry.field(description="For how many of them somebody is there.")
    met: bool = strawberry.field(description="Whether there are enough.")


@strawberry.type(description="The quorum of one body, as it was counted on an occasion.")
class QuorumCount(Node):
    """The quorum of one body, as it was counted on an occasion."""

    session: Session | None = strawberry.field(description="The session.")
    body: BodyOf | None = strawberry.field(description="The body.")
    occasion: QuorumOccasion = strawberry.field(description="When it was counted.")
    seats: int = strawberry.field(description="Of how many voting seats it was a share.")
    needed: int = strawberry.field(description="How many of them had to be there.")
    present: int = strawberry.field(description="For how many of them somebody was there.")
    counted_at: dt.datetime = strawberry.field(description="The instant.")


@strawberry.type(description="A numbered convocation of a session; it never changes.")
class Convocation(Node):
    """A numbered convocation of a session."""

    session: Session | None = strawberry.field(description="The session.")
    number: int = strawberry.field(description="Its number, from 1.")
    kind: ConvocationKind = strawberry.field(description="What it does.")
    issued_at: dt.datetime = strawberry.field(description="When it was published.")
    starts: Moment = strawberry.field(description="When the session begins by it.")
    place: LocalizedText | None = strawberry.field(description="Where people meet by it; null where they do not.")
    notice_met: bool = strawberry.field(description="Whether it came as early as the rules of the body ask.")
    latest_day: dt.date = strawberry.field(description="The last day on which that was possible.")
    reason: LocalizedText | None = strawberry.field(
        description="Why it came late, why something changed, or why the session will not be."
    )


@strawberry.type(description="A sitting of a body, or of several that sit together.")
class Session(PublicRecord):
    """A sitting of a body."""

    body: BodyOf | None = strawberry.field(description="The body that convenes it.")
    joint_bodies: Connection[BodyOf] = connected("The bodies that sit with it.", order=NameOrder)
    rules: SessionRules | None = strawberry.field(
        description="The rules that it is bound to: those in force when it was convened."
    )
    kind: SessionKind = strawberry.field(description="What sort of session it is.")
    mode: SessionMode = strawberry.field(description="Where people meet.")
    state: SessionState = strawberry.field(description="Where it stands.")
    number: int | None = strawberry.field(
        description="Its number among the sessions of its kind in its year; null until it is convened."
    )
    call: int = strawberry.field(description="Which call of it this is, from 1.")
    previous_call: Session | None = strawberry.field(description="The call that had no quorum.")
    next_call: Session | None = strawberry.field(description="The call that followed, where this one had no quorum.")
    starts: Moment = strawberry.field(description="When it begins.")
    resumes: Moment | None = strawberry.field(description="When it goes on, where it is interrupted until then.")
    planned_minutes: int = strawberry.field(description="How long it is to last.")
    used_minutes: int | None = strawberry.field(
        description="How long it lasted from its opening to its end, interruptions included; null before that."
    )
    place: LocalizedText | None = strawberry.field(description="Where people meet.")
    link: str | None = strawberry.field(description="Where they meet from afar; for the members of its bodies alone.")
    open_to_public: bool = strawberry.field(description="Whether everybody may listen.")
    closed_reason: LocalizedText | None = strawberry.field(description="Why not.")
    cancel_reason: LocalizedText | None = strawberry.field(description="Why it was called off.")
    convened_at: dt.datetime | None = strawberry.field(description="When it was convened.")
    opened_at: dt.datetime | None = strawberry.field(description="When it was opened.")
    ended_at: dt.datetime | None = strawberry.field(description="When it was closed, failed or was called off.")
    sequence: int = strawberry.field(description="Grows with each change of what a calendar shows (RFC 5545).")
    created_at: dt.datetime = strawberry.field(description="When it was planned.")
    convocations: Connection[Convocation] = connected("How its bodies were convened, each act in its order.")
    documents: Connection[Document] = connected(
        "What was laid before all of it; the papers of its points are with these.",
        filter=DocumentFilter,
        order=DocumentOrder,
    )
    agenda: Connection[AgendaItem] = connected("The points of its agenda, in their order.")
    requested_points: Connection[AgendaItem] = connected(
        "The points that members asked for; whoever does not sit in its bodies sees those that were accepted."
    )
    attendance: Connection[Attendance] = connected("Who was there for which seat, and when.", order=AttendanceOrder)
    quorum: list[BodyQuorum] = strawberry.field(
        description="The quorum of each body that sits, from the convocation to the end; empty before and after."
    )
    quorum_counts: Connection[QuorumCount] = connected("The quorums that were counted, each on its occasion.")
    motions: Connection[MotionsOf] = connected(
        "What it was asked to decide, in the order in which it was.", filter=MotionsFilter, order=OrderOfMotions
    )
    minutes: MinutesOf | None = strawberry.field(description="Its minutes; null until the viewer may read them.")
    action_items: Connection[TasksOf] = connected("What it asked people to do.", filter=TasksFilter, order=OrderOfTasks)
    available_transitions: list[Transition] = strawberry.field(
        description="What may come next for it and its agenda, for this viewer, and why not."
    )
