"""The commission at work: seated, with its rules, and with a session behind it whose minutes are published."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change, Changes
from hub.demonstration import held, interests, later, rules_of_session
from hub.demonstration.seats import Commission, seat
from hub.demonstration.telling import Story, declared, instant, named
from hub.importing.summary import Progress
from hub.instruments.effect_models import MandateKind
from hub.instruments.models import Instrument
from hub.mandates.models import Mandate
from hub.mandates.rules import OPEN
from hub.register.models import Entry
from hub.viewer import SYSTEM

HELD = "demonstration:session:held"

TUESDAY, THURSDAY = 1, 3
HELD_ON, HELD_HOUR = 74, 11
LATER_ON, LATER_HOUR = 91, 17
"""A Tuesday and a Thursday at the latest so many days after the commission began: four weeks and nine days ago."""


async def set_out(changes: Changes, commission_id: UUID, *, began: dt.datetime, progress: Progress) -> Commission:
    """Seat the commission, and let it hold its first sessions; what is there already stays."""
    commission = await seat(changes, commission_id, began=began)
    await interests.declare(changes, commission, progress=progress)
    await rules_of_session.adopt(changes, commission)
    async with changes.begin(SYSTEM) as change:
        told = await change.session.scalar(select(Entry.id).filter_by(imported_from=HELD))
    if told is not None:
        return commission
    story = Story(changes, HELD, progress)
    starts = declared(commission.began, HELD_ON, HELD_HOUR, weekday=TUESDAY)
    session = await held.hold(story, commission, starts)
    minutes = await later.minute(story, commission, session, held_at=instant(starts))
    approving = declared(commission.began, LATER_ON, LATER_HOUR, weekday=THURSDAY)
    await later.approve(story, commission, minutes, approving)
    await story.tell(SYSTEM, instant(approving), named, session, HELD)
    return commission


async def ordered(change: Change, commission_id: UUID, kind: MandateKind) -> UUID | None:
    """Return the mandate of a work of this kind that the acuerdo ordered, as long as it is not over."""
    found = (
        select(Mandate.id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(Instrument.body_id == commission_id, Mandate.kind == kind, Mandate.state.in_(OPEN))
        .order_by(Mandate.id)
        .limit(1)
    )
    mandate_id: UUID | None = await change.session.scalar(found)
    return mandate_id
