"""Somebody at the desk, with a browser that runs no programs: it shows pages and sends their forms as they stand.

::

    async with at_the_desk(hub, julia) as julia:
        await julia.open("/escritorio/consultas/nueva")
        await julia.send({"title.es": "Agua"})          the page's form, with this written into it
        assert julia.faults == ["reason.es"]
"""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from urllib.parse import urlencode

import httpx2

from tests.frontend.answering import Outline, reading
from tests.talking import Somebody, Talking

FROM_HERE = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}

ChosenFile = tuple[str, bytes]
"""A file as it is chosen in a form: its name and its bytes."""


class Form(HTMLParser):
    """The last form of a page: where it goes, and what its fields hold, in their order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.with_files = False
        self.pairs: list[tuple[str, str]] = []
        self._area = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        name = known.get("name", "")
        if tag == "form":
            self.action, self.pairs = known["action"], []
            self.with_files = known.get("enctype") == "multipart/form-data"
        elif tag == "input" and ("checked" in known or known.get("type") not in ("radio", "checkbox", "file")):
            self.pairs.append((name, known.get("value", "")))
        elif tag == "textarea":
            self._area = name
            self.pairs.append((name, ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in known:
            self.pairs.append((self._select, known["value"]))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.pairs[-1] = (self._area, self.pairs[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""


class AtTheDesk:
    """A browser, and the page that it shows."""

    def __init__(self, browser: httpx2.AsyncClient) -> None:
        self.browser = browser
        self.response = httpx2.Response(204)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def words(self) -> str:
        return Outline(self.response.text).words()

    @property
    def path(self) -> str:
        return self.response.url.path

    @property
    def fields(self) -> dict[str, str]:
        """What the fields of the form hold."""
        return dict(Form(self.response.text).pairs)

    @property
    def faults(self) -> list[str]:
        """The fields that the summary of what is wrong leads to."""
        summary = re.search(r'class="panel summary".*?</div>', self.response.text, re.DOTALL)
        return re.findall(r'href="#([^"]+)"', summary.group()) if summary else []

    def choice(self, label: str) -> str:
        """The value of the choice whose words begin so."""
        said = re.escape(html.escape(label))
        found = re.search(rf'value="([^"]+)"[^<]*>(?:\s*<label[^>]*>)?{said}', self.response.text)
        assert found is not None, label
        return found[1]

    def leads(self) -> list[str]:
        """Where the page leads to, within what it is about."""
        return [str(found["href"]) for found in Outline(self.response.text).all("a")]

    async def open(self, path: str) -> AtTheDesk:
        """Go to a page, wherever it leads."""
        self.response = await self.browser.get(path, follow_redirects=True)
        return self

    async def send(
        self,
        typed: Mapping[str, str | list[str] | None] | None = None,
        *,
        files: Mapping[str, ChosenFile] | None = None,
    ) -> AtTheDesk:
        """Send the form of the page after writing into fields, and choosing files; None takes what stands in one away.

        A form that takes files is sent as a browser sends it: in parts, with what shows that it is ours first.
        """
        form, typed = Form(self.response.text), typed or {}
        pairs = [pair for pair in form.pairs if pair[0] not in typed]
        for name, value in typed.items():
            pairs += [(name, one) for one in ([] if value is None else [value] if isinstance(value, str) else value)]
        if form.with_files:
            return await self.post_in_parts(form.action, pairs, files or {"nothing": ("", b"")})
        assert not files, "The form takes no files."
        return await self.post(form.action, pairs)

    async def post(self, path: str, pairs: list[tuple[str, str]]) -> AtTheDesk:
        """Send a form to an address."""
        content = urlencode(pairs)
        self.response = await self.browser.post(path, content=content, headers=FROM_HERE, follow_redirects=True)
        return self

    async def post_in_parts(
        self, path: str, pairs: list[tuple[str, str]], files: Mapping[str, ChosenFile]
    ) -> AtTheDesk:
        """Send a form with files to an address."""
        content, kind = in_parts(pairs, files)
        headers = {**FROM_HERE, "content-type": kind}
        self.response = await self.browser.post(path, content=content, headers=headers, follow_redirects=True)
        return self


def in_parts(pairs: list[tuple[str, str]], files: Mapping[str, ChosenFile]) -> tuple[bytes, str]:
    """Return a form as a browser sends it with files, and the type of that; a file without a name was not chosen."""
    boundary, parts = "----a-boundary", list[bytes]()
    for name, value in pairs:
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (called, content) in files.items():
        told = f'Content-Disposition: form-data; name="{name}"; filename="{called}"\r\nContent-Type: text/plain'
        parts += [f"--{boundary}\r\n{told}\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


@asynccontextmanager
async def at_the_desk(hub: Talking, somebody: Somebody) -> AsyncIterator[AtTheDesk]:
    """Somebody who is signed in, in front of the pages of a real hub."""
    async with reading(hub.app) as browser:
        browser.cookies.set("hub-session", somebody.token or "")
        yield AtTheDesk(browser)
