"""What is kept of those who work on studies and review them. What they wrote is the study's, and stays without them."""

from __future__ import annotations

from hub.personal_data.of_people import LEADS_BACK
from hub.personal_data.registry import Fate, Personal
from hub.studies.models import StudyMember
from hub.studies.review_models import PeerReview

OF_STUDIES = (
    Personal(
        model=StudyMember,
        section="study_teams",
        whose=lambda row, who: row.person_id == who.person_id,
        told="id study_id name role organization_id interests declared_at joined_at left_at",
        untold={"person_id": LEADS_BACK},
        fate=Fate.UNLINKED,
        emptied="person_id name interests",
        kept="KEPT_STUDIES",
        order="joined_at",
    ),
    Personal(
        model=PeerReview,
        section="peer_reviews",
        whose=lambda row, who: row.person_id == who.person_id,
        told="id study_id revision_id name blind state verdict report interests authors_answer reason due_on invited_at"
        " delivered_at answered_at",
        untold={"person_id": LEADS_BACK},
        fate=Fate.UNLINKED,
        emptied="person_id name interests reason",
        kept="KEPT_STUDIES",
        order="invited_at",
    ),
)
