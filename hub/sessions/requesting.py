"""Requesting a point of the agenda: a member asks for it in time, and the officers answer with reasons."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.bodies.seat_models import Membership, MembershipState
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Forbidden, Invalid, Problem, require, without_unread
from hub.sessions.agenda_events import PointAccepted, PointRejected, PointRequested
from hub.sessions.agenda_rules import may_answer_request, may_request_point
from hub.sessions.drafts import LONGEST_REASON
from hub.sessions.facts import session_facts
from hub.sessions.models import AGENDA_ITEM_LIFE, AgendaItem, Session
from hub.sessions.points import PointDraft, agenda_of, place, problems_with_point, put_point, taken
from hub.sessions.presence import bodies_of
from hub.text import LocalizedText, problems_with_text

MOST_REQUESTS = 20
"""How many points one member may ask for in one session."""


async def request_point(change: Change, session_id: UUID, draft: PointDraft) -> AgendaItem:
    """Ask for a point of a session of one's body."""
    session = await change.take(Session, session_id)
    require(may_request_point(change.viewer, await session_facts(change, session)))
    membership = await _own_membership(change, session)
    asked = select(AgendaItem.id).filter_by(session_id=session.id, requested_by_id=membership.id)
    found = [*problems_with_point(draft)]
    if len((await change.session.scalars(asked)).all()) >= MOST_REQUESTS:
        found.append(Problem("TOO_MANY_ITEMS", (), {"limit": MOST_REQUESTS}))
    problems = without_unread(found, draft.faults)
    if problems:
        raise Invalid(problems)
    point = AgendaItem(
        id=uuid7(),
        session_id=session.id,
        position=0,
        requested_by_id=membership.id,
        requested_at=change.at,
    )
    put_point(point, draft)
    requested = PointRequested(agenda_item_id=point.id, session_id=session.id)
    await change.bear(point, AGENDA_ITEM_LIFE, "request", requested)
    change.results["agenda_item"] = str(point.id)
    return point


async def accept_point(
    change: Change,
    point_id: UUID,
    *,
    answer: LocalizedText | None = None,
    position: int | None = None,
    faults: tuple[Problem, ...] = (),
) -> AgendaItem:
    """Put a point on the agenda that a member asked for."""
    session, point, facts = await taken(change, point_id)
    require(may_answer_request(change.viewer, facts))
    _answer(point, answer, faults)
    accepted = PointAccepted(agenda_item_id=point.id, session_id=session.id)
    await change.move(point, AGENDA_ITEM_LIFE, "accept_point", accepted)
    await place(change, session, point, await agenda_of(change, session), position)
    return point


async def reject_point(
    change: Change, point_id: UUID, *, answer: LocalizedText, faults: tuple[Problem, ...] = ()
) -> AgendaItem:
    """Refuse a point that a member asked for, and say why."""
    session, point, facts = await taken(change, point_id)
    require(may_answer_request(change.viewer, facts))
    _answer(point, answer, faults)
    rejected = PointRejected(agenda_item_id=point.id, session_id=session.id)
    await change.move(point, AGENDA_ITEM_LIFE, "reject_point", rejected)
    change.results["agenda_item"] = str(point.id)
    return point


def _answer(point: AgendaItem, answer: LocalizedText | None, faults: tuple[Problem, ...]) -> None:
    found = [] if answer is None else problems_with_text(answer, ("answer",), longest=LONGEST_REASON)
    problems = without_unread(found, faults)
    if problems:
        raise Invalid(problems)
    point.answer = answer


async def _own_membership(change: Change, session: Session) -> Membership:
    """Return in which seat of the bodies that sit the viewer asks, locked against its end."""
    found = (
        select(Membership)
        .where(
            Membership.body_id.in_(bodies_of(session)),
            Membership.person_id == change.viewer.person_id,
            Membership.state == MembershipState.ACTIVE,
            Membership.valid_from <= change.at,
            (Membership.valid_until.is_(None)) | (Membership.valid_until > change.at),
        )
        .order_by(Membership.created_at, Membership.id)
        .limit(1)
        .with_for_update(read=True)
    )
    membership = (await change.session.execute(found)).scalar_one_or_none()
    if membership is None:
        raise Forbidden("MEMBERS_ONLY")
    return membership
