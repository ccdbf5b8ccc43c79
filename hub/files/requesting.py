"""Requesting: a ticket to hand a file in, or a pass to fetch one by a link that a page can show."""

from __future__ import annotations

from collections.abc import Collection
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

ANSWERS = "/files/answers/"
"""Where on this host the file of an answer is fetched, with its identifier after it."""


async def request_upload(change: Change, *, name: str, size: int, purpose: Purpose) -> Ticket:
    """Give whoever works for a body a ticket to hand in one file, which is attached afterwards."""
    require(may_upload(change.viewer))
    if purpose is Purpose.ANSWER:
        raise Invalid([Problem("UPLOAD_OF_AN_ANSWER", ("purpose",))])
    problems = problems_of_file(name, size, taken=TAKEN[purpose], largest=LARGEST[purpose])
    if problems:
        raise Invalid(problems)
    ticket = Ticket(
        file_id=uuid7(),
        purpose=purpose,
        name=name,
        size=size,
        expires_at=(change.at + TICKET_GOOD_FOR).replace(microsecond=0),
        account_id=change.viewer.account_id,
    )
    await give(change, ticket, who=change.viewer.principal)
    return ticket


async def give(change: Change, ticket: Ticket, *, who: str) -> None:
    """Tell a ticket to whoever asked for it, if it is not too much for a day."""
    await _spend(change, who, ticket.size)
    signed = ticket.signed(change.keys)
    expires = ticket.expires_at.isoformat()
    change.secrets |= {"upload": signed, "path": f"{UPLOADS}{signed}", "expires_at": expires}


def problems_of_file(name: str, size: int, *, taken: Collection[str], largest: int) -> list[Problem]:
    """Return what is wrong with a file of this name and size, where such ends of names are taken."""
    problems = problems_with_words(name, "name", longest=LONGEST_NAME)
    if not problems and ("/" in name or "\\" in name or "\n" in name or "\r" in name):
        problems.append(Problem("FILE_NAME_WITH_FOLDERS", ("name",)))
    elif not problems and ending(name) not in taken:
        problems.append(Problem("FILE_TYPE_NOT_TAKEN", ("name",), {"taken": ", ".join(sorted(taken))}))
    if not 0 < size <= largest:
        problems.append(Problem("FILE_TOO_LARGE", ("size",), {"largest": largest}))
    return problems


async def _spend(change: Change, who: str, size: int) -> None:
    """Count what a ticket is for. One statement, so that two at once get no more than one after the other."""
    spent = insert(UploadAllowance).values(
        principal=change.keys.digest("uploads", who.encode()), day=change.at.date(), size=size
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
    return give_pass(change, document.id, at=DOCUMENTS)


def give_pass(change: Change, id_: UUID, *, at: str) -> Pass:
    """Tell a pass to whoever sees what is fetched by it, with the address that it is for."""
    expires_at = (change.at + PASS_GOOD_FOR).replace(microsecond=0)
    given = Pass(id=id_, expires_at=expires_at)
    path = f"{at}{id_}?pass={given.signed(change.keys)}"
    change.secrets |= {"path": path, "expires_at": expires_at.isoformat()}
    return given
