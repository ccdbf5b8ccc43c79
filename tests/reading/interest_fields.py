"""Declared interests a second time: a summary for everybody, the rest for those who sit in the body."""

from __future__ import annotations

from typing import Any

from hub.bodies.interest_models import InterestState
from hub.bodies.interest_rules import may_review_interest
from tests.reading.body_fields import SITTING, BodyFields
from tests.reading.ground import Thing, zoned_day
from tests.reading.seeing import INSIDERS


class InterestFields(BodyFields):
    """What members of bodies declared."""

    def sees_interest_declaration(self, row: Any) -> bool:
        return self.published(row.body_id)

    def Body_interestDeclarations(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("interest_declaration", body_id=row.id)
        return self.page("InterestDeclaration", "Body.interestDeclarations", rows, **page)

    def Membership_interestDeclarations(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("interest_declaration", membership_id=row.id)
        return self.page("InterestDeclaration", "Membership.interestDeclarations", rows, **page)

    def Membership_interestsDue(self, row: Any) -> bool:
        said = self.world.of("interest_declaration", membership_id=row.id)
        return row.state in SITTING and all(one.state == "superseded" for one in said)

    def fits_membership_interests_due(self, row: Any, value: bool) -> bool:
        return self.Membership_interestsDue(row) is value

    def told_the_rest(self, row: Any) -> bool:
        """Whether the viewer declared it, or sits in the body with whoever did."""
        declared_by = self.world.get("membership", row.membership_id)
        return self.is_ones_own(declared_by) or self.viewer.holds(INSIDERS, row.body_id)

    def InterestDeclaration_replaces(self, row: Any) -> Thing | None:
        return self.one("InterestDeclaration", row.replaces_id)

    def InterestDeclaration_organization(self, row: Any) -> Thing | None:
        return self.one("Organization", row.organization_id) if self.told_the_rest(row) else None

    def InterestDeclaration_matter(self, row: Any) -> str | None:
        return row.matter if self.told_the_rest(row) else None

    def InterestDeclaration_reviewNote(self, row: Any) -> str | None:
        return row.review_note if self.told_the_rest(row) else None

    def InterestDeclaration_since(self, row: Any) -> str | None:
        return zoned_day(row.since) if row.since and self.told_the_rest(row) else None

    def InterestDeclaration_until(self, row: Any) -> str | None:
        return zoned_day(row.until) if row.until and self.told_the_rest(row) else None

    def InterestDeclaration_availableTransitions(self, row: Any) -> list[Thing]:
        if row.state != "declared":
            return []
        person_id = self.world.get("membership", row.membership_id).person_id
        viewer = self.acting_viewer()  # type: ignore[attr-defined]
        verdict = may_review_interest(viewer, body_id=row.body_id, person_id=person_id, state=InterestState(row.state))
        return self.verdicts([("review_interest", verdict)])  # type: ignore[attr-defined, no-any-return]

    def Recusal_interest(self, row: Any) -> Thing | None:
        return self.one("InterestDeclaration", row.interest_id)
