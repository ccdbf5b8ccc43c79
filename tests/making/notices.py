"""What happens to consultations of the tests while they last: notices, suspensions and corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from hub.consultations.correcting import correct
from hub.consultations.drafts import (
    SectionDraft,
)
from hub.consultations.models import Consultation
from hub.consultations.noticing import extend, resume, suspend, withdraw_consultation
from hub.consultations.questionnaire_models import Question, RevisionClass
from hub.text import LocalizedText, written
from hub.timetables.zones import Declared
from tests.making.consultations import SECTIONS, Asked, staff_of
from tests.talking import Talking


def because(reason: str = "Faltó tiempo.") -> LocalizedText:
    """The reason of an act."""
    return written(es=reason)


async def an_extension(
    hub: Talking, asked: Asked, closing: Declared, *, at: dt.datetime | None = None, reason: LocalizedText | None = None
) -> Asked:
    """The same consultation with a later closing."""
    async with hub.change(staff_of(asked.body_id), at=at or asked.open) as change:
        await extend(change, asked.id, closing=closing, reason=reason or because())
        closes_at = (await change.session.get_one(Consultation, asked.id)).closes_at
    return replace(asked, closes_at=closes_at)


async def a_suspension(hub: Talking, asked: Asked, *, at: dt.datetime | None = None) -> None:
    """Let a consultation take no responses for a while."""
    async with hub.change(staff_of(asked.body_id), at=at or asked.open) as change:
        await suspend(change, asked.id, reason=because())


async def a_resumption(hub: Talking, asked: Asked, *, at: dt.datetime | None = None) -> None:
    """Let a suspended consultation take responses again."""
    async with hub.change(staff_of(asked.body_id), at=at or asked.open) as change:
        await resume(change, asked.id, reason=because())


async def a_withdrawal(hub: Talking, asked: Asked, *, at: dt.datetime | None = None) -> None:
    """Withdraw a consultation."""
    async with hub.change(staff_of(asked.body_id), at=at or asked.open) as change:
        await withdraw_consultation(change, asked.id, reason=because())


async def a_corrected_consultation(
    hub: Talking,
    asked: Asked,
    sections: Sequence[SectionDraft] = SECTIONS,
    *,
    revision_class: RevisionClass = RevisionClass.SUBSTANTIVE,
    at: dt.datetime | None = None,
) -> Asked:
    """The same consultation with another wording in force."""
    async with hub.change(staff_of(asked.body_id), at=at or asked.open) as change:
        note = because("Se corrige.")
        revision = await correct(change, asked.id, tuple(sections), revision_class=revision_class, note=note)
        rows = await change.session.execute(select(Question.code, Question.id).filter_by(revision_id=revision.id))
        questions = {row.code: row.id for row in rows}
    return replace(asked, revision_id=revision.id, questions=questions)
