"""Planning a session: what only the body sees until it is convened; and calling it off."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Invalid, NotFound, Problem, require, without_unread
from hub.register.models import CreatedVia, EntryKind, EntryVisibility
from hub.register.registering import register, searchable
from hub.register.rewriting import entry_as_read, renew
from hub.sessions.convocations import publish_annulment
from hub.sessions.drafts import LONGEST_REASON, SessionDraft, problems_with_draft
from hub.sessions.events import SessionCancelled, SessionEdited, SessionPlanned
from hub.sessions.facts import session_facts
from hub.sessions.models import SESSION_LIFE, Session, SessionState
from hub.sessions.rules import may_cancel, may_edit_session, may_plan
from hub.text import LocalizedText, problems_with_text
from hub.timetables.zones import instant_of

SAID = ("title", "kind", "mode", "planned_minutes", "place", "link", "open_to_public", "closed_reason")
"""What a draft says of the session by the same names as the table."""


async def plan_session(
    change: Change, body_id: UUID, draft: SessionDraft, *, via: CreatedVia = CreatedVia.API
) -> Session:
    """Plan a session of a body, which its members see; everything wrong with it is told at once."""
    body = await change.find(Body, body_id)
    require(may_plan(change.viewer, body_id=body.id))
    await _require_sound(change, draft, body_id=body.id)
    session = Session(id=uuid7(), body_id=body.id, call=1, sequence=0, created_at=change.at)
    _put(session, draft)
    await register(
        change,
        session.id,
        EntryKind.SESSION,
        title=draft.title,
        visibility=EntryVisibility.BODY,
        body_id=body.id,
        via=via,
    )
    await change.bear(session, SESSION_LIFE, "plan", SessionPlanned(session_id=session.id, body_id=body.id))
    change.results["session"] = str(session.id)
    return session


async def edit_session(
    change: Change, session_id: UUID, draft: SessionDraft, *, based_on: dt.datetime | None = None
) -> Session:
    """Write a plan anew, all of it; its agenda stays."""
    session = await change.take(Session, session_id)
    require(may_edit_session(change.viewer, await session_facts(change, session)))
    entry = await entry_as_read(change, session.id, based_on)
    await _require_sound(change, draft, body_id=session.body_id)
    _put(session, draft)
    renew(change, entry)
    entry.title, entry.search = draft.title, searchable([draft.title])
    await change.session.flush()
    change.record(SessionEdited(session_id=session.id))
    change.results["session"] = str(session.id)
    return session


async def cancel_session(
    change: Change, session_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Session:
    """Call a session off; whoever was convened is told why."""
    session = await change.take(Session, session_id)
    require(may_cancel(change.viewer, await session_facts(change, session)))
    problems = without_unread(problems_with_text(reason, ("reason",), longest=LONGEST_REASON), faults)
    if problems:
        raise Invalid(problems)
    convened = session.state is SessionState.CONVENED
    session.cancel_reason, session.ended_at = reason, change.at
    await change.move(session, SESSION_LIFE, "cancel", SessionCancelled(session_id=session.id))
    if convened:
        await publish_annulment(change, session, reason)
    change.results["session"] = str(session.id)
    return session


async def _require_sound(change: Change, draft: SessionDraft, *, body_id: UUID) -> None:
    found = [*problems_with_draft(draft, body_id=body_id)]
    for n, id_ in enumerate(draft.joint_body_ids):
        path = ("jointBodyIds", str(n))
        if not any(fault.path == path for fault in draft.faults) and not await _is_known(change, id_):
            found.append(Problem("UNKNOWN_BODY", path))
    problems = without_unread(found, draft.faults)
    if problems:
        raise Invalid(problems)


async def _is_known(change: Change, body_id: UUID) -> bool:
    try:
        await change.find(Body, body_id)
    except NotFound:
        return False
    return True


def _put(session: Session, draft: SessionDraft) -> None:
    for name in SAID:
        setattr(session, name, getattr(draft, name))
    session.joint_body_ids = list(draft.joint_body_ids)
    starts_at = instant_of(draft.starts)
    if isinstance(starts_at, Problem):
        raise Invalid([starts_at])
    session.starts_at, session.starts_local, session.zone = starts_at, draft.starts.local, draft.starts.zone
