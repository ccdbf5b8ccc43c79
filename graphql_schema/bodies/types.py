"""Bodies in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.bodies.interest_types import (
    InterestDeclaration,
    InterestDeclarationFilter,
    InterestDeclarationOrder,
)
from graphql_schema.bodies.joining_types import (
    JoinRequest,
    JoinRequestFilter,
    JoinRequestOrder,
    ParityFigure,
    ParityRule,
    ParityRuleOrder,
)
from graphql_schema.bodies.seat_types import Membership, MembershipFilter, MembershipOrder, Seat, SeatFilter, SeatOrder
from graphql_schema.enums import described
from graphql_schema.files.types import Document, DocumentFilter, DocumentOrder
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import (
    AgreementsOf,
    AgreementStates,
    ConsultationsOf,
    DatedName,
    FiguresOf,
    NameOrder,
    OrderOfAgreements,
    OrderOfConsultations,
    OrderOfFindings,
    OrderOfStudies,
    RecommendationStates,
    RecommendationsTo,
    StateFilter,
    StudiesOf,
    StudyStates,
    Territory,
    TerritoryOrder,
)
from graphql_schema.traits import LocalizedText, Node, PublicRecord, Transition
from hub.bodies.models import (
    BodyKind,
    BodyState,
)

if TYPE_CHECKING:
    from graphql_schema.consultations.report_types import AnsweringFigures
    from graphql_schema.instruments.types import Instrument, InstrumentListOrder, InstrumentStateFilter
    from graphql_schema.mandates.types import (
        Mandate,
        MandateFigures,
        MandateOrder,
        MandateStateFilter,
        WorkProgramme,
        WorkProgrammeFilter,
    )
    from graphql_schema.sessions.terms_types import SessionRules, SessionRulesOrder
    from graphql_schema.sessions.types import Session, SessionOfBodyFilter, SessionOrder

described(
    BodyKind,
    "What sort of body it is.",
    commission="A standing commission.",
    joint_commissions="Commissions that sit together.",
    working_group="A working group.",
    forum="A forum of several sectors.",
    council="A council.",
    committee="A committee.",
    secretariat="A secretariat.",
)
described(
    BodyState,
    "Where a body stands in its life.",
    planned="It is to be constituted.",
    constituted="It works.",
    suspended="Its work is interrupted.",
    dissolved="It exists no longer.",
)

AnsweringOf = Annotated["AnsweringFigures", strawberry.lazy("graphql_schema.consultations.report_types")]
MandatesOf = Annotated["Mandate", strawberry.lazy("graphql_schema.mandates.types")]
OrderOfMandates = Annotated["MandateOrder", strawberry.lazy("graphql_schema.mandates.types")]
MandateStates = Annotated["MandateStateFilter", strawberry.lazy("graphql_schema.mandates.types")]
FiguresOfMandates = Annotated["MandateFigures", strawberry.lazy("graphql_schema.mandates.types")]
ProgrammesOf = Annotated["WorkProgramme", strawberry.lazy("graphql_schema.mandates.types")]
ProgrammeStates = Annotated["WorkProgrammeFilter", strawberry.lazy("graphql_schema.mandates.types")]
InstrumentsOf = Annotated["Instrument", strawberry.lazy("graphql_schema.instruments.types")]
OrderOfInstruments = Annotated["InstrumentListOrder", strawberry.lazy("graphql_schema.instruments.types")]
InstrumentStates = Annotated["InstrumentStateFilter", strawberry.lazy("graphql_schema.instruments.types")]

SessionsOf = Annotated["Session", strawberry.lazy("graphql_schema.sessions.types")]
OrderOfSessions = Annotated["SessionOrder", strawberry.lazy("graphql_schema.sessions.types")]
SessionsFilter = Annotated["SessionOfBodyFilter", strawberry.lazy("graphql_schema.sessions.types")]
RulesOf = Annotated["SessionRules", strawberry.lazy("graphql_schema.sessions.terms_types")]
OrderOfRules = Annotated["SessionRulesOrder", strawberry.lazy("graphql_schema.sessions.terms_types")]


@strawberry.enum(description="The order of a list of versions of a charter.")
class CharterOrder(enum.Enum):
    """The order of a list of versions of a charter."""

    NUMBER_DESC = strawberry.enum_value("number_desc", description="The newest first.")
    NUMBER_ASC = strawberry.enum_value("number_asc", description="The oldest first.")


@strawberry.type(description="What a body was charged with from an instant on: a version that never changes.")
class BodyCharter(Node):
    """What a body was charged with from an instant on."""

    number: int = strawberry.field(description="Which version it is, from 1.")
    remit: LocalizedText | None = strawberry.field(description="What the body was charged with.")
    legal_basis: LocalizedText | None = strawberry.field(description="The rule that it rested on.")
    territories: Connection[Territory] = connected("Where it worked.", order=TerritoryOrder)
    reason: LocalizedText | None = strawberry.field(description="Why it was written anew.")
    adopted_at: dt.datetime = strawberry.field(description="Since when it stood so.")


@strawberry.type(description="A commission, a working group or another body that orders, asks and decides.")
class Body(PublicRecord):
    """A standing body."""

    name: LocalizedText | None = strawberry.field(description="What it is called today.")
    acronym: str | None = strawberry.field(description="Its acronym today.")
    names: list[DatedName] = strawberry.field(description="Every name that it has had, the newest first.")
    kind: BodyKind = strawberry.field(description="What sort of body it is.")
    state: BodyState = strawberry.field(description="Where it stands in its life.")
    parent: Body | None = strawberry.field(description="The body that it belongs to.")
    predecessor: Body | None = strawberry.field(description="The body that it follows.")
    remit: LocalizedText | None = strawberry.field(description="What it is charged with.")
    legal_basis: LocalizedText | None = strawberry.field(description="The rule that it rests on.")
    state_reason: LocalizedText | None = strawberry.field(description="Why its work is interrupted, or over.")
    territories: Connection[Territory] = connected("Where it works.", order=TerritoryOrder)
    charters: Connection[BodyCharter] = connected(
        "What it was charged with, version by version; none while nobody has written anew what it was registered with.",
        order=CharterOrder,
    )
    available_transitions: list[Transition] = strawberry.field(
        description="Where its life may lead next by the viewer, and why not."
    )
    bodies: Connection[Body] = connected("The bodies that belong to it.", order=NameOrder)
    documents: Connection[Document] = connected(
        "The papers of the body itself.", filter=DocumentFilter, order=DocumentOrder
    )
    seats: Connection[Seat] = connected("Its seats.", filter=SeatFilter, order=SeatOrder)
    memberships: Connection[Membership] = connected(
        "Who sits in it, and who did.", filter=MembershipFilter, order=MembershipOrder
    )
    parity: list[ParityFigure] = strawberry.field(
        description="How it is made up now, for each rule of parity that binds it."
    )
    parity_rules: Connection[ParityRule] = connected(
        "The rules of parity that bind it, and those that did.", order=ParityRuleOrder
    )
    join_requests: Connection[JoinRequest] = connected(
        "Who wants to join it or is invited, for its officers and for those whom it concerns.",
        filter=JoinRequestFilter,
        order=JoinRequestOrder,
    )
    interest_declarations: Connection[InterestDeclaration] = connected(
        "Which interests its members declared, and what they said before.",
        filter=InterestDeclarationFilter,
        order=InterestDeclarationOrder,
    )
    mandates: Connection[MandatesOf] = connected("What it ordered.", filter=MandateStates, order=OrderOfMandates)
    mandate_figures: FiguresOfMandates = strawberry.field(description="How it stands with what it ordered.")
    work_programmes: Connection[ProgrammesOf] = connected("What it means to do, year by year.", filter=ProgrammeStates)
    instruments: Connection[InstrumentsOf] = connected(
        "What it adopted.", filter=InstrumentStates, order=OrderOfInstruments
    )
    consultations: Connection[ConsultationsOf] = connected(
        "The consultations that it published.", filter=StateFilter, order=OrderOfConsultations
    )
    answering: AnsweringOf = strawberry.field(
        description="How the answers stand that it owes to those who answered its consultations."
    )
    sessions: Connection[SessionsOf] = connected(
        "Its sessions, those in which it sits with another body too.", filter=SessionsFilter, order=OrderOfSessions
    )
    session_rules: Connection[RulesOf] = connected("Every version of the rules by which it sits.", order=OrderOfRules)
    studies: Connection[StudiesOf] = connected("The studies that it ordered.", filter=StudyStates, order=OrderOfStudies)
    agreements: Connection[AgreementsOf] = connected(
        "The agreements to which it is a party.", filter=AgreementStates, order=OrderOfAgreements
    )
    recommendations: Connection[RecommendationsTo] = connected(
        "What studies recommend to it.", filter=RecommendationStates, order=OrderOfFindings
    )
    recommendation_figures: FiguresOf = strawberry.field(
        description="How many things are recommended to it, and what it answered."
    )


@strawberry.input(description="Which bodies a list holds.")
class BodyFilter:
    """Which bodies a list holds."""

    kind: list[BodyKind] | None = strawberry.field(default=None, description="Only of these kinds.")
    parent: strawberry.ID | None = strawberry.field(default=None, description="Only parts of this body.")
    text: str | None = strawberry.field(default=None, description="Only with these words, by Spanish stems.")
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")
