"""The plain peer: the types that the queries need, on Strawberry's executor with ordinary resolvers.

Run as `python -m tests.benchmarks.plain PORT URL KEYS [cached]`; with `cached`, Strawberry keeps parsed and validated
documents, which it does not do by itself.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import strawberry
import uvicorn
from sqlalchemy import Text, Uuid, and_, or_, select
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.types import DateTime
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response as HTTPResponse
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

import hub.models  # noqa: F401 - the tables know each other only once all of them are there
from hub import clock
from hub.consultations import models as asking
from hub.consultations import response_models as responses
from hub.consultations.models import ConsultationState
from hub.consultations.response_models import Channel, ConsentLevel, ResponseState
from hub.consultations.sheets import AnswerSheet
from hub.consultations.validating import GivenAnswer
from hub.database.engine import write_engine
from hub.errors import Invalid, Refusal
from hub.identity.authenticating import Authenticator
from hub.keys import Keyring, load
from hub.people import models as people
from hub.people.models import TerritoryKind
from hub.reading.cursors import Cursors
from hub.settings import Settings
from hub.viewer import ANONYMOUS
from tests.benchmarks import plain_commission
from tests.benchmarks.plain_commission import MandateConnection, Session, SessionConnection
from tests.benchmarks.plain_lists import MandateFilter, MandateOrder, SessionFilter, board, newest_sessions
from tests.benchmarks.plain_loading import Loaders
from tests.benchmarks.plain_types import (
    SCALARS,
    Body,
    Consultation,
    Info,
    Instant,
    Node,
    Organization,
    PageInfo,
    Question,
    Territory,
    loaders_of,
)
from tests.benchmarks.plain_writing import submit

RUNNING = (ConsultationState.SCHEDULED, ConsultationState.OPEN, ConsultationState.CLOSED)


@strawberry.type
class TerritoryConnection:
    nodes: list[Territory]
    page_info: PageInfo


@strawberry.type
class OrganizationConnection:
    nodes: list[Organization]
    page_info: PageInfo


@strawberry.type
class ConsultationConnection:
    nodes: list[Consultation]
    page_info: PageInfo


@strawberry.input
class TerritoryFilter:
    kind: list[TerritoryKind] | None = None


@strawberry.input
class ConsultationFilter:
    state: list[ConsultationState] | None = None


async def _page(info: Info, name: str, statement: Any, key: Any, first: int) -> tuple[list[Any], PageInfo]:
    """Read one row more than was asked for, and say where the page ends."""
    rows = list(await loaders_of(info).all(statement.limit(first + 1)))
    shown = rows[:first]
    cursors = Cursors(info.context["keys"], name, (key, Uuid()))
    place = [getattr(shown[-1], "folded_name", None), str(shown[-1].id)] if shown else None
    end = None if place is None or place[0] is None else cursors.encode(place)
    return shown, PageInfo(has_next_page=len(rows) > first, end_cursor=end)


@strawberry.type
class Query:
    @strawberry.field
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        kind, _, identifier = id.rpartition("_")
        if kind == "Body":
            return await plain_commission.body_of(info, UUID(identifier))
        if kind == "Session":
            sat = await loaders_of(info).session.load(UUID(identifier))
            return None if sat is None else Session.of(sat)
        found = await loaders_of(info).consultation.load(UUID(identifier)) if kind == "Consultation" else None
        return None if found is None else Consultation.of(found)

    @strawberry.field
    async def sessions(self, info: Info, first: int = 20, filter: SessionFilter | None = None) -> SessionConnection:
        return await newest_sessions(info, first, filter)

    @strawberry.field
    async def mandates(
        self, info: Info, first: int = 20, filter: MandateFilter | None = None, order_by: MandateOrder | None = None
    ) -> MandateConnection:
        return await board(info, first, filter, order_by)

    @strawberry.field
    async def territories(
        self, info: Info, first: int = 20, filter: TerritoryFilter | None = None
    ) -> TerritoryConnection:
        statement = select(people.Territory).order_by(people.Territory.folded_name, people.Territory.id)
        if filter is not None and filter.kind is not None:
            statement = statement.where(people.Territory.kind.in_(filter.kind))
        rows, page = await _page(info, "Query.territories:name_asc", statement, Text(), first)
        return TerritoryConnection(nodes=[Territory.of(row) for row in rows], page_info=page)

    @strawberry.field
    async def organizations(self, info: Info, first: int = 20) -> OrganizationConnection:
        table = people.Organization
        statement = select(table).where(loaders_of(info).visible(table)).order_by(table.folded_name, table.id)
        rows, page = await _page(info, "Query.organizations:name_asc", statement, Text(), first)
        return OrganizationConnection(nodes=[Organization.of(row) for row in rows], page_info=page)

    @strawberry.field
    async def consultations(
        self, info: Info, first: int = 20, filter: ConsultationFilter | None = None
    ) -> ConsultationConnection:
        table, loaders = asking.Consultation, loaders_of(info)
        statement = select(table).where(loaders.visible(table)).order_by(table.closes_at.desc(), table.id.desc())
        if filter is not None and filter.state is not None:
            statement = statement.where(_in_state(filter.state, loaders))
        rows, page = await _page(info, "Query.consultations:closes_desc", statement, DateTime(), first)
        return ConsultationConnection(nodes=[Consultation.of(row) for row in rows], page_info=page)


def _in_state(states: list[ConsultationState], loaders: Loaders) -> Any:
    table, at = asking.Consultation, loaders.at
    running = table.state.in_(RUNNING)
    parts = {
        ConsultationState.DRAFT: table.state == ConsultationState.DRAFT,
        ConsultationState.CHECKED: table.state == ConsultationState.CHECKED,
        ConsultationState.SCHEDULED: and_(running, table.opens_at > at),
        ConsultationState.OPEN: and_(running, table.opens_at <= at, table.closes_at > at),
        ConsultationState.CLOSED: and_(running, table.closes_at <= at),
    }
    return or_(*[parts[state] for state in states])


@strawberry.type
class Answer:
    row: strawberry.Private[responses.Answer]
    text: str | None

    @strawberry.field
    async def question(self, info: Info) -> Question | None:
        found = await loaders_of(info).question.load(self.row.question_id)
        return None if found is None else Question.of(found)

    @strawberry.field
    async def options(self, info: Info) -> list[str]:
        chosen = await loaders_of(info).choices.load(self.row.response_id)
        return list(chosen.get(self.row.question_id, ()))


@strawberry.type
class Response(Node):
    row: strawberry.Private[responses.Response]
    state: ResponseState
    channel: Channel
    received_at: Instant
    content_hash: str

    @classmethod
    def of(cls, row: responses.Response) -> Response:
        return cls(
            id=strawberry.ID(f"Response_{row.id}"),
            row=row,
            state=row.state,
            channel=row.channel,
            received_at=Instant(row.received_at),
            content_hash=row.content_hash,
        )

    @strawberry.field
    async def answers(self, info: Info) -> list[Answer]:
        return [Answer(row=row, text=row.text) for row in await loaders_of(info).answers.load(self.row.id)]


@strawberry.type
class Receipt:
    code: str
    content_hash: str
    issued_at: Instant

    @classmethod
    def of(cls, row: responses.Receipt) -> Receipt:
        return cls(code=row.code, content_hash=row.content_hash, issued_at=Instant(row.issued_at))


@strawberry.input
class AnswerInput:
    question: str
    option: str | None = None
    options: list[str] | None = None
    text: str | None = None


@strawberry.input
class SubmitResponseInput:
    consultation_id: strawberry.ID
    revision_id: strawberry.ID
    answers: list[AnswerInput]
    consent: ConsentLevel
    notice_hash: str
    language: str | None = None


@strawberry.type
class UserError:
    code: str
    message: str
    path: list[str] | None


@strawberry.type
class SubmitResponsePayload:
    errors: list[UserError]
    response: Response | None = None
    receipt: Receipt | None = None


def _refused(refusal: Refusal) -> SubmitResponsePayload:
    problems = refusal.problems if isinstance(refusal, Invalid) else [refusal]
    return SubmitResponsePayload(
        errors=[UserError(code=p.code, message=p.code, path=list(p.path) or None) for p in problems]
    )


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def submit_response(self, info: Info, input: SubmitResponseInput) -> SubmitResponsePayload:
        loaders = loaders_of(info)
        sheet = AnswerSheet(
            consultation_id=UUID(input.consultation_id.rpartition("_")[2]),
            revision_id=UUID(input.revision_id.rpartition("_")[2]),
            answers=[
                GivenAnswer(
                    question=given.question,
                    option=given.option,
                    options=None if given.options is None else tuple(given.options),
                    text=given.text,
                )
                for given in input.answers
            ],
            consent=input.consent,
            notice_hash=input.notice_hash,
            language=input.language,
        )
        try:
            response_id, code = await submit(loaders, info.context["keys"], sheet)
        except Refusal as refusal:
            return _refused(refusal)
        response, receipt = await loaders.response.load(response_id), await loaders.receipt.load(code)
        return SubmitResponsePayload(
            errors=[],
            response=None if response is None else Response.of(response),
            receipt=None if receipt is None else Receipt.of(receipt),
        )


class Peer(GraphQL[dict[str, Any], None]):
    """The endpoint: who is asking is made out as the hub does, and each request has loaders of its own."""

    def __init__(self, schema: strawberry.Schema, url: str, keys: Keyring) -> None:
        super().__init__(schema)
        engine = write_engine(url, size=2 * Settings().pool)
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        self._authenticator, self._keys = Authenticator(engine), keys

    async def get_context(self, request: Request | WebSocket, response: HTTPResponse | WebSocket) -> dict[str, Any]:
        """Return what the resolvers share."""
        at, viewer = clock.now(), ANONYMOUS
        token = request.headers.get("authorization")
        if token is not None:
            viewer = await self._authenticator.viewer(token.removeprefix("Bearer "), ("es",), at)
        return {"loaders": Loaders(self._sessions, viewer, at), "keys": self._keys}


def app(url: str, keys: Keyring, *, cached: bool) -> Starlette:
    """Make the application."""
    schema = strawberry.Schema(
        Query,
        Mutation,
        types=[Consultation, Session, Body],
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[ParserCache, ValidationCache] if cached else [],
    )
    application = Starlette()
    application.add_route("/graphql", Peer(schema, url, keys))  # type: ignore[arg-type]
    return application


if __name__ == "__main__":
    uvicorn.run(
        app(sys.argv[2], load(Path(sys.argv[3]), make=False), cached="cached" in sys.argv[4:]),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
        server_header=False,
    )
