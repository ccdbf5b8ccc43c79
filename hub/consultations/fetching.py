"""Fetching the file of an answer: by whoever sees the answer, for as long as its response is in force."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.consultations.models import ConsultationKey
from hub.consultations.pseudonyms import pseudonyms_of
from hub.consultations.response_models import Answer, Response
from hub.errors import NotFound, require
from hub.files.fetching import Found, passes
from hub.files.models import StoredFile
from hub.files.requesting import ANSWERS, give_pass
from hub.files.rules import may_fetch
from hub.files.tickets import Pass
from hub.visibility import PlainSight, visible_rows

TYPE = "AnswerFile"


async def request_answer_download(change: Change, file_id: UUID) -> Pass:
    """Give whoever sees the answer an address of its file that a page can show: good for minutes."""
    _, seen = await _file(change, file_id)
    require(may_fetch(seen=seen, withdrawn=False, type_=TYPE))
    return give_pass(change, file_id, at=ANSWERS)


async def find_answer_file(change: Change, file_id: UUID, *, given_pass: str | None = None) -> Found:
    """Find what the file of an answer is; NotFound for whoever does not see the answer and has no pass."""
    file, seen = await _file(change, file_id)
    require(may_fetch(seen=seen or passes(change, file_id, given_pass), withdrawn=False, type_=TYPE))
    return Found(
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type,
        name=file.name,
        public=seen and not change.viewer.signed_in,
    )


async def _file(change: Change, file_id: UUID) -> tuple[StoredFile, bool]:
    """Return a file that an answer has, and whether the viewer sees that answer; NotFound where none has it."""
    asked = select(Response.consultation_id).join(Answer).where(Answer.file_id == file_id)
    key = await change.session.scalar(select(ConsultationKey).where(ConsultationKey.consultation_id.in_(asked)))
    # As whom somebody has answered there is known for as long as that consultation's key lives.
    own = pseudonyms_of(change.viewer, change.keys, [key]) if key is not None else []
    seen = visible_rows(Answer, Answer, PlainSight(change.viewer, change.at, own=tuple(own)))
    found = select(StoredFile, seen).join(Answer, Answer.file_id == StoredFile.id).where(Answer.file_id == file_id)
    row = (await change.session.execute(found)).one_or_none()
    if row is None:
        raise NotFound("NOT_FOUND", type=TYPE)
    return row[0], bool(row[1])
