"""The votes of a conversation, staged in the database, so that they are never all in memory.

The staging ground is a temporary table of one transaction that stays open as long as the import and writes
nothing else. It ends with the transaction, however that ends: a killed import leaves nothing to clean up.
Because it is one transaction, it also holds the lock that keeps two imports of one conversation apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hub.changes.change import Change
from hub.errors import SetupError
from hub.importing.copying import copy_rows
from hub.importing.polis_directory import Vote, code_of
from hub.importing.summary import Progress

LOCK_TAKEN = "55P03"
"""What PostgreSQL says when a lock did not come free in time."""

STEP = 1_000
"""How many votes are staged between two signs of life."""

STAGED = """
    CREATE TEMPORARY TABLE staged_vote (line bigint, at timestamptz, statement int, voter int, option text)
    ON COMMIT DROP
"""

# The latest vote by time counts; of two at the same millisecond, the one that stands further down in the
# file.
LATEST = text(
    """
    SELECT voter, max(at) AS at, array_agg(statement ORDER BY statement) AS statements,
           array_agg(option ORDER BY statement) AS options
    FROM (SELECT DISTINCT ON (voter, statement) voter, statement, option, at
          FROM staged_vote ORDER BY voter, statement, at DESC, line DESC) AS latest
    GROUP BY voter ORDER BY voter
    """
)

SPAN = text("SELECT count(DISTINCT voter), min(at), max(at) FROM staged_vote")


@dataclass(frozen=True)
class Participant:
    """One participant: the time of their last vote, and what they say, by the code of the question."""

    number: int
    at: dt.datetime
    options: dict[str, str]


@dataclass(frozen=True)
class Span:
    """How many took part, and from when to when; nobody at no time if there is no vote."""

    participants: int
    first: dt.datetime | None
    last: dt.datetime | None


class Staging:
    """The staged votes of one conversation."""

    def __init__(self, change: Change) -> None:
        self._change = change

    @classmethod
    async def begin(cls, change: Change, conversation: str) -> Staging:
        """Keep other imports of this conversation out, and make the ground ready."""
        await change.session.execute(text("SET LOCAL lock_timeout = '10s'"))
        try:
            await change.session.execute(
                text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": conversation}
            )
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_TAKEN:
                raise
            raise SetupError(
                f"Another import of {conversation} is under way: let it finish, or stop it and try again."
            ) from None
        await change.session.execute(text(STAGED))
        return cls(change)

    async def fill(self, votes: Iterable[Vote], *, progress: Progress) -> Span:
        """Stage the votes as they are read."""
        await copy_rows(self._change, "staged_vote", COLUMNS, _rows(votes, progress))
        await self._change.session.execute(text("ANALYZE staged_vote"))
        return Span(*(await self._change.session.execute(SPAN)).one())

    async def participants(self, *, at_once: int) -> AsyncIterator[Participant]:
        """Return the participants one after the other, by number."""
        rows = await self._change.session.stream(LATEST, execution_options={"yield_per": at_once})
        async for voter, at, statements, options in rows:
            said = zip(map(code_of, statements), options, strict=True)
            yield Participant(voter, at, dict(said))


COLUMNS = ("line", "at", "statement", "voter", "option")


def _rows(votes: Iterable[Vote], progress: Progress) -> Iterator[tuple[object, ...]]:
    for number, vote in enumerate(votes, start=1):
        if number % STEP == 0:
            progress.advance(STEP)
        yield vote.line, vote.at, vote.statement, vote.voter, vote.option
