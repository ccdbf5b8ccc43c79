"""Speaking for organisations."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.people.models import Power, Representation, RepresentationState
from tests.talking import Somebody, Talking


async def speaks_for(hub: Talking, who: Somebody, organization_id: UUID, *, since: dt.datetime) -> str:
    """Let somebody answer in the name of an organisation; return its opaque id."""
    async with hub.change() as change:
        await change.add(
            Representation(
                person_id=who.person_id,
                organization_id=organization_id,
                powers=[Power.ANSWER.value],
                state=RepresentationState.VALID,
                evidence="Acta de asamblea.",
                asked_at=since,
                valid_from=since,
            )
        )
    return f"Organization_{organization_id}"
