"""Every page in a real browser: for all eyes and hands, enlarged, by keyboard, in both languages, and cheap to load."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from frontend_stub.languages import catalogue
from tests.browser import Chromium, Visitor, visiting
from tests.conftest import fresh_database
from tests.frontend.everywhere import ELSEWHERE, LISTS, LOOKS, Look, patterns
from tests.frontend.looking import Weight, can_be_walked, fits, leads_somewhere
from tests.frontend.world import World, a_world

LONG_ENOUGH = 14
"""How many letters a sentence has that is not by chance also in another language."""

KILO = 1_000


@pytest.fixture(scope="module")
async def world(
    template: str, data: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Chromium
) -> AsyncIterator[World]:
    async with (
        fresh_database(template) as url,
        a_world(url, data, tmp_path_factory.mktemp("office"), chromium) as opened,
    ):
        yield opened


def test_every_page_is_looked_at() -> None:
    looked_at = {look.pattern for look in LOOKS if look.status != 404}
    assert looked_at | ELSEWHERE.keys() == patterns()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_page_is_for_everybody(world: World, chromium: Chromium, look: Look) -> None:
    async with visiting(chromium, world.place.home, state=world.states[look.by]) as visitor:
        weight = Weight()
        await weight.watch(visitor)
        response = await visitor.page.goto(world.address(look), wait_until="networkidle")
        assert response is not None
        assert response.status == look.status
        assert await visitor.page.locator("h1").count() == 1
        assert (await visitor.page.title()).endswith(" · Participación abierta")
        await visitor.accessible()
        await leads_somewhere(visitor)
        await can_be_walked(visitor)
        await fits(visitor)
        light(weight, look)


def light(weight: Weight, look: Look) -> None:
    """See that a first visit is cheap on a slow and dear connection."""
    assert weight.whole <= 60 * KILO, weight.kinds
    assert weight.kinds.get("Script", 0) <= 15 * KILO, weight.kinds
    assert look.pattern not in LISTS or weight.kinds["Document"] <= 14 * KILO, weight.kinds


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_english_is_complete(world: World, chromium: Chromium, look: Look) -> None:
    """Beside what people wrote, and what is marked as Spanish, an English page has not one Spanish sentence."""
    async with visiting(chromium, world.place.home, state=world.states[look.by]) as visitor:
        response = await visitor.page.goto(world.address(look, language="en"))
        assert response is not None
        assert response.status == look.status
        assert await visitor.page.get_attribute("html", "lang") == "en"
        assert await _spanish_in(visitor) == []


async def _spanish_in(visitor: Visitor) -> list[str]:
    text = await visitor.page.evaluate(
        """() => { document.querySelectorAll('[lang="es"]').forEach((element) => element.remove());
        return document.title + " " + document.body.innerText; }"""
    )
    said = " ".join(text.split())
    sentences = [
        fragment.strip()
        for words in catalogue().values()
        if words["es"] != words["en"]
        for fragment in re.split(r"\{\w+\}", words["es"])
    ]
    return [one for one in sentences if len(one) >= LONG_ENOUGH and one in said]
