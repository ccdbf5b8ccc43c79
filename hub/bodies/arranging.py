"""Arranging a body: another name, another charter, and its life from the plan to its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from hub.bodies.events import (
    BodyConstituted,
    BodyDissolved,
    BodyRenamed,
    BodyResumed,
    BodySuspended,
    CharterAdopted,
)
from hub.bodies.leaving import SITTING, conclude
from hub.bodies.models import BODY_LIFE, Body, BodyCharter, body_territory
from hub.bodies.parity import parity_verdict
from hub.bodies.parity_models import ParityConsequence
from hub.bodies.rules import may_arrange, may_move_body
from hub.bodies.seat_models import Membership
from hub.changes.change import Change
from hub.changes.event import Event
from hub.clock import day_of
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, NotFound, Problem, require
from hub.people.models import DatedName, Territory
from hub.people.naming import first_name, folded_text
from hub.register.models import Entry
from hub.register.registering import searchable
from hub.register.rewriting import entry_as_read, renew
from hub.text import LocalizedText


@dataclass(frozen=True, kw_only=True)
class Charter:
    """What a body is charged with, by which rule, and where; a part that is None stays as it is."""

    remit: LocalizedText | None = None
    legal_basis: LocalizedText | None = None
    territory_ids: tuple[UUID, ...] | None = None
    reason: LocalizedText | None = None


async def rename_body(
    change: Change, body_id: UUID, name: LocalizedText, *, acronym: str | None = None, since: dt.date
) -> Body:
    """Give a body another name from a day on; the one it had ends on that day and stays readable."""
    body = await change.take(Body, body_id)
    require(may_arrange(change.viewer, body_id=body.id, parent_id=body.parent_id))
    if since > day_of(change.at):
        raise Invalid([Problem("NAME_BEGINS_LATER", ("since",))])
    latest = select(DatedName).filter_by(entry_id=body.id, valid_until=None).with_for_update()
    current = (await change.session.execute(latest)).scalar_one()
    if since <= current.valid_from:
        raise Conflict("NAME_IS_NEWER", since=current.valid_from)
    current.valid_until = since
    await change.session.flush()
    await change.add(first_name(body.id, name, acronym=acronym, since=since))
    body.folded_name = folded_text(name)
    await _note(change, body, [name, body.remit, current.name], title=name)
    change.record(BodyRenamed(body_id=body.id, valid_from=since))
    return body


async def adopt_charter(
    change: Change, body_id: UUID, charter: Charter, *, based_on: dt.datetime | None = None
) -> BodyCharter:
    """Write anew what a body is charged with, by which rule, and where; what it was before stays readable."""
    body = await change.take(Body, body_id)
    require(may_arrange(change.viewer, body_id=body.id, parent_id=body.parent_id))
    entry = await entry_as_read(change, body.id, based_on)
    number = select(func.coalesce(func.max(BodyCharter.number), 0)).filter_by(body_id=body.id)
    last = int(await change.session.scalar(number) or 0)
    if last == 0:
        # What it was registered with is the first version, which nobody adopted here.
        await change.add(await _version(change, body, 1, None))
    body.remit = charter.remit or body.remit
    body.legal_basis = charter.legal_basis or body.legal_basis
    if charter.territory_ids is not None:
        await place(change, body, charter.territory_ids)
    version = await _version(change, body, max(last, 1) + 1, charter.reason)
    await change.add(version)
    await _note(change, body, [entry.title, body.remit])
    change.record(CharterAdopted(body_id=body.id, number=version.number))
    return version


async def place(change: Change, body: Body, territory_ids: Collection[UUID]) -> None:
    """Say where a body works."""
    require(may_arrange(change.viewer, body_id=body.id, parent_id=body.parent_id))
    wanted = [*dict.fromkeys(territory_ids)]
    known = set((await change.session.scalars(select(Territory.id).where(Territory.id.in_(wanted)))).all())
    for n, id_ in enumerate(wanted):
        if id_ not in known:
            raise NotFound("NOT_FOUND", type="Territory", path=("territoryIds", str(n)))
    await change.session.execute(delete(body_territory).where(body_territory.c.body_id == body.id))
    if wanted:
        rows = [{"body_id": body.id, "territory_id": id_} for id_ in wanted]
        await change.session.execute(insert(body_territory), rows)


async def constitute(change: Change, body_id: UUID) -> Body:
    """Let a body that was planned work from now on, if its rules of parity let it."""
    require(await parity_verdict(change, body_id, ParityConsequence.BLOCK_CONSTITUTION))
    return await _move(change, body_id, "constitute", BodyConstituted(body_id=body_id))


async def suspend(change: Change, body_id: UUID, *, reason: LocalizedText) -> Body:
    """Interrupt the work of a body, for a reason that is public."""
    return await _move(change, body_id, "suspend_body", BodySuspended(body_id=body_id), reason)


async def resume(change: Change, body_id: UUID) -> Body:
    """Let a body work again."""
    return await _move(change, body_id, "resume_body", BodyResumed(body_id=body_id))


async def dissolve(change: Change, body_id: UUID, *, reason: LocalizedText) -> Body:
    """End a body for good, for a reason that is public: everybody leaves it, and what it did stays done."""
    body = await _move(change, body_id, "dissolve", BodyDissolved(body_id=body_id), reason)
    held = select(Membership).filter_by(body_id=body.id).where(Membership.state.in_(SITTING))
    for membership in (await change.session.scalars(held.order_by(Membership.id).with_for_update())).all():
        await conclude(change, membership)
    return body


async def _move(change: Change, body_id: UUID, by: str, event: Event, reason: LocalizedText | None = None) -> Body:
    body = await change.take(Body, body_id)
    require(may_move_body(change.viewer, by, body_id=body.id, parent_id=body.parent_id, state=body.state))
    body.state_reason = reason
    await change.move(body, BODY_LIFE, by, event)
    entry = await change.session.get_one(Entry, body.id)
    await _note(change, body, [entry.title, body.remit])
    return body


async def _note(
    change: Change, body: Body, texts: list[LocalizedText | None], *, title: LocalizedText | None = None
) -> None:
    """Let the register know that a body has changed, and find it by its words."""
    entry = await change.session.get_one(Entry, body.id)
    entry.title, entry.search = title or entry.title, searchable(texts)
    renew(change, entry)
    await change.session.flush()
    change.results["body"] = str(body.id)


async def _version(change: Change, body: Body, number: int, reason: LocalizedText | None) -> BodyCharter:
    places = select(body_territory.c.territory_id).where(body_territory.c.body_id == body.id)
    found = (await change.session.scalars(places.order_by(body_territory.c.territory_id))).all()
    return BodyCharter(
        id=uuid7(),
        body_id=body.id,
        number=number,
        remit=body.remit,
        legal_basis=body.legal_basis,
        territory_ids=[*found],
        reason=reason,
        adopted_at=change.at,
    )
