"""What the acts on sessions take: planning, convening, opening, interrupting, closing."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.sessions.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import BASED_ON, KEY
from graphql_schema.wording_inputs import (
    DeclaredTimeInput,
    Faults,
    LocalizedTextInput,
    identified,
    read,
)
from hub.sessions.convening import Amendment
from hub.sessions.drafts import SessionDraft
from hub.sessions.models import SessionKind, SessionMode

SESSION = "The session."


@strawberry.input(description="What a plan of a session says.")
class SessionPlanInput:
    """What a plan of a session says."""

    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    kind: SessionKind = strawberry.field(description="What sort of session it is.")
    mode: SessionMode = strawberry.field(default=SessionMode.IN_PERSON, description="Where people meet.")
    starts: DeclaredTimeInput = strawberry.field(description="When it begins.")
    planned_minutes: int = strawberry.field(description="How long it is to last.")
    place: LocalizedTextInput | None = strawberry.field(default=None, description="Where people meet.")
    link: str | None = strawberry.field(
        default=None, description="Where they meet from afar: an address with `https://`, for the members alone."
    )
    open_to_public: bool = strawberry.field(default=True, description="Whether everybody may listen.")
    closed_reason: LocalizedTextInput | None = strawberry.field(
        default=None, description="Why not; it is published with the convocation."
    )
    joint_body_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="The bodies that sit with the one that convenes, 10 at most."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> SessionDraft:
        """Return the plan, with the faults of what could not be read."""
        faults: Faults = []
        bodies = enumerate(self.joint_body_ids)
        return SessionDraft(
            title=self.title.read(("title",), faults),
            kind=self.kind,
            mode=self.mode,
            starts=self.starts.read(),
            planned_minutes=self.planned_minutes,
            place=read(self.place, ("place",), faults),
            link=self.link,
            open_to_public=self.open_to_public,
            closed_reason=read(self.closed_reason, ("closedReason",), faults),
            joint_body_ids=tuple(identified(given, "Body", ("jointBodyIds", str(n)), faults) for n, given in bodies),
            faults=tuple(faults),
        )


@strawberry.input(description="A session to be planned.")
class PlanSessionInput(SessionPlanInput):
    """A session to be planned."""

    body_id: strawberry.ID = strawberry.field(description="The body that holds it.")


@strawberry.input(description="A plan to be written anew; what it says now is replaced as a whole.")
class EditSessionInput(SessionPlanInput):
    """A plan to be written anew."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    based_on: dt.datetime | None = strawberry.field(default=None, description=BASED_ON)


@strawberry.input(description="A session to be convened.")
class ConveneSessionInput:
    """A session to be convened."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    short_notice_reason: LocalizedTextInput | None = strawberry.field(
        default=None, description="Why it comes later than the rules of the body ask; it is published."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="When and where a convened session is to be instead.")
class AmendConvocationInput:
    """When and where a convened session is to be instead."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    starts: DeclaredTimeInput = strawberry.field(description="When it begins now.")
    mode: SessionMode = strawberry.field(description="Where people meet now.")
    planned_minutes: int = strawberry.field(description="How long it is to last.")
    place: LocalizedTextInput | None = strawberry.field(default=None, description="Where people meet now.")
    link: str | None = strawberry.field(default=None, description="Where they meet from afar now.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published with the convocation.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> Amendment:
        """Return the amendment, with the faults of what could not be read."""
        faults: Faults = []
        return Amendment(
            starts=self.starts.read(),
            mode=self.mode,
            planned_minutes=self.planned_minutes,
            place=read(self.place, ("place",), faults),
            link=self.link,
            reason=self.reason.read(("reason",), faults),
            faults=tuple(faults),
        )


@strawberry.input(description="A session to be called off.")
class CancelSessionInput:
    """A session to be called off."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published where the session was convened.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A session to be opened.")
class OpenSessionInput:
    """A session to be opened."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A session that cannot be opened, since there is no quorum.")
class FailSessionInput:
    """A session that cannot be opened."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A session to be interrupted.")
class AdjournSessionInput:
    """A session to be interrupted."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    resumes: DeclaredTimeInput | None = strawberry.field(
        default=None, description="When it goes on, in its own zone, where that is known."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An interrupted session that is to go on.")
class ResumeSessionInput:
    """An interrupted session that is to go on."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A session to be closed.")
class CloseSessionInput:
    """A session to be closed."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
