"""The papers of a session and of its points: who is shown them, and how they are found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from hub.bodies.visibility import OFFICERS
from hub.changes.change import Change
from hub.files.holders import Holder, holds_documents
from hub.files.reading import documents_of_part, documents_of_record
from hub.files.visibility import insiders_of_documents, part_of_documents
from hub.sessions.agenda_reading import agenda_item
from hub.sessions.models import AgendaItem, Session
from hub.sessions.reading import session
from hub.sessions.visibility import of_own_session, visible_agenda_item
from hub.visibility import Sight

session.fields["documents"] = documents_of_record()
agenda_item.fields["documents"] = documents_of_part()


@holds_documents("Session", *OFFICERS)
async def _session_as_holder(change: Change, id_: UUID) -> Holder:
    """A session holds its convocation, and what is signed after it."""
    found = await change.find(Session, id_)
    return Holder(entry_id=found.id, body_id=found.body_id)


@holds_documents("AgendaItem", *OFFICERS)
async def _agenda_item_as_holder(change: Change, id_: UUID) -> Holder:
    """A point holds the papers that one should have read when it is called."""
    item = await change.find(AgendaItem, id_)
    found = await change.find(Session, item.session_id)
    return Holder(entry_id=found.id, body_id=found.body_id, part_id=item.id, closed=not item.public)


@part_of_documents
def of_point_shown(row: Any, sight: Sight) -> ColumnElement[bool]:
    """What is attached to a point is shown while the point is, whichever came first."""
    item = AgendaItem.__table__.alias()
    shown = select(item.c.id).where(item.c.id == row.part_id, visible_agenda_item(item.c, sight))
    return exists(shown.correlate_except(item))


@insiders_of_documents
def of_joint_session(row: Any, sight: Sight) -> ColumnElement[bool]:
    """The papers of a joint session are for those who sit in any of its bodies."""
    return of_own_session(row.entry_id, sight)
