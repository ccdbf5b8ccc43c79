"""Assigning: a session asks somebody to do something by a day, who does it or is let off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.bodies.seat_models import Membership, MembershipState
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Invalid, Problem, require
from hub.people.models import Organization
from hub.sessions.minutes_events import ActionItemAssigned, ActionItemDropped, ActionItemFinished
from hub.sessions.minutes_models import ACTION_ITEM_LIFE, ActionItem
from hub.sessions.minutes_rules import may_assign, may_drop, may_finish
from hub.sessions.models import AgendaItem, Session
from hub.sessions.points import keep_back_reserved
from hub.sessions.presence import bodies_of
from hub.text import LocalizedText, problems_with_text

LONGEST_TASK = 4_000


@dataclass(frozen=True, kw_only=True)
class Task:
    """What somebody is asked to do: a member of the body, by their membership, or an organisation."""

    text: LocalizedText
    agenda_item_id: UUID | None = None
    owner_id: UUID | None = None
    organization_id: UUID | None = None
    due_on: dt.date | None = None
    faults: tuple[Problem, ...] = ()


async def assign(change: Change, session_id: UUID, task: Task) -> ActionItem:
    """Write down what a session asked somebody to do."""
    session = await change.take(Session, session_id)
    require(may_assign(change.viewer, body_id=session.body_id, session_state=session.state))
    await _require_sound(change, session, task)
    last = select(func.max(ActionItem.number)).filter_by(session_id=session.id)
    item = ActionItem(
        id=uuid7(),
        session_id=session.id,
        agenda_item_id=task.agenda_item_id,
        number=(await change.session.scalar(last) or 0) + 1,
        task=task.text,
        owner_id=task.owner_id,
        organization_id=task.organization_id,
        due_on=task.due_on,
        created_at=change.at,
    )
    assigned = ActionItemAssigned(session_id=session.id, action_item_id=item.id)
    await change.bear(item, ACTION_ITEM_LIFE, "assign", assigned)
    change.results["action_item"] = str(item.id)
    return item


async def finish(
    change: Change, action_item_id: UUID, *, evidence: LocalizedText, faults: tuple[Problem, ...] = ()
) -> ActionItem:
    """Say that what was asked for was done, and where that can be seen."""
    item, session = await _taken(change, action_item_id)
    own = await _own(change, item)
    require(may_finish(change.viewer, body_id=session.body_id, state=item.state, own=own))
    _require_words(evidence, "evidence", faults)
    item.evidence, item.ended_at = evidence, change.at
    finished = ActionItemFinished(session_id=session.id, action_item_id=item.id)
    await change.move(item, ACTION_ITEM_LIFE, "finish", finished)
    return item


async def drop(
    change: Change, action_item_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> ActionItem:
    """Say that it is not to be done any more, and why."""
    item, session = await _taken(change, action_item_id)
    require(may_drop(change.viewer, body_id=session.body_id, state=item.state))
    _require_words(reason, "reason", faults)
    item.drop_reason, item.ended_at = reason, change.at
    dropped = ActionItemDropped(session_id=session.id, action_item_id=item.id)
    await change.move(item, ACTION_ITEM_LIFE, "drop", dropped)
    return item


async def _taken(change: Change, action_item_id: UUID) -> tuple[ActionItem, Session]:
    item = await change.take(ActionItem, action_item_id)
    change.results["action_item"] = str(item.id)
    if item.agenda_item_id is not None:
        keep_back_reserved(change, await change.session.get_one(AgendaItem, item.agenda_item_id))
    return item, await change.session.get_one(Session, item.session_id)


async def _own(change: Change, item: ActionItem) -> bool:
    """Whether it is the viewer who was asked, or an organisation in whose name they speak."""
    if item.organization_id is not None:
        return item.organization_id in change.viewer.represents
    owner = await change.session.get_one(Membership, item.owner_id)
    return owner.person_id is not None and owner.person_id == change.viewer.person_id


async def _require_sound(change: Change, session: Session, task: Task) -> None:
    problems = list(task.faults) or problems_with_text(task.text, ("task",), longest=LONGEST_TASK)
    if (task.owner_id is None) == (task.organization_id is None):
        problems.append(Problem("ONE_OWNER", ("ownerId",)))
    elif task.owner_id is not None:
        owner = await change.session.get(Membership, task.owner_id)
        seated = owner is not None and owner.body_id in bodies_of(session) and owner.state is MembershipState.ACTIVE
        if not seated:
            problems.append(Problem("NOT_A_MEMBER_THERE", ("ownerId",)))
    elif task.organization_id is not None:
        await change.find(Organization, task.organization_id)
    if task.agenda_item_id is not None:
        point = await change.session.get(AgendaItem, task.agenda_item_id)
        if point is None or point.session_id != session.id:
            problems.append(Problem("POINT_OF_ANOTHER_SESSION", ("agendaItemId",)))
        keep_back_reserved(change, point)
    if problems:
        raise Invalid(problems)


def _require_words(text: LocalizedText, field: str, faults: tuple[Problem, ...]) -> None:
    problems = list(faults) or problems_with_text(text, (field,), longest=LONGEST_TASK)
    if problems:
        raise Invalid(problems)
