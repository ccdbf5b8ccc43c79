"""Entering what came in otherwise: the staff writes down paper sheets, letters, and what was said at a hearing.

Such a response shows by which way it came in. It counts by the day on which it was received, not by when somebody
found the time to write it down.
"""

from __future__ import annotations

import datetime as dt

from hub.changes.change import Change
from hub.consultations.answering_rules import may_enter
from hub.consultations.models import Anonymity, Consultation
from hub.consultations.respondents import PUBLIC_BODIES, Respondent
from hub.consultations.response_models import Channel, RespondentKind, Response
from hub.consultations.rules import ConsultationFacts
from hub.consultations.sheets import AnswerSheet
from hub.consultations.writing import write_response
from hub.errors import Invalid, Problem, require
from hub.people.models import Organization
from hub.timetables.zones import Declared, instant_of, within

BY_STAFF = frozenset({Channel.EMAIL, Channel.PAPER, Channel.HEARING, Channel.ASSISTED})
"""The ways by which a response reaches the staff, who writes it down."""


async def enter(change: Change, sheet: AnswerSheet, *, received: dt.datetime) -> Response:
    """Write down a response that was received at a time on the wall, in the consultation's zone."""
    consultation = await change.find(Consultation, sheet.consultation_id)
    require(may_enter(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    problems = [] if sheet.channel in BY_STAFF else [Problem("NOT_BY_STAFF", ("channel",))]
    at = _instant(change, consultation, received)
    if isinstance(at, Problem):
        raise Invalid([*problems, at])
    if problems:
        raise Invalid(problems)
    respondent = await _respondent(change, sheet, consultation)
    return await write_response(change, sheet, consultation, respondent, participation_id=None, entered=at)


def _instant(change: Change, consultation: Consultation, received: dt.datetime) -> dt.datetime | Problem:
    """Return the instant that the clock on the wall showed, or why nothing can have been received then."""
    at = instant_of(Declared(received, consultation.zone))
    if isinstance(at, Problem):
        return Problem(at.code, ("received",), at.facts)
    if at > change.at or not within(at, opens_at=consultation.opens_at, closes_at=consultation.late_until):
        facts = {"opens_at": consultation.opens_at, "late_until": consultation.late_until, "zone": consultation.zone}
        return Problem("NOT_RECEIVED_THEN", ("received",), facts)
    return at


async def _respondent(change: Change, sheet: AnswerSheet, consultation: Consultation) -> Respondent:
    """Return in whose name it was said: an organisation's, or a person's whom the hub does not know."""
    if sheet.claim.organization_id is None:
        anonymous = consultation.anonymity is Anonymity.ANONYMOUS
        return Respondent(RespondentKind.ANONYMOUS if anonymous else RespondentKind.INDIVIDUAL)
    organization = await change.find(Organization, sheet.claim.organization_id)
    kind = RespondentKind.PUBLIC_BODY if organization.kind in PUBLIC_BODIES else RespondentKind.ORGANIZATION
    return Respondent(kind, organization_id=organization.id)
