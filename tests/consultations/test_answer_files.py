"""Answering by a file: a ticket for whoever may answer, real bytes, one answer for each file, and gone with it."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from hub import clock
from hub.consultations.models import Anonymity, IdentityPolicy, ResultsPolicy
from hub.consultations.receipts import response_hash
from hub.files.store import Store
from tests.cast import a_citizen, a_coordinator_of, an_analyst_of
from tests.consultations.asking import (
    CHANGE,
    SAVE,
    SUBMIT,
    WITHDRAW,
    a_sheet,
    problems,
)
from tests.consultations.drafts_asked import a_draft
from tests.consultations.files_asked import (
    LINK,
    REQUEST,
    a_filed_response,
    an_empty_store,
    an_upload,
    asking_for_files,
    filed,
    offering,
    swept,
    the_file,
)
from tests.making.bodies import a_body
from tests.making.consultations import DAY, ZONE, an_open_consultation
from tests.making.files import ATTACH, PDF, PNG, attaching, fetch
from tests.talking import Talking

SHA256 = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A body that asks."""
    return await a_body(hub)


@pytest.fixture
def store(hub: Talking) -> Store:
    """The store of the run, with nothing in it."""
    return an_empty_store(hub)


async def test_a_question_is_answered_by_a_file(hub: Talking, body: UUID) -> None:
    asked, ana = await asking_for_files(hub, body), await a_citizen(hub)
    response, file = await a_filed_response(hub, asked, ana)
    told = {"name": "respuesta.pdf", "size": len(PDF), "mediaType": "application/pdf", "sha256": SHA256}
    assert file == {**told, "id": file["id"], "path": f"/files/answers/{file['id'].removeprefix('AnswerFile_')}"}
    answer = await fetch(hub, file["path"], ana)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-disposition"] == 'attachment; filename="respuesta.pdf"'
    assert answer.headers["content-security-policy"].startswith("sandbox")
    # Nothing leads from the file to whoever gave it: no account, no name, no instant.
    (row,) = await hub.rows("SELECT uploaded_by, name, uploaded_at FROM stored_file")
    day = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    assert row == {"uploaded_by": None, "name": "respuesta.pdf", "uploaded_at": day}
    assert "Ana L" not in await hub.dump()
    # The hash of the receipt stands for the bytes.
    (given,) = await hub.rows("SELECT salt, content_hash FROM response")
    said = {
        "consultation": str(asked.id),
        "revision": str(asked.revision_id),
        "organization": None,
        "territory": None,
        "consent": "without_name",
        "notice": asked.notice_hash,
        "language": "es",
        "answers": [{"question": "anexo", "file": SHA256}],
    }
    assert response_hash(said, salt=given["salt"]) == given["content_hash"]
    assert response.startswith("Response_")


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"name": "plano.exe"}, "FILE_TYPE_NOT_TAKEN", "name"),
        ({"name": "datos.json"}, "FILE_TYPE_NOT_TAKEN", "name"),
        ({"size": 10 * 2**20 + 1}, "FILE_TOO_LARGE", "size"),
        ({"size": 0}, "FILE_TOO_LARGE", "size"),
        ({"question": "plano", "name": "plano.pdf", "size": 50}, "FILE_TYPE_NOT_TAKEN", "name"),
        ({"question": "plano", "name": "plano.png", "size": 101}, "FILE_TOO_LARGE", "size"),
        ({"question": "luz"}, "FILE_NOT_ASKED", "question"),
        ({"question": "nadie"}, "FILE_NOT_ASKED", "question"),
        ({"name": "a/b.pdf"}, "FILE_NAME_WITH_FOLDERS", "name"),
    ],
)
async def test_a_ticket_is_for_what_the_question_takes(
    hub: Talking, body: UUID, given: dict[str, Any], code: str, path: str
) -> None:
    asked, ana = await asking_for_files(hub, body), await a_citizen(hub)
    assert problems(await hub.refuse(REQUEST, offering(asked, **given), by=ana)) == [(code, path)]


