"""Representing: speaking for an organisation, asked for with evidence, granted or refused with a reason, ended."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Forbidden, Invalid, Problem, require
from hub.people.events import RepresentationAsked, RepresentationEnded, RepresentationGranted
from hub.people.models import REPRESENTATION_LIFE, Organization, Power, Representation
from hub.people.rules import may_ask_to_represent, may_decide_representation, may_end_representation
from hub.people.speaking import speaks
from hub.text import problems_with_words

LONGEST_EVIDENCE = 4_000


async def ask(change: Change, organization_id: UUID, *, powers: Collection[Power], evidence: str) -> Representation:
    """Ask to speak for an organisation, with what proves it; asking twice is a conflict."""
    require(may_ask_to_represent(change.viewer))
    await change.find(Organization, organization_id)
    problems = problems_with_words(evidence, "evidence", longest=LONGEST_EVIDENCE)
    if not powers:
        problems.append(Problem("NO_POWERS", ("powers",)))
    if problems:
        raise Invalid(problems)
    representation = Representation(
        id=uuid7(),
        person_id=change.viewer.person_id,
        organization_id=organization_id,
        powers=sorted({power.value for power in powers}),
        evidence=evidence,
        asked_at=change.at,
    )
    asked = RepresentationAsked(representation_id=representation.id, organization_id=organization_id)
    twice = Conflict("REPRESENTATION_ASKED_ALREADY")
    await change.bear(representation, REPRESENTATION_LIFE, "ask", asked, once=twice)
    change.results["representation"] = str(representation.id)
    return representation


async def grant(change: Change, representation_id: UUID) -> Representation:
    """Let somebody speak for an organisation, from now on."""
    representation = await _decided(change, representation_id)
    granted = RepresentationGranted(representation_id=representation.id, organization_id=representation.organization_id)
    representation.valid_from = change.at
    await change.move(representation, REPRESENTATION_LIFE, "grant", granted)
    return representation


async def refuse(change: Change, representation_id: UUID, *, reason: str) -> Representation:
    """Say no to somebody who asked to speak for an organisation, and why."""
    representation = await _decided(change, representation_id)
    return await _end(change, representation, "deny", reason=reason)


async def end(change: Change, representation_id: UUID, *, reason: str) -> Representation:
    """End a representation: whoever holds it may, and whoever may grant one. What was said before stays said."""
    representation = await change.take(Representation, representation_id)
    require(may_end_representation(change.viewer, person_id=representation.person_id, state=representation.state))
    return await _end(change, representation, "end", reason=reason)


async def _decided(change: Change, representation_id: UUID) -> Representation:
    representation = await change.take(Representation, representation_id)
    require(may_decide_representation(change.viewer, person_id=representation.person_id, state=representation.state))
    change.results["representation"] = str(representation.id)
    return representation


async def _end(change: Change, representation: Representation, by: str, *, reason: str) -> Representation:
    problems = problems_with_words(reason, "reason", longest=LONGEST_EVIDENCE)
    if problems:
        raise Invalid(problems)
    representation.decision_reason = reason
    representation.valid_until = change.at
    ended = RepresentationEnded(representation_id=representation.id, organization_id=representation.organization_id)
    await change.move(representation, REPRESENTATION_LIFE, by, ended)
    change.results["representation"] = str(representation.id)
    return representation


async def valid_representation(change: Change, organization_id: UUID, *, power: Power = Power.ANSWER) -> Representation:
    """Return the viewer's valid representation of an organisation, locked against its end; Forbidden without one."""
    found = (
        select(Representation)
        .filter_by(person_id=change.viewer.person_id, organization_id=organization_id)
        .where(speaks(Representation, change.at, power))
        .with_for_update(read=True)
    )
    representation = (await change.session.execute(found)).scalars().first()
    if representation is None:
        raise Forbidden("NOT_A_REPRESENTATIVE", path=("organizationId",))
    return representation
