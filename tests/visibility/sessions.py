"""The sessions of the world: planned ones, one that sits, and some that are over, with points that are not public."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.sessions.adopting import adopt_rules
from hub.sessions.attending import record_arrival
from hub.sessions.convening import convene
from hub.sessions.dealing import deal_with_point
from hub.sessions.models import AttendanceMode
from hub.sessions.recusing import recuse
from hub.sessions.requesting import request_point
from hub.sessions.sitting import close_session, open_session
from hub.sessions.terms import Quorum, Share
from hub.text import written
from hub.timetables.zones import declared_at
from tests.making.sessions import ZONE, a_planned_session, a_point, point_draft, terms
from tests.visibility.minutes import minutes_written
from tests.visibility.people import BEFORE, Cast
from tests.visibility.votes import tasks_set, voted

HOUR = BEFORE + dt.timedelta(days=14)
EARLIER = HOUR - dt.timedelta(days=1)


async def sessions_held(cast: Cast) -> None:
    """Let the body adopt its rules, plan sessions, and hold others."""
    hub, starts = cast.hub, declared_at(HOUR, ZONE)
    async with hub.change(at=BEFORE) as change:
        those_who_are_there = terms(quorums=(Quorum(Share(0, 1)),))
        await adopt_rules(change, cast.body, those_who_are_there, source=written(es="Su acuerdo."))
    for bodies in ((), (cast.elsewhere,)):
        planned = await a_planned_session(hub, cast.body, starts=starts, joint_body_ids=bodies, at=BEFORE)
        await a_point(hub, planned, "Lo que se prepara", at=BEFORE)
    over = {state: await _over(cast) for state in ("draft", "circulated", "published")}
    minutes = await minutes_written(cast, over, at=EARLIER)
    await _sitting(cast, minutes["circulated"])


async def _convened(cast: Cast, hour: dt.datetime) -> tuple[UUID, list[UUID]]:
    """Convene the body, with a point for everybody, another one, and two that are for those who sit there."""
    hub = cast.hub
    session = await a_planned_session(hub, cast.body, starts=declared_at(hour, ZONE), at=BEFORE)
    points = [await a_point(hub, session, title, at=BEFORE) for title in ("Lo que se decide", "Lo que se vota")]
    word = cast.words["AgendaItem.title: for the members alone"]
    points += [await a_point(hub, session, f"{word} {n}", public=False, at=BEFORE) for n in (1, 2)]
    async with hub.change(at=BEFORE) as change:
        await convene(change, session)
    return session, points


async def _open(cast: Cast, session: UUID, points: list[UUID], at: dt.datetime) -> None:
    """Let the session begin, with one member, who takes no part in a point of each kind."""
    member = cast.memberships["M"]
    async with cast.hub.change(at=at) as change:
        await record_arrival(change, session, member, mode=AttendanceMode.IN_PERSON)
        await open_session(change, session)
    reasons = {points[0]: "Es parte.", points[2]: cast.words["Recusal.reason: in a point for the members alone"]}
    for point, reason in reasons.items():
        async with cast.hub.change(at=at) as change:
            await recuse(change, point, member, reason=written(es=reason))


async def _sitting(cast: Cast, minutes: UUID) -> None:
    """A session that goes on: a point is asked for, and things are moved and voted."""
    hub = cast.hub
    session, points = await _convened(cast, HOUR)
    async with hub.change(cast.viewers["M"].viewer, at=BEFORE) as change:
        await request_point(change, session, point_draft("Lo que se pide"))
    await _open(cast, session, points, HOUR)
    await voted(cast, points[1], points[3], minutes, at=HOUR)
    await tasks_set(cast, session, points[1], points[3], at=HOUR)


async def _over(cast: Cast) -> UUID:
    """A session that was held and is over."""
    session, points = await _convened(cast, EARLIER)
    await _open(cast, session, points, EARLIER)
    await tasks_set(cast, session, points[1], points[3], at=EARLIER)
    for point in points:
        async with cast.hub.change(at=EARLIER) as change:
            await deal_with_point(change, point)
    async with cast.hub.change(at=EARLIER) as change:
        await close_session(change, session)
    return session