async def test_a_ticket_is_for_whoever_may_answer(hub: Talking, body: UUID) -> None:
    asked, ana = await asking_for_files(hub, body), await a_citizen(hub)
    assert [e["code"] for e in await hub.refuse(REQUEST, offering(asked))] == ["UNAUTHENTICATED"]
    with hub.at(asked.late_until):
        found = await hub.refuse(REQUEST, offering(asked), by=await a_citizen(hub))
        assert [e["code"] for e in found] == ["CONSULTATION_CLOSED"]
    # A document's ticket answers nothing, and an answer's is attached to nothing.
    luis = await a_coordinator_of(hub, body)
    upload = await an_upload(hub, asked, luis)
    assert problems(await hub.refuse(ATTACH, attaching(f"Body_{body}", upload), by=luis)) == [
        ("UPLOAD_UNKNOWN", "upload")
    ]
    found = await hub.refuse(
        "mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { errors { code path } } }",
        {"input": {"name": "a.pdf", "size": 9, "purpose": "ANSWER"}},
        by=luis,
    )
    assert problems(found) == [("UPLOAD_OF_AN_ANSWER", "purpose")]
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked, filed("AnswerFile_" + "0" * 8)), by=ana)) == [
        ("UPLOAD_UNKNOWN", "answers.0.file")
    ]


async def test_the_bytes_must_be_what_the_name_promises(hub: Talking, body: UUID, store: Store) -> None:
    asked, ana = await asking_for_files(hub, body), await a_citizen(hub)
    ticket = await hub.act(REQUEST, offering(asked, size=len(PNG)), by=ana)
    answer = await hub.client.put(ticket["path"], content=PNG)
    assert (answer.status_code, answer.json()["code"]) == (422, "FILE_NOT_WHAT_IT_SAYS")
    found = await hub.refuse(SUBMIT, a_sheet(asked, filed(ticket["upload"])), by=ana)
    assert problems(found) == [("UPLOAD_MISSING", "answers.0.file")]
    assert await swept(hub, store) == []


async def test_the_file_of_somebody_else_or_of_another_question_is_none(hub: Talking, body: UUID) -> None:
    asked, ana, berta = await asking_for_files(hub, body), await a_citizen(hub), await a_citizen(hub)
    upload = await an_upload(hub, asked, ana)
    await hub.forget()
    unknown = [("UPLOAD_UNKNOWN", "answers.0.file")]
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked, filed(upload)), by=berta)) == unknown
    assert problems(await hub.refuse(SAVE, a_draft(asked, filed(upload)), by=berta)) == unknown
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked, filed(upload, "plano")), by=ana)) == unknown
    other = await asking_for_files(hub, body)
    assert problems(await hub.refuse(SUBMIT, a_sheet(other, filed(upload)), by=ana)) == unknown
    # Nor is one that another answer has, by its id.
    _, file = await a_filed_response(hub, asked, ana)
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked, filed(file["id"])), by=berta)) == unknown


async def test_a_file_answers_once(hub: Talking, body: UUID) -> None:
    asked, ana = await asking_for_files(hub, body, responses_each=2), await a_citizen(hub)
    upload = await an_upload(hub, asked, ana)
    await hub.act(SUBMIT, a_sheet(asked, filed(upload)), by=ana)
    found = await hub.refuse(SUBMIT, a_sheet(asked, filed(upload)), by=ana)
    assert problems(found) == [("UPLOAD_USED", "answers.0.file")]
    assert len(await hub.rows("SELECT id FROM response")) == 1


async def test_of_two_at_once_one_has_the_file(hub: Talking, body: UUID) -> None:
    asked, luis = await asking_for_files(hub, body), await a_coordinator_of(hub, body)
    enter = """mutation ($input: EnterResponseInput!) {
      enterResponse(input: $input) { response { id } errors { code path } } }"""
    received = asked.opens_at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None).isoformat()
    for _ in range(5):
        await hub.run("TRUNCATE answer, receipt, publication_consent, text_fingerprint, response CASCADE")
        upload = await an_upload(hub, asked, luis)
        sheet = a_sheet(asked, filed(upload), channel="PAPER", received=received)
        answers = await asyncio.gather(*[hub.ask(enter, sheet, by=luis) for _ in range(3)])
        codes = sorted(str([e["code"] for e in answer["enterResponse"]["errors"]]) for answer in answers)
        assert codes == ["['UPLOAD_USED']", "['UPLOAD_USED']", "[]"]
        assert len(await hub.rows("SELECT file_id FROM answer WHERE file_id IS NOT NULL")) == 1


