"""Answering what a study recommends: with reasons, by a day, and saying afterwards what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.errors import Problem, WrongState, require
from hub.instruments.models import Instrument
from hub.studies.facts import finding_facts_of
from hub.studies.passages import passage, require_sound, text_problems
from hub.studies.records import touch
from hub.studies.review_rules import may_answer_finding, may_follow_up
from hub.studies.revision_models import FINDING_LIFE, AnswerDecision, Finding, FindingAnswer, FindingState
from hub.studies.wording_events import FindingAnswered, FindingAnsweredAnew, FindingLeft, FindingTakenUp
from hub.text import LocalizedText

MOST_ANSWERS = 50


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is said to a recommendation."""

    decision: AnswerDecision
    reasons: LocalizedText
    instrument_id: UUID | None = None
    faults: tuple[Problem, ...] = ()


async def answer_finding(change: Change, finding_id: UUID, answer: Answer) -> Finding:
    """Answer a recommendation with reasons. A later answer stands beside the former one, and undoes nothing."""
    finding = await change.take(Finding, finding_id)
    facts = await finding_facts_of(change, finding.id)
    require(may_answer_finding(change.viewer, facts))
    require_sound(text_problems(passage("reasons", answer.reasons)), answer.faults)
    if answer.instrument_id is not None:
        await change.find(Instrument, answer.instrument_id)
    last = select(func.max(FindingAnswer.number)).filter_by(finding_id=finding.id)
    number = (await change.session.scalar(last) or 0) + 1
    if number > MOST_ANSWERS:
        raise WrongState("ANSWERED_OFTEN_ENOUGH", most=MOST_ANSWERS)
    said = FindingAnswer(
        finding_id=finding.id,
        number=number,
        decision=answer.decision,
        reasons=answer.reasons,
        instrument_id=answer.instrument_id,
        recorded=facts.organization_id is not None and not facts.speaks,
        answered_at=change.at,
    )
    await change.add(said)
    known = {"study_id": finding.study_id, "finding_id": finding.id}
    if finding.state is FindingState.OPEN:
        finding.answered_at = change.at
        answered = FindingAnswered(**known, decision=answer.decision)
        await change.move(finding, FINDING_LIFE, "answer_finding", answered)
    else:
        change.record(FindingAnsweredAnew(**known))
    return await _told(change, finding)


async def follow_up(
    change: Change, finding_id: UUID, *, taken_up: bool, note: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Finding:
    """Say whether an answered recommendation was taken up, and what was done."""
    finding = await change.take(Finding, finding_id)
    require(may_follow_up(change.viewer, await finding_facts_of(change, finding.id)))
    require_sound(text_problems(passage("note", note)), faults)
    finding.follow_up, finding.followed_up_at = note, change.at
    known = {"study_id": finding.study_id, "finding_id": finding.id}
    if taken_up:
        await change.move(finding, FINDING_LIFE, "take_up", FindingTakenUp(**known))
    else:
        await change.move(finding, FINDING_LIFE, "leave_finding", FindingLeft(**known))
    return await _told(change, finding)


async def _told(change: Change, finding: Finding) -> Finding:
    await touch(change, finding.study_id)
    change.results |= {"study": str(finding.study_id), "finding": str(finding.id)}
    return finding
