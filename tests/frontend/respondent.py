"""Somebody who fills in the forms of the pages as a browser without programs does.

::

    async with answering(hub, ana) as browser:          a browser of ana's, who is signed in
        await browser.read("/consultas/…/responder")    a page, with whatever its form holds
        await browser.send({"agua.q": "si"})            the page's last form, with these fields filled in
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import httpx2

from tests.frontend.answering import Outline, reading
from tests.frontend.at_the_desk import ChosenFile, in_parts
from tests.making.consultations import Asked
from tests.talking import Somebody, Talking

HOME = "http://pages.test"
DRAFTS = "SELECT state, edition, answers FROM response_draft"


class Form(HTMLParser):
    """The last form of a page that has a field: where it goes, and what its fields hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action = ""
        self.with_files = False
        self.fields: list[tuple[str, str]] = []
        self.offered: dict[str, list[str]] = {}
        self._text: str | None = None
        self._select: str | None = None
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "form":
            self.action, self.fields, self.offered, self._inside = found.get("action", ""), [], {}, True
            self.with_files = found.get("enctype") == "multipart/form-data"
        if not self._inside:
            return
        if tag == "input":
            self.offered.setdefault(name, []).append(found.get("value", ""))
            if found.get("type") not in ("radio", "checkbox", "file") or "checked" in found:
                self.fields.append((name, found.get("value", "")))
        elif tag == "textarea":
            self._text = name
            self.fields.append((name, ""))
        elif tag == "select":
            self._select = name
            self.fields.append((name, ""))
        elif tag == "option" and self._select is not None:
            self.offered.setdefault(self._select, []).append(found.get("value", ""))
            if "selected" in found:
                self._fill(self._select, found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._fill(self._text, dict(self.fields)[self._text] + data)

    def _fill(self, name: str, value: str) -> None:
        self.fields = [(field, value if field == name else kept) for field, kept in self.fields]


class Respondent:
    """A browser, the page that it shows, and the form on it."""

    def __init__(self, reader: httpx2.AsyncClient) -> None:
        self.reader = reader
        self.response: httpx2.Response
        self.path = ""

    @property
    def status(self) -> int:
        """The status of the page."""
        return self.response.status_code

    @property
    def html(self) -> str:
        """The page as it was sent."""
        return self.response.text

    @property
    def words(self) -> str:
        """What the page says."""
        return Outline(self.html).words()

    @property
    def form(self) -> Form:
        """The form of the page."""
        return Form(self.html)

    @property
    def holds(self) -> dict[str, Any]:
        """What the fields of the page hold; of several values of one, all."""
        found: dict[str, Any] = {}
        for name, value in self.form.fields:
            found[name] = [*found[name], value] if isinstance(found.get(name), list) else value
        return found

    async def read(self, path: str) -> str:
        """Read a page, wherever it leads, and return what it says."""
        self.response = await self.reader.get(path, follow_redirects=True)
        self.path = str(self.response.url).removeprefix(HOME)
        return self.words

    def filled(self, given: Mapping[str, str | list[str]]) -> str:
        """Return the form of the page with these fields filled in, as a browser sends it."""
        return urlencode(self._pairs(given))

    def _pairs(self, given: Mapping[str, str | list[str]]) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in self.form.fields if name not in given]
        filled = [
            (name, one) for name, value in given.items() for one in ([value] if isinstance(value, str) else value)
        ]
        return [*kept, *filled]

    async def post(
        self, action: str, body: str | bytes, kind: str = "application/x-www-form-urlencoded"
    ) -> httpx2.Response:
        """Send a form, and follow nothing."""
        headers = {"origin": HOME, "content-type": kind}
        return await self.reader.post(action, content=body, headers=headers)

    async def send(
        self, given: Mapping[str, str | list[str]] | None = None, *, files: Mapping[str, ChosenFile] | None = None
    ) -> str:
        """Send the form of the page with these fields filled in, go where that leads, and return what is said there."""
        action = self.form.action or self.path
        if self.form.with_files:
            parts = in_parts(self._pairs(given or {}), files or {"nothing": ("", b"")})
            self.response = await self.post(action, *parts)
        else:
            assert not files, "The form takes no files."
            self.response = await self.post(action, self.filled(given or {}))
        self.path = action
        if self.response.is_redirect:
            return await self.read(self.response.headers["location"])
        return self.words


@asynccontextmanager
async def answering(hub: Talking, by: Somebody | None = None) -> AsyncIterator[Respondent]:
    """A browser of somebody's own; whoever has a token is signed in."""
    async with reading(hub.app) as reader:
        if by is not None and by.token is not None:
            reader.cookies.set("hub-session", by.token)
        yield Respondent(reader)


def of(asked: Asked, page: str = "/responder") -> str:
    """A page of a consultation."""
    return f"/consultas/{asked.node}{page}"


async def sent(browser: Respondent, **more: str) -> str:
    """Send what is looked over."""
    return await browser.send({"consent": "WITHOUT_NAME", **more})
