"""Instruments, mandates and work programmes a second time: who sees them, what follows, and what they show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.clock import day_of
from tests.reading.ground import Thing
from tests.reading.parts import part
from tests.reading.seeing import INSIDERS, OFFICERS, STAFF
from tests.reading.transitions import Refusal, Transitions

ENDED = ("delivered", "discharged", "cancelled")
OPEN = ("ordered", "accepted", "in_progress")
OFFICERS_ACT = ("edit_instrument", "table_instrument", "withdraw_instrument", "adopt", "reword_instrument")
NEXT: dict[str, tuple[str, ...]] = {
    "draft": ("edit_instrument", "table_instrument", "withdraw_instrument"),
    "tabled": ("adopt", "reword_instrument", "withdraw_instrument"),
    "adopted": ("sign", "annul"),
    "signed": ("sign", "publish_instrument", "annul"),
    "published": ("annul",),
    "amended": ("annul",),
}
OWED = ("reassign", "reschedule", "discharge", "cancel")
NEXT_OF_MANDATES: dict[str, tuple[str, ...]] = {
    "proposed": ("edit_mandate", "order", "cancel"),
    "ordered": ("accept", *OWED),
    "accepted": ("start", *OWED),
    "in_progress": ("deliver", *OWED),
    "delivered": ("discharge",),
}


class InstrumentFields(Transitions):
    """Instruments with their wordings, what they order, and what came of that."""

    # ---- sight -------------------------------------------------------------------------------------------------

    def sits_in(self, body_id: Any) -> bool:
        return self.viewer.signed_in and self.viewer.holds(INSIDERS, body_id)

    def sees_instrument(self, row: Any) -> bool:
        return self.published(row.id) or self.sits_in(row.body_id)

    def sees_instrument_revision(self, row: Any) -> bool:
        return self.sees_instrument(self.world.get("instrument", row.instrument_id))

    sees_instrument_signature = sees_instrument_revision

    def sees_instrument_section(self, row: Any) -> bool:
        return self.sees_instrument_revision(self.world.get("instrument_revision", row.revision_id))

    sees_instrument_order = sees_instrument_relation = sees_instrument_section

    def sees_mandate_notice(self, row: Any) -> bool:
        return self.sees_mandate(self.world.get("mandate", row.mandate_id))

    sees_deliverable = sees_mandate_notice

    def sees_work_programme(self, row: Any) -> bool:
        return (row.state != "draft" and self.published(row.body_id)) or self.sits_in(row.body_id)

    # ---- instruments -------------------------------------------------------------------------------------------

    def Query_instruments(self, _: Any, **page: Any) -> Thing:
        return self.page("Instrument", "Query.instruments", self.world.instrument, **page)

    def Query_instrumentByFolio(self, _: Any, folio: str) -> Thing | None:
        return self.by_folio("Instrument", folio)

    def Body_instruments(self, row: Any, **page: Any) -> Thing:
        return self.page("Instrument", "Body.instruments", self.world.of("instrument", body_id=row.id), **page)

    def any_instrument(self, row: Any) -> Thing | None:
        return self.one("Instrument", row.instrument_id)

    def InstrumentRelation_instrument(self, row: Any) -> Thing | None:
        return self.one("Instrument", self.world.get("instrument_revision", row.revision_id).instrument_id)

    def Instrument_body(self, row: Any) -> Thing | None:
        return self.one("Body", row.body_id)

    def Instrument_inForce(self, row: Any) -> bool:
        today = self.this_day
        begun = row.in_force_from is not None and row.in_force_from <= today
        ended = row.in_force_until is not None and row.in_force_until <= today
        return row.state in ("published", "amended", "repealed") and begun and not ended

    def fits_instrument_in_force(self, row: Any, value: bool) -> bool:
        return self.Instrument_inForce(row) is value

    def Instrument_voteEvent(self, row: Any) -> Thing | None:
        return self.one("VoteEvent", row.vote_event_id)

    def versions(self, instrument_id: Any) -> list[Any]:
        return sorted(self.world.of("instrument_revision", instrument_id=instrument_id), key=lambda one: one.number)

    def Instrument_revision(self, row: Any) -> Thing | None:
        found = self.versions(row.id)
        return Thing("InstrumentRevision", found[-1]) if found else None

    def Instrument_revisions(self, row: Any, **page: Any) -> Thing:
        return self.page("InstrumentRevision", "Instrument.revisions", self.versions(row.id), **page)

    def Instrument_signatures(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("instrument_signature", instrument_id=row.id)
        return self.page("InstrumentSignature", "Instrument.signatures", rows, **page)

    def InstrumentSignature_membership(self, row: Any) -> Thing | None:
        return self.one("Membership", row.membership_id)

    def Instrument_relatedFrom(self, row: Any, **page: Any) -> Thing:
        rows = [done for done in self.world.of("instrument_relation", target_id=row.id) if self.takes_effect(done)]
        return self.page("InstrumentRelation", "Instrument.relatedFrom", rows, **page)

    def takes_effect(self, relation: Any) -> bool:
        """Whether it stands in the newest wording of what was adopted."""
        wording = self.world.get("instrument_revision", relation.revision_id)
        adopted = self.world.get("instrument", wording.instrument_id).adopted_at is not None
        return adopted and self.versions(wording.instrument_id)[-1] is wording

    def InstrumentRelation_target(self, row: Any) -> Thing | None:
        return self.one("Instrument", row.target_id)

    def Instrument_mandates(self, row: Any, **page: Any) -> Thing:
        return self.page("Mandate", "Instrument.mandates", self.world.of("mandate", instrument_id=row.id), **page)

    def Instrument_availableTransitions(self, row: Any) -> list[Thing]:
        found = []
        for event in NEXT.get(row.state, ()):
            if event == "sign":
                refusal = self.of_the_body(row, INSIDERS, "MEMBERS_ONLY")
            elif event == "annul":
                refusal = self.of_the_body(row, ("coordinator",), "COORDINATORS_ONLY")
            else:
                refusal = self.of_the_body(row, OFFICERS, "OFFICERS_ONLY")
            found.append(self.transition(event, refusal))
        return found

    # ---- wordings ----------------------------------------------------------------------------------------------

    def of_wording(self, table: str, type_: str, row: Any) -> list[Thing]:
        return self.in_order(type_, self.world.of(table, revision_id=row.id))

    def InstrumentRevision_sections(self, row: Any) -> list[Thing]:
        return self.of_wording("instrument_section", "InstrumentSection", row)

    def InstrumentRevision_orders(self, row: Any) -> list[Thing]:
        return self.of_wording("instrument_order", "InstrumentOrder", row)

    def InstrumentRevision_relations(self, row: Any) -> list[Thing]:
        return self.of_wording("instrument_relation", "InstrumentRelation", row)

    def InstrumentRevision_changes(self, row: Any, since: int | None = None) -> list[Thing]:
        number = row.number - 1 if since is None else since
        former = next((one for one in self.versions(row.instrument_id) if one.number == number), None)
        new = {one.code: one for one in self.world.of("instrument_section", revision_id=row.id)}
        old = {one.code: one for one in self.world.of("instrument_section", revision_id=former.id)} if former else {}
        gone = [one for code, one in old.items() if code not in new]
        differing = [one for code, one in new.items() if code not in old or says(old[code]) != says(one)]
        found = sorted((*differing, *gone), key=lambda one: (one.position, one.code))
        return [self.changed(one.code, new.get(one.code), old.get(one.code)) for one in found]

    def changed(self, code: str, new: Any, old: Any) -> Thing:
        kind = "ADDED" if old is None else "REMOVED" if new is None else "CHANGED"
        return part(
            "SectionChange",
            code=code,
            kind=kind,
            heading=text(new, "heading"),
            text=text(new, "text"),
            formerHeading=text(old, "heading"),
            formerText=text(old, "text"),
        )

    # ---- mandates ----------------------------------------------------------------------------------------------

    def any_responsible(self, row: Any) -> Thing | None:
        return (
            self.one("Body", row.responsible_body_id)
            or self.one("Organization", row.responsible_organization_id)
            or self.one("Membership", row.responsible_membership_id)
        )

    def Mandate_section(self, row: Any) -> Thing | None:
        if row.instrument_id is None:
            return None
        newest = self.versions(row.instrument_id)[-1]
        named = [one for one in self.world.of("instrument_section", revision_id=newest.id) if one.code == row.paragraph]
        return self.one("InstrumentSection", named[0].id) if named else None

    def Mandate_deliveredLate(self, row: Any) -> bool:
        late = row.due_on is not None and row.delivered_at is not None
        return late and day_of(row.delivered_at) > row.due_on

    def Mandate_notices(self, row: Any, **page: Any) -> Thing:
        return self.page("MandateNotice", "Mandate.notices", self.world.of("mandate_notice", mandate_id=row.id), **page)

    def Deliverable_document(self, row: Any) -> Thing | None:
        return self.one("Document", row.document_id) if row.document_id is not None else None

    def Mandate_deliverables(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("deliverable", mandate_id=row.id)
        return self.page("Deliverable", "Mandate.deliverables", rows, **page)

    def Deliverable_record(self, row: Any) -> Thing | None:
        entry = self.world.get("entry", row.entry_id)
        return self.one(entry.kind, entry.id) if entry is not None and self.published(entry.id) else None

    def fits_mandate_overdue(self, row: Any, value: bool) -> bool:
        return self.is_overdue(row) is value

    def is_overdue(self, row: Any) -> bool:
        return row.due_on is not None and row.due_on < self.this_day and row.state not in ENDED

    def fits_mandate_due_before(self, row: Any, value: str) -> bool:
        return row.due_on is not None and row.due_on < dt.date.fromisoformat(value)

    def fits_mandate_responsible_body(self, row: Any, value: str) -> bool:
        body_id = self.identified(value, "Body")
        named = (row.responsible_body_id, row.responsible_organization_id, row.responsible_membership_id)
        return row.responsible_body_id == body_id or (row.body_id == body_id and not any(named))

    def answers_for(self, row: Any) -> Refusal:
        """Whether the viewer acts for whoever is charged with a mandate."""
        if not self.viewer.signed_in:
            return "UNAUTHENTICATED", {}
        if "bodies:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "bodies:write"}
        if row.responsible_organization_id is not None:
            own = row.responsible_organization_id in self.viewer.represents
        elif row.responsible_membership_id is not None:
            seat = self.world.get("membership", row.responsible_membership_id)
            own = seat is not None and seat.state == "active" and seat.person_id == self.viewer.person_id
        else:
            own = self.viewer.holds(OFFICERS, row.responsible_body_id or row.body_id)
        return None if own else ("RESPONSIBLE_ONLY", {})

    def Mandate_availableTransitions(self, row: Any) -> list[Thing]:
        found = []
        for event in NEXT_OF_MANDATES.get(row.state, ()):
            if event in ("accept", "start", "deliver"):
                refusal = self.answers_for(row)
            elif event == "edit_mandate":
                refusal = self.of_the_body(row, STAFF, "STAFF_ONLY")
            else:
                refusal = self.of_the_body(row, ("coordinator",), "COORDINATORS_ONLY")
            found.append(self.transition(event, refusal))
        return found

    def Body_mandateFigures(self, row: Any) -> Thing:
        public = [one for one in self.world.of("mandate", body_id=row.id) if self.published(one.id)]
        late = [one for one in public if one.state in ("delivered", "discharged") and self.Mandate_deliveredLate(one)]
        return part(
            "MandateFigures",
            open=sum(one.state in OPEN for one in public),
            overdue=sum(one.state in OPEN and self.is_overdue(one) for one in public),
            delivered=sum(one.state == "delivered" for one in public),
            deliveredLate=len(late),
            discharged=sum(one.state == "discharged" for one in public),
            cancelled=sum(one.state == "cancelled" for one in public),
        )

    # ---- work programmes ---------------------------------------------------------------------------------------

    def Body_workProgrammes(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("work_programme", body_id=row.id)
        return self.page("WorkProgramme", "Body.workProgrammes", rows, **page)

    def WorkProgramme_availableTransitions(self, row: Any) -> list[Thing]:
        allowed = self.refusal_to_act(row.body_id, OFFICERS, "OFFICERS_ONLY")
        acts = {"draft": ("edit_programme", "approve_programme"), "approved": ("carry_out_line", "close_programme")}
        return [self.transition(event, allowed) for event in acts.get(row.state, ())]

    def WorkProgramme_body(self, row: Any) -> Thing | None:
        return self.one("Body", row.body_id)

    def WorkProgramme_lines(self, row: Any) -> list[Thing]:
        return self.in_order("WorkProgrammeLine", self.world.of("work_programme_line", work_programme_id=row.id))

    def WorkProgrammeLine_mandate(self, row: Any) -> Thing | None:
        return self.one("Mandate", row.mandate_id)


def says(section: Any) -> tuple[Any, Any]:
    return section.heading, section.text


def text(section: Any, name: str) -> Thing | None:
    words = getattr(section, name, None)
    return Thing("LocalizedText", words) if words else None
