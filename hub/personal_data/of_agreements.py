"""What is kept of whoever signed agreements: that it was signed, for whom and on which day, is a public act."""

from __future__ import annotations

from hub.agreements.models import AgreementParty
from hub.personal_data.of_people import LEADS_BACK
from hub.personal_data.registry import Fate, Personal

OF_AGREEMENTS = (
    Personal(
        model=AgreementParty,
        section="agreements",
        whose=lambda row, who: row.person_id == who.person_id,
        told="id agreement_id position body_id organization_id signatory signed_on recorded",
        untold={"person_id": LEADS_BACK},
        fate=Fate.UNLINKED,
        emptied="person_id signatory",
        kept="KEPT_ACTS",
        order="signed_on",
    ),
)
