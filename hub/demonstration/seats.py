"""The seats of the demonstration's commission, and who sits in them: all of them made up.

Some speak for institutions, the others for the rest of society. For one of them somebody stands in; one is vacant.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.bodies.leaving import end
from hub.bodies.seat_models import Membership, MembershipState, Post, Seat, Sector
from hub.bodies.seating import SeatDraft, Sitter, Term, create_seat, seat_member
from hub.changes.change import Change, Changes
from hub.demonstration import cast
from hub.demonstration.commission import CIVIC_GROUP
from hub.demonstration.telling import ONE_DAY
from hub.identity.creating import PersonDraft, create_account
from hub.people.models import Account
from hub.register.models import Entry
from hub.text import LocalizedText, written
from hub.viewer import SYSTEM, Grant, Role, Viewer

COORDINATOR = cast.COORDINATOR.display_name
SECRETARY = "Luis Pech Xool"
SOUTHEAST, STANDS_IN = "Rosa Canul Dzib", "Andrés Mukul Ek"
CIVIL_SOCIETY = "Ana Robles Quintal"
ACADEMIA = "Noé Ku Balam"
CITIZENS = "Teresa Villarreal Osorno"
PRIVATE = "Gonzalo Iturbe Rangel"
GUEST = "Marta Sosa Lira"

SEATED, LEFT = 2 * ONE_DAY, 40 * ONE_DAY
"""How long after the commission began its members were seated, and one of them left."""

TERM = dt.timedelta(days=3 * 365)

GAVE_UP = "Renunció por un cambio de trabajo."


@dataclass(frozen=True, kw_only=True)
class Place:
    """A seat, who is to sit there, and who stands in for them."""

    name: str
    sector: Sector
    title: LocalizedText
    post: Post = Post.MEMBER
    voting: bool = True
    stands_in: str | None = None


PLACES = (
    Place(
        name=COORDINATOR,
        post=Post.COORDINATOR,
        sector=Sector.GOVERNMENT,
        title=written(es="Coordinación", en="Coordinator"),
    ),
    Place(
        name=SECRETARY,
        post=Post.SECRETARY,
        sector=Sector.GOVERNMENT,
        voting=False,
        title=written(es="Secretaría técnica, con voz y sin voto", en="Technical secretary, with a voice and no vote"),
    ),
    Place(
        name=SOUTHEAST,
        sector=Sector.GOVERNMENT,
        stands_in=STANDS_IN,
        title=written(es="Instituciones garantes del sureste", en="Guarantor institutions of the southeast"),
    ),
    Place(
        name=CIVIL_SOCIETY,
        sector=Sector.CIVIL_SOCIETY,
        title=written(es="Organizaciones de la sociedad civil", en="Civil society organisations"),
    ),
    Place(
        name=ACADEMIA,
        sector=Sector.ACADEMIA,
        title=written(es="Universidades y centros de investigación", en="Universities and research centres"),
    ),
    Place(
        name=CITIZENS,
        sector=Sector.CITIZENS,
        title=written(es="Ciudadanía elegida por sorteo", en="Citizens chosen by lot"),
    ),
    Place(
        name=PRIVATE,
        sector=Sector.PRIVATE,
        title=written(es="Cámaras y empresas", en="Chambers and companies"),
    ),
    Place(
        name=GUEST,
        post=Post.GUEST,
        sector=Sector.ACADEMIA,
        voting=False,
        title=written(es="Persona invitada, experta en archivos", en="Guest, expert in archives"),
    ),
)

ROLES = {Post.COORDINATOR: (Role.COORDINATOR, Role.MEMBER), Post.SECRETARY: (Role.SECRETARY, Role.MEMBER)}


@dataclass(frozen=True)
class Member:
    """Somebody who sits in the commission: as whom they act, for which seat, and by which membership."""

    viewer: Viewer
    seat_id: UUID
    membership_id: UUID


@dataclass(frozen=True)
class Commission:
    """The commission with its members by name, and the day from which its story is counted."""

    id: UUID
    began: dt.datetime
    members: dict[str, Member]

    def member(self, name: str) -> Member:
        """Return somebody by name."""
        return self.members[name]

    @property
    def coordinator(self) -> Viewer:
        """Who leads it."""
        return self.members[COORDINATOR].viewer

    @property
    def secretary(self) -> Viewer:
        """Who keeps its papers."""
        return self.members[SECRETARY].viewer


async def seat(changes: Changes, commission_id: UUID, *, began: dt.datetime) -> Commission:
    """Give the commission its seats and seat its members, where they are not there yet."""
    async with changes.begin(SYSTEM, at=began + SEATED) as change:
        if await change.session.scalar(select(Seat.id).filter_by(body_id=commission_id).limit(1)) is None:
            organization_id = await change.session.scalar(select(Entry.id).filter_by(imported_from=CIVIC_GROUP))
            for ordinal, place in enumerate(PLACES, start=1):
                civic = organization_id if place.sector is Sector.CIVIL_SOCIETY else None
                await seat_place(change, commission_id, place, ordinal=ordinal, organization_id=civic)
    commission = await _seated(changes, commission_id)
    await _leave(changes, commission)
    return commission


async def seat_place(
    change: Change, body_id: UUID, place: Place, *, ordinal: int, organization_id: UUID | None = None
) -> None:
    """Give a body a seat, and let whoever is to sit there do so."""
    draft = SeatDraft(
        post=place.post,
        sector=place.sector,
        ordinal=ordinal,
        voting=place.voting,
        title=place.title,
        organization_id=organization_id,
    )
    made = await create_seat(change, body_id, draft)
    term = Term(since=change.at, until=change.at + TERM)
    for name in filter(None, (place.name, place.stands_in)):
        account = await cast.account_of(change, name) or await create_account(change, PersonDraft(display_name=name))
        sitter = Sitter(name=name, term=term, person_id=account.person_id, alternate=name == place.stands_in)
        await seat_member(change, made.id, sitter)


async def _seated(changes: Changes, commission_id: UUID) -> Commission:
    """Find the members again, whatever became of them."""
    found = (
        select(Membership, Seat, Account)
        .join(Seat, Seat.id == Membership.seat_id)
        .join(Account, Account.person_id == Membership.person_id)
        .where(Membership.body_id == commission_id)
        .where(Membership.name.in_([name for place in PLACES for name in (place.name, place.stands_in) if name]))
        .order_by(Membership.id)
    )
    async with changes.begin(SYSTEM) as change:
        rows = (await change.session.execute(found)).all()
    members: dict[str, Member] = {}
    for membership, seat_, account in rows:
        roles = ROLES.get(seat_.post, (Role.MEMBER,))
        viewer = cast.viewer_of(account, *(Grant(role, commission_id) for role in roles))
        members.setdefault(str(membership.name), Member(viewer, seat_.id, membership.id))
    return Commission(commission_id, rows[0][1].created_at - SEATED, members)


async def _leave(changes: Changes, commission: Commission) -> None:
    """Let one member give their seat up, which is vacant since."""
    leaving = commission.member(PRIVATE)
    async with changes.begin(leaving.viewer, at=commission.began + LEFT) as change:
        membership = await change.session.get_one(Membership, leaving.membership_id)
        if membership.state is MembershipState.ACTIVE and membership.valid_from == commission.began + SEATED:
            await end(change, membership.id, reason=GAVE_UP)
