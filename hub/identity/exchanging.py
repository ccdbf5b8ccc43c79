"""Exchanging what a provider has proven for a sign-in, or for a further way into an account.

A subject that is known opens its account. One that is not opens that of the same natural person, else the one of an
address that a trusted provider made sure of, else a new one. Nothing else ever links two: whoever wants a provider to
open an account that it does not, signs in to that account first.
"""

from __future__ import annotations

import hmac
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.errors import Conflict, Forbidden, NotFound, require
from hub.identity.confirming import sign_in
from hub.identity.creating import open_account
from hub.identity.events import IdentityLinked, IdentityUnlinked
from hub.identity.models import VerificationClaim, VerificationMethod
from hub.identity.provider_models import LinkedIdentity, ProvenSignIn
from hub.identity.proving import code_digest
from hub.identity.rules import may_exchange, may_link_identity
from hub.identity.sign_in_models import MailAddress, SignIn, SignInMethod
from hub.identity.verifying import note_verification
from hub.people.models import Account, AccountState


async def exchange_sign_in(change: Change, *, code: str, secret: str) -> SignIn:
    """Sign in whoever holds a code in the browser that it was made for; the first time, this makes an account."""
    proven = await _proven(change, code, secret)
    require(may_exchange(change.viewer, used=proven.used_at is not None, over=change.at >= proven.expires_at))
    proven.used_at = change.at
    account = await _account_of(change, proven)
    if account.state is not AccountState.ACTIVE:
        raise Forbidden("ACCOUNT_NOT_ACTIVE")
    await _verify(change, account, proven)
    return await sign_in(change, account, method=SignInMethod.PROVIDER, proven=proven)


async def link_identity(change: Change, *, code: str, secret: str) -> LinkedIdentity:
    """Let a provider open the viewer's account from now on, once it has said who they are there."""
    proven = await _proven(change, code, secret)
    over = proven.used_at is not None or change.at >= proven.expires_at
    require(may_link_identity(change.viewer, over=over))
    proven.used_at = change.at
    account = await change.session.get_one(Account, change.viewer.account_id)
    found = select(LinkedIdentity).filter_by(digest=proven.subject_digest)
    linked = await change.session.scalar(found)
    if linked is not None:
        raise Conflict("IDENTITY_LINKED" if linked.account_id == account.id else "IDENTITY_LINKED_ELSEWHERE")
    await _verify(change, account, proven)
    linked = await _link(change, account, proven)
    change.results["identity"] = str(linked.id)
    return linked


async def unlink_identity(change: Change, identity_id: UUID) -> None:
    """Let a provider open the viewer's account no more, where there is another way in."""
    require(may_link_identity(change.viewer, over=False))
    linked = await change.take(LinkedIdentity, identity_id)
    others = select(LinkedIdentity.id).where(
        LinkedIdentity.account_id == linked.account_id, LinkedIdentity.id != linked.id
    )
    address = select(MailAddress.account_id).filter_by(account_id=linked.account_id)
    if await change.session.scalar(others.limit(1)) is None and await change.session.scalar(address) is None:
        raise Conflict("LAST_WAY_IN")
    await change.session.delete(linked)
    change.record(IdentityUnlinked(identity_id=linked.id, account_id=linked.account_id))


async def _proven(change: Change, code: str, secret: str) -> ProvenSignIn:
    """Return what a code stands for, locked; NotFound for another browser as for a code that nobody was given."""
    found = select(ProvenSignIn).filter_by(code_digest=code_digest(code)).with_for_update()
    proven = await change.session.scalar(found)
    if proven is None or not hmac.compare_digest(code_digest(secret), proven.challenge):
        raise NotFound("PROOF_UNKNOWN")
    return proven


async def _account_of(change: Change, proven: ProvenSignIn) -> Account:
    """Return the account that is theirs, or open one: those who come at once come one after the other."""
    await _take_turn(change, proven.subject_digest)
    account = await change.session.scalar(
        select(Account)
        .join(LinkedIdentity, LinkedIdentity.account_id == Account.id)
        .where(LinkedIdentity.digest == proven.subject_digest)
    )
    if account is not None:
        return account
    if proven.person_token is not None:
        await _take_turn(change, proven.person_token)
        account = await _of_the_person(change, proven.person_token)
    address = None
    if account is None and proven.address is not None and proven.address_digest is not None:
        await _take_turn(change, proven.address_digest)
        known = select(Account).join(MailAddress, MailAddress.account_id == Account.id)
        account = await change.session.scalar(known.where(MailAddress.digest == proven.address_digest))
        address = change.keys.unwrap(proven.address, about=proven.id.bytes).decode()
    if account is None:
        known_by = None if address is None or proven.address_digest is None else (address, proven.address_digest)
        account = await open_account(change, known_by=known_by, language=proven.language)
    await _link(change, account, proven)
    return account


async def _of_the_person(change: Change, token: bytes) -> Account | None:
    """Return the account of a natural person, the one that was verified first where they have several."""
    claims = (
        select(Account)
        .join(VerificationClaim, VerificationClaim.person_id == Account.person_id)
        .where(VerificationClaim.token == token, VerificationClaim.revoked_at.is_(None))
        .order_by(VerificationClaim.granted_at, VerificationClaim.id)
    )
    return (await change.session.scalars(claims.limit(1))).first()


async def _take_turn(change: Change, digest: bytes) -> None:
    turn = int.from_bytes(digest[:8], signed=True)
    await change.session.execute(select(func.pg_advisory_xact_lock(turn)))


async def _link(change: Change, account: Account, proven: ProvenSignIn) -> LinkedIdentity:
    linked = LinkedIdentity(
        person_id=account.person_id,
        account_id=account.id,
        provider=proven.provider,
        issuer=proven.issuer,
        digest=proven.subject_digest,
        linked_at=change.at,
    )
    await change.add_once(linked, Conflict("IDENTITY_LINKED_ELSEWHERE"))
    change.record(IdentityLinked(identity_id=linked.id, account_id=account.id))
    return linked


async def _verify(change: Change, account: Account, proven: ProvenSignIn) -> None:
    """Note that they are one natural person, as a provider says that is trusted to know; who that is, nobody keeps."""
    if proven.person_token is not None:
        method = VerificationMethod.IDENTITY_PROVIDER
        await note_verification(change, account, token=proven.person_token, method=method, days=proven.days)
