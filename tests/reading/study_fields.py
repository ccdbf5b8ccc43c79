"""Studies a second time: who sees them, what follows for each viewer, and what they show."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.clock import day_of
from tests.reading.ground import Thing, in_force
from tests.reading.parts import part
from tests.reading.seeing import INSIDERS, OFFICERS, STAFF
from tests.reading.transitions import Refusal, Transitions

PUBLIC = ("published", "corrected", "retracted")
LIFE = {
    "ordered": ("contract", "plan_study", "cancel_study"),
    "contracted": ("plan_study", "cancel_study"),
    "planned": ("begin_study", "cancel_study"),
    "in_progress": ("hand_in_study", "cancel_study"),
    "in_review": ("revise_study", "approve_study", "cancel_study"),
    "approved": ("publish_study", "cancel_study"),
    "published": ("correct_study", "retract_study"),
    "corrected": ("correct_study", "retract_study"),
}


class StudyFields(Transitions):
    """Studies, their team, their wordings, their reviews, and what came of what they recommend."""

    # ---- sight -------------------------------------------------------------------------------------------------

    def study_of(self, row: Any) -> Any:
        return self.world.get("study", row.study_id)

    def in_team(self, study_id: UUID) -> bool:
        team = self.world.of("study_member", study_id=study_id)
        return any(self.is_me(one) and one.left_at is None for one in team)

    def is_me(self, row: Any) -> bool:
        return self.viewer.signed_in and row.person_id is not None and row.person_id == self.viewer.person_id

    def works_on(self, study_id: UUID) -> bool:
        return self.viewer.holds(STAFF, self.world.get("study", study_id).body_id) or self.in_team(study_id)

    def reviews_it(self, study_id: UUID) -> bool:
        given = self.world.of("peer_review", study_id=study_id)
        return any(self.is_me(one) and one.state in ("invited", "delivered", "answered") for one in given)

    def reads_it(self, study_id: UUID) -> bool:
        body_id = self.world.get("study", study_id).body_id
        return self.viewer.holds((*INSIDERS, "analyst"), body_id) or self.reviews_it(study_id)

    def sees_study(self, row: Any) -> bool:
        return self.published(row.id) or self.staffs(row.body_id)

    def sees_study_member(self, row: Any) -> bool:
        return self.sees_study(self.study_of(row))

    sees_study_milestone = sees_study_member

    def sees_study_revision(self, row: Any) -> bool:
        if row.state in PUBLIC and self.published(row.study_id):
            return True
        return self.works_on(row.study_id) or (row.state != "draft" and self.reads_it(row.study_id))

    def sees_finding(self, row: Any) -> bool:
        if row.published_at is not None and self.published(row.study_id):
            return True
        first = [one for one in self.world.of("study_revision", study_id=row.study_id) if one.number == row.since]
        return self.viewer.signed_in and any(self.sees_study_revision(one) for one in first)

    def sees_peer_review(self, row: Any) -> bool:
        public = row.state in ("delivered", "answered") and self.study_of(row).state in PUBLIC
        return (public and self.published(row.study_id)) or self.is_me(row) or self.works_on(row.study_id)

    def sees_study_dataset(self, row: Any) -> bool:
        public = row.published_at is not None and self.published(row.study_id)
        return public or self.works_on(row.study_id) or self.reads_it(row.study_id)

    # ---- what may come next ------------------------------------------------------------------------------------

    def acting(self, row: Any, roles: tuple[str, ...], otherwise: str) -> Refusal:
        return self.of_the_body(row, roles, otherwise)

    def leading(self, study: Any) -> Refusal:
        return self.acting(study, ("coordinator",), "COORDINATORS_ONLY")

    def arranging(self, study: Any) -> Refusal:
        return self.acting(study, OFFICERS, "OFFICERS_ONLY")

    def working(self, study: Any) -> Refusal:
        if self.viewer.signed_in and "bodies:write" in self.viewer.scopes and self.in_team(study.id):
            return None
        return self.acting(study, STAFF, "NOT_OF_THE_STUDY")

    @staticmethod
    def over(study: Any) -> Refusal:
        return ("STUDY_IS_OVER", {}) if study.state in ("retracted", "cancelled") else None

    def lacking(self, study: Any, event: str) -> Refusal:
        team = [one for one in self.world.of("study_member", study_id=study.id) if one.left_at is None]
        undeclared = sum(one.declared_at is None for one in team)
        drafted = any(one.state == "draft" for one in self.world.of("study_revision", study_id=study.id))
        given = self.world.of("peer_review", study_id=study.id)
        waiting = sum(one.state in ("invited", "delivered") for one in given)
        if event == "begin_study" and not team:
            return "STUDY_HAS_NO_TEAM", {}
        if event == "begin_study" and undeclared:
            return "INTERESTS_UNDECLARED", {"count": undeclared}
        if event in ("hand_in_study", "correct_study") and not drafted:
            return "NO_WORDING", {}
        return ("REVIEWS_OPEN", {"count": waiting}) if event == "approve_study" and waiting else None

    def refusal_to_move(self, study: Any, event: str) -> Refusal:
        if event == "hand_in_study":
            allowed = self.working(study)
        else:
            allowed = self.arranging(study) if event in ("begin_study", "cancel_study") else self.leading(study)
        return allowed or self.lacking(study, event)

    def Study_availableTransitions(self, row: Any) -> list[Thing]:
        acts = {event: self.refusal_to_move(row, event) for event in LIFE.get(row.state, ())}
        if row.state == "ordered":
            acts["edit_study"] = self.leading(row)
        if row.state in ("in_progress", "published", "corrected"):
            acts["write_study"] = self.working(row)
        return [self.transition(*act) for act in acts.items()]

    def StudyMilestone_availableTransitions(self, row: Any) -> list[Thing]:
        study = self.study_of(row)
        over = self.over(study)
        by_officers = self.arranging(study) or over
        acts: dict[str, Refusal] = {}
        if row.state in ("planned", "returned"):
            acts = {"hand_in_milestone": self.working(study) or over, "drop_milestone": by_officers}
        elif row.state == "handed_in":
            acts = {"accept_milestone": by_officers, "return_milestone": by_officers}
        return [self.transition(*act) for act in acts.items()]

    def refusal_to_review(self, row: Any) -> Refusal:
        if not self.viewer.signed_in:
            return "UNAUTHENTICATED", {}
        if "bodies:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "bodies:write"}
        if self.is_me(row):
            return None
        if row.person_id is not None:
            return "REVIEWER_ONLY", {}
        return self.acting(self.study_of(row), OFFICERS, "REVIEWER_ONLY")

    def PeerReview_availableTransitions(self, row: Any) -> list[Thing]:
        study = self.study_of(row)
        acts: dict[str, Refusal] = {}
        if row.state == "invited":
            own = self.refusal_to_review(row)
            acts = {"deliver_review": own, "decline_review": own}
            acts["cancel_review"] = self.arranging(study) or self.over(study)
        elif row.state == "delivered":
            own = ("NOT_ONES_OWN_REVIEW", {}) if self.is_me(row) else None
            acts["answer_review"] = own or self.working(study) or self.over(study)
        return [self.transition(*act) for act in acts.items()]

    def refusal_to_answer_finding(self, row: Any) -> Refusal:
        if row.published_at is None:
            return "FINDING_NOT_PUBLISHED", {}
        if not self.Finding_standing(row):
            return "FINDING_NO_LONGER_SAID", {}
        if not self.viewer.signed_in:
            return "UNAUTHENTICATED", {}
        if "bodies:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "bodies:write"}
        if row.body_id is not None:
            own = self.viewer.holds(("coordinator",), row.body_id)
        else:
            own = self.publishes_for(row.organization_id) or self.viewer.holds(OFFICERS, self.study_of(row).body_id)
        return None if own else ("ADDRESSEE_ONLY", {})

    def publishes_for(self, organization_id: UUID | None) -> bool:
        held = self.world.of("representation", person_id=self.viewer.person_id)
        return any(
            one.organization_id == organization_id
            and (one.state, "publish" in one.powers) == ("valid", True)
            and in_force(self.now, one.valid_from, one.valid_until)
            for one in held
        )

    def Finding_availableTransitions(self, row: Any) -> list[Thing]:
        if row.kind != "recommendation":
            return []
        refusal = self.refusal_to_answer_finding(row)
        acts = {"answer_finding": refusal}
        if row.state in ("answered", "not_taken_up"):
            acts["take_up"] = refusal
        if row.state in ("answered", "taken_up"):
            acts["leave_finding"] = refusal
        return [self.transition(*act) for act in acts.items()]

    # ---- studies -----------------------------------------------------------------------------------------------

    def Query_studies(self, _: Any, **page: Any) -> Thing:
        return self.page("Study", "Query.studies", self.world.study, **page)

    def Query_findings(self, _: Any, **page: Any) -> Thing:
        return self.page("Finding", "Query.findings", self.world.finding, **page)

    def Query_studyByFolio(self, _: Any, folio: str) -> Thing | None:
        return self.by_folio("Study", folio)  # type: ignore[attr-defined, no-any-return]

    def any_studies(self, row: Any, **page: Any) -> Thing:
        type_ = self.type_of(row)
        rows = self.world.of("study", **{f"{type_.lower()}_id": row.id})
        return self.page("Study", f"{type_}.studies", rows, **page)

    def Mandate_study(self, row: Any) -> Thing | None:
        found = self.world.of("study", mandate_id=row.id)
        return self.one("Study", found[0].id) if found else None

    def any_study(self, row: Any) -> Thing | None:
        return self.one("Study", row.study_id)

    def Study_mandate(self, row: Any) -> Thing | None:
        return self.one("Mandate", row.mandate_id)

    def Study_members(self, row: Any, **page: Any) -> Thing:
        return self.page("StudyMember", "Study.members", self.world.of("study_member", study_id=row.id), **page)

    def Study_milestones(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("study_milestone", study_id=row.id)
        return self.page("StudyMilestone", "Study.milestones", rows, **page)

    def Study_revisions(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("study_revision", study_id=row.id)
        return self.page("StudyRevision", "Study.revisions", rows, **page)

    def Study_revision(self, row: Any) -> Thing | None:
        said = self.world.of("study_revision", study_id=row.id)
        stands = [one for one in said if one.state in ("published", "retracted")]
        newest = max(stands, key=lambda one: one.number, default=None)
        return self.one("StudyRevision", newest.id) if newest else None

    def Study_findings(self, row: Any, **page: Any) -> Thing:
        return self.page("Finding", "Study.findings", self.world.of("finding", study_id=row.id), **page)

    def Study_reviews(self, row: Any, **page: Any) -> Thing:
        return self.page("PeerReview", "Study.reviews", self.world.of("peer_review", study_id=row.id), **page)

    def Viewer_reviews(self, _: Any, **page: Any) -> Thing:
        own = [row for row in self.world.peer_review if self.is_me(row)]
        return self.page("PeerReview", "Viewer.reviews", own, **page)

    def Study_datasets(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("study_dataset", study_id=row.id)
        return self.page("StudyDataset", "Study.datasets", rows, **page)

    def any_mine(self, row: Any) -> bool:
        return self.is_me(row)

    def StudyMilestone_late(self, row: Any) -> bool:
        return row.due_on < self.this_day and row.state in ("planned", "returned")

    # ---- wordings ----------------------------------------------------------------------------------------------

    def StudyRevision_sections(self, row: Any) -> list[Thing]:
        parts = sorted(self.world.of("study_section", revision_id=row.id), key=lambda part: part.position)
        return [Thing("StudySection", part) for part in parts]

    def StudyRevision_findings(self, row: Any, **page: Any) -> Thing:
        known = self.world.of("finding", study_id=row.study_id)
        gone = {*row.strikes, *(one.replaces_id for one in known if one.since == row.number)}
        said = [one for one in known if one.since <= row.number and (one.until is None or one.until > row.number)]
        rows = [one for one in said if one.id not in gone]
        return self.page("Finding", "StudyRevision.findings", rows, **page)

    def StudyRevision_citation(self, row: Any) -> str | None:
        if row.published_at is None:
            return None
        day, study = day_of(row.published_at), self.study_of(row)
        team = self.world.of("study_member", study_id=row.study_id)
        authors = [one for one in team if one.role in ("lead", "researcher") and one.name is not None]
        authors.sort(key=lambda one: (one.role != "lead", one.joined_at, one.id))
        year = f"({day.year:04})"
        bodies = [one for one in self.world.dated_name if one.entry_id == study.body_id and one.valid_from <= day]
        bodies = [one for one in bodies if one.valid_until is None or day < one.valid_until]
        body = max(bodies, key=lambda one: one.valid_from, default=None)
        folio = self.world.get("entry", row.study_id).folio
        parts = [
            f"{'; '.join(one.name for one in authors)} {year}" if authors else year,
            authentic(study.title),
            authentic(body.name) if body else None,
            f"{folio}, v{row.number}" if folio else f"v{row.number}",
            row.content_hash,
        ]
        return ". ".join(part for part in parts if part)

    # ---- findings ----------------------------------------------------------------------------------------------

    def Finding_section(self, row: Any) -> str | None:
        return row.section  # type: ignore[no-any-return]

    def Finding_text(self, row: Any) -> Thing:
        return Thing("LocalizedText", row.text)

    def Finding_addressedTo(self, row: Any) -> Thing | None:
        return self.one("Body", row.body_id) or self.one("Organization", row.organization_id)

    def Finding_replaces(self, row: Any) -> Thing | None:
        return self.one("Finding", row.replaces_id)

    def Finding_standing(self, row: Any) -> bool:
        return row.until is None and self.study_of(row).state != "retracted"

    def Finding_overdue(self, row: Any) -> bool:
        waiting = row.state == "open" and row.answer_due_on is not None and row.answer_due_on < self.this_day
        return waiting and self.Finding_standing(row)

    def fits_finding_overdue(self, row: Any, value: bool) -> bool:
        return self.Finding_overdue(row) == value

    def Finding_answeredLate(self, row: Any) -> bool:
        if row.answered_at is None or row.answer_due_on is None:
            return False
        return bool(day_of(row.answered_at) > row.answer_due_on)

    def Finding_answers(self, row: Any) -> list[Thing]:
        given = sorted(self.world.of("finding_answer", finding_id=row.id), key=lambda one: one.number)
        return [Thing("FindingAnswer", one) for one in given]

    def FindingAnswer_instrument(self, row: Any) -> Thing | None:
        return self.one("Instrument", row.instrument_id) if row.instrument_id is not None else None

    def recommended_to(self, row: Any) -> list[Any]:
        return self.world.of("finding", **{f"{self.type_of(row).lower()}_id": row.id})

    def any_recommendations(self, row: Any, **page: Any) -> Thing:
        listing = f"{self.type_of(row)}.recommendations"
        return self.page("Finding", listing, self.recommended_to(row), **page)

    def any_recommendationFigures(self, row: Any) -> Thing:
        public = [one for one in self.recommended_to(row) if one.kind == "recommendation" and one.published_at]
        rows = [one for one in public if self.Finding_standing(one) and self.published(one.study_id)]
        by_state = {state: sum(one.state == state for one in rows) for state in ("open", "taken_up", "not_taken_up")}
        return part(
            "RecommendationFigures",
            received=len(rows),
            open=by_state["open"],
            overdue=sum(self.Finding_overdue(one) for one in rows),
            answered=sum(one.answered_at is not None for one in rows),
            answeredLate=sum(self.Finding_answeredLate(one) for one in rows),
            takenUp=by_state["taken_up"],
            notTakenUp=by_state["not_taken_up"],
        )

    # ---- reviews and data --------------------------------------------------------------------------------------

    def PeerReview_revision(self, row: Any) -> Thing | None:
        return self.one("StudyRevision", row.revision_id)

    def knows_who_reviews(self, row: Any) -> bool:
        return not row.blind or self.is_me(row) or self.viewer.holds(OFFICERS, self.study_of(row).body_id)

    def PeerReview_name(self, row: Any) -> str | None:
        return row.name if self.knows_who_reviews(row) else None

    def PeerReview_interests(self, row: Any) -> str | None:
        return row.interests if self.knows_who_reviews(row) else None

    def PeerReview_reason(self, row: Any) -> str | None:
        return row.reason if self.knows_who_reviews(row) else None

    def StudyDataset_availableTransitions(self, row: Any) -> list[Thing]:
        if row.published_at is not None:
            return []
        study = self.study_of(row)
        allowed = self.working(study) or self.over(study)
        return [self.transition(event, allowed) for event in ("edit_dataset", "remove_dataset")]

    def StudyMember_availableTransitions(self, row: Any) -> list[Thing]:
        if row.left_at is not None:
            return []
        study = self.study_of(row)
        if self.is_me(row):
            declaring = leaving = self.working(study) or self.over(study)
        else:
            leaving = self.arranging(study) or self.over(study)
            declaring = leaving or (("DECLARES_THEMSELF", {}) if row.person_id is not None else None)
        return [self.transition("declare_interests", declaring), self.transition("end_study_member", leaving)]

    def StudyDataset_columns(self, row: Any) -> list[Thing]:
        columns = sorted(self.world.of("dataset_column", dataset_id=row.id), key=lambda one: one.position)
        return [Thing("DatasetColumn", one) for one in columns]


def authentic(text: Any) -> str:
    """Return a text in the language that it was written in."""
    return str(text["translations"][text["source"]]["text"])
