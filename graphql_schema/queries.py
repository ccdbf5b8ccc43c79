"""The roots of reading. Every field is answered by the planner from the sources that the concepts declare."""

from __future__ import annotations

import strawberry

from graphql_schema.agreements.types import Agreement, AgreementFilter, AgreementOrder
from graphql_schema.allowances.types import RateLimit
from graphql_schema.bodies.types import Body, BodyFilter
from graphql_schema.changes.types import Change, ChangeFilter, ChangeOrder
from graphql_schema.consultations.response_types import (
    Receipt,
    ResponseDraft,
    ResponseFilter,
    ResponseOrder,
    ResponsePage,
)
from graphql_schema.consultations.types import Consultation, ConsultationFilter, ConsultationOrder
from graphql_schema.identity.types import Client, ClientFilter, RoleGrant, RoleGrantFilter, SignInOptions, Viewer
from graphql_schema.instruments.types import Instrument, InstrumentFilter, InstrumentListOrder
from graphql_schema.mandates.types import Mandate, MandateFilter, MandateOrder
from graphql_schema.paging import Connection, argument, asked, connected
from graphql_schema.people.types import (
    NameOrder,
    Organization,
    OrganizationFilter,
    Representation,
    RepresentationFilter,
    RepresentationOrder,
    Territory,
    TerritoryFilter,
    TerritoryOrder,
)
from graphql_schema.sessions.types import Session, SessionFilter, SessionOrder
from graphql_schema.studies.finding_types import Finding, FindingFilter, FindingOrder
from graphql_schema.studies.types import Study, StudyFilter, StudyOrder
from graphql_schema.traits import Node

FOLIO = argument(str, "The folio, for example `CGATP/CONSULTA/2026/001`.")


@strawberry.type(description="The roots of reading.")
class Query:
    """The roots of reading."""

    node: Node | None = asked(
        "The thing with this id; null where there is none or the viewer may not see it.",
        id=argument(strawberry.ID, "An opaque global id."),
    )
    nodes: list[Node | None] = asked(
        "The things with these ids, in their order; null for each that there is not.",
        ids=argument(list[strawberry.ID], "Opaque global ids, 100 at most."),
    )
    viewer: Viewer = strawberry.field(description="Who is asking.")
    sign_in_options: SignInOptions = strawberry.field(description="How one may sign in here.")
    rate_limit: RateLimit = strawberry.field(
        description="What this operation costs, and how the one who asks stands after it."
    )
    consultations: Connection[Consultation] = connected(
        "The consultations that the viewer may see.", filter=ConsultationFilter, order=ConsultationOrder
    )
    consultation_by_folio: Consultation | None = asked("The consultation with this folio.", folio=FOLIO)
    responses: ResponsePage = connected(
        "The responses that the viewer may read.", filter=ResponseFilter, order=ResponseOrder
    )
    receipt: Receipt | None = asked(
        "What a receipt stands for, and whether that response counts; never what it says.",
        code=argument(str, "The code of the receipt."),
    )
    response_draft: ResponseDraft | None = asked(
        "What somebody without an account has begun, for whoever knows its code and its secret.",
        code=argument(str, "The code of the draft."),
        secret=argument(str, "The secret that was told with it."),
    )
    mandates: Connection[Mandate] = connected("What was ordered.", filter=MandateFilter, order=MandateOrder)
    mandate_by_folio: Mandate | None = asked("The mandate with this folio.", folio=FOLIO)
    sessions: Connection[Session] = connected(
        "The sessions of bodies that the viewer may see.", filter=SessionFilter, order=SessionOrder
    )
    session_by_folio: Session | None = asked("The session with this folio.", folio=FOLIO)
    instruments: Connection[Instrument] = connected(
        "What bodies adopted.", filter=InstrumentFilter, order=InstrumentListOrder
    )
    instrument_by_folio: Instrument | None = asked("The instrument with this folio.", folio=FOLIO)
    studies: Connection[Study] = connected("What was ordered to be found out.", filter=StudyFilter, order=StudyOrder)
    study_by_folio: Study | None = asked("The study with this folio.", folio=FOLIO)
    findings: Connection[Finding] = connected(
        "What studies found and recommend, and what came of it.", filter=FindingFilter, order=FindingOrder
    )
    agreements: Connection[Agreement] = connected(
        "What bodies and organisations agreed with one another.", filter=AgreementFilter, order=AgreementOrder
    )
    agreement_by_folio: Agreement | None = asked("The agreement with this folio.", folio=FOLIO)
    bodies: Connection[Body] = connected("Commissions and working groups.", filter=BodyFilter, order=NameOrder)
    organizations: Connection[Organization] = connected(
        "Authorities, groups, universities and companies.", filter=OrganizationFilter, order=NameOrder
    )
    representations: Connection[Representation] = connected(
        "Who speaks for organisations: all of it for the officers of bodies, and for everybody else their own.",
        filter=RepresentationFilter,
        order=RepresentationOrder,
    )
    role_grants: Connection[RoleGrant] = connected(
        "Who holds which role, and who did: coordinators and secretaries for everybody, others for those concerned.",
        filter=RoleGrantFilter,
    )
    clients: Connection[Client] = connected(
        "The programs of the organisations that the viewer speaks for; all of them for administrators.",
        filter=ClientFilter,
    )
    territories: Connection[Territory] = connected(
        "The country, its states and municipalities.", filter=TerritoryFilter, order=TerritoryOrder
    )
    territory: Territory | None = asked(
        "The territory with this code.",
        code=argument(str, "INEGI's code with its leading zeros, or `MX` for the country."),
    )
    changes: Connection[Change] = connected(
        "Every public change in commit order; keep the last cursor and go on from there.",
        filter=ChangeFilter,
        order=ChangeOrder,
    )
