"""Deciding about late responses: an analyst admits or refuses what is held, with a reason that is published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.consultations.answering_rules import ResponseFacts, may_admit, may_decide
from hub.consultations.lifecycles import RESPONSE_LIFE
from hub.consultations.models import Consultation
from hub.consultations.noticing import reason_problems
from hub.consultations.response_events import ResponseAdmitted, ResponseRefused
from hub.consultations.response_models import Receipt, Response
from hub.consultations.rules import ConsultationFacts
from hub.consultations.writing import count_answers
from hub.errors import Invalid, Problem, Verdict, require, without_unread
from hub.text import LocalizedText
from hub.viewer import Viewer


async def admit(
    change: Change, response_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Response:
    """Let a response that is held count."""
    response = await _held(change, response_id, may_admit, reason, faults)
    await change.move(response, RESPONSE_LIFE, "admit", ResponseAdmitted(**_facts(response)))
    await count_answers(change, response, counted=True)
    return response


async def refuse(
    change: Change, response_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Response:
    """Keep a response that is held from counting for good; it stays with whoever gave it."""
    response = await _held(change, response_id, may_decide, reason, faults)
    await change.move(response, RESPONSE_LIFE, "refuse", ResponseRefused(**_facts(response)))
    return response


async def _held(
    change: Change,
    response_id: UUID,
    rule: Callable[[Viewer, ResponseFacts], Verdict],
    reason: LocalizedText,
    faults: tuple[Problem, ...],
) -> Response:
    response = await change.take(Response, response_id)
    consultation = await change.find(Consultation, response.consultation_id)
    facts = ConsultationFacts.of(consultation, now=change.at)
    require(rule(change.viewer, ResponseFacts(consultation=facts, state=response.state, own=False)))
    problems = without_unread(reason_problems(reason), faults)
    if problems:
        raise Invalid(problems)
    response.decision_reason = reason
    receipt = select(Receipt.code).filter_by(response_id=response_id)
    change.results |= {
        "consultation": str(response.consultation_id),
        "response": str(response_id),
        "receipt": (await change.session.execute(receipt)).scalar_one(),
    }
    return response


def _facts(response: Response) -> dict[str, Any]:
    return {
        "response_id": response.id,
        "consultation_id": response.consultation_id,
        "revision_id": response.revision_id,
        "channel": response.channel,
    }
