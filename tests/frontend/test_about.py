"""What the site says of itself: it is there in both languages, and the cookies that it names are those that it sets."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import httpx2
import pytest
from pydantic import ValidationError

from frontend_stub.pages.about import COOKIES
from frontend_stub.settings import Settings
from tests.browser import Chromium, visiting
from tests.frontend.answering import FakeHub, Outline, reading
from tests.frontend.served import a_place
from tests.shape.project import ROOT

PAGES = ("/accesibilidad", "/privacidad", "/terminos", "/contacto")


def cookies_set() -> set[str]:
    """Return what the code has a browser keep, by the names of the cookies; of one that has an id, its beginning."""
    found = set()
    for path in (ROOT / "frontend_stub").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        named = [call.args[2] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "keep"]
        if not named:
            continue
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name in named:
            if isinstance(name, ast.Call) and isinstance(name.func, ast.Name):
                found.add(getattr(module, name.func.id)("Consultation_1").partition("-")[0])
            elif isinstance(name, ast.Name) and hasattr(module, name.id):
                found.add(getattr(module, name.id))
    return found


def test_the_cookies_that_are_set_are_told() -> None:
    assert {"session", "browser", "asked", "gone"} <= cookies_set(), "The search finds them."
    assert cookies_set() - set(COOKIES) == set()


@pytest.mark.parametrize("path", PAGES)
async def test_each_is_there_in_both_languages(reader: httpx2.AsyncClient, path: str) -> None:
    titles = set()
    for language in ("", "/en"):
        response = await reader.get(language + path)
        page = Outline(response.text)
        assert (response.status_code, page.headings[0], page.headings.count(1)) == (200, 1, 1)
        assert path in [str(a["href"]).removeprefix("/en") for a in page.all("a")], "The foot of each page leads there."
        titles.add(page.words("h1"))
    assert len(titles) == 2


async def test_cookies_are_called_what_the_browser_calls_them(reader: httpx2.AsyncClient) -> None:
    told = re.findall(r"<code>([\w-]+)(?:-…)?</code>", (await reader.get("/privacidad")).text)
    assert told == [*(f"hub-{name}" for name in COOKIES), "hub-oidc"]
    reader.base_url = "https://pages.test"  # type: ignore[assignment]
    told = re.findall(r"<code>([\w-]+)(?:-…)?</code>", (await reader.get("/privacidad")).text)
    assert told == [*(f"__Host-{name}" for name in COOKIES), "__Host-hub-oidc"]


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("ayuda@comision.example", "mailto:ayuda@comision.example"),
        ("https://c.example/ayuda", "https://c.example/ayuda"),
    ],
)
async def test_the_contact_is_the_one_that_was_set(fake: FakeHub, contact: str, link: str) -> None:
    async with reading(fake, contact=contact) as reader:
        page = Outline((await reader.get("/contacto")).text)
    assert link in [a["href"] for a in page.all("a")]
    assert "no ha dicho" not in page.words()


async def test_where_no_contact_is_set_the_page_says_so(reader: httpx2.AsyncClient) -> None:
    assert (
        "Quien sirve este sitio no ha dicho cómo contactarlo" in Outline((await reader.get("/contacto")).text).words()
    )


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "nobody", "a@b?bcc=c@d.example", "https://c.example/a b"])
def test_what_is_no_contact_is_refused(contact: str) -> None:
    with pytest.raises(ValidationError):
        Settings(contact=contact)


async def test_a_page_that_is_not_there_leads_on(reader: httpx2.AsyncClient) -> None:
    page = Outline((await reader.get("/nada")).text)
    assert {"/", "/buscar", "/organizaciones", "/contacto"} <= {a["href"] for a in page.all("a")}
    assert "O sigue por aquí" in page.words()


async def test_they_can_be_used_by_everybody(database_url: str, data: Path, tmp_path: Path, chromium: Chromium) -> None:
    async with a_place(database_url, data, tmp_path) as place, visiting(chromium, place.home) as visitor:
        for path in (*PAGES, "/api"):
            await visitor.page.goto(place.home + path)
            await visitor.accessible()
