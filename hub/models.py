"""Every table and its rule of visibility, gathered; import this before a statement is made."""

import hub.agreements.models
import hub.agreements.visibility
import hub.allowances.models
import hub.allowances.visibility
import hub.bodies.interest_models
import hub.bodies.models
import hub.bodies.seat_models
import hub.bodies.visibility
import hub.changes.models
import hub.changes.visibility
import hub.consultations.models
import hub.consultations.questionnaire_models
import hub.consultations.report_models
import hub.consultations.response_models
import hub.consultations.result_models
import hub.consultations.visibility
import hub.files.models
import hub.files.visibility
import hub.identity.models
import hub.identity.provider_models
import hub.identity.sign_in_models
import hub.identity.visibility
import hub.instruments.effect_models
import hub.instruments.models
import hub.instruments.visibility
import hub.mail.models
import hub.mail.visibility
import hub.mandates.duty_models
import hub.mandates.models
import hub.mandates.visibility
import hub.people.models
import hub.people.visibility
import hub.personal_data.models
import hub.personal_data.visibility
import hub.register.models
import hub.register.visibility
import hub.sessions.convocation_models
import hub.sessions.minutes_models
import hub.sessions.minutes_visibility
import hub.sessions.models
import hub.sessions.visibility
import hub.sessions.vote_models
import hub.sessions.vote_visibility
import hub.studies.dataset_models
import hub.studies.models
import hub.studies.review_models
import hub.studies.revision_models
import hub.studies.visibility  # noqa: F401 - registers the rules
from hub.database.base import Base

metadata = Base.metadata
