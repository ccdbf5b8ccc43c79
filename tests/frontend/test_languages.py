"""Which language a reader gets, and that every word is there in both."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import httpx2
import pytest

from frontend_stub.languages import LANGUAGES, Words, catalogue
from tests.frontend.answering import FakeHub, Outline
from tests.shape.project import ROOT

SOURCES = [*(ROOT / "frontend_stub").rglob("*.html"), *(ROOT / "frontend_stub").rglob("*.py")]
NAMED = re.compile(
    r'(?<!\.)[Ww]ords(?:\((?:[^()"]|\([^()"]*\))*\))?(?:\.counted)?\(\s*f?"([\w.-]+)"(?! ~)(?: if .*? else "([\w.]+)")?'
    r'|sentence\("([\w.]+)"'
)
CODED = re.compile(
    r'(?:named\(\s*|group=)"([\w.-]+)"[,)]|[Ww]ords(?:\.counted)?\(\s*"([\w.]+)\." ~|\bstate\([^,()]+, "(\w+)"\)'
)


async def test_the_address_says_the_language(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    """Spanish has no tag; what a browser prefers leads nobody away from the address that they were given."""
    for path, language in {"/": "es", "/en": "en", "/api": "es", "/en/api": "en", "/en/nada": "en"}.items():
        response = await reader.get(path, headers={"accept-language": "en"})
        assert Outline(response.text).all("html") == [{"lang": language}], path
        assert response.headers["content-language"] == language
    assert fake.languages == ["es", "en", "es", "en"]


@pytest.mark.parametrize("path", ["/en/", "/es", "/xx/api", "/english"])
async def test_what_is_no_language_is_no_page(reader: httpx2.AsyncClient, path: str) -> None:
    assert (await reader.get(path)).status_code == 404


async def test_links_stay_in_the_language(reader: httpx2.AsyncClient) -> None:
    page = Outline((await reader.get("/en/consultas/Consultation_1")).text)
    inner = {str(found["href"]) for found in page.all("a") if str(found["href"]).startswith("/")}
    assert {href for href in inner if not href.startswith(("/en", "/graphql"))} == {"/consultas/Consultation_1"}


async def test_the_switch_leads_to_the_same_page(reader: httpx2.AsyncClient) -> None:
    page = Outline((await reader.get("/consultas/Consultation_1?desde=a%26b")).text)
    switches = [found for found in page.all("a") if "hreflang" in found]
    assert switches == [{"href": "/en/consultas/Consultation_1?desde=a%26b", "lang": "en", "hreflang": "en"}]


async def test_english(reader: httpx2.AsyncClient) -> None:
    text = Outline((await reader.get("/en/consultas/Consultation_1")).text).words()
    assert "Sunday 29 November 2026, 23:59, Central Mexico time" in text
    assert "3 See the results" in text
    assert "Comisión de Gobierno Abierto" in text


def test_every_sentence_is_in_every_language_with_the_same_gaps() -> None:
    def gaps(sentence: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name}

    for key, words in catalogue().items():
        assert tuple(words) == LANGUAGES, key
        assert len({frozenset(gaps(sentence)) for sentence in words.values()}) == 1, key


def test_every_sentence_is_used_and_every_used_one_is_there() -> None:
    known = set(catalogue())
    texts = [Path(path).read_text(encoding="utf-8") for path in SOURCES]
    # A group whose sentences are named by a code that is only known at run time.
    groups = {group for text in texts for found in CODED.findall(text) for group in found if group}
    used = {name for text in texts for found in NAMED.findall(text) for name in found if name}
    plural = {name for name in used if f"{name}.many" in known}
    missing = {name for name in used - plural if name not in known}
    spoken = used | {f"{name}.{form}" for name in plural for form in ("one", "many")}
    assert missing == set()
    assert {group for group in groups if not any(key.startswith(f"{group}.") for key in known)} == set()
    assert {key for key in known - spoken if key.rpartition(".")[0] not in groups} == set()


def test_a_sentence_escapes_what_is_put_into_it() -> None:
    assert Words("es")("consultation.by", name="<b>") == "Pregunta: &lt;b&gt;"
