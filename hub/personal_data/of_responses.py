"""What is kept of what somebody said in consultations, as far as anything leads to them, and of their letters."""

from __future__ import annotations

from hub.consultations.response_models import (
    Answer,
    AnswerChoice,
    Participation,
    PublicationConsent,
    Receipt,
    Response,
    ResponseDraft,
    TextFingerprint,
)
from hub.mail.models import Letter
from hub.personal_data.registry import Fate, Personal, any_digest, any_id

MACHINERY = "machinery"
IN_IT = "told_with_it"


OF_RESPONSES = (
    Personal(
        model=Participation,
        section="participations",
        whose=lambda row, who: row.id == any_id(who.participations),
        told="consultation_id ordinal",
        untold={"id": IN_IT, "pseudonym": "pseudonym"},
        fate=Fate.SPOKEN_FOR,
        kept="KEPT_PARTICIPATIONS",
    ),
    Personal(
        model=Response,
        section="responses",
        whose=lambda row, who: row.id == any_id(who.responses),
        told="id consultation_id revision_id state timeliness respondent_kind respondent_name territory_id channel"
        " consent language received_at content_hash replaces_id decision_reason",
        untold={
            "participation_id": IN_IT,
            "named_person_id": IN_IT,
            "organization_id": "of_organization",
            "salt": "salt",
            "similar_to_id": "of_others",
            "imported_from": "of_import",
        },
        fate=Fate.SPOKEN_FOR,
        kept="KEPT_RESPONSES",
        order="received_at",
    ),
    Personal(
        model=Response,
        section="named_by_organizations",
        whose=lambda row, who: (row.named_person_id == who.person_id) & row.organization_id.is_not(None),
        told="id consultation_id organization_id respondent_name received_at",
        fate=Fate.SPOKEN_FOR,
        emptied="named_person_id respondent_name",
        order="received_at",
    ),
    Personal(
        model=Answer,
        section="answers",
        whose=lambda row, who: row.response_id == any_id(who.responses),
        told="response_id question_id text number day territory_id file_id agreed consent published",
        untold={"lineage_id": MACHINERY, "counted": MACHINERY},
        fate=Fate.SPOKEN_FOR,
        kept="KEPT_RESPONSES",
    ),
    Personal(
        model=AnswerChoice,
        section="choices",
        whose=lambda row, who: row.response_id == any_id(who.responses),
        told="response_id question_id row_code option_code place",
        untold={"lineage_id": MACHINERY, "counted": MACHINERY},
        fate=Fate.SPOKEN_FOR,
        kept="KEPT_RESPONSES",
    ),
    Personal(
        model=PublicationConsent,
        section="consents",
        whose=lambda row, who: row.response_id == any_id(who.responses),
        told="response_id question_id level notice_hash given_at",
        untold={"id": IN_IT},
        fate=Fate.SPOKEN_FOR,
        kept="KEPT_CONSENTS",
        order="given_at",
    ),
    Personal(
        model=Receipt,
        section="receipts",
        whose=lambda row, who: row.response_id == any_id(who.responses),
        told="response_id code content_hash issued_at",
        fate=Fate.KEPT,
        kept="KEPT_RECEIPTS",
    ),
    Personal(
        model=TextFingerprint,
        section="fingerprints",
        whose=lambda row, who: row.response_id == any_id(who.responses),
        told="",
        untold={"response_id": MACHINERY, "band": MACHINERY, "consultation_id": MACHINERY, "bits": MACHINERY},
        fate=Fate.SPOKEN_FOR,
    ),
    Personal(
        model=ResponseDraft,
        section="drafts",
        whose=lambda row, who: row.id == any_id(who.drafts),
        told="consultation_id revision_id state edition answers last_section language saved_at expires_at",
        untold={
            "id": IN_IT,
            "pseudonym": "pseudonym",
            "organization_id": "of_organization",
            "code": "by_code",
            "secret_digest": "by_code",
        },
        fate=Fate.SPOKEN_FOR,
        kept="KEPT_DRAFTS",
        order="saved_at",
    ),
    Personal(
        model=Letter,
        section="letters",
        whose=lambda row, who: row.recipient == any_digest(who.address_digests),
        told="kind language written_at due_at attempts",
        sealed={"content": "facts"},
        untold={
            "id": IN_IT,
            "cause": "cause",
            "recipient": "keyed_digest",
            "state": "waiting_only",
            "unsure": MACHINERY,
            "last_reply": MACHINERY,
            "good_until": MACHINERY,
            "finished_at": "waiting_only",
        },
        fate=Fate.SPOKEN_FOR,
        kept="KEPT_LETTERS",
        order="written_at",
    ),
)
