"""What the acts on mandates take."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.mandates.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.mandates.charging import CHARGED, responsible
from graphql_schema.payloads import BASED_ON, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, read
from hub.mandates.models import MandateKind
from hub.mandates.ordering import OwnInitiative

MANDATE = "The mandate."
REASON = "Why; it is published."


@strawberry.input(description="A work that a body is to order by its own initiative.")
class MandateInput:
    """A work that a body is to order by its own initiative."""

    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    reason: LocalizedTextInput = strawberry.field(description="Why it is ordered; it is published.")
    question: LocalizedTextInput | None = strawberry.field(default=None, description="The question to be answered.")
    due_on: dt.date | None = strawberry.field(default=None, description="The day by which it is to be delivered.")
    budget_note: LocalizedTextInput | None = strawberry.field(default=None, description="What is said of its cost.")
    responsible_id: strawberry.ID | None = strawberry.field(default=None, description=CHARGED)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self, faults: Faults) -> OwnInitiative:
        """Return why it is ordered, and what of whom by when."""
        return OwnInitiative(
            reason=self.reason.read(("reason",), faults),
            question=read(self.question, ("question",), faults),
            due_on=self.due_on,
            budget_note=read(self.budget_note, ("budgetNote",), faults),
            responsible=responsible(self.responsible_id, ("responsibleId",), faults),
        )


@strawberry.input(description="A work to be proposed.")
class ProposeMandateInput(MandateInput):
    """A work to be proposed."""

    body_id: strawberry.ID = strawberry.field(description="The body that is to order it.")
    kind: MandateKind = strawberry.field(description="The work.")


@strawberry.input(description="What was proposed, to be written anew.")
class EditMandateInput(MandateInput):
    """What was proposed, to be written anew."""

    mandate_id: strawberry.ID = strawberry.field(description=MANDATE)
    based_on: dt.datetime | None = strawberry.field(default=None, description=BASED_ON)


@strawberry.input(description="What was proposed, to be ordered.")
class OrderMandateInput:
    """What was proposed, to be ordered."""

    mandate_id: strawberry.ID = strawberry.field(description=MANDATE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A mandate to be taken on.")
class AcceptMandateInput:
    """A mandate to be taken on."""

    mandate_id: strawberry.ID = strawberry.field(description=MANDATE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A mandate whose work is under way.")
class StartMandateInput:
    """A mandate whose work is under way."""

    mandate_id: strawberry.ID = strawberry.field(description=MANDATE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What is delivered for a mandate: an instrument or a document, which everybody can read.")
class DeliverMandateInput:
    """What is delivered for a mandate."""

    mandate_id: strawberry.ID = strawberry.field(description=MANDATE)
    instrument_id: strawberry.ID | None = strawberry.field(default=None, description="The instrument.")
    document_id: strawberry.ID | None = strawberry.field(default=None, description="Or the document.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A mandate to be given to somebody else.")
class ReassignMandateInput:
    """A mandate to be given to somebody else."""

    mandate_id: strawberry.ID = strawberry.field(description=MANDATE)
    responsible_id: strawberry.ID | None = strawberry.field(default=None, description=CHARGED)
    reason: LocalizedTextInput = strawberry.field(description=REASON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A mandate that is to be due on another day.")
class RescheduleMandateInput:
    """A mandate that is to be due on another day."""

    mandate_id: strawberry.ID = strawberry.field(description=MANDATE)
    due_on: dt.date | None = strawberry.field(default=None, description="The day; null for none.")
    reason: LocalizedTextInput = strawberry.field(description=REASON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A mandate to be discharged.")
class DischargeMandateInput:
    """A mandate to be discharged."""

    mandate_id: strawberry.ID = strawberry.field(description=MANDATE)
    reason: LocalizedTextInput = strawberry.field(description=REASON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A mandate to be cancelled.")
class CancelMandateInput:
    """A mandate to be cancelled."""

    mandate_id: strawberry.ID = strawberry.field(description=MANDATE)
    reason: LocalizedTextInput = strawberry.field(description=REASON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
