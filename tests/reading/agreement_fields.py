"""Agreements a second time: who sees them, who makes them, and whether they are in force."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.agreements.models import AgreementState
from hub.agreements.rules import AgreementFacts, SigningFacts, agreement_verdicts, may_sign_agreement
from tests.reading.ground import Thing
from tests.reading.seeing import INSIDERS
from tests.reading.study_fields import StudyFields


class AgreementFields(StudyFields):
    """What bodies and organisations agreed with one another."""

    def sees_agreement(self, row: Any) -> bool:
        """Everybody does once all have signed it; before that, its parties."""
        return self.published(row.id) or self.is_of_a_party(row.id)

    def is_of_a_party(self, agreement_id: UUID) -> bool:
        """Whether the viewer sits in a body that makes it, or speaks for an organisation that does."""
        parties = self.world.of("agreement_party", agreement_id=agreement_id)
        return self.viewer.signed_in and any(
            self.viewer.holds(INSIDERS, one.body_id)
            or one.organization_id in self.viewer.represents
            or self.publishes_for(one.organization_id)
            for one in parties
        )

    def made_by(self, **who: UUID) -> list[Any]:
        """Return the agreements to which somebody is a party."""
        return [self.world.get("agreement", one.agreement_id) for one in self.world.of("agreement_party", **who)]

    def Query_agreements(self, _: Any, **page: Any) -> Thing:
        return self.page("Agreement", "Query.agreements", self.world.agreement, **page)

    def Query_agreementByFolio(self, _: Any, folio: str) -> Thing | None:
        return self.by_folio("Agreement", folio)  # type: ignore[attr-defined, no-any-return]

    def Body_agreements(self, row: Any, **page: Any) -> Thing:
        return self.page("Agreement", "Body.agreements", self.made_by(body_id=row.id), **page)

    def Organization_agreements(self, row: Any, **page: Any) -> Thing:
        return self.page("Agreement", "Organization.agreements", self.made_by(organization_id=row.id), **page)

    def fits_agreement_body(self, row: Any, value: str) -> bool:
        return row in self.made_by(body_id=self.identified(value, "Body"))

    def fits_agreement_organization(self, row: Any, value: str) -> bool:
        return row in self.made_by(organization_id=self.identified(value, "Organization"))

    def fits_agreement_in_force(self, row: Any, value: bool) -> bool:
        return self.Agreement_inForce(row) is value

    def Agreement_inForce(self, row: Any) -> bool:
        today, until = self.this_day, row.in_force_until
        return row.state == "signed" and row.in_force_from <= today and (until is None or today < until)

    def Agreement_territories(self, row: Any, **page: Any) -> Thing:
        here = [place for place in self.world.territory if place.id in row.territory_ids]
        return self.page("Territory", "Agreement.territories", here, **page)

    def Agreement_parties(self, row: Any) -> list[Thing]:
        return self.in_order("AgreementParty", self.world.of("agreement_party", agreement_id=row.id))  # type: ignore[attr-defined, no-any-return]

    def Agreement_obligations(self, row: Any) -> list[Thing]:
        rows = self.world.of("agreement_obligation", agreement_id=row.id)
        return self.in_order("AgreementObligation", rows)  # type: ignore[attr-defined, no-any-return]

    def Agreement_renewals(self, row: Any) -> list[Thing]:
        rows = sorted(self.world.of("agreement_renewal", agreement_id=row.id), key=lambda one: one.number)
        return [Thing("AgreementRenewal", one) for one in rows]

    def AgreementParty_party(self, row: Any) -> Thing | None:
        return self.one("Body", row.body_id) or self.one("Organization", row.organization_id)

    def AgreementObligation_mandate(self, row: Any) -> Thing | None:
        return self.one("Mandate", row.mandate_id)

    def signing(self, party: Any) -> SigningFacts:
        """Return what the rules want to know of whoever signs for a party."""
        agreement = self.world.get("agreement", party.agreement_id)
        return SigningFacts(
            state=AgreementState(agreement.state),
            kept_by=agreement.body_id,
            body_id=party.body_id,
            signed=party.signed_on is not None,
            speaks=self.viewer.signed_in and self.publishes_for(party.organization_id),
        )

    def Agreement_availableTransitions(self, row: Any) -> list[Thing]:
        facts = AgreementFacts(state=AgreementState(row.state), body_id=row.body_id, in_force_until=row.in_force_until)
        parties = sorted(self.world.of("agreement_party", agreement_id=row.id), key=lambda one: one.position)
        unsigned = [self.signing(one) for one in parties if one.signed_on is None]
        viewer = self.acting_viewer()  # type: ignore[attr-defined]
        found = agreement_verdicts(viewer, facts, unsigned=unsigned, today=self.this_day)
        return self.verdicts(found)  # type: ignore[attr-defined, no-any-return]

    def AgreementParty_viewerMaySign(self, row: Any) -> bool:
        return may_sign_agreement(self.acting_viewer(), self.signing(row)) is True  # type: ignore[attr-defined]
