"""Who is asking, and who speaks for organisations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.personal_data.contents import KEPT
from hub.wording import note
from tests.reading.ground import Thing
from tests.reading.parts import part
from tests.reading.seeing import OFFICERS
from tests.reading.transitions import Refusal, Transitions


class PeopleFields(Transitions):
    """The viewer, and representations."""

    def Query_viewer(self, _: Any) -> Thing:
        return Thing("Viewer", "the viewer")

    def Viewer_signedIn(self, _: Any) -> bool:
        return self.viewer.signed_in

    def Viewer_person(self, _: Any) -> Thing | None:
        return self.one("Person", self.viewer.person_id)

    def Viewer_scopes(self, _: Any) -> list[str]:
        return sorted(self.viewer.scopes)

    def Viewer_grants(self, _: Any) -> list[Thing]:
        ordered = sorted(self.viewer.grants, key=lambda grant: (grant[0], str(grant[1])))
        return [part("HeldRole", role=role.upper(), bodyId=f"Body_{body}" if body else None) for role, body in ordered]

    def Viewer_verified(self, _: Any) -> bool:
        return self.viewer.verification is not None

    def Viewer_keptAfterErasure(self, _: Any) -> list[str]:
        return [note(code, {}, self.languages) for code in KEPT]

    def Viewer_responses(self, _: Any, **page: Any) -> Thing:
        own = [response for response in self.world.response if self.own(response)]
        return self.page("Response", "Viewer.responses", own, **page)

    def Viewer_represents(self, _: Any, **page: Any) -> Thing:
        rows = [row for row in self.world.organization if row.id in self.viewer.represents]
        return self.page("Organization", "Viewer.represents", rows, **page)

    def Viewer_signIns(self, _: Any, **page: Any) -> Thing:
        return self.page("SignIn", "Viewer.signIns", self.world.sign_in, **page)

    def SignIn_current(self, row: Any) -> bool:
        # The viewers of the worlds come with tokens that were made for programs.
        return False

    def SignIn_good(self, row: Any) -> bool:
        # Looked at from now on backwards: some instants of the worlds are the last that there are.
        used = self.now - max(row.signed_in_at, row.last_used_at) < dt.timedelta(days=14)
        brief = not self.viewer.grants or self.now - row.signed_in_at < dt.timedelta(hours=8)
        return row.ended_at is None and self.now < row.expires_at and used and brief

    def SignIn_fresh(self, row: Any) -> bool:
        return self.now - (row.confirmed_at or row.signed_in_at) <= dt.timedelta(minutes=10)

    def Viewer_assurance(self, _: Any) -> str:
        return "EMAIL" if self.viewer.verification is None else "VERIFIED_PERSON"

    def Viewer_linkedIdentities(self, _: Any, **page: Any) -> Thing:
        return self.page("LinkedIdentity", "Viewer.linkedIdentities", self.world.linked_identity, **page)

    def Query_signInOptions(self, _: Any) -> Thing:
        return part("SignInOptions", providers=[])

    def Viewer_tokens(self, _: Any, **page: Any) -> Thing:
        own = [row for row in self.world.token if self.own_account(row.account_id)]
        return self.page("Token", "Viewer.tokens", own, **page)

    def Viewer_client(self, _: Any) -> Thing | None:
        return self.one("Client", self.viewer.client_id)

    def Viewer_representations(self, _: Any, **page: Any) -> Thing:
        own = [row for row in self.world.representation if row.person_id == self.viewer.person_id]
        return self.page("Representation", "Viewer.representations", own, **page)

    # ---- programs and roles ------------------------------------------------------------------------------------

    def Query_clients(self, _: Any, **page: Any) -> Thing:
        return self.page("Client", "Query.clients", self.world.client, **page)

    def Client_tokens(self, row: Any, **page: Any) -> Thing:
        return self.page("Token", "Client.tokens", self.world.of("token", client_id=row.id), **page)

    def Query_roleGrants(self, _: Any, **page: Any) -> Thing:
        return self.page("RoleGrant", "Query.roleGrants", self.world.role_grant, **page)

    def RoleGrant_body(self, row: Any) -> Thing | None:
        return self.one("Body", row.body_id)

    def RoleGrant_person(self, row: Any) -> Thing | None:
        return self.one("Person", self.world.get("account", row.account_id).person_id)

    def RoleGrant_personName(self, row: Any) -> str:
        account = self.world.get("account", row.account_id)
        return str(self.world.get("person", account.person_id).display_name)

    def RoleGrant_reason(self, row: Any) -> str | None:
        return row.reason if self.concerns(row) else None

    def RoleGrant_endReason(self, row: Any) -> str | None:
        return row.end_reason if self.concerns(row) else None

    # ---- representations ---------------------------------------------------------------------------------------

    def Query_representations(self, _: Any, **page: Any) -> Thing:
        return self.page("Representation", "Query.representations", self.world.representation, **page)

    def any_person(self, row: Any) -> Thing | None:
        return self.one("Person", row.person_id)

    def any_organization(self, row: Any) -> Thing | None:
        return self.one("Organization", row.organization_id)

    def Representation_personName(self, row: Any) -> str:
        # Whoever decides must know about whom, whether the profile is public or not.
        return str(self.world.get("person", row.person_id).display_name)

    def Representation_powers(self, row: Any) -> list[str]:
        return [power.upper() for power in row.powers]

    def refusal_to_decide(self, row: Any) -> Refusal:
        """Say why the viewer may not say that somebody speaks for an organisation: an officer does, about others."""
        if not self.viewer.signed_in:
            return "UNAUTHENTICATED", {}
        if not self.viewer.holds_anywhere(*OFFICERS):
            return "OFFICERS_ONLY", {}
        if "bodies:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "bodies:write"}
        return ("NOT_ONES_OWN", {}) if row.person_id == self.viewer.person_id else None

    def refusal_to_end(self, row: Any) -> Refusal:
        """Say why the viewer may not end it: whoever speaks gives it up themself, officers end it for others."""
        own = row.person_id == self.viewer.person_id and "responses:write" in self.viewer.scopes
        return None if own else self.refusal_to_decide(row)

    def Representation_availableTransitions(self, row: Any) -> list[Thing]:
        deciding = [("grant", self.refusal_to_decide(row)), ("deny", self.refusal_to_decide(row))]
        acts = {"pending": [*deciding, ("end", self.refusal_to_end(row))], "valid": [("end", self.refusal_to_end(row))]}
        return [self.transition(*act) for act in acts.get(row.state, [])]
