"""The session that is convened: its agenda and its papers can be read before it is held.

Nobody holds it while nobody plays: where its day has passed, it is called off, and the next one is convened.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Changes
from hub.demonstration import convened_texts
from hub.demonstration.meeting import Meeting
from hub.demonstration.papers import attach
from hub.demonstration.seats import ACADEMIA, Commission
from hub.demonstration.telling import ONE_DAY, Story, declared, instant, named
from hub.files.attaching import DocumentDraft
from hub.files.models import DocumentRole, DocumentSight
from hub.files.store import Store
from hub.importing.summary import Progress
from hub.register.models import Entry
from hub.sessions.models import Session, SessionState
from hub.sessions.planning import cancel_session
from hub.sessions.requesting import accept_point, request_point
from hub.viewer import SYSTEM

CONVENED = "demonstration:session:convened"

THURSDAY, FRIDAY = 3, 4
HOUR = 10
AHEAD, BEFORE = 13, -2
"""A Thursday in one week or two; convened on a Friday, two days ago at least, and so five working days before."""

ASKED_AFTER, ACCEPTED_AFTER = dt.timedelta(hours=3), dt.timedelta(hours=5)
"""When, on the day of the convocation, a member asked for a point, and had an answer."""


async def convene_next(
    changes: Changes, commission: Commission, store: Store, *, now: dt.datetime, progress: Progress
) -> None:
    """See to it that a session is convened, with its papers."""
    for session, starts_at in await _waiting(changes):
        if starts_at > now:
            return
        async with changes.begin(commission.secretary, at=starts_at - ONE_DAY) as change:
            await cancel_session(change, session, reason=convened_texts.CALLED_OFF)
    starts = declared(now, AHEAD, HOUR, weekday=THURSDAY)
    story = Story(changes, f"{CONVENED}:{starts.local.date()}", progress)
    at = instant(declared(now, BEFORE, HOUR, weekday=FRIDAY))
    meeting = Meeting(story, commission, convened_texts.draft(starts))
    await meeting.convene(convened_texts.AGENDA, at=at)
    asking = commission.member(ACADEMIA).viewer
    asked = await story.tell(asking, at + ASKED_AFTER, request_point, meeting.id, convened_texts.REQUEST)
    accepted = at + ACCEPTED_AFTER
    await story.tell(commission.secretary, accepted, accept_point, asked, answer=convened_texts.ACCEPTED, position=5)
    calendar = meeting.points[3]
    papers = (
        ("Session", meeting.id, "orden-del-dia.pdf", convened_texts.COMMENTED, DocumentSight.PUBLIC),
        ("AgendaItem", calendar, "calendario-de-sesiones.pdf", convened_texts.CALENDAR, DocumentSight.PUBLIC),
    )
    for type_, holder, name, title, sight in papers:
        draft = DocumentDraft(title=title, sight=sight, role=DocumentRole.OTHER)
        await story.tell(SYSTEM, accepted, attach, type_, holder, draft, name=name, store=store)
    await story.tell(SYSTEM, accepted, named, meeting.id, story.name)


async def _waiting(changes: Changes) -> list[tuple[UUID, dt.datetime]]:
    """Return the sessions of this story that were convened and not opened, and when they begin."""
    found = (
        select(Session.id, Session.starts_at)
        .join(Entry, Entry.id == Session.id)
        .where(Entry.imported_from.startswith(CONVENED, autoescape=True), Session.state == SessionState.CONVENED)
        .order_by(Session.starts_at)
    )
    async with changes.begin(SYSTEM) as change:
        return [(id_, starts_at) for id_, starts_at in await change.session.execute(found)]
