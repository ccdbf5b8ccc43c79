"""Planning the work of a year: a programme line by line, approved by an instrument, carried out by mandates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, NotFound, Problem, WrongState, require
from hub.instruments.models import Instrument
from hub.instruments.soundness import EFFECTIVE, LONGEST_NOTE, LONGEST_TITLE
from hub.mandates.duty_models import WORK_PROGRAMME_LIFE, WorkProgramme, WorkProgrammeLine, WorkProgrammeState
from hub.mandates.events import (
    WorkProgrammeApproved,
    WorkProgrammeClosed,
    WorkProgrammeDrafted,
    WorkProgrammeEdited,
    WorkProgrammeLineCarriedOut,
)
from hub.mandates.models import Mandate
from hub.mandates.rules import may_change_programme, may_plan_work
from hub.register.rewriting import require_newest
from hub.text import LocalizedText, problems_with_text

MOST_LINES = 200
YEARS = range(1900, 2201)


@dataclass(frozen=True, kw_only=True)
class LineDraft:
    """One thing that a body means to do."""

    title: LocalizedText
    explanation: LocalizedText | None = None


async def draft_programme(
    change: Change,
    body_id: UUID,
    *,
    year: int,
    title: LocalizedText,
    lines: Sequence[LineDraft],
    faults: tuple[Problem, ...] = (),
) -> WorkProgramme:
    """Draft what a body means to do in a year; it has one programme for each."""
    body = await change.find(Body, body_id)
    require(may_plan_work(change.viewer, body_id=body.id))
    problems = [*faults] or [*_year_problems(year), *_problems(title, lines)]
    if problems:
        raise Invalid(problems)
    programme = WorkProgramme(id=uuid7(), body_id=body.id, year=year, title=title, created_at=change.at)
    drafted = WorkProgrammeDrafted(work_programme_id=programme.id, body_id=body.id)
    twice = Conflict("PROGRAMME_OF_THE_YEAR", path=("year",), year=year)
    await change.bear(programme, WORK_PROGRAMME_LIFE, "plan_work", drafted, once=twice)
    await _write(change, programme.id, lines)
    change.results["work_programme"] = str(programme.id)
    return programme


async def edit_programme(
    change: Change,
    programme_id: UUID,
    *,
    title: LocalizedText,
    lines: Sequence[LineDraft],
    based_on: int | None = None,
    faults: tuple[Problem, ...] = (),
) -> WorkProgramme:
    """Write a draft anew, all of it."""
    programme = await _taken(change, programme_id, of=WorkProgrammeState.DRAFT)
    require_newest(based_on, programme.edition)
    problems = [*faults] or [*_problems(title, lines)]
    if problems:
        raise Invalid(problems)
    programme.title, programme.edition = title, programme.edition + 1
    await change.session.execute(delete(WorkProgrammeLine).filter_by(work_programme_id=programme.id))
    await _write(change, programme.id, lines)
    change.record(WorkProgrammeEdited(work_programme_id=programme.id, body_id=programme.body_id))
    return programme


async def approve_programme(change: Change, programme_id: UUID, *, instrument_id: UUID) -> WorkProgramme:
    """Let a published instrument of the body approve its programme, which is public from now on."""
    programme = await _taken(change, programme_id, of=WorkProgrammeState.DRAFT)
    instrument = await change.find(Instrument, instrument_id)
    if instrument.body_id != programme.body_id or instrument.state not in EFFECTIVE:
        raise WrongState("INSTRUMENT_DOES_NOT_APPROVE", path=("instrumentId",))
    programme.instrument_id, programme.approved_at = instrument.id, change.at
    approved = WorkProgrammeApproved(
        work_programme_id=programme.id, body_id=programme.body_id, instrument_id=instrument.id
    )
    await change.move(programme, WORK_PROGRAMME_LIFE, "approve_programme", approved)
    return programme


async def carry_out_line(change: Change, programme_id: UUID, *, position: int, mandate_id: UUID) -> WorkProgramme:
    """Say which mandate of the body carries out a line of its approved programme."""
    programme = await _taken(change, programme_id, of=WorkProgrammeState.APPROVED)
    mandate = await change.find(Mandate, mandate_id)
    if mandate.body_id != programme.body_id:
        raise Conflict("MANDATE_OF_ANOTHER_BODY", path=("mandateId",))
    found = select(WorkProgrammeLine).filter_by(work_programme_id=programme.id, position=position)
    line = (await change.session.execute(found)).scalar_one_or_none()
    if line is None:
        raise NotFound("NOT_FOUND", path=("position",), type="WorkProgrammeLine")
    line.mandate_id = mandate.id
    change.record(
        WorkProgrammeLineCarriedOut(work_programme_id=programme.id, body_id=programme.body_id, mandate_id=mandate.id)
    )
    return programme


async def close_programme(change: Change, programme_id: UUID) -> WorkProgramme:
    """Close an approved programme, once its year is over or there is nothing more to do in it."""
    programme = await _taken(change, programme_id, of=WorkProgrammeState.APPROVED)
    closed = WorkProgrammeClosed(work_programme_id=programme.id, body_id=programme.body_id)
    await change.move(programme, WORK_PROGRAMME_LIFE, "close_programme", closed)
    return programme


async def _taken(change: Change, programme_id: UUID, *, of: WorkProgrammeState) -> WorkProgramme:
    programme = await change.take(WorkProgramme, programme_id)
    require(may_change_programme(change.viewer, body_id=programme.body_id, state=programme.state, of=of))
    change.results["work_programme"] = str(programme.id)
    return programme


async def _write(change: Change, programme_id: UUID, lines: Sequence[LineDraft]) -> None:
    rows = [
        WorkProgrammeLine(
            id=uuid7(), work_programme_id=programme_id, position=n, title=line.title, explanation=line.explanation
        )
        for n, line in enumerate(lines, start=1)
    ]
    await change.add(*rows)


def _year_problems(year: int) -> Iterator[Problem]:
    if year not in YEARS:
        yield Problem("OUT_OF_RANGE", ("year",), {"least": YEARS[0], "most": YEARS[-1]})


def _problems(title: LocalizedText, lines: Sequence[LineDraft]) -> Iterator[Problem]:
    languages = [*title.translations]
    yield from problems_with_text(title, ("title",), longest=LONGEST_TITLE, languages=languages)
    if not 1 <= len(lines) <= MOST_LINES:
        yield Problem("OUT_OF_RANGE", ("lines",), {"least": 1, "most": MOST_LINES})
        return
    for n, line in enumerate(lines):
        path = ("lines", str(n))
        yield from problems_with_text(line.title, (*path, "title"), longest=LONGEST_TITLE, languages=languages)
        if line.explanation is not None:
            yield from problems_with_text(
                line.explanation, (*path, "explanation"), longest=LONGEST_NOTE, languages=languages
            )
