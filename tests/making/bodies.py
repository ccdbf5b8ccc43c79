"""Bodies."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from hub.bodies.models import BodyKind
from hub.bodies.registering import BodyDraft, register_body
from hub.bodies.seat_models import Post, Sector
from hub.bodies.seating import SeatDraft, Sitter, Term, create_seat, seat_member
from hub.register.models import CreatedVia
from hub.text import LocalizedText
from tests.making.people import in_spanish
from tests.talking import Somebody, Talking


async def a_body(
    hub: Talking,
    name: LocalizedText | str = "Comisión de Gobierno Abierto",
    *,
    acronym: str | None = "CGA",
    kind: BodyKind = BodyKind.COMMISSION,
    since: dt.date = dt.date(2015, 5, 4),
    at: dt.datetime | None = None,
    **known: Any,
) -> UUID:
    """A commission in the register."""
    draft = BodyDraft(name=in_spanish(name), since=since, kind=kind, acronym=acronym, **known)
    async with hub.change(at=at) as change:
        body = await register_body(change, draft, via=CreatedVia.COMMAND_LINE)
    return body.id


async def a_seat(
    hub: Talking,
    body_id: UUID,
    *,
    ordinal: int = 1,
    post: Post = Post.MEMBER,
    sector: Sector = Sector.GOVERNMENT,
    voting: bool = True,
    at: dt.datetime | None = None,
    **known: Any,
) -> UUID:
    """A seat of a body."""
    draft = SeatDraft(post=post, sector=sector, ordinal=ordinal, voting=voting, **known)
    async with hub.change(at=at) as change:
        seat = await create_seat(change, body_id, draft)
    return seat.id


async def a_membership(
    hub: Talking,
    seat_id: UUID,
    name: str = "Ana Robles",
    *,
    by: Somebody | None = None,
    since: dt.datetime = dt.datetime(2015, 5, 4, tzinfo=dt.UTC),
    until: dt.datetime | None = None,
    at: dt.datetime | None = None,
    **known: Any,
) -> UUID:
    """That somebody (with an account, if `by` is given) sits in a seat."""
    person_id = by.viewer.person_id if by is not None and by.viewer is not None else None
    async with hub.change(at=at) as change:
        sitter = Sitter(name=name, term=Term(since=since, until=until), person_id=person_id, **known)
        membership = await seat_member(change, seat_id, sitter)
    return membership.id
