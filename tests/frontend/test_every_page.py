"""What is true of every page: landmarks, headings, languages, headers, and no program in it."""

from __future__ import annotations

import re
from itertools import pairwise

import httpx2
import pytest

from tests.frontend.answering import HOSTILE, FakeHub, Outline, said

PAGES = {"/": 200, "/consultas/Consultation_1": 200, "/api": 200, "/nada": 404, "/static/nada.css": 404}
LANGUAGES = ["es", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
async def test_the_outline(reader: httpx2.AsyncClient, path: str, language: str) -> None:
    """One first heading, none skipped, one of each landmark, a way past the menu, and the language declared."""
    response = await reader.get(f"{'/en' if language == 'en' else ''}{path}".removesuffix("/") or "/")
    assert response.status_code == PAGES[path]
    page = Outline(response.text)
    assert page.all("html") == [{"lang": language}]
    assert response.headers["content-language"] == language
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(page.headings))
    assert [len(page.all(tag)) for tag in ("header", "main", "footer", "title")] == [1, 1, 1, 1]
    assert all(found.get("aria-label") for found in page.all("nav"))
    first = page.all("a")[0]
    assert first["href"] == "#content"
    assert page.all("main")[0]["id"] == "content"
    assert page.words("title").endswith({"es": " · Participación abierta", "en": " · Open participation"}[language])


@pytest.mark.parametrize("path", PAGES)
async def test_ids_are_unique_and_lead_somewhere(reader: httpx2.AsyncClient, path: str) -> None:
    page = Outline((await reader.get(path)).text)
    ids = [found["id"] for _, found in page.tags if "id" in found]
    named = {found["aria-labelledby"] for _, found in page.tags if "aria-labelledby" in found}
    within = {str(found["href"])[1:] for found in page.all("a") if str(found["href"]).startswith("#")}
    assert len(ids) == len(set(ids))
    assert named | within <= set(ids)


@pytest.mark.parametrize("path", [*PAGES, "/static/hub.css", "/static/mark.svg"])
async def test_headers_allow_nothing_but_our_own_style(reader: httpx2.AsyncClient, path: str) -> None:
    headers = (await reader.get(path)).headers
    policy = headers["content-security-policy"].split("; ")
    assert policy == [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_needs_what_the_policy_refuses(reader: httpx2.AsyncClient, path: str) -> None:
    """No script or style in the text, nothing from another place."""
    page = Outline((await reader.get(path)).text)
    assert [tag for tag, _ in page.tags if tag in ("style", "iframe", "object")] == []
    attributes = {name for _, found in page.tags for name in found}
    assert [name for name in attributes if name == "style" or name.startswith("on")] == []
    fetched = [found["href"] for found in page.all("link") if found["rel"] != "alternate"]
    fetched += [found["src"] for tag in ("img", "script") for found in page.all(tag)]
    assert [address for address in fetched if not str(address).startswith("/static/")] == []


async def test_what_people_wrote_stays_text(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    """A title that is a program, or a template, is shown and does nothing."""
    consultation = fake.data["Consultation"]["node"]
    hostile = said(HOSTILE, '"><script>')
    for name in ("title", "purpose", "scope", "attribution", "privacyNotice"):
        consultation[name] = hostile
    consultation["folio"] = HOSTILE
    consultation["mandate"].update(title=hostile, reason=hostile, question=hostile)
    consultation["publisher"] = {**consultation["publisher"], "name": hostile}
    consultation["territories"]["nodes"] = [{"id": HOSTILE, "name": HOSTILE}]
    consultation["closing"]["zone"] = HOSTILE
    for section in consultation["revision"]["sections"]:
        section["title"] = section["introduction"] = hostile
    for question in consultation["revision"]["questions"]["nodes"]:
        question.update(title=hostile, hint=hostile, kind=HOSTILE, sourceModeration=HOSTILE)
        for option in question["options"]:
            option["label"] = hostile
    fake.data["Home"]["open"]["nodes"][0].update(title=hostile, id=HOSTILE)
    fake.data["Example"]["consultations"]["nodes"][0]["title"] = hostile
    for path in ("/", "/consultas/Consultation_1", "/api"):
        response = await reader.get(path)
        assert response.status_code == 200
        page = Outline(response.text)
        assert {str(found["src"]).partition("?")[0] for found in page.all("script")} <= {
            "/static/enhance.js",
            "/static/live.js",
        }
        assert HOSTILE in page.words()
        assert "alert" not in " ".join(str(value) for _, found in page.tags for value in found.values()).replace(
            "alert%28", ""
        )


async def test_a_policy_holds_on_our_own_faults_too(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    """An answer that no page can be made of is a fault of ours, and has a page."""
    del fake.data["Home"]["open"]["nodes"][0]["title"]
    response = await reader.get("/")
    assert response.status_code == 500
    assert Outline(response.text).words("h1") == "Algo falló de nuestro lado"
    assert "content-security-policy" in response.headers


async def test_the_style_sheet_is_kept_until_it_changes(reader: httpx2.AsyncClient) -> None:
    (address,) = re.findall(r'"(/static/hub\.css\?v=[0-9a-f]{12})"', (await reader.get("/")).text)
    first = await reader.get(address)
    assert "immutable" in first.headers["cache-control"]
    again = await reader.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await reader.get("/static/hub.css")).headers["cache-control"] == "no-cache"
    assert "immutable" not in (await reader.get("/?v=1")).headers["cache-control"]
