"""The schema put together, and where its sources of reading are gathered."""

from __future__ import annotations

import datetime as dt

import strawberry
from graphql import GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

import hub.agreements.papers
import hub.agreements.reading
import hub.allowances.reading
import hub.bodies.interest_reading
import hub.bodies.joining_reading
import hub.bodies.parity_reading
import hub.bodies.reading
import hub.bodies.seat_reading
import hub.changes.reading
import hub.consultations.background
import hub.consultations.draft_reading
import hub.consultations.file_reading
import hub.consultations.participation_reading
import hub.consultations.questionnaire_reading
import hub.consultations.reading
import hub.consultations.report_reading
import hub.consultations.response_reading
import hub.consultations.result_reading
import hub.consultations.stream_reading
import hub.consultations.tally_reading
import hub.files.reading
import hub.identity.reading
import hub.instruments.annexes
import hub.instruments.reading
import hub.mandates.programme_reading
import hub.mandates.reading
import hub.models
import hub.people.reading
import hub.personal_data.reading
import hub.register.reading
import hub.sessions.agenda_reading
import hub.sessions.minutes_reading
import hub.sessions.papers
import hub.sessions.reading
import hub.sessions.vote_reading
import hub.studies.finding_reading
import hub.studies.papers
import hub.studies.reading
import hub.studies.review_reading
from graphql_schema.agreements.mutations import AgreementMutations
from graphql_schema.bodies.body_mutations import BodyMutations
from graphql_schema.bodies.interest_mutations import InterestMutations
from graphql_schema.bodies.joining_mutations import JoiningMutations
from graphql_schema.bodies.seat_mutations import SeatMutations
from graphql_schema.consultations.answer_file_mutations import AnswerFileMutations
from graphql_schema.consultations.mutations import ConsultationMutations
from graphql_schema.consultations.report_mutations import ReportMutations
from graphql_schema.consultations.response_mutations import ResponseMutations
from graphql_schema.consultations.statement_mutations import StatementMutations
from graphql_schema.errors import ERROR_TYPES
from graphql_schema.files.mutations import FileMutations
from graphql_schema.identity.client_mutations import ClientMutations
from graphql_schema.identity.mutations import IdentityMutations
from graphql_schema.identity.role_mutations import RoleMutations
from graphql_schema.instruments.mutations import InstrumentMutations
from graphql_schema.mandates.mutations import MandateMutations
from graphql_schema.mandates.programme_mutations import WorkProgrammeMutations
from graphql_schema.people.mutations import RepresentationMutations
from graphql_schema.personal_data.mutations import PersonalDataMutations
from graphql_schema.queries import Query
from graphql_schema.scalars import BIG_INT, DATE, DATE_TIME, LOCAL_DATE_TIME, BigInt, LocalDateTime
from graphql_schema.sessions.agenda_mutations import AgendaMutations
from graphql_schema.sessions.minutes_mutations import MinutesMutations
from graphql_schema.sessions.mutations import SessionMutations
from graphql_schema.sessions.task_mutations import TaskMutations
from graphql_schema.sessions.vote_mutations import VoteMutations
from graphql_schema.studies.mutations import StudyMutations
from graphql_schema.studies.review_mutations import StudyReviewMutations
from graphql_schema.studies.work_mutations import StudyWorkMutations
from graphql_schema.subscriptions import Subscription

DECLARED = (
    hub.models,
    hub.agreements.papers,
    hub.agreements.reading,
    hub.allowances.reading,
    hub.bodies.interest_reading,
    hub.bodies.joining_reading,
    hub.bodies.parity_reading,
    hub.bodies.reading,
    hub.bodies.seat_reading,
    hub.changes.reading,
    hub.consultations.background,
    hub.consultations.draft_reading,
    hub.consultations.participation_reading,
    hub.consultations.questionnaire_reading,
    hub.consultations.reading,
    hub.consultations.report_reading,
    hub.consultations.response_reading,
    hub.consultations.result_reading,
    hub.consultations.stream_reading,
    hub.consultations.tally_reading,
    hub.files.reading,
    hub.identity.reading,
    hub.instruments.annexes,
    hub.instruments.reading,
    hub.mandates.programme_reading,
    hub.mandates.reading,
    hub.people.reading,
    hub.personal_data.reading,
    hub.register.reading,
    hub.sessions.agenda_reading,
    hub.sessions.papers,
    hub.sessions.reading,
    hub.sessions.minutes_reading,
    hub.sessions.vote_reading,
    hub.studies.finding_reading,
    hub.studies.papers,
    hub.studies.reading,
    hub.studies.review_reading,
)
"""The modules that say what can be read and who may see it: importing them is what declares it."""


@strawberry.type(description="The acts: each takes one input and answers one payload.")
class Mutation(
    ConsultationMutations,
    ResponseMutations,
    AnswerFileMutations,
    InstrumentMutations,
    MandateMutations,
    WorkProgrammeMutations,
    ReportMutations,
    StatementMutations,
    RepresentationMutations,
    IdentityMutations,
    ClientMutations,
    RoleMutations,
    PersonalDataMutations,
    FileMutations,
    SessionMutations,
    AgendaMutations,
    VoteMutations,
    MinutesMutations,
    TaskMutations,
    StudyMutations,
    StudyWorkMutations,
    StudyReviewMutations,
    BodyMutations,
    SeatMutations,
    JoiningMutations,
    InterestMutations,
    AgreementMutations,
):
    """The acts."""


schema = strawberry.Schema(
    Query,
    Mutation,
    Subscription,
    types=ERROR_TYPES,
    config=StrawberryConfig(
        scalar_map={dt.date: DATE, dt.datetime: DATE_TIME, BigInt: BIG_INT, LocalDateTime: LOCAL_DATE_TIME}
    ),
)

graphql: GraphQLSchema = schema._schema  # noqa: SLF001 - the planner reads graphql-core's schema, which has no other door


def printed() -> str:
    """Return the public contract, as it is kept in `schema.graphql`."""
    return print_schema(graphql) + "\n"
