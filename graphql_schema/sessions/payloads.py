"""What the mutations of sessions answer."""

from __future__ import annotations

import strawberry

from graphql_schema.payloads import Payload
from graphql_schema.sessions.terms_types import SessionRules
from graphql_schema.sessions.types import Convocation, Session

SESSION = "The session; null where nothing was done."
CONVOCATION = "The convocation; null where nothing was done."


@strawberry.type(description="What publishing rules of session answers.")
class AdoptSessionRulesPayload(Payload):
    """What publishing rules of session answers."""

    rules: SessionRules | None = strawberry.field(description="The rules; null where nothing was done.")


@strawberry.type(description="What planning a session answers.")
class PlanSessionPayload(Payload):
    """What planning a session answers."""

    session: Session | None = strawberry.field(description=SESSION)


@strawberry.type(description="What writing a plan anew answers.")
class EditSessionPayload(Payload):
    """What writing a plan anew answers."""

    session: Session | None = strawberry.field(description=SESSION)


@strawberry.type(description="What convening a session answers.")
class ConveneSessionPayload(Payload):
    """What convening a session answers."""

    session: Session | None = strawberry.field(description=SESSION)
    convocation: Convocation | None = strawberry.field(description=CONVOCATION)


@strawberry.type(description="What moving a convened session answers.")
class AmendConvocationPayload(Payload):
    """What moving a convened session answers."""

    session: Session | None = strawberry.field(description=SESSION)
    convocation: Convocation | None = strawberry.field(description=CONVOCATION)


@strawberry.type(description="What calling a session off answers.")
class CancelSessionPayload(Payload):
    """What calling a session off answers."""

    session: Session | None = strawberry.field(description=SESSION)


@strawberry.type(description="What opening a session answers.")
class OpenSessionPayload(Payload):
    """What opening a session answers."""

    session: Session | None = strawberry.field(description=SESSION)


@strawberry.type(description="What recording that there is no quorum answers.")
class FailSessionPayload(Payload):
    """What recording that there is no quorum answers."""

    session: Session | None = strawberry.field(description=SESSION)
    next_call: Session | None = strawberry.field(description="The call that follows; null where nothing was done.")


@strawberry.type(description="What interrupting a session answers.")
class AdjournSessionPayload(Payload):
    """What interrupting a session answers."""

    session: Session | None = strawberry.field(description=SESSION)


@strawberry.type(description="What going on with a session answers.")
class ResumeSessionPayload(Payload):
    """What going on with a session answers."""

    session: Session | None = strawberry.field(description=SESSION)


@strawberry.type(description="What closing a session answers.")
class CloseSessionPayload(Payload):
    """What closing a session answers."""

    session: Session | None = strawberry.field(description=SESSION)
