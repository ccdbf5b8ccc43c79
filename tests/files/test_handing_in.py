"""Handing in: a ticket, bytes in pieces, their type by content, and nothing left of what broke off."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub import clock
from hub.files.store import Store
from hub.viewer import Scope
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, an_analyst_of
from tests.making.bodies import a_body
from tests.making.files import CSV, PDF, REQUEST, a_ticket, an_upload
from tests.talking import Talking


def lying(hub: Talking) -> list[str]:
    """Return what lies on the disk: whole files by their hash, and what is unfinished."""
    store = Store(hub.hub.settings.data)
    return [path.name for folder in (store.kept, store.unfinished) for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def empty(hub: Talking) -> None:
    """Each test begins with an empty disk; the folders are those of the run."""
    store = Store(hub.hub.settings.data)
    for folder in (store.kept, store.unfinished):
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink()


async def test_a_file_is_handed_in_by_a_ticket(hub: Talking) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    ticket = await a_ticket(hub, luis)
    assert ticket["path"] == f"/files/uploads/{ticket['upload']}"
    answer = await hub.client.put(ticket["path"], content=PDF)
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert answer.status_code == 201
    assert answer.json() == {"name": "acta.pdf", "size": len(PDF), "mediaType": "application/pdf", "sha256": sha256}
    assert lying(hub) == [sha256]
    assert Store(hub.hub.settings.data).path(bytes.fromhex(sha256)).read_bytes() == PDF
    (row,) = await hub.rows("SELECT name, size, media_type, uploaded_by FROM stored_file")
    assert row == {
        "name": "acta.pdf",
        "size": len(PDF),
        "media_type": "application/pdf",
        "uploaded_by": luis.account_id,
    }


async def test_the_same_once_more_is_as_once_and_other_bytes_are_a_conflict(hub: Talking) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    ticket = await a_ticket(hub, luis)
    answers = await asyncio.gather(*[hub.client.put(ticket["path"], content=PDF) for _ in range(5)])
    assert [answer.status_code for answer in answers] == [201] * 5
    other = PDF.replace(b"1.7", b"1.6")
    refused = await hub.client.put(ticket["path"], content=other)
    assert (refused.status_code, refused.json()["code"]) == (409, "UPLOADED_ALREADY")
    assert lying(hub) == [hashlib.sha256(PDF).hexdigest()]


async def test_the_same_bytes_of_two_people_lie_once(hub: Talking) -> None:
    body = await a_body(hub)
    luis, julia = await a_secretary_of(hub, body), await a_coordinator_of(hub, body)
    await asyncio.gather(an_upload(hub, luis), an_upload(hub, julia, name="otra.pdf"))
    assert lying(hub) == [hashlib.sha256(PDF).hexdigest()]
    assert await hub.rows("SELECT count(*) AS n FROM stored_file") == [{"n": 2}]


async def test_only_who_works_for_a_body_gets_a_ticket(hub: Talking) -> None:
    body = await a_body(hub)
    given = {"input": {"name": "acta.pdf", "size": 10}}
    ana, noe = await a_citizen(hub), await an_analyst_of(hub, body)
    reader = await a_secretary_of(hub, body, scopes=[Scope.PUBLIC_READ, Scope.ME_READ])
    assert [error["code"] for error in await hub.refuse(REQUEST, given)] == ["UNAUTHENTICATED"]
    assert [error["code"] for error in await hub.refuse(REQUEST, given, by=ana)] == ["STAFF_ONLY"]
    assert [error["code"] for error in await hub.refuse(REQUEST, given, by=reader)] == ["SCOPE_MISSING"]
    assert await hub.rows("SELECT * FROM upload_allowance") == []
    await hub.act(REQUEST, given, by=noe)


@pytest.mark.parametrize(
    ("name", "size", "codes"),
    [
        ("acta.exe", 10, ["FILE_TYPE_NOT_TAKEN"]),
        ("acta.html", 10, ["FILE_TYPE_NOT_TAKEN"]),
        ("acta", 10, ["FILE_TYPE_NOT_TAKEN"]),
        ("../acta.pdf", 10, ["FILE_NAME_WITH_FOLDERS"]),
        ("c:\\acta.pdf", 10, ["FILE_NAME_WITH_FOLDERS"]),
        ("acta\n.pdf", 10, ["FILE_NAME_WITH_FOLDERS"]),
        (" ", 10, ["WORDS_MISSING"]),
        ("a" * 200 + ".pdf", 10, ["WORDING_TOO_LONG"]),
        ("acta.pdf", 0, ["FILE_TOO_LARGE"]),
        ("acta.pdf", -1, ["FILE_TOO_LARGE"]),
        ("acta.pdf", 50 * 2**20 + 1, ["FILE_TOO_LARGE"]),
        ("acta.exe", 2**31 - 1, ["FILE_TYPE_NOT_TAKEN", "FILE_TOO_LARGE"]),
    ],
)
async def test_what_is_not_taken_gets_no_ticket(hub: Talking, name: str, size: int, codes: list[str]) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    found = await hub.refuse(REQUEST, {"input": {"name": name, "size": size}}, by=luis)
    assert [error["code"] for error in found] == codes
    assert await hub.rows("SELECT * FROM upload_allowance") == []


async def test_a_day_has_a_bound_also_for_many_at_once(hub: Talking) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    given = {"input": {"name": "datos.csv", "size": 150 * 2**20, "purpose": "DATASET"}}
    answers = await asyncio.gather(*[hub.answer(REQUEST, given, by=luis) for _ in range(10)])
    errors = [answer["data"]["requestUpload"]["errors"] for answer in answers]
    assert [[error["code"] for error in found] for found in errors if found] == [["UPLOADS_USED_UP"]] * 4
    assert await hub.rows("SELECT size FROM upload_allowance") == [{"size": 6 * 150 * 2**20}]


async def test_a_ticket_that_is_none_or_is_over_lets_nothing_in(hub: Talking) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    ticket = await a_ticket(hub, luis)
    forged = ticket["path"][:-2] + ("AA" if not ticket["path"].endswith("AA") else "BB")
    for path in (forged, "/files/uploads/x", "/files/uploads/" + "A" * 3000, "/files/uploads/ñ"):
        answer = await hub.client.put(path, content=PDF)
        assert (answer.status_code, answer.json()["code"]) == (403, "TICKET_UNKNOWN")
    with hub.at(clock.now() + dt.timedelta(minutes=16)):
        answer = await hub.client.put(ticket["path"], content=PDF)
    assert (answer.status_code, answer.json()["code"]) == (410, "TICKET_OVER")
    assert lying(hub) == []
    assert await hub.rows("SELECT * FROM stored_file") == []


async def test_as_much_comes_as_was_said(hub: Talking) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    ticket = await a_ticket(hub, luis)

    async def pieces(content: bytes) -> AsyncIterator[bytes]:
        for start in range(0, len(content), 7):
            yield content[start : start + 7]

    for content in (PDF[:-1], PDF + b" ", b""):
        for sent in (content, pieces(content)):
            answer = await hub.client.put(ticket["path"], content=sent)
            assert (answer.status_code, answer.json()["code"]) == (422, "FILE_SIZE_DIFFERS"), content
    assert lying(hub) == []
    assert (await hub.client.put(ticket["path"], content=pieces(PDF))).status_code == 201


async def test_bytes_that_are_not_what_the_name_says_are_not_kept(hub: Talking) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    page = b"<!doctype html><script>alert(1)</script>"
    ticket = await a_ticket(hub, luis, size=len(page))
    answer = await hub.client.put(ticket["path"], content=page, headers={"content-type": "application/pdf"})
    assert (answer.status_code, answer.json()["code"]) == (422, "FILE_NOT_WHAT_IT_SAYS")
    assert lying(hub) == []
    assert await hub.rows("SELECT * FROM stored_file") == []


async def test_a_large_file_is_never_whole_in_memory(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    row, rows = b"Oaxaca,12\n" * 100, 20_000
    written: list[int] = []
    real = Store.begin

    def begin(store: Store) -> object:
        incoming = real(store)
        write = incoming.write
        monkeypatch.setattr(incoming, "write", lambda block: (written.append(len(block)), write(block))[1])
        return incoming

    monkeypatch.setattr(Store, "begin", begin)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(rows):
            yield row

    ticket = await a_ticket(hub, luis, name="datos.csv", size=len(row) * rows, purpose="DATASET")
    answer = await hub.client.put(ticket["path"], content=pieces())
    assert (answer.status_code, answer.json()["mediaType"]) == (201, "text/csv")
    assert sum(written) == len(row) * rows
    assert max(written) < 300_000


async def test_a_page_of_another_origin_may_hand_in(hub: Talking) -> None:
    answer = await hub.client.options("/files/uploads/x", headers={"origin": "https://app.example"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")
    assert answer.headers["access-control-allow-methods"] == "PUT, POST"


async def test_the_words_are_those_of_the_caller(hub: Talking) -> None:
    answers = [
        await hub.client.put("/files/uploads/x", content=CSV, headers={"accept-language": language})
        for language in ("es-MX,es;q=0.9", "en")
    ]
    assert [answer.json()["message"].split()[0] for answer in answers] == ["Este", "This"]


def test_the_folders_are_of_the_installation(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert (store.kept, store.unfinished) == (tmp_path / "files", tmp_path / "uploads")
    assert list(store.old()) == []
    assert store.clear() == 0
