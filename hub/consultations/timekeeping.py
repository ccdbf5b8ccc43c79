"""Keeping time: recording that a consultation opened or closed.

Whether one is open follows from the clock at each request, so this only writes down what is true already.
It may run late, twice, or in several processes at once: the first one moves the row, the others find it
moved.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import and_, or_, select
from sqlalchemy.exc import SQLAlchemyError

from hub import clock
from hub.changes.change import Change, Changes, OutcomeUnknown, retrying
from hub.consultations.events import ConsultationClosed, ConsultationOpened
from hub.consultations.lifecycles import CONSULTATION_LIFE
from hub.consultations.models import Consultation, ConsultationState
from hub.viewer import SYSTEM

log = structlog.get_logger(__name__)


async def keep_time(changes: Changes, *, at: dt.datetime | None = None) -> int:
    """Record every opening and closing that has passed, one change for each; return how many rows moved."""
    now = at or clock.now()
    async with changes.begin(SYSTEM, at=now) as change:
        due = await _due(change)
    moved = 0
    for consultation_id in due:
        moved += await retrying(partial(_catch_up, changes, consultation_id, now))
    return moved


async def _due(change: Change) -> list[UUID]:
    opening = and_(Consultation.state == ConsultationState.SCHEDULED, Consultation.opens_at <= change.at)
    closing = and_(Consultation.state == ConsultationState.OPEN, Consultation.closes_at <= change.at)
    found = select(Consultation.id).where(or_(opening, closing)).order_by(Consultation.opens_at)
    return list(await change.session.scalars(found))


async def _catch_up(changes: Changes, consultation_id: UUID, now: dt.datetime) -> bool:
    async with changes.begin(SYSTEM, at=now) as change:
        consultation = await change.take(Consultation, consultation_id)
        before = consultation.state
        if consultation.state is ConsultationState.SCHEDULED and consultation.opens_at <= now:
            opened = ConsultationOpened(consultation_id=consultation.id)
            await change.move(consultation, CONSULTATION_LIFE, "open", opened)
        if consultation.state is ConsultationState.OPEN and consultation.closes_at <= now:
            closed = ConsultationClosed(consultation_id=consultation.id)
            await change.move(consultation, CONSULTATION_LIFE, "close", closed)
        return consultation.state is not before


async def watch(changes: Changes, *, every: float = 1.0) -> None:
    """Keep time until cancelled. A round that fails is only late: the next one makes up for it."""
    while True:
        try:
            await keep_time(changes)
        except (SQLAlchemyError, OSError, OutcomeUnknown) as error:
            log.warning("timekeeping_failed", error=type(error).__name__)
        await asyncio.sleep(every)
