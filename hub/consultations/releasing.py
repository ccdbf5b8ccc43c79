"""Releasing results: once counting is over, again when late responses were admitted, and when the staff asks for it.

What was released stays as it is until another release may replace it without telling, by the difference, on those who
came in between; a table that may not be replaced keeps standing under its earlier release.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import delete, func, insert, select, true

from hub.changes.change import Change
from hub.consultations.divisions import Division, divided, divided_again
from hub.consultations.events import ResultsReleased
from hub.consultations.figures import Figures, Withheld, figures_of
from hub.consultations.lineages import lineages_of
from hub.consultations.models import REPORTED, Consultation, ConsultationState, IdentityPolicy
from hub.consultations.result_models import Dimension, ResultCell, ResultRelease, ResultTable
from hub.consultations.rules import ConsultationFacts, may_release
from hub.consultations.tabulating import BROKEN_DOWN, Divisions, categories_of, tabulate
from hub.database.base import uuid7
from hub.errors import Conflict, require
from hub.statistics.replacing import may_replace

PATIENCE = "10min"
TIMEOUTS = ("statement_timeout", "idle_in_transaction_session_timeout")

Standing = Mapping[tuple[UUID | None, Dimension], ResultTable]
"""The tables that are published, by what they are about."""


async def first_release(change: Change, consultation: Consultation) -> bool:
    """Publish the protected results of a consultation for the first time, once counting is over."""
    if await _released(change, consultation):
        return False
    return await _release(change, consultation) is not None


async def last_release(change: Change, consultation: Consultation) -> bool:
    """Publish them once more when no further response can be admitted by itself, if something has changed."""
    fixed = consultation.state is ConsultationState.WITHDRAWN or consultation.state in REPORTED
    if fixed or consultation.identity_policy is IdentityPolicy.IMPORTED:
        return False
    return await _release(change, consultation) is not None


async def release_results(change: Change, consultation_id: UUID) -> ResultRelease:
    """Publish them anew at the staff's wish; a conflict, where nothing has changed that may be shown."""
    release = await _release(change, await change.take(Consultation, consultation_id))
    if release is None:
        raise Conflict("RESULTS_UNCHANGED")
    change.results |= {"consultation": str(consultation_id), "release": str(release.id)}
    return release


