"""The fields of consultations, questionnaires, responses and drafts, each answered by a walk over the rows."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from hub.files.purposes import TYPES
from tests.reading.ground import Thing, typed, unzoned, zoned, zoned_day
from tests.reading.parts import part
from tests.reading.rules import RULES
from tests.reading.seeing import UNPUBLISHED
from tests.reading.transitions import Transitions


class ConsultationFields(Transitions):
    """What is asked of the people, and what they answered."""

    # ---- consultations -----------------------------------------------------------------------------------------

    def Consultation_state(self, row: Any) -> str:
        return self.state_of(row).upper()

    def moment(self, row: Any, which: str) -> Thing:
        at, local = getattr(row, f"{which}s_at"), getattr(row, f"{which}s_local")
        return part("Moment", instant=zoned(at), declaredLocal=unzoned(local), zone=row.zone)

    def any_opening(self, row: Any) -> Thing:
        return self.moment(row, "open")

    def any_closing(self, row: Any) -> Thing:
        return self.moment(row, "close")

    def any_consultation(self, row: Any) -> Thing | None:
        return self.one("Consultation", row.consultation_id)

    def Consultation_mandate(self, row: Any) -> Thing | None:
        return self.one("Mandate", row.mandate_id)

    def Consultation_territories(self, row: Any, **page: Any) -> Thing:
        rows = [place for place in self.world.territory if place.id in self.places(row)]
        return self.page("Territory", "Consultation.territories", rows, **page)

    def Consultation_notices(self, row: Any, **page: Any) -> Thing:
        rows = [notice for notice in self.world.timetable_notice if notice.consultation_id == row.id]
        return self.page("TimetableNotice", "Consultation.notices", rows, **page)

    def wordings(self, row: Any) -> list[Any]:
        """Return every revision of a consultation's questionnaire."""
        return [r for r in self.world.questionnaire_revision if r.consultation_id == row.id]

    def Consultation_revision(self, row: Any) -> Thing | None:
        own = [revision for revision in self.wordings(row) if revision.state == "published"]
        newest = max(own, key=lambda revision: revision.number, default=None)
        return self.one("QuestionnaireRevision", newest.id) if newest else None

    def Consultation_revisions(self, row: Any, **page: Any) -> Thing:
        return self.page("QuestionnaireRevision", "Consultation.revisions", self.wordings(row), **page)

    def results_public(self, row: Any) -> bool:
        """Whether counts may be seen: live from the opening on, else once no more responses are counted."""
        if row.state in (*UNPUBLISHED, "withdrawn"):
            return False
        live = row.results_policy == "live" and row.opens_at <= self.now
        return live or row.counted_until <= self.now

    def Consultation_responseCount(self, row: Any) -> int | None:
        if not self.results_public(row):
            return None
        return sum(given.state == "accepted" for given in self.world.of("response", consultation_id=row.id))

    def Consultation_responses(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("response", consultation_id=row.id)
        return self.page("Response", "Consultation.responses", rows, **page)

    def Consultation_viewerHasResponded(self, row: Any) -> bool:
        return self.places_taken(row) > 0

    def Consultation_viewerResponse(self, row: Any) -> Thing | None:
        newest = max(self.my_responses(row), key=lambda given: (given.received_at, given.id), default=None)
        return Thing("Response", newest) if newest else None

    def Consultation_viewerIsAskedAgain(self, row: Any) -> bool:
        answered = {given.revision_id for given in self.my_responses(row)}
        known = [revision.number for revision in self.wordings(row) if revision.id in answered]
        changed = [r.number for r in self.wordings(row) if r.revision_class == "substantive" and r.state != "draft"]
        return any(newer > number for newer in changed for number in known)

    def Consultation_viewerDraft(self, row: Any, organization: str | None = None) -> Thing | None:
        begun = self.world.of("response_draft", consultation_id=row.id)
        seen = [draft for draft in begun if self.sees_response_draft(draft)]
        for draft in seen:
            named = draft.organization_id and f"Organization_{draft.organization_id}"
            if named == organization:
                return Thing("ResponseDraft", draft)
        return None

    # ---- questionnaires ----------------------------------------------------------------------------------------

    def QuestionnaireRevision_sections(self, row: Any) -> list[Thing]:
        return self.in_order("Section", [part for part in self.world.section if part.revision_id == row.id])

    def QuestionnaireRevision_questions(self, row: Any, **page: Any) -> Thing:
        rows = [question for question in self.world.question if question.revision_id == row.id]
        return self.page("Question", "QuestionnaireRevision.questions", rows, everything=True, **page)

    def Section_questions(self, row: Any, **page: Any) -> Thing:
        rows = [question for question in self.world.question if question.section_id == row.id]
        return self.page("Question", "Section.questions", rows, everything=True, **page)

    def in_order(self, type_: str, rows: list[Any]) -> list[Thing]:
        return [Thing(type_, row) for row in sorted(rows, key=lambda row: row.position)]

    def Question_options(self, row: Any) -> list[Thing]:
        return self.in_order("Option", [option for option in self.world.option if option.question_id == row.id])

    def Question_rows(self, row: Any) -> list[Thing]:
        return self.in_order("MatrixRow", [line for line in self.world.matrix_row if line.question_id == row.id])

    def Question_displayConditions(self, row: Any) -> list[Thing]:
        return [
            part("DisplayCondition", level=level, operator=operator, question=question, row=line, values=values)
            for level, operator, question, line, values in RULES.get(row.display_rule, [])
        ]

    # ---- responses ---------------------------------------------------------------------------------------------

    def any_revision(self, row: Any) -> Thing | None:
        return self.one("QuestionnaireRevision", row.revision_id)

    def Response_mine(self, row: Any) -> bool:
        return self.own(row)

    def Response_receipt(self, row: Any) -> Thing | None:
        held = (Thing("Receipt", receipt) for receipt in self.world.receipt if receipt.response_id == row.id)
        return next(held, None) if self.own(row) else None

    def Response_organization(self, row: Any) -> Thing | None:
        return self.organization_seen(row)

    def Response_territory(self, row: Any) -> Thing | None:
        return self.territory_seen(row)

    def Response_similarTo(self, row: Any) -> Thing | None:
        return self.mark_seen(row)

    def Response_answers(self, row: Any) -> list[Thing]:
        asked = {question.id: question.position for question in self.world.question}
        answers = sorted(self.answers_seen(row), key=lambda answer: asked[answer.question_id])
        return [Thing("Answer", answer) for answer in answers]

    def Answer_question(self, row: Any) -> Thing | None:
        return self.one("Question", row.question_id)

    def Answer_date(self, row: Any) -> str | None:
        return row.day and zoned_day(row.day)

    def Answer_territory(self, row: Any) -> Thing | None:
        return self.one("Territory", row.territory_id)

    def Answer_file(self, row: Any) -> Thing | None:
        return self.answer_file(row.file_id, given=True)

    def answer_file(self, id_: Any, *, given: bool) -> Thing | None:
        file = id_ and self.world.get("stored_file", id_)
        if file is None:
            return None
        return part(
            "AnswerFile",
            id=f"AnswerFile_{id_}",
            name=file.name,
            size=file.size,
            mediaType=file.media_type,
            sha256=file.sha256.hex(),
            path=f"/files/answers/{id_}" if given else None,
        )

    def Question_takenFiles(self, row: Any) -> Thing | None:
        if row.kind != "file":
            return None
        ends = row.file_types or [
            ".csv",
            ".docx",
            ".jpeg",
            ".jpg",
            ".odp",
            ".ods",
            ".odt",
            ".pdf",
            ".png",
            ".pptx",
            ".txt",
            ".webp",
            ".xlsx",
        ]
        types = sorted({TYPES[end] for end in ends})
        return part("TakenFiles", endings=sorted(ends), mediaTypes=types, maxSize=row.max_size or 10_485_760)

    def chosen(self, row: Any) -> list[Any]:
        return [
            c for c in self.world.of("answer_choice", response_id=row.response_id) if c.question_id == row.question_id
        ]

    def Answer_options(self, row: Any) -> list[str]:
        whole = [choice for choice in self.chosen(row) if not choice.row_code]
        return [c.option_code for c in sorted(whole, key=lambda c: (c.place or 0, c.option_code))]

    def Answer_rows(self, row: Any) -> list[Thing]:
        lines = {line.code: line.position for line in self.world.matrix_row if line.question_id == row.question_id}
        found = sorted((c for c in self.chosen(row) if c.row_code), key=lambda choice: lines[choice.row_code])
        return [row_answer(choice.row_code, choice.option_code) for choice in found]

    def Query_receipt(self, _: Any, code: str) -> Thing | None:
        return next((Thing("Receipt", r) for r in self.world.receipt if r.code.replace("-", "") == typed(code)), None)

    def received(self, receipt: Any) -> Any:
        return self.world.get("response", receipt.response_id)

    def Receipt_state(self, row: Any) -> str:
        return str(self.received(row).state).upper()

    def Receipt_timeliness(self, row: Any) -> str:
        return str(self.received(row).timeliness).upper()

    def Receipt_decisionReason(self, row: Any) -> Thing | None:
        reason = self.received(row).decision_reason
        return Thing("LocalizedText", reason) if reason else None

    def Receipt_notice(self, row: Any) -> Thing | None:
        return self.Response_notice(self.received(row))

    def Receipt_consultation(self, row: Any) -> Thing | None:
        return self.one("Consultation", self.received(row).consultation_id)

    def Response_notice(self, row: Any) -> Thing | None:
        """Say what became of a response that came in after the closing; one that is over has nothing to be told."""
        if row.timeliness == "on_time":
            return None
        admitted = "RESPONSE_IN_GRACE" if row.timeliness == "grace" else "RESPONSE_ADMITTED_LATE"
        codes = {"accepted": admitted, "held": "RESPONSE_HELD_LATE", "refused": "RESPONSE_REFUSED_LATE"}
        consultation = self.world.get("consultation", row.consultation_id)
        facts = {"closes_at": consultation.closes_at, "zone": consultation.zone}
        return self.reason(codes[row.state], facts) if row.state in codes else None

    # ---- what is begun -----------------------------------------------------------------------------------------

    def Query_responseDraft(self, _: Any, code: str, secret: str) -> Thing | None:
        held = [draft for draft in self.world.response_draft if draft.code and self.lives(draft)]
        found = [draft for draft in held if draft.code.replace("-", "") == typed(code)]
        known = hashlib.sha256(secret.encode()).digest()
        return next((Thing("ResponseDraft", draft) for draft in found if draft.secret_digest == known), None)

    def ResponseDraft_answers(self, row: Any) -> list[Thing]:
        return [
            part("DraftAnswer", **kept(given), file=self.answer_file(begun_with(given), given=False))
            for given in (row.answers or {}).get("given", [])
        ]

    def ResponseDraft_expiresAt(self, row: Any) -> str:
        return zoned(self.end_of(row))


def begun_with(given: dict[str, Any]) -> UUID | None:
    """Return the file that an answer of a draft names."""
    return UUID(given["file"]) if "file" in given else None


def kept(given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an answer as a draft keeps it."""
    plain = {name: given.get(name) for name in ("question", "text", "option", "other", "date", "agreed")}
    number, territory, consent = given.get("number"), given.get("territory"), given.get("consent")
    return plain | {
        "options": given.get("options", []),
        "ranking": given.get("ranking", []),
        "rows": [row_answer(line["row"], line["option"]) for line in given.get("rows", [])],
        "number": None if number is None else float(number),
        "territoryId": territory and f"Territory_{territory}",
        "consent": consent and consent.upper(),
    }


def row_answer(row: str, option: str) -> Thing:
    return part("RowAnswer", row=row, option=option)
