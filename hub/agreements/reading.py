"""What of agreements can be read: their parties, what each promised, and until when they are in force."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.types import Boolean, DateTime, Uuid

from hub import clock
from hub.agreements.models import (
    Agreement,
    AgreementObligation,
    AgreementParty,
    AgreementRenewal,
    AgreementState,
)
from hub.agreements.rules import AgreementFacts, SigningFacts, agreement_verdicts, may_sign_agreement
from hub.bodies.reading import body
from hub.identity.visibility import speaks_for
from hub.people.models import Power
from hub.people.reading import one_of_codes, organization, territories
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Expression,
    Filter,
    Listed,
    One,
    OneOf,
    Order,
    Readable,
    Row,
    Rows,
    roots,
)
from hub.register.reading import by_folio, found_in_text, register_fields, updated_since

ORDERS = {
    "created_desc": Order(lambda a: a.created_at, descending=True),
    "created_asc": Order(lambda a: a.created_at),
}


def in_force(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether an agreement is in force today, which follows from its days while nobody has ended it."""
    return shared.runs_today(row, call, AgreementState.SIGNED.value)


def _made_by(column: str) -> Any:
    """Return the condition that a body or an organisation is a party to an agreement."""

    def condition(row: Row, id_: Any, call: Call) -> ColumnElement[bool]:
        party = AgreementParty.__table__.alias()
        return exists().where(party.c.agreement_id == row.id, party.c[column] == id_).correlate_except(party)

    return condition


FILTERS = {
    "state": one_of_codes("state"),
    "in_force": Filter(lambda row, wanted, call: in_force(row, call) == wanted, Boolean()),
}

agreements = Connected(
    "Agreement",
    ORDERS,
    filters={
        **FILTERS,
        "body": Filter(_made_by("body_id"), Uuid(), ids="Body"),
        "organization": Filter(_made_by("organization_id"), Uuid(), ids="Organization"),
        "text": found_in_text(),
        "updated_since": updated_since(DateTime(timezone=True)),
    },
)


def _parts(table: Any, place: str) -> Any:
    def rows(row: Row, call: Call) -> Rows:
        part = table.alias()
        return Rows(row=part.c, source=part, where=[part.c.agreement_id == row.id], order=[part.c[place]])

    return rows


def _speaks(party: Row, call: Call) -> ColumnElement[bool]:
    """Whether the viewer may publish in the name of the organisation that is the party."""
    if not call.sight.signed_in:
        return literal(False)  # noqa: FBT003 - an SQL value
    return func.coalesce(speaks_for(party.organization_id, call.sight, Power.PUBLISH), literal(False))  # noqa: FBT003 - an SQL value


def _facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    """What the rules want to know, the parties that have not signed among it."""
    party = AgreementParty.__table__.alias()
    one = func.jsonb_build_array(party.c.body_id, _speaks(party.c, call))
    in_order = aggregate_order_by(one, party.c.position)
    unsigned = select(func.jsonb_agg(in_order)).where(party.c.agreement_id == row.id, party.c.signed_on.is_(None))
    return [row.state, row.body_id, row.in_force_until, unsigned.correlate_except(party).scalar_subquery()]


def _transitions(
    asking: Asking, state: str, body_id: str, until: str | None, unsigned: list[list[Any]] | None
) -> list[dict[str, Any]]:
    facts = AgreementFacts(
        state=AgreementState(state),
        body_id=UUID(body_id),
        in_force_until=dt.date.fromisoformat(until) if until else None,
    )
    waiting = [_signing(state, body_id, of, signed=False, speaks=speaks) for of, speaks in unsigned or ()]
    found = agreement_verdicts(asking.viewer, facts, unsigned=waiting, today=clock.day_of(asking.at))
    return [shared.transition(asking, event, verdict) for event, verdict in found]


def _signing(state: str, kept_by: str, body_id: str | None, *, signed: bool, speaks: bool) -> SigningFacts:
    return SigningFacts(
        state=AgreementState(state),
        kept_by=UUID(kept_by),
        body_id=UUID(body_id) if body_id else None,
        signed=signed,
        speaks=speaks,
    )


def _signing_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    agreed = Agreement.__table__.alias()
    state, kept_by = (
        select(column).where(agreed.c.id == row.agreement_id).correlate_except(agreed).scalar_subquery()
        for column in (agreed.c.state, agreed.c.body_id)
    )
    return [state, kept_by, row.body_id, row.signed_on.is_not(None), _speaks(row, call)]


def _may_sign(asking: Asking, state: str, kept_by: str, body_id: str | None, *standing: bool) -> bool:
    signed, speaks = standing
    return may_sign_agreement(asking.viewer, _signing(state, kept_by, body_id, signed=signed, speaks=speaks)) is True


agreement = Readable(
    "Agreement",
    Agreement,
    fields={
        **register_fields("title"),
        "in_force": Expression(in_force),
        "territories": Connected(
            "Territory", territories.orders, on=lambda row, target, call: target.id == row.territory_ids.any_()
        ),
        "parties": Listed("AgreementParty", _parts(AgreementParty.__table__, "position"), part=True),
        "obligations": Listed("AgreementObligation", _parts(AgreementObligation.__table__, "position"), part=True),
        "renewals": Listed("AgreementRenewal", _parts(AgreementRenewal.__table__, "number"), part=True),
        "available_transitions": Answered(_facts, _transitions),
    },
)

party = Readable(
    "AgreementParty",
    AgreementParty,
    fields={
        "party": OneOf(
            {
                "Body": lambda row, target, call: target.id == row.body_id,
                "Organization": lambda row, target, call: target.id == row.organization_id,
            }
        ),
        "viewer_may_sign": Answered(_signing_facts, _may_sign),
    },
)
obligation = Readable("AgreementObligation", AgreementObligation)
renewal = Readable("AgreementRenewal", AgreementRenewal)


def _of(column: str) -> Connected:
    made_by = _made_by(column)
    return Connected("Agreement", ORDERS, on=lambda row, target, call: made_by(target, row.id, call), filters=FILTERS)


body.fields["agreements"] = _of("body_id")
organization.fields["agreements"] = _of("organization_id")

roots |= {"agreements": agreements, "agreement_by_folio": One("Agreement", by_folio(lambda a: a.id))}
