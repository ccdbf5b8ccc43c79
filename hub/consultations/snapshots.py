"""Snapshots: the hash of everything that a consultation's released results show, so that anybody can check it.

What is hashed is the canonical JSON (RFC 8785) of the tables as they are published, in their order, and of nothing
that was withheld::

    {"release": 2, "tables": [{"dimension": "total", "lineageId": "0199…", "cells": [
        {"category": "", "row": "", "item": "", "count": 410, "middles": ["2", "3", "4"], "points": null}, …]}, …]}

`item` is empty where it is counted how many answered; `middles` are the lower quartile, the median and the upper
quartile as decimal numbers (those of a date count the days since 1970), null where they are not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.consultations.result_models import ResultCell, ResultRelease, ResultTable
from hub.hashing import content_hash


@dataclass(frozen=True)
class Snapshot:
    """The released data as they stand: the newest release, and the hash of all that is shown."""

    release: ResultRelease
    hash: str


async def snapshot_of(session: AsyncSession, consultation_id: UUID) -> Snapshot:
    """Return the hash of what is released of a consultation, of which something is."""
    newest = select(ResultRelease).filter_by(consultation_id=consultation_id).order_by(ResultRelease.number.desc())
    release = (await session.scalars(newest.limit(1))).one()
    tables = select(ResultTable).filter_by(consultation_id=consultation_id)
    shown: dict[UUID, dict[str, Any]] = {
        table.id: {
            "dimension": table.dimension.value,
            "lineageId": str(table.lineage_id) if table.lineage_id else None,
            "cells": [],
        }
        for table in await session.scalars(tables.order_by(ResultTable.position, ResultTable.id))
    }
    cells = select(ResultCell).where(ResultCell.table_id.in_(list(shown)))
    for cell in await session.scalars(cells.order_by(ResultCell.table_id, ResultCell.place)):
        shown[cell.table_id]["cells"].append(_shown(cell))
    return Snapshot(release, content_hash({"release": release.number, "tables": [*shown.values()]}))


def _shown(cell: ResultCell) -> dict[str, Any]:
    return {
        "category": cell.category,
        "row": cell.row_code,
        "item": cell.item,
        "count": cell.count,
        "middles": [_decimal(number) for number in (cell.lower_quartile, cell.median, cell.upper_quartile)],
        "points": cell.points,
    }


def _decimal(number: Decimal | None) -> str | None:
    """Write a number without an exponent and without zeros at its end."""
    if number is None:
        return None
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
