"""What of agreements can be read: their parties, what each promised, and until when they are in force."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_
from sqlalchemy.types import Boolean, DateTime, Uuid

from hub.agreements.models import (
    Agreement,
    AgreementObligation,
    AgreementParty,
    AgreementRenewal,
    AgreementState,
)
from hub.bodies.reading import body
from hub.people.reading import one_of_codes, organization, territories
from hub.reading.readable import (
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
    today = call.sight.today
    running = and_(
        row.state == AgreementState.SIGNED.value,
        row.in_force_from <= today,
        or_(row.in_force_until.is_(None), row.in_force_until > today),
    )
    return func.coalesce(running, literal(False))  # noqa: FBT003 - an SQL value


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
        )
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
