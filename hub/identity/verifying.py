"""Verifying: making sure that an account belongs to one natural person, without keeping a document's number.

Of the number only a keyed token is left (HMAC-SHA256), which is the same for the same person whatever account they
come by. A plain hash would not do: there are few enough CURPs to try them all. The key lies outside the database.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Forbidden, Invalid, NotFound, Problem, WrongState, require
from hub.identity import curp
from hub.identity.events import VerificationGranted, VerificationRevoked
from hub.identity.models import VerificationClaim, VerificationMethod
from hub.identity.rules import may_verify
from hub.keys import Keyring
from hub.people.models import Account

LONGEST = 1_095
"""The most days for which somebody is believed to be who they were: three years."""


async def grant_verification(
    change: Change, account_id: UUID, *, method: VerificationMethod, document: str, days: int
) -> VerificationClaim:
    """Note that whoever has this account showed this document; the number itself is forgotten at once."""
    require(may_verify(change.viewer))
    number = curp.normalized(document)
    problems = curp.problems_of(number)
    if not 1 <= days <= LONGEST:
        problems.append(Problem("OUT_OF_RANGE", ("days",), {"least": 1, "most": LONGEST}))
    if problems:
        raise Invalid(problems)
    account = await _account(change, account_id)
    token = person_token(change.keys, number)
    claim = await note_verification(change, account, token=token, method=method, days=days)
    change.results["account"] = str(account_id)
    return claim


def person_token(keys: Keyring, number: str) -> bytes:
    """Return what stands for the natural person of a CURP, the same whichever way they come by."""
    return keys.lasting_digest("person", b"curp:" + number.encode())


async def note_verification(
    change: Change, account: Account, *, token: bytes, method: VerificationMethod, days: int
) -> VerificationClaim:
    """Write down that an account belongs to one natural person; Conflict where it is known to be somebody else's."""
    others = select(VerificationClaim.id).filter_by(person_id=account.person_id, revoked_at=None)
    if await change.session.scalar(others.where(VerificationClaim.token != token).limit(1)) is not None:
        raise Conflict("VERIFIED_AS_SOMEBODY_ELSE")
    claim = VerificationClaim(
        id=uuid7(),
        person_id=account.person_id,
        method=method,
        token=token,
        granted_at=change.at,
        expires_at=change.at + dt.timedelta(days=days),
    )
    await change.add(claim)
    change.record(VerificationGranted(claim_id=claim.id, account_id=account.id, expires_at=claim.expires_at))
    return claim


async def revoke_verification(change: Change, account_id: UUID) -> None:
    """Believe no more that whoever has this account was identified; it holds in every process within two seconds."""
    require(may_verify(change.viewer))
    account = await _account(change, account_id)
    claims = select(VerificationClaim).filter_by(person_id=account.person_id, revoked_at=None)
    found = (await change.session.scalars(claims.order_by(VerificationClaim.id).with_for_update())).all()
    if not found:
        raise WrongState("NOT_VERIFIED")
    for claim in found:
        claim.revoked_at = change.at
        change.record(VerificationRevoked(claim_id=claim.id, account_id=account_id))
    await change.session.flush()
    change.results["account"] = str(account_id)


async def _account(change: Change, account_id: UUID) -> Account:
    """Return an account, locked: what is known of one person is written down one after the other."""
    account = await change.session.get(Account, account_id, with_for_update={"key_share": True})
    if account is None:
        raise NotFound("NOT_FOUND", type="Account")
    return account


async def valid_verification(change: Change) -> bytes:
    """Return what stands for the natural person who is asking, locked against its end; Forbidden without it."""
    claim = VerificationClaim
    found = (
        select(claim.token)
        .filter_by(person_id=change.viewer.person_id, revoked_at=None)
        .where(claim.granted_at <= change.at, claim.expires_at > change.at)
        .order_by(claim.granted_at.desc(), claim.id.desc())
        .limit(1)
        .with_for_update(read=True)
    )
    token = await change.session.scalar(found)
    if token is None:
        raise Forbidden("VERIFICATION_NEEDED")
    return token
