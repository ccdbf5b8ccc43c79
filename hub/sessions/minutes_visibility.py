"""Who may see minutes and what belongs to them: their officers write them, members read them, then everybody does."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from hub.bodies.visibility import OFFICERS
from hub.sessions.minutes_models import (
    ActionItem,
    Minutes,
    MinutesAddendum,
    MinutesRevision,
    MinutesSignature,
    MinutesState,
    Observation,
)
from hub.sessions.models import Session
from hub.sessions.visibility import of_own_session, of_point_seen, of_session_seen
from hub.visibility import Row, Sight, one_by_one, visible


def of_kept_session(session_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer leads the body whose session it is, or keeps its papers."""
    session = Session.__table__.alias()
    kept = session.c.body_id == sight.bodies(*OFFICERS).any_()
    found = select(session.c.id).where(session.c.id == session_id, kept)
    return one_by_one(found.correlate_except(session), sight)


@visible(Minutes)
def visible_minutes(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Published minutes are seen as their session is; circulated ones by its members; drafts by its officers."""
    public = and_(row.state == MinutesState.PUBLISHED.value, of_session_seen(row.session_id, sight))
    if not sight.signed_in:
        return public
    members = and_(row.state != MinutesState.DRAFT.value, of_own_session(row.session_id, sight))
    return or_(public, members, of_kept_session(row.session_id, sight))


def of_minutes_seen(minutes_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The minutes with this id are seen."""
    minutes = Minutes.__table__.alias()
    found = select(minutes.c.id).where(minutes.c.id == minutes_id, visible_minutes(minutes.c, sight))
    return exists(found.correlate_except(minutes))


@visible(MinutesRevision)
def visible_minutes_revision(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A wording is seen as the minutes are."""
    return of_minutes_seen(row.minutes_id, sight)


@visible(Observation)
def visible_observation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What was found wrong with minutes, and the answer to it, is seen as they are."""
    return of_minutes_seen(row.minutes_id, sight)


@visible(MinutesSignature)
def visible_minutes_signature(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who signed is seen as the minutes are."""
    return of_minutes_seen(row.minutes_id, sight)


@visible(MinutesAddendum)
def visible_minutes_addendum(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What was added is seen as the minutes are."""
    return of_minutes_seen(row.minutes_id, sight)


@visible(ActionItem)
def visible_action_item(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A task is seen as the point is that it came of; as its session is, where it came of none."""
    return or_(
        and_(row.agenda_item_id.is_(None), of_session_seen(row.session_id, sight)),
        of_point_seen(row.agenda_item_id, sight),
    )
