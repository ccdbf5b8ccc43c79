"""What the mutations about what came of a consultation answer."""

from __future__ import annotations

import strawberry

from graphql_schema.consultations.report_types import ConsultationReport, Statement
from graphql_schema.consultations.types import Consultation
from graphql_schema.payloads import Payload

CONSULTATION = "The consultation; null where nothing was done."
REPORT = "The version of the report; null where nothing was done."
STATEMENT = "The version of the statement; null where nothing was done."


@strawberry.type(description="What beginning an analysis answers.")
class StartAnalysisPayload(Payload):
    """What beginning an analysis answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)


@strawberry.type(description="What beginning a report answers.")
class DraftReportPayload(Payload):
    """What beginning a report answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    report: ConsultationReport | None = strawberry.field(description=REPORT)


@strawberry.type(description="What writing a report anew answers.")
class EditReportPayload(Payload):
    """What writing a report anew answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    report: ConsultationReport | None = strawberry.field(description=REPORT)


@strawberry.type(description="What approving a report answers.")
class ApproveReportPayload(Payload):
    """What approving a report answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    report: ConsultationReport | None = strawberry.field(description=REPORT)


@strawberry.type(description="What giving a report back answers.")
class ReworkReportPayload(Payload):
    """What giving a report back answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    report: ConsultationReport | None = strawberry.field(description=REPORT)


@strawberry.type(description="What publishing findings answers.")
class PublishFindingsPayload(Payload):
    """What publishing findings answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    report: ConsultationReport | None = strawberry.field(description=REPORT)


@strawberry.type(description="What correcting a report answers.")
class CorrectReportPayload(Payload):
    """What correcting a report answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    report: ConsultationReport | None = strawberry.field(description=REPORT)


@strawberry.type(description="What publishing a correction of a report answers.")
class PublishReportPayload(Payload):
    """What publishing a correction of a report answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    report: ConsultationReport | None = strawberry.field(description=REPORT)


@strawberry.type(description="What beginning a statement answers.")
class DraftStatementPayload(Payload):
    """What beginning a statement answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    statement: Statement | None = strawberry.field(description=STATEMENT)


@strawberry.type(description="What writing a statement anew answers.")
class EditStatementPayload(Payload):
    """What writing a statement anew answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    statement: Statement | None = strawberry.field(description=STATEMENT)


@strawberry.type(description="What giving up a statement answers.")
class DiscardStatementPayload(Payload):
    """What giving up a statement answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    statement: Statement | None = strawberry.field(description=STATEMENT)


@strawberry.type(description="What approving a statement answers.")
class ApproveStatementPayload(Payload):
    """What approving a statement answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    statement: Statement | None = strawberry.field(description=STATEMENT)


@strawberry.type(description="What giving a statement back answers.")
class ReworkStatementPayload(Payload):
    """What giving a statement back answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    statement: Statement | None = strawberry.field(description=STATEMENT)


@strawberry.type(description="What publishing a statement answers.")
class PublishStatementPayload(Payload):
    """What publishing a statement answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    statement: Statement | None = strawberry.field(description=STATEMENT)


@strawberry.type(description="What correcting a statement answers.")
class CorrectStatementPayload(Payload):
    """What correcting a statement answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    statement: Statement | None = strawberry.field(description=STATEMENT)


@strawberry.type(description="What answering a consultation answers.")
class AnswerConsultationPayload(Payload):
    """What answering a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)


@strawberry.type(description="What putting a consultation by answers.")
class ArchiveConsultationPayload(Payload):
    """What putting a consultation by answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
