"""Sending what is in the outbox. Several processes do: each takes a letter that no other has, and gives it time.

::

    waiting ──► taken by the mail server ──► sent
       │──────► not now (4xx, no connection) ──► waiting, with a growing pause ──► given up
       │──────► nobody knows (the reply was lost) ──► once more, much later ──► sent, or given up
       └──────► refused for good (5xx), or of no use any more ──► given up
"""

from __future__ import annotations

import asyncio
import datetime as dt
from uuid import UUID

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from hub import clock
from hub.changes.change import Busy, Changes, OutcomeUnknown
from hub.errors import SetupError
from hub.mail.carrying import Carrier, Fate, Outcome
from hub.mail.composing import Letterhead, composed
from hub.mail.models import Letter, LetterState
from hub.mail.writing import ended, opened
from hub.viewer import SYSTEM

log = structlog.get_logger(__name__)

PAUSES = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=6),
    dt.timedelta(hours=24),
)
"""How long a letter waits after its first attempt, its second, and so on; after the last one it is given up."""

PAUSE_OF_DOUBT = dt.timedelta(minutes=30)
"""How long a letter waits that may have arrived. It is tried once more only: two are worse than none."""

LEASE = dt.timedelta(minutes=3)
"""For how long a process that took a letter has it alone; longer than any attempt takes."""

KEPT = dt.timedelta(days=30)
"""How long it is kept that a letter was sent or given up; what it said is gone already."""


async def send_due(changes: Changes, carrier: Carrier, *, head: Letterhead, at: dt.datetime | None = None) -> int:
    """Send every letter that is due, one after the other; return how many were tried."""
    tried = 0
    while (letter := await _take(changes, at or clock.now())) is not None:
        outcome = await _attempt(changes, carrier, letter, head=head)
        await _note(changes, letter, outcome, at or clock.now())
        tried += 1
    return tried


async def _take(changes: Changes, now: dt.datetime) -> Letter | None:
    """Take the letter that is due longest, and put off when it is due again, so that no other process takes it."""
    async with changes.begin(SYSTEM, at=now) as change:
        of_no_use = update(Letter).where(Letter.state == LetterState.WAITING, Letter.good_until <= now)
        given_up = of_no_use.values(ended(LetterState.GIVEN_UP, now))
        await change.session.execute(given_up, execution_options={"synchronize_session": False})
        due = (
            select(Letter)
            .where(Letter.state == LetterState.WAITING, Letter.due_at <= now)
            .order_by(Letter.due_at, Letter.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        letter = await change.session.scalar(due)
        if letter is not None:
            letter.attempts += 1
            letter.due_at = now + LEASE
    return letter


async def _attempt(changes: Changes, carrier: Carrier, letter: Letter, *, head: Letterhead) -> Outcome:
    try:
        address, facts = opened(changes.keys, letter)
    except SetupError:
        return Outcome(Fate.REFUSED, trouble="WrongKeys")
    message = composed(letter, address=address, facts=facts, head=head)
    return await carrier.carry(message, address=address, name=str(letter.id))


async def _note(changes: Changes, letter: Letter, outcome: Outcome, now: dt.datetime) -> None:
    """Write down what became of an attempt."""
    due_at = _next(letter, outcome, now)
    finished = outcome.fate is Fate.TAKEN or due_at is None
    values = {
        "last_reply": outcome.reply,
        "unsure": letter.unsure or outcome.fate is Fate.UNSURE,
        **({"due_at": due_at} if not finished else {}),
        **(ended(_end(outcome), now) if finished else {}),
    }
    async with changes.begin(SYSTEM, at=now) as change:
        mine = update(Letter).where(Letter.id == letter.id, Letter.state == LetterState.WAITING)
        await change.session.execute(mine.values(values), execution_options={"synchronize_session": False})
    told = {"letter": str(letter.id), "attempt": letter.attempts, "reply": outcome.reply, "trouble": outcome.trouble}
    if outcome.fate is Fate.TAKEN:
        log.info("letter_sent", **told)
    else:
        log.warning("letter_given_up" if finished else "letter_waits", fate=outcome.fate.value, **told)


def _end(outcome: Outcome) -> LetterState:
    return LetterState.SENT if outcome.fate is Fate.TAKEN else LetterState.GIVEN_UP


def _next(letter: Letter, outcome: Outcome, now: dt.datetime) -> dt.datetime | None:
    """Return when to try again; None where it is not tried any more."""
    if outcome.fate is Fate.REFUSED or letter.unsure:
        return None
    if outcome.fate is Fate.UNSURE:
        return now + PAUSE_OF_DOUBT
    if letter.attempts > len(PAUSES):
        return None
    # Letters that failed together do not all come back together: each adds up to a fifth, always the same.
    return now + PAUSES[letter.attempts - 1] * (1 + _spread(letter.id))


def _spread(id_: UUID) -> float:
    return id_.int % 1000 / 5000


async def forget_letters(changes: Changes, *, at: dt.datetime | None = None) -> None:
    """Drop what is known of letters that were finished long ago."""
    now = at or clock.now()
    async with changes.begin(SYSTEM, at=now) as change:
        await change.session.execute(delete(Letter).where(Letter.finished_at < now - KEPT))


async def watch(changes: Changes, carrier: Carrier, *, head: Letterhead, every: float = 1.0) -> None:
    """Send until cancelled. A round that fails is only late: the next one makes up for it."""
    while True:
        try:
            if not await send_due(changes, carrier, head=head):
                await asyncio.sleep(every)
        except (SQLAlchemyError, OSError, OutcomeUnknown, Busy) as error:
            log.warning("sending_failed", error=type(error).__name__)
            await asyncio.sleep(every)
