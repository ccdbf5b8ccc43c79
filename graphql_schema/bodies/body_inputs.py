"""What the acts on bodies take."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import strawberry

import graphql_schema.bodies.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.bodies.wordings import acronym_problems, checked, territories
from graphql_schema.payloads import BASED_ON, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, identified, read
from hub.bodies.arranging import Charter
from hub.bodies.models import BodyKind, BodyState
from hub.bodies.registering import BodyDraft
from hub.text import LocalizedText


@strawberry.input(description="A body that is to be entered into the register.")
class CreateBodyInput:
    """A body that is to be entered into the register."""

    name: LocalizedTextInput = strawberry.field(description="What it is called.")
    acronym: str | None = strawberry.field(default=None, description="Its acronym, in 40 characters at most.")
    since: dt.date = strawberry.field(description="The first day of this name.")
    kind: BodyKind = strawberry.field(description="What sort of body it is.")
    planned: bool = strawberry.field(default=False, description="Whether it is yet to be constituted.")
    parent_id: strawberry.ID | None = strawberry.field(default=None, description="The body that it belongs to.")
    predecessor_id: strawberry.ID | None = strawberry.field(default=None, description="The body that it follows.")
    remit: LocalizedTextInput | None = strawberry.field(default=None, description="What it is charged with.")
    legal_basis: LocalizedTextInput | None = strawberry.field(default=None, description="The rule that it rests on.")
    territory_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Where it works: 100 territories at most."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> tuple[BodyDraft, tuple[UUID, ...]]:
        """Return what is known of the body, and where it works; Invalid with all that is wrong."""
        faults: Faults = []
        name = self.name.read(("name",), faults)
        remit, basis = read(self.remit, ("remit",), faults), read(self.legal_basis, ("legalBasis",), faults)
        parent = self.parent_id and identified(self.parent_id, "Body", ("parentId",), faults)
        predecessor = self.predecessor_id and identified(self.predecessor_id, "Body", ("predecessorId",), faults)
        places = territories(self.territory_ids, faults)
        faults += acronym_problems(self.acronym)
        checked({"name": name, "remit": remit, "legalBasis": basis}, faults)
        draft = BodyDraft(
            name=name,
            since=self.since,
            kind=self.kind,
            state=BodyState.PLANNED if self.planned else BodyState.CONSTITUTED,
            acronym=self.acronym,
            remit=remit,
            legal_basis=basis,
            parent_id=parent or None,
            predecessor_id=predecessor or None,
        )
        return draft, places


@strawberry.input(description="The new name of a body.")
class RenameBodyInput:
    """The new name of a body."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    name: LocalizedTextInput = strawberry.field(description="What it is called from then on.")
    acronym: str | None = strawberry.field(default=None, description="Its acronym, in 40 characters at most.")
    since: dt.date = strawberry.field(description="The first day of the name: today or earlier.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> LocalizedText:
        """Return the name, checked."""
        faults: Faults = []
        name = self.name.read(("name",), faults)
        faults += acronym_problems(self.acronym)
        return checked({"name": name}, faults)["name"]


@strawberry.input(description="What of the charter of a body is to be otherwise; what is left out stays as it is.")
class EditBodyInput:
    """What of the charter of a body is to be otherwise; what is left out stays as it is."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    remit: LocalizedTextInput | None = strawberry.field(default=None, description="What it is charged with.")
    legal_basis: LocalizedTextInput | None = strawberry.field(default=None, description="The rule that it rests on.")
    territory_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Where it works: 100 territories at most."
    )
    reason: LocalizedTextInput | None = strawberry.field(default=None, description="Why; it is published.")
    based_on: dt.datetime | None = strawberry.field(default=None, description=BASED_ON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> Charter:
        """Return the charter; Invalid with all that is wrong."""
        faults: Faults = []
        texts = {
            "remit": read(self.remit, ("remit",), faults),
            "legalBasis": read(self.legal_basis, ("legalBasis",), faults),
            "reason": read(self.reason, ("reason",), faults),
        }
        places = None if self.territory_ids is None else territories(self.territory_ids, faults)
        checked(texts, faults)
        remit, basis, reason = texts.values()
        return Charter(remit=remit, legal_basis=basis, territory_ids=places, reason=reason)


@strawberry.input(description="A body that is to work from now on.")
class ConstituteBodyInput:
    """A body that is to work from now on."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A body whose work is to be interrupted.")
class SuspendBodyInput:
    """A body whose work is to be interrupted."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> LocalizedText:
        """Return the reason, checked."""
        faults: Faults = []
        reason = self.reason.read(("reason",), faults)
        return checked({"reason": reason}, faults)["reason"]


@strawberry.input(description="A body that is to work again.")
class ResumeBodyInput:
    """A body that is to work again."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A body that is to end for good.")
class DissolveBodyInput:
    """A body that is to end for good."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> LocalizedText:
        """Return the reason, checked."""
        faults: Faults = []
        reason = self.reason.read(("reason",), faults)
        return checked({"reason": reason}, faults)["reason"]
