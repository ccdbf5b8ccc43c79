"""Every page in a real browser: for all eyes and hands, enlarged, by keyboard, in both languages, and cheap to load."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import httpx2
import pytest

from frontend_stub.languages import catalogue
from tests.browser import Chromium, visiting
from tests.conftest import fresh_database
from tests.frontend.everywhere import ELSEWHERE, LISTS, LOOKS, Look, patterns
from tests.frontend.looking import Weight, can_be_walked, fits, leads_somewhere
from tests.frontend.world import World, a_world

VOID = frozenset({"meta", "link", "img", "br", "wbr", "rect", "circle", "path", "line", "input", "hr"})
SHOWN = ("aria-label", "title", "alt", "placeholder", "data-left", "data-over", "data-copy", "data-copied")
"""Attributes whose values people read or hear."""

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
        response = await visitor.page.goto(world.address(look), wait_until="load")
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
async def test_english_is_complete(world: World, look: Look) -> None:
    """Beside what people wrote, and what is marked as Spanish, an English page has not one Spanish sentence."""
    async with httpx2.AsyncClient(cookies=world.cookies(look.by)) as reader:
        response = await reader.get(world.address(look, language="en"))
    assert response.status_code == look.status
    page = Foreign(response.text)
    assert page.language == "en"
    assert page.spanish() == []


class Foreign(HTMLParser):
    """What an English page says itself: not what is marked as being in another language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language: str | None = None
        self._marked: list[bool] = []
        self._said: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang")
        if tag not in VOID:
            foreign = "lang" in given and given["lang"] != self.language
            self._marked.append(foreign or (bool(self._marked) and self._marked[-1]))
        if not (self._marked and self._marked[-1]):
            self._said += [value for name in SHOWN if (value := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._marked.pop()

    def handle_data(self, data: str) -> None:
        if not (self._marked and self._marked[-1]):
            self._said.append(data)

    def spanish(self) -> list[str]:
        """Return the Spanish sentences of the catalogue that it says."""
        said = " ".join(" ".join(self._said).split())
        sentences = [
            fragment.strip()
            for words in catalogue().values()
            if words["es"] != words["en"]
            for fragment in re.split(r"\{\w+\}", words["es"])
        ]
        return [one for one in sentences if len(one) >= LONG_ENOUGH and one in said]
