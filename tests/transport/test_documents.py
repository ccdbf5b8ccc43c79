"""Documents that the hub knows by the hash of their text, and an installation that takes no others from visitors."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

import frontend_stub.asking
from graphql_schema.schema import graphql
from graphql_schema.trusting import TrustedDocuments
from hub.errors import SetupError
from hub.settings import Settings
from tests.cast import a_citizen
from tests.talking import RESPONSE_TYPE, Talking, talking
from tests.transport.conftest import DOCUMENTS

KNOWN = (DOCUMENTS / "bodies.graphql").read_text(encoding="utf-8")
ANSWER = {"data": {"bodies": {"totalCount": 0}}}
ACCEPT = {"accept": RESPONSE_TYPE}


def number(text: str) -> str:
    """Return what a document is called, as a client computes it."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
async def knowing(quiet_url: str, data: Path) -> AsyncIterator[Talking]:
    """A hub that knows the documents of a folder."""
    settings = Settings(data=data, database_url=None, keys=None, documents=(DOCUMENTS,))
    async with talking(settings, quiet_url) as hub:
        yield hub


@pytest.fixture(scope="module")
async def strict(quiet_url: str, data: Path) -> AsyncIterator[Talking]:
    """A hub that answers nothing else to visitors."""
    settings = Settings(data=data, database_url=None, keys=None, documents=(DOCUMENTS,), anonymous_documents_only=True)
    async with talking(settings, quiet_url) as hub:
        yield hub


async def by_both(hub: Talking, given: dict[str, Any], **headers: str) -> list[tuple[int, Any]]:
    """Send a request by POST and by GET, and return what was answered."""
    posted = await hub.client.post("/graphql", json=given, headers={**ACCEPT, **headers})
    got = await hub.client.get("/graphql", params=given, headers={**ACCEPT, **headers})
    return [(answer.status_code, answer.json()) for answer in (posted, got)]


async def test_a_known_document_is_named_instead_of_sent(knowing: Talking) -> None:
    for name in (number(KNOWN), number(KNOWN).upper().replace("SHA256", "sha256")):
        assert await by_both(knowing, {"documentId": name}) == [(200, ANSWER)] * 2
        assert await by_both(knowing, {"documentId": name, "operationName": "HowManyBodies"}) == [(200, ANSWER)] * 2


async def test_the_front_ends_documents_are_known_to_every_hub(quiet: Talking) -> None:
    for file in frontend_stub.asking.DOCUMENTS.glob("*.graphql"):
        text = file.read_text(encoding="utf-8")
        body = {"documentId": number(text), "variables": {}}
        named = await quiet.client.post("/graphql", json=body, headers=ACCEPT)
        sent = await quiet.client.post("/graphql", json={"query": text, "variables": {}}, headers=ACCEPT)
        told = [error.get("message") for error in named.json().get("errors", [])]
        assert (named.status_code, told) == (sent.status_code, [e["message"] for e in sent.json().get("errors", [])])
        assert named.json().get("data") == sent.json().get("data")


@pytest.mark.parametrize(("language", "word"), [("es", "no conoce"), ("en", "knows no document")])
async def test_what_is_not_known_is_refused_in_words(knowing: Talking, language: str, word: str) -> None:
    for name in (number("{ viewer { signedIn } }"), "sha256:", "md5:1", "x"):
        for status, answer in await by_both(knowing, {"documentId": name}, **{"accept-language": language}):
            assert status == 400
            assert answer["errors"][0]["extensions"]["reason"] == "DOCUMENT_UNKNOWN"
            assert word in answer["errors"][0]["message"]


@pytest.mark.parametrize("name", [1, ["sha256:x"], {}, True])
async def test_a_name_that_is_no_text_is_no_request(knowing: Talking, name: Any) -> None:
    answer = await knowing.client.post("/graphql", json={"documentId": name}, headers=ACCEPT)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["reason"]) == (400, "NOT_A_REQUEST")


async def test_a_text_and_a_name_have_to_fit(knowing: Talking) -> None:
    assert await by_both(knowing, {"query": KNOWN, "documentId": number(KNOWN)}) == [(200, ANSWER)] * 2
    for text, name in ((KNOWN + " ", number(KNOWN)), (KNOWN, number("x")), (KNOWN, "x")):
        for status, answer in await by_both(knowing, {"query": text, "documentId": name}):
            assert (status, answer["errors"][0]["extensions"]["reason"]) == (400, "DOCUMENT_DIFFERS")


async def test_visitors_may_be_held_to_known_documents(strict: Talking) -> None:
    """By name or by text; introspection is no exception, nor is a mutation."""
    other = {"query": "{ bodies { totalCount } }"}
    for given in ({"documentId": number(KNOWN)}, {"query": KNOWN}):
        assert await by_both(strict, given) == [(200, ANSWER)] * 2
    mutation = 'mutation { withdrawResponse(input: {consultationId: "Consultation_x"}) { event } }'
    for given in (other, {"query": "{ __schema { types { name } } }"}, {"query": mutation}, {"query": KNOWN + "#"}):
        for status, answer in await by_both(strict, given):
            error = answer["errors"][0]
            assert (status, error["extensions"]["code"]) == (403, "FORBIDDEN")
            assert error["extensions"]["reason"] == "ONLY_TRUSTED_DOCUMENTS"
            assert "data" not in answer
    ana = await a_citizen(strict)
    signed = await strict.client.post("/graphql", json=other, headers={"authorization": f"Bearer {ana.token}"})
    assert signed.json() == ANSWER


async def test_the_pages_are_shown_where_visitors_are_held_to_known_documents(strict: Talking) -> None:
    for path in ("/", "/api"):
        assert (await strict.client.get(path)).status_code == 200


def test_what_cannot_be_known_is_said_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="there is no folder"):
        TrustedDocuments(graphql, (tmp_path / "missing",))
    (tmp_path / "deeper").mkdir()
    file = tmp_path / "deeper" / "one.graphql"
    for text, words in (("{ nothing }", "cannot run"), ("{", "cannot run")):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SetupError, match=words):
            TrustedDocuments(graphql, (tmp_path,))
    file.write_bytes(b"\xff")
    with pytest.raises(SetupError, match="UTF-8"):
        TrustedDocuments(graphql, (tmp_path,))
    file.write_text("query Known { bodies { totalCount } }\n", encoding="utf-8")
    found = TrustedDocuments(graphql, (tmp_path,))
    assert (len(found), found.names) == (1, {"Known"})


def test_several_folders_are_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_DOCUMENTS", "/a:/b/c")
    assert Settings().documents == (Path("/a"), Path("/b/c"))
