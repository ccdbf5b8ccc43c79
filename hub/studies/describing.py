"""Describing the data of a study: what was used and what was produced, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Problem, WrongState, require
from hub.register.rewriting import require_newest
from hub.studies.dataset_models import ColumnType, DatasetColumn, DatasetRole, StudyDataset
from hub.studies.facts import facts_of
from hub.studies.models import Study
from hub.studies.passages import (
    HEADING,
    SHORT,
    Passage,
    amount_problems,
    number_problems,
    passage,
    require_sound,
    text_problems,
)
from hub.studies.records import touch
from hub.studies.review_events import DatasetDescribed, DatasetDescribedAnew, DatasetRemoved
from hub.studies.rules import may_work
from hub.text import FORBIDDEN, LocalizedText, problems_with_words

MOST_DATASETS = 100
MOST_COLUMNS = 500
MOST_ROWS = 2**31 - 1
HASH = re.compile(r"[0-9a-f]{64}")
ADDRESS = re.compile(r"https?://[^\s]+")
LONGEST_ADDRESS = 2_000
BOTH = ("es", "en")
"""The languages in which a dictionary says what a column means."""


@dataclass(frozen=True, kw_only=True)
class ColumnDraft:
    """A column of data."""

    name: str
    type: ColumnType
    meaning: LocalizedText


@dataclass(frozen=True, kw_only=True)
class DatasetDraft:
    """What is known of data."""

    role: DatasetRole
    title: LocalizedText
    columns: tuple[ColumnDraft, ...] = ()
    description: LocalizedText | None = None
    mended: LocalizedText | None = None
    source_url: str | None = None
    licence: str | None = None
    row_count: int | None = None
    sha256: str | None = None
    faults: tuple[Problem, ...] = ()


async def describe_dataset(change: Change, study_id: UUID, draft: DatasetDraft) -> StudyDataset:
    """Say which data a study used or produced."""
    study = await change.take(Study, study_id)
    require(may_work(change.viewer, await facts_of(change, study.id)))
    last = select(func.max(StudyDataset.position)).filter_by(study_id=study.id)
    position = (await change.session.scalar(last) or 0) + 1
    problems = [*_problems(draft), *amount_problems(("title",), position, MOST_DATASETS)]
    require_sound(problems, draft.faults)
    dataset = StudyDataset(id=uuid7(), study_id=study.id, position=position, created_at=change.at)
    _put(dataset, draft)
    await change.add(dataset)
    await _write_columns(change, dataset, draft)
    change.record(DatasetDescribed(study_id=study.id, dataset_id=dataset.id))
    return await _told(change, dataset)


async def describe_dataset_anew(
    change: Change, dataset_id: UUID, draft: DatasetDraft, *, based_on: int | None = None
) -> StudyDataset:
    """Describe data anew, all of it, until they are published."""
    dataset = await _unpublished(change, dataset_id)
    require_newest(based_on, dataset.edition)
    require_sound(_problems(draft), draft.faults)
    _put(dataset, draft)
    dataset.edition += 1
    await change.session.execute(delete(DatasetColumn).filter_by(dataset_id=dataset.id))
    await _write_columns(change, dataset, draft)
    change.record(DatasetDescribedAnew(study_id=dataset.study_id, dataset_id=dataset.id))
    return await _told(change, dataset)


async def remove_dataset(change: Change, dataset_id: UUID) -> None:
    """Take data off the list of a study, until they are published."""
    dataset = await _unpublished(change, dataset_id)
    await change.session.execute(delete(DatasetColumn).filter_by(dataset_id=dataset.id))
    await change.session.delete(dataset)
    await change.session.flush()
    change.record(DatasetRemoved(study_id=dataset.study_id, dataset_id=dataset.id))
    await touch(change, dataset.study_id)
    change.results["study"] = str(dataset.study_id)


async def _unpublished(change: Change, dataset_id: UUID) -> StudyDataset:
    dataset = await change.take(StudyDataset, dataset_id)
    require(may_work(change.viewer, await facts_of(change, dataset.study_id)))
    if dataset.published_at is not None:
        raise WrongState("DATASET_PUBLISHED")
    return dataset


def _put(dataset: StudyDataset, draft: DatasetDraft) -> None:
    for name in ("role", "title", "description", "mended", "source_url", "licence", "row_count", "sha256"):
        setattr(dataset, name, getattr(draft, name))


async def _write_columns(change: Change, dataset: StudyDataset, draft: DatasetDraft) -> None:
    columns = [
        DatasetColumn(dataset_id=dataset.id, position=n, name=one.name, type=one.type, meaning=one.meaning)
        for n, one in enumerate(draft.columns)
    ]
    await change.add(*columns)


def _problems(draft: DatasetDraft) -> Iterator[Problem]:
    yield from text_problems(
        Passage(("title",), draft.title, HEADING),
        passage("description", draft.description),
        passage("mended", draft.mended),
    )
    yield from number_problems("rowCount", draft.row_count, 0, MOST_ROWS)
    yield from amount_problems(("columns",), len(draft.columns), MOST_COLUMNS)
    if draft.role is DatasetRole.PRODUCED and not draft.columns:
        yield Problem("DICTIONARY_MISSING", ("columns",))
    if draft.sha256 is not None and not HASH.fullmatch(draft.sha256):
        yield Problem("BAD_HASH", ("sha256",))
    if draft.source_url is not None and (
        len(draft.source_url) > LONGEST_ADDRESS or not ADDRESS.fullmatch(draft.source_url)
    ):
        yield Problem("BAD_ADDRESS_OF_SOURCE", ("sourceUrl",))
    if draft.licence is not None and (len(draft.licence) > SHORT or FORBIDDEN.search(draft.licence)):
        yield Problem("WORDING_TOO_LONG", ("licence",), {"limit": SHORT, "length": len(draft.licence)})
    yield from _column_problems(draft.columns)


def _column_problems(columns: tuple[ColumnDraft, ...]) -> Iterator[Problem]:
    taken: set[str] = set()
    for n, column in enumerate(columns):
        path = ("columns", str(n))
        for problem in problems_with_words(column.name, "name", longest=SHORT):
            yield Problem(problem.code, (*path, *problem.path), problem.facts)
        if column.name in taken:
            yield Problem("DUPLICATE_COLUMN", (*path, "name"), {"column": column.name[:64]})
        taken.add(column.name)
        yield from text_problems(Passage((*path, "meaning"), column.meaning))
        for language in BOTH:
            if language not in column.meaning.translations:
                yield Problem("MISSING_LANGUAGE", (*path, "meaning"), {"language": language})


async def _told(change: Change, dataset: StudyDataset) -> StudyDataset:
    await touch(change, dataset.study_id)
    change.results |= {"study": str(dataset.study_id), "dataset": str(dataset.id)}
    return dataset
