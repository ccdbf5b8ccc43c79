"""Territories, persons, organisations and who speaks for them, in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.traits import LocalizedText, Node, PublicRecord, Transition
from hub.people.models import (
    Branch,
    GovernmentLevel,
    OrganizationKind,
    OrganizationState,
    Power,
    RepresentationState,
    TerritoryKind,
)

if TYPE_CHECKING:
    from graphql_schema.agreements.types import Agreement, AgreementOrder, AgreementStateFilter
    from graphql_schema.consultations.types import Consultation, ConsultationOrder, ConsultationStateFilter
    from graphql_schema.studies.finding_types import (
        Finding,
        FindingOrder,
        RecommendationFigures,
        RecommendationFilter,
    )
    from graphql_schema.studies.types import Study, StudyOrder, StudyStateFilter

described(
    TerritoryKind,
    "The level of a place.",
    country="The whole country.",
    state="One of the federal entities.",
    municipality="A municipality, or a district of Mexico City.",
)
described(
    GovernmentLevel,
    "Order of government.",
    federal="The federation.",
    state="A federal entity.",
    municipal="A municipality.",
    international="Beyond one country.",
)
described(
    Branch,
    "Branch of power.",
    executive="The executive.",
    legislative="The legislature.",
    judicial="The judiciary.",
    autonomous="A constitutionally autonomous body.",
)
described(
    OrganizationKind,
    "What an organisation is towards the transparency system.",
    authority="A public authority.",
    guarantor="An authority that guarantees access to information.",
    obligated_subject="A body that the transparency law obliges.",
    civil_society="An organisation of civil society.",
    academia="A university or research centre.",
    private="A company.",
    international="An international organisation.",
    media="A news medium.",
)
described(
    OrganizationState,
    "Whether somebody checked that an organisation is what it says.",
    proposed="It was named and not yet checked.",
    verified="It was checked.",
    inactive="It exists no longer, or answers no longer.",
)
described(
    Power,
    "What a representative may do in the name of an organisation.",
    answer="Answer consultations.",
    vote="Vote.",
    publish="Publish.",
)
described(
    RepresentationState,
    "Whether somebody may speak for an organisation.",
    pending="It was asked for and not yet decided.",
    valid="It was granted.",
    ended="It was refused or has ended.",
)


@strawberry.enum(description="The order of a list by name or code.")
class TerritoryOrder(enum.Enum):
    """The order of a list of territories."""

    NAME_ASC = strawberry.enum_value("name_asc", description="By name, A to Z.")
    NAME_DESC = strawberry.enum_value("name_desc", description="By name, Z to A.")
    CODE_ASC = strawberry.enum_value("code_asc", description="By INEGI's code.")


@strawberry.input(description="Which territories a list holds.")
class TerritoryFilter:
    """Which territories a list holds."""

    kind: list[TerritoryKind] | None = strawberry.field(default=None, description="Only of these levels.")
    parent: strawberry.ID | None = strawberry.field(default=None, description="Only parts of this territory.")
    name: str | None = strawberry.field(
        default=None, description="Only whose name begins so; case and accents do not matter."
    )


@strawberry.type(description="A place: the country, a state or a municipality.")
class Territory(Node):
    """A place."""

    kind: TerritoryKind = strawberry.field(description="The level of the place.")
    code: str = strawberry.field(description="INEGI's code with its leading zeros: two digits for a state, five else.")
    name: str = strawberry.field(description="The name in the newest catalogue.")
    abbreviation: str | None = strawberry.field(description="The usual abbreviation, for states.")
    former_names: list[str] = strawberry.field(description="Names in older catalogues.")
    population: int | None = strawberry.field(description="Inhabitants by the census that the catalogue names.")
    catalogue: str = strawberry.field(description="The catalogue that the record follows.")
    parent: Territory | None = strawberry.field(description="The place that this one lies in.")
    territories: Connection[Territory] = connected("The places that lie in this one.", order=TerritoryOrder)


@strawberry.type(description="Somebody whose profile is public, or the viewer.")
class Person(Node):
    """Somebody."""

    display_name: str = strawberry.field(description="The name that the person chose to be shown by.")
    public_profile: bool = strawberry.field(description="Whether everybody may see this profile.")
    languages: list[str] = strawberry.field(description="The languages that the person reads.")


@strawberry.type(description="What a body or an organisation is or was called, from one day to another.")
class DatedName:
    """A name in force."""

    name: LocalizedText = strawberry.field(description="The name.")
    acronym: str | None = strawberry.field(description="The acronym.")
    valid_from: dt.date = strawberry.field(description="The first day of this name.")
    valid_until: dt.date | None = strawberry.field(description="The first day without it; null while it is in force.")


AgreementsOf = Annotated["Agreement", strawberry.lazy("graphql_schema.agreements.types")]
OrderOfAgreements = Annotated["AgreementOrder", strawberry.lazy("graphql_schema.agreements.types")]
AgreementStates = Annotated["AgreementStateFilter", strawberry.lazy("graphql_schema.agreements.types")]
StudiesOf = Annotated["Study", strawberry.lazy("graphql_schema.studies.types")]
OrderOfStudies = Annotated["StudyOrder", strawberry.lazy("graphql_schema.studies.types")]
StudyStates = Annotated["StudyStateFilter", strawberry.lazy("graphql_schema.studies.types")]
RecommendationsTo = Annotated["Finding", strawberry.lazy("graphql_schema.studies.finding_types")]
OrderOfFindings = Annotated["FindingOrder", strawberry.lazy("graphql_schema.studies.finding_types")]
RecommendationStates = Annotated["RecommendationFilter", strawberry.lazy("graphql_schema.studies.finding_types")]
FiguresOf = Annotated["RecommendationFigures", strawberry.lazy("graphql_schema.studies.finding_types")]
ConsultationsOf = Annotated["Consultation", strawberry.lazy("graphql_schema.consultations.types")]
OrderOfConsultations = Annotated["ConsultationOrder", strawberry.lazy("graphql_schema.consultations.types")]
StateFilter = Annotated["ConsultationStateFilter", strawberry.lazy("graphql_schema.consultations.types")]


@strawberry.type(description="An organisation of any kind: an authority, a group, a university, a company.")
class Organization(PublicRecord):
    """An organisation of any kind."""

    name: LocalizedText | None = strawberry.field(description="What it is called today.")
    acronym: str | None = strawberry.field(description="Its acronym today.")
    names: list[DatedName] = strawberry.field(description="Every name that it has had, the newest first.")
    kind: OrganizationKind = strawberry.field(description="What it is towards the transparency system.")
    level: GovernmentLevel | None = strawberry.field(description="Its order of government; null outside the state.")
    branch: Branch | None = strawberry.field(description="Its branch of power; null outside the state.")
    state: OrganizationState = strawberry.field(description="Whether it was checked.")
    territory: Territory | None = strawberry.field(description="Where it works.")
    predecessor: Organization | None = strawberry.field(description="The organisation that it follows.")
    website: str | None = strawberry.field(description="Its address on the web.")
    consultations: Connection[ConsultationsOf] = connected(
        "The consultations that it published.", filter=StateFilter, order=OrderOfConsultations
    )
    studies: Connection[StudiesOf] = connected("The studies that it does.", filter=StudyStates, order=OrderOfStudies)
    agreements: Connection[AgreementsOf] = connected(
        "The agreements to which it is a party.", filter=AgreementStates, order=OrderOfAgreements
    )
    recommendations: Connection[RecommendationsTo] = connected(
        "What studies recommend to it.", filter=RecommendationStates, order=OrderOfFindings
    )
    recommendation_figures: FiguresOf = strawberry.field(
        description="How many things are recommended to it, and what it answered."
    )


@strawberry.enum(description="The order of a list by name.")
class NameOrder(enum.Enum):
    """The order of a list by name."""

    NAME_ASC = strawberry.enum_value("name_asc", description="A to Z, Ñ after N.")
    NAME_DESC = strawberry.enum_value("name_desc", description="Z to A.")


@strawberry.input(description="Which organisations a list holds.")
class OrganizationFilter:
    """Which organisations a list holds."""

    kind: list[OrganizationKind] | None = strawberry.field(default=None, description="Only of these kinds.")
    level: list[GovernmentLevel] | None = strawberry.field(default=None, description="Only of these orders.")
    territory: strawberry.ID | None = strawberry.field(default=None, description="Only of this territory.")
    text: str | None = strawberry.field(default=None, description="Only with these words, by Spanish stems.")
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")


@strawberry.enum(description="The order of a list of representations.")
class RepresentationOrder(enum.Enum):
    """The order of a list of representations."""

    ASKED_DESC = strawberry.enum_value("asked_desc", description="The latest request first.")
    ASKED_ASC = strawberry.enum_value("asked_asc", description="The earliest request first.")


@strawberry.input(description="Which representations a list holds.")
class RepresentationFilter:
    """Which representations a list holds."""

    state: list[RepresentationState] | None = strawberry.field(default=None, description="Only in these states.")
    organization: strawberry.ID | None = strawberry.field(default=None, description="Only of this organisation.")


@strawberry.type(
    description="That somebody speaks for an organisation; seen by them and by the officers of bodies, who decide."
)
class Representation(Node):
    """That somebody speaks for an organisation."""

    state: RepresentationState = strawberry.field(description="Whether it is in force.")
    powers: list[Power] = strawberry.field(description="What it allows.")
    evidence: str = strawberry.field(description="What was said to prove it.")
    decision_reason: str | None = strawberry.field(description="Why it was refused or ended.")
    asked_at: dt.datetime = strawberry.field(description="When it was asked for.")
    valid_from: dt.datetime | None = strawberry.field(description="When it was granted; null before that.")
    valid_until: dt.datetime | None = strawberry.field(description="When it ended; null while it has not.")
    person: Person | None = strawberry.field(description="Who speaks, where their profile may be seen.")
    person_name: str | None = strawberry.field(description="The name of whoever speaks.")
    organization: Organization | None = strawberry.field(description="The organisation.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )
