"""What the commission ordered by its own initiative: one work delivered, one overdue, one due soon."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Changes
from hub.demonstration.papers import attach
from hub.demonstration.seats import Commission
from hub.demonstration.telling import ONE_DAY, Story, named
from hub.files.attaching import DocumentDraft
from hub.files.models import DocumentRole, DocumentSight
from hub.files.store import Store
from hub.importing.summary import Progress
from hub.instruments.effect_models import MandateKind
from hub.mandates.accepting import accept, start_work
from hub.mandates.delivering import deliver
from hub.mandates.ordering import OwnInitiative
from hub.mandates.proposing import order_mandate, propose_mandate
from hub.register.models import Entry
from hub.text import LocalizedText, written
from hub.viewer import SYSTEM

WORKS = "demonstration:mandate:works"

GUIDE = "avisos-de-cortes-de-agua.pdf"

GUIDE_TITLE = written(
    es="Guía breve para avisar de un corte de agua", en="Short guide to giving notice of a cut of water (in Spanish)"
)


@dataclass(frozen=True, kw_only=True)
class Work:
    """A work by own initiative, and on which days after the commission began it was ordered and is due."""

    kind: MandateKind
    title: LocalizedText
    reason: LocalizedText
    ordered: int
    due: int


DELIVERED = Work(
    kind=MandateKind.OUTREACH_MATERIAL,
    title=GUIDE_TITLE,
    reason=written(
        es="Los avisos que revisó la Comisión no dicen hasta cuándo dura el corte ni a quién llamar.",
        en="The notices that the Commission looked at do not say how long the cut lasts, nor whom to call.",
    ),
    ordered=12,
    due=60,
)
OVERDUE = Work(
    kind=MandateKind.ACTIVITY,
    title=written(
        es="Directorio de las unidades de transparencia municipales",
        en="Directory of the transparency units of municipalities",
    ),
    reason=written(
        es="Quien quiere preguntar no encuentra un teléfono que contesten.",
        en="Whoever wants to ask finds no telephone that is answered.",
    ),
    ordered=15,
    due=88,
)
SOON = Work(
    kind=MandateKind.GUIDELINE,
    title=written(
        es="Lineamientos de lectura fácil para las respuestas a solicitudes",
        en="Guidelines on easy reading for the answers to requests",
    ),
    reason=written(
        es="Muchas respuestas citan artículos y no dicen qué significan para quien preguntó.",
        en="Many answers quote articles and do not say what they mean for whoever asked.",
    ),
    ordered=40,
    due=109,
)


async def carry_out(changes: Changes, commission: Commission, store: Store, *, progress: Progress) -> None:
    """Order the works and take them on, and deliver one of them, unless that is told already."""
    async with changes.begin(SYSTEM) as change:
        told = await change.session.scalar(select(Entry.id).filter_by(imported_from=WORKS))
    if told is not None:
        return
    story = Story(changes, WORKS, progress)
    delivered, *_ = [await _order(story, commission, work) for work in (DELIVERED, OVERDUE, SOON)]
    guide = DocumentDraft(title=GUIDE_TITLE, sight=DocumentSight.PUBLIC, role=DocumentRole.REPORT, licence="CC BY 4.0")
    at = _day(commission, DELIVERED.due - 4)
    document = await story.tell(SYSTEM, at, attach, "Body", commission.id, guide, name=GUIDE, store=store)
    await story.tell(commission.secretary, at, deliver, delivered, document_id=document)
    await story.tell(SYSTEM, at, named, delivered, WORKS)


async def _order(story: Story, commission: Commission, work: Work) -> UUID:
    initiative = OwnInitiative(reason=work.reason, due_on=_day(commission, work.due).date())
    at = _day(commission, work.ordered)
    proposed = await story.tell(
        commission.secretary, at, propose_mandate, commission.id, initiative, kind=work.kind, title=work.title
    )
    await story.tell(commission.coordinator, at + ONE_DAY, order_mandate, proposed)
    await story.tell(commission.secretary, at + 2 * ONE_DAY, accept, proposed)
    return await story.tell(commission.secretary, at + 4 * ONE_DAY, start_work, proposed)


def _day(commission: Commission, days: int) -> dt.datetime:
    return commission.began + days * ONE_DAY
