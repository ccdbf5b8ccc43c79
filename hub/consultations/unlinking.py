"""Unlinking: letting nothing in the database lead from a response to whoever gave it.

Where a consultation promises anonymity, a participation and a response are rows without a common column. But rows that
one transaction wrote bear its number (`xmin`), which any reader of the tables can join by. So with each response some
other participations are rewritten, which then bear the same number, and at the closing all of them. Whoever holds the
raw files of the disk may still guess: this is honest pseudonymity against readers of the tables, not secrecy from the
server (decision 0009).
"""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import delete, select, update

from hub.changes.change import Change
from hub.consultations.events import RespondentsUnlinked
from hub.consultations.models import ConsultationKey
from hub.consultations.response_models import Participation, ResponseDraft
from hub.errors import require
from hub.identity.rules import may_administer

COMPANIONS = 16
"""How many other participations are rewritten with each anonymous response."""


async def mix(change: Change, consultation_id: UUID) -> None:
    """Rewrite some other participations together with the one that has just begun."""
    name, start = Participation.pseudonym, bytes([1]) + secrets.token_bytes(32)
    own = select(Participation.id).filter_by(consultation_id=consultation_id)
    for side in (name >= start, name < start):
        # Pseudonyms are as good as random, so those behind a random place are a random choice, found by the index.
        some = own.where(side).order_by(name).limit(COMPANIONS).with_for_update(skip_locked=True)
        found = (await change.session.scalars(some)).all()
        await _rewrite(change, Participation.id.in_(found))
        if len(found) == COMPANIONS:
            return


async def mix_all(change: Change, consultation_id: UUID) -> None:
    """Rewrite every participation of a consultation that takes responses no more."""
    await _rewrite(change, Participation.consultation_id == consultation_id)


async def _rewrite(change: Change, which: object) -> None:
    same = update(Participation).where(which).values(pseudonym=Participation.pseudonym)  # type: ignore[arg-type]
    await change.session.execute(same, execution_options={"synchronize_session": False})


async def unlink(change: Change, consultation_id: UUID) -> None:
    """Destroy the key of a consultation's pseudonyms, and what was begun under them and not sent."""
    require(may_administer(change.viewer))
    await change.session.execute(delete(ConsultationKey).filter_by(consultation_id=consultation_id))
    emptied = update(ResponseDraft).filter_by(consultation_id=consultation_id)
    await change.session.execute(emptied.values(pseudonym=None, answers=None))
    change.record(RespondentsUnlinked(consultation_id=consultation_id))
