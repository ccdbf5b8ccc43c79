"""A real browser without a window (Debian's Chromium, driven by Playwright), for what a page only shows in one.

::

    async with visiting(chromium, home) as visitor:  a browser of somebody's own, which speaks Spanish
        await visitor.page.goto(f"{home}/entrar")   no page of the hub may fetch from elsewhere, or be complained of
        await visitor.press("Enviar el código")      a button or a link, until the page is there that it leads to
        await visitor.accessible()                   axe finds no fault, in light and in dark, and nothing overflows
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser as Chromium
from playwright.async_api import ConsoleMessage, Error, Page, Request, async_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page of somebody else may want fonts from the network; there is none in a test.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
MISSING = "There is no Chromium (Debian has it: apt-get install chromium)."
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}
"""What is another in the dark."""

NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
SLOW = 20_000
"""Milliseconds that one step may take before a test gives up."""


def program() -> Path:
    """Return where the browser is; without one a test is skipped, but not in continuous integration."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return Path(found)


@asynccontextmanager
async def a_chromium() -> AsyncIterator[Chromium]:
    """A browser that runs for as long as this block."""
    where = program()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=where, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


class Visitor:
    """Somebody with a browser of their own, which nobody else's cookies are in."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.complaints: list[str] = []
        """What the browser had against a page of the hub, and what such a page fetched from elsewhere."""
        page.on("console", self._hear)
        page.on("pageerror", self._fail)
        page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that refuses a form is an answer with an error's status, which the browser notes as well.
        refused = any(f"status of {status}" in message.text for status in (403, 404, 409, 410, 422))
        if message.type == "error" and self._at_home() and not refused:
            self.complaints.append(message.text)

    def _fail(self, error: Error) -> None:
        # What a module throws is no message of the console.
        if self._at_home():
            self.complaints.append(f"{self.page.url}: {error.message}")

    def _see(self, request: Request) -> None:
        if self._at_home() and not request.is_navigation_request() and not request.url.startswith(f"{self.home}/"):
            self.complaints.append(f"{self.page.url} fetched {request.url}")

    def _at_home(self) -> bool:
        return self.page.url.startswith(f"{self.home}/")

    async def words(self) -> str:
        """Return what the page says."""
        return " ".join((await self.page.inner_text("main")).split())

    async def press(self, name: str, *, within: str = "body") -> None:
        """Press the button or follow the link of this name, and wait for the page that it leads to."""
        part = self.page.locator(within)
        found = part.get_by_role("button", name=name, exact=True).or_(part.get_by_role("link", name=name, exact=True))
        async with self.page.expect_navigation():
            await found.click()

    async def accessible(self) -> None:
        """See that the page can be used by everybody, as far as a program can tell."""
        for scheme, wanted in (("light", TAGS), ("dark", COLOURS)):
            await self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # it is one of the two
            results = await Axe().run(self.page, options={"runOnly": wanted, "resultTypes": ["violations"]})
            assert results.violations_count == 0, f"{self.page.url}, {scheme}: {results.generate_report()}"
        await self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
        beyond = await self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, f"{self.page.url} is {beyond} pixels wider than a small screen."
        await self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]


@asynccontextmanager
async def visiting(
    chromium: Chromium, home: str, *, language: str = "es-MX", state: Any = None, programs: bool = True
) -> AsyncIterator[Visitor]:
    """Somebody who looks at pages, none of which may complain; `state` is what their browser kept from before."""
    context = await chromium.new_context(
        locale=language, reduced_motion="reduce", storage_state=state, java_script_enabled=programs
    )
    context.set_default_timeout(SLOW)
    try:
        visitor = Visitor(await context.new_page(), home)
        yield visitor
        assert visitor.complaints == [], visitor.complaints
    finally:
        await context.close()
