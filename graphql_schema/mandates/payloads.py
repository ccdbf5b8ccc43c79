"""What the mutations of mandates and of work programmes answer."""

from __future__ import annotations

import strawberry

from graphql_schema.mandates.types import Mandate, WorkProgramme
from graphql_schema.payloads import Payload

MANDATE = "The mandate; null where nothing was done."
PROGRAMME = "The work programme; null where nothing was done."


@strawberry.type(description="What proposing a mandate answers.")
class ProposeMandatePayload(Payload):
    """What proposing a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What editing a mandate answers.")
class EditMandatePayload(Payload):
    """What editing a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What ordering a mandate answers.")
class OrderMandatePayload(Payload):
    """What ordering a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What accepting a mandate answers.")
class AcceptMandatePayload(Payload):
    """What accepting a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What starting a mandate answers.")
class StartMandatePayload(Payload):
    """What starting a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What delivering a mandate answers.")
class DeliverMandatePayload(Payload):
    """What delivering a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What reassigning a mandate answers.")
class ReassignMandatePayload(Payload):
    """What reassigning a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What rescheduling a mandate answers.")
class RescheduleMandatePayload(Payload):
    """What rescheduling a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What discharging a mandate answers.")
class DischargeMandatePayload(Payload):
    """What discharging a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What cancelling a mandate answers.")
class CancelMandatePayload(Payload):
    """What cancelling a mandate answers."""

    mandate: Mandate | None = strawberry.field(description=MANDATE)


@strawberry.type(description="What drafting a work programme answers.")
class DraftWorkProgrammePayload(Payload):
    """What drafting a work programme answers."""

    work_programme: WorkProgramme | None = strawberry.field(description=PROGRAMME)


@strawberry.type(description="What editing a work programme answers.")
class EditWorkProgrammePayload(Payload):
    """What editing a work programme answers."""

    work_programme: WorkProgramme | None = strawberry.field(description=PROGRAMME)


@strawberry.type(description="What approving a work programme answers.")
class ApproveWorkProgrammePayload(Payload):
    """What approving a work programme answers."""

    work_programme: WorkProgramme | None = strawberry.field(description=PROGRAMME)


@strawberry.type(description="What closing a work programme answers.")
class CloseWorkProgrammePayload(Payload):
    """What closing a work programme answers."""

    work_programme: WorkProgramme | None = strawberry.field(description=PROGRAMME)


@strawberry.type(description="What linking a line of a work programme answers.")
class LinkWorkProgrammeLinePayload(Payload):
    """What linking a line of a work programme answers."""

    work_programme: WorkProgramme | None = strawberry.field(description=PROGRAMME)
