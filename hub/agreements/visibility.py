"""Who may see agreements, and what they consist of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, literal_column, or_, select

from hub.agreements.models import Agreement, AgreementObligation, AgreementParty, AgreementRenewal
from hub.bodies.visibility import INSIDERS
from hub.identity.visibility import speaks_for
from hub.people.models import Power
from hub.register.visibility import published, published_beside
from hub.visibility import Row, Sight, one_by_one, visible


@visible(Agreement)
def visible_agreement(row: Row, sight: Sight) -> ColumnElement[bool]:
    """An agreement is public once all have signed it; before that its parties see it."""
    return or_(published_beside(row.id, sight), of_a_party(row.id, sight)) if sight.signed_in else published(row)


def of_a_party(agreement_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer sits in a body that is a party to it, or speaks for an organisation that is."""
    if not sight.signed_in:
        return false()
    party = AgreementParty.__table__.alias()
    theirs = or_(
        party.c.body_id == sight.bodies(*INSIDERS).any_(),
        speaks_for(party.c.organization_id, sight, Power.ANSWER, Power.PUBLISH),
    )
    found: Select[Any] = select(literal_column("1")).where(party.c.agreement_id == agreement_id, theirs)
    return one_by_one(found.correlate_except(party), sight)


def _of_what_is_seen(row: Row, sight: Sight) -> ColumnElement[bool]:
    agreement = Agreement.__table__.alias()
    found = select(agreement.c.id).where(agreement.c.id == row.agreement_id, visible_agreement(agreement.c, sight))
    return exists(found.correlate_except(agreement))


@visible(AgreementParty)
def visible_agreement_party(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who makes an agreement is as visible as the agreement."""
    return _of_what_is_seen(row, sight)


@visible(AgreementObligation)
def visible_agreement_obligation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What is promised is as visible as the agreement; the mandate itself is seen by its own rule."""
    return _of_what_is_seen(row, sight)


@visible(AgreementRenewal)
def visible_agreement_renewal(row: Row, sight: Sight) -> ColumnElement[bool]:
    """That an agreement was prolonged is as visible as the agreement."""
    return _of_what_is_seen(row, sight)
