"""The sessions of the world: one that is planned, and one that is held, with a point that is not for everybody."""

from __future__ import annotations

import datetime as dt

from hub.sessions.adopting import adopt_rules
from hub.sessions.attending import record_arrival
from hub.sessions.convening import convene
from hub.sessions.models import AttendanceMode
from hub.sessions.recusing import recuse
from hub.sessions.requesting import request_point
from hub.sessions.sitting import open_session
from hub.sessions.terms import Quorum, Share
from hub.text import written
from hub.timetables.zones import declared_at
from tests.making.sessions import ZONE, a_planned_session, a_point, point_draft, terms
from tests.visibility.people import BEFORE, Cast

HOUR = BEFORE + dt.timedelta(days=14)


async def sessions_held(cast: Cast) -> None:
    """Let the body adopt its rules, plan a session, and hold another one."""
    hub, starts = cast.hub, declared_at(HOUR, ZONE)
    async with hub.change(at=BEFORE) as change:
        those_who_are_there = terms(quorums=(Quorum(Share(0, 1)),))
        await adopt_rules(change, cast.body, those_who_are_there, source=written(es="Su acuerdo."))
    planned = await a_planned_session(hub, cast.body, starts=starts, at=BEFORE)
    await a_point(hub, planned, "Lo que se prepara", at=BEFORE)
    held = await a_planned_session(hub, cast.body, starts=starts, at=BEFORE)
    decided = await a_point(hub, held, "Lo que se decide", at=BEFORE)
    await a_point(hub, held, "Lo que es de quienes lo integran", public=False, at=BEFORE)
    async with hub.change(at=BEFORE) as change:
        await convene(change, held)
    async with hub.change(cast.viewers["M"].viewer, at=BEFORE) as change:
        await request_point(change, held, point_draft("Lo que se pide"))
    async with hub.change(at=HOUR) as change:
        member = cast.memberships["M"]
        await record_arrival(change, held, member, mode=AttendanceMode.IN_PERSON)
        await open_session(change, held)
        await recuse(change, decided, member, reason=written(es="Es parte."))
