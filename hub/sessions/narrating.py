"""Narrating: what was recorded of a session, told in sentences, in each language that the hub speaks.

It is the first wording of the minutes, which the secretary goes on to work at. What is told of a point that is not
public is its number alone: minutes are published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.bodies.seat_models import Membership, Seat
from hub.changes.change import Change
from hub.clock import day_of
from hub.people.models import DatedName
from hub.people.naming import name_on
from hub.sessions.minutes_models import ActionItem
from hub.sessions.models import AgendaItem, Attendance, Recusal, Session
from hub.sessions.presence import quorums_of, terms_of
from hub.sessions.vote_models import Motion, MotionState, Vote, VoteEvent, VoteMethod, VoteOption
from hub.text import LocalizedText, Translation
from hub.wording import LABELS, LANGUAGES, note

NOBODY = LABELS["unnamed"]["member"]
ENDS = frozenset(".!?…")
"""What a sentence ends with."""


@dataclass
class Record:
    """Everything that was recorded of a session, as it is told."""

    session: Session
    present: int
    seats: int
    needed: int
    attendances: Sequence[tuple[Attendance, Seat, Membership]] = ()
    points: Sequence[AgendaItem] = ()
    recusals: Sequence[tuple[Recusal, Membership]] = ()
    motions: Sequence[Motion] = ()
    events: Sequence[VoteEvent] = ()
    votes: Sequence[tuple[Vote, Membership]] = ()
    tasks: Sequence[ActionItem] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)
    """What members and organisations are called, by their ids."""


async def narrated(change: Change, session: Session) -> LocalizedText:
    """Tell a session, in each language that the hub speaks."""
    record = await _recorded(change, session)
    words = {language: Translation("\n\n".join(_told(record, language))) for language in LANGUAGES}
    return LocalizedText(LANGUAGES[0], words)


# ---- gathering ---------------------------------------------------------------------------------------------------


async def _recorded(change: Change, session: Session) -> Record:
    terms = await terms_of(change, session)
    quorums = await quorums_of(change, session, terms, present=())
    attendances = await _rows(
        change,
        select(Attendance, Seat, Membership)
        .join(Seat, Seat.id == Attendance.seat_id)
        .join(Membership, Membership.id == Attendance.membership_id)
        .where(Attendance.session_id == session.id)
        .order_by(Seat.body_id, Seat.ordinal, Attendance.came_at, Attendance.id),
    )
    opened = session.opened_at
    return Record(
        session,
        present=sum(
            seat.voting and opened is not None and there.came_at <= opened < (there.left_at or change.at)
            for there, seat, _ in attendances
        ),
        seats=sum(quorum.seats for quorum in quorums),
        needed=sum(quorum.needed for quorum in quorums),
        attendances=attendances,
        **await _proceedings(change, session),
    )


async def _proceedings(change: Change, session: Session) -> dict[str, Any]:
    points = select(AgendaItem).filter_by(session_id=session.id).order_by(AgendaItem.position, AgendaItem.id)
    motions = select(Motion).filter_by(session_id=session.id).order_by(Motion.number)
    events = select(VoteEvent).filter_by(session_id=session.id).order_by(VoteEvent.opened_at, VoteEvent.id)
    recusals = select(Recusal, Membership).join(Membership, Membership.id == Recusal.membership_id)
    recusals = recusals.join(AgendaItem, AgendaItem.id == Recusal.agenda_item_id)
    votes = select(Vote, Membership).join(Membership, Membership.id == Vote.membership_id)
    votes = votes.join(VoteEvent, VoteEvent.id == Vote.vote_event_id).join(Seat, Seat.id == Vote.seat_id)
    tasks = [
        *await change.session.scalars(select(ActionItem).filter_by(session_id=session.id).order_by(ActionItem.number))
    ]
    moved = [*await change.session.scalars(motions)]
    return {
        "points": [*await change.session.scalars(points)],
        "motions": moved,
        "events": [*await change.session.scalars(events)],
        "recusals": await _rows(
            change, recusals.where(AgendaItem.session_id == session.id).order_by(Recusal.declared_at)
        ),
        "votes": await _rows(
            change, votes.where(VoteEvent.session_id == session.id).order_by(Seat.body_id, Seat.ordinal, Seat.id)
        ),
        "tasks": tasks,
        "names": await _names(change, moved, tasks),
    }


async def _rows(change: Change, statement: Any) -> list[Any]:
    return [*(await change.session.execute(statement))]


async def _names(change: Change, motions: Sequence[Motion], tasks: Sequence[ActionItem]) -> dict[UUID, str]:
    members = {motion.mover_id for motion in motions} | {task.owner_id for task in tasks}
    named = select(Membership.id, Membership.name).where(Membership.id.in_(members - {None}))
    found = {id_: name for id_, name in await _rows(change, named) if name is not None}
    for id_ in {task.organization_id for task in tasks} - {None}:
        name = name_on(await change.session.scalars(select(DatedName).filter_by(entry_id=id_)), day_of(change.at))
        if name is not None and id_ is not None:
            found[id_] = name.name.in_language()
    return found


# ---- telling -----------------------------------------------------------------------------------------------------


def _told(record: Record, language: str) -> Iterator[str]:
    session = record.session
    facts = {"title": session.title.in_language(language), "call": session.call, "zone": session.zone}
    yield _said("MINUTES_OF", facts, language)
    if session.opened_at is not None:
        opening = {"opened_at": session.opened_at, "present": record.present, "seats": record.seats}
        yield _said("MINUTES_OPENING", {**facts, **opening, "needed": record.needed}, language)
    for there, _, membership in record.attendances:
        yield _attendance(there, membership, session.zone, language)
    for point, number in _numbered(record.points):
        yield from _point(record, point, number, language)
    for task in record.tasks:
        if _is_public(record, task.agenda_item_id):
            yield _task(record, task, language)
    if session.ended_at is not None:
        yield _said("MINUTES_CLOSING", {"ended_at": session.ended_at, "zone": session.zone}, language)


def _said(code: str, facts: Mapping[str, object], language: str) -> str:
    """Return a sentence; where the words that it ends with bring an end of their own, it has no second one."""
    told = note(code, facts, (language,))
    return told[:-1] if told[-2] in ENDS else told


def _attendance(there: Attendance, membership: Membership, zone: str, language: str) -> str:
    facts = {
        "name": _name(membership, language),
        "attendance_mode": there.mode,
        "came_at": there.came_at,
        "left_at": there.left_at,
        "zone": zone,
    }
    code = "MINUTES_THERE" if there.left_at is None else "MINUTES_THERE_UNTIL"
    return _said(code, facts, language)


def _point(record: Record, point: AgendaItem, number: str, language: str) -> Iterator[str]:
    if not point.public:
        yield _said("MINUTES_RESERVED_POINT", {"number": number}, language)
        return
    facts = {"number": number, "title": point.title.in_language(language), "agenda_item": point.state}
    yield _said("MINUTES_POINT", facts, language)
    for recusal, membership in record.recusals:
        if recusal.agenda_item_id == point.id:
            why = recusal.reason.in_language(language)
            yield _said("MINUTES_RECUSAL", {"name": _name(membership, language), "reason": why}, language)
    for motion in record.motions:
        if motion.agenda_item_id == point.id:
            yield from _motion(record, motion, language)
    if point.outcome is not None:
        yield _said("MINUTES_OUTCOME", {"outcome": point.outcome.in_language(language)}, language)


def _motion(record: Record, motion: Motion, language: str) -> Iterator[str]:
    mover = record.names.get(motion.mover_id) if motion.mover_id else None
    words = _wording(record, motion).in_language(language)
    facts = {"number": motion.number, "words": words, "motion": motion.state}
    amended = next((other for other in record.motions if other.id == motion.amends_id), None)
    if amended is not None:
        yield _said("MINUTES_AMENDMENT", {**facts, "amended": amended.number}, language)
    elif mover is None:
        yield _said("MINUTES_MOTION", facts, language)
    else:
        yield _said("MINUTES_MOTION_BY", {**facts, "name": mover}, language)
    for event in record.events:
        if event.motion_id == motion.id:
            yield from _vote(record, event, language)


def _wording(record: Record, motion: Motion) -> LocalizedText:
    """Return what a motion says: what the last amendment made of it that was carried, or what it said at first."""
    carried = [other for other in record.motions if other.amends_id == motion.id and other.state is MotionState.CARRIED]
    return max(carried, key=lambda other: (other.decided_at, other.number)).text if carried else motion.text


def _vote(record: Record, event: VoteEvent, language: str) -> Iterator[str]:
    if event.annulled_reason is not None:
        why = event.annulled_reason.in_language(language)
        yield _said("MINUTES_VOTE_ANNULLED", {"vote_method": event.method, "reason": why}, language)
        return
    facts = {
        "vote_method": event.method,
        "present": event.present,
        "quorum": event.quorum,
        "votes_for": event.votes_for,
        "votes_against": event.votes_against,
        "abstentions": event.abstentions,
        "vote_result": event.result,
    }
    yield _said("MINUTES_CASTING_VOTE" if event.casting_vote else "MINUTES_VOTE", facts, language)
    if event.method is not VoteMethod.SECRET:
        yield from _by_name(record, event, language)


def _by_name(record: Record, event: VoteEvent, language: str) -> Iterator[str]:
    cast = [(vote, member) for vote, member in record.votes if vote.vote_event_id == event.id]
    for option in VoteOption:
        names = [_name(member, language) for vote, member in cast if vote.option is option]
        if names:
            facts = {"vote_option": option, "names": ", ".join(names)}
            yield _said("MINUTES_VOTED", facts, language)
    for vote, member in cast:
        if vote.reason is not None:
            facts = {"name": _name(member, language), "reason": vote.reason.in_language(language)}
            yield _said("MINUTES_REASONED_VOTE", facts, language)


def _task(record: Record, task: ActionItem, language: str) -> str:
    owner = record.names.get(task.owner_id or task.organization_id or task.id, NOBODY[language])
    facts = {"number": task.number, "words": task.task.in_language(language), "name": owner, "due_on": task.due_on}
    return _said("MINUTES_TASK" if task.due_on is None else "MINUTES_TASK_BY", facts, language)


def _name(membership: Membership, language: str) -> str:
    return membership.name or NOBODY[language]


def _is_public(record: Record, agenda_item_id: UUID | None) -> bool:
    return agenda_item_id is None or any(point.id == agenda_item_id and point.public for point in record.points)


def _numbered(points: Sequence[AgendaItem], parent_id: UUID | None = None, above: str = "") -> Iterator[Any]:
    """Give the points with their numbers, each before those within it: 1, 2, 2.1, 2.2, 3."""
    for n, point in enumerate((point for point in points if point.parent_id == parent_id), start=1):
        yield point, f"{above}{n}"
        yield from _numbered(points, point.id, f"{above}{n}.")
