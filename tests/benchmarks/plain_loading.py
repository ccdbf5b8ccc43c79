"""What the plain peer reads: SQLAlchemy sessions and data loaders, one set for each request.

Every list asks once for a whole page, every relation once for all parents of a page, and each statement holds the
condition of visibility of its model: what a careful developer writes by hand.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any
from uuid import UUID

from aiodataloader import DataLoader
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import aliased

from hub.bodies.models import Body
from hub.bodies.seat_models import Membership, Seat
from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import Option, Question, QuestionnaireRevision, RevisionState
from hub.consultations.response_models import Answer, AnswerChoice, Receipt, Response, ResponseState
from hub.instruments.models import Instrument
from hub.people.models import DatedName, Organization, Territory
from hub.register.models import Entry
from hub.sessions.models import Session
from hub.sessions.vote_models import Vote
from hub.viewer import Viewer
from hub.visibility import PlainSight, visible_rows

Sessions = async_sessionmaker[AsyncSession]


class Loaders:
    """The data loaders of one request, which see what its viewer may see."""

    def __init__(self, sessions: Sessions, viewer: Viewer, at: dt.datetime) -> None:
        self.sessions, self.viewer, self.at = sessions, viewer, at
        self.own: tuple[bytes, ...] = ()
        self.territory = DataLoader(self._territories)
        self.body = self._by_id(Body)
        self.organization = self._by_id(Organization)
        self.consultation = self._by_id(Consultation)
        self.question = self._by_id(Question)
        self.entry = self._by_id(Entry)
        self.response = self._by_id(Response)
        self.receipt = DataLoader(self._receipts)
        self.session = self._by_id(Session)
        self.seat = self._by_id(Seat)
        self.membership = self._by_id(Membership)
        self.instrument = self._by_id(Instrument)
        self.votes = DataLoader(self._votes)
        self._of: dict[str, DataLoader[tuple[UUID, int], list[Any]]] = {}
        self.names = DataLoader(self._names)
        self.response_count = DataLoader(self._response_counts)
        self.revision = DataLoader(self._revisions)
        self.questions = DataLoader(self._questions)
        self.options = DataLoader(self._options)
        self.answered = DataLoader(self._answered)
        self.chosen = DataLoader(self._chosen)
        self.answers = DataLoader(self._answers)
        self.choices = DataLoader(self._choices)

    def visible(self, model: type) -> Any:
        """Return the condition under which this viewer sees rows of a model."""
        return visible_rows(model, model, PlainSight(self.viewer, self.at, self.own))

    async def all(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        """Run a statement in a session of its own: loaders run side by side, and a session does not."""
        async with self.sessions() as session:
            return (await session.scalars(statement)).all()

    async def rows(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        """Run a statement and return its rows."""
        async with self.sessions() as session:
            return (await session.execute(statement)).all()

    def _by_id(self, model: Any) -> DataLoader[UUID, Any]:
        async def load(ids: list[UUID]) -> list[Any]:
            found = await self.all(select(model).where(model.id.in_(ids), self.visible(model)))
            by_id = {row.id: row for row in found}
            return [by_id.get(id_) for id_ in ids]

        return DataLoader(load)

    def of(self, column: Any, *order: Any) -> DataLoader[tuple[UUID, int], list[Any]]:
        """Return the loader of the first rows that name their owner in a column; a key is an owner and how many."""

        async def load(keys: list[tuple[UUID, int]]) -> list[list[Any]]:
            model = column.class_
            number = func.row_number().over(partition_by=column, order_by=order).label("n")
            owners = column.in_([id_ for id_, _ in keys])
            numbered = select(model, number).where(owners, self.visible(model)).subquery()
            one = aliased(model, numbered)
            most = max(first for _, first in keys)
            rows = await self.all(select(one).where(numbered.c.n <= most).order_by(numbered.c.n))
            pages = grouped([id_ for id_, _ in keys], ((getattr(row, column.key), row) for row in rows))
            return [page[:first] for page, (_, first) in zip(pages, keys, strict=True)]

        return self._of.setdefault(str(column), DataLoader(load))

    async def _votes(self, ids: list[UUID]) -> list[list[Vote]]:
        """The votes of each vote, in the order of the seats."""
        statement = (
            select(Vote)
            .join(Seat, Seat.id == Vote.seat_id)
            .where(Vote.vote_event_id.in_(ids), self.visible(Vote))
            .order_by(Seat.ordinal)
        )
        return grouped(ids, ((row.vote_event_id, row) for row in await self.all(statement)))

    async def _territories(self, ids: list[UUID]) -> list[Territory | None]:
        found = {row.id: row for row in await self.all(select(Territory).where(Territory.id.in_(ids)))}
        return [found.get(id_) for id_ in ids]

    async def _receipts(self, codes: list[str]) -> list[Receipt | None]:
        found = {row.code: row for row in await self.all(select(Receipt).where(Receipt.code.in_(codes)))}
        return [found.get(code) for code in codes]

    async def _names(self, ids: list[UUID]) -> list[list[DatedName]]:
        statement = select(DatedName).where(DatedName.entry_id.in_(ids)).order_by(DatedName.valid_from.desc())
        return grouped(ids, ((row.entry_id, row) for row in await self.all(statement)))

    async def _response_counts(self, ids: list[UUID]) -> list[int]:
        counted = (
            select(Response.consultation_id, func.count())
            .where(Response.consultation_id.in_(ids), Response.state == ResponseState.ACCEPTED)
            .group_by(Response.consultation_id)
        )
        found = dict(await self.rows(counted))
        return [found.get(id_, 0) for id_ in ids]

    async def _revisions(self, ids: list[UUID]) -> list[QuestionnaireRevision | None]:
        """The wording in force of each consultation."""
        statement = (
            select(QuestionnaireRevision)
            .where(
                QuestionnaireRevision.consultation_id.in_(ids),
                QuestionnaireRevision.state == RevisionState.PUBLISHED,
                self.visible(QuestionnaireRevision),
            )
            .order_by(QuestionnaireRevision.number)
        )
        found = {row.consultation_id: row for row in await self.all(statement)}
        return [found.get(id_) for id_ in ids]

    async def _questions(self, keys: list[tuple[UUID, int]]) -> list[list[Question]]:
        """The first questions of each revision; a key is a revision and how many."""
        number = func.row_number().over(partition_by=Question.revision_id, order_by=Question.position).label("n")
        numbered = select(Question, number).where(Question.revision_id.in_([id_ for id_, _ in keys])).subquery()
        question = aliased(Question, numbered)
        most = max(first for _, first in keys)
        statement = select(question).where(numbered.c.n <= most).order_by(question.position)
        pages = grouped([id_ for id_, _ in keys], ((row.revision_id, row) for row in await self.all(statement)))
        return [page[:first] for page, (_, first) in zip(pages, keys, strict=True)]

    async def _options(self, ids: list[UUID]) -> list[list[Option]]:
        statement = select(Option).where(Option.question_id.in_(ids)).order_by(Option.position)
        return grouped(ids, ((row.question_id, row) for row in await self.all(statement)))

    async def _answered(self, lineages: list[UUID]) -> list[int]:
        counted = (
            select(Answer.lineage_id, func.count())
            .where(Answer.lineage_id.in_(lineages), Answer.counted)
            .group_by(Answer.lineage_id)
        )
        found = dict(await self.rows(counted))
        return [found.get(lineage, 0) for lineage in lineages]

    async def _chosen(self, lineages: list[UUID]) -> list[dict[str, int]]:
        """How often each option was chosen."""
        counted = (
            select(AnswerChoice.lineage_id, AnswerChoice.option_code, func.count())
            .where(AnswerChoice.lineage_id.in_(lineages), AnswerChoice.counted)
            .group_by(AnswerChoice.lineage_id, AnswerChoice.option_code)
        )
        found: dict[UUID, dict[str, int]] = defaultdict(dict)
        for lineage, code, count in await self.rows(counted):
            found[lineage][code] = count
        return [found[lineage] for lineage in lineages]

    async def _answers(self, ids: list[UUID]) -> list[list[Answer]]:
        statement = (
            select(Answer)
            .join(Question, Question.id == Answer.question_id)
            .where(Answer.response_id.in_(ids))
            .order_by(Question.position)
        )
        return grouped(ids, ((row.response_id, row) for row in await self.all(statement)))

    async def _choices(self, ids: list[UUID]) -> list[dict[UUID, list[str]]]:
        """The options that each response chose, by question."""
        statement = select(AnswerChoice).where(AnswerChoice.response_id.in_(ids)).order_by(AnswerChoice.option_code)
        found: dict[UUID, dict[UUID, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in await self.all(statement):
            found[row.response_id][row.question_id].append(row.option_code)
        return [found[id_] for id_ in ids]


def grouped(keys: Iterable[Hashable], found: Iterable[tuple[Hashable, Any]]) -> list[Any]:
    """Return for each key the list of what belongs to it."""
    groups: dict[Hashable, list[Any]] = {key: [] for key in keys}
    for key, row in found:
        groups[key].append(row)
    return [groups[key] for key in keys]
