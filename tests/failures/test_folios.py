"""A folio is given once, also to bodies that are called alike, and also at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from tests.making.bodies import a_body
from tests.making.consultations import a_scheduled_consultation
from tests.talking import Talking


@pytest.mark.parametrize("acronyms", [("CGA", "CGA"), ("CGA", "CDA"), (None, None)])
async def test_two_bodies_that_publish_at_the_same_moment(hub: Talking, acronyms: Sequence[str | None]) -> None:
    bodies = [await a_body(hub, name, acronym=acronyms[n]) for n, name in enumerate(("Comisión", "Su sucesora"))]
    asked = await asyncio.gather(*(a_scheduled_consultation(hub, body) for body in bodies * 3))
    rows = await hub.rows("SELECT folio, id FROM entry WHERE folio IS NOT NULL")
    assert len({row["folio"] for row in rows}) == 2 * len(asked) == 12
    if acronyms == ("CGA", "CGA"):
        numbers = sorted(row["folio"][-3:] for row in rows if "CONSULTA" in row["folio"])
        assert numbers == ["001", "002", "003", "004", "005", "006"]
