"""Who may see what: every rule of sight a second time, over plain rows, as it is said to people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.reading.ground import Ground, Thing, table_of

STAFF = ("coordinator", "secretary", "analyst")
OFFICERS = ("coordinator", "secretary")
INSIDERS = (*OFFICERS, "member")
UNPUBLISHED = ("draft", "checked")
AFTERWARDS = ("in_analysis", "findings_published", "answered", "archived")
NAMED = ("with_name", "organization_name")
"""The consents that let the organisation be named which answered."""


class Seeing(Ground):
    """What the viewer may see, now."""

    def sees(self, type_: str, row: Any) -> bool:
        """Whether the viewer may see a row, as a thing of this type."""
        return bool(getattr(self, f"sees_{table_of(type_)}")(row))

    def one(self, type_: str, id_: UUID | None) -> Thing | None:
        """Return the thing with this identifier, if there is one to be seen."""
        row = self.world.get(table_of(type_), id_)
        return Thing(type_, row) if row is not None and self.sees(type_, row) else None

    # ---- the register ------------------------------------------------------------------------------------------

    def published(self, entry_id: UUID | None) -> bool:
        """Whether a thing is public, and nobody hid it; what was withdrawn still is."""
        entry = self.world.get("entry", entry_id)
        return entry is not None and entry.visibility == "public" and entry.hidden_at is None

    def staffs(self, body_id: UUID | None) -> bool:
        """Whether the viewer works for this body."""
        return self.viewer.signed_in and self.viewer.holds(STAFF, body_id)

    def sees_territory(self, row: Any) -> bool:
        return True

    def sees_person(self, row: Any) -> bool:
        return bool(row.public_profile) or row.id == self.viewer.person_id

    def sees_sign_in(self, row: Any) -> bool:
        return self.viewer.signed_in and row.person_id == self.viewer.person_id

    sees_linked_identity = sees_sign_in

    def sees_token(self, row: Any) -> bool:
        """One's own, and those of programs that one looks after. No viewer of the worlds is an administrator."""
        client = self.world.get("client", row.client_id)
        cared_for = client is not None and self.viewer.signed_in and self.sees_client(client)
        return self.own_account(row.account_id) or cared_for

    def own_account(self, account_id: UUID | None) -> bool:
        account = self.world.get("account", account_id)
        return self.viewer.signed_in and account is not None and account.person_id == self.viewer.person_id

    def sees_client(self, row: Any) -> bool:
        """A program sees itself, and whoever speaks for its organisation sees it."""
        return bool(row.organization_id in self.viewer.represents or row.id == self.viewer.client_id)

    def concerns(self, row: Any) -> bool:
        """Whether a grant is the viewer's own, or of a body that they act for."""
        officer = row.body_id is not None and self.viewer.holds(OFFICERS, row.body_id)
        return self.viewer.signed_in and (self.own_account(row.account_id) or officer)

    def sees_role_grant(self, row: Any) -> bool:
        """That somebody acts for a public body is public; other roles are known to those concerned."""
        return (row.role in OFFICERS and self.published(row.body_id)) or self.concerns(row)

    def sees_body(self, row: Any) -> bool:
        return self.published(row.id)

    sees_organization = sees_body

    def sees_body_charter(self, row: Any) -> bool:
        return self.published(row.body_id)

    sees_parity_rule = sees_body_charter

    def sees_join_request(self, row: Any) -> bool:
        """Who wants to join a body, or is wanted there, is between them and its officers."""
        own = row.person_id == self.viewer.person_id or row.organization_id in self.viewer.represents
        return self.viewer.signed_in and (own or self.viewer.holds(OFFICERS, row.body_id))

    def sees_seat(self, row: Any) -> bool:
        return self.published(row.body_id)

    def sees_membership(self, row: Any) -> bool:
        """Who sits in a body is public; who is proposed is known to themself and to its officers."""
        own = self.viewer.signed_in and row.person_id == self.viewer.person_id
        officer = self.viewer.holds(OFFICERS, row.body_id)
        return (row.state != "proposed" and self.published(row.body_id)) or own or officer

    def sees_representation(self, row: Any) -> bool:
        """Those who speak see that they do, and so do the officers of bodies, who decide."""
        officer = "bodies:write" in self.viewer.scopes and self.viewer.holds_anywhere(*OFFICERS)
        return self.viewer.signed_in and (row.person_id == self.viewer.person_id or officer)

    def sees_mandate(self, row: Any) -> bool:
        return self.published(row.id) or self.staffs(row.body_id)

    def sees_event(self, row: Any) -> bool:
        return bool(row.public) and (row.entry_id is None or self.published(row.entry_id))

    # ---- consultations -----------------------------------------------------------------------------------------

    sees_consultation = sees_mandate

    def sees_timetable_notice(self, row: Any) -> bool:
        return self.published(row.consultation_id)

    def sees_questionnaire_revision(self, row: Any) -> bool:
        consultation = self.world.get("consultation", row.consultation_id)
        public = row.state != "draft" and self.published(row.consultation_id)
        return public or (consultation is not None and self.staffs(consultation.body_id))

    def sees_section(self, row: Any) -> bool:
        return self.sees_questionnaire_revision(self.world.get("questionnaire_revision", row.revision_id))

    sees_question = sees_section

    # ---- results -----------------------------------------------------------------------------------------------

    def sees_result_release(self, row: Any) -> bool:
        """What was published is seen as long as its consultation is, and was not withdrawn."""
        consultation = self.world.get("consultation", row.consultation_id)
        return self.published(consultation.id) and consultation.state != "withdrawn"

    sees_result_table = sees_result_release

    def sees_consultation_report(self, row: Any) -> bool:
        """What was published is seen with the results; what is being written, by the staff of the body."""
        fixed = row.state in ("published", "corrected")
        consultation = self.world.get("consultation", row.consultation_id)
        return (fixed and self.sees_result_release(row)) or self.staffs(consultation.body_id)

    sees_statement = sees_consultation_report

    # ---- responses ---------------------------------------------------------------------------------------------

    def own(self, row: Any) -> bool:
        """Whether a response is the viewer's, or of an organisation in whose name the viewer answers."""
        identity = self.world.identities.get(row.participation_id)
        return identity is not None and identity in self.viewer.identities

    def analyses(self, consultation_id: UUID) -> bool:
        """Whether the viewer is of the staff that reads what came in, with a token for that."""
        consultation = self.world.get("consultation", consultation_id)
        return "analysis:write" in self.viewer.scopes and self.staffs(consultation.body_id)

    def sees_all_of(self, response: Any) -> bool:
        """Whether the viewer sees all that a response says: whoever gave it does, and those who analyse it."""
        return self.own(response) or self.analyses(response.consultation_id)

    def sees_response(self, row: Any) -> bool:
        consultation = self.world.get("consultation", row.consultation_id)
        shown = self.published(consultation.id) and consultation.state != "withdrawn"
        over = consultation.counted_until <= self.now
        public = row.state == "accepted" and row.consent != "not_published"
        return (shown and over and public) or self.sees_all_of(row)

    def answers_seen(self, response: Any) -> list[Any]:
        """Return what of a response that is seen is seen."""
        said = self.world.of("answer", response_id=response.id)
        return [answer for answer in said if answer.published or self.sees_all_of(response)]

    def names_its_organization(self, response: Any) -> bool:
        """Whether the viewer is told which organisation answered: it lets itself be named, or all of it is seen."""
        return response.consent in NAMED or self.sees_all_of(response)

    def organization_seen(self, response: Any) -> Thing | None:
        """Return the organisation that answered, as far as it is told."""
        return self.one("Organization", response.organization_id) if self.names_its_organization(response) else None

    def territory_seen(self, response: Any) -> Thing | None:
        """Return where the respondent lives, which is for those who see all of the response."""
        return self.one("Territory", response.territory_id) if self.sees_all_of(response) else None

    def mark_seen(self, response: Any) -> Thing | None:
        """Return the response that this one resembles, which only those hear of who analyse it."""
        return self.one("Response", response.similar_to_id) if self.analyses(response.consultation_id) else None

    def sees_receipt(self, row: Any) -> bool:
        """Whoever knows the code of a receipt may see it."""
        return True

    # ---- what is begun -----------------------------------------------------------------------------------------

    def lives(self, draft: Any) -> bool:
        """Whether what somebody has begun can still be gone on with."""
        return draft.state == "active" and self.now < self.end_of(draft)

    def end_of(self, draft: Any) -> Any:
        """Return when a draft is thrown away: in its own time, or with the last late responses."""
        return min(draft.expires_at, self.world.get("consultation", draft.consultation_id).late_until)

    def sees_response_draft(self, row: Any) -> bool:
        """Nobody sees it but who holds it; one that is held by a code is found by that and its secret alone."""
        identity = self.world.identities.get(row.id)
        return self.lives(row) and identity is not None and identity in self.viewer.identities
