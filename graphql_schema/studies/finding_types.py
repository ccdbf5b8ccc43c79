"""What studies found and recommend, what was answered, and the figures of that, in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import strawberry

from graphql_schema.bodies.types import Body
from graphql_schema.enums import described
from graphql_schema.instruments.types import Instrument
from graphql_schema.people.types import Organization
from graphql_schema.studies.types import Study
from graphql_schema.traits import LocalizedText, Node, Transition
from hub.studies.revision_models import AnswerDecision, FindingKind, FindingState, FindingStrength

described(
    FindingKind,
    "Whether something was found out or is recommended.",
    finding="It was found out.",
    recommendation="It is recommended to somebody.",
)
described(
    FindingStrength,
    "How well something is borne out, or how much it is urged.",
    weak="Weakly.",
    moderate="Moderately.",
    strong="Strongly.",
)
described(
    FindingState,
    "What came of something that a study found or recommends.",
    open="Nobody has answered it.",
    answered="It was answered, with reasons.",
    taken_up="It was taken up.",
    not_taken_up="It was not taken up.",
)
described(
    AnswerDecision,
    "What is said to a recommendation.",
    accepted="It is accepted.",
    partly="It is accepted in part.",
    not_accepted="It is not accepted.",
    noted="It is noted.",
)

Addressee = Annotated[
    Body | Organization, strawberry.union("Addressee", description="To whom something is recommended.")
]


@strawberry.enum(description="The order of a list of findings.")
class FindingOrder(enum.Enum):
    """The order of a list of findings."""

    NUMBER_ASC = strawberry.enum_value("number_asc", description="By number.")
    CREATED_DESC = strawberry.enum_value("created_desc", description="The newest first.")
    CREATED_ASC = strawberry.enum_value("created_asc", description="The oldest first.")


@strawberry.input(description="Which recommendations to somebody a list holds.")
class RecommendationFilter:
    """Which recommendations to somebody a list holds."""

    state: list[FindingState] | None = strawberry.field(default=None, description="Only of which this came.")
    overdue: bool | None = strawberry.field(
        default=None, description="Only those whose answer is overdue, or only those whose answer is not."
    )


@strawberry.input(description="Which findings and recommendations a list holds.")
class FindingFilter(RecommendationFilter):
    """Which findings and recommendations a list holds."""

    kind: list[FindingKind] | None = strawberry.field(default=None, description="Only of these kinds.")
    body: strawberry.ID | None = strawberry.field(default=None, description="Only what is recommended to this body.")
    organization: strawberry.ID | None = strawberry.field(
        default=None, description="Only what is recommended to this organisation."
    )


@strawberry.type(description="What was answered to a recommendation; it never changes.")
class FindingAnswer:
    """What was answered to a recommendation."""

    number: int = strawberry.field(description="Its number, from 1; the last one holds.")
    decision: AnswerDecision = strawberry.field(description="What is said to it.")
    reasons: LocalizedText = strawberry.field(description="Why.")
    instrument: Instrument | None = strawberry.field(description="The instrument by which it is answered.")
    recorded: bool = strawberry.field(
        description="Whether the body that ordered the study wrote down what it was sent in another way."
    )
    answered_at: dt.datetime = strawberry.field(description="When it was answered here.")


@strawberry.type(description="Something that a study found out, or that it recommends to somebody.")
class Finding(Node):
    """Something that a study found out or recommends."""

    kind: FindingKind = strawberry.field(description="Whether it was found out or is recommended.")
    number: int = strawberry.field(description="Its number within the study and the kind, never given again.")
    state: FindingState = strawberry.field(description="What came of it.")
    text: LocalizedText = strawberry.field(description="What it says.")
    strength: FindingStrength = strawberry.field(description="How well it is borne out, or how much it is urged.")
    section: str | None = strawberry.field(description="The code of the section that it rests on.")
    addressed_to: Addressee | None = strawberry.field(description="To whom it is recommended.")
    replaces: Finding | None = strawberry.field(description="What it says better, in a correction.")
    since: int = strawberry.field(description="The number of the wording that says it first.")
    until: int | None = strawberry.field(description="The number of the wording that no longer says it.")
    standing: bool = strawberry.field(description="Whether it is still said, by a study that was not retracted.")
    published_at: dt.datetime | None = strawberry.field(description="When it was published.")
    answer_due_on: dt.date | None = strawberry.field(description="The day by which an answer is owed.")
    overdue: bool = strawberry.field(description="Whether that day has passed without an answer.")
    answered_at: dt.datetime | None = strawberry.field(description="When it was answered first.")
    answered_late: bool = strawberry.field(description="Whether it was answered after its day.")
    answers: list[FindingAnswer] = strawberry.field(description="Every answer, the last of which holds.")
    follow_up: LocalizedText | None = strawberry.field(description="What was done about it, or why nothing was.")
    followed_up_at: dt.datetime | None = strawberry.field(description="When that was said last.")
    created_at: dt.datetime = strawberry.field(description="When it was written down.")
    study: Study | None = strawberry.field(description="The study.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do about it, and why not."
    )


@strawberry.type(
    description="How many things are recommended to somebody in public and still are, and what came of it."
)
class RecommendationFigures:
    """How many things are recommended to somebody, and what came of it."""

    received: int = strawberry.field(description="How many are addressed to them.")
    open: int = strawberry.field(description="How many they have not answered.")
    overdue: int = strawberry.field(description="How many of those they should have answered by now.")
    answered: int = strawberry.field(description="How many they answered, whatever came of it since.")
    answered_late: int = strawberry.field(description="How many of those they answered after the day.")
    taken_up: int = strawberry.field(description="How many were taken up.")
    not_taken_up: int = strawberry.field(description="How many were not.")
