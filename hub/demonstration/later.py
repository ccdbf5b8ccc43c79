"""The minutes of the session that was held: observed, worded anew, approved in a short one, signed and published."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.changes.change import Change
from hub.demonstration import later_texts
from hub.demonstration.held import AFAR, FOR, ROOM
from hub.demonstration.meeting import Meeting
from hub.demonstration.seats import CITIZENS, CIVIL_SOCIETY, COORDINATOR, SECRETARY, SOUTHEAST, Commission
from hub.demonstration.telling import ONE_DAY, Story, instant
from hub.sessions.approving import approve_minutes, move_approval
from hub.sessions.minutes_facts import newest_wording
from hub.sessions.minutes_models import Minutes
from hub.sessions.minuting import circulate_minutes, draft_minutes, write_minutes
from hub.sessions.observing import answer_observation, observe_minutes
from hub.sessions.signing import publish_minutes, sign_minutes
from hub.text import LocalizedText, Translation
from hub.timetables.zones import Declared

THERE = {COORDINATOR: ROOM, SECRETARY: ROOM, SOUTHEAST: AFAR, CIVIL_SOCIETY: AFAR, CITIZENS: ROOM}


async def minute(story: Story, commission: Commission, session: UUID, *, held_at: dt.datetime) -> UUID:
    """Write the minutes of a session from what was recorded of it, and take up what a member finds wrong."""
    secretary = commission.secretary
    minutes = await story.tell(secretary, held_at + ONE_DAY, draft_minutes, session)
    await story.tell(secretary, held_at + 2 * ONE_DAY, circulate_minutes, minutes)
    observations = []
    for name, days, text in ((CITIZENS, 4, later_texts.OBSERVATION), (CIVIL_SOCIETY, 5, later_texts.WISH)):
        observations.append(
            await story.tell(commission.member(name).viewer, held_at + days * ONE_DAY, observe_minutes, minutes, text)
        )
    answers = ((True, later_texts.TAKEN_UP), (False, later_texts.SET_ASIDE))
    for observation, (right, answer) in zip(observations, answers, strict=True):
        await story.tell(
            secretary, held_at + 6 * ONE_DAY, answer_observation, observation, taken_up=right, answer=answer
        )
    await story.tell(secretary, held_at + 6 * ONE_DAY, _reword, minutes)
    await story.tell(secretary, held_at + 7 * ONE_DAY, circulate_minutes, minutes)
    return minutes


async def approve(story: Story, commission: Commission, minutes: UUID, starts: Declared) -> None:
    """Approve the minutes in a session that is held for it, and publish them once they are signed."""
    meeting = Meeting(story, commission, later_texts.draft(starts))
    await meeting.convene(later_texts.AGENDA, at=meeting.hour - 3 * ONE_DAY)
    await meeting.sit_down(THERE)
    present, point = meeting.points
    await meeting.start(present)
    await meeting.done(present, later_texts.PRESENT)
    await meeting.start(point)
    moved = await story.tell(
        commission.coordinator, meeting.passes(2), move_approval, point, later_texts.APPROVAL, minutes_id=minutes
    )
    await meeting.vote(moved, dict.fromkeys((COORDINATOR, SOUTHEAST, CIVIL_SOCIETY, CITIZENS), FOR))
    await story.tell(commission.secretary, meeting.passes(1), approve_minutes, minutes)
    await meeting.done(point, later_texts.APPROVED)
    await meeting.end()
    for name in (COORDINATOR, SECRETARY, CITIZENS):
        await story.tell(commission.member(name).viewer, instant(starts) + ONE_DAY, _sign, minutes)
    await story.tell(commission.secretary, instant(starts) + 4 * ONE_DAY, publish_minutes, minutes)


async def _reword(change: Change, minutes_id: UUID) -> Minutes:
    """Add what a member missed to the end of what was recorded, in each language."""
    minutes = await change.session.get_one(Minutes, minutes_id)
    last = await newest_wording(change, minutes)
    words = {
        language: Translation(f"{said.text}\n\n{later_texts.ADDED.in_language(language)}")
        for language, said in last.text.translations.items()
    }
    return await write_minutes(change, minutes.id, LocalizedText(last.text.source, words), based_on=last.number)


async def _sign(change: Change, minutes_id: UUID) -> Minutes:
    minutes = await change.session.get_one(Minutes, minutes_id)
    return await sign_minutes(change, minutes_id, content_hash=minutes.content_hash or "")
