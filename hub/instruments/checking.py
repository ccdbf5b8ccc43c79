"""Checking a wording: everything that is wrong with it at once, each problem with its place.

Every text exists in each language that the title has: who reads one of them reads all of the instrument.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select

from hub.bodies.models import Body
from hub.bodies.seat_models import Membership, MembershipState
from hub.changes.change import Change
from hub.errors import Problem
from hub.instruments.drafts import InstrumentDraft, OrderDraft, RelationDraft, Responsible
from hub.instruments.effect_models import RelationKind
from hub.instruments.models import Instrument, InstrumentState
from hub.people.models import Organization
from hub.text import LocalizedText, problems_with_text

LONGEST_TITLE = 500
LONGEST_TEXT = 50_000
LONGEST_NOTE = 4_000
MOST_SECTIONS = 300
MOST_ORDERS = 50
MOST_RELATIONS = 50
CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")

CHANGING = (RelationKind.AMENDS, RelationKind.REPEALS)
"""What only the body itself may do to an instrument, or the one that follows it or that it belongs to."""

EFFECTIVE = (InstrumentState.PUBLISHED, InstrumentState.AMENDED)
"""The states in which an instrument can be amended or repealed."""

Path = tuple[str, ...]


def check(draft: InstrumentDraft, *, today: dt.date) -> list[Problem]:
    """Return everything that is wrong with the words and the numbers of a wording."""
    found = [*_heads(draft), *_sections(draft, today), *_relations(draft)]
    unread = [fault.path for fault in draft.faults]
    read = [problem for problem in found if not any(problem.path[: len(path)] == path for path in unread)]
    return [*draft.faults, *read]


def _heads(draft: InstrumentDraft) -> Iterator[Problem]:
    languages = [*draft.title.translations]
    yield from _text(draft.title, ("title",), LONGEST_TITLE, languages)
    yield from _text(draft.addressed_to, ("addressedTo",), LONGEST_TITLE, languages)
    yield from _text(draft.note, ("note",), LONGEST_NOTE, languages)


def _sections(draft: InstrumentDraft, today: dt.date) -> Iterator[Problem]:
    languages = [*draft.title.translations]
    if not 1 <= len(draft.sections) <= MOST_SECTIONS:
        yield Problem("OUT_OF_RANGE", ("sections",), {"least": 1, "most": MOST_SECTIONS})
        return
    if sum(len(section.orders) for section in draft.sections) > MOST_ORDERS:
        yield Problem("OUT_OF_RANGE", ("sections",), {"least": 0, "most": MOST_ORDERS})
    taken: set[str] = set()
    for n, section in enumerate(draft.sections):
        path = ("sections", str(n))
        if not CODE.fullmatch(section.code):
            yield Problem("BAD_PARAGRAPH_CODE", (*path, "code"), {"section": section.code[:64]})
        elif section.code in taken:
            yield Problem("DUPLICATE_PARAGRAPH", (*path, "code"), {"section": section.code})
        taken.add(section.code)
        yield from _text(section.heading, (*path, "heading"), LONGEST_TITLE, languages)
        yield from _text(section.text, (*path, "text"), LONGEST_TEXT, languages)
        for m, order in enumerate(section.orders):
            yield from order_problems(order, (*path, "orders", str(m)), languages=languages, today=today)


def order_problems(order: OrderDraft, path: Path, *, languages: Sequence[str], today: dt.date) -> Iterator[Problem]:
    """Walk through what is wrong with the words and the day of a work that is ordered."""
    yield from _text(order.title, (*path, "title"), LONGEST_TITLE, languages)
    yield from _text(order.question, (*path, "question"), LONGEST_NOTE, languages)
    yield from _text(order.budget_note, (*path, "budgetNote"), LONGEST_NOTE, languages)
    yield from due_problems(order.due_on, (*path, "dueOn"), today=today)


def due_problems(due_on: dt.date | None, path: Path, *, today: dt.date) -> Iterator[Problem]:
    """Walk through what is wrong with the day on which a work is due."""
    if due_on is not None and due_on < today:
        yield Problem("DUE_IN_THE_PAST", path, {"today": today})


def _relations(draft: InstrumentDraft) -> Iterator[Problem]:
    if len(draft.relations) > MOST_RELATIONS:
        yield Problem("OUT_OF_RANGE", ("relations",), {"least": 0, "most": MOST_RELATIONS})
    taken: set[UUID] = set()
    for n, relation in enumerate(draft.relations):
        if relation.target_id in taken:
            yield Problem("DUPLICATE_RELATION", ("relations", str(n), "targetId"))
        taken.add(relation.target_id)


def _text(text: LocalizedText | None, path: Path, longest: int, languages: Sequence[str]) -> list[Problem]:
    return [] if text is None else problems_with_text(text, path, longest=longest, languages=languages)


# ---- what it names ---------------------------------------------------------------------------------------------


async def reference_problems(change: Change, draft: InstrumentDraft, *, body_id: UUID) -> list[Problem]:
    """Return what is wrong with the instruments, bodies, organisations and people that a wording names."""
    unread = {fault.path for fault in draft.faults}
    found = [await _relation_problem(change, n, relation, body_id) for n, relation in enumerate(draft.relations)]
    for n, section in enumerate(draft.sections):
        for m, order in enumerate(section.orders):
            path = ("sections", str(n), "orders", str(m), "responsibleId")
            found.append(await responsible_problem(change, order.responsible, path))
    return [problem for problem in found if problem is not None and problem.path not in unread]


async def _relation_problem(change: Change, n: int, relation: RelationDraft, body_id: UUID) -> Problem | None:
    path = ("relations", str(n), "targetId")
    target = await change.session.get(Instrument, relation.target_id)
    if target is None or target.state not in (*EFFECTIVE, InstrumentState.REPEALED):
        return Problem("UNKNOWN_INSTRUMENT", path)
    if relation.kind not in CHANGING:
        return None
    if target.state not in EFFECTIVE:
        return Problem("NOT_TO_BE_CHANGED", path)
    return None if await _answers_for(change, body_id, target.body_id) else Problem("INSTRUMENT_OF_ANOTHER_BODY", path)


async def _answers_for(change: Change, body_id: UUID, other_id: UUID) -> bool:
    """Whether a body may change what another one adopted: its own, its predecessor's, or of a part of it."""
    body = await change.session.get_one(Body, body_id)
    other = await change.session.get_one(Body, other_id)
    return body.id == other.id or body.predecessor_id == other.id or other.parent_id == body.id


async def responsible_problem(change: Change, responsible: Responsible, path: Path) -> Problem | None:
    """Return what is wrong with who is to be responsible for a work."""
    seats = select(Membership.id).filter_by(id=responsible.membership_id, state=MembershipState.ACTIVE)
    looked_for = (
        (responsible.body_id, select(Body.id).filter_by(id=responsible.body_id)),
        (responsible.organization_id, select(Organization.id).filter_by(id=responsible.organization_id)),
        (responsible.membership_id, seats),
    )
    for given, found in looked_for:
        if given is not None and await change.session.scalar(found) is None:
            return Problem("UNKNOWN_RESPONSIBLE", path)
    return None
