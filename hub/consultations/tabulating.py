"""Tabulating: everything that was answered in a consultation, counted by PostgreSQL.

There is one statement for each kind of table, whatever the number of questions, and what comes back is as large as the
questionnaire and no larger with a million responses. The dimensions are divided first, so that no statement groups by
more categories than are told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Numeric,
    Subquery,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from hub.consultations.divisions import NONE, OTHER, TOTAL, UNKNOWN, Count, Division
from hub.consultations.lineages import AGREED, DISAGREED
from hub.consultations.questionnaire_models import Option, Question, QuestionKind
from hub.consultations.response_models import Answer, AnswerChoice, ConsentLevel, Response, ResponseState
from hub.consultations.result_models import Dimension
from hub.people.models import Territory, TerritoryKind

BROKEN_DOWN = (Dimension.RESPONDENT_KIND, Dimension.STATE, Dimension.LANGUAGE)
"""The dimensions besides the total."""

GROUPED = {0b111: Dimension.TOTAL, 0b011: BROKEN_DOWN[0], 0b101: BROKEN_DOWN[1], 0b110: BROKEN_DOWN[2]}
"""What the bits of `grouping()` say: which of the dimensions a row is not grouped by."""

Divisions = Mapping[Dimension, Division]

Middles = tuple[Decimal, Decimal, Decimal]
"""A lower quartile, a median and an upper quartile."""

ARRAY_OF_NUMBERS = ARRAY(Numeric())
EPOCH = literal_column("DATE '1970-01-01'", Date())


@dataclass
class Counts:
    """What was counted, by dimension and category."""

    responses: dict[tuple[Dimension, str], Count] = field(default_factory=dict)
    answered: dict[tuple[UUID, Dimension, str], Count] = field(default_factory=dict)
    items: dict[tuple[UUID, str, Dimension, str], dict[str, Count]] = field(default_factory=lambda: defaultdict(dict))
    """By lineage, row of a matrix, dimension and category: how often each item was given."""
    middles: dict[tuple[UUID, Dimension, str], Middles] = field(default_factory=dict)
    points: dict[tuple[UUID, str], int] = field(default_factory=dict)
    """The points of each option of a ranking."""

    def item(self, lineage: UUID, row: str, dimension: Dimension, category: str, name: str) -> Count:
        """Return how often an item was given."""
        return self.items.get((lineage, row, dimension, category), {}).get(name, NONE)


async def categories_of(session: AsyncSession, consultation_id: UUID) -> dict[Dimension, dict[str, Count]]:
    """Return how many responses there are in each category of each dimension, before anything is divided."""
    sample = _sample(consultation_id)
    found: dict[Dimension, dict[str, Count]] = {dimension: {} for dimension in Dimension}
    for row in await session.execute(_grouped(sample, sample, literal(True))):  # noqa: FBT003 - an SQL value
        found[GROUPED[row.grouped]][row.category] = Count(row.all, row.published)
    return found


async def tabulate(session: AsyncSession, consultation_id: UUID, divisions: Divisions) -> Counts:
    """Count everything that was answered, in the categories of these divisions."""
    sample = _sample(consultation_id, divisions)
    counts = Counts()
    for row in await session.execute(_grouped(sample, sample, literal(True))):  # noqa: FBT003 - an SQL value
        counts.responses[GROUPED[row.grouped], row.category] = Count(row.all, row.published)
    for row in await session.execute(_answered(sample)):
        counts.answered[row.lineage_id, GROUPED[row.grouped], row.category] = Count(row.all, row.published)
        if row.middles is not None:
            counts.middles[row.lineage_id, GROUPED[row.grouped], row.category] = tuple(row.middles)
    for statement in (_chosen(sample), _given(sample)):
        for row in await session.execute(statement):
            at = (row.lineage_id, row.row_code, GROUPED[row.grouped], row.category)
            counts.items[at][row.item] = Count(row.all, row.published)
    for row in await session.execute(_points(sample)):
        counts.points[row.lineage_id, row.option_code] = row.points
    return counts


# ---- the responses and their categories --------------------------------------------------------------------------


def _sample(consultation_id: UUID, divisions: Divisions | None = None) -> Subquery:
    """Return the responses that count, each with its categories and whether it can be read."""
    response, place, above = Response.__table__, Territory.__table__.alias(), Territory.__table__.alias()
    codes = {
        Dimension.RESPONDENT_KIND: cast(response.c.respondent_kind, Text),
        Dimension.STATE: func.coalesce(state_of(place, above), UNKNOWN),
        Dimension.LANGUAGE: _primary(response.c.language),
    }
    columns = [_folded(code, divisions, dimension).label(dimension.value) for dimension, code in codes.items()]
    readable = response.c.consent != ConsentLevel.NOT_PUBLISHED.value
    joined = response.outerjoin(place, place.c.id == response.c.territory_id)
    return (
        select(response.c.id, *columns, readable.label("readable"))
        .select_from(joined.outerjoin(above, above.c.id == place.c.parent_id))
        .where(response.c.consultation_id == consultation_id, response.c.state == ResponseState.ACCEPTED.value)
        .subquery("sample")
    )


def state_of(place: Any, above: Any) -> ColumnElement[str]:
    """Return the code of the state that a place is or lies in; the country's own where it is the country."""
    inside = place.c.kind == TerritoryKind.MUNICIPALITY.value
    return case((inside, func.coalesce(above.c.code, place.c.code)), else_=place.c.code)


