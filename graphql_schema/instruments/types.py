"""Instruments in the schema: their wordings, what they order, what they do to one another, who signed."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import graphql_schema.bodies.seat_types  # noqa: F401 - the posts get their descriptions there
from graphql_schema.bodies.seat_types import Membership
from graphql_schema.bodies.types import Body
from graphql_schema.enums import described
from graphql_schema.files.types import Document, DocumentFilter, DocumentOrder
from graphql_schema.paging import Connection, argument, asked, connected
from graphql_schema.people.types import Organization
from graphql_schema.traits import LocalizedText, Node, PublicRecord, Transition
from hub.instruments.effect_models import MandateKind, RelationKind
from hub.instruments.models import InstrumentKind, InstrumentState
from hub.instruments.reading import SectionChangeKind

if TYPE_CHECKING:
    from graphql_schema.mandates.types import Mandate, MandateOrder, MandateStateFilter
    from graphql_schema.sessions.vote_types import VoteEvent

described(
    InstrumentKind,
    "What sort of act of a body it is.",
    acuerdo="An acuerdo: what the body agreed and orders.",
    dictamen="A dictamen: its reasoned judgement on a matter.",
    informe="An informe: what it reports.",
    opinion="An opinion of the body.",
    resolucion="A resolution.",
    recomendacion="A recommendation to somebody.",
    guideline="A guideline.",
    criterion="A criterion by which something is judged.",
)
described(
    InstrumentState,
    "Where an instrument stands; whether it is in force follows from its days.",
    draft="It is being written.",
    tabled="Its wording is fixed, and the body may vote on it.",
    adopted="A carried vote adopted it.",
    signed="It was signed.",
    published="It was published.",
    amended="Another instrument amended it.",
    repealed="Another instrument repealed it, from the day on which that one is in force.",
    void="It was annulled, with reasons.",
    withdrawn="It was given up before it was adopted.",
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
    RelationKind,
    "What an instrument does to another one.",
    amends="It changes it.",
    repeals="It puts it out of force.",
    implements="It carries it out.",
)
described(
    SectionChangeKind,
    "What became of a paragraph from one wording to another.",
    added="It is new.",
    changed="It says something else.",
    removed="It is there no longer.",
)


Charged = Annotated[
    Body | Organization | Membership,
    strawberry.union("Charged", description="Who is charged with a work by name."),
]
VoteOn = Annotated["VoteEvent", strawberry.lazy("graphql_schema.sessions.vote_types")]
MandatesOf = Annotated["Mandate", strawberry.lazy("graphql_schema.mandates.types")]
OrderOfMandates = Annotated["MandateOrder", strawberry.lazy("graphql_schema.mandates.types")]
MandateStates = Annotated["MandateStateFilter", strawberry.lazy("graphql_schema.mandates.types")]


@strawberry.enum(description="The order of a list of instruments.")
class InstrumentListOrder(enum.Enum):
    """The order of a list of instruments."""

    CREATED_DESC = strawberry.enum_value("created_desc", description="The newest first.")
    CREATED_ASC = strawberry.enum_value("created_asc", description="The oldest first.")


@strawberry.type(description="A paragraph of a wording.")
class InstrumentSection:
    """A paragraph of a wording."""

    code: str = strawberry.field(description="Its code, which is the same in every wording.")
    position: int = strawberry.field(description="Its place, from 0.")
    heading: LocalizedText | None = strawberry.field(description="Its heading.")
    text: LocalizedText = strawberry.field(description="What it says.")


@strawberry.type(description="A paragraph that differs between two wordings.")
class SectionChange:
    """A paragraph that differs between two wordings."""

    code: str = strawberry.field(description="Its code.")
    kind: SectionChangeKind = strawberry.field(description="What became of it.")
    heading: LocalizedText | None = strawberry.field(description="Its heading now.")
    text: LocalizedText | None = strawberry.field(description="What it says now; null where it was removed.")
    former_heading: LocalizedText | None = strawberry.field(description="Its former heading.")
    former_text: LocalizedText | None = strawberry.field(description="What it said; null where it is new.")


@strawberry.type(description="A work that a paragraph orders; it is a mandate once the instrument is published.")
class InstrumentOrder:
    """A work that a paragraph orders."""

    paragraph: str = strawberry.field(description="The code of the paragraph.")
    kind: MandateKind = strawberry.field(description="The work.")
    title: LocalizedText = strawberry.field(description="What it is called.")
    question: LocalizedText | None = strawberry.field(description="The question to be answered.")
    due_on: dt.date | None = strawberry.field(description="The day by which it is to be delivered.")
    budget_note: LocalizedText | None = strawberry.field(description="What is said of its cost.")
    responsible: Charged | None = strawberry.field(
        description="Who is charged with it, where it is another than the body itself."
    )


@strawberry.type(description="What a wording does to another instrument.")
class InstrumentRelation:
    """What a wording does to another instrument."""

    kind: RelationKind = strawberry.field(description="What it does.")
    instrument: Instrument | None = strawberry.field(description="The instrument that does it.")
    target: Instrument | None = strawberry.field(description="The instrument to which it is done.")


@strawberry.type(description="That somebody who sits in the body signed an instrument.")
class InstrumentSignature:
    """That somebody who sits in the body signed an instrument."""

    membership: Membership | None = strawberry.field(description="Who signed, and in which seat.")
    content_hash: str = strawberry.field(description="The hash of what they signed.")
    signed_at: dt.datetime = strawberry.field(description="When they signed.")


@strawberry.type(description="One wording of an instrument; from when it was tabled it never changes.")
class InstrumentRevision(Node):
    """One wording of an instrument."""

    number: int = strawberry.field(description="Its number, from 1.")
    title: LocalizedText = strawberry.field(description="What the instrument is called in it.")
    addressed_to: LocalizedText | None = strawberry.field(description="To whom it is addressed.")
    note: LocalizedText | None = strawberry.field(description="What is different from the wording before, and why.")
    content_hash: str | None = strawberry.field(
        description="SHA-256 of all that it says, in canonical JSON; null while it may still change."
    )
    fixed_at: dt.datetime | None = strawberry.field(description="When it was tabled.")
    created_at: dt.datetime = strawberry.field(description="When somebody began to write it.")
    instrument: Instrument | None = strawberry.field(description="The instrument.")
    sections: list[InstrumentSection] = strawberry.field(description="Its paragraphs, in their order.")
    orders: list[InstrumentOrder] = strawberry.field(description="What its paragraphs order.")
    relations: list[InstrumentRelation] = strawberry.field(description="What it does to other instruments.")
    changes: list[SectionChange] = asked(
        "The paragraphs that differ from an earlier wording.",
        since=argument(int | None, "The number of the earlier wording; the one before, if none is named."),
    )


@strawberry.type(description="An act of a body: an acuerdo, a dictamen, a report, a guideline.")
class Instrument(PublicRecord):
    """An act of a body."""

    body: Body | None = strawberry.field(description="The body whose act it is.")
    kind: InstrumentKind = strawberry.field(description="What sort of act it is.")
    state: InstrumentState = strawberry.field(description="Where it stands.")
    in_force: bool = strawberry.field(description="Whether it is in force today.")
    adopted_at: dt.datetime | None = strawberry.field(description="When the vote that carried it was closed.")
    vote_event: VoteOn | None = strawberry.field(description="The vote that carried it.")
    in_force_from: dt.date | None = strawberry.field(description="The first day on which it is in force.")
    in_force_until: dt.date | None = strawberry.field(
        description="The first day on which it is in force no longer; null where no end is known."
    )
    gazette: str | None = strawberry.field(description="The gazette in which it was published.")
    gazette_date: dt.date | None = strawberry.field(description="The day of that gazette.")
    gazette_page: str | None = strawberry.field(description="The page of that gazette.")
    void_reason: LocalizedText | None = strawberry.field(description="Why it was annulled.")
    created_at: dt.datetime = strawberry.field(description="When it was drafted.")
    revision: InstrumentRevision | None = strawberry.field(description="Its newest wording.")
    documents: Connection[Document] = connected(
        "Its annexes, and what it was decided upon.", filter=DocumentFilter, order=DocumentOrder
    )
    revisions: Connection[InstrumentRevision] = connected("Every wording that it has had.")
    signatures: Connection[InstrumentSignature] = connected("Who signed it.")
    related_from: Connection[InstrumentRelation] = connected("What instruments that were adopted do to this one.")
    mandates: Connection[MandatesOf] = connected("What it ordered.", filter=MandateStates, order=OrderOfMandates)
    available_transitions: list[Transition] = strawberry.field(
        description="What may come next, and why not where it may not."
    )


@strawberry.input(description="Which instruments of a body a list holds.")
class InstrumentStateFilter:
    """Which instruments of a body a list holds."""

    kind: list[InstrumentKind] | None = strawberry.field(default=None, description="Only of these kinds.")
    state: list[InstrumentState] | None = strawberry.field(default=None, description="Only in these states.")
    in_force: bool | None = strawberry.field(default=None, description="Only those that are in force today, or not.")


@strawberry.input(description="Which instruments a list holds.")
class InstrumentFilter(InstrumentStateFilter):
    """Which instruments a list holds."""

    body: strawberry.ID | None = strawberry.field(default=None, description="Only acts of this body.")
    text: str | None = strawberry.field(default=None, description="Only with these words, by Spanish stems.")
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")
