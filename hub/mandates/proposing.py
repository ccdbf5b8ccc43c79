"""Proposing a work by own initiative, of any kind, and ordering it with a published reason."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.clock import day_of
from hub.errors import Invalid, Problem, require
from hub.instruments.soundness import LONGEST_NOTE, LONGEST_TITLE, due_problems, responsible_problem
from hub.mandates.facts import facts_of
from hub.mandates.models import Mandate, MandateKind
from hub.mandates.notices import publish_mandate
from hub.mandates.ordering import OwnInitiative, order, propose, reword
from hub.mandates.rules import may_edit_mandate, may_order_mandate, may_propose
from hub.register.models import CreatedVia
from hub.register.rewriting import entry_as_read
from hub.text import LocalizedText, problems_with_text


async def propose_mandate(
    change: Change,
    body_id: UUID,
    initiative: OwnInitiative,
    *,
    kind: MandateKind,
    title: LocalizedText,
    faults: tuple[Problem, ...] = (),
) -> Mandate:
    """Propose that a body order a work by its own initiative; its staff sees it until it is ordered."""
    body = await change.find(Body, body_id)
    require(may_propose(change.viewer, body_id=body.id))
    await _require_sound(change, initiative, title, faults)
    mandate = await propose(change, initiative, kind=kind, title=title, body_id=body.id, via=CreatedVia.API)
    change.results["mandate"] = str(mandate.id)
    return mandate


async def edit_mandate(
    change: Change,
    mandate_id: UUID,
    initiative: OwnInitiative,
    *,
    title: LocalizedText,
    based_on: dt.datetime | None = None,
    faults: tuple[Problem, ...] = (),
) -> Mandate:
    """Write anew what was proposed."""
    mandate = await change.take(Mandate, mandate_id)
    require(may_edit_mandate(change.viewer, await facts_of(change, mandate)))
    await entry_as_read(change, mandate.id, based_on)
    await _require_sound(change, initiative, title, faults)
    await reword(change, mandate, initiative, title=title)
    change.results["mandate"] = str(mandate.id)
    return mandate


async def order_mandate(change: Change, mandate_id: UUID) -> Mandate:
    """Order what was proposed: it is public from now on, with its reason, and has its folio."""
    mandate = await change.take(Mandate, mandate_id)
    require(may_order_mandate(change.viewer, await facts_of(change, mandate)))
    await order(change, mandate)
    await publish_mandate(change, mandate)
    change.results["mandate"] = str(mandate.id)
    return mandate


async def _require_sound(
    change: Change, initiative: OwnInitiative, title: LocalizedText, faults: tuple[Problem, ...]
) -> None:
    languages = [*title.translations]
    texts = (
        ("title", title, LONGEST_TITLE),
        ("reason", initiative.reason, LONGEST_NOTE),
        ("question", initiative.question, LONGEST_NOTE),
        ("budgetNote", initiative.budget_note, LONGEST_NOTE),
    )
    problems = [*faults]
    for name, text, longest in texts:
        if text is not None and not any(fault.path[:1] == (name,) for fault in faults):
            problems += problems_with_text(text, (name,), longest=longest, languages=languages)
    problems += due_problems(initiative.due_on, ("dueOn",), today=day_of(change.at))
    unknown = await responsible_problem(change, initiative.responsible, ("responsibleId",))
    if unknown is not None and not any(fault.path == unknown.path for fault in faults):
        problems.append(unknown)
    if problems:
        raise Invalid(problems)
