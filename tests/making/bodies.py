"""Bodies."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from hub.bodies.models import BodyKind
from hub.bodies.registering import BodyDraft, register_body
from hub.register.models import CreatedVia
from hub.text import LocalizedText
from tests.making.people import in_spanish
from tests.talking import Talking


async def a_body(
    hub: Talking,
    name: LocalizedText | str = "Comisión de Gobierno Abierto",
    *,
    acronym: str | None = "CGA",
    kind: BodyKind = BodyKind.COMMISSION,
    since: dt.date = dt.date(2015, 5, 4),
    at: dt.datetime | None = None,
    **known: Any,
) -> UUID:
    """A commission in the register."""
    draft = BodyDraft(name=in_spanish(name), since=since, kind=kind, acronym=acronym, **known)
    async with hub.change(at=at) as change:
        body = await register_body(change, draft, via=CreatedVia.COMMAND_LINE)
    return body.id