async def _release(change: Change, consultation: Consultation) -> ResultRelease | None:
    """Count, protect and publish. The consultation is locked, so nothing changes between one statement and the next."""
    require(may_release(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    await _take_time(change)
    standing = await _standing(change, consultation.id)
    divisions = await _divisions(change, consultation, standing)
    counts = await tabulate(change.session, consultation.id, divisions)
    lineages = await lineages_of(change.session, consultation.id)
    withheld = await _withheld(change, consultation.id)
    k = consultation.smallest_cell

    def drawn() -> list[Figures]:
        return list(figures_of(lineages, counts, divisions, k=k, withheld=withheld))

    # What is withheld takes its time to find in a large table, and requests are answered meanwhile.
    figures = await asyncio.to_thread(drawn)
    replacing = list(_replacing(figures, standing, withheld, k=k))
    if not replacing:
        return None
    responses = next(table for table in figures if table.place == (None, Dimension.TOTAL))
    release = ResultRelease(
        consultation_id=consultation.id,
        number=await _number(change, consultation) + 1,
        made_at=change.at,
        smallest_cell=k,
        response_count=responses.cells[0].count or 0,
    )
    await change.add(release)
    for table in replacing:
        await _publish(change, release, table, standing.get(table.place))
    change.record(
        ResultsReleased(
            release_id=release.id,
            consultation_id=consultation.id,
            number=release.number,
            response_count=release.response_count,
        )
    )
    return release


async def _take_time(change: Change) -> None:
    """Let this one transaction last: a million answers are not counted in the seconds that others have."""
    limits = [func.set_config(name, PATIENCE, true()) for name in TIMEOUTS]
    await change.session.execute(select(*limits))


async def _released(change: Change, consultation: Consultation) -> bool:
    return await _number(change, consultation) > 0


async def _number(change: Change, consultation: Consultation) -> int:
    newest = select(func.max(ResultRelease.number)).where(ResultRelease.consultation_id == consultation.id)
    return await change.session.scalar(newest) or 0


# ---- what stands already -----------------------------------------------------------------------------------------


async def _standing(change: Change, consultation_id: UUID) -> Standing:
    tables = await change.session.scalars(select(ResultTable).filter_by(consultation_id=consultation_id))
    return {(table.lineage_id, table.dimension): table for table in tables}


async def _withheld(change: Change, consultation_id: UUID) -> Withheld:
    hidden = (
        select(ResultTable.lineage_id, ResultTable.dimension, ResultCell.category, ResultCell.row_code, ResultCell.item)
        .join(ResultTable, ResultTable.id == ResultCell.table_id)
        .where(ResultTable.consultation_id == consultation_id, ResultCell.count.is_(None))
    )
    found: dict[tuple[UUID | None, Dimension], set[str]] = {}
    for row in await change.session.execute(hidden):
        key = f"{row.category}/{row.row_code}/{row.item}"
        found.setdefault((row.lineage_id, row.dimension), set()).add(key)
    return {place: frozenset(keys) for place, keys in found.items()}


async def _divisions(change: Change, consultation: Consultation, standing: Standing) -> Divisions:
    """Divide each dimension as it was divided before, or for the first time."""
    counts = await categories_of(change.session, consultation.id)
    first = not standing
    found: dict[Dimension, Division] = {}
    for dimension in BROKEN_DOWN:
        known = standing.get((None, dimension))
        if known is not None:
            division = divided_again(
                Division.from_json(known.truth["division"]), counts[dimension], consultation.smallest_cell
            )
        else:
            # A dimension of which nothing could be shown at first is not begun later on: only the newcomers would be.
            division = divided(counts[dimension], consultation.smallest_cell) if first else None
        if division is not None:
            found[dimension] = division
    return found


def _replacing(figures: list[Figures], standing: Standing, withheld: Withheld, *, k: int) -> Iterator[Figures]:
    """Give the tables that may stand in place of the former ones, and say anything else."""
    kept: set[UUID | None] = set()
    for table in figures:
        former = standing.get(table.place)
        if former is not None and table.truth == former.truth["states"][-1]:
            continue
        # A breakdown was drawn to go with its question's totals: where those must stay as they were, it stays too.
        if table.lineage_id not in kept and (former is None or _may_follow(table, former, withheld, k=k)):
            yield table
        elif table.dimension is Dimension.TOTAL:
            kept.add(table.lineage_id)


def _may_follow(table: Figures, former: ResultTable, withheld: Withheld, *, k: int) -> bool:
    if table.exact:
        return True
    shown = {cell.key for cell in table.cells if cell.count is not None}
    if shown & withheld.get(table.place, frozenset()):
        # What was withheld and did not change would be told of the former state by the later one.
        return False
    later = cast("dict[Hashable, int]", table.truth)
    return all(may_replace(state, later, k) for state in former.truth["states"])


# ---- what is published -------------------------------------------------------------------------------------------


async def _publish(change: Change, release: ResultRelease, table: Figures, former: ResultTable | None) -> None:
    states = former.truth["states"] if former is not None else []
    truth: dict[str, Any] = {"division": table.division.to_json(), "states": [*states, table.truth]}
    if former is None:
        table_id = uuid7()
        await change.add(
            ResultTable(
                id=table_id,
                consultation_id=release.consultation_id,
                release_id=release.id,
                lineage_id=table.lineage_id,
                dimension=table.dimension,
                position=table.position,
                truth=truth,
            )
        )
    else:
        table_id = former.id
        former.release_id, former.position, former.truth = release.id, table.position, truth
        await change.session.flush()
        await change.session.execute(delete(ResultCell).filter_by(table_id=table_id))
    rows = [
        {
            "table_id": table_id,
            "category": cell.category,
            "row_code": cell.row,
            "item": cell.item,
            "place": place,
            "count": cell.count,
            "median": cell.median,
            "lower_quartile": cell.lower_quartile,
            "upper_quartile": cell.upper_quartile,
            "points": cell.points,
        }
        for place, cell in enumerate(table.cells)
    ]
    await change.session.execute(insert(ResultCell), rows)
