"""Inviting: codes in bulk, told once to whoever hands them out, for a consultation that is for the invited only."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import insert

from hub.changes.change import Change
from hub.consultations.events import InvitationsIssued
from hub.consultations.invitations import digest, new_invitation
from hub.consultations.models import Consultation, Invitation
from hub.consultations.rules import ConsultationFacts, may_invite
from hub.errors import Invalid, Problem, require
from hub.text import problems_with_words

MOST_AT_ONCE = 10_000
LONGEST_BATCH = 200


async def invite(change: Change, consultation_id: UUID, *, count: int, batch: str) -> list[str]:
    """Issue so many invitations and return their codes, which are shown once and kept nowhere."""
    consultation = await change.find(Consultation, consultation_id)
    require(may_invite(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    problems = []
    if not 1 <= count <= MOST_AT_ONCE:
        problems.append(Problem("OUT_OF_RANGE", ("count",), {"least": 1, "most": MOST_AT_ONCE}))
    problems += problems_with_words(batch, "batch", longest=LONGEST_BATCH)
    if problems:
        raise Invalid(problems)
    codes = [new_invitation() for _ in range(count)]
    rows = [
        {
            "id": uuid4(),
            "consultation_id": consultation_id,
            "digest": digest(code),
            "batch": batch,
            "issued_on": change.at.date(),
        }
        for code in codes
    ]
    await change.session.execute(insert(Invitation), rows)
    change.record(InvitationsIssued(consultation_id=consultation_id, count=count))
    change.results["consultation"] = str(consultation_id)
    change.secrets["codes"] = codes
    return codes
