"""Speaking for organisations."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from tests.making.people import a_valid_representation
from tests.talking import Somebody, Talking


async def speaks_for(hub: Talking, who: Somebody, organization_id: UUID, *, since: dt.datetime) -> str:
    """Let somebody answer in the name of an organisation; return its opaque id."""
    await a_valid_representation(hub, who, organization_id, at=since)
    return f"Organization_{organization_id}"
