"""Dealing with the points of an agenda: begun, and then done with or left for later."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.errors import Invalid, Problem, require, without_unread
from hub.sessions.agenda_events import PointDealtWith, PointDeferred, PointStarted
from hub.sessions.agenda_rules import may_deal_with, may_defer, may_start
from hub.sessions.drafts import LONGEST_REASON
from hub.sessions.models import AGENDA_ITEM_LIFE, AgendaItem
from hub.sessions.points import taken
from hub.text import LocalizedText, problems_with_text


async def start_point(change: Change, point_id: UUID) -> AgendaItem:
    """Note that the session begins to deal with a point: its time runs from now on."""
    session, point, facts = await taken(change, point_id)
    require(may_start(change.viewer, facts))
    point.started_at = change.at
    await change.session.flush()
    change.record(PointStarted(agenda_item_id=point.id, session_id=session.id))
    change.results["agenda_item"] = str(point.id)
    return point


async def deal_with_point(
    change: Change, point_id: UUID, *, outcome: LocalizedText | None = None, faults: tuple[Problem, ...] = ()
) -> AgendaItem:
    """Note that the session is done with a point, and what came of it in words."""
    session, point, facts = await taken(change, point_id)
    require(may_deal_with(change.viewer, facts))
    _end(change, point, outcome, faults)
    done = PointDealtWith(agenda_item_id=point.id, session_id=session.id)
    await change.move(point, AGENDA_ITEM_LIFE, "deal_with", done)
    return point


async def defer_point(
    change: Change, point_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> AgendaItem:
    """Note that the session leaves a point for later, and why."""
    session, point, facts = await taken(change, point_id)
    require(may_defer(change.viewer, facts))
    _end(change, point, reason, faults, field="reason")
    deferred = PointDeferred(agenda_item_id=point.id, session_id=session.id)
    await change.move(point, AGENDA_ITEM_LIFE, "defer", deferred)
    return point


def _end(
    change: Change,
    point: AgendaItem,
    outcome: LocalizedText | None,
    faults: tuple[Problem, ...],
    *,
    field: str = "outcome",
) -> None:
    found = [] if outcome is None else problems_with_text(outcome, (field,), longest=LONGEST_REASON)
    problems = without_unread(found, faults)
    if problems:
        raise Invalid(problems)
    point.outcome, point.ended_at = outcome, change.at
    change.results["agenda_item"] = str(point.id)
