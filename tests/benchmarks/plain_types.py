"""The types of the plain peer: scalars are attributes, everything else is an ordinary resolver with a data loader."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, NewType

import strawberry
from strawberry.types.info import Info as StrawberryInfo

from hub.bodies import models as bodies
from hub.clock import day_of
from hub.consultations import models as consultations
from hub.consultations import questionnaire_models as questionnaires
from hub.consultations import response_models as responses
from hub.consultations.models import ConsultationState, ResultsPolicy
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.rules import UNPUBLISHED, ConsultationFacts
from hub.people import models as people
from hub.people.models import GovernmentLevel, OrganizationKind, TerritoryKind
from hub.people.naming import name_on
from hub.text import LocalizedText as StoredText
from tests.benchmarks import plain_commission
from tests.benchmarks.plain_loading import Loaders

if TYPE_CHECKING:
    from tests.benchmarks.plain_commission import InstrumentConnection, SeatConnection, SessionConnection

AT_WORK = strawberry.lazy("tests.benchmarks.plain_commission")

Info = StrawberryInfo[dict[str, Any], None]
Instant = NewType("Instant", dt.datetime)
LocalTime = NewType("LocalTime", dt.datetime)

SCALARS: dict[object, Any] = {
    Instant: strawberry.scalar(
        name="DateTime", serialize=lambda value: value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    ),
    LocalTime: strawberry.scalar(name="LocalDateTime", serialize=lambda value: value.isoformat()),
}

for _enum in (
    TerritoryKind,
    OrganizationKind,
    GovernmentLevel,
    ConsultationState,
    QuestionKind,
    responses.ResponseState,
    responses.Channel,
    responses.ConsentLevel,
):
    strawberry.enum(_enum)


def loaders_of(info: Info) -> Loaders:
    """Return the loaders of this request."""
    return info.context["loaders"]  # type: ignore[no-any-return]


@strawberry.interface
class Node:
    id: strawberry.ID


@strawberry.type
class LocalizedText:
    stored: strawberry.Private[StoredText]

    @strawberry.field
    def text(self, info: Info, language: str | None = None) -> str:
        asked = (language,) if language is not None else loaders_of(info).viewer.languages
        return self.stored.in_language(*asked)


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Territory(Node):
    row: strawberry.Private[people.Territory]
    code: str
    name: str
    kind: TerritoryKind
    population: int | None

    @classmethod
    def of(cls, row: people.Territory) -> Territory:
        return cls(
            id=strawberry.ID(f"Territory_{row.id}"),
            row=row,
            code=row.code,
            name=row.name,
            kind=row.kind,
            population=row.population,
        )

    @strawberry.field
    async def parent(self, info: Info) -> Territory | None:
        if self.row.parent_id is None:
            return None
        found = await loaders_of(info).territory.load(self.row.parent_id)
        return None if found is None else Territory.of(found)


@strawberry.type
class DatedName:
    stored: strawberry.Private[StoredText]
    acronym: str | None
    valid_from: dt.date
    valid_until: dt.date | None

    @classmethod
    def of(cls, row: people.DatedName) -> DatedName:
        return cls(stored=row.name, acronym=row.acronym, valid_from=row.valid_from, valid_until=row.valid_until)

    @strawberry.field
    def name(self) -> LocalizedText:
        return LocalizedText(stored=self.stored)


async def _current(info: Info, id_: Any) -> people.DatedName | None:
    loaders = loaders_of(info)
    return name_on(await loaders.names.load(id_), day_of(loaders.at))


@strawberry.type
class Body(Node):
    row: strawberry.Private[bodies.Body]

    @strawberry.field
    async def name(self, info: Info) -> LocalizedText | None:
        found = await _current(info, self.row.id)
        return None if found is None else LocalizedText(stored=found.name)

    @strawberry.field
    async def seats(self, info: Info, first: int = 20) -> Annotated[SeatConnection, AT_WORK]:
        return await plain_commission.seats_of(info, self.row.id, first)

    @strawberry.field
    async def sessions(self, info: Info, first: int = 20) -> Annotated[SessionConnection, AT_WORK]:
        return await plain_commission.sessions_of(info, self.row.id, first)

    @strawberry.field
    async def instruments(self, info: Info, first: int = 20) -> Annotated[InstrumentConnection, AT_WORK]:
        return await plain_commission.instruments_of(info, self.row.id, first)


@strawberry.type
class Organization(Node):
    row: strawberry.Private[people.Organization]
    kind: OrganizationKind
    level: GovernmentLevel | None
    website: str | None

    @classmethod
    def of(cls, row: people.Organization) -> Organization:
        return cls(
            id=strawberry.ID(f"Organization_{row.id}"), row=row, kind=row.kind, level=row.level, website=row.website
        )

    @strawberry.field
    async def name(self, info: Info) -> LocalizedText | None:
        found = await _current(info, self.row.id)
        return None if found is None else LocalizedText(stored=found.name)

    @strawberry.field
    async def acronym(self, info: Info) -> str | None:
        found = await _current(info, self.row.id)
        return None if found is None else found.acronym

    @strawberry.field
    async def territory(self, info: Info) -> Territory | None:
        if self.row.territory_id is None:
            return None
        found = await loaders_of(info).territory.load(self.row.territory_id)
        return None if found is None else Territory.of(found)

    @strawberry.field
    async def names(self, info: Info) -> list[DatedName]:
        return [DatedName.of(row) for row in await loaders_of(info).names.load(self.row.id)]


@strawberry.type
class Moment:
    instant: Instant
    declared_local: LocalTime
    zone: str


@strawberry.type
class Option:
    row: strawberry.Private[questionnaires.Option]
    code: str

    @strawberry.field
    def label(self) -> LocalizedText:
        return LocalizedText(stored=self.row.label)


@strawberry.type
class OptionTally:
    code: str
    count: int
    share: float | None


@strawberry.type
class QuestionTally:
    row: strawberry.Private[questionnaires.Question]

    @strawberry.field
    async def answered(self, info: Info) -> int:
        return await loaders_of(info).answered.load(self.row.lineage_id)

    @strawberry.field
    async def options(self, info: Info) -> list[OptionTally]:
        loaders = loaders_of(info)
        answered = await loaders.answered.load(self.row.lineage_id)
        chosen = await loaders.chosen.load(self.row.lineage_id)
        counts = [(option.code, chosen.get(option.code, 0)) for option in await loaders.options.load(self.row.id)]
        return [
            OptionTally(code=code, count=count, share=round(count / answered, 6) if answered else None)
            for code, count in counts
        ]


@strawberry.type
class Question(Node):
    row: strawberry.Private[questionnaires.Question]
    public: strawberry.Private[bool]
    code: str
    kind: QuestionKind

    @classmethod
    def of(cls, row: questionnaires.Question, *, public: bool = False) -> Question:
        return cls(id=strawberry.ID(f"Question_{row.id}"), row=row, public=public, code=row.code, kind=row.kind)

    @strawberry.field
    def title(self) -> LocalizedText:
        return LocalizedText(stored=self.row.title)

    @strawberry.field
    async def options(self, info: Info) -> list[Option]:
        return [Option(row=row, code=row.code) for row in await loaders_of(info).options.load(self.row.id)]

    @strawberry.field
    def tally(self) -> QuestionTally | None:
        return QuestionTally(row=self.row) if self.public else None


@strawberry.type
class QuestionConnection:
    nodes: list[Question]


@strawberry.type
class QuestionnaireRevision(Node):
    row: strawberry.Private[questionnaires.QuestionnaireRevision]
    public: strawberry.Private[bool]

    @strawberry.field
    async def questions(self, info: Info, first: int = 20) -> QuestionConnection:
        rows = await loaders_of(info).questions.load((self.row.id, first))
        return QuestionConnection(nodes=[Question.of(row, public=self.public) for row in rows])


Publisher = Annotated[Body | Organization, strawberry.union("Publisher")]


@strawberry.type
class Consultation(Node):
    row: strawberry.Private[consultations.Consultation]

    @classmethod
    def of(cls, row: consultations.Consultation) -> Consultation:
        return cls(id=strawberry.ID(f"Consultation_{row.id}"), row=row)

    def _public(self, info: Info) -> bool:
        """Whether the counts may be seen."""
        at, row = loaders_of(info).at, self.row
        live = row.results_policy is ResultsPolicy.LIVE and row.opens_at <= at
        return row.state not in UNPUBLISHED and (live or row.closes_at <= at)

    @strawberry.field
    async def folio(self, info: Info) -> str | None:
        found = await loaders_of(info).entry.load(self.row.id)
        return None if found is None else found.folio

    @strawberry.field
    def title(self) -> LocalizedText:
        return LocalizedText(stored=self.row.title)

    @strawberry.field
    def purpose(self) -> LocalizedText:
        return LocalizedText(stored=self.row.purpose)

    @strawberry.field
    def state(self, info: Info) -> ConsultationState:
        return ConsultationFacts.of(self.row, now=loaders_of(info).at).standing

    @strawberry.field
    def opening(self) -> Moment:
        row = self.row
        return Moment(instant=Instant(row.opens_at), declared_local=LocalTime(row.opens_local), zone=row.zone)

    @strawberry.field
    def closing(self) -> Moment:
        row = self.row
        return Moment(instant=Instant(row.closes_at), declared_local=LocalTime(row.closes_local), zone=row.zone)

    @strawberry.field
    async def publisher(self, info: Info) -> Publisher | None:
        loaders = loaders_of(info)
        if self.row.body_id is not None:
            found = await loaders.body.load(self.row.body_id)
            return None if found is None else Body(id=strawberry.ID(f"Body_{found.id}"), row=found)
        if self.row.organization_id is None:
            return None
        found = await loaders.organization.load(self.row.organization_id)
        return None if found is None else Organization.of(found)

    @strawberry.field
    async def response_count(self, info: Info) -> int | None:
        return await loaders_of(info).response_count.load(self.row.id) if self._public(info) else None

    @strawberry.field
    async def revision(self, info: Info) -> QuestionnaireRevision | None:
        found = await loaders_of(info).revision.load(self.row.id)
        if found is None:
            return None
        id_ = strawberry.ID(f"QuestionnaireRevision_{found.id}")
        return QuestionnaireRevision(id=id_, row=found, public=self._public(info))
