"""The session that was held: an acuerdo was adopted, a collaboration amended, and somebody chosen in secret."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.clock import day_of
from hub.demonstration import acuerdo, held_texts, interests
from hub.demonstration.meeting import Meeting
from hub.demonstration.seats import (
    ACADEMIA,
    CITIZENS,
    CIVIL_SOCIETY,
    COORDINATOR,
    GUEST,
    SECRETARY,
    STANDS_IN,
    Commission,
)
from hub.demonstration.telling import ONE_DAY, Story, instant
from hub.instruments.adopting import adopt
from hub.instruments.drafting import draft_instrument
from hub.instruments.effect_models import InstrumentSignature
from hub.instruments.models import Instrument, InstrumentKind
from hub.instruments.moving import move_adoption
from hub.instruments.publishing import Publication
from hub.instruments.signing import sign
from hub.instruments.tabling import table
from hub.instruments.wordings import newest_wording
from hub.mandates.enacting import publish_instrument
from hub.register.models import CreatedVia
from hub.sessions.assigning import Task, assign, finish
from hub.sessions.dealing import defer_point
from hub.sessions.models import AttendanceMode
from hub.sessions.moving import MotionDraft, table_amendment, table_motion
from hub.sessions.recusing import recuse
from hub.sessions.vote_models import VoteMethod, VoteOption
from hub.timetables.zones import Declared

FOR, AGAINST, ABSTAIN = VoteOption.FOR, VoteOption.AGAINST, VoteOption.ABSTAIN
ROOM, AFAR = AttendanceMode.IN_PERSON, AttendanceMode.REMOTE

THERE = {
    COORDINATOR: ROOM,
    SECRETARY: ROOM,
    STANDS_IN: AFAR,
    CIVIL_SOCIETY: ROOM,
    ACADEMIA: AFAR,
    CITIZENS: ROOM,
    GUEST: AFAR,
}


async def hold(story: Story, commission: Commission, starts: Declared) -> UUID:
    """Hold the session from its convocation to the publication of the acuerdo; return the session."""
    hour = instant(starts)
    secretary = commission.secretary
    drafted = await story.tell(
        secretary,
        hour - 15 * ONE_DAY,
        draft_instrument,
        commission.id,
        acuerdo.draft(today=starts.local.date()),
        kind=InstrumentKind.ACUERDO,
        via=CreatedVia.DEMONSTRATION,
    )
    meeting = Meeting(story, commission, held_texts.draft(starts))
    await meeting.convene(held_texts.AGENDA, at=hour - 14 * ONE_DAY)
    await story.tell(secretary, hour - 13 * ONE_DAY, table, drafted)
    await meeting.sit_down(THERE)
    present, agenda, report, progress, requests, decision, collaboration, person, general, calendar = meeting.points
    await meeting.start(present)
    await meeting.done(present, held_texts.PRESENT)
    await meeting.start(agenda)
    await _decide(meeting, agenda, held_texts.AGENDA_MOTION, by=COORDINATOR)
    await meeting.done(agenda, held_texts.AGENDA_APPROVED)
    await meeting.start(report)
    await meeting.start(progress)
    await meeting.done(progress, held_texts.PROGRESS, after=12)
    await meeting.start(requests)
    await meeting.done(requests, held_texts.REQUESTS, after=9)
    await meeting.done(report, held_texts.REPORTED, after=1)
    await _adopt(meeting, decision, drafted)
    await _collaborate(meeting, collaboration)
    await _choose(meeting, person)
    await meeting.start(general)
    await story.tell(secretary, meeting.passes(6), defer_point, calendar, reason=held_texts.CALENDAR_DEFERRED)
    await meeting.done(general, held_texts.GENERAL, after=1)
    tasks = await _tasks(meeting, (decision, collaboration, general))
    await meeting.end()
    await _publish(meeting, drafted)
    await story.tell(secretary, hour + 9 * ONE_DAY, finish, tasks[0], evidence=held_texts.TASK_DONE)
    return meeting.id


async def _decide(meeting: Meeting, point: UUID, motion: MotionDraft, *, by: str) -> None:
    """Decide something of which everybody is in favour."""
    mover = meeting.commission.member(by).viewer
    moved = await meeting.story.tell(mover, meeting.passes(1), table_motion, point, motion)
    everybody = (COORDINATOR, STANDS_IN, CIVIL_SOCIETY, ACADEMIA, CITIZENS)
    await meeting.vote(moved, dict.fromkeys(everybody, FOR))


async def _adopt(meeting: Meeting, point: UUID, instrument: UUID) -> None:
    """Adopt the acuerdo in a roll call: one member is against and says why, and another one explains their vote."""
    await meeting.start(point)
    mover = meeting.commission.member(CIVIL_SOCIETY).viewer
    moved = await meeting.story.tell(
        mover, meeting.passes(18), move_adoption, point, held_texts.ADOPTION, instrument_id=instrument
    )
    ballots = {COORDINATOR: FOR, STANDS_IN: FOR, CIVIL_SOCIETY: FOR, ACADEMIA: AGAINST, CITIZENS: FOR}
    await meeting.vote(moved, ballots, method=VoteMethod.ROLL_CALL, reasons=held_texts.REASONED_VOTES)
    secretary = meeting.commission.secretary
    await meeting.story.tell(secretary, meeting.passes(1), adopt, instrument)
    await meeting.done(point, held_texts.ADOPTED)


async def _collaborate(meeting: Meeting, point: UUID) -> None:
    """Agree to work with an organisation, in other words than were moved, without the member who is of it."""
    await meeting.start(point)
    recusing = meeting.commission.member(CIVIL_SOCIETY)
    interest = await interests.standing(meeting.story.changes, recusing.membership_id)
    await meeting.story.tell(
        recusing.viewer,
        meeting.passes(1),
        recuse,
        point,
        recusing.membership_id,
        reason=held_texts.RECUSAL,
        interest_id=interest,
    )
    mover, amender = (meeting.commission.member(name).viewer for name in (COORDINATOR, CITIZENS))
    moved = await meeting.story.tell(mover, meeting.passes(7), table_motion, point, held_texts.COLLABORATION)
    amendment = await meeting.story.tell(amender, meeting.passes(5), table_amendment, moved, held_texts.AMENDMENT)
    await meeting.vote(amendment, {COORDINATOR: ABSTAIN, STANDS_IN: FOR, ACADEMIA: FOR, CITIZENS: FOR})
    await meeting.vote(moved, {COORDINATOR: FOR, STANDS_IN: FOR, ACADEMIA: FOR, CITIZENS: FOR})
    await meeting.done(point, held_texts.COLLABORATING)


async def _choose(meeting: Meeting, point: UUID) -> None:
    """Choose in secret who looks after the accessibility of what is published."""
    await meeting.start(point)
    mover = meeting.commission.member(STANDS_IN).viewer
    moved = await meeting.story.tell(mover, meeting.passes(4), table_motion, point, held_texts.CHOICE)
    ballots = {COORDINATOR: FOR, STANDS_IN: FOR, CIVIL_SOCIETY: FOR, ACADEMIA: FOR, CITIZENS: ABSTAIN}
    await meeting.vote(moved, ballots, method=VoteMethod.SECRET)
    await meeting.done(point, held_texts.CHOSEN)


async def _tasks(meeting: Meeting, points: tuple[UUID, UUID, UUID]) -> list[UUID]:
    """Ask members to do what was agreed."""
    of_whom = {name: meeting.commission.member(name).membership_id for name in (SECRETARY, CITIZENS, COORDINATOR)}
    today = meeting.draft.starts.local.date()
    made = []
    for point, (name, (task, days)) in zip(points, zip(of_whom, held_texts.TASKS, strict=True), strict=True):
        asked = Task(text=task, agenda_item_id=point, owner_id=of_whom[name], due_on=today + days * ONE_DAY)
        made.append(
            await meeting.story.tell(meeting.commission.secretary, meeting.passes(1), assign, meeting.id, asked)
        )
    return made


async def _publish(meeting: Meeting, instrument: UUID) -> None:
    """Sign the acuerdo and publish it, which orders what it orders."""
    for name, days in ((COORDINATOR, 1), (SECRETARY, 1)):
        await meeting.story.tell(
            meeting.commission.member(name).viewer, meeting.hour + days * ONE_DAY, _sign, instrument
        )
    at = meeting.hour + 2 * ONE_DAY
    publication = Publication(in_force_from=day_of(at))
    await meeting.story.tell(meeting.commission.secretary, at, publish_instrument, instrument, publication)


async def _sign(change: Change, instrument_id: UUID) -> InstrumentSignature:
    instrument = await change.session.get_one(Instrument, instrument_id)
    hashed = (await newest_wording(change, instrument)).revision.content_hash
    return await sign(change, instrument_id, content_hash=hashed or "")