async def test_a_changed_response_takes_its_file_over_or_lets_it_go(hub: Talking, body: UUID, store: Store) -> None:
    asked, ana = await asking_for_files(hub, body), await a_citizen(hub)
    former, file = await a_filed_response(hub, asked, ana)
    kept = await hub.act(CHANGE, a_sheet(asked, filed(file["id"])), by=ana)
    assert (await the_file(hub, kept["response"]["id"], ana))["id"] == file["id"]
    assert await the_file(hub, former, ana) is None
    assert await swept(hub, store, after=3 * DAY) == [SHA256]
    note = {"question": "nota", "text": "Sin papel"}
    await hub.act(CHANGE, a_sheet(asked, note), by=ana)
    assert (await fetch(hub, file["path"], ana)).status_code == 404
    assert await swept(hub, store) == []
    # What was let go is not named again.
    found = await hub.refuse(CHANGE, a_sheet(asked, filed(file["id"])), by=ana)
    assert problems(found) == [("UPLOAD_UNKNOWN", "answers.0.file")]


async def test_a_withdrawn_response_has_no_file_at_once(hub: Talking, body: UUID, store: Store) -> None:
    asked, ana = await asking_for_files(hub, body), await a_citizen(hub)
    response, file = await a_filed_response(hub, asked, ana)
    link = (await hub.act(LINK, {"input": {"fileId": file["id"]}}, by=ana))["path"]
    assert (await fetch(hub, link)).content == PDF
    await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=ana)
    assert (await fetch(hub, link)).status_code == 404
    assert (await fetch(hub, file["path"], ana)).status_code == 404
    assert await the_file(hub, response, ana) is None
    assert await hub.rows("SELECT * FROM answer WHERE file_id IS NOT NULL") == []
    assert await swept(hub, store) == []
    assert await hub.rows("SELECT * FROM stored_file") == []


async def test_whoever_is_not_signed_in_answers_by_a_file_as_well(hub: Talking, body: UUID) -> None:
    asked = await asking_for_files(hub, body, identity_policy=IdentityPolicy.OPEN)
    upload = await an_upload(hub, asked, None)
    saved = await hub.act(SAVE, a_draft(asked, filed(upload)))
    file = saved["draft"]["answers"][0]["file"]["id"]
    unknown = [("UPLOAD_UNKNOWN", "answers.0.file")]
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked, filed(file)))) == unknown
    held = {"draftCode": saved["code"], "draftSecret": saved["secret"]}
    sent = await hub.act(SUBMIT, a_sheet(asked, filed(file), **held))
    nina = await an_analyst_of(hub, body)
    (row,) = await hub.rows("SELECT id FROM response")
    assert (await the_file(hub, f"Response_{row['id']}", nina))["id"] == file
    withdrawn = await hub.act(WITHDRAW, {"input": {"receipt": sent["receipt"]["code"]}})
    assert withdrawn["receipt"]["state"] == "WITHDRAWN"
    assert await hub.rows("SELECT * FROM answer WHERE file_id IS NOT NULL") == []


async def test_a_network_is_given_so_much_a_day(hub: Talking, body: UUID) -> None:
    asked = await asking_for_files(hub, body, identity_policy=IdentityPolicy.OPEN)
    async with hub.from_address("203.0.113.7") as near, hub.from_address("203.0.113.8") as far:
        answers = [await near.ask(REQUEST, offering(asked, size=10 * 2**20)) for _ in range(103)]
        codes = [error["code"] for answer in answers for error in answer["requestAnswerUpload"]["errors"]]
        assert codes == ["UPLOADS_USED_UP"]
        await far.act(REQUEST, offering(asked))
    assert "203.0.113" not in await hub.dump()


