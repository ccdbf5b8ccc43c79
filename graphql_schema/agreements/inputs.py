"""What the acts on agreements take."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.agreements.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.ids import split
from graphql_schema.payloads import BASED_ON, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, Path, identified
from hub.agreements.drafts import AgreementDraft, ObligationDraft, Party
from hub.errors import Problem

AGREEMENT = "The agreement."

KINDS = {"Body": "body_id", "Organization": "organization_id"}


def party(given: str, path: Path, faults: Faults) -> Party:
    """Return the party that an id names, or note that it names neither a body nor an organisation."""
    found = split(given)
    if found is None or found[0] not in KINDS:
        faults.append(Problem("UNKNOWN_PARTY", path))
        return Party()
    return Party(**{KINDS[found[0]]: found[1]})


@strawberry.input(description="One thing that is promised.")
class AgreementObligationInput:
    """One thing that is promised."""

    text: LocalizedTextInput = strawberry.field(description="What is promised.")
    party_id: strawberry.ID | None = strawberry.field(
        default=None, description="The body or the organisation that promises it; left out, all of them do."
    )
    due_on: dt.date | None = strawberry.field(default=None, description="The day by which it is due.")

    def read(self, path: Path, faults: Faults) -> ObligationDraft:
        """Return the promise."""
        return ObligationDraft(
            text=self.text.read((*path, "text"), faults),
            party=party(self.party_id, (*path, "partyId"), faults) if self.party_id else None,
            due_on=self.due_on,
        )


@strawberry.input(description="An agreement, as a whole.")
class AgreementInput:
    """An agreement, as a whole."""

    title: LocalizedTextInput = strawberry.field(
        description="What it is called; every text of it exists in the languages that its title has."
    )
    purpose: LocalizedTextInput = strawberry.field(description="What it is about.")
    party_ids: list[strawberry.ID] = strawberry.field(
        description="With which bodies and organisations the body makes it, 50 at most; the body itself is not named."
    )
    obligations: list[AgreementObligationInput] = strawberry.field(
        default_factory=list, description="What is promised, 100 at most."
    )
    territory_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Where it holds, 100 places at most."
    )
    in_force_from: dt.date | None = strawberry.field(
        default=None, description="The first day on which it is in force; left out, the day of the last signature."
    )
    in_force_until: dt.date | None = strawberry.field(
        default=None, description="The first day on which it is in force no longer; left out, no end is known."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> AgreementDraft:
        """Return the draft, with what of it could not be read."""
        faults: Faults = []
        places = enumerate(self.territory_ids)
        return AgreementDraft(
            title=self.title.read(("title",), faults),
            purpose=self.purpose.read(("purpose",), faults),
            parties=tuple(party(id_, ("partyIds", str(n)), faults) for n, id_ in enumerate(self.party_ids)),
            obligations=tuple(one.read(("obligations", str(n)), faults) for n, one in enumerate(self.obligations)),
            territory_ids=tuple(identified(id_, "Territory", ("territoryIds", str(n)), faults) for n, id_ in places),
            in_force_from=self.in_force_from,
            in_force_until=self.in_force_until,
            faults=tuple(faults),
        )


@strawberry.input(description="An agreement to be drafted.")
class DraftAgreementInput(AgreementInput):
    """An agreement to be drafted."""

    body_id: strawberry.ID = strawberry.field(description="The body that drafts it.")


@strawberry.input(description="A draft to be written anew; what it says now is replaced as a whole.")
class EditAgreementInput(AgreementInput):
    """A draft to be written anew."""

    agreement_id: strawberry.ID = strawberry.field(description=AGREEMENT)
    based_on: dt.datetime | None = strawberry.field(default=None, description=BASED_ON)


@strawberry.input(description="The signature of a party.")
class SignAgreementInput:
    """The signature of a party."""

    agreement_id: strawberry.ID = strawberry.field(description=AGREEMENT)
    party_id: strawberry.ID = strawberry.field(description="The body or the organisation that signs.")
    signatory: str = strawberry.field(
        description="The name of who signs for it, in 200 characters at most; it is public."
    )
    signed_on: dt.date = strawberry.field(description="The day on which it signs, or signed on paper.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An agreement to be prolonged.")
class RenewAgreementInput:
    """An agreement to be prolonged."""

    agreement_id: strawberry.ID = strawberry.field(description=AGREEMENT)
    until: dt.date | None = strawberry.field(
        default=None, description="The first day on which it is in force no longer; left out, no end is known."
    )
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An agreement to be ended, or a draft to be given up.")
class EndAgreementInput:
    """An agreement to be ended, or a draft to be given up."""

    agreement_id: strawberry.ID = strawberry.field(description=AGREEMENT)
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published with the agreement.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The mandate that carries out what was promised.")
class LinkAgreementObligationInput:
    """The mandate that carries out what was promised."""

    agreement_id: strawberry.ID = strawberry.field(description=AGREEMENT)
    position: int = strawberry.field(description="The place of what was promised.")
    mandate_id: strawberry.ID = strawberry.field(description="The mandate, of a body that is a party.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
