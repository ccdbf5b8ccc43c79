"""Attaching and withdrawing: who may, who is shown it, what stays."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib

import pytest

from hub import clock
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, an_analyst_of
from tests.consultations.asking import es
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.consultations import a_draft_consultation, an_open_consultation
from tests.making.files import ATTACH, PDF, PNG, WITHDRAW, a_document, a_ticket, an_upload, attaching
from tests.making.people import an_organization
from tests.talking import Talking

DOCUMENTS = """
query ($id: ID!, $sight: [DocumentSight!]) {
  node(id: $id) {
    ... on Body { documents(filter: {sight: $sight}) { nodes { title { text } sight } totalCount } }
    ... on Consultation { documents(filter: {sight: $sight}) { nodes { title { text } sight } totalCount } }
  }
}
"""
WHOLE = """
query ($id: ID!) {
  node(id: $id) {
    ... on Body { documents(first: 100) { nodes { size name sha256 mediaType path record { id } } } }
  }
}
"""


def withdrawing(document: str, reason: str = "Tenía datos de una persona.") -> dict[str, object]:
    """Return what withdrawing takes."""
    return {"input": {"documentId": document, "reason": es(reason)}}


async def test_a_secretary_attaches_a_document_and_everybody_reads_of_it(hub: Talking) -> None:
    body = await a_body(hub)
    at = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    with hub.at(at):
        luis = await a_secretary_of(hub, body, at=at)
        upload = await an_upload(hub, luis)
        await hub.forget()
        payload = await hub.act(
            ATTACH,
            attaching(f"Body_{body}", upload, role="MINUTES", licence="CC-BY-4.0"),
            by=luis,
        )
    document = payload["document"]
    assert document == {
        "id": document["id"],
        "title": {"text": "Acta de la primera sesión"},
        "role": "MINUTES",
        "sight": "PUBLIC",
        "licence": "CC-BY-4.0",
        "record": {"id": f"Body_{body}"},
        "name": "acta.pdf",
        "size": len(PDF),
        "mediaType": "application/pdf",
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "path": f"/files/{document['id'].removeprefix('Document_')}",
        "publishedAt": "2026-05-04T12:00:00.000000Z",
        "withdrawnAt": None,
    }
    (event,) = await hub.events()
    assert (event["type"], event["public"], event["actor_account_id"]) == ("DocumentAttached", True, luis.account_id)
    data = await hub.ask(DOCUMENTS, {"id": f"Body_{body}"})
    assert data["node"]["documents"] == {
        "nodes": [{"title": {"text": "Acta de la primera sesión"}, "sight": "PUBLIC"}],
        "totalCount": 1,
    }


async def test_a_paper_is_for_the_members_and_told_to_nobody_else(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra comisión", acronym="OC")
    seated = await a_citizen(hub, "Rita Chan")
    await a_membership(hub, await a_seat(hub, body), "Rita Chan", by=seated)
    luis, julia = await a_secretary_of(hub, body), await a_coordinator_of(hub, other)
    noe, ana = await an_analyst_of(hub, body), await a_citizen(hub)
    await hub.forget()
    before = await hub.rows("SELECT updated_at FROM entry WHERE id = :id", id=body)
    paper = await a_document(hub, luis, f"Body_{body}", sight="MEMBERS")
    (event,) = await hub.events()
    assert (event["type"], event["public"]) == ("PaperAttached", False)
    assert await hub.rows("SELECT updated_at FROM entry WHERE id = :id", id=body) == before
    for who in (luis, seated):
        data = await hub.ask(DOCUMENTS, {"id": f"Body_{body}"}, by=who)
        assert data["node"]["documents"]["totalCount"] == 1, who.name
    for nobody in (None, ana, julia, noe):
        data = await hub.ask(DOCUMENTS, {"id": f"Body_{body}", "sight": ["MEMBERS"]}, by=nobody)
        assert data["node"]["documents"] == {"nodes": [], "totalCount": 0}
        found = await hub.ask("query ($id: ID!) { node(id: $id) { id } }", {"id": paper["id"]}, by=nobody)
        assert found == {"node": None}


async def test_only_who_keeps_the_papers_attaches_them(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra comisión", acronym="OC")
    luis, julia, noe = (
        await a_secretary_of(hub, body),
        await a_coordinator_of(hub, other),
        await an_analyst_of(hub, body),
    )
    organization = await an_organization(hub)
    await hub.forget()
    for who, holder, code in [
        (julia, f"Body_{body}", "OFFICERS_ONLY"),
        (noe, f"Body_{body}", "OFFICERS_ONLY"),
        (luis, f"Body_{other}", "OFFICERS_ONLY"),
        (luis, f"Organization_{organization}", "BAD_ID"),
        (luis, "Body_x", "BAD_ID"),
        (luis, f"Body_{organization}", "NOT_FOUND"),
    ]:
        upload = await an_upload(hub, who)
        errors = await hub.refuse(ATTACH, attaching(holder, upload), by=who)
        assert [error["code"] for error in errors] == [code], holder
    errors = await hub.refuse(ATTACH, attaching(f"Body_{body}", await an_upload(hub, luis)))
    assert [error["code"] for error in errors] == ["UNAUTHENTICATED"]
    assert await hub.log() == []
    assert await hub.rows("SELECT * FROM document") == []


async def test_a_file_is_attached_by_whoever_handed_it_in_and_while_it_is_there(hub: Talking) -> None:
    body = await a_body(hub)
    luis, julia = await a_secretary_of(hub, body), await a_coordinator_of(hub, body)
    upload, empty = await an_upload(hub, luis), (await a_ticket(hub, luis))["upload"]
    await hub.forget()
    for who, words, code in [
        (julia, upload, "UPLOAD_UNKNOWN"),
        (luis, "x", "UPLOAD_UNKNOWN"),
        (luis, empty, "UPLOAD_MISSING"),
    ]:
        errors = await hub.refuse(ATTACH, attaching(f"Body_{body}", words), by=who)
        assert [(error["code"], error["path"]) for error in errors] == [(code, ["upload"])]
    with hub.at(clock.now() + dt.timedelta(days=1)):
        errors = await hub.refuse(ATTACH, attaching(f"Body_{body}", upload), by=luis)
    assert [error["code"] for error in errors] == ["UPLOAD_MISSING"]
    assert await hub.log() == []


async def test_what_is_wrong_with_a_document_is_told_at_once(hub: Talking) -> None:
    body = await a_body(hub)
    luis = await a_secretary_of(hub, body)
    upload = await an_upload(hub, luis)
    await hub.forget()
    title = {"source": "en", "translations": [{"language": "es", "text": "x" * 501}]}
    given = attaching(f"Body_{body}", upload, title=title, licence=" ")
    errors = await hub.refuse(ATTACH, given, by=luis)
    assert [(error["code"], error["path"]) for error in errors] == [
        ("WORDING_MISSING", ["title", "source"]),
        ("WORDS_MISSING", ["licence"]),
    ]
    errors = await hub.refuse(ATTACH, attaching(f"Body_{body}", upload, title=es("x" * 501)), by=luis)
    assert [error["code"] for error in errors] == ["WORDING_TOO_LONG"]
    assert await hub.log() == []


async def test_many_at_once_stand_one_behind_the_other(hub: Talking) -> None:
    body = await a_body(hub)
    luis, julia = await a_secretary_of(hub, body), await a_coordinator_of(hub, body)
    uploads = [(who, await an_upload(hub, who)) for who in (luis, julia) for _ in range(4)]
    await asyncio.gather(*[hub.act(ATTACH, attaching(f"Body_{body}", words), by=who) for who, words in uploads])
    found = await hub.rows("SELECT position FROM document ORDER BY position")
    assert [row["position"] for row in found] == list(range(1, 9))


async def test_the_same_request_once_more_attaches_once(hub: Talking) -> None:
    body = await a_body(hub)
    luis = await a_secretary_of(hub, body)
    given = attaching(f"Body_{body}", await an_upload(hub, luis), idempotencyKey="acta-1")
    first, second = [await hub.act(ATTACH, given, by=luis) for _ in range(2)]
    assert first == second
    assert await hub.rows("SELECT count(*) AS n FROM document") == [{"n": 1}]


async def test_what_was_withdrawn_leaves_its_trace(hub: Talking) -> None:
    body = await a_body(hub)
    luis = await a_secretary_of(hub, body)
    document = await a_document(hub, luis, f"Body_{body}")
    await hub.forget()
    with hub.at(dt.datetime(2030, 5, 4, 12, tzinfo=dt.UTC)):
        again = await a_secretary_of(hub, body, "Eva Cruz")
        payload = await hub.act(WITHDRAW, withdrawing(document["id"]), by=again)
    assert payload["document"] == {
        "id": document["id"],
        "title": {"text": "Acta de la primera sesión"},
        "withdrawnAt": "2030-05-04T12:00:00.000000Z",
        "withdrawnReason": {"text": "Tenía datos de una persona."},
        "path": None,
        "sha256": document["sha256"],
    }
    assert (await hub.log())[-1:] == ["DocumentWithdrawn"]
    data = await hub.ask(DOCUMENTS, {"id": f"Body_{body}"})
    assert data["node"]["documents"]["totalCount"] == 1
    await hub.forget()
    errors = await hub.refuse(WITHDRAW, withdrawing(document["id"]), by=luis)
    assert [error["code"] for error in errors] == ["DOCUMENT_WITHDRAWN"]
    assert await hub.log() == []


async def test_only_who_keeps_the_papers_withdraws_them_and_with_a_reason(hub: Talking) -> None:
    body = await a_body(hub)
    luis, ana = await a_secretary_of(hub, body), await a_citizen(hub)
    document = await a_document(hub, luis, f"Body_{body}")
    paper = await a_document(hub, luis, f"Body_{body}", content=PDF, sight="MEMBERS")
    await hub.forget()
    for who, id_, reason, code in [
        (ana, document["id"], "Porque sí.", "OFFICERS_ONLY"),
        (ana, paper["id"], "Porque sí.", "NOT_FOUND"),
        (luis, document["id"], "x" * 4_001, "WORDING_TOO_LONG"),
        (luis, f"Document_{body}", "Porque sí.", "NOT_FOUND"),
    ]:
        errors = await hub.refuse(WITHDRAW, withdrawing(id_, reason), by=who)
        assert [error["code"] for error in errors] == [code]
    assert await hub.log() == []


async def test_a_consultation_has_background_documents_also_of_its_analyst(hub: Talking) -> None:
    body = await a_body(hub)
    noe, ana = await an_analyst_of(hub, body), await a_citizen(hub)
    draft, asked = await a_draft_consultation(hub, body), await an_open_consultation(hub, body)
    for consultation in (draft, asked):
        await a_document(hub, noe, consultation.node, role="BACKGROUND")
    for who, counts in [(noe, (1, 1)), (ana, (None, 1)), (None, (None, 1))]:
        found = [(await hub.ask(DOCUMENTS, {"id": c.node}, by=who))["node"] for c in (draft, asked)]
        assert tuple(node and node["documents"]["totalCount"] for node in found) == counts


@pytest.mark.parametrize("count", [1, 30])
async def test_a_list_of_documents_is_one_statement(hub: Talking, count: int) -> None:
    body = await a_body(hub)
    luis = await a_secretary_of(hub, body)
    upload = await an_upload(hub, luis, name="mapa.png", content=PNG)
    for _ in range(count):
        await hub.act(ATTACH, attaching(f"Body_{body}", upload), by=luis)
    with hub.counting() as statements:
        data = await hub.ask(WHOLE, {"id": f"Body_{body}"})
    assert len(data["node"]["documents"]["nodes"]) == count
    assert statements == [1]
