"""Bodies from within: their seats, and who sits in them."""

from __future__ import annotations

from typing import Any

from tests.reading.ground import Thing, in_force
from tests.reading.seeing import INSIDERS
from tests.reading.transitions import Transitions

SITTING = ("active", "on_leave")


class BodyFields(Transitions):
    """Seats and memberships."""

    def Body_seats(self, row: Any, **page: Any) -> Thing:
        return self.page("Seat", "Body.seats", self.world.of("seat", body_id=row.id), **page)

    def Body_memberships(self, row: Any, **page: Any) -> Thing:
        return self.page("Membership", "Body.memberships", self.world.of("membership", body_id=row.id), **page)

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
