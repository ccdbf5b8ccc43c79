"""Forgetting: carrying out what was decided about somebody who is gone, in the background, until nothing is left.

::

    closed, on the list of erasures ──► forgotten in each consultation, one transaction each ──► every row deleted

It begins a few seconds after the decision, when no process believes their tokens any more, so that nothing is written
behind its back. Whoever dies on the way leaves the rest to the next round. The same is done to whomever an older backup
has brought back (`remembering.py`).
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

import structlog
from sqlalchemy import delete, null, select, update
from sqlalchemy.exc import SQLAlchemyError

from hub.bodies.leaving import unseat
from hub.changes.change import Busy, Change, Changes, OutcomeUnknown
from hub.consultations.forgetting import Gone, consultations_of, forget_respondent
from hub.errors import NotFound, SetupError, require
from hub.mail.models import LetterKind
from hub.mail.writing import withdraw_letters_to
from hub.people.models import Account, AccountState
from hub.personal_data.contents import PERSONAL
from hub.personal_data.erasing import digest_of
from hub.personal_data.events import PersonForgotten
from hub.personal_data.models import Contributions, Erasure, PersonalDataLink
from hub.personal_data.registry import Fate
from hub.personal_data.remembering import remember
from hub.personal_data.rules import may_answer_for
from hub.personal_data.subjects import Subject, subject_of
from hub.viewer import SYSTEM

log = structlog.get_logger(__name__)

LINKS_KEPT = dt.timedelta(days=30)
"""How long it is kept that somebody wanted their data."""

BELIEVED_NO_MORE = 3.0
"""Seconds after which every process has noticed that an account is closed."""


async def decided(changes: Changes) -> dict[UUID, Contributions]:
    """Return the accounts that are closed and on the list, with what becomes of their contributions."""
    async with changes.begin(SYSTEM) as change:
        closed = (await change.session.scalars(select(Account.id).filter_by(state=AccountState.CLOSED))).all()
        if not closed:
            return {}
        listed = {row.digest: row.contributions for row in await change.session.scalars(select(Erasure))}
        digests = {account_id: digest_of(change.keys, account_id) for account_id in closed}
    return {id_: listed[digest] for id_, digest in digests.items() if digest in listed}


async def forget(changes: Changes, account_id: UUID, contributions: Contributions) -> None:
    """Forget somebody: what they said in each consultation, then everything else."""
    async with changes.begin(SYSTEM) as change:
        try:
            subject = await subject_of(change.session, change.keys, account_id)
        except NotFound:
            return  # Another process was faster.
        removed = contributions is Contributions.REMOVED
        gone = Gone(person_id=subject.person_id, verifications=subject.verifications, removed=removed)
        consultations = await consultations_of(change, gone)
    for consultation_id in consultations:
        async with changes.begin(SYSTEM) as change:
            await forget_respondent(change, consultation_id, gone)
    async with changes.begin(SYSTEM) as change:
        await forget_account(change, account_id)


async def forget_account(change: Change, account_id: UUID) -> None:
    """Delete every row that is somebody's, and what leads to them in others' rows, as the register says.

    Before that they leave the bodies in which they sit, by an act, so that no seat is held by nobody.
    """
    require(may_answer_for(change.viewer))
    account = await change.session.get(Account, account_id, with_for_update=True)
    if account is None or account.state is not AccountState.CLOSED:
        return
    subject = await subject_of(change.session, change.keys, account_id)
    for digest in subject.address_digests:
        await withdraw_letters_to(change, digest, but=LetterKind.ERASURE)
    await unseat(change, subject.person_id)
    change.session.expunge_all()
    # What leads to a row goes before it: the account and the person come first in the register, and go last.
    for fate in (Fate.UNLINKED, Fate.GONE):
        await _see_to(change, subject, fate)
    change.record(PersonForgotten(account_id=account_id))


async def _see_to(change: Change, subject: Subject, fate: Fate) -> None:
    for held in reversed(PERSONAL):
        if held.fate is not fate:
            continue
        theirs = held.whose(held.table.c, subject)
        if fate is Fate.UNLINKED:
            await change.session.execute(
                update(held.table).where(theirs).values({name: null() for name in held.emptied.split()})
            )
        else:
            await change.session.execute(delete(held.table).where(theirs))


async def tidy(change: Change) -> None:
    """Drop what is known of links that are over."""
    over = delete(PersonalDataLink).where(PersonalDataLink.expires_at < change.at - LINKS_KEPT)
    await change.session.execute(over)


async def forget_all(changes: Changes, ready: Collection[UUID] | None = None) -> int:
    """Forget everybody about whom it is decided, or those of them who are ready for it; return how many."""
    waiting = await decided(changes)
    chosen = [account_id for account_id in waiting if ready is None or account_id in ready]
    for account_id in chosen:
        await forget(changes, account_id, waiting[account_id])
    return len(chosen)


async def watch(changes: Changes, list_: Path, *, every: float = 5.0) -> None:
    """Forget whoever is gone, until cancelled; each is left alone until no process believes their tokens any more."""
    seen: dict[UUID, float] = {}
    while True:
        try:
            await remember(changes, list_)
            now = asyncio.get_running_loop().time()
            seen = {account_id: seen.get(account_id, now) for account_id in await decided(changes)}
            await forget_all(changes, {id_ for id_, since in seen.items() if now - since >= BELIEVED_NO_MORE})
            async with changes.begin(SYSTEM) as change:
                await tidy(change)
        except (SQLAlchemyError, OSError, OutcomeUnknown, Busy) as error:
            log.warning("forgetting_failed", error=type(error).__name__)
        except SetupError as error:
            log.warning("erasures_not_remembered", reason=str(error))
        await asyncio.sleep(every)