def _primary(language: ColumnElement[str]) -> ColumnElement[str]:
    """The language of a tag, without its region: `es-MX` is Spanish. What is none that has a short code is unknown."""
    first = func.lower(func.split_part(language, "-", 1))
    return case((first.regexp_match("^[a-z]{2,3}$"), first), else_=literal(UNKNOWN))


def _folded(code: ColumnElement[str], divisions: Divisions | None, dimension: Dimension) -> ColumnElement[str]:
    if divisions is None:
        return code
    division = divisions.get(dimension)
    if division is None:
        return literal(OTHER)
    return case((code.in_(division.shown), code), else_=literal(OTHER)) if division.merged else code


def _grouped(source: Any, sample: Subquery, published: ColumnElement[bool], *by: ColumnElement[Any]) -> Any:
    """Return the counts of rows by these columns, in the total and in each category of each dimension."""
    dimensions = [sample.c[dimension.value] for dimension in BROKEN_DOWN]
    grouped = func.grouping(*dimensions, type_=Integer())
    return (
        select(
            *by,
            grouped.label("grouped"),
            func.coalesce(*dimensions, literal(TOTAL)).label("category"),
            func.count().label("all"),
            func.count().filter(and_(sample.c.readable, published)).label("published"),
        )
        .select_from(source)
        .group_by(*by, func.grouping_sets(tuple_(), *[tuple_(dimension) for dimension in dimensions]))
    )


# ---- the answers -------------------------------------------------------------------------------------------------


def _answered(sample: Subquery) -> Any:
    """How many answered each question, and the middles of numbers, of points of scales and of days."""
    answer, asked = Answer.__table__, Question.__table__
    source = _answers(sample).join(asked, asked.c.id == answer.c.question_id)
    parts: ColumnElement[Any] = literal_column("ARRAY[0.25, 0.5, 0.75]::float8[]")
    # A middle of days, and of the points of a scale, is one that was given; one of numbers may lie between two.
    between = func.percentile_cont(parts).within_group(answer.c.number)
    point = func.percentile_disc(parts).within_group(case((asked.c.kind == QuestionKind.SCALE.value, answer.c.number)))
    day = func.percentile_disc(parts).within_group(answer.c.day - EPOCH)
    middles = func.coalesce(cast(point, ARRAY_OF_NUMBERS), cast(day, ARRAY_OF_NUMBERS), cast(between, ARRAY_OF_NUMBERS))
    counted = _grouped(source, sample, answer.c.published, answer.c.lineage_id)
    return counted.add_columns(middles.label("middles")).where(answer.c.counted)


def _answers(sample: Subquery) -> Any:
    return Answer.__table__.join(sample, sample.c.id == Answer.__table__.c.response_id)


def _chosen(sample: Subquery) -> Any:
    """How often each option was chosen: in a matrix by row, in a ranking as the first."""
    answer, chosen = Answer.__table__, AnswerChoice.__table__
    both = and_(chosen.c.response_id == answer.c.response_id, chosen.c.question_id == answer.c.question_id)
    first = or_(chosen.c.place.is_(None), chosen.c.place == 1)
    counted = _grouped(
        _answers(sample).join(chosen, both),
        sample,
        answer.c.published,
        chosen.c.lineage_id,
        chosen.c.row_code,
        chosen.c.option_code.label("item"),
    )
    return counted.where(chosen.c.counted, first)


def _given(sample: Subquery) -> Any:
    """How often each point of a scale was given, how many agreed, and the states of the places that were named."""
    answer, asked = Answer.__table__, Question.__table__
    place, above = Territory.__table__.alias(), Territory.__table__.alias()
    item = case(
        (asked.c.kind == QuestionKind.SCALE.value, cast(cast(answer.c.number, Integer), Text)),
        (and_(asked.c.kind == QuestionKind.CONSENT.value, answer.c.agreed), literal(AGREED)),
        (asked.c.kind == QuestionKind.CONSENT.value, literal(DISAGREED)),
        else_=state_of(place, above),
    )
    source = _answers(sample).join(asked, asked.c.id == answer.c.question_id)
    source = source.outerjoin(place, place.c.id == answer.c.territory_id)
    source = source.outerjoin(above, above.c.id == place.c.parent_id)
    kinds = [kind.value for kind in (QuestionKind.SCALE, QuestionKind.CONSENT, QuestionKind.PLACE)]
    row = literal_column("''", Text()).label("row_code")
    counted = _grouped(source, sample, answer.c.published, answer.c.lineage_id, item.label("item"))
    return counted.add_columns(row).where(answer.c.counted, asked.c.kind.in_(kinds))


def _points(sample: Subquery) -> Any:
    """The points of Borda: an option that was ranked gets one for each that it was put before, ranked or not."""
    chosen, offered = AnswerChoice.__table__, Option.__table__
    size = select(func.count()).where(offered.c.question_id == chosen.c.question_id).correlate(chosen)
    points = func.sum(size.scalar_subquery() - chosen.c.place)
    return (
        select(chosen.c.lineage_id, chosen.c.option_code, cast(points, BigInteger).label("points"))
        .select_from(chosen.join(sample, sample.c.id == chosen.c.response_id))
        .where(chosen.c.counted, chosen.c.place.is_not(None))
        .group_by(chosen.c.lineage_id, chosen.c.option_code)
    )
