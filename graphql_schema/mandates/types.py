"""Mandates in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import strawberry

from graphql_schema.bodies.types import Body
from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import ConsultationsOf, OrderOfConsultations, Organization, StateFilter, StudiesOf
from graphql_schema.traits import LocalizedText, PublicRecord
from hub.mandates.models import (
    MandateKind,
    MandateOrigin,
    MandateState,
)

described(
    MandateKind,
    "The work that a mandate orders.",
    consultation="A consultation of the people.",
    study="A study.",
    proposal_call="A call for proposals.",
    policy="A policy of openness.",
    action="An action of openness.",
    activity="An activity among the states.",
    research="Research.",
    evaluation="A specialised evaluation.",
    platform="A technology platform.",
    thematic_project="A thematic project.",
    sectoral_project="A sectoral project.",
    outreach_material="Material for communication and outreach.",
    guideline="A guideline.",
    criterion="A criterion.",
    report="A report.",
    opinion="An opinion.",
)
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

Publisher = Annotated[
    Body | Organization,
    strawberry.union("Publisher", description="Who stands behind a mandate or a consultation."),
]


@strawberry.enum(description="The order of a list of mandates.")
class MandateOrder(enum.Enum):
    """The order of a list of mandates."""

    CREATED_DESC = strawberry.enum_value("created_desc", description="The newest first.")
    CREATED_ASC = strawberry.enum_value("created_asc", description="The oldest first.")


@strawberry.type(description="An order to do something, by whom and why.")
class Mandate(PublicRecord):
    """An order to do something."""

    kind: MandateKind = strawberry.field(description="The work that it orders.")
    origin: MandateOrigin = strawberry.field(description="On what it rests.")
    state: MandateState = strawberry.field(description="Where it stands in its life.")
    ordered_by: Publisher | None = strawberry.field(description="Who ordered it.")
    reason: LocalizedText = strawberry.field(description="The published reason.")
    question: LocalizedText | None = strawberry.field(description="The question to be answered.")
    due_on: dt.date | None = strawberry.field(description="The day by which it is to be delivered.")
    overdue: bool = strawberry.field(description="Whether that day has passed without a delivery.")
    created_at: dt.datetime = strawberry.field(description="When it was proposed.")
    consultations: Connection[ConsultationsOf] = connected(
        "The consultations that carry it out.", filter=StateFilter, order=OrderOfConsultations
    )
    study: StudiesOf | None = strawberry.field(description="The study that carries it out.")


@strawberry.input(description="Which states of mandates a list holds.")
class MandateStateFilter:
    """Which states of mandates a list holds."""

    state: list[MandateState] | None = strawberry.field(default=None, description="Only in these states.")


@strawberry.input(description="Which mandates a list holds.")
class MandateFilter(MandateStateFilter):
    """Which mandates a list holds."""

    body: strawberry.ID | None = strawberry.field(default=None, description="Only ordered by this body.")
    text: str | None = strawberry.field(default=None, description="Only with these words, by Spanish stems.")
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")
