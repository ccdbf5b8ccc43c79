"""What the members of the commission declared of their interests: one took something back, one said nothing yet."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from hub.bodies.declaring import Interest, declare_interest, review_interest
from hub.bodies.interest_models import STANDING, InterestDeclaration, InterestKind, InterestState
from hub.changes.change import Changes
from hub.demonstration.commission import CIVIC_GROUP, UNIVERSITY
from hub.demonstration.seats import (
    ACADEMIA,
    CITIZENS,
    CIVIL_SOCIETY,
    COORDINATOR,
    SECRETARY,
    SOUTHEAST,
    STANDS_IN,
    Commission,
)
from hub.demonstration.telling import ONE_DAY, Story
from hub.importing.summary import Progress
from hub.register.models import Entry
from hub.viewer import SYSTEM

INTERESTS = "demonstration:interests"

DECLARED, CHANGED, REVIEWED = 5, 30, 32
"""The days on which it was declared, declared anew and reviewed, counted from that on which the commission began."""

WITHOUT = (COORDINATOR, SECRETARY, SOUTHEAST, STANDS_IN, CITIZENS)
NO_INTEREST = Interest(kind=InterestKind.NONE, summary="No tengo intereses en lo que trata la Comisión.")
OF_HER_SISTER = Interest(
    kind=InterestKind.FAMILY,
    summary="Mi hermana trabaja desde este mes en la unidad de transparencia de un municipio.",
    matter="Lineamientos que se dirijan a las unidades de transparencia municipales.",
)
NOTED = "No participa en los puntos que traten de la organización en la que trabaja."


async def declare(changes: Changes, commission: Commission, *, progress: Progress) -> None:
    """Let the members declare their interests, unless that is told already; its last act is the review."""
    async with changes.begin(SYSTEM) as change:
        reviewed = select(InterestDeclaration.id).filter_by(body_id=commission.id, state=InterestState.REVIEWED)
        told = await change.session.scalar(reviewed.limit(1))
        known = select(Entry.imported_from, Entry.id).where(Entry.imported_from.in_([CIVIC_GROUP, UNIVERSITY]))
        found = {str(name): id_ for name, id_ in await change.session.execute(known)}
    if told is not None:
        return
    story = Story(changes, INTERESTS, progress)
    said = {name: await _declare(story, commission, name, NO_INTEREST) for name in WITHOUT}
    employed = await _declare(story, commission, CIVIL_SOCIETY, _employed(found[CIVIC_GROUP]))
    await _declare(story, commission, ACADEMIA, _teaches(found[UNIVERSITY]))
    await _declare(story, commission, CITIZENS, OF_HER_SISTER, days=CHANGED, replaces_id=said[CITIZENS])
    at = commission.began + REVIEWED * ONE_DAY
    await story.tell(commission.secretary, at, review_interest, employed, note=NOTED)


async def standing(changes: Changes, membership_id: UUID) -> UUID | None:
    """Return an interest that a member still declares, if there is one."""
    found = select(InterestDeclaration.id).where(
        InterestDeclaration.membership_id == membership_id,
        InterestDeclaration.state.in_(STANDING),
        InterestDeclaration.kind != InterestKind.NONE,
    )
    async with changes.begin(SYSTEM) as change:
        declared: UUID | None = await change.session.scalar(found.order_by(InterestDeclaration.id).limit(1))
    return declared


async def _declare(
    story: Story,
    commission: Commission,
    name: str,
    interest: Interest,
    *,
    days: int = DECLARED,
    replaces_id: UUID | None = None,
) -> UUID:
    member, at = commission.member(name), commission.began + days * ONE_DAY
    return await story.tell(
        member.viewer, at, declare_interest, member.membership_id, interest, replaces_id=replaces_id
    )


def _employed(organization_id: UUID) -> Interest:
    return Interest(
        kind=InterestKind.EMPLOYMENT,
        summary="Trabajo en el Laboratorio Cívico de Ejemplo.",
        organization_id=organization_id,
        matter="Colaboraciones y encargos entre la Comisión y el Laboratorio.",
        since=dt.date(2021, 8, 2),
    )


def _teaches(organization_id: UUID) -> Interest:
    return Interest(
        kind=InterestKind.EMPLOYMENT,
        summary="Doy clases en la Universidad de Ejemplo.",
        organization_id=organization_id,
        matter="Estudios que la Comisión contrate con la Universidad.",
        since=dt.date(2014, 1, 15),
    )
