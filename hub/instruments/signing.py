"""Signing an instrument: a named person's recorded act over the hash of what it says, at an instant."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.bodies.seat_models import Membership, MembershipState, Post, Seat
from hub.changes.change import Change
from hub.changes.event import Code
from hub.database.base import uuid7
from hub.errors import Conflict, Forbidden, require
from hub.instruments.effect_models import InstrumentSignature
from hub.instruments.events import InstrumentSigned
from hub.instruments.models import INSTRUMENT_LIFE, Instrument, InstrumentState
from hub.instruments.rules import InstrumentFacts, may_sign
from hub.instruments.wordings import newest_wording
from hub.register.models import Entry


async def sign(change: Change, instrument_id: UUID, *, content_hash: str) -> InstrumentSignature:
    """Sign what was adopted. It is signed as a whole once the coordinator has signed, or whoever stands in for them.

    Whoever signs says which wording they have before them; it must be the one that was adopted.
    """
    instrument = await change.take(Instrument, instrument_id)
    require(may_sign(change.viewer, InstrumentFacts.of(instrument)))
    adopted = (await newest_wording(change, instrument)).revision.content_hash
    if adopted is None or content_hash != adopted:
        raise Conflict("NOT_THIS_WORDING", path=("contentHash",))
    membership, post = await _membership(change, instrument.body_id)
    signature = InstrumentSignature(
        id=uuid7(),
        instrument_id=instrument.id,
        membership_id=membership.id,
        content_hash=adopted,
        signed_at=change.at,
    )
    await change.add_once(signature, Conflict("SIGNED_ALREADY"))
    signed = InstrumentSigned(instrument_id=instrument.id, membership_id=membership.id, content_hash=Code(adopted))
    if post is Post.COORDINATOR and instrument.state is InstrumentState.ADOPTED:
        await change.move(instrument, INSTRUMENT_LIFE, "sign", signed)
    else:
        change.record(signed)
    (await change.session.get_one(Entry, instrument.id)).updated_at = change.at
    change.results["instrument"] = str(instrument.id)
    return signature


async def _membership(change: Change, body_id: UUID) -> tuple[Membership, Post]:
    """Return how the viewer sits in the body: as its coordinator first, in their own seat before another's."""
    own = (
        select(Membership, Seat.post)
        .join(Seat, Seat.id == Membership.seat_id)
        .where(
            Membership.body_id == body_id,
            Membership.person_id == change.viewer.person_id,
            Membership.state == MembershipState.ACTIVE,
            Membership.valid_from <= change.at,
            Membership.valid_until.is_(None) | (Membership.valid_until > change.at),
        )
        .order_by((Seat.post == Post.COORDINATOR).desc(), Membership.alternate, Membership.id)
        .limit(1)
        .with_for_update(read=True, of=Membership)
    )
    found = (await change.session.execute(own)).one_or_none()
    if found is None:
        raise Forbidden("NO_SEAT")
    return found[0], found[1]