async def test_an_anonymous_consultation_asks_for_no_file(hub: Talking, body: UUID) -> None:
    with pytest.raises(Exception, match="FILE_WHERE_ANONYMOUS"):
        await asking_for_files(hub, body, anonymity=Anonymity.ANONYMOUS)
    asked = await an_open_consultation(hub, body, anonymity=Anonymity.ANONYMOUS)
    correct = """mutation ($input: CorrectQuestionnaireInput!) {
      correctQuestionnaire(input: $input) { errors { code path } } }"""
    title = {"source": "es", "translations": [{"language": "es", "text": "Anexo"}]}
    section = {"title": title, "questions": [{"code": "anexo", "kind": "FILE", "title": title}]}
    given = {"consultationId": asked.node, "revisionClass": "SUBSTANTIVE", "note": title}
    found = await hub.refuse(
        correct,
        {"input": {**given, "questionnaire": {"sections": [section]}}},
        by=await a_coordinator_of(hub, body),
    )
    assert problems(found) == [("FILE_WHERE_ANONYMOUS", "questionnaire.sections.0.questions.0.kind")]


@pytest.mark.parametrize(
    ("consent", "own", "seen"),
    [("WITHOUT_NAME", None, True), ("WITHOUT_NAME", "NOT_PUBLISHED", False), ("NOT_PUBLISHED", None, False)],
)
async def test_everybody_has_a_file_that_may_be_published_once_the_counting_is_over(
    hub: Talking, body: UUID, consent: str, own: str | None, *, seen: bool
) -> None:
    asked, ana, berta = await asking_for_files(hub, body), await a_citizen(hub), await a_citizen(hub)
    nina = await an_analyst_of(hub, body)
    upload = await an_upload(hub, asked, ana)
    given = filed(upload) if own is None else filed(upload, consent=own)
    response = (await hub.act(SUBMIT, a_sheet(asked, given, consent=consent), by=ana))["response"]["id"]
    file = await the_file(hub, response, ana)
    link = {"input": {"fileId": file["id"]}}
    for somebody in (None, berta):
        assert await the_file(hub, response, somebody) is None
        assert (await fetch(hub, file["path"], somebody)).status_code == 404
        assert [e["code"] for e in await hub.refuse(LINK, link, by=somebody)] == ["NOT_FOUND"]
    assert (await fetch(hub, file["path"], nina)).content == PDF
    with hub.at(asked.counted_until):
        for somebody in (None, berta):
            assert (await the_file(hub, response, somebody) is not None) is seen
            answer = await fetch(hub, file["path"], somebody)
            assert answer.status_code == (200 if seen else 404)
        if seen:
            assert (await fetch(hub, file["path"])).headers["cache-control"] == "public, no-cache"
        assert (await fetch(hub, file["path"], ana)).headers["cache-control"] == "private, no-store"


async def test_figures_count_who_answered_by_a_file(hub: Talking, body: UUID) -> None:
    asked = await asking_for_files(hub, body, results_policy=ResultsPolicy.LIVE)
    for _ in range(2):
        await a_filed_response(hub, asked, await a_citizen(hub))
    note = {"question": "nota", "text": "Sin papel"}
    await hub.act(SUBMIT, a_sheet(asked, note), by=await a_citizen(hub))
    counts = """query ($id: ID!) { node(id: $id) { ... on Question {
      kind tally { answered options { count } } takenFiles { endings mediaTypes maxSize } } } }"""
    paper = (await hub.ask(counts, {"id": f"Question_{asked.questions['anexo']}"}))["node"]
    assert (paper["kind"], paper["tally"]) == ("FILE", {"answered": 2, "options": []})
    assert (paper["takenFiles"]["maxSize"], len(paper["takenFiles"]["endings"])) == (10 * 2**20, 13)
    plan = (await hub.ask(counts, {"id": f"Question_{asked.questions['plano']}"}))["node"]
    assert plan["takenFiles"] == {"endings": [".png"], "mediaTypes": ["image/png"], "maxSize": 100}
