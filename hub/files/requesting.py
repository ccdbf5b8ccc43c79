"""Requesting: a ticket to hand a file in, or a pass to fetch one by a link that a page can show."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Forbidden, Invalid, Problem, require
from hub.files.models import Document, UploadAllowance
from hub.files.purposes import LARGEST, LONGEST_NAME, MOST_A_DAY, TAKEN, Purpose, ending
from hub.files.rules import may_fetch, may_upload
from hub.files.tickets import PASS_GOOD_FOR, TICKET_GOOD_FOR, Pass, Ticket
from hub.text import problems_with_words

UPLOADS = "/files/uploads/"
"""Where on this host bytes are handed in, with the ticket after it."""

DOCUMENTS = "/files/"
"""Where on this host a document is fetched, with its identifier after it."""


async def request_upload(change: Change, *, name: str, size: int, purpose: Purpose) -> Ticket:
    """Give whoever works for a body a ticket to hand in one file, which is attached afterwards."""
    require(may_upload(change.viewer))
    problems = _problems(name, size, purpose)
    if problems:
        raise Invalid(problems)
    await _spend(change, size)
    ticket = Ticket(
        file_id=uuid7(),
        purpose=purpose,
        name=name,
        size=size,
        expires_at=(change.at + TICKET_GOOD_FOR).replace(microsecond=0),
        account_id=change.viewer.account_id,
    )
    signed = ticket.signed(change.keys)
    expires = ticket.expires_at.isoformat()
    change.secrets |= {"upload": signed, "path": f"{UPLOADS}{signed}", "expires_at": expires}
    return ticket


def _problems(name: str, size: int, purpose: Purpose) -> list[Problem]:
    problems = problems_with_words(name, "name", longest=LONGEST_NAME)
    if not problems and ("/" in name or "\\" in name or "\n" in name or "\r" in name):
        problems.append(Problem("FILE_NAME_WITH_FOLDERS", ("name",)))
    elif not problems and ending(name) not in TAKEN[purpose]:
        problems.append(Problem("FILE_TYPE_NOT_TAKEN", ("name",), {"taken": ", ".join(sorted(TAKEN[purpose]))}))
    if not 0 < size <= LARGEST[purpose]:
        problems.append(Problem("FILE_TOO_LARGE", ("size",), {"largest": LARGEST[purpose]}))
    return problems


async def _spend(change: Change, size: int) -> None:
    """Count what a ticket is for. One statement, so that two at once get no more than one after the other."""
    spent = insert(UploadAllowance).values(
        principal=change.keys.digest("uploads", change.viewer.principal.encode()), day=change.at.date(), size=size
    )
    within = UploadAllowance.size + spent.excluded.size <= MOST_A_DAY
    spent = spent.on_conflict_do_update(
        index_elements=["principal", "day"], set_={"size": UploadAllowance.size + spent.excluded.size}, where=within
    )
    if await change.session.scalar(spent.returning(UploadAllowance.size)) is None:
        raise Forbidden("UPLOADS_USED_UP", most=MOST_A_DAY)


async def request_download(change: Change, document_id: UUID) -> Pass:
    """Give whoever sees a document an address of it that a page can show: good for minutes, and for whoever has it."""
    document = await change.find(Document, document_id)
    require(may_fetch(seen=True, withdrawn=document.withdrawn_at is not None))
    expires_at = (change.at + PASS_GOOD_FOR).replace(microsecond=0)
    signed = Pass(document_id=document.id, expires_at=expires_at).signed(change.keys)
    change.secrets |= {"path": f"{DOCUMENTS}{document.id}?pass={signed}", "expires_at": expires_at.isoformat()}
    return Pass(document_id=document.id, expires_at=expires_at)
