"""The agreement that followed the session: a civic group signed it on paper, and a work carries out one promise."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from hub.agreements.drafting import draft_agreement
from hub.agreements.drafts import AgreementDraft, ObligationDraft, Party
from hub.agreements.fulfilling import carry_out_obligation
from hub.agreements.signing import Signature, sign_agreement
from hub.changes.change import Changes
from hub.clock import day_of
from hub.demonstration.commission import CIVIC_GROUP
from hub.demonstration.papers import attach
from hub.demonstration.seats import COORDINATOR, Commission
from hub.demonstration.telling import ONE_DAY, Story, named
from hub.files.attaching import DocumentDraft
from hub.files.models import DocumentRole, DocumentSight
from hub.files.store import Store
from hub.importing.summary import Progress
from hub.instruments.effect_models import MandateKind
from hub.mandates.models import Mandate
from hub.register.models import CreatedVia, Entry
from hub.text import written
from hub.viewer import SYSTEM

FORMATS = "demonstration:agreement:formats"

DRAFTED, ON_PAPER, SIGNED, LINKED = 78, 80, 82, 83
"""The days of its life, counted from that on which the commission began."""

WHO_SIGNED = "Irma Castañeda Ruiz"

PAPER = "convenio-para-probar-formatos.pdf"
TITLE = written(es="Convenio para probar formatos de publicación", en="Agreement to try formats of publication")
SIGNED_TEXT = written(es="Texto firmado del convenio", en="The text of the agreement as it was signed (in Spanish)")


async def agree(changes: Changes, commission: Commission, store: Store, *, progress: Progress) -> None:
    """Draft the agreement that the session approved, let both sign it, and say which work keeps a promise of it."""
    async with changes.begin(SYSTEM) as change:
        known = select(Entry.imported_from, Entry.id).where(Entry.imported_from.in_([FORMATS, CIVIC_GROUP]))
        found = {str(name): id_ for name, id_ in await change.session.execute(known)}
        guideline = select(Mandate.id).filter_by(body_id=commission.id, kind=MandateKind.GUIDELINE)
        mandate = await change.session.scalar(guideline.order_by(Mandate.id).limit(1))
    if FORMATS in found or mandate is None:
        return
    story, secretary = Story(changes, FORMATS, progress), commission.secretary
    group = Party(organization_id=found[CIVIC_GROUP])
    draft = _draft(commission.id, group, since=day_of(_day(commission, SIGNED)))
    id_ = await story.tell(
        secretary, _day(commission, DRAFTED), draft_agreement, commission.id, draft, via=CreatedVia.DEMONSTRATION
    )
    at = _day(commission, SIGNED)
    on_paper = Signature(signatory=WHO_SIGNED, signed_on=day_of(_day(commission, ON_PAPER)))
    await story.tell(secretary, at, sign_agreement, id_, group, on_paper)
    text = DocumentDraft(title=SIGNED_TEXT, sight=DocumentSight.PUBLIC, role=DocumentRole.OTHER)
    await story.tell(SYSTEM, at, attach, "Agreement", id_, text, name=PAPER, store=store)
    own = Signature(signatory=COORDINATOR, signed_on=day_of(at))
    await story.tell(commission.coordinator, at, sign_agreement, id_, Party(body_id=commission.id), own)
    await story.tell(secretary, _day(commission, LINKED), carry_out_obligation, id_, position=2, mandate_id=mandate)
    await story.tell(SYSTEM, _day(commission, LINKED), named, id_, FORMATS)


def _day(commission: Commission, days: int) -> dt.datetime:
    return commission.began + days * ONE_DAY


def _draft(body_id: UUID, group: Party, *, since: dt.date) -> AgreementDraft:
    return AgreementDraft(
        title=TITLE,
        purpose=written(
            es="El Laboratorio Cívico de Ejemplo ayuda durante un año a probar los formatos en los que se recomienda "
            "publicar, sin pago, y la Comisión toma en cuenta lo que resulte.",
            en="For a year the Example Civic Laboratory helps to try the formats in which publication is recommended, "
            "without payment, and the Commission takes into account what comes of it.",
        ),
        parties=(group,),
        obligations=(
            ObligationDraft(
                text=written(
                    es="Probar los formatos con personas que los usan, y publicar cada tres meses un informe.",
                    en="To try the formats with people who use them, and to publish a report every three months.",
                ),
                party=group,
                due_on=since + 90 * ONE_DAY,
            ),
            ObligationDraft(
                text=written(
                    es="Llevar lo que se aprenda a los lineamientos de lectura fácil.",
                    en="To take what is learnt into the guidelines on easy reading.",
                ),
                party=Party(body_id=body_id),
            ),
            ObligationDraft(
                text=written(
                    es="Reunirse una vez al mes y publicar lo que se acordó.",
                    en="To meet once a month and publish what was agreed.",
                ),
            ),
        ),
        in_force_from=since,
        in_force_until=since + 365 * ONE_DAY,
    )
