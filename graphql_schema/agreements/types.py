"""Agreements in the schema: who makes them, what each promised, until when they are in force."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import strawberry

from graphql_schema.bodies.types import Body
from graphql_schema.enums import described
from graphql_schema.files.types import Document, DocumentFilter, DocumentOrder
from graphql_schema.mandates.types import Mandate
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import Organization, Territory, TerritoryOrder
from graphql_schema.traits import LocalizedText, PublicRecord, Transition
from hub.agreements.models import AgreementState

described(
    AgreementState,
    "Where an agreement stands; whether it is in force follows from its days.",
    draft="It is being written, or some of its parties have not signed it yet.",
    signed="All its parties signed it.",
    ended="It was ended, or given up before all had signed it.",
)

Partner = Annotated[Body | Organization, strawberry.union("Partner", description="Who makes an agreement.")]


@strawberry.enum(description="The order of a list of agreements.")
class AgreementOrder(enum.Enum):
    """The order of a list of agreements."""

    CREATED_DESC = strawberry.enum_value("created_desc", description="The newest first.")
    CREATED_ASC = strawberry.enum_value("created_asc", description="The oldest first.")


@strawberry.type(description="A body or an organisation that makes an agreement, and who signed for it.")
class AgreementParty:
    """A body or an organisation that makes an agreement."""

    position: int = strawberry.field(description="Its place, from 1; the first one drafted the agreement.")
    party: Partner | None = strawberry.field(description="The body or the organisation.")
    signatory: str | None = strawberry.field(
        description="The name of who signed for it; null before that, and for somebody who had themself erased."
    )
    signed_on: dt.date | None = strawberry.field(description="The day on which it signed; null before that.")
    recorded: bool = strawberry.field(
        description="Whether it signed on paper, which the officers of the first party wrote down."
    )
    viewer_may_sign: bool = strawberry.field(
        description="Whether whoever asks may sign for it now, or write down that it signed on paper."
    )


@strawberry.type(description="One thing that was promised in an agreement.")
class AgreementObligation:
    """One thing that was promised in an agreement."""

    position: int = strawberry.field(description="Its place, from 1.")
    text: LocalizedText = strawberry.field(description="What was promised.")
    party_position: int | None = strawberry.field(
        description="The place among the parties of whoever promised it; null where all of them did."
    )
    due_on: dt.date | None = strawberry.field(description="The day by which it is due.")
    mandate: Mandate | None = strawberry.field(description="The mandate that carries it out.")


@strawberry.type(description="That an agreement was prolonged.")
class AgreementRenewal:
    """That an agreement was prolonged."""

    number: int = strawberry.field(description="Its number, from 1.")
    former_until: dt.date = strawberry.field(description="Until when the agreement was in force before.")
    until: dt.date | None = strawberry.field(description="Until when it is from then on; null where no end is known.")
    reason: LocalizedText = strawberry.field(description="Why.")
    renewed_at: dt.datetime = strawberry.field(description="When it was entered.")


@strawberry.type(description="An agreement (convenio) of a body with other bodies and organisations.")
class Agreement(PublicRecord):
    """An agreement of a body with other bodies and organisations."""

    body: Body | None = strawberry.field(description="The body that drafted it and keeps its papers.")
    state: AgreementState = strawberry.field(description="Where it stands.")
    in_force: bool = strawberry.field(description="Whether it is in force today.")
    purpose: LocalizedText = strawberry.field(description="What it is about.")
    parties: list[AgreementParty] = strawberry.field(description="Who makes it, the body that drafted it first.")
    obligations: list[AgreementObligation] = strawberry.field(description="What was promised.")
    territories: Connection[Territory] = connected("Where it holds.", order=TerritoryOrder)
    documents: Connection[Document] = connected(
        "Its text as it was signed, and its annexes.", filter=DocumentFilter, order=DocumentOrder
    )
    signed_on: dt.date | None = strawberry.field(description="The day on which the last party signed.")
    in_force_from: dt.date | None = strawberry.field(description="The first day on which it is in force.")
    in_force_until: dt.date | None = strawberry.field(
        description="The first day on which it is in force no longer; null where no end is known."
    )
    renewals: list[AgreementRenewal] = strawberry.field(description="How it was prolonged, the first time first.")
    end_reason: LocalizedText | None = strawberry.field(description="Why it was ended.")
    ended_at: dt.datetime | None = strawberry.field(description="When it was ended; null where nobody ended it.")
    created_at: dt.datetime = strawberry.field(description="When it was drafted.")
    available_transitions: list[Transition] = strawberry.field(
        description="What may come next, and why not where it may not."
    )


@strawberry.input(description="Which agreements of a body or of an organisation a list holds.")
class AgreementStateFilter:
    """Which agreements of a body or of an organisation a list holds."""

    state: list[AgreementState] | None = strawberry.field(default=None, description="Only in these states.")
    in_force: bool | None = strawberry.field(default=None, description="Only those that are in force today, or not.")


@strawberry.input(description="Which agreements a list holds.")
class AgreementFilter(AgreementStateFilter):
    """Which agreements a list holds."""

    body: strawberry.ID | None = strawberry.field(default=None, description="Only those of this body.")
    organization: strawberry.ID | None = strawberry.field(default=None, description="Only those of this organisation.")
    text: str | None = strawberry.field(default=None, description="Only with these words, by Spanish stems.")
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")
