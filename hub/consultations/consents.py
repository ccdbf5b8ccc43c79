"""Consent: how a respondent lets a response and each of its answers be published, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import Sensitivity
from hub.consultations.respondents import Respondent
from hub.consultations.response_models import ConsentLevel
from hub.consultations.sheets import AnswerSheet
from hub.errors import Problem
from hub.hashing import content_hash
from hub.text import LocalizedText

OPENNESS = (
    ConsentLevel.NOT_PUBLISHED,
    ConsentLevel.WITHOUT_NAME,
    ConsentLevel.ORGANIZATION_NAME,
    ConsentLevel.WITH_NAME,
)
"""The levels, from the closest to the most open."""

NAMING = frozenset({ConsentLevel.WITH_NAME, ConsentLevel.ORGANIZATION_NAME})
"""The levels at which the organisation that answered is named."""


def notice_hash(notice: LocalizedText | None) -> str | None:
    """Return the hash of a privacy notice, by which a consent tells with which notice it was given."""
    return None if notice is None else content_hash(notice.to_json())


def published(whole: ConsentLevel, own: ConsentLevel | None, sensitivity: Sensitivity) -> bool:
    """Whether everybody may read an answer once the response may be read: both consents and the question allow it.

    An answer stands beside the name that its response bears, so one that may not bear that name is not shown there.
    """
    if sensitivity is not Sensitivity.PUBLIC or whole is ConsentLevel.NOT_PUBLISHED:
        return False
    return own is None or not wider(whole, own)


def wider(level: ConsentLevel, other: ConsentLevel) -> bool:
    """Whether a level publishes more than another one."""
    return OPENNESS.index(level) > OPENNESS.index(other)


def problems_of_consent(sheet: AnswerSheet, consultation: Consultation, respondent: Respondent) -> Iterator[Problem]:
    """Walk through what is wrong with the consent: the notice was another one, or there is no name to publish."""
    if sheet.notice_hash != consultation.notice_hash:
        yield Problem("NOTICE_CHANGED" if sheet.notice_hash else "CONSENT_REQUIRED", ("noticeHash",))
    yield from level_problems(sheet.consent, respondent, ("consent",))
    for n, answer in enumerate(sheet.answers):
        if answer.consent is not None and wider(answer.consent, sheet.consent):
            yield Problem("CONSENT_WIDER_THAN_RESPONSE", ("answers", str(n), "consent"), {"question": answer.question})


def level_problems(level: ConsentLevel, respondent: Respondent, path: tuple[str, ...]) -> Iterator[Problem]:
    """Walk through what is wrong with a level for this respondent."""
    if level is ConsentLevel.ORGANIZATION_NAME and respondent.organization_id is None:
        yield Problem("NO_ORGANIZATION_TO_NAME", path)
    if level is ConsentLevel.WITH_NAME and respondent.person_id is None:
        yield Problem("NO_NAME_TO_PUBLISH", path)
