"""What is said of a point of the agenda, what is wrong with it, and how points are kept in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.errors import Problem
from hub.sessions.agenda_rules import PointFacts
from hub.sessions.convocations import touch
from hub.sessions.drafts import problems_with_minutes
from hub.sessions.facts import point_facts, session_of
from hub.sessions.models import ON_THE_AGENDA, AgendaItem, AgendaKind, Session, SessionState
from hub.text import LocalizedText, problems_with_text, problems_with_words

LONGEST_TITLE = 500
LONGEST_EXPLANATION = 10_000
LONGEST_PRESENTER = 200
MOST_POINTS = 200


@dataclass(frozen=True, kw_only=True)
class PointDraft:
    """What a point of the agenda says."""

    kind: AgendaKind
    title: LocalizedText
    explanation: LocalizedText | None = None
    presenter: str | None = None
    public: bool = True
    planned_minutes: int | None = None
    faults: tuple[Problem, ...] = ()


def problems_with_point(draft: PointDraft) -> Iterator[Problem]:
    """Walk through everything that is wrong with what a point says."""
    yield from problems_with_text(draft.title, ("title",), longest=LONGEST_TITLE)
    if draft.explanation is not None:
        yield from problems_with_text(draft.explanation, ("explanation",), longest=LONGEST_EXPLANATION)
    if draft.presenter is not None:
        yield from problems_with_words(draft.presenter, "presenter", longest=LONGEST_PRESENTER)
    yield from problems_with_minutes(draft.planned_minutes)


def put_point(point: AgendaItem, draft: PointDraft) -> None:
    """Let a point say what a draft says."""
    for name in ("kind", "title", "explanation", "presenter", "public", "planned_minutes"):
        setattr(point, name, getattr(draft, name))


async def agenda_of(change: Change, session: Session) -> Sequence[AgendaItem]:
    """Return the points of an agenda and their points, each group in its order."""
    found = (
        select(AgendaItem)
        .where(AgendaItem.session_id == session.id, AgendaItem.state.in_(ON_THE_AGENDA))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return (await change.session.execute(found)).scalars().all()


def neighbours(agenda: Sequence[AgendaItem], parent_id: UUID | None, *, without: AgendaItem) -> list[AgendaItem]:
    """Return the other points with the same parent, in their order."""
    return [point for point in agenda if point.parent_id == parent_id and point.id != without.id]


def number(points: Sequence[AgendaItem]) -> None:
    """Give points their places, from one on."""
    for position, point in enumerate(points, start=1):
        point.position = position


async def place(
    change: Change, session: Session, point: AgendaItem, agenda: Sequence[AgendaItem], position: int | None
) -> None:
    """Give a point its place among its neighbours, who move on; last, where no place is given, and never beyond."""
    others = neighbours(agenda, point.parent_id, without=point)
    at = len(others) if position is None else min(max(position, 1) - 1, len(others))
    number([*others[:at], point, *others[at:]])
    await changed(change, session, point)


async def taken(change: Change, point_id: UUID) -> tuple[Session, AgendaItem, PointFacts]:
    """Return a point that will change, its session, which is locked before it, and the facts of both."""
    session = await session_of(change, AgendaItem, point_id)
    point = await change.take(AgendaItem, point_id)
    keep_back_reserved(change, point)
    return session, point, await point_facts(change, session, point)


def keep_back_reserved(change: Change, point: AgendaItem | None) -> None:
    """Let the change feed tell nothing of what happens under a point that is not public."""
    if point is not None and not point.public:
        change.keep_back()


async def changed(change: Change, session: Session, point: AgendaItem) -> None:
    """Note that an agenda has changed; where people were convened already, their calendars hear of it."""
    if session.state is not SessionState.PLANNED:
        await touch(change, session)
    await change.session.flush()
    change.results["agenda_item"] = str(point.id)
