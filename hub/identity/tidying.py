"""What the hub does once a minute: drop what is kept for a time only, and remind of tokens that will end."""

from __future__ import annotations

import asyncio
import datetime as dt

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from hub.changes.change import Busy, Change, Changes, OutcomeUnknown
from hub.identity.confirming import hour_of
from hub.identity.provider_models import LogoutTokenTaken, ProvenSignIn
from hub.identity.reminding import remind
from hub.identity.sign_in_models import SignIn, SignInCount, SignInRequest
from hub.mail.sending import forget_letters
from hub.viewer import SYSTEM

log = structlog.get_logger(__name__)

REQUESTS_KEPT = dt.timedelta(hours=1)
"""How long a request is kept after its time; with it goes the address of somebody who never came."""

SIGN_INS_KEPT = dt.timedelta(days=30)
"""How long somebody sees that a sign-in of theirs has ended."""


async def tidy(change: Change) -> None:
    """Drop what is over."""
    await change.session.execute(delete(SignInRequest).where(SignInRequest.expires_at < change.at - REQUESTS_KEPT))
    await change.session.execute(delete(SignInCount).where(SignInCount.hour < hour_of(change.at)))
    await change.session.execute(delete(ProvenSignIn).where(ProvenSignIn.expires_at < change.at))
    await change.session.execute(delete(LogoutTokenTaken).where(LogoutTokenTaken.forgotten_at < change.at))
    long_ago = change.at - SIGN_INS_KEPT
    await change.session.execute(delete(SignIn).where((SignIn.ended_at < long_ago) | (SignIn.expires_at < long_ago)))


async def watch(changes: Changes, *, every: float = 60.0) -> None:
    """Tidy until cancelled. A round that fails is only late: the next one makes up for it."""
    while True:
        try:
            async with changes.begin(SYSTEM) as change:
                await tidy(change)
            async with changes.begin(SYSTEM) as change:
                await remind(change)
            await forget_letters(changes)
        except (SQLAlchemyError, OSError, OutcomeUnknown, Busy) as error:
            log.warning("tidying_failed", error=type(error).__name__)
        await asyncio.sleep(every)
