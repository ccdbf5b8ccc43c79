"""Citing a study: its authors, the year, the title, the body, the folio, the wording and the hash, in one line.

It is put together whenever it is asked for, so that whoever is forgotten is no longer in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, cast, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from hub.clock import OFFICIAL_ZONE
from hub.people.models import DatedName
from hub.reading.readable import Row
from hub.register.models import Entry
from hub.studies.models import Study, StudyMember, TeamRole
from hub.text import LocalizedText

AUTHORS = (TeamRole.LEAD.value, TeamRole.RESEARCHER.value)


def cited_columns(row: Row) -> list[ColumnElement[Any]]:
    """Return what a citation of a wording is made of."""
    study, entry = Study.__table__.alias(), Entry.__table__.alias()
    title = select(study.c.title).where(study.c.id == row.study_id).correlate_except(study)
    folio = select(entry.c.folio).where(entry.c.id == row.study_id).correlate_except(entry)
    published_on = cast(func.timezone(OFFICIAL_ZONE, row.published_at), Date)
    return [
        _authors(row),
        published_on,
        title.scalar_subquery(),
        _body(row, published_on),
        folio.scalar_subquery(),
        row.number,
        row.content_hash,
    ]


def _authors(row: Row) -> ColumnElement[Any]:
    """Those who wrote it, whoever leads the team first; also those who have left since."""
    somebody = StudyMember.__table__.alias()
    turn = (somebody.c.role != TeamRole.LEAD.value, somebody.c.joined_at, somebody.c.id)
    named = select(func.array_agg(aggregate_order_by(somebody.c.name, *turn))).where(
        somebody.c.study_id == row.study_id, somebody.c.role.in_(AUTHORS), somebody.c.name.is_not(None)
    )
    return named.correlate_except(somebody).scalar_subquery()


def _body(row: Row, day: ColumnElement[Any]) -> ColumnElement[Any]:
    """The name that the body had on the day of the publication."""
    study, name = Study.__table__.alias(), DatedName.__table__.alias()
    found = (
        select(name.c.name)
        .join_from(study, name, name.c.entry_id == study.c.body_id)
        .where(
            study.c.id == row.study_id,
            name.c.valid_from <= day,
            or_(name.c.valid_until.is_(None), name.c.valid_until > day),
        )
        .order_by(name.c.valid_from.desc())
        .limit(1)
    )
    return found.correlate_except(study, name).scalar_subquery()


def citation(
    authors: Sequence[str] | None,
    published_on: str | None,
    title: Mapping[str, Any],
    body: Mapping[str, Any] | None,
    folio: str | None,
    number: int,
    content_hash: str | None,
) -> str | None:
    """Return the line by which a wording is cited, in the languages that things were named in; none before that."""
    if published_on is None:
        return None
    parts = [
        f"{'; '.join(authors)} ({published_on[:4]})" if authors else f"({published_on[:4]})",
        _authentic(title),
        _authentic(body) if body is not None else None,
        f"{folio}, v{number}" if folio is not None else f"v{number}",
        content_hash,
    ]
    return ". ".join(part for part in parts if part)


def _authentic(stored: Mapping[str, Any]) -> str:
    text = LocalizedText.from_json(stored)
    return text.translations[text.source].text
