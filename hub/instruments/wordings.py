"""Wordings in the database: written as a draft, fixed under a hash, taken up again as the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.hashing import content_hash
from hub.instruments.drafts import InstrumentDraft
from hub.instruments.effect_models import InstrumentOrder, InstrumentRelation
from hub.instruments.models import Instrument, InstrumentRevision, InstrumentSection
from hub.text import LocalizedText

ORDERED = (
    "paragraph",
    "kind",
    "title",
    "question",
    "due_on",
    "budget_note",
    "responsible_body_id",
    "responsible_organization_id",
    "responsible_membership_id",
)
"""What an order says, by the names of its columns."""


@dataclass(frozen=True)
class Wording:
    """A stored wording with all its parts."""

    revision: InstrumentRevision
    sections: tuple[InstrumentSection, ...]
    orders: tuple[InstrumentOrder, ...]
    relations: tuple[InstrumentRelation, ...]


async def write_wording(change: Change, instrument_id: UUID, draft: InstrumentDraft, *, number: int) -> None:
    """Write the wording with this number; one that is there already, and not fixed, is written anew."""
    revision = await _revision(change, instrument_id, number)
    revision.title, revision.addressed_to, revision.note = draft.title, draft.addressed_to, draft.note
    await change.add(revision)
    for model in (InstrumentOrder, InstrumentRelation, InstrumentSection):
        await change.session.execute(delete(model).where(model.revision_id == revision.id))
    sections = [
        InstrumentSection(
            id=uuid7(), revision_id=revision.id, position=n, code=part.code, heading=part.heading, text=part.text
        )
        for n, part in enumerate(draft.sections)
    ]
    ordered = [(part.code, order) for part in draft.sections for order in part.orders]
    orders = [
        InstrumentOrder(
            id=uuid7(),
            revision_id=revision.id,
            position=n,
            paragraph=paragraph,
            kind=order.kind,
            title=order.title,
            question=order.question,
            due_on=order.due_on,
            budget_note=order.budget_note,
            **order.responsible.columns(),
        )
        for n, (paragraph, order) in enumerate(ordered)
    ]
    relations = [
        InstrumentRelation(id=uuid7(), revision_id=revision.id, position=n, kind=part.kind, target_id=part.target_id)
        for n, part in enumerate(draft.relations)
    ]
    await change.add(*sections, *orders, *relations)


async def _revision(change: Change, instrument_id: UUID, number: int) -> InstrumentRevision:
    found = select(InstrumentRevision).filter_by(instrument_id=instrument_id, number=number)
    revision = (await change.session.execute(found)).scalar_one_or_none()
    if revision is not None:
        return revision
    return InstrumentRevision(id=uuid7(), instrument_id=instrument_id, number=number, created_at=change.at)


async def newest_number(change: Change, instrument_id: UUID) -> int:
    """Return the number of the newest wording of an instrument."""
    newest = select(func.max(InstrumentRevision.number)).filter_by(instrument_id=instrument_id)
    return (await change.session.execute(newest)).scalar_one()


async def newest_wording(change: Change, instrument: Instrument) -> Wording:
    """Return the newest wording of an instrument, with all its parts in their order."""
    newest = select(InstrumentRevision).filter_by(instrument_id=instrument.id)
    newest = newest.order_by(InstrumentRevision.number.desc()).limit(1)
    revision = (await change.session.execute(newest)).scalar_one()

    async def parts(model: Any) -> tuple[Any, ...]:
        own = select(model).where(model.revision_id == revision.id).order_by(model.position)
        return tuple((await change.session.scalars(own)).all())

    found = [await parts(model) for model in (InstrumentSection, InstrumentOrder, InstrumentRelation)]
    return Wording(revision, *found)


def hash_of(instrument: Instrument, wording: Wording) -> str:
    """Return the hash of all that a wording says, in its order: its paragraphs, what it orders and does, for whom."""
    return content_hash(
        {
            "body": str(instrument.body_id),
            "kind": instrument.kind.value,
            **_said(wording.revision, "number", "title", "addressed_to"),
            "sections": [_said(section, "code", "heading", "text") for section in wording.sections],
            "orders": [_said(order, *ORDERED) for order in wording.orders],
            "relations": [_said(relation, "kind", "target_id") for relation in wording.relations],
        }
    )


def _said(row: Any, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, LocalizedText):
        return value.to_json()
    return value if value is None or isinstance(value, int) else str(value)


async def copy_wording(change: Change, wording: Wording, *, number: int) -> None:
    """Take a wording that was fixed up again as the next one, to be written on."""
    old = wording.revision
    revision = InstrumentRevision(
        id=uuid7(),
        instrument_id=old.instrument_id,
        number=number,
        title=old.title,
        addressed_to=old.addressed_to,
        created_at=change.at,
    )
    await change.add(revision)
    for row in (*wording.sections, *wording.orders, *wording.relations):
        columns = {name: getattr(row, name) for name in type(row).__table__.columns.keys()}  # noqa: SIM118 - a collection
        await change.add(type(row)(**{**columns, "id": uuid7(), "revision_id": revision.id}))
