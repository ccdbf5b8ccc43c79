"""What the acts on what came of a consultation take."""

from __future__ import annotations

import strawberry

import graphql_schema.consultations.report_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import BASED_ON_EDITION, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, identified, read
from hub.consultations.report_models import Outcome
from hub.consultations.reporting import ReportWords
from hub.consultations.stating import StatementWords

CONSULTATION = "The consultation."
REPORT = "The version of the report."
STATEMENT = "The version of the statement."


@strawberry.input(description="A consultation whose analysis begins.")
class StartAnalysisInput:
    """A consultation whose analysis begins."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A consultation whose findings are to be published.")
class PublishFindingsInput:
    """A consultation whose findings are to be published."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A consultation that is answered.")
class AnswerConsultationInput:
    """A consultation that is answered."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A consultation that is to be put by.")
class ArchiveConsultationInput:
    """A consultation that is to be put by."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


# ---- the report ----------------------------------------------------------------------------------------------------


@strawberry.input(description="What a report says, in the languages of its consultation.")
class ReportInput:
    """What a report says."""

    method: LocalizedTextInput = strawberry.field(
        description="How people were asked and how their answers were counted."
    )
    limitations: LocalizedTextInput | None = strawberry.field(default=None, description="What the data cannot say.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self, *faulty: Faults) -> ReportWords:
        """Return the words, with the faults of what could not be read."""
        faults: Faults = [problem for found in faulty for problem in found]
        method = self.method.read(("method",), faults)
        limitations = read(self.limitations, ("limitations",), faults)
        return ReportWords(method=method, limitations=limitations, faults=tuple(faults))


@strawberry.input(description="The report of a consultation that is being analysed.")
class DraftReportInput(ReportInput):
    """The report of a consultation that is being analysed."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)


@strawberry.input(description="A draft of a report to be written anew.")
class EditReportInput(ReportInput):
    """A draft of a report to be written anew."""

    report_id: strawberry.ID = strawberry.field(description=REPORT)
    based_on: int | None = strawberry.field(default=None, description=BASED_ON_EDITION)


@strawberry.input(description="Another version of a report that was published.")
class CorrectReportInput(ReportInput):
    """Another version of a report that was published."""

    report_id: strawberry.ID = strawberry.field(description="The published version.")
    note: LocalizedTextInput = strawberry.field(description="What was wrong in it; it is published.")


@strawberry.input(description="A report to be approved.")
class ApproveReportInput:
    """A report to be approved."""

    report_id: strawberry.ID = strawberry.field(description=REPORT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An approved report to be given back.")
class ReworkReportInput:
    """An approved report to be given back."""

    report_id: strawberry.ID = strawberry.field(description=REPORT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An approved version that corrects the published one.")
class PublishReportInput:
    """An approved version that corrects the published one."""

    report_id: strawberry.ID = strawberry.field(description=REPORT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


# ---- statements ----------------------------------------------------------------------------------------------------


@strawberry.input(description="What a statement says, in the languages of its consultation.")
class StatementInput:
    """What a statement says."""

    asked: LocalizedTextInput = strawberry.field(description="What was asked.")
    said: LocalizedTextInput = strawberry.field(description="What people said.")
    did: Outcome = strawberry.field(description="What was done with it.")
    reasons: LocalizedTextInput = strawberry.field(description="Why.")
    instrument_id: strawberry.ID | None = strawberry.field(
        default=None, description="The published instrument by which it was done."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self, *faulty: Faults) -> StatementWords:
        """Return the words, with the faults of what could not be read."""
        faults: Faults = [problem for found in faulty for problem in found]
        asked, said, reasons = (getattr(self, name).read((name,), faults) for name in ("asked", "said", "reasons"))
        act = None
        if self.instrument_id is not None:
            act = identified(self.instrument_id, "Instrument", ("instrumentId",), faults)
        words = {"asked": asked, "said": said, "reasons": reasons}
        return StatementWords(**words, did=self.did, instrument_id=act, faults=tuple(faults))


@strawberry.input(description="A statement about a question or a section: exactly one of the two is named.")
class DraftStatementInput(StatementInput):
    """A statement about a question or a section."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    question_id: strawberry.ID | None = strawberry.field(
        default=None, description="A wording of the question that it is about."
    )
    section_id: strawberry.ID | None = strawberry.field(
        default=None, description="The section, of the last wording, whose questions it is about."
    )


@strawberry.input(description="A draft of a statement to be written anew.")
class EditStatementInput(StatementInput):
    """A draft of a statement to be written anew."""

    statement_id: strawberry.ID = strawberry.field(description=STATEMENT)
    based_on: int | None = strawberry.field(default=None, description=BASED_ON_EDITION)


@strawberry.input(description="Another version of a statement that was published.")
class CorrectStatementInput(StatementInput):
    """Another version of a statement that was published."""

    statement_id: strawberry.ID = strawberry.field(description="The published version.")
    note: LocalizedTextInput = strawberry.field(description="What was wrong in it; it is published.")


@strawberry.input(description="A statement to be approved.")
class ApproveStatementInput:
    """A statement to be approved."""

    statement_id: strawberry.ID = strawberry.field(description=STATEMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An approved statement to be given back.")
class ReworkStatementInput:
    """An approved statement to be given back."""

    statement_id: strawberry.ID = strawberry.field(description=STATEMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A draft of a statement to be given up.")
class DiscardStatementInput:
    """A draft of a statement to be given up."""

    statement_id: strawberry.ID = strawberry.field(description=STATEMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An approved statement to be published.")
class PublishStatementInput:
    """An approved statement to be published."""

    statement_id: strawberry.ID = strawberry.field(description=STATEMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
