"""What is kept of whoever sits in bodies. That they sat there, and what they did there, is public and stays."""

from __future__ import annotations

from hub.bodies.interest_models import InterestDeclaration
from hub.bodies.joining_models import JoinRequest
from hub.bodies.seat_models import Membership
from hub.personal_data.of_people import LEADS_BACK
from hub.personal_data.registry import Fate, Personal, any_id

OF_BODIES = (
    Personal(
        model=Membership,
        section="memberships",
        whose=lambda row, who: row.person_id == who.person_id,
        told="id body_id seat_id name organization_id alternate state valid_from valid_until reason gender created_at",
        untold={
            "person_id": LEADS_BACK,
            "appointed_by_vote_id": "public_act",
            "appointed_by_instrument_id": "public_act",
        },
        fate=Fate.UNLINKED,
        emptied="person_id name reason gender",
        kept="KEPT_SEATS",
        order="valid_from",
    ),
    Personal(
        model=InterestDeclaration,
        section="interests",
        whose=lambda row, who: row.membership_id == any_id(who.memberships),
        told="id body_id membership_id kind state summary organization_id matter since until replaces_id review_note"
        " declared_at reviewed_at",
        fate=Fate.UNLINKED,
        emptied="summary organization_id matter since until review_note",
        kept="KEPT_SEATS",
        order="declared_at",
    ),
    Personal(
        model=JoinRequest,
        section="join_requests",
        whose=lambda row, who: row.person_id == who.person_id,
        told="id body_id kind organization_id seat_id statement state answer sent_at lapses_at answered_at",
        untold={"person_id": LEADS_BACK},
        fate=Fate.GONE,
        order="sent_at",
    ),
)
