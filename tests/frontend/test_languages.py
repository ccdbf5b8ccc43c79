"""Which language a reader gets, and that every word is there in both."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import httpx2
import pytest

from frontend_stub.languages import LANGUAGES, Words, catalogue, preferred
from tests.frontend.answering import FakeHub, Outline
from tests.shape.project import ROOT

SOURCES = [*(ROOT / "frontend_stub").rglob("*.html"), *(ROOT / "frontend_stub").rglob("*.py")]
NAMED = re.compile(r'[Ww]ords(?:\(other\)|\.counted|\.named)?\(\s*"([\w.]+)"( ~)?|else "(\w+\.\w+)"')


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-GB", "en"),
        ("fr, en;q=0.3", "en"),
        ("fr, de;q=0.3", "es"),
        ("es;q=0.2, en;q=0.7", "en"),
        ("en;q=0", "es"),
        ("en;q=x", "es"),
        ("*", "es"),
    ],
)
def test_what_a_browser_prefers(header: str, language: str) -> None:
    assert preferred(header) == language


async def test_a_language_asked_for_is_kept(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    """The address wins over what was chosen before, and that over what the browser prefers."""
    spanish = {"accept-language": "es"}
    response = await reader.get("/?lang=en", headers=spanish)
    assert Outline(response.text).all("html") == [{"lang": "en"}]
    assert "lang=en" in response.headers["set-cookie"]
    assert "samesite=lax" in response.headers["set-cookie"].lower()
    kept = await reader.get("/api", headers=spanish)
    assert Outline(kept.text).all("html") == [{"lang": "en"}]
    assert "set-cookie" not in kept.headers
    assert fake.languages == ["en", "en"]
    assert kept.headers["vary"].startswith("Accept-Language, Cookie")


async def test_a_language_that_we_do_not_speak_is_not_kept(reader: httpx2.AsyncClient) -> None:
    response = await reader.get("/?lang=xx")
    assert Outline(response.text).all("html") == [{"lang": "es"}]
    assert "set-cookie" not in response.headers


async def test_the_switch_leads_to_the_same_page(reader: httpx2.AsyncClient) -> None:
    page = Outline((await reader.get("/consultas/Consultation_1?desde=a%26b")).text)
    switches = [found for found in page.all("a") if "hreflang" in found]
    assert switches == [{"href": "?desde=a%26b&lang=en", "lang": "en", "hreflang": "en"}]


async def test_english(reader: httpx2.AsyncClient) -> None:
    text = Outline((await reader.get("/consultas/Consultation_1?lang=en")).text).words()
    assert "Sunday 29 November 2026, 23:59, Central Mexico time" in text
    assert "66.7%" in text
    assert "Comisión de Gobierno Abierto" in text


def test_every_sentence_is_in_every_language_with_the_same_gaps() -> None:
    def gaps(sentence: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name}

    for key, words in catalogue().items():
        assert tuple(words) == LANGUAGES, key
        assert len({frozenset(gaps(sentence)) for sentence in words.values()}) == 1, key


def test_every_sentence_is_used_and_every_used_one_is_there() -> None:
    known = set(catalogue())
    groups = {"states", "kinds", "identity", "moderation", "languages", "zones", "lists", "none", "error"}
    groups |= {"notices", "outcomes", "places", "sensitivity", "contributions", "done", "roles"}
    used: set[str] = set()
    for path in SOURCES:
        for key, more, other in NAMED.findall(Path(path).read_text(encoding="utf-8")):
            if more or key in groups:
                continue
            used |= {name for name in (key, other) if name}
    plural = {name for name in used if f"{name}.many" in known}
    missing = {name for name in used - plural if name not in known}
    spoken = used | {f"{name}.{form}" for name in plural for form in ("one", "many")}
    assert missing == set()
    assert {key for key in known - spoken if key.partition(".")[0] not in groups} == set()


def test_a_sentence_escapes_what_is_put_into_it() -> None:
    assert Words("es")("home.website", name="<b>") == "Sitio web de &lt;b&gt;"
