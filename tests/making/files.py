"""Files: what they hold, how they are handed in over HTTP, and documents that are attached."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import UUID

import httpx2

from tests.consultations.asking import es
from tests.talking import Somebody, Talking

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
CSV = b"estado,solicitudes\nOaxaca,12\n"

REQUEST = """
mutation ($input: RequestUploadInput!) {
  requestUpload(input: $input) { errors { code path message } upload path expiresAt }
}
"""
ATTACH = """
mutation ($input: AttachDocumentInput!) {
  attachDocument(input: $input) {
    errors { code path message }
    document {
      id title { text } role sight licence record { id } name size mediaType sha256 path publishedAt withdrawnAt
    }
  }
}
"""
WITHDRAW = """
mutation ($input: WithdrawDocumentInput!) {
  withdrawDocument(input: $input) {
    errors { code path message }
    document { id withdrawnAt withdrawnReason { text } path sha256 title { text } }
  }
}
"""
LINK = """
mutation ($input: RequestDownloadInput!) {
  requestDownload(input: $input) { errors { code path message } path expiresAt }
}
"""


def an_office_file(
    *, part: str | None = None, mimetype: str | None = None, more: dict[str, bytes] | None = None
) -> bytes:
    """A file as an office writes it: by its main part, or by its mimetype."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        if mimetype is not None:
            archive.writestr("mimetype", mimetype)
        if part is not None:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(part, "<document/>")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return written.getvalue()


async def a_ticket(
    hub: Talking, by: Somebody, *, name: str = "acta.pdf", size: int = len(PDF), purpose: str = "DOCUMENT"
) -> dict[str, Any]:
    """A ticket to hand a file in."""
    given = {"input": {"name": name, "size": size, "purpose": purpose}}
    ticket: dict[str, Any] = await hub.act(REQUEST, given, by=by)
    return ticket


async def an_upload(
    hub: Talking, by: Somebody, *, name: str = "acta.pdf", content: bytes = PDF, purpose: str = "DOCUMENT"
) -> str:
    """A file that was handed in; the words that name it."""
    ticket = await a_ticket(hub, by, name=name, size=len(content), purpose=purpose)
    answer = await hub.client.put(ticket["path"], content=content)
    assert answer.status_code == 201, answer.text
    return str(ticket["upload"])


def attaching(holder: str, upload: str, **given: Any) -> dict[str, Any]:
    """Return what attaching takes."""
    said = {"title": es("Acta de la primera sesión"), "sight": "PUBLIC", **given}
    return {"input": {"holderId": holder, "upload": upload, **said}}


async def a_document(hub: Talking, by: Somebody, holder: str, *, content: bytes = PDF, **given: Any) -> dict[str, Any]:
    """A document that was handed in and attached."""
    upload = await an_upload(hub, by, content=content)
    document: dict[str, Any] = (await hub.act(ATTACH, attaching(holder, upload, **given), by=by))["document"]
    return document


async def fetch(hub: Talking, path: str, by: Somebody | None = None, **headers: str) -> httpx2.Response:
    """Fetch something by its path."""
    authorization = {"authorization": f"Bearer {by.token}"} if by is not None and by.token is not None else {}
    return await hub.client.get(path, headers={**authorization, **headers})


def identified(node: str) -> UUID:
    """Return the identifier of an opaque id."""
    return UUID(node.rpartition("_")[2])
