"""Whether somebody may answer a consultation now, and if not, why: what the hub says, and what to do about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from frontend_stub.questionnaires.underway import Underway
from frontend_stub.writing import OVER, now

OF_THE_PERSON = frozenset(
    {
        "VERIFICATION_NEEDED",
        "ASSURANCE_NEEDED",
        "ALREADY_RESPONDED",
        "ALREADY_RESPONDED_ANONYMOUSLY",
        "RESPONDED_OFTEN_ENOUGH",
    }
)
"""What keeps a person from answering, and not the organisation that they speak for."""

RESPONDED = frozenset({"ALREADY_RESPONDED", "ALREADY_RESPONDED_ANONYMOUSLY", "RESPONDED_OFTEN_ENOUGH"})

OUT_OF_COURSE = {
    "SCHEDULED": "CONSULTATION_NOT_OPEN_YET",
    "SUSPENDED": "CONSULTATION_SUSPENDED",
    "WITHDRAWN": "CONSULTATION_WITHDRAWN",
}
GONE = frozenset({"CONSULTATION_CLOSED", "CONSULTATION_WITHDRAWN", "UNLINKED"})
CONFLICT = frozenset({"CONSULTATION_SUSPENDED", "CONSULTATION_NOT_OPEN_YET", "CONSULTATION_NOT_PUBLISHED"})


@dataclass(frozen=True)
class Barred:
    """Why it is not possible to answer now."""

    code: str
    message: str = ""

    @property
    def status(self) -> int:
        """How an act that this bars is answered."""
        return 410 if self.code in GONE else 409 if self.code in CONFLICT or self.code in RESPONDED else 403


def barred(response: Underway) -> Barred | None:
    """Return why this response may not be begun or gone on with; None where it may."""
    consultation = response.consultation
    state = consultation["state"]
    if state in OUT_OF_COURSE:
        return Barred(OUT_OF_COURSE[state])
    if consultation["identityPolicy"] == "IMPORTED":
        return Barred("CONSULTATION_IMPORTED")
    over = dt.datetime.fromisoformat(consultation["lateUntil"])
    if state in OVER and not response.viewer["signedIn"] and now() >= over:
        return Barred("CONSULTATION_CLOSED")
    move = response.move("submit")
    if move["allowed"]:
        return None
    reason = move["reason"]
    if response.organization is not None and reason["code"] in OF_THE_PERSON:
        return None
    if reason["code"] in RESPONDED and is_change(response) and response.draft is not None:
        return None
    return Barred(reason["code"], reason["message"])


def is_change(response: Underway) -> bool:
    """Whether what is sent now takes the place of what was sent before."""
    if response.organization is not None:
        return response.former is not None
    return not response.move("submit")["allowed"] and bool(response.move("replace")["allowed"])
