"""Fulfilling an agreement: which mandate carries out what was promised in it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.agreements.events import AgreementObligationCarriedOut
from hub.agreements.models import Agreement, AgreementObligation, AgreementParty
from hub.agreements.rules import may_carry_out_obligation
from hub.changes.change import Change
from hub.errors import Conflict, NotFound, require
from hub.mandates.models import Mandate


async def carry_out_obligation(
    change: Change, agreement_id: UUID, *, position: int, mandate_id: UUID
) -> AgreementObligation:
    """Say which mandate, of a body that is a party, carries out what was promised; another one may take its place."""
    agreement = await change.take(Agreement, agreement_id)
    require(may_carry_out_obligation(change.viewer, agreement))
    found = select(AgreementObligation).filter_by(agreement_id=agreement.id, position=position)
    obligation = (await change.session.execute(found)).scalar_one_or_none()
    if obligation is None:
        raise NotFound("NOT_FOUND", path=("position",), type="AgreementObligation")
    mandate = await change.find(Mandate, mandate_id)
    parties = select(AgreementParty.body_id).filter_by(agreement_id=agreement.id)
    if mandate.body_id is None or mandate.body_id not in (await change.session.scalars(parties)).all():
        raise Conflict("MANDATE_OF_NO_PARTY", path=("mandateId",))
    obligation.mandate_id = mandate.id
    change.record(AgreementObligationCarriedOut(agreement_id=agreement.id, mandate_id=mandate.id))
    change.results["agreement"] = str(agreement.id)
    return obligation
