"""Unlinking: letting nothing in the database lead from a response to whoever gave it.

Where a consultation promises anonymity, a participation and a response are rows without a common column. But rows that
one transaction wrote bear its number (`xmin`), the order of its statements (`cmin`) and stand where there was room at
that moment (`ctid`), and any reader of the tables can join by those. So each anonymous response rewrites, in one
statement and in the order of their pseudonyms, all participations of a cell around its own: whoever has the number of
the response finds the whole cell.

A cell is an interval of pseudonyms. It is cut in halves only where both have `FEWEST` members, and members are never
taken away, so what is left of a cell that was written once and partly written anew later has as many at least. Hence a
response joins to none or to several participations at any moment after the second one. The first respondent of all is
alone until there is another one: whoever looks in between knows who it was, and nothing can help that. Neither is this
secrecy from whoever keeps successive copies of the database or the raw files of the disk: it is honest pseudonymity
against readers of the tables (decision 0009).
"""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    true,
    update,
)

from hub.changes.change import Change
from hub.consultations.answer_files import let_go_of_drafts
from hub.consultations.events import RespondentsUnlinked
from hub.consultations.models import ConsultationKey, NetworkCount
from hub.consultations.response_models import DraftState, Participation, Response, ResponseDraft
from hub.errors import require
from hub.identity.rules import may_administer

PARTICIPATIONS = cast("Table", Participation.__table__)
COUNTS = cast("Table", NetworkCount.__table__)

FEWEST = 16
"""How many members a cell has at least that was cut off from another one."""


async def take_turns(change: Change, consultation_id: UUID) -> None:
    """Wait until nobody else rewrites something of this consultation, and keep the turn until the commit.

    Two at the same time would not see each other's new rows, and each leave one of them alone.
    """
    # The end of a time-ordered identifier is random.
    turn = int.from_bytes(consultation_id.bytes[8:], signed=True)
    await change.session.execute(select(func.pg_advisory_xact_lock(literal(turn, BigInteger))))


async def mix(change: Change, consultation_id: UUID, *, pseudonym: bytes) -> None:
    """Rewrite the cell of a participation that has just begun; `take_turns` comes before."""
    name, nobodies = PARTICIPATIONS.c.pseudonym, _of_nobody(consultation_id)
    await _mix(change, PARTICIPATIONS, name, nobodies, own=pseudonym, known=1)


async def mix_networks(change: Change, counted: NetworkCount) -> None:
    """Rewrite the counts around that of a network from which a response has just come; `take_turns` comes before."""
    own = and_(COUNTS.c.consultation_id == counted.consultation_id, COUNTS.c.day == counted.day, ~COUNTS.c.drafts)
    await _mix(change, COUNTS, COUNTS.c.digest, own, own=counted.digest)


async def mix_all(change: Change, consultation_id: UUID) -> None:
    """Rewrite every participation that leads to no response, once no more come by themselves."""
    await take_turns(change, consultation_id)
    await _rewrite(change, PARTICIPATIONS, PARTICIPATIONS.c.pseudonym, _of_nobody(consultation_id))


def _of_nobody(consultation_id: UUID) -> ColumnElement[bool]:
    """The participations of those who may not be found; what an organisation says leads to it openly."""
    linked = exists().where(Response.participation_id == PARTICIPATIONS.c.id).correlate(PARTICIPATIONS)
    return and_(PARTICIPATIONS.c.consultation_id == consultation_id, ~linked)


async def _mix(
    change: Change,
    table: Table,
    name: Column[bytes],
    among: ColumnElement[bool],
    *,
    own: bytes,
    known: int = 0,
) -> None:
    """Rewrite the cell of a row, found by halving; the first `known` bytes of all names are the same."""
    depth = known * 8
    cell: ColumnElement[bool] = true()
    while depth < len(own) * 8:
        middle = _middle(own, depth)
        halves = (and_(cell, name < middle), and_(cell, name >= middle))
        if min([await _members(change, table, and_(among, half)) for half in halves]) < FEWEST:
            break
        cell, depth = halves[own >= middle], depth + 1
    await _rewrite(change, table, name, and_(among, cell))


def _middle(own: bytes, depth: int) -> bytes:
    """Return the first name of the upper half of the cell that has this many bits in common with a name."""
    rest = len(own) * 8 - depth
    return ((int.from_bytes(own) >> rest << 1 | 1) << rest - 1).to_bytes(len(own))


async def _members(change: Change, table: Table, which: ColumnElement[bool]) -> int:
    some = select(literal(1)).select_from(table).where(which).limit(FEWEST).subquery()
    return (await change.session.execute(select(func.count()).select_from(some))).scalar_one()


async def _rewrite(change: Change, table: Table, name: Column[bytes], which: ColumnElement[bool]) -> None:
    """Write rows anew in the order of their names, so that neither their place nor their order tells their age."""
    gone = delete(table).where(which).returning(*table.c).cte("gone")
    again = insert(table).from_select(list(table.c.keys()), select(gone).order_by(gone.c[name.name]))
    await change.session.execute(again)


async def unlink(change: Change, consultation_id: UUID) -> None:
    """Destroy the key of a consultation's pseudonyms, and what was begun and not sent."""
    require(may_administer(change.viewer))
    await mix_all(change, consultation_id)
    await change.session.execute(delete(ConsultationKey).filter_by(consultation_id=consultation_id))
    await let_go_of_drafts(change, ResponseDraft.consultation_id == consultation_id)
    begun = update(ResponseDraft).filter_by(consultation_id=consultation_id, state=DraftState.ACTIVE)
    await change.session.execute(begun.values(state=DraftState.EXPIRED, **EMPTIED))
    change.record(RespondentsUnlinked(consultation_id=consultation_id))


EMPTIED = {
    "pseudonym": None,
    "organization_id": None,
    "code": None,
    "secret_digest": None,
    "answers": None,
    "last_section": None,
    "language": None,
    "saved_at": func.date_trunc("day", ResponseDraft.saved_at, "UTC"),
}
"""What is left of a draft that is over: that there was one, and the day on which it was saved last."""
