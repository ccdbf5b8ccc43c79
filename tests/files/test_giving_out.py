"""Giving out: whoever sees a document gets its bytes, as an attachment that nothing can run in."""

from __future__ import annotations

import datetime as dt

import pytest

from hub import clock
from hub.files.store import Store
from hub.viewer import Scope
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of
from tests.consultations.asking import es
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.consultations import a_draft_consultation
from tests.making.files import LINK, PDF, WITHDRAW, a_document, fetch
from tests.talking import Talking


async def test_everybody_gets_a_public_document_as_an_attachment(hub: Talking) -> None:
    body = await a_body(hub)
    document = await a_document(hub, await a_secretary_of(hub, body), f"Body_{body}")
    answer = await fetch(hub, document["path"])
    assert (answer.status_code, answer.content) == (200, PDF)
    told = ("content-type", "content-length", "content-disposition", "x-content-type-options", "cache-control", "etag")
    assert {name: answer.headers[name] for name in told} == {
        "content-type": "application/pdf",
        "content-length": str(len(PDF)),
        "content-disposition": 'attachment; filename="acta.pdf"',
        "x-content-type-options": "nosniff",
        "cache-control": "public, no-cache",
        "etag": f'"{document["sha256"]}"',
    }
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["referrer-policy"] == "no-referrer"
    again = await fetch(hub, document["path"], **{"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = await hub.client.head(document["path"])
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(PDF)))


async def test_a_paper_is_given_to_members_by_their_token_alone(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra comisión", acronym="OC")
    seated = await a_citizen(hub, "Rita Chan")
    await a_membership(hub, await a_seat(hub, body), "Rita Chan", by=seated)
    luis, ana, julia = await a_secretary_of(hub, body), await a_citizen(hub), await a_coordinator_of(hub, other)
    paper = await a_document(hub, luis, f"Body_{body}", sight="MEMBERS")
    for who in (luis, seated):
        answer = await fetch(hub, paper["path"], who)
        assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (200, PDF, "private, no-store")
    etag = {"if-none-match": f'"{paper["sha256"]}"'}
    for nobody in (None, ana, julia):
        answer = await fetch(hub, paper["path"], nobody, **etag)
        assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
    unknown = await fetch(hub, "/files/0199f2a0-0000-7000-8000-000000000000")
    hidden = await fetch(hub, paper["path"])
    assert unknown.content == hidden.content


async def test_a_token_for_what_is_public_is_given_what_is_public(hub: Talking) -> None:
    body = await a_body(hub)
    luis = await a_secretary_of(hub, body)
    narrow = await a_secretary_of(hub, body, "Eva Cruz", scopes=[Scope.PUBLIC_READ])
    paper = await a_document(hub, luis, f"Body_{body}", sight="MEMBERS")
    public = await a_document(hub, luis, f"Body_{body}")
    assert [(await fetch(hub, d["path"], narrow)).status_code for d in (paper, public)] == [404, 200]


async def test_a_bad_token_is_told_to_be_one(hub: Talking) -> None:
    body = await a_body(hub)
    document = await a_document(hub, await a_secretary_of(hub, body), f"Body_{body}")
    for given in ("Bearer hub_x", "Bearer", "Basic x"):
        answer = await fetch(hub, document["path"], authorization=given)
        assert (answer.status_code, answer.json()["code"]) == (401, "BAD_TOKEN")


async def test_a_page_can_show_a_link_that_is_good_for_minutes(hub: Talking) -> None:
    body = await a_body(hub)
    luis, ana = await a_secretary_of(hub, body), await a_citizen(hub)
    paper = await a_document(hub, luis, f"Body_{body}", sight="MEMBERS")
    other = await a_document(hub, luis, f"Body_{body}", sight="MEMBERS")
    await hub.forget()
    link = await hub.act(LINK, {"input": {"documentId": paper["id"]}}, by=luis)
    answer = await fetch(hub, link["path"])
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (200, PDF, "private, no-store")
    for path in (
        link["path"][:-2] + "xx",
        link["path"].replace(paper["path"], other["path"]),
        f"{paper['path']}?pass=",
    ):
        assert (await fetch(hub, path)).status_code == 404
    with hub.at(clock.now() + dt.timedelta(minutes=6)):
        assert (await fetch(hub, link["path"])).status_code == 404
    errors = await hub.refuse(LINK, {"input": {"documentId": paper["id"]}}, by=ana)
    assert [error["code"] for error in errors] == ["NOT_FOUND"]
    assert await hub.log() == []


async def test_what_was_withdrawn_is_given_to_nobody(hub: Talking) -> None:
    body = await a_body(hub)
    luis = await a_secretary_of(hub, body)
    document = await a_document(hub, luis, f"Body_{body}")
    link = await hub.act(LINK, {"input": {"documentId": document["id"]}}, by=luis)
    withdrawn = {"input": {"documentId": document["id"], "reason": es("Tenía datos de una persona.")}}
    await hub.act(WITHDRAW, withdrawn, by=luis)
    for path, who in [(document["path"], None), (document["path"], luis), (link["path"], None)]:
        answer = await fetch(hub, path, who, **{"if-none-match": f'"{document["sha256"]}"'})
        assert (answer.status_code, answer.json()["code"]) == (410, "DOCUMENT_WITHDRAWN")
    errors = await hub.refuse(LINK, {"input": {"documentId": document["id"]}}, by=luis)
    assert [error["code"] for error in errors] == ["DOCUMENT_WITHDRAWN"]


async def test_what_is_of_a_draft_or_was_hidden_is_given_to_nobody_else(hub: Talking) -> None:
    body = await a_body(hub)
    luis = await a_secretary_of(hub, body)
    draft = await a_draft_consultation(hub, body)
    background = await a_document(hub, luis, draft.node)
    document = await a_document(hub, luis, f"Body_{body}")
    await hub.run("UPDATE entry SET hidden_at = now() WHERE id = :id", id=body)
    for path in (background["path"], document["path"]):
        assert [(await fetch(hub, path, who)).status_code for who in (None, luis)] == [404, 200]


async def test_bytes_that_are_not_there_are_missed_in_words(hub: Talking) -> None:
    body = await a_body(hub)
    document = await a_document(hub, await a_secretary_of(hub, body), f"Body_{body}")
    Store(hub.hub.settings.data).path(bytes.fromhex(document["sha256"])).unlink()
    answer = await fetch(hub, document["path"])
    assert (answer.status_code, answer.json()["code"]) == (410, "FILE_GONE")


@pytest.mark.parametrize("path", ["/files/x", "/files/0199f2a0", "/files/ñ", "/files/..%2f..%2fkeys.json"])
async def test_what_is_no_document_is_not_found(hub: Talking, path: str) -> None:
    answer = await fetch(hub, path)
    assert answer.status_code == 404
    assert "secrets" not in answer.text


async def test_a_page_of_another_origin_may_fetch(hub: Talking) -> None:
    answer = await hub.client.options("/files/x", headers={"origin": "https://app.example"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")
    assert "Authorization" in answer.headers["access-control-allow-headers"]
