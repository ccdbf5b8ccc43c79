"""Somebody signed in who reads pages and sends their forms as a browser without programs does.

::

    async with an_officer(hub, julia) as officer:
        await officer.open("/escritorio/consultas/…/preguntas")
        await officer.press("up agua")                     the button of this value, with what stands in its form
        await officer.press("save", **{"title.es": "¿?"})  after writing into a field
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import Any

import httpx2

from tests.frontend.answering import Outline, reading
from tests.talking import Somebody, Talking

FROM_HERE = {"sec-fetch-site": "same-origin"}


class Forms(HTMLParser):
    """The forms of a page with what stands in their fields, and their buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.buttons: list[dict[str, Any]] = []
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)

    @property
    def _fields(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = self.forms[-1]["fields"] if self.forms and self.forms[-1]["open"] else []
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self.forms.append({**known, "fields": [], "open": True})
            case "input" if known.get("type") in ("checkbox", "radio"):
                if "checked" in known:
                    self._fields.append((known["name"], known["value"]))
            case "input" if "name" in known:
                self._fields.append((known["name"], known.get("value", "")))
            case "textarea":
                self._area = known.get("name", "")
                self._fields.append((self._area, ""))
            case "select":
                self._select = known.get("name", "")
            case "option" if self._select is not None:
                first = not any(name == self._select for name, _ in self._fields)
                if "selected" in known and not first:
                    self._fields[:] = [pair for pair in self._fields if pair[0] != self._select]
                if first or "selected" in known:
                    self._fields.append((self._select, known["value"]))
            case "button" if self.forms and self.forms[-1]["open"]:
                self.buttons.append({**known, "form": len(self.forms) - 1})

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._fields:
            name, text = self._fields[-1]
            self._fields[-1] = (name, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.forms[-1]["open"] = False
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


class Officer:
    """Somebody at the desk, and the page before them."""

    def __init__(self, reader: httpx2.AsyncClient) -> None:
        self.reader = reader
        self.response: httpx2.Response = httpx2.Response(204)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def page(self) -> Outline:
        return Outline(self.response.text)

    def words(self) -> str:
        return self.page.words()

    def fields(self, number: int = 0) -> dict[str, str]:
        """Return what stands in the fields of a form."""
        return dict(Forms(self.response.text).forms[number]["fields"])

    async def open(self, path: str) -> Officer:
        """Go to a page."""
        return await self._seen(await self.reader.get(path))

    async def press(self, act: str, **typed: str | list[str] | None) -> Officer:
        """Press the first button of this value, after writing into fields; None takes a tick off."""
        found = Forms(self.response.text)
        button = next(button for button in found.buttons if button.get("value") == act)
        form = found.forms[button["form"]]
        pairs = [pair for pair in form["fields"] if pair[0] not in typed]
        for name, value in typed.items():
            values = value if isinstance(value, list) else [] if value is None else [value]
            pairs += [(name, one) for one in values]
        address = (button.get("formaction") or form["action"]).partition("#")[0]
        return await self.send(address, [*pairs, ("act", act)])

    async def to(self, rest: str, *, language: str = "") -> Officer:
        """Press the first button that leads to a page whose address ends so, in this language where one is given."""
        found = Forms(self.response.text)
        for button in found.buttons:
            form = found.forms[button["form"]]
            address = button.get("formaction") or form["action"]
            ends = address.endswith(rest) if rest else address.endswith("/corregir")
            if button.get("value") == "open" and ends and address.startswith(f"{language}/escritorio"):
                return await self.send(address, [*form["fields"], ("act", "open")])
        raise AssertionError(f"No button leads to {rest}.")

    async def send(self, address: str, pairs: list[tuple[str, str]]) -> Officer:
        """Send a form."""
        body = str(httpx2.QueryParams(pairs)).encode()
        headers = {**FROM_HERE, "content-type": "application/x-www-form-urlencoded"}
        return await self._seen(await self.reader.post(address, content=body, headers=headers))

    async def _seen(self, response: httpx2.Response) -> Officer:
        while response.status_code == 303:
            response = await self.reader.get(response.headers["location"].partition("#")[0])
        self.response = response
        return self


@asynccontextmanager
async def an_officer(hub: Talking, somebody: Somebody) -> AsyncIterator[Officer]:
    """Somebody who is signed in with their token."""
    async with reading(hub.hub.endpoint) as reader:
        reader.cookies.set("hub-session", somebody.token or "")
        yield Officer(reader)
