"""Looking at what an import left behind, by plain SQL."""

from __future__ import annotations

from collections import Counter

import asyncpg

Tally = dict[str, Counter[str]]

TALLY = """
    SELECT q.code, c.option_code, count(*) FROM entry e
    JOIN questionnaire_revision r ON r.consultation_id = e.id
    JOIN question q ON q.revision_id = r.id
    JOIN answer_choice c ON c.lineage_id = q.lineage_id AND c.counted
    WHERE e.imported_from = $1 GROUP BY q.code, c.option_code
"""


class Counting:
    """A second pair of eyes on the database."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection

    async def everything(self) -> dict[str, int]:
        """How many rows each table has, and how far the log has come."""
        tables = await self.connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        counts = {name: await self.connection.fetchval(f'SELECT count(*) FROM "{name}"') for (name,) in tables}
        counts["log"] = await self.connection.fetchval("SELECT coalesce(max(position), 0) FROM event")
        return counts

    async def tally(self, conversation: str) -> Tally:
        """The counts of every question that has any, by option."""
        counted: Tally = {}
        for code, option, count in await self.connection.fetch(TALLY, f"polis:{conversation}"):
            counted.setdefault(code, Counter())[option] = count
        return counted

    async def value(self, query: str, *arguments: object) -> object:
        """One value."""
        return await self.connection.fetchval(query, *arguments)

    async def rows(self, query: str, *arguments: object) -> list[tuple[object, ...]]:
        """Several rows."""
        return [tuple(row) for row in await self.connection.fetch(query, *arguments)]
