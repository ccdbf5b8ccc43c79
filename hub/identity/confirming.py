"""Confirming: whoever has both the secret and the code is signed in, and gets an account if there is none yet."""

from __future__ import annotations

import datetime as dt
import hmac
import re
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.errors import Forbidden, NotFound, Refusal, require
from hub.identity.creating import open_account
from hub.identity.events import SignedIn, SignInRefused
from hub.identity.provider_models import ProvenSignIn
from hub.identity.requesting import code_digest, secret_digest
from hub.identity.rules import MOST_TRIES, may_confirm_sign_in
from hub.identity.sign_in_models import MailAddress, SignIn, SignInMethod, SignInRequest
from hub.identity.tokens import SIGN_IN, digest, new_token
from hub.people.models import Account, AccountState

LONGEST = dt.timedelta(days=30)
"""How long somebody is signed in at most."""

IDLE = dt.timedelta(days=14)
"""After how long without any request a sign-in ends by itself."""

OF_STAFF = dt.timedelta(hours=8)
"""How long somebody who holds a role is signed in at most."""


def is_over(
    at: dt.datetime, *, signed_in_at: dt.datetime, used_at: dt.datetime, expires_at: dt.datetime, staff: bool
) -> bool:
    """Whether a sign-in lets nobody in any more: earlier where it lies idle, and where its person holds a role."""
    # Looked at backwards, since there may be no instant two weeks after the last use.
    idle = at - max(signed_in_at, used_at) >= IDLE
    return at >= expires_at or idle or (staff and at - signed_in_at >= OF_STAFF)


def hour_of(at: dt.datetime) -> dt.datetime:
    """Return the hour of an instant, which is as much as is kept about when somebody was here."""
    return at.replace(minute=0, second=0, microsecond=0)


async def confirm_sign_in(change: Change, *, code: str, secret: str) -> Refusal | None:
    """Sign somebody in. A wrong code is counted and told by what is returned, since raising would undo the count."""
    request = await requested(change, secret, sign_in_id=None)
    over = change.at >= request.expires_at
    require(may_confirm_sign_in(change.viewer, tries=request.tries, used=request.used_at is not None, over=over))
    refusal = tried(change, request, code)
    if refusal is None:
        await sign_in(change, await _account_of(change, request), method=SignInMethod.MAIL)
    return refusal


async def requested(change: Change, secret: str, *, sign_in_id: UUID | None) -> SignInRequest:
    """Return what was asked for under a secret, locked: to sign in, or to show again who one is where one is here."""
    found = select(SignInRequest).filter_by(secret_digest=secret_digest(secret), sign_in_id=sign_in_id)
    request = await change.session.scalar(found.with_for_update())
    if request is None:
        raise NotFound("CODE_UNKNOWN")
    return request


def tried(change: Change, request: SignInRequest, code: str) -> Refusal | None:
    """Use a request up by its code; a wrong one is counted, and returned as the refusal that it is."""
    given = code_digest(change.keys, request.id.bytes, re.sub(r"[\s-]", "", code))
    if not hmac.compare_digest(given, request.code_digest):
        request.tries += 1
        change.record(SignInRefused(request_id=request.id))
        return Forbidden("WRONG_CODE", path=("code",), left=MOST_TRIES - request.tries)
    request.used_at = change.at
    return None


async def _account_of(change: Change, request: SignInRequest) -> Account:
    """Return the account of an address, or open one: two who confirm at once come one after the other."""
    turn = int.from_bytes(request.address_digest[:8], signed=True)
    await change.session.execute(select(func.pg_advisory_xact_lock(turn)))
    known = select(Account).join(MailAddress, MailAddress.account_id == Account.id)
    account = await change.session.scalar(known.where(MailAddress.digest == request.address_digest))
    if account is None:
        address = change.keys.unwrap(request.address, about=request.id.bytes).decode()
        account = await open_account(change, known_by=(address, request.address_digest), language=request.language)
    if account.state is not AccountState.ACTIVE:
        raise Forbidden("ACCOUNT_NOT_ACTIVE")
    return account


async def sign_in(
    change: Change, account: Account, *, method: SignInMethod, proven: ProvenSignIn | None = None
) -> SignIn:
    """Let somebody who showed who they are be signed in from now on; the token is told only now."""
    token = new_token(SIGN_IN)
    of_provider = ("assurance", "provider", "acr", "subject_digest", "session_digest")
    signed_in = SignIn(
        digest=digest(token),
        account_id=account.id,
        person_id=account.person_id,
        method=method,
        signed_in_at=change.at,
        last_used_at=hour_of(change.at),
        expires_at=change.at + LONGEST,
        **({} if proven is None else {name: getattr(proven, name) for name in of_provider}),
    )
    await change.add(signed_in)
    change.record(SignedIn(sign_in_id=signed_in.id, account_id=account.id))
    change.secrets |= {"token": token, "expires_at": signed_in.expires_at.isoformat()}
    return signed_in
