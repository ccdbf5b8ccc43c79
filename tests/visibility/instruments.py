"""Instruments and work programmes: one of each that is published, and one that is being written."""

from __future__ import annotations

import json

import asyncpg

from hub.database.address import plain
from hub.database.base import uuid7
from tests.visibility.people import NOW, Cast
from tests.visibility.sessions import HOUR
from tests.visibility.votes import moved_to_adopt

WORDS = json.dumps({"source": "es", "translations": {"es": {"text": "Acuerdo", "origin": "human"}}})


async def instruments_held(cast: Cast) -> None:
    """Write them past the acts: of a published one only its state matters here, and no vote that led to it."""
    connection = await asyncpg.connect(plain(cast.hub.url))
    try:
        await connection.execute("SET session_replication_role = replica")
        for state in ("published", "draft"):
            await _instrument(connection, cast, published=state == "published")
    finally:
        await connection.close()
    draft = await cast.hub.rows("SELECT id FROM instrument WHERE state = 'draft'")
    await moved_to_adopt(cast, draft[0]["id"], at=HOUR)


async def _instrument(connection: asyncpg.Connection, cast: Cast, *, published: bool) -> None:
    id_, vote = uuid7(), uuid7() if published else None
    adopted = NOW if published else None
    await connection.execute(
        "INSERT INTO entry (id, kind, body_id, visibility, title, search, updated_at, created_via) "
        "VALUES ($1, 'Instrument', $2, $3, $4, '', $5, 'api')",
        id_,
        cast.body,
        "public" if published else "body",
        WORDS,
        NOW,
    )
    await connection.execute(
        "INSERT INTO instrument (id, body_id, kind, state, title, vote_event_id, adopted_at, created_at) "
        "VALUES ($1, $2, 'acuerdo', $3, $4, $5, $6, $7)",
        id_,
        cast.body,
        "published" if published else "draft",
        WORDS,
        vote,
        adopted,
        NOW,
    )
    await connection.execute(
        "INSERT INTO instrument_revision (id, instrument_id, number, title, created_at) VALUES ($1, $2, 1, $3, $4)",
        uuid7(),
        id_,
        WORDS,
        NOW,
    )
    await connection.execute(
        "INSERT INTO work_programme (id, body_id, year, title, state, instrument_id, approved_at, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        uuid7(),
        cast.body,
        2026 if published else 2027,
        WORDS,
        "approved" if published else "draft",
        id_ if published else None,
        adopted,
        NOW,
    )
