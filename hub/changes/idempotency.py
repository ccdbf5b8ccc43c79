"""Same key and same input: the same payload and one effect. The key is kept in the transaction of the change."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import rfc8785
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.changes.models import IdempotentRequest
from hub.errors import Conflict, HubError, Invalid, Problem

KEPT = dt.timedelta(days=7)
"""How long a key is remembered."""


@dataclass(frozen=True)
class IdempotencyKey:
    """What a caller named a request, so that a repetition can be told from a new one."""

    operation: str
    key: str
    fingerprint: bytes

    @classmethod
    def of(cls, operation: str, key: str, request: Mapping[str, Any]) -> IdempotencyKey:
        """Make the key of a request; the fingerprint is the SHA-256 of its canonical JSON (RFC 8785)."""
        return cls(operation, key, hashlib.sha256(rfc8785.dumps(dict(request))).digest())


class Replayed(HubError):
    """The request was carried out before: `results` is what it answered then."""

    def __init__(self, results: dict[str, Any]) -> None:
        super().__init__("This request was carried out before.")
        self.results = results


async def claim(
    session: AsyncSession, request: IdempotencyKey, *, principal: bytes, nobody: bytes, today: dt.date
) -> None:
    """Take the key for this transaction; a repetition waits here for the first, then raises `Replayed`.

    What a principal did without leaving a trace is kept for nobody, under a key that nobody else can guess.
    """
    row = {"principal": principal, "operation": request.operation, "key": request.key}
    new = {**row, "fingerprint": request.fingerprint, "made_on": today}
    made = await session.execute(
        insert(IdempotentRequest).values(new).on_conflict_do_nothing().returning(IdempotentRequest.key)
    )
    if made.first() is None:
        await _replay(session, request, row)
    elif principal != nobody and is_random(request.key):
        # Only now: whoever waited above for the first one finds here what that one left for nobody.
        await _replay(session, request, {**row, "principal": nobody})


async def _replay(session: AsyncSession, request: IdempotencyKey, row: Mapping[str, Any]) -> None:
    earlier = (await session.execute(select(IdempotentRequest).filter_by(**row))).scalar_one_or_none()
    if earlier is None:
        return
    if earlier.fingerprint != request.fingerprint:
        raise Conflict("IDEMPOTENCY_KEY_REUSED", path=("idempotencyKey",))
    raise Replayed(earlier.result or {})


async def keep(
    session: AsyncSession, request: IdempotencyKey, *, principal: bytes, kept_for: bytes, results: dict[str, Any]
) -> None:
    """Write down what the request answered, and for whom: for nobody only under a random key."""
    if kept_for != principal and not is_random(request.key):
        raise Invalid([Problem("IDEMPOTENCY_KEY_NOT_RANDOM", ("idempotencyKey",))])
    await session.execute(
        update(IdempotentRequest)
        .filter_by(principal=principal, operation=request.operation, key=request.key)
        .values(result=results, principal=kept_for)
    )


def is_random(key: str) -> bool:
    """Whether a key is a random UUID, which nobody guesses."""
    try:
        return UUID(key).version == 4
    except ValueError:
        return False


async def forget(session: AsyncSession, *, today: dt.date) -> None:
    """Drop the keys that are older than a week."""
    await session.execute(delete(IdempotentRequest).where(IdempotentRequest.made_on < today - KEPT))
