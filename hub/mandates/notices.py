"""What is written down of a mandate: its folio, and who is responsible by when in notices that never change."""

from __future__ import annotations

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.clock import day_of
from hub.database.base import uuid7
from hub.mandates.duty_models import MandateNotice, MandateNoticeKind
from hub.mandates.models import Mandate
from hub.mandates.rules import responsible_for
from hub.people.models import DatedName
from hub.people.naming import name_on
from hub.register.models import Entry
from hub.register.registering import publish
from hub.text import LocalizedText

MANDATE_SERIES = "MANDATO"


async def note(change: Change, mandate: Mandate, kind: MandateNoticeKind, reason: LocalizedText | None = None) -> None:
    """Write down what holds for a mandate from now on."""
    last = select(func.max(MandateNotice.number)).filter_by(mandate_id=mandate.id)
    notice = MandateNotice(
        id=uuid7(),
        mandate_id=mandate.id,
        number=(await change.session.scalar(last) or 0) + 1,
        kind=kind,
        due_on=mandate.due_on,
        reason=reason,
        published_at=change.at,
        **responsible_for(mandate).columns(),
    )
    (await change.session.get_one(Entry, mandate.id)).updated_at = change.at
    await change.add(notice)


async def publish_mandate(change: Change, mandate: Mandate) -> None:
    """Let everybody see a mandate, under its folio."""
    today = day_of(change.at)
    names = await change.session.scalars(select(DatedName).filter_by(entry_id=mandate.body_id))
    name = name_on(names, today)
    entry = await change.session.get_one(Entry, mandate.id)
    await publish(change, entry, series=MANDATE_SERIES, acronym=name.acronym if name else None, zone_today=today)
