"""What may come next, and why not: every rule about acts a second time. Only the words are the hub's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.wording import label, sentence
from tests.reading.ground import Thing
from tests.reading.paging import Paging
from tests.reading.parts import part
from tests.reading.seeing import AFTERWARDS, STAFF, UNPUBLISHED

Refusal = tuple[str, dict[str, Any]] | None
"""The code of what refuses and its facts; None where nothing does."""

LEVELS = ("email", "social", "verified_person")


class Transitions(Paging):
    """What the viewer may do with a consultation or a response, now."""

    def transition(self, event: str, refusal: Refusal) -> Thing:
        """Return an act as it is shown."""
        reason = None
        if refusal is not None:
            reason = self.reason(refusal[0], refusal[1])
        words = label(event, self.languages)
        return part("Transition", event=event, label=words, allowed=refusal is None, reason=reason)

    def reason(self, code: str, facts: dict[str, Any]) -> Thing:
        """Return why something is as it is, as a code and in words."""
        return part("Reason", code=code, message=sentence(code, facts, self.languages))

    # ---- the state by the clock --------------------------------------------------------------------------------

    def standing(self, row: Any) -> str:
        """Return where a consultation stands: open from its opening, closed from its closing, whatever is stored."""
        if row.state in (*UNPUBLISHED, "withdrawn"):
            return str(row.state)
        if row.state in AFTERWARDS:
            return "closed"
        if row.closes_at <= self.now:
            return "closed"
        if row.state == "suspended":
            return "suspended"
        return "open" if row.opens_at <= self.now else "scheduled"

    def fits_consultation_state(self, row: Any, value: list[str]) -> bool:
        return self.state_of(row).upper() in value

    def state_of(self, row: Any) -> str:
        """Return what a consultation's state is told as: where it stands, and after its closing how far it has come."""
        return str(row.state) if row.state in AFTERWARDS else self.standing(row)

    def why_not_open(self, row: Any) -> Refusal:
        """Say why what needs an open consultation is not possible in this one."""
        match self.standing(row):
            case "draft" | "checked":
                return "CONSULTATION_NOT_PUBLISHED", {}
            case "scheduled":
                return "CONSULTATION_NOT_OPEN_YET", {"opens_at": row.opens_at, "zone": row.zone}
            case "suspended":
                return "CONSULTATION_SUSPENDED", {}
            case "withdrawn":
                return "CONSULTATION_WITHDRAWN", {}
            case "closed":
                return self.closed(row)
        return None

    @staticmethod
    def closed(row: Any) -> Refusal:
        return "CONSULTATION_CLOSED", {"closes_at": row.closes_at, "zone": row.zone}

    # ---- acts of the staff -------------------------------------------------------------------------------------

    def of_the_body(self, row: Any, roles: tuple[str, ...], otherwise: str) -> Refusal:
        """Say why the viewer may not act for the body of a consultation."""
        if not self.viewer.signed_in:
            return "UNAUTHENTICATED", {}
        if "bodies:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "bodies:write"}
        return None if self.viewer.holds(roles, row.body_id) else (otherwise, {})

    def Consultation_availableTransitions(self, row: Any) -> list[Thing]:
        leads = alone = self.of_the_body(row, ("coordinator",), "COORDINATORS_ONLY")
        # A closing that is on record is not undone, whatever the clock of this request says.
        leads = leads or (self.closed(row) if row.state in ("closed", *AFTERWARDS) else None)
        works = self.of_the_body(row, STAFF, "STAFF_ONLY")
        opening = ("OPENS_BY_ITSELF", {"opens_at": row.opens_at, "zone": row.zone})
        closing = ("CLOSES_BY_ITSELF", {"closes_at": row.closes_at, "zone": row.zone})
        counting: Refusal = None
        if row.identity_policy == "imported":
            counting = ("RESULTS_PUBLIC_ALREADY", {})
        elif row.state in AFTERWARDS[1:]:
            counting = ("RESULTS_IN_REPORT", {})
        elif self.now < row.counted_until:
            counting = ("RESULTS_NOT_YET", {"counted_until": row.counted_until, "zone": row.zone})
        running = {
            "extend": leads,
            "shorten": leads or ("SHORTENING_NEEDS_INSTRUMENT", {}),
            "correct": leads,
        }
        staff: dict[str, dict[str, Refusal]] = {
            "draft": {"edit": works, "schedule": leads},
            "checked": {"edit": works, "schedule": leads},
            "scheduled": {"open": opening, **running, "withdraw_consultation": leads},
            "open": {"close": closing, **running, "suspend": leads, "withdraw_consultation": leads},
            "suspended": {"resume": leads, "close": closing, **running, "withdraw_consultation": leads},
            "closed": self.acts_afterwards(row, alone, works, counting),
            "withdrawn": {},
        }
        given = self.places_taken(row)
        theirs = {
            "submit": self.refusal_to_submit(row, given),
            "replace": self.refusal_to_change(row, given),
            "withdraw": self.refusal_to_change(row, given),
        }
        return [self.transition(*act) for act in (*staff[self.standing(row)].items(), *theirs.items())]

    def acts_afterwards(self, row: Any, leads: Refusal, works: Refusal, counting: Refusal) -> dict[str, Refusal]:
        """Return the staff's acts on a consultation that has closed (report_fields.py)."""
        raise NotImplementedError

    # ---- acts of respondents -----------------------------------------------------------------------------------

    def places_taken(self, consultation: Any) -> int:
        """Count how often the viewer has answered for themself, as far as anybody can tell."""
        if consultation.anonymity != "anonymous":
            return len(self.my_responses(consultation))
        # Nothing leads to their responses; that they took part is all that is known.
        parts = [part for part in self.world.participation if part.consultation_id == consultation.id]
        return sum(self.world.identities.get(part.id) in self.viewer.in_person for part in parts)

    def my_responses(self, consultation: Any) -> list[Any]:
        """Return the viewer's responses that take a place; what they said for an organisation is not theirs alone."""
        found = [r for r in self.world.response if r.consultation_id == consultation.id and self.own(r)]
        return [r for r in found if r.state in ("accepted", "held") and r.organization_id is None]

    def refusal_to_answer(self, row: Any, organization: UUID | None = None) -> Refusal:
        """Say why the viewer may not say anything in a consultation: who they are comes first, then the time."""
        return self.not_meant(row, organization) or self.not_taken(row)

    def not_meant(self, row: Any, organization: UUID | None) -> Refusal:
        viewer, policy = self.viewer, row.identity_policy
        known = viewer.signed_in or viewer.client_id
        if not viewer.signed_in and (policy not in ("open", "invited") or organization):
            return ("CLIENTS_DO_NOT_ANSWER" if viewer.client_id else "UNAUTHENTICATED"), {}
        if known and "responses:write" not in viewer.scopes:
            return "SCOPE_MISSING", {"scope": "responses:write"}
        if row.state in UNPUBLISHED:
            return "CONSULTATION_NOT_PUBLISHED", {}
        if policy == "imported":
            return "CONSULTATION_IMPORTED", {}
        if policy == "verified" and organization is None and viewer.verification is None:
            return "VERIFICATION_NEEDED", {}
        known = 0 if viewer.verification is None else 2
        if policy == "account" and known < LEVELS.index(row.assurance):
            return "ASSURANCE_NEEDED", {"assurance": row.assurance}
        if organization is not None and organization not in viewer.represents:
            return "NOT_A_REPRESENTATIVE", {}
        return None

    def not_taken(self, row: Any) -> Refusal:
        if self.standing(row) != "closed":
            return self.why_not_open(row)
        # Late responses are taken until they are no longer.
        return self.closed(row) if row.late_until <= self.now else None

    def refusal_to_submit(self, row: Any, given: int) -> Refusal:
        refused = self.refusal_to_answer(row)
        if refused or given < row.responses_each:
            return refused
        if row.anonymity == "anonymous":
            return "ALREADY_RESPONDED_ANONYMOUSLY", {}
        if row.responses_each > 1:
            return "RESPONDED_OFTEN_ENOUGH", {"most": row.responses_each}
        return "ALREADY_RESPONDED", {}

    def refusal_to_change(self, row: Any, given: int, organization: UUID | None = None) -> Refusal:
        """Say why the viewer may not say it otherwise, or take it back: both end with the counting."""
        refused = self.refusal_to_answer(row, organization)
        if refused:
            return refused
        if row.counted_until <= self.now:
            return "CHANGES_ENDED", {"counted_until": row.counted_until, "zone": row.zone}
        nobody = row.identity_policy == "open" and not self.viewer.signed_in
        if (row.anonymity == "anonymous" or nobody) and organization is None:
            return "ANONYMOUS_IS_NOT_FOUND", {}
        return None if given else ("NO_RESPONSE", {})

    def refusal_to_consent(self, row: Any) -> Refusal:
        """Say why whoever gave a response that is in force may not consent otherwise."""
        consultation = self.world.get("consultation", row.consultation_id)
        if consultation.late_until <= self.now:
            return "CONSENT_FROZEN", {"late_until": consultation.late_until, "zone": consultation.zone}
        if "responses:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "responses:write"}
        return None

    def Response_availableTransitions(self, row: Any) -> list[Thing]:
        consultation = self.world.get("consultation", row.consultation_id)
        acts: dict[str, Refusal] = {}
        if row.state == "accepted" and not self.own(row):
            acts = dict.fromkeys(("replace", "withdraw"), ("NOT_YOUR_RESPONSE", {}))
        elif row.state == "accepted":
            changing = self.refusal_to_change(consultation, 1, row.organization_id)
            acts = {"replace": changing, "withdraw": changing}
        elif row.state == "held":
            deciding = self.of_the_body(consultation, STAFF, "STAFF_ONLY")
            fixed = ("RESULTS_IN_REPORT", {}) if consultation.state in AFTERWARDS[1:] else None
            acts = {"admit": deciding or fixed, "refuse": deciding}
        if acts and self.own(row):
            acts["change_consent"] = self.refusal_to_consent(row)
        return [self.transition(*act) for act in acts.items()]
