"""What is moved and voted in the session that goes on, under a point for everybody and under one that is not."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.sessions.approving import move_approval
from hub.sessions.assigning import Task, assign
from hub.sessions.balloting import cast_vote
from hub.sessions.moving import MotionDraft, Subject, table_motion
from hub.sessions.vote_models import VoteMethod, VoteOption
from hub.sessions.voting import close_vote, open_vote
from hub.text import written
from tests.visibility.people import Cast

OPENLY, IN_SECRET = VoteMethod.ROLL_CALL, VoteMethod.SECRET


async def voted(cast: Cast, public: UUID, reserved: UUID, minutes: UUID, *, at: dt.datetime) -> None:
    """Let the member vote: openly, in secret, in what goes on, and where only those who sit there are told."""
    words = cast.words
    for line, matter, method in (("closed", "simple", OPENLY), ("secret", "persons", IN_SECRET)):
        motion = await _moved(cast, public, "Que se haga.", matter=matter, at=at)
        vote = await _cast(cast, motion, method, reason="Hace falta." if method is OPENLY else None, at=at)
        async with cast.hub.change(at=at) as change:
            await close_vote(change, vote)
        cast.votes[line] = vote
    motion = await _moved(cast, public, "Que se pague.", at=at)
    cast.votes["open"] = await _cast(cast, motion, OPENLY, reason=words["VoteEvent.votes: while it is open"], at=at)
    motion = await _moved(cast, reserved, words["Motion.text: under a point for the members alone"], at=at)
    reason = words["VoteEvent.votes: under a point for the members alone"]
    vote = cast.votes["reserved"] = await _cast(cast, motion, OPENLY, reason=reason, at=at)
    async with cast.hub.change(at=at) as change:
        await close_vote(change, vote)
    async with cast.hub.change(at=at) as change:
        draft = MotionDraft(matter="simple", text=written(es="Que se apruebe el acta."))
        cast.motions["minutes"] = (await move_approval(change, public, draft, minutes_id=minutes)).id


async def moved_to_adopt(cast: Cast, instrument: UUID, *, at: dt.datetime) -> None:
    """Ask the body to adopt an instrument that is still being written: the motion is public, its draft is not."""
    point = (await cast.hub.rows("SELECT agenda_item_id AS id FROM motion WHERE minutes_id IS NOT NULL"))[0]["id"]
    subject = Subject(content_hash="sha256:00", instrument_id=instrument)
    cast.motions["instrument"] = await _moved(cast, point, "Que se adopte.", subject=subject, at=at)


async def tasks_set(cast: Cast, session: UUID, public: UUID, reserved: UUID, *, at: dt.datetime) -> None:
    """Let the session ask for something: of itself, under a point for everybody, and under one that is not."""
    word = cast.words["ActionItem.task: of a point for the members alone"]
    member, organization = cast.memberships["M"], cast.organization
    tasks = (
        Task(text=written(es="Pedirlo."), owner_id=member),
        Task(text=written(es="Darlo."), agenda_item_id=public, organization_id=organization),
        Task(text=written(es=word), agenda_item_id=reserved, organization_id=organization),
    )
    for task in tasks:
        async with cast.hub.change(at=at) as change:
            await assign(change, session, task)


async def _moved(
    cast: Cast, point: UUID, text: str, *, matter: str = "simple", subject: Subject | None = None, at: dt.datetime
) -> UUID:
    async with cast.hub.change(at=at) as change:
        draft = MotionDraft(matter=matter, text=written(es=text))
        return (await table_motion(change, point, draft, subject=subject)).id


async def _cast(cast: Cast, motion: UUID, method: VoteMethod, *, reason: str | None, at: dt.datetime) -> UUID:
    async with cast.hub.change(at=at) as change:
        vote = (await open_vote(change, motion, method=method)).id
    async with cast.hub.change(cast.viewers["M"].viewer, at=at) as change:
        why = written(es=reason) if reason else None
        await cast_vote(change, vote, option=VoteOption.FOR, reason=why)
    return vote
