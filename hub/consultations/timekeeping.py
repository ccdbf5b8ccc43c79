"""Keeping time: recording that a consultation opened or closed, and doing what follows from that.

Whether one is open follows from the clock at each request, so this only writes down what is true already. After the
counting its protected results are published; after the last late response its respondents are unlinked. It may run
late, twice, or in several processes at once: the first one moves the row, the others find it moved.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.exc import SQLAlchemyError

from hub import clock
from hub.changes.change import Busy, Change, Changes, OutcomeUnknown, retrying
from hub.consultations.events import ConsultationClosed
from hub.consultations.lifecycles import CONSULTATION_LIFE
from hub.consultations.models import (
    AFTERWARDS,
    Anonymity,
    Consultation,
    ConsultationKey,
    ConsultationState,
    IdentityPolicy,
)
from hub.consultations.networks import forget_networks
from hub.consultations.noticing import catch_up
from hub.consultations.releasing import first_release, last_release
from hub.consultations.result_models import ResultRelease
from hub.consultations.saving import expire_drafts
from hub.consultations.unlinking import mix_all, unlink
from hub.viewer import SYSTEM

log = structlog.get_logger(__name__)

RUNNING = (ConsultationState.OPEN, ConsultationState.SUSPENDED)
OVER = (ConsultationState.CLOSED, *AFTERWARDS, ConsultationState.WITHDRAWN)

Step = Callable[[Change, Consultation], Awaitable[bool]]
"""Does what has become due for a consultation, and tells whether there was something to do."""


async def keep_time(changes: Changes, *, at: dt.datetime | None = None) -> int:
    """Do everything that has become due, one change for each; return how many things were done."""
    now = at or clock.now()
    done = 0
    for due, step in (_moving(now), move), (_counted(now), release), (_unlinked(now), part):
        async with changes.begin(SYSTEM, at=now) as change:
            found = select(Consultation.id).where(due).order_by(Consultation.opens_at)
            waiting = list(await change.session.scalars(found))
        for consultation_id in waiting:
            done += await retrying(partial(_once, changes, consultation_id, now, step))
    async with changes.begin(SYSTEM, at=now) as change:
        await tidy(change)
    return done


async def tidy(change: Change) -> None:
    """Drop what is kept for a time only: what was begun and never sent, and from where people answered."""
    await expire_drafts(change)
    await forget_networks(change)


def _moving(now: dt.datetime) -> ColumnElement[bool]:
    opening = and_(Consultation.state == ConsultationState.SCHEDULED, Consultation.opens_at <= now)
    return or_(opening, and_(Consultation.state.in_(RUNNING), Consultation.closes_at <= now))


def _counted(now: dt.datetime) -> ColumnElement[bool]:
    """What was imported has no confidential answers, and every vote of it is public already."""
    released = exists().where(ResultRelease.consultation_id == Consultation.id)
    own = Consultation.identity_policy != IdentityPolicy.IMPORTED
    return and_(Consultation.state == ConsultationState.CLOSED, own, Consultation.counted_until <= now, ~released)


def _unlinked(now: dt.datetime) -> ColumnElement[bool]:
    linked = exists().where(ConsultationKey.consultation_id == Consultation.id)
    return and_(Consultation.state.in_(OVER), Consultation.late_until <= now, linked)


async def _once(changes: Changes, consultation_id: UUID, now: dt.datetime, step: Step) -> bool:
    async with changes.begin(SYSTEM, at=now) as change:
        return await step(change, await change.take(Consultation, consultation_id))


async def move(change: Change, consultation: Consultation) -> bool:
    """Record that a consultation has opened or closed."""
    before = consultation.state
    await catch_up(change, consultation)
    if consultation.state in RUNNING and consultation.closes_at <= change.at:
        closed = ConsultationClosed(consultation_id=consultation.id)
        await change.move(consultation, CONSULTATION_LIFE, "close", closed)
        if consultation.anonymity is Anonymity.ANONYMOUS:
            await mix_all(change, consultation.id)
    return consultation.state is not before


async def release(change: Change, consultation: Consultation) -> bool:
    """Publish the protected results for the first time."""
    return await first_release(change, consultation)


async def part(change: Change, consultation: Consultation) -> bool:
    """Publish the results once more, then destroy what links respondents to their responses."""
    if await change.session.get(ConsultationKey, consultation.id) is None:
        return False
    await last_release(change, consultation)
    await unlink(change, consultation.id)
    return True


async def watch(changes: Changes, *, every: float = 1.0) -> None:
    """Keep time until cancelled. A round that fails is only late: the next one makes up for it."""
    while True:
        try:
            await keep_time(changes)
        except (SQLAlchemyError, OSError, OutcomeUnknown, Busy) as error:
            log.warning("timekeeping_failed", error=type(error).__name__)
        await asyncio.sleep(every)
