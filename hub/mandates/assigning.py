"""Assigning a mandate to somebody else, or to another day: with a reason that is published."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.changes.change import Change
from hub.clock import day_of
from hub.errors import Conflict, Invalid, Problem, require
from hub.instruments.drafts import Responsible
from hub.instruments.soundness import LONGEST_NOTE, due_problems, responsible_problem
from hub.mandates.duty_models import MandateNoticeKind
from hub.mandates.events import MandateReassigned, MandateRescheduled
from hub.mandates.facts import facts_of
from hub.mandates.models import MANDATE_LIFE, Mandate
from hub.mandates.notices import note
from hub.mandates.rules import may_reassign, may_reschedule, responsible_for
from hub.text import LocalizedText, problems_with_text


async def reassign(
    change: Change,
    mandate_id: UUID,
    responsible: Responsible,
    *,
    reason: LocalizedText,
    faults: tuple[Problem, ...] = (),
) -> Mandate:
    """Charge somebody else with the work, who has yet to accept it."""
    mandate = await change.take(Mandate, mandate_id)
    require(may_reassign(change.viewer, await facts_of(change, mandate)))
    problems = reason_problems(mandate, reason, faults)
    unknown = await responsible_problem(change, responsible, ("responsibleId",))
    if unknown is not None and not any(fault.path == unknown.path for fault in faults):
        problems.append(unknown)
    if problems:
        raise Invalid(problems)
    if responsible == responsible_for(mandate):
        raise Conflict("RESPONSIBLE_ALREADY", path=("responsibleId",))
    for column, id_ in responsible.columns().items():
        setattr(mandate, column, id_)
    await change.move(mandate, MANDATE_LIFE, "reassign", MandateReassigned(mandate_id=mandate.id))
    await note(change, mandate, MandateNoticeKind.REASSIGNMENT, reason)
    change.results["mandate"] = str(mandate.id)
    return mandate


async def reschedule(
    change: Change,
    mandate_id: UUID,
    *,
    due_on: dt.date | None,
    reason: LocalizedText,
    faults: tuple[Problem, ...] = (),
) -> Mandate:
    """Name another day on which the work is due, or none."""
    mandate = await change.take(Mandate, mandate_id)
    require(may_reschedule(change.viewer, await facts_of(change, mandate)))
    problems = reason_problems(mandate, reason, faults)
    problems += due_problems(due_on, ("dueOn",), today=day_of(change.at))
    if problems:
        raise Invalid(problems)
    if due_on == mandate.due_on:
        raise Conflict("DUE_ALREADY", path=("dueOn",))
    mandate.due_on = due_on
    change.record(MandateRescheduled(mandate_id=mandate.id))
    await note(change, mandate, MandateNoticeKind.RESCHEDULING, reason)
    change.results["mandate"] = str(mandate.id)
    return mandate


def reason_problems(mandate: Mandate, reason: LocalizedText, faults: tuple[Problem, ...]) -> list[Problem]:
    """Return what is wrong with the reason of an act about a mandate, which is published in the mandate's languages."""
    languages = [*mandate.title.translations]
    return [*faults] or problems_with_text(reason, ("reason",), longest=LONGEST_NOTE, languages=languages)
