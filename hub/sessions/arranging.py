"""Arranging the agenda: putting points on it, writing them anew, moving them, taking them off.

All of it happens under the lock of the session's row, so that two officers who arrange at once leave one order.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Invalid, Problem, require, without_unread
from hub.register.rewriting import require_newest
from hub.sessions.agenda_events import PointEdited, PointEntered, PointMoved, PointRemoved
from hub.sessions.agenda_rules import may_arrange, may_edit_point, may_remove_point
from hub.sessions.facts import point_facts, session_facts
from hub.sessions.models import AGENDA_ITEM_LIFE, AgendaItem, Session
from hub.sessions.points import (
    MOST_POINTS,
    PointDraft,
    agenda_of,
    changed,
    keep_back_reserved,
    neighbours,
    number,
    place,
    problems_with_point,
    put_point,
    taken,
)


async def enter_point(
    change: Change, session_id: UUID, draft: PointDraft, *, parent_id: UUID | None = None, position: int | None = None
) -> AgendaItem:
    """Put a point on the agenda, or under one of its points; last, where no place is given."""
    session = await change.take(Session, session_id)
    require(may_arrange(change.viewer, await session_facts(change, session)))
    agenda = await agenda_of(change, session)
    found = [*problems_with_point(draft), *_parent_problems(agenda, parent_id)]
    if len(agenda) >= MOST_POINTS:
        found.append(Problem("TOO_MANY_ITEMS", (), {"limit": MOST_POINTS}))
    _require_none(found, draft.faults)
    point = AgendaItem(id=uuid7(), session_id=session.id, parent_id=parent_id, position=0)
    put_point(point, draft)
    keep_back_reserved(change, point)
    entered = PointEntered(agenda_item_id=point.id, session_id=session.id)
    await change.bear(point, AGENDA_ITEM_LIFE, "enter", entered)
    await place(change, session, point, agenda, position)
    return point


async def edit_point(change: Change, point_id: UUID, draft: PointDraft, *, based_on: int | None = None) -> AgendaItem:
    """Write a point anew, all that it says."""
    session, point, facts = await taken(change, point_id)
    require(may_edit_point(change.viewer, facts))
    require_newest(based_on, point.edition)
    _require_none([*problems_with_point(draft)], draft.faults)
    put_point(point, draft)
    point.edition += 1
    change.record(PointEdited(agenda_item_id=point.id, session_id=session.id))
    await changed(change, session, point)
    return point


async def move_point(change: Change, point_id: UUID, *, position: int, parent_id: UUID | None = None) -> AgendaItem:
    """Give a point another place, under another point or under none; its own points go with it."""
    session, point, facts = await taken(change, point_id)
    require(may_edit_point(change.viewer, facts))
    agenda = await agenda_of(change, session)
    found = _parent_problems(agenda, parent_id)
    if parent_id == point.id or (parent_id is not None and any(other.parent_id == point.id for other in agenda)):
        found = [Problem("POINTS_TOO_DEEP", ("parentId",))]
    _require_none(found, ())
    former, point.parent_id = neighbours(agenda, point.parent_id, without=point), parent_id
    number(former)
    change.record(PointMoved(agenda_item_id=point.id, session_id=session.id))
    await place(change, session, point, agenda, position)
    return point


async def remove_point(change: Change, point_id: UUID) -> AgendaItem:
    """Take a point off the agenda before the session is opened, and all that it has under it."""
    session, point, facts = await taken(change, point_id)
    require(may_remove_point(change.viewer, facts))
    agenda = await agenda_of(change, session)
    for part in [other for other in agenda if other.parent_id == point.id]:
        require(may_remove_point(change.viewer, await point_facts(change, session, part)))
        await _remove(change, part)
    number(neighbours(agenda, point.parent_id, without=point))
    await _remove(change, point)
    await changed(change, session, point)
    return point


async def _remove(change: Change, point: AgendaItem) -> None:
    point.position = 0
    removed = PointRemoved(agenda_item_id=point.id, session_id=point.session_id)
    await change.move(point, AGENDA_ITEM_LIFE, "remove_point", removed)


def _parent_problems(agenda: Sequence[AgendaItem], parent_id: UUID | None) -> list[Problem]:
    if parent_id is None:
        return []
    parent = next((point for point in agenda if point.id == parent_id), None)
    if parent is None:
        return [Problem("UNKNOWN_POINT", ("parentId",))]
    return [] if parent.parent_id is None else [Problem("POINTS_TOO_DEEP", ("parentId",))]


def _require_none(found: list[Problem], faults: tuple[Problem, ...]) -> None:
    problems = without_unread(found, faults)
    if problems:
        raise Invalid(problems)
