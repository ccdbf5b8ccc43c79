"""What came of consultations: each question is looked for among the statements, each standing is told from the day."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from tests.reading.ground import Thing
from tests.reading.parts import part
from tests.reading.result_fields import ResultFields
from tests.reading.seeing import AFTERWARDS
from tests.reading.tally_fields import share

ANALYSTS = ("analyst",)
LEADS = ("coordinator",)


class ReportFields(ResultFields):
    """Reports, statements, and how the answers of a body stand."""

    # ---- until when an answer is owed --------------------------------------------------------------------------

    def standing_of_answer(self, row: Any) -> str | None:
        if row.answer_due_on is None or row.state == "withdrawn":
            return None
        if row.answered_at is not None:
            day = day_in(row.answered_at, row.zone)
            return "ANSWERED_LATE" if day > row.answer_due_on else "ANSWERED"
        return "OVERDUE" if row.answer_due_on < self.this_day else "OWED"

    def Consultation_answerStanding(self, row: Any) -> str | None:
        return self.standing_of_answer(row)

    def fits_consultation_answer_standing(self, row: Any, value: list[str]) -> bool:
        return self.standing_of_answer(row) in value

    def Body_answering(self, row: Any) -> Thing:
        owing = [c for c in self.world.consultation if c.body_id == row.id and self.published(c.id)]
        stands = [self.standing_of_answer(c) for c in owing if c.closes_at <= self.now]
        return part(
            "AnsweringFigures",
            owed=stands.count("OWED"),
            overdue=stands.count("OVERDUE"),
            answered=stands.count("ANSWERED") + stands.count("ANSWERED_LATE"),
            answeredLate=stands.count("ANSWERED_LATE"),
        )

    # ---- reports -----------------------------------------------------------------------------------------------

    def Consultation_report(self, row: Any) -> Thing | None:
        made = self.world.of("consultation_report", consultation_id=row.id)
        return next((self.one("ConsultationReport", r.id) for r in made if r.state == "published"), None)

    def Consultation_reports(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("consultation_report", consultation_id=row.id)
        return self.page("ConsultationReport", "Consultation.reports", rows, **page)

    def ConsultationReport_release(self, row: Any) -> Thing | None:
        return self.one("ResultRelease", row.release_id)

    def ConsultationReport_completionRate(self, row: Any) -> float | None:
        if row.response_count is None or row.begun_not_sent is None:
            return None
        return share(row.response_count, row.response_count + row.begun_not_sent)

    def ConsultationReport_responseRate(self, row: Any) -> float | None:
        if row.response_count is None or row.invitations_issued is None:
            return None
        return share(row.response_count, row.invitations_issued)

    # ---- statements --------------------------------------------------------------------------------------------

    def covered(self, statement: Any) -> set[Any]:
        """Return the lineages of the questions that a statement is about."""
        if statement.lineage_id is not None:
            return {statement.lineage_id}
        return {question.lineage_id for question in self.world.of("question", section_id=statement.section_id)}

    def stated(self, consultation_id: Any) -> list[Any]:
        made = self.world.of("statement", consultation_id=consultation_id)
        return [statement for statement in made if statement.state == "published"]

    def Consultation_statements(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("statement", consultation_id=row.id)
        return self.page("Statement", "Consultation.statements", rows, **page)

    def Statement_question(self, row: Any) -> Thing | None:
        wordings = self.fixed_wordings(row.lineage_id) if row.lineage_id else []
        return self.one("Question", wordings[-1].id) if wordings else None

    def Statement_section(self, row: Any) -> Thing | None:
        return self.one("Section", row.section_id)

    def Statement_instrument(self, row: Any) -> Thing | None:
        return self.one("Instrument", row.instrument_id) if row.instrument_id else None

    def Statement_tables(self, row: Any, **page: Any) -> Thing:
        tables = self.world.of("result_table", consultation_id=row.consultation_id)
        about = self.covered(row)
        rows = [table for table in tables if table.dimension == "total" and table.lineage_id in about]
        return self.page("ResultTable", "Statement.tables", rows, **page)

    def Question_statement(self, row: Any) -> Thing | None:
        revision = self.world.get("questionnaire_revision", row.revision_id)
        about = [s for s in self.stated(revision.consultation_id) if row.lineage_id in self.covered(s)]
        first = min(about, key=lambda s: (s.lineage_id is None, s.id), default=None)
        return self.one("Statement", first.id) if first is not None else None

    def Response_statements(self, row: Any, **page: Any) -> Thing:
        said = {answer.lineage_id for answer in self.answers_seen(row)}
        return self.page("Statement", "Response.statements", self.about(row, said), **page)

    def Receipt_statements(self, row: Any, **page: Any) -> Thing:
        response = self.received(row)
        said = {answer.lineage_id for answer in self.world.of("answer", response_id=response.id)}
        return self.page("Statement", "Receipt.statements", self.about(response, said), **page)

    def about(self, response: Any, said: set[Any]) -> list[Any]:
        if response.state != "accepted":
            return []
        return [s for s in self.stated(response.consultation_id) if self.covered(s) & said]

    # ---- what may come next ------------------------------------------------------------------------------------

    def acts_afterwards(self, row: Any, leads: Any, works: Any, counting: Any) -> dict[str, Any]:
        """Return the staff's acts on a consultation that has closed; each refusal with its reason."""
        stating = {"draft_statement": self.of_the_analysts(row)}
        match row.state:
            case "in_analysis":
                begun = self.world.of("consultation_report", consultation_id=row.id)
                reporting = stating["draft_statement"] or (("REPORT_EXISTS", {}) if begun else None)
                findings = {"publish_findings": leads or self.why_no_findings(row), "release": works or counting}
                return {**findings, "draft_report": reporting, **stating}
            case "findings_published":
                return {"answer": leads or self.why_not_answered(row), **stating}
            case "answered":
                return {"archive": leads, **stating}
            case "archived":
                return stating
        return {"start_analysis": works or self.why_no_analysis(row), "release": works or counting}

    def why_no_analysis(self, row: Any) -> Any:
        if row.identity_policy == "imported":
            return "HELD_ELSEWHERE", {}
        if self.now < row.counted_until:
            return "RESULTS_NOT_YET", {"counted_until": row.counted_until, "zone": row.zone}
        if row.state != "closed" or not self.world.of("result_release", consultation_id=row.id):
            return "RESULTS_NOT_RELEASED", {}
        return None

    def why_no_findings(self, row: Any) -> Any:
        if all(r.state != "approved" for r in self.world.of("consultation_report", consultation_id=row.id)):
            return "REPORT_NOT_APPROVED", {}
        held = sum(given.state == "held" for given in self.world.of("response", consultation_id=row.id))
        return ("RESPONSES_UNDECIDED", {"count": held}) if held else None

    def why_not_answered(self, row: Any) -> Any:
        fixed = {revision.id for revision in self.wordings(row) if revision.state != "draft"}
        asked = {q.lineage_id for q in self.world.question if q.revision_id in fixed and q.kind != "notice"}
        for statement in self.stated(row.id):
            asked -= self.covered(statement)
        return ("QUESTIONS_UNANSWERED", {"count": len(asked)}) if asked else None

    def of_the_analysts(self, consultation: Any) -> Any:
        """Say why the viewer may not write for the body of a consultation."""
        if not self.viewer.signed_in:
            return "UNAUTHENTICATED", {}
        if "analysis:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "analysis:write"}
        return None if self.viewer.holds(ANALYSTS, consultation.body_id) else ("ANALYSTS_ONLY", {})

    def acts_on(self, row: Any) -> tuple[Any, Any, bool]:
        """Say why the viewer may not write a version, why not approve it, and whether the findings are published."""
        consultation = self.world.get("consultation", row.consultation_id)
        early = self.why_not_analysed(consultation)
        writing = self.of_the_analysts(consultation) or early
        approving = self.of_the_body(consultation, LEADS, "COORDINATORS_ONLY") or early
        return writing, approving, consultation.state in AFTERWARDS[1:]

    def why_not_analysed(self, consultation: Any) -> Any:
        if consultation.state in AFTERWARDS:
            return None
        match self.standing(consultation):
            case "closed":
                return "ANALYSIS_NOT_STARTED", {}
            case "draft" | "checked" | "withdrawn":
                return self.why_not_open(consultation)
        return "RESULTS_NOT_YET", {"counted_until": consultation.counted_until, "zone": consultation.zone}

    def ConsultationReport_availableTransitions(self, row: Any) -> list[Thing]:
        writing, approving, published = self.acts_on(row)
        acts = {
            "draft": {"edit_report": writing, "approve_report": approving},
            "approved": {
                "rework_report": approving,
                "publish_report": approving or (None if published else ("PUBLISHED_WITH_FINDINGS", {})),
            },
            "published": {"correct_report": writing},
            "corrected": {},
        }
        return [self.transition(*act) for act in acts[row.state].items()]

    def Statement_availableTransitions(self, row: Any) -> list[Thing]:
        writing, approving, published = self.acts_on(row)
        acts = {
            "draft": {"edit_statement": writing, "approve_statement": approving, "discard_statement": writing},
            "approved": {
                "rework_statement": approving,
                "publish_statement": approving or (None if published else ("FINDINGS_NOT_PUBLISHED", {})),
            },
            "published": {"correct_statement": writing},
            "corrected": {},
            "discarded": {},
        }
        return [self.transition(*act) for act in acts[row.state].items()]


def day_in(at: dt.datetime, zone: str) -> dt.date:
    """Return the day of an instant in a zone; at the ends of time there is no other zone than UTC."""
    try:
        return at.astimezone(ZoneInfo(zone)).date()
    except OverflowError:
        return at.date()
