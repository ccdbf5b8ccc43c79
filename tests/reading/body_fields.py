"""Bodies from within: their seats, and who sits in them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hub.bodies.interest_rules import may_declare_interest
from hub.bodies.seat_models import MembershipState
from tests.reading.ground import Thing, in_force
from tests.reading.parts import part
from tests.reading.seeing import INSIDERS, OFFICERS
from tests.reading.transitions import Refusal, Transitions

SITTING = ("active", "on_leave")


class BodyFields(Transitions):
    """Seats and memberships."""

    def Body_territories(self, row: Any, **page: Any) -> Thing:
        ids = {link.territory_id for link in self.world.of("body_territory", body_id=row.id)}
        here = [place for place in self.world.territory if place.id in ids]
        return self.page("Territory", "Body.territories", here, **page)

    def Body_charters(self, row: Any, **page: Any) -> Thing:
        return self.page("BodyCharter", "Body.charters", self.world.of("body_charter", body_id=row.id), **page)

    def BodyCharter_territories(self, row: Any, **page: Any) -> Thing:
        here = [place for place in self.world.territory if place.id in row.territory_ids]
        return self.page("Territory", "BodyCharter.territories", here, **page)

    def Body_availableTransitions(self, row: Any) -> list[Thing]:
        lives = {"planned": ["constitute", "dissolve"], "constituted": ["suspend_body", "dissolve"],
                 "suspended": ["resume_body", "dissolve"], "dissolved": []}  # fmt: skip
        refusal = self.refusal_to_act(row.id, ("coordinator",), "COORDINATORS_ONLY")
        if row.parent_id is not None and self.viewer.holds(("coordinator",), row.parent_id):
            refusal = self.refusal_to_act(row.parent_id, ("coordinator",), "COORDINATORS_ONLY")
        return [self.transition(event, refusal) for event in lives[row.state]]

    def refusal_to_act(self, body_id: Any, roles: tuple[str, ...], otherwise: str) -> Refusal:
        """Say why the viewer may not act for a body."""
        if not self.viewer.signed_in:
            return "UNAUTHENTICATED", {}
        if "bodies:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "bodies:write"}
        return None if self.viewer.holds(roles, body_id) else (otherwise, {})

    def Membership_availableTransitions(self, row: Any) -> list[Thing]:
        lives = {"proposed": ["accept", "decline", "end_membership"], "active": ["leave", "end_membership"],
                 "on_leave": ["return", "end_membership"], "ended": []}  # fmt: skip
        writes = "bodies:write" in self.viewer.scopes
        own = self.is_ones_own(row)
        answering: Refusal = None if own else ("ONES_OWN_ONLY", {})
        if not self.viewer.signed_in:
            answering = "UNAUTHENTICATED", {}
        elif not writes:
            answering = "SCOPE_MISSING", {"scope": "bodies:write"}
        leaving = None if own and writes else self.refusal_to_act(row.body_id, OFFICERS, "OFFICERS_ONLY")
        moves = [
            self.transition(event, answering if event in ("accept", "decline") else leaving)
            for event in lives[row.state]
        ]
        return [*moves, *self.declaring(row)]

    def declaring(self, row: Any) -> list[Thing]:
        """Return whether one may declare the interests of whoever sits there, which nobody may of an erased person."""
        if row.state not in SITTING:
            return []
        viewer, erased = self.acting_viewer(), row.name is None  # type: ignore[attr-defined]
        state = MembershipState(row.state)
        verdict = may_declare_interest(viewer, body_id=row.body_id, person_id=row.person_id, state=state, erased=erased)
        return self.verdicts([("declare_interest", verdict)])  # type: ignore[attr-defined, no-any-return]

    def Body_seats(self, row: Any, **page: Any) -> Thing:
        return self.page("Seat", "Body.seats", self.world.of("seat", body_id=row.id), **page)

    def Body_memberships(self, row: Any, **page: Any) -> Thing:
        return self.page("Membership", "Body.memberships", self.world.of("membership", body_id=row.id), **page)

    def Seat_availableTransitions(self, row: Any) -> list[Thing]:
        if row.state == "abolished":
            return []
        arranging = self.refusal_to_act(row.body_id, OFFICERS, "OFFICERS_ONLY")
        acts = dict.fromkeys(("edit_seat", "seat_member", "propose_member"), arranging)
        if row.state != "filled":
            acts["invite_member"] = arranging or self.refusal_to_raise(row)
            acts["abolish_seat"] = arranging
        return [self.transition(*act) for act in acts.items()]

    def refusal_to_raise(self, seat: Any) -> Refusal:
        """Say why an officer may not bring somebody into a seat by their own hand."""
        if seat.post == "coordinator":
            return "SEAT_IS_ELECTED", {}
        leads = self.viewer.holds(("coordinator",), seat.body_id)
        return ("COORDINATORS_ONLY", {}) if seat.post == "secretary" and not leads else None

    def Seat_memberships(self, row: Any, **page: Any) -> Thing:
        return self.page("Membership", "Seat.memberships", self.world.of("membership", seat_id=row.id), **page)

    def Viewer_memberships(self, _: Any, **page: Any) -> Thing:
        own = [row for row in self.world.membership if self.viewer.signed_in and row.person_id == self.viewer.person_id]
        return self.page("Membership", "Viewer.memberships", own, **page)

    def any_body(self, row: Any) -> Thing | None:
        return self.one("Body", row.body_id)

    def any_seat(self, row: Any) -> Thing | None:
        return self.one("Seat", row.seat_id)

    def any_territory(self, row: Any) -> Thing | None:
        return self.one("Territory", row.territory_id)

    def Seat_title(self, row: Any) -> Thing | None:
        return row.title and Thing("LocalizedText", row.title)

    def Seat_holder(self, row: Any) -> Thing | None:
        for held in self.world.of("membership", seat_id=row.id):
            if held.state in SITTING and not held.alternate:
                return self.one("Membership", held.id)
        return None

    def Membership_inForce(self, row: Any) -> bool:
        return row.state == "active" and in_force(self.now, row.valid_from, row.valid_until)

    def is_ones_own(self, row: Any) -> bool:
        """Whether it is the viewer who sits there."""
        return self.viewer.signed_in and row.person_id == self.viewer.person_id

    def Membership_reason(self, row: Any) -> str | None:
        return row.reason if self.is_ones_own(row) or self.viewer.holds(INSIDERS, row.body_id) else None

    def Membership_gender(self, row: Any) -> str | None:
        return row.gender.upper() if row.gender and self.is_ones_own(row) else None

    # ---- parity and joining ------------------------------------------------------------------------------------

    def Body_parityRules(self, row: Any, **page: Any) -> Thing:
        return self.page("ParityRule", "Body.parityRules", self.world.of("parity_rule", body_id=row.id), **page)

    def Body_parity(self, row: Any) -> list[Thing]:
        rules = [rule for rule in self.world.of("parity_rule", body_id=row.id) if rule.ended_at is None]
        seats = [s for s in self.world.of("seat", body_id=row.id) if s.voting and s.state != "abolished"]
        return [self.figure(rule, seats) for rule in sorted(rules, key=lambda rule: rule.dimension)]

    def figure(self, rule: Any, seats: list[Any]) -> Thing:
        """Count a body as one rule wants it."""
        counts: dict[str, int] = {}
        held = [(seat, member) for seat in seats for member in self.sitting(seat)]
        for seat, member in held:
            group = {
                "sector": "government" if seat.sector == "government" else "others",
                "gender": member.gender,
                "territory": self.code_of(seat.territory_id),
            }[rule.dimension]
            if group is not None:
                counts[group] = counts.get(group, 0) + 1
        total = sum(counts.values())
        if rule.dimension == "gender" and total < 3:
            counts, total = {}, 0
        places = {seat.territory_id for seat in seats} - {None}
        groups = max(len(places), 1) if rule.dimension == "territory" else 2
        most = Fraction(100, groups) + rule.tolerance
        met = all(Fraction(100 * count, total) <= most for count in counts.values())
        shares = [
            part("ParityGroup", code=code, count=count, share=round(count * 100 / total, 6))
            for code, count in sorted(counts.items())
        ]
        return part(
            "ParityFigure",
            dimension=rule.dimension.upper(),
            version=rule.version,
            tolerance=rule.tolerance,
            consequence=rule.consequence.upper(),
            met=met,
            counted=total,
            unknown=len(held) - total,
            groups=shares,
        )

    def sitting(self, seat: Any) -> list[Any]:
        """Return who sits in a seat now, themself."""
        held = self.world.of("membership", seat_id=seat.id)
        return [member for member in held if not member.alternate and self.Membership_inForce(member)]

    def code_of(self, territory_id: Any) -> str | None:
        place = self.world.get("territory", territory_id)
        return place.code if place else None

    def Body_joinRequests(self, row: Any, **page: Any) -> Thing:
        return self.page("JoinRequest", "Body.joinRequests", self.world.of("join_request", body_id=row.id), **page)

    def Viewer_joinRequests(self, _: Any, **page: Any) -> Thing:
        own = [
            row
            for row in self.world.join_request
            if self.is_ones_own(row) or row.organization_id in self.viewer.represents
        ]
        return self.page("JoinRequest", "Viewer.joinRequests", own, **page)

    def JoinRequest_personName(self, row: Any) -> str | None:
        person = self.world.get("person", row.person_id)
        return str(person.display_name) if person else None

    def JoinRequest_availableTransitions(self, row: Any) -> list[Thing]:
        if row.state != "sent" or row.lapses_at <= self.now:
            return []
        officers = self.refusal_to_act(row.body_id, OFFICERS, "OFFICERS_ONLY")
        # Whoever asked, or was asked, for themself; for an organisation, whoever speaks for it answers.
        theirs: Refusal = None
        if not self.viewer.signed_in:
            theirs = "UNAUTHENTICATED", {}
        elif "bodies:write" not in self.viewer.scopes:
            theirs = "SCOPE_MISSING", {"scope": "bodies:write"}
        elif row.person_id is not None and row.person_id != self.viewer.person_id:
            theirs = "ONES_OWN_ONLY", {}
        if row.kind == "request":
            oneself = self.viewer.signed_in and row.person_id == self.viewer.person_id
            accept = officers or (("NOT_TO_ONESELF", {}) if oneself and row.person_id else None)
            acts = {"accept": accept, "decline": officers, "take_back": theirs}
        else:
            if theirs is None and row.organization_id not in (None, *self.viewer.represents):
                theirs = "NOT_A_REPRESENTATIVE", {}
            acts = {"accept": theirs, "decline": theirs, "take_back": officers}
        return [self.transition(*act) for act in acts.items()]

    def JoinRequest_lapsed(self, row: Any) -> bool:
        return row.state == "lapsed" or (row.state == "sent" and row.lapses_at <= self.now)
