"""Files of answers as a client hands them in, names them and fetches them."""

from __future__ import annotations

import datetime as dt
import os
import time
from typing import Any
from uuid import UUID

from hub import clock
from hub.consultations.questionnaire_models import QuestionKind
from hub.files.store import Store
from hub.files.sweeping import sweep
from tests.consultations.asking import SUBMIT, a_sheet
from tests.making.consultations import Asked, a_question, a_section, an_open_consultation
from tests.making.files import PDF
from tests.talking import Somebody, Talking

REQUEST = """
mutation ($input: RequestAnswerUploadInput!) {
  requestAnswerUpload(input: $input) { errors { code path message } upload path expiresAt }
}
"""
LINK = """
mutation ($input: RequestAnswerDownloadInput!) {
  requestAnswerDownload(input: $input) { errors { code path message } path expiresAt }
}
"""
GIVEN = """
query ($id: ID!) { node(id: $id) { ... on Response {
  state answers { question { code } published file { id name size mediaType sha256 path } } } } }
"""

PAPER = a_question("anexo", QuestionKind.FILE)
PLAN = a_question("plano", QuestionKind.FILE, file_types=[".png"], max_size=100)
SECTIONS = a_section(
    PAPER, PLAN, a_question("luz", QuestionKind.SINGLE_CHOICE, "si", "no"), a_question("nota", QuestionKind.SHORT_TEXT)
)


async def asking_for_files(hub: Talking, body: UUID, **known: Any) -> Asked:
    """An open consultation that asks for files."""
    return await an_open_consultation(hub, body, **{"sections": SECTIONS, **known})


def offering(
    asked: Asked, *, question: str = "anexo", name: str = "escrito.pdf", size: int = len(PDF), **known: Any
) -> Any:
    """What asking to hand a file in takes."""
    given = {"consultationId": asked.node, "revisionId": asked.revision, "question": question}
    return {"input": {**given, "name": name, "size": size, **known}}


async def an_upload(
    hub: Talking,
    asked: Asked,
    by: Somebody | None,
    *,
    question: str = "anexo",
    name: str = "Ana López, escrito.pdf",
    content: bytes = PDF,
    **known: Any,
) -> str:
    """A file that was handed in to answer a question; the words that name it."""
    offered = offering(asked, question=question, name=name, size=len(content), **known)
    ticket = await hub.act(REQUEST, offered, by=by)
    answer = await hub.client.put(ticket["path"], content=content)
    assert answer.status_code == 201, answer.text
    return str(ticket["upload"])


def filed(file: str, question: str = "anexo", **known: Any) -> dict[str, Any]:
    """An answer by a file."""
    return {"question": question, "file": file, **known}


async def a_filed_response(hub: Talking, asked: Asked, by: Somebody, **known: Any) -> tuple[str, dict[str, Any]]:
    """A response that answers by a file: its id, and the file as whoever gave it reads it."""
    upload = await an_upload(hub, asked, by)
    response = (await hub.act(SUBMIT, a_sheet(asked, filed(upload), **known), by=by))["response"]["id"]
    return response, await the_file(hub, response, by)


async def the_file(hub: Talking, response: str, by: Somebody | None = None) -> Any:
    """The file of a response, as somebody reads it; None where they are told of none."""
    node = (await hub.ask(GIVEN, {"id": response}, by=by))["node"]
    return next((a["file"] for a in (node or {"answers": []})["answers"] if a["question"]["code"] == "anexo"), None)


def an_empty_store(hub: Talking) -> Store:
    """The store of the run, with nothing in it."""
    store = Store(hub.hub.settings.data)
    for folder in (store.kept, store.unfinished):
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink()
    return store


async def swept(hub: Talking, store: Store, *, after: dt.timedelta = dt.timedelta(0)) -> list[str]:
    """What lies on the disk after a round of the sweeper, as if it had lain there for long."""
    then = time.time() - 7_200
    for path in store.kept.rglob("*"):
        os.utime(path, (then, then))
    await sweep(hub.hub.changes, store, at=clock.now() + after)
    return [path.name for path in store.kept.rglob("*") if path.is_file()]
