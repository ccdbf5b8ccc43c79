"""Moving the adoption of an instrument: a motion about the very wording that was tabled."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.errors import Conflict, WrongState
from hub.instruments.models import Instrument, InstrumentState
from hub.instruments.wordings import newest_wording
from hub.sessions.models import AgendaItem, Session
from hub.sessions.moving import MotionDraft, Subject, table_motion
from hub.sessions.presence import bodies_of
from hub.sessions.vote_models import Motion


async def move_adoption(change: Change, agenda_item_id: UUID, draft: MotionDraft, *, instrument_id: UUID) -> Motion:
    """Ask the body that sits to adopt an instrument of it, as it was tabled."""
    instrument = await change.find(Instrument, instrument_id)
    point = await change.find(AgendaItem, agenda_item_id)
    session = await change.session.get_one(Session, point.session_id)
    if instrument.body_id not in bodies_of(session):
        raise Conflict("INSTRUMENT_NOT_OF_THE_SESSION", path=("instrumentId",))
    hashed = (await newest_wording(change, instrument)).revision.content_hash
    if instrument.state is not InstrumentState.TABLED or hashed is None:
        raise WrongState("INSTRUMENT_NOT_TABLED", path=("instrumentId",))
    subject = Subject(content_hash=hashed, instrument_id=instrument.id)
    return await table_motion(change, agenda_item_id, draft, subject=subject)
