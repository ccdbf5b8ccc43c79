"""What the acts on instruments take."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.instruments.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.mandates.charging import CHARGED, responsible
from graphql_schema.payloads import BASED_ON, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, Path, identified, read
from hub.instruments.drafts import InstrumentDraft, OrderDraft, RelationDraft, SectionDraft
from hub.instruments.effect_models import MandateKind, RelationKind
from hub.instruments.models import InstrumentKind
from hub.instruments.publishing import Publication

INSTRUMENT = "The instrument."


@strawberry.input(description="A work that a paragraph orders.")
class InstrumentOrderInput:
    """A work that a paragraph orders."""

    kind: MandateKind = strawberry.field(description="The work.")
    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    question: LocalizedTextInput | None = strawberry.field(default=None, description="The question to be answered.")
    due_on: dt.date | None = strawberry.field(default=None, description="The day by which it is to be delivered.")
    budget_note: LocalizedTextInput | None = strawberry.field(default=None, description="What is said of its cost.")
    responsible_id: strawberry.ID | None = strawberry.field(default=None, description=CHARGED)

    def read(self, path: Path, faults: Faults) -> OrderDraft:
        """Return the order."""
        return OrderDraft(
            kind=self.kind,
            title=self.title.read((*path, "title"), faults),
            question=read(self.question, (*path, "question"), faults),
            due_on=self.due_on,
            budget_note=read(self.budget_note, (*path, "budgetNote"), faults),
            responsible=responsible(self.responsible_id, (*path, "responsibleId"), faults),
        )


@strawberry.input(description="A paragraph, with what it orders.")
class InstrumentSectionInput:
    """A paragraph, with what it orders."""

    code: str = strawberry.field(
        description="Its code, by which it is the same in every wording: small letters, digits, points and dashes."
    )
    heading: LocalizedTextInput | None = strawberry.field(default=None, description="Its heading.")
    text: LocalizedTextInput = strawberry.field(description="What it says.")
    orders: list[InstrumentOrderInput] = strawberry.field(default_factory=list, description="What it orders.")

    def read(self, path: Path, faults: Faults) -> SectionDraft:
        """Return the paragraph."""
        orders = enumerate(self.orders)
        return SectionDraft(
            code=self.code,
            heading=read(self.heading, (*path, "heading"), faults),
            text=self.text.read((*path, "text"), faults),
            orders=tuple(order.read((*path, "orders", str(n)), faults) for n, order in orders),
        )


@strawberry.input(description="What the instrument does to another one.")
class InstrumentRelationInput:
    """What the instrument does to another one."""

    kind: RelationKind = strawberry.field(description="What it does.")
    target_id: strawberry.ID = strawberry.field(description="The other instrument.")


@strawberry.input(description="One wording of an instrument, as a whole.")
class InstrumentInput:
    """One wording of an instrument."""

    title: LocalizedTextInput = strawberry.field(
        description="What it is called; every text of it exists in the languages that its title has."
    )
    addressed_to: LocalizedTextInput | None = strawberry.field(default=None, description="To whom it is addressed.")
    note: LocalizedTextInput | None = strawberry.field(
        default=None, description="What is different from the wording before, and why."
    )
    sections: list[InstrumentSectionInput] = strawberry.field(description="Its paragraphs, 300 at most.")
    relations: list[InstrumentRelationInput] = strawberry.field(
        default_factory=list, description="What it does to other instruments, 50 at most."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> InstrumentDraft:
        """Return the draft, with the faults of what could not be read."""
        faults: Faults = []
        sections = [part.read(("sections", str(n)), faults) for n, part in enumerate(self.sections)]
        relations = [
            RelationDraft(
                kind=relation.kind,
                target_id=identified(relation.target_id, "Instrument", ("relations", str(n), "targetId"), faults),
            )
            for n, relation in enumerate(self.relations)
        ]
        return InstrumentDraft(
            title=self.title.read(("title",), faults),
            addressed_to=read(self.addressed_to, ("addressedTo",), faults),
            note=read(self.note, ("note",), faults),
            sections=tuple(sections),
            relations=tuple(relations),
            faults=tuple(faults),
        )


@strawberry.input(description="An instrument to be drafted.")
class DraftInstrumentInput(InstrumentInput):
    """An instrument to be drafted."""

    body_id: strawberry.ID = strawberry.field(description="The body whose act it is to be.")
    kind: InstrumentKind = strawberry.field(description="What sort of act it is.")


@strawberry.input(description="A draft to be written anew; what it says now is replaced as a whole.")
class EditInstrumentInput(InstrumentInput):
    """A draft to be written anew."""

    instrument_id: strawberry.ID = strawberry.field(description=INSTRUMENT)
    based_on: dt.datetime | None = strawberry.field(default=None, description=BASED_ON)


@strawberry.input(description="A draft to be put before the body.")
class TableInstrumentInput:
    """A draft to be put before the body."""

    instrument_id: strawberry.ID = strawberry.field(description=INSTRUMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What was tabled, to be written anew.")
class RewordInstrumentInput:
    """What was tabled, to be written anew."""

    instrument_id: strawberry.ID = strawberry.field(description=INSTRUMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A draft to be given up.")
class WithdrawInstrumentInput:
    """A draft to be given up."""

    instrument_id: strawberry.ID = strawberry.field(description=INSTRUMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What a carried vote adopted.")
class AdoptInstrumentInput:
    """What a carried vote adopted."""

    instrument_id: strawberry.ID = strawberry.field(description=INSTRUMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An instrument to be signed.")
class SignInstrumentInput:
    """An instrument to be signed."""

    instrument_id: strawberry.ID = strawberry.field(description=INSTRUMENT)
    content_hash: str = strawberry.field(description="The hash of the wording that whoever signs has before them.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An instrument to be published.")
class PublishInstrumentInput:
    """An instrument to be published."""

    instrument_id: strawberry.ID = strawberry.field(description=INSTRUMENT)
    in_force_from: dt.date = strawberry.field(description="The first day on which it is in force.")
    in_force_until: dt.date | None = strawberry.field(
        default=None, description="The first day on which it is in force no longer, if it names one."
    )
    gazette: str | None = strawberry.field(default=None, description="The gazette in which it was published.")
    gazette_date: dt.date | None = strawberry.field(default=None, description="The day of that gazette.")
    gazette_page: str | None = strawberry.field(default=None, description="The page of that gazette.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> Publication:
        """Return where and from when."""
        return Publication(
            in_force_from=self.in_force_from,
            in_force_until=self.in_force_until,
            gazette=self.gazette,
            gazette_date=self.gazette_date,
            gazette_page=self.gazette_page,
        )


@strawberry.input(description="An instrument to be annulled.")
class AnnulInstrumentInput:
    """An instrument to be annulled."""

    instrument_id: strawberry.ID = strawberry.field(description=INSTRUMENT)
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
