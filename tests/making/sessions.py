"""Sessions of bodies, and the rules by which they sit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from hub.bodies.seat_models import Post
from hub.sessions.adopting import adopt_rules
from hub.sessions.arranging import enter_point
from hub.sessions.attending import record_arrival
from hub.sessions.convening import convene
from hub.sessions.drafts import SessionDraft
from hub.sessions.models import AgendaKind, AttendanceMode, SessionKind, SessionMode
from hub.sessions.planning import plan_session
from hub.sessions.points import PointDraft
from hub.sessions.sitting import open_session
from hub.sessions.terms import Delay, DelayUnit, KindTerms, Majority, MajorityBase, Quorum, SeatBase, Share, Terms
from hub.text import written
from hub.timetables.zones import Declared
from hub.viewer import Grant, Role
from tests.cast import a_citizen
from tests.making.bodies import a_body, a_membership, a_seat
from tests.talking import Somebody, Talking

HALF_AND_ONE = Share(1, 2, more_than=True)

TERMS = Terms(
    kinds=(
        KindTerms(kind=SessionKind.ORDINARY, notice_days=5, point_hours=48),
        KindTerms(kind=SessionKind.EXTRAORDINARY, notice_days=1, working_days=False, point_hours=12),
    ),
    quorums=(Quorum(HALF_AND_ONE), Quorum(Share(0, 1), SeatBase.FILLED, least=2)),
    next_call=Delay(3, DelayUnit.WORKING_DAYS),
    majorities=(
        Majority(matter="simple", name=written(es="Mayoría simple", en="Simple majority"), share=HALF_AND_ONE),
        Majority(
            matter="rules",
            name=written(es="Reglas", en="Rules"),
            share=Share(2, 3),
            of=MajorityBase.ENTITLED,
        ),
        Majority(
            matter="persons",
            name=written(es="Personas", en="Persons"),
            share=HALF_AND_ONE,
            of=MajorityBase.PRESENT,
            secret=True,
        ),
    ),
    casting_vote=True,
)
"""Terms as a commission might have them: five working days of notice, half of the seats and one more."""


def terms(**known: Any) -> Terms:
    """Terms that differ from those."""
    return replace(TERMS, **known)


ZONE = "America/Mexico_City"
MONDAY = dt.datetime(2026, 6, 1, 16, tzinfo=dt.UTC)
"""A Monday, at ten in the morning in Mexico City."""
SESSION_DAY = dt.datetime(2026, 6, 15, 10)  # noqa: DTZ001 - what a clock on the wall shows
"""Two weeks later, as a convocation declares it."""
HOUR = dt.datetime(2026, 6, 15, 16, tzinfo=dt.UTC)
"""The instant that this means."""


@dataclass(frozen=True)
class Commission:
    """A body that sits: its officers, its other members, and what each of them sits in."""

    body: UUID
    julia: Somebody
    luis: Somebody
    members: tuple[Somebody, ...]
    seats: tuple[UUID, ...]
    memberships: tuple[UUID, ...]

    @property
    def everybody(self) -> tuple[Somebody, ...]:
        """The coordinator, the secretary and the other members, in the order of their seats."""
        return (self.julia, self.luis, *self.members)


async def session_rules(hub: Talking, body: UUID, rules: Terms = TERMS, *, at: dt.datetime = MONDAY) -> UUID:
    """The rules by which a body sits."""
    async with hub.change(at=at) as change:
        adopted = await adopt_rules(change, body, rules, source=written(es="Acuerdo de instalación"))
    return adopted.id


async def a_commission(
    hub: Talking, names: Sequence[str] = ("Ana Robles", "Rosa Canul", "Noé Ku"), *, rules: Terms | None = TERMS
) -> Commission:
    """A commission with a coordinator (Julia), a secretary without a vote (Luis) and members, and with its rules."""
    body = await a_body(hub)
    people, seats, memberships = [], [], []
    for ordinal, name in enumerate(("Julia Ordaz", "Luis Pech", *names), start=1):
        post = {1: Post.COORDINATOR, 2: Post.SECRETARY}.get(ordinal, Post.MEMBER)
        roles = {1: (Role.COORDINATOR, Role.MEMBER), 2: (Role.SECRETARY, Role.MEMBER)}.get(ordinal, (Role.MEMBER,))
        somebody = await a_citizen(hub, name)
        grants = tuple(Grant(role, body) for role in roles)
        somebody = replace(somebody, viewer=replace(somebody.viewer, grants=grants))
        seats.append(await a_seat(hub, body, ordinal=ordinal, post=post, voting=ordinal != 2))
        memberships.append(await a_membership(hub, seats[-1], name, by=somebody))
        people.append(somebody)
    if rules is not None:
        await session_rules(hub, body, rules)
    return Commission(body, people[0], people[1], tuple(people[2:]), tuple(seats), tuple(memberships))


def a_draft(**known: Any) -> SessionDraft:
    """What a plan of a session says."""
    said: dict[str, Any] = {
        "title": written(es="Primera sesión ordinaria", en="First ordinary session"),
        "kind": SessionKind.ORDINARY,
        "mode": SessionMode.HYBRID,
        "starts": Declared(SESSION_DAY, ZONE),
        "planned_minutes": 120,
        "place": written(es="Sala de juntas, piso 2"),
        "link": "https://sala.example.org/cga",
    }
    return SessionDraft(**{**said, **known})


async def a_planned_session(hub: Talking, body: UUID, *, at: dt.datetime = MONDAY, **known: Any) -> UUID:
    """A session that is being planned."""
    async with hub.change(at=at) as change:
        session = await plan_session(change, body, a_draft(**known))
    return session.id


def point_draft(title: str, **known: Any) -> PointDraft:
    """What a point of an agenda says."""
    return PointDraft(**{"kind": AgendaKind.DECISION, "title": written(es=title), **known})


async def a_point(hub: Talking, session: UUID, title: str, *, at: dt.datetime = MONDAY, **known: Any) -> UUID:
    """A point of its agenda."""
    placed = {name: known.pop(name) for name in ("parent_id", "position") if name in known}
    draft = point_draft(title, **known)
    async with hub.change(at=at) as change:
        point = await enter_point(change, session, draft, **placed)
    return point.id


async def a_convened_session(
    hub: Talking, body: UUID, points: Sequence[str] = ("Acuerdo sobre datos abiertos",), **known: Any
) -> UUID:
    """A session to which its body was convened in time."""
    session = await a_planned_session(hub, body, **known)
    for title in points:
        await a_point(hub, session, title)
    async with hub.change(at=MONDAY) as change:
        await convene(change, session)
    return session


async def an_arrival(
    hub: Talking,
    session: UUID,
    membership: UUID,
    *,
    mode: AttendanceMode = AttendanceMode.IN_PERSON,
    at: dt.datetime = HOUR,
) -> UUID:
    """That somebody is there."""
    async with hub.change(at=at) as change:
        attendance = await record_arrival(change, session, membership, mode=mode)
    return attendance.id


async def an_open_session(
    hub: Talking, commission: Commission, points: Sequence[str] = ("Acuerdo sobre datos abiertos",), **known: Any
) -> UUID:
    """A session in which everybody sits."""
    session = await a_convened_session(hub, commission.body, points, **known)
    for membership in commission.memberships:
        await an_arrival(hub, session, membership)
    async with hub.change(at=HOUR) as change:
        await open_session(change, session)
    return session


async def points_of(hub: Talking, session: UUID) -> list[UUID]:
    """The points of its agenda, in their order."""
    found = await hub.rows(
        "SELECT id FROM agenda_item WHERE session_id = :session AND position > 0 ORDER BY position", session=session
    )
    return [row["id"] for row in found]
