"""Mandates in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import strawberry

from graphql_schema.bodies.types import Body
from graphql_schema.enums import described
from graphql_schema.files.types import Document
from graphql_schema.instruments.types import Charged, Instrument, InstrumentSection
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import ConsultationsOf, OrderOfConsultations, Organization, StateFilter, StudiesOf
from graphql_schema.traits import LocalizedText, Node, PublicRecord, Transition
from hub.mandates.duty_models import MandateNoticeKind, WorkProgrammeState
from hub.mandates.models import MandateKind, MandateOrigin, MandateState

described(
    MandateOrigin,
    "On what a mandate rests.",
    own_initiative="On a reason that the body itself published.",
    instrument="On a paragraph of an instrument that the body adopted.",
    **{"import": "On a record taken over from elsewhere."},
)
described(
    MandateState,
    "Where a mandate stands in its life.",
    proposed="It was proposed.",
    ordered="It was ordered.",
    accepted="Whoever is responsible accepted it.",
    in_progress="The work is under way.",
    delivered="What it asked for was published.",
    discharged="It was closed without a deliverable, with reasons, or after the delivery was accepted.",
    cancelled="It was cancelled, with reasons.",
)

described(
    MandateNoticeKind,
    "What a notice about a mandate says.",
    order="That it is ordered.",
    reassignment="That somebody else is charged with it.",
    rescheduling="That it is due on another day.",
)
described(
    WorkProgrammeState,
    "Where a work programme stands.",
    draft="It is being written.",
    approved="An instrument of the body approved it.",
    closed="It is over.",
)

Publisher = Annotated[
    Body | Organization,
    strawberry.union("Publisher", description="Who stands behind a mandate or a consultation."),
]


@strawberry.enum(description="The order of a list of mandates.")
class MandateOrder(enum.Enum):
    """The order of a list of mandates."""

    CREATED_DESC = strawberry.enum_value("created_desc", description="The newest first.")
    CREATED_ASC = strawberry.enum_value("created_asc", description="The oldest first.")
    DUE_ASC = strawberry.enum_value("due_asc", description="What is due first, and what has no day at the end.")
    DUE_DESC = strawberry.enum_value("due_desc", description="What has no day, and then what is due last.")


@strawberry.type(description="A numbered act about who is charged with a mandate and by when; it never changes.")
class MandateNotice:
    """A numbered act about who is charged with a mandate and by when."""

    number: int = strawberry.field(description="Its number, from 1.")
    kind: MandateNoticeKind = strawberry.field(description="What it says.")
    responsible: Charged | None = strawberry.field(
        description="Who is charged from then on, where it is another than the body that ordered it."
    )
    due_on: dt.date | None = strawberry.field(description="The day on which it is due from then on.")
    reason: LocalizedText | None = strawberry.field(description="Why; null in the order itself.")
    published_at: dt.datetime = strawberry.field(description="When it was published.")


@strawberry.type(description="What was delivered for a mandate.")
class Deliverable:
    """What was delivered for a mandate."""

    record: PublicRecord | None = strawberry.field(description="The public record; null where it is a document.")
    document: Document | None = strawberry.field(
        description="The document, where it is one; null as well where the viewer may not see it."
    )
    delivered_at: dt.datetime = strawberry.field(description="When it was delivered.")


@strawberry.type(description="An order to do something, by whom and why.")
class Mandate(PublicRecord):
    """An order to do something."""

    kind: MandateKind = strawberry.field(description="The work that it orders.")
    origin: MandateOrigin = strawberry.field(description="On what it rests.")
    state: MandateState = strawberry.field(description="Where it stands in its life.")
    ordered_by: Publisher | None = strawberry.field(description="Who ordered it.")
    instrument: Instrument | None = strawberry.field(description="The instrument that orders it.")
    paragraph: str | None = strawberry.field(description="The code of the paragraph that orders it.")
    section: InstrumentSection | None = strawberry.field(description="That paragraph.")
    reason: LocalizedText = strawberry.field(
        description="The published reason; what the paragraph says, where an instrument orders it."
    )
    question: LocalizedText | None = strawberry.field(description="The question to be answered.")
    budget_note: LocalizedText | None = strawberry.field(description="What is said of its cost.")
    responsible: Charged | None = strawberry.field(
        description="Who is charged with it, where it is another than the body that ordered it."
    )
    due_on: dt.date | None = strawberry.field(description="The day by which it is to be delivered.")
    overdue: bool = strawberry.field(description="Whether that day has passed without a delivery.")
    ordered_at: dt.datetime | None = strawberry.field(description="When it was ordered.")
    delivered_at: dt.datetime | None = strawberry.field(description="When it was delivered.")
    delivered_late: bool = strawberry.field(description="Whether it was delivered after the day on which it was due.")
    closing_reason: LocalizedText | None = strawberry.field(description="Why it was discharged or cancelled.")
    created_at: dt.datetime = strawberry.field(description="When it was proposed.")
    notices: Connection[MandateNotice] = connected("Who was charged with it and by when, act by act.")
    deliverables: Connection[Deliverable] = connected("What was delivered.")
    consultations: Connection[ConsultationsOf] = connected(
        "The consultations that carry it out.", filter=StateFilter, order=OrderOfConsultations
    )
    available_transitions: list[Transition] = strawberry.field(
        description="What may come next, and why not where it may not."
    )
    study: StudiesOf | None = strawberry.field(description="The study that carries it out.")


@strawberry.type(description="How a body stands with what it ordered, as far as that is public.")
class MandateFigures:
    """How a body stands with what it ordered."""

    open: int = strawberry.field(description="How many mandates are owed.")
    overdue: int = strawberry.field(description="How many of them should have been delivered by now.")
    delivered: int = strawberry.field(description="How many were delivered.")
    delivered_late: int = strawberry.field(description="How many were delivered after their day.")
    discharged: int = strawberry.field(description="How many were discharged.")
    cancelled: int = strawberry.field(description="How many were cancelled.")


@strawberry.type(description="One thing that a body means to do in a year.")
class WorkProgrammeLine:
    """One thing that a body means to do in a year."""

    position: int = strawberry.field(description="Its place, from 1.")
    title: LocalizedText = strawberry.field(description="What it is called.")
    explanation: LocalizedText | None = strawberry.field(description="What is meant by it.")
    mandate: Mandate | None = strawberry.field(description="The mandate that carries it out.")


@strawberry.type(description="What a body means to do in a year.")
class WorkProgramme(Node):
    """What a body means to do in a year."""

    body: Body | None = strawberry.field(description="The body.")
    year: int = strawberry.field(description="The year.")
    title: LocalizedText = strawberry.field(description="What it is called.")
    state: WorkProgrammeState = strawberry.field(description="Where it stands.")
    instrument: Instrument | None = strawberry.field(description="The instrument that approved it.")
    approved_at: dt.datetime | None = strawberry.field(description="When it was approved.")
    edition: int = strawberry.field(description="How often it was written; the next edit names it.")
    created_at: dt.datetime = strawberry.field(description="When it was drafted.")
    lines: list[WorkProgrammeLine] = strawberry.field(description="What it consists of, in its order.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.input(description="Which states of work programmes a list holds.")
class WorkProgrammeFilter:
    """Which states of work programmes a list holds."""

    state: list[WorkProgrammeState] | None = strawberry.field(default=None, description="Only in these states.")


@strawberry.input(description="Which mandates of a body or of an instrument a list holds.")
class MandateStateFilter:
    """Which mandates of a body or of an instrument a list holds."""

    state: list[MandateState] | None = strawberry.field(default=None, description="Only in these states.")
    kind: list[MandateKind] | None = strawberry.field(default=None, description="Only orders of these works.")
    overdue: bool | None = strawberry.field(default=None, description="Only those that are overdue today, or not.")
    due_before: dt.date | None = strawberry.field(default=None, description="Only those that are due before this day.")


@strawberry.input(description="Which mandates a list holds.")
class MandateFilter(MandateStateFilter):
    """Which mandates a list holds."""

    body: strawberry.ID | None = strawberry.field(default=None, description="Only ordered by this body.")
    responsible_body: strawberry.ID | None = strawberry.field(
        default=None, description="Only those with which this body is charged."
    )
    responsible_organization: strawberry.ID | None = strawberry.field(
        default=None, description="Only those with which this organisation is charged."
    )
    instrument: strawberry.ID | None = strawberry.field(default=None, description="Only ordered by this instrument.")
    text: str | None = strawberry.field(default=None, description="Only with these words, by Spanish stems.")
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")
