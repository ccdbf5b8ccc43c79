"""Every state machine, gathered; the database holds the same moves."""

from __future__ import annotations

from hub.agreements.models import AGREEMENT_LIFE
from hub.bodies.interest_models import INTEREST_LIFE
from hub.bodies.joining_models import JOIN_LIFE
from hub.bodies.models import BODY_LIFE
from hub.bodies.seat_models import MEMBERSHIP_LIFE, SEAT_LIFE
from hub.consultations.lifecycles import CONSULTATION_LIFE, REPORT_LIFE, RESPONSE_LIFE, STATEMENT_LIFE
from hub.instruments.models import INSTRUMENT_LIFE
from hub.mandates.duty_models import WORK_PROGRAMME_LIFE
from hub.mandates.models import MANDATE_LIFE
from hub.people.models import REPRESENTATION_LIFE
from hub.sessions.minutes_models import ACTION_ITEM_LIFE, MINUTES_LIFE, OBSERVATION_LIFE
from hub.sessions.models import AGENDA_ITEM_LIFE, SESSION_LIFE
from hub.sessions.vote_models import MOTION_LIFE, VOTE_LIFE
from hub.studies.models import MILESTONE_LIFE, STUDY_LIFE
from hub.studies.review_models import REVIEW_LIFE
from hub.studies.revision_models import FINDING_LIFE, REVISION_LIFE

MACHINES = (
    REPRESENTATION_LIFE,
    BODY_LIFE,
    SEAT_LIFE,
    MEMBERSHIP_LIFE,
    JOIN_LIFE,
    INTEREST_LIFE,
    SESSION_LIFE,
    AGENDA_ITEM_LIFE,
    MOTION_LIFE,
    VOTE_LIFE,
    MINUTES_LIFE,
    OBSERVATION_LIFE,
    ACTION_ITEM_LIFE,
    INSTRUMENT_LIFE,
    MANDATE_LIFE,
    WORK_PROGRAMME_LIFE,
    AGREEMENT_LIFE,
    CONSULTATION_LIFE,
    RESPONSE_LIFE,
    STUDY_LIFE,
    MILESTONE_LIFE,
    REVISION_LIFE,
    FINDING_LIFE,
    REVIEW_LIFE,
    REPORT_LIFE,
    STATEMENT_LIFE,
)
