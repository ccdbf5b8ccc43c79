"""Who may see instruments and their wordings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from hub.bodies.visibility import INSIDERS
from hub.instruments.effect_models import InstrumentOrder, InstrumentRelation, InstrumentSignature
from hub.instruments.models import Instrument, InstrumentRevision, InstrumentSection
from hub.register.visibility import published, published_beside
from hub.visibility import Row, Sight, visible


@visible(Instrument)
def visible_instrument(row: Row, sight: Sight) -> ColumnElement[bool]:
    """An instrument is public once it is published; before that whoever sits in the body sees it."""
    if not sight.signed_in:
        return published(row)
    return or_(published_beside(row.id, sight), row.body_id == sight.bodies(*INSIDERS).any_())


def of_instrument_seen(instrument_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The instrument with this id is seen."""
    instrument = Instrument.__table__.alias()
    found = select(instrument.c.id).where(instrument.c.id == instrument_id, visible_instrument(instrument.c, sight))
    return exists(found.correlate_except(instrument))


@visible(InstrumentRevision)
def visible_instrument_revision(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A wording is as visible as its instrument."""
    return of_instrument_seen(row.instrument_id, sight)


@visible(InstrumentSection)
def visible_instrument_section(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A paragraph is as visible as its wording."""
    revision = InstrumentRevision.__table__.alias()
    found = select(revision.c.id).where(
        and_(revision.c.id == row.revision_id, visible_instrument_revision(revision.c, sight))
    )
    return exists(found.correlate_except(revision))


@visible(InstrumentOrder)
def visible_instrument_order(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What a paragraph orders is as visible as its wording."""
    return visible_instrument_section(row, sight)


@visible(InstrumentRelation)
def visible_instrument_relation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What a wording does to another instrument is as visible as the wording."""
    return visible_instrument_section(row, sight)


@visible(InstrumentSignature)
def visible_instrument_signature(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who signed an instrument is as visible as the instrument."""
    return of_instrument_seen(row.instrument_id, sight)
