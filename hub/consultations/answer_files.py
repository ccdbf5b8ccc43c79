"""The files of answers: which one an answer names, how long it is kept, and that it goes with what it answered.

A file that was handed in belongs to one answer of one response. A draft keeps it for as long as itself; a changed
response takes it over from the one that it replaces, and whatever nothing names any more is swept (`hub.files`). The
row of the file is the lock: of two that name the same one at the same moment, the second finds it used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, Text, Uuid, cast, func, select, true, type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB

from hub.changes.change import Change
from hub.consultations.questionnaires import Questionnaire
from hub.consultations.response_models import (
    IN_FORCE_STATES,
    Answer,
    DraftState,
    Participation,
    Response,
    ResponseDraft,
)
from hub.consultations.validating import Files, GivenAnswer, HandedIn
from hub.files.models import StoredFile
from hub.files.purposes import Purpose, ending
from hub.files.tickets import Ticket, read_ticket

NAMED = "AnswerFile_"
"""How the id of a file begins that is to stay; the words of a ticket never do."""

SILENT = {"synchronize_session": False}


@dataclass(frozen=True, kw_only=True)
class OwnFiles:
    """The files that a respondent may name without a ticket: of what they began, and of what they gave."""

    begun: frozenset[UUID] = frozenset()
    given: frozenset[UUID] = frozenset()
    """Those of responses whose answers may lend them: the one that is replaced, or whatever a draft goes on from."""


NONE_OF_ONE_S_OWN = OwnFiles()


async def files_of(
    change: Change, questionnaire: Questionnaire, answers: Sequence[GivenAnswer], own: OwnFiles
) -> Files:
    """Return the files that answers name, locked, by the codes of their questions; of others, why they cannot be."""
    named = {
        answer.question: _named(change, questionnaire, answer, own) for answer in answers if answer.file is not None
    }
    ids = {id_ for id_ in named.values() if id_ is not None}
    if not named:
        return {}
    locked = select(StoredFile).where(StoredFile.id.in_(ids)).order_by(StoredFile.id).with_for_update()
    rows = {row.id: row for row in await change.session.scalars(locked)}
    # A statement of its own, so that it sees what was committed while this one waited for the lock.
    used = {*await change.session.scalars(select(Answer.file_id).where(Answer.file_id.in_(ids)))} - own.given
    found: dict[str, HandedIn | str] = {}
    for question, id_ in named.items():
        file = None if id_ is None else rows.get(id_)
        if id_ is None:
            found[question] = "UPLOAD_UNKNOWN"
        elif file is None or (file.kept_until <= change.at and id_ not in own.given):
            found[question] = "UPLOAD_MISSING"
        elif id_ in used:
            found[question] = "UPLOAD_USED"
        else:
            used.add(id_)
            found[question] = HandedIn(id=id_, sha256=file.sha256, size=file.size, ending=ending(file.name))
    return found


def _named(change: Change, questionnaire: Questionnaire, answer: GivenAnswer, own: OwnFiles) -> UUID | None:
    """Return the file that an answer names; None where it names none that it may."""
    words = answer.file or ""
    if words.startswith(NAMED):
        return next((id_ for id_ in own.begun | own.given if words == f"{NAMED}{id_}"), None)
    ticket = read_ticket(words, change.keys)
    asked = questionnaire.get(answer.question)
    if ticket is None or asked is None or ticket.within != asked.lineage_id or not _holds(change, ticket):
        return None
    return ticket.file_id


def _holds(change: Change, ticket: Ticket) -> bool:
    """Whether the viewer asked for this ticket; one that nobody in particular asked for is of whoever has its words."""
    mine = ticket.holder is None or ticket.holder == holder_of(change, ticket.file_id)
    return ticket.purpose is Purpose.ANSWER and mine


# ---- whose they are ----------------------------------------------------------------------------------------------


def holder_of(change: Change, file_id: UUID) -> UUID | None:
    """Return what stands for the viewer in a ticket: one thing in each; None where nobody is signed in."""
    account_id = change.viewer.account_id
    if account_id is None:
        return None
    return UUID(bytes=change.keys.digest("upload-holder", account_id.bytes + file_id.bytes)[:16])


def _begun(held: ColumnElement[bool]) -> Select[UUID]:
    """The files that these drafts name."""
    given = func.jsonb_extract_path(type_coerce(ResponseDraft.answers, JSONB), "given")
    each = func.jsonb_array_elements(given).table_valued(Column("value", JSONB)).render_derived().lateral()
    named = func.jsonb_extract_path_text(each.c.value, "file", type_=Text())
    found = select(cast(named, Uuid())).select_from(ResponseDraft).join(each, true())
    return found.where(held, ResponseDraft.state == DraftState.ACTIVE, named.is_not(None))


async def files_begun(change: Change, held: ColumnElement[bool]) -> frozenset[UUID]:
    """Return the files that drafts name."""
    return frozenset(await change.session.scalars(_begun(held)))


async def files_given(change: Change, *, response_id: UUID) -> frozenset[UUID]:
    """Return the files of a response."""
    found = select(Answer.file_id).where(Answer.response_id == response_id, Answer.file_id.is_not(None))
    return frozenset(id_ for id_ in await change.session.scalars(found) if id_ is not None)


async def files_given_by(change: Change, consultation_id: UUID, pseudonym: bytes | None) -> frozenset[UUID]:
    """Return the files of what somebody has given in a consultation and what is in force."""
    if pseudonym is None:
        return frozenset()
    found = (
        select(Answer.file_id)
        .join(Response, Response.id == Answer.response_id)
        .join(Participation, Participation.id == Response.participation_id)
        .where(
            Participation.consultation_id == consultation_id,
            Participation.pseudonym == pseudonym,
            Response.state.in_(IN_FORCE_STATES),
            Answer.file_id.is_not(None),
        )
    )
    return frozenset(id_ for id_ in await change.session.scalars(found) if id_ is not None)


# ---- how long they are kept --------------------------------------------------------------------------------------


async def keep_until(change: Change, ids: Collection[UUID], *, until: dt.datetime) -> None:
    """Keep files that a draft names for as long as the draft."""
    if ids:
        longer = update(StoredFile).where(StoredFile.id.in_(ids)).values(kept_until=until)
        await change.session.execute(longer, execution_options=SILENT)


async def let_go(change: Change, ids: Collection[UUID]) -> None:
    """Keep files no longer than something names them: the next round of the sweeper takes what nothing does."""
    await keep_until(change, ids, until=change.at)


async def let_go_of_drafts(change: Change, held: ColumnElement[bool]) -> None:
    """Keep the files of drafts that are over no longer; what they name is forgotten next."""
    over = update(StoredFile).where(StoredFile.id.in_(_begun(held))).values(kept_until=change.at)
    await change.session.execute(over, execution_options=SILENT)


async def take_away(change: Change, response_id: UUID, *, staying: Collection[UUID] = ()) -> bool:
    """Take the files of a response from its answers, and say whether it had any; `staying` go on elsewhere."""
    ids = await files_given(change, response_id=response_id)
    if ids:
        emptied = update(Answer).where(Answer.response_id == response_id, Answer.file_id.in_(ids))
        await change.session.execute(emptied.values(file_id=None), execution_options=SILENT)
        await let_go(change, ids - frozenset(staying))
    return bool(ids)
