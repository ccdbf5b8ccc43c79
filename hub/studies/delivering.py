"""Delivering in steps: each has its day, is handed in, and is accepted or returned with reasons."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.changes.event import Event
from hub.database.base import uuid7
from hub.errors import Problem, require
from hub.studies.events import MilestoneAccepted, MilestoneDropped, MilestoneHandedIn, MilestoneReturned, MilestoneSet
from hub.studies.facts import facts_of
from hub.studies.models import MILESTONE_LIFE, Study, StudyMilestone
from hub.studies.passages import HEADING, Passage, number_problems, passage, require_sound, text_problems
from hub.studies.records import touch
from hub.studies.rules import (
    may_arrange_study,
    may_decide_milestone,
    may_drop_milestone,
    may_hand_in_milestone,
)
from hub.text import LocalizedText

MOST_MILESTONES = 50
MOST_PAYMENT = 2**31 - 1


async def set_milestone(
    change: Change,
    study_id: UUID,
    *,
    title: LocalizedText,
    due_on: dt.date,
    payment: int | None = None,
    faults: tuple[Problem, ...] = (),
) -> StudyMilestone:
    """Set a step of a study: what is to be handed in by which day, and what is paid for it."""
    study = await change.take(Study, study_id)
    require(may_arrange_study(change.viewer, await facts_of(change, study.id)))
    last = select(func.max(StudyMilestone.number)).filter_by(study_id=study.id)
    number = (await change.session.scalar(last) or 0) + 1
    problems = [
        *text_problems(Passage(("title",), title, HEADING)),
        *number_problems("payment", payment, 0, MOST_PAYMENT),
    ]
    if number > MOST_MILESTONES:
        problems.append(Problem("OUT_OF_RANGE", ("title",), {"least": 1, "most": MOST_MILESTONES}))
    require_sound(problems, faults)
    milestone = StudyMilestone(
        id=uuid7(), study_id=study.id, number=number, title=title, due_on=due_on, payment=payment
    )
    set_ = MilestoneSet(study_id=study.id, milestone_id=milestone.id)
    await change.bear(milestone, MILESTONE_LIFE, "set_milestone", set_)
    return await _told(change, milestone)


async def hand_in_milestone(
    change: Change, milestone_id: UUID, *, note: LocalizedText, faults: tuple[Problem, ...] = ()
) -> StudyMilestone:
    """Hand in what a step asks for, and say what that is."""
    milestone = await change.take(StudyMilestone, milestone_id)
    facts = await facts_of(change, milestone.study_id)
    require(may_hand_in_milestone(change.viewer, facts, milestone.state))
    require_sound(text_problems(passage("note", note)), faults)
    milestone.handed_in_note, milestone.handed_in_at = note, change.at
    return await _moved(change, milestone, "hand_in_milestone", MilestoneHandedIn(**_facts(milestone)))


async def accept_milestone(change: Change, milestone_id: UUID) -> StudyMilestone:
    """Accept what was handed in."""
    milestone = await change.take(StudyMilestone, milestone_id)
    facts = await facts_of(change, milestone.study_id)
    require(may_decide_milestone(change.viewer, facts, milestone.state))
    milestone.decision_reason, milestone.decided_at = None, change.at
    return await _moved(change, milestone, "accept_milestone", MilestoneAccepted(**_facts(milestone)))


async def return_milestone(
    change: Change, milestone_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> StudyMilestone:
    """Return what was handed in, and say what is wrong with it."""
    milestone = await change.take(StudyMilestone, milestone_id)
    facts = await facts_of(change, milestone.study_id)
    require(may_decide_milestone(change.viewer, facts, milestone.state))
    require_sound(text_problems(passage("reason", reason)), faults)
    milestone.decision_reason, milestone.decided_at = reason, change.at
    return await _moved(change, milestone, "return_milestone", MilestoneReturned(**_facts(milestone)))


async def drop_milestone(
    change: Change, milestone_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> StudyMilestone:
    """Drop a step that is not wanted any more, and say why."""
    milestone = await change.take(StudyMilestone, milestone_id)
    facts = await facts_of(change, milestone.study_id)
    require(may_drop_milestone(change.viewer, facts, milestone.state))
    require_sound(text_problems(passage("reason", reason)), faults)
    milestone.decision_reason, milestone.decided_at = reason, change.at
    return await _moved(change, milestone, "drop_milestone", MilestoneDropped(**_facts(milestone)))


def _facts(milestone: StudyMilestone) -> dict[str, UUID]:
    return {"study_id": milestone.study_id, "milestone_id": milestone.id}


async def _moved(change: Change, milestone: StudyMilestone, by: str, event: Event) -> StudyMilestone:
    await change.move(milestone, MILESTONE_LIFE, by, event)
    return await _told(change, milestone)


async def _told(change: Change, milestone: StudyMilestone) -> StudyMilestone:
    await touch(change, milestone.study_id)
    change.results |= {"study": str(milestone.study_id), "milestone": str(milestone.id)}
    return milestone
