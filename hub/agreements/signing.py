"""Signing an agreement: each party by itself, or on paper; with the last signature it has its folio and is public."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.agreements.drafts import Party
from hub.agreements.events import AgreementSigned, AgreementSignedFor
from hub.agreements.models import AGREEMENT_LIFE, Agreement, AgreementParty
from hub.agreements.rules import SigningFacts, may_sign_agreement
from hub.changes.change import Change
from hub.changes.event import Code
from hub.clock import day_of
from hub.errors import Invalid, NotFound, Problem, require
from hub.people.models import DatedName, Power, Representation
from hub.people.naming import name_on
from hub.people.speaking import speaks
from hub.register.models import Entry
from hub.register.registering import publish
from hub.text import problems_with_words

SERIES = "CONVENIO"
LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signed, by their name, and on which day."""

    signatory: str
    signed_on: dt.date


async def sign_agreement(change: Change, agreement_id: UUID, party: Party, signature: Signature) -> Agreement:
    """Sign for a party, or write down that an organisation signed on paper."""
    agreement = await change.take(Agreement, agreement_id)
    found = select(AgreementParty).filter_by(agreement_id=agreement.id).order_by(AgreementParty.position)
    parties = (await change.session.scalars(found)).all()
    signing = next(
        (one for one in parties if Party(body_id=one.body_id, organization_id=one.organization_id) == party), None
    )
    if signing is None:
        raise NotFound("NOT_FOUND", type="AgreementParty", path=("partyId",))
    itself = await _speaks(change, signing.organization_id) or signing.body_id is not None
    facts = SigningFacts(
        state=agreement.state,
        kept_by=agreement.body_id,
        body_id=signing.body_id,
        signed=signing.signed_on is not None,
        speaks=itself,
    )
    require(may_sign_agreement(change.viewer, facts))
    _require_sound(change, signature)
    signing.signatory, signing.signed_on = signature.signatory, signature.signed_on
    signing.recorded, signing.person_id = not itself, change.viewer.person_id if itself else None
    await change.session.flush()
    days = [one.signed_on for one in parties if one.signed_on is not None]
    if len(days) < len(parties):
        change.record(AgreementSignedFor(agreement_id=agreement.id, position=signing.position))
    else:
        await _conclude(change, agreement, max(days))
    change.results["agreement"] = str(agreement.id)
    return agreement


async def _conclude(change: Change, agreement: Agreement, day: dt.date) -> None:
    """Let an agreement that all have signed be public; without another day, it is in force from this one on."""
    since = agreement.in_force_from or day
    if agreement.in_force_until is not None and agreement.in_force_until <= since:
        raise Invalid([Problem("AGREED_FOR_NO_DAY", ("signedOn",))])
    agreement.signed_on, agreement.in_force_from = day, since
    names = await change.session.scalars(select(DatedName).filter_by(entry_id=agreement.body_id))
    name, today = name_on(names, day_of(change.at)), day_of(change.at)
    entry = await change.session.get_one(Entry, agreement.id)
    folio = await publish(change, entry, series=SERIES, acronym=name.acronym if name else None, zone_today=today)
    signed = AgreementSigned(agreement_id=agreement.id, folio=Code(folio or ""), signed_on=day)
    await change.move(agreement, AGREEMENT_LIFE, "sign_agreement", signed)


async def _speaks(change: Change, organization_id: UUID | None) -> bool:
    """Whether the viewer may publish in the name of an organisation; locked against the end of that."""
    if organization_id is None or not change.viewer.signed_in:
        return False
    held = (
        select(Representation.id)
        .filter_by(person_id=change.viewer.person_id, organization_id=organization_id)
        .where(speaks(Representation, change.at, Power.PUBLISH))
        .with_for_update(read=True)
    )
    return (await change.session.scalars(held)).first() is not None


def _require_sound(change: Change, signature: Signature) -> None:
    problems = problems_with_words(signature.signatory, "signatory", longest=LONGEST_NAME)
    if signature.signed_on > day_of(change.at):
        problems.append(Problem("SIGNED_IN_THE_FUTURE", ("signedOn",), {"today": day_of(change.at)}))
    if problems:
        raise Invalid(problems)
