"""Sessions that are held: a body with its seats, its rules, and who is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hub import clock
from hub.bodies.seat_models import Post, Sector
from hub.sessions.adopting import adopt_rules
from hub.sessions.arranging import enter_point
from hub.sessions.attending import record_arrival
from hub.sessions.convening import convene
from hub.sessions.drafts import SessionDraft
from hub.sessions.models import AgendaKind, AttendanceMode, SessionKind, SessionMode
from hub.sessions.planning import plan_session
from hub.sessions.points import PointDraft
from hub.sessions.sitting import open_session
from hub.sessions.terms import Terms
from hub.text import written
from hub.timetables.zones import Declared
from tests.cast import a_citizen
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.sessions import TERMS
from tests.talking import Somebody, Talking

ZONE = "America/Mexico_City"
LONG_BEFORE = dt.timedelta(days=30)
SECTORS = (Sector.GOVERNMENT, Sector.CIVIL_SOCIETY, Sector.ACADEMIA)
DAY = dt.timedelta(days=1)


@dataclass
class Sitting:
    """A body in session: who sits where, and what is on the agenda."""

    body_id: UUID
    session_id: UUID
    people: list[Somebody] = field(default_factory=list)
    """The coordinator, the secretary, and the members."""
    seats: list[UUID] = field(default_factory=list)
    memberships: list[UUID] = field(default_factory=list)
    points: list[UUID] = field(default_factory=list)

    @property
    def coordinator(self) -> Somebody:
        """Who leads it."""
        return self.people[0]

    @property
    def secretary(self) -> Somebody:
        """Who keeps its papers; a voice and no vote."""
        return self.people[1]


async def a_sitting(
    hub: Talking,
    *,
    voting: int = 5,
    absent: Sequence[int] = (),
    terms: Terms = TERMS,
    points: int = 2,
    body_id: UUID | None = None,
    at: dt.datetime | None = None,
) -> Sitting:
    """A body in session: a coordinator, a secretary without a vote, and members; so many of them have a vote.

    Those whose places are named are not there. The places are those in `people`: 0 leads, 1 keeps the papers.
    """
    now = at or clock.now()
    body_id = body_id or await a_body(hub, at=now - LONG_BEFORE)
    sitting = Sitting(body_id, body_id)
    for place in range(voting + 1):
        await a_seated_person(hub, sitting, place, at=now - LONG_BEFORE)
    async with hub.change(at=now - LONG_BEFORE) as change:
        await adopt_rules(change, body_id, terms, source=written(es="Reglas", en="Rules"))
    await _convened(hub, sitting, points, now=now)
    await _opened(hub, sitting, now=now, absent=absent)
    return sitting


async def a_session_of(hub: Talking, earlier: Sitting, *, points: int = 1) -> Sitting:
    """A later session of the same people, which has begun."""
    later = replace(earlier, points=[])
    await _convened(hub, later, points, now=clock.now())
    await _opened(hub, later, now=clock.now())
    return later


async def _opened(hub: Talking, sitting: Sitting, *, now: dt.datetime, absent: Sequence[int] = ()) -> None:
    async with hub.change(at=now) as change:
        for place, membership_id in enumerate(sitting.memberships):
            if place not in absent:
                await record_arrival(change, sitting.session_id, membership_id, mode=AttendanceMode.IN_PERSON)
    async with hub.change(at=now) as change:
        await open_session(change, sitting.session_id)


async def a_seated_person(hub: Talking, sitting: Sitting, place: int, *, at: dt.datetime) -> None:
    """Seat the next one: first who leads, then who keeps the papers, then members of each sector in turn."""
    post = {0: Post.COORDINATOR, 1: Post.SECRETARY}.get(place, Post.MEMBER)
    name = {0: "Julia Ordaz", 1: "Luis Pech"}.get(place, f"Vocal {place}")
    somebody = await a_citizen(hub, name, at=at)
    seat_id = await a_seat(
        hub,
        sitting.body_id,
        ordinal=place + 1,
        post=post,
        sector=SECTORS[place % len(SECTORS)],
        voting=place != 1,
        at=at,
    )
    membership_id = await a_membership(hub, seat_id, name, by=somebody, at=at)
    sitting.people.append(somebody)
    sitting.seats.append(seat_id)
    sitting.memberships.append(membership_id)


async def _convened(hub: Talking, sitting: Sitting, points: int, *, now: dt.datetime) -> None:
    local = now.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None, second=0, microsecond=0)
    draft = SessionDraft(
        title=written(es="Sesión ordinaria", en="Ordinary session"),
        kind=SessionKind.ORDINARY,
        mode=SessionMode.IN_PERSON,
        starts=Declared(local, ZONE),
        planned_minutes=90,
        place=written(es="Sala de juntas", en="Meeting room"),
    )
    before = now - LONG_BEFORE + DAY
    async with hub.change(at=before) as change:
        session = await plan_session(change, sitting.body_id, draft)
        sitting.session_id = session.id
        for n in range(points):
            title = written(es=f"Asunto {n + 1}", en=f"Matter {n + 1}")
            point = await enter_point(change, session.id, PointDraft(kind=AgendaKind.DECISION, title=title))
            sitting.points.append(point.id)
    async with hub.change(at=before) as change:
        await convene(change, sitting.session_id)


def text(words: str = "Se aprueba.", **known: str) -> dict[str, Any]:
    """A text as it is sent."""
    versions = {"es": words, **known}
    return {"source": "es", "translations": [{"language": tag, "text": said} for tag, said in versions.items()]}
