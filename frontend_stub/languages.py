"""The languages of the pages: which one an address is in, and the words in it.

Spanish is what the pages speak; another language has the same addresses under its own tag (`/en/consultas`). Nobody is
sent to another language by what their browser says: a link in the head of each page offers it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

CATALOGUE = Path(__file__).parent / "words"
LANGUAGES = ("es", "en")
"""What the pages speak; the first is the one whose addresses have no tag."""

SOURCE = LANGUAGES[0]
SPOKEN = "language"
"""Where in the scope of a request the language of its address stands."""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every sentence by its key, in every language; each file of the folder holds those of a few pages."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(CATALOGUE.glob("*.toml")):
        for key, sentence in _entries(tomllib.loads(file.read_text(encoding="utf-8"))):
            if key in found:
                raise ValueError(f"{file.name} says {key} again.")
            found[key] = sentence
    return found


def _entries(table: dict[str, Any], *above: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for name, value in table.items():
        if all(isinstance(words, str) for words in value.values()):
            found.append((".".join((*above, name)), value))
        else:
            found += _entries(value, *above, name)
    return found


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> Markup:
        """Return a sentence with its values put in; they are escaped, and so is the sentence."""
        return Markup(escape(catalogue()[key][self.language])).format(**values)  # noqa: S704 - escaped on the spot

    def counted(self, key: str, count: int) -> Markup:
        """Return a sentence about a number of things."""
        return self(f"{key}.one" if count == 1 else f"{key}.many", count=f"{count:,}")

    def named(self, group: str, code: str) -> str:
        """Return what a code is called; the code itself where the catalogue does not know it."""
        return catalogue().get(f"{group}.{code}", {}).get(self.language, code)

    def knows(self, language: str) -> bool:
        """Whether a text in this language is in the language of the page."""
        return language.partition("-")[0].lower() == self.language

    def to(self, path: str) -> str:
        """Return a page's address in this language."""
        return path if self.language == SOURCE else f"/{self.language}{path if path != '/' else ''}"


class Speaking:
    """An application that is told which language an address is in, and gets the rest of the address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the tag of the language off a path, where it begins with one."""
        if scope["type"] == "http":
            root = scope.get("root_path", "")
            tag, slash, rest = scope["path"].removeprefix(root).removeprefix("/").partition("/")
            language = tag if tag in LANGUAGES[1:] else SOURCE
            # `/en/` would be a second address of `/en`, and so it is none.
            path = scope["path"] if language == SOURCE or (slash and not rest) else f"{root}/{rest}"
            scope = {**scope, SPOKEN: language, "path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)


def chosen(request: Request) -> str:
    """Return the language of a request: that of its address."""
    return str(request.scope.get(SPOKEN, SOURCE))


def to(request: Request, path: str) -> str:
    """Return a page's address in the language of a request."""
    return Words(chosen(request)).to(path)


def elsewhere(request: Request, at: str | None = None) -> list[dict[str, str]]:
    """Return this same page in every other language: its name in itself, and its address.

    `at` is where the page is read, for one that answers a form which is sent elsewhere.
    """
    read = request.method in ("GET", "HEAD")
    path = at or (path_of(request) if read else "/")
    query = f"?{request.url.query}" if request.url.query and read else ""
    return [
        {"language": other, "name": str(Words(other)("site.language")), "address": Words(other).to(path) + query}
        for other in LANGUAGES
        if other != chosen(request)
    ]


def path_of(request: Request) -> str:
    """Return the address of a page without its language."""
    return quote(str(request.scope["path"]).removeprefix(request.scope.get("root_path", "")) or "/")
