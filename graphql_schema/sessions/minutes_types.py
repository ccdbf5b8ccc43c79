"""Minutes and tasks in the schema."""

from __future__ import annotations

import datetime as dt
import enum

import strawberry

from graphql_schema.bodies.seat_types import Membership
from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import Organization
from graphql_schema.sessions.agenda_types import AgendaItem, SessionOf
from graphql_schema.sessions.vote_types import VoteEvent
from graphql_schema.traits import LocalizedText, Node, Transition
from hub.sessions.minutes_models import ActionItemState, MinutesState, ObservationState, SigningPost

described(
    MinutesState,
    "Where the minutes of a session stand.",
    draft="The secretary writes them.",
    circulated="The members read them, and may say what is wrong with them.",
    with_observations="Members found something wrong with them.",
    approved="They are approved, and never change.",
    signed="The coordinator and the secretary have signed them.",
    published="They are public.",
)
described(
    ObservationState,
    "What became of an observation.",
    made="It waits for an answer.",
    taken_up="It was taken up.",
    not_taken_up="It was not taken up, for a reason.",
)
described(
    SigningPost,
    "As what somebody signs.",
    coordinator="As who leads the body.",
    secretary="As who keeps its papers.",
    member="As a member who was there.",
)
described(
    ActionItemState,
    "Where a task stands.",
    open="It is to be done.",
    done="It was done.",
    dropped="It is not to be done any more.",
)


@strawberry.enum(description="The order of a list of observations.")
class ObservationOrder(enum.Enum):
    """The order of a list of observations."""

    MADE_ASC = strawberry.enum_value("made_asc", description="The first one first.")


@strawberry.enum(description="The order of a list of tasks.")
class ActionItemOrder(enum.Enum):
    """The order of a list of tasks."""

    NUMBER_ASC = strawberry.enum_value("number_asc", description="The first one first.")


@strawberry.input(description="Which tasks a list holds.")
class ActionItemFilter:
    """Which tasks a list holds."""

    state: list[ActionItemState] | None = strawberry.field(default=None, description="Only in these states.")


@strawberry.type(description="One wording of minutes; it never changes.")
class MinutesRevision:
    """One wording of minutes."""

    number: int = strawberry.field(description="Its number, from 1.")
    text: LocalizedText = strawberry.field(description="What it says.")
    content_hash: str = strawberry.field(description="SHA-256 of the minutes, the number and the text.")
    created_at: dt.datetime = strawberry.field(description="When it was written.")


@strawberry.type(description="What a member found wrong with circulated minutes, and what became of it.")
class Observation(Node):
    """What a member found wrong with circulated minutes."""

    revision_number: int = strawberry.field(description="The number of the wording that it is about.")
    text: LocalizedText = strawberry.field(description="What is wrong.")
    state: ObservationState = strawberry.field(description="What became of it.")
    answer: LocalizedText | None = strawberry.field(description="Why it was taken up, or was not.")
    made_at: dt.datetime = strawberry.field(description="When it was made.")
    answered_at: dt.datetime | None = strawberry.field(description="When it was answered.")
    minutes: Minutes | None = strawberry.field(description="The minutes.")
    membership: Membership | None = strawberry.field(description="The member who made it.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.type(description="That a named person signed the approved minutes, by their hash.")
class MinutesSignature:
    """That a named person signed the approved minutes."""

    membership: Membership | None = strawberry.field(description="Who signed.")
    post: SigningPost = strawberry.field(description="As what they signed.")
    content_hash: str = strawberry.field(description="The hash that they signed.")
    signed_at: dt.datetime = strawberry.field(description="When.")


@strawberry.type(description="What was added to published minutes, which stay as they are.")
class MinutesAddendum:
    """What was added to published minutes."""

    number: int = strawberry.field(description="Its number, from 1.")
    text: LocalizedText = strawberry.field(description="What it says.")
    content_hash: str = strawberry.field(description="SHA-256 of the minutes, the number and the text.")
    added_at: dt.datetime = strawberry.field(description="When it was added.")


@strawberry.type(description="The record of a session: drafted, circulated, observed, approved, signed, published.")
class Minutes(Node):
    """The record of a session."""

    session: SessionOf | None = strawberry.field(description="The session.")
    state: MinutesState = strawberry.field(description="Where they stand.")
    number: int = strawberry.field(description="The number of the newest wording.")
    text: LocalizedText = strawberry.field(description="The newest wording; once approved, that which was.")
    text_hash: str = strawberry.field(description="SHA-256 of the newest wording.")
    content_hash: str | None = strawberry.field(description="SHA-256 of what was approved, which is what is signed.")
    created_at: dt.datetime = strawberry.field(description="When they were drafted.")
    circulated_at: dt.datetime | None = strawberry.field(description="When they were last given to the members.")
    observations_until: dt.datetime | None = strawberry.field(
        description="Until when members may say what is wrong with them; null without such an end."
    )
    approved_at: dt.datetime | None = strawberry.field(description="When they were approved.")
    published_at: dt.datetime | None = strawberry.field(description="When they were published.")
    approved_by: VoteEvent | None = strawberry.field(
        description="The vote of a later session that approved them; null where nobody objected."
    )
    revisions: list[MinutesRevision] = strawberry.field(description="Every wording, in order.")
    observations: Connection[Observation] = connected("What members found wrong.", order=ObservationOrder)
    signatures: list[MinutesSignature] = strawberry.field(description="Who signed them, the first one first.")
    addenda: list[MinutesAddendum] = strawberry.field(description="What was added afterwards, in order.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with them, and why not."
    )


@strawberry.type(description="What a session asked somebody to do.")
class ActionItem(Node):
    """What a session asked somebody to do."""

    number: int = strawberry.field(description="Its number within its session, from 1.")
    task: LocalizedText = strawberry.field(description="What is to be done.")
    session: SessionOf | None = strawberry.field(description="The session.")
    agenda_item: AgendaItem | None = strawberry.field(description="The point that it came of.")
    owner: Membership | None = strawberry.field(description="The member who was asked, if it was one.")
    organization: Organization | None = strawberry.field(description="The organisation that was asked, if it was one.")
    due_on: dt.date | None = strawberry.field(description="The day on which it is due.")
    state: ActionItemState = strawberry.field(description="Where it stands.")
    late: bool = strawberry.field(description="Whether that day has passed, and it is not done.")
    evidence: LocalizedText | None = strawberry.field(description="Where it can be seen that it was done.")
    drop_reason: LocalizedText | None = strawberry.field(description="Why it is not to be done any more.")
    created_at: dt.datetime = strawberry.field(description="When it was given.")
    ended_at: dt.datetime | None = strawberry.field(description="When it was done or dropped.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )
