"""Requesting to sign in: a code is sent to the address, and a secret is told to whoever asked. It takes both.

Nothing here looks whether the address is known: the answer, its time and the letter are the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Forbidden, Invalid, require
from hub.identity.events import SignInRequested
from hub.identity.rules import may_request_sign_in
from hub.identity.sign_in_models import SignInCount, SignInRequest
from hub.keys import Keyring
from hub.mail.addresses import address_digest, normalized, problem_with
from hub.mail.models import LetterKind
from hub.mail.writing import LetterDraft, write_letter
from hub.wording import spoken

GOOD_FOR = dt.timedelta(minutes=15)
CODE_DIGITS = 8

LETTERS_TO_AN_ADDRESS = 3
"""How many codes are sent to one address in an hour of the clock."""

LETTERS_FROM_A_NETWORK = 20
"""How many codes may be asked for from one network in an hour of the clock."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The wish to sign in: with which address, in which languages, from which network."""

    address: str
    languages: Collection[str]
    network: str | None


async def request_sign_in(change: Change, wish: Wish) -> SignInRequest:
    """Send a code to an address, and tell whoever asked the secret without which it is worth nothing."""
    require(may_request_sign_in(change.viewer))
    problem = problem_with(wish.address, path=("email",))
    if problem is not None:
        raise Invalid([problem])
    digest = address_digest(change.keys, wish.address)
    await _count(change, b"address:" + digest, most=LETTERS_TO_AN_ADDRESS, otherwise="CODES_TO_AN_ADDRESS")
    if wish.network is not None:
        network = b"network:" + wish.network.encode()
        await _count(change, network, most=LETTERS_FROM_A_NETWORK, otherwise="CODES_FROM_A_NETWORK")
    id_ = uuid7()
    code, secret = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}", secrets.token_urlsafe(32)
    request = SignInRequest(
        id=id_,
        address_digest=digest,
        address=change.keys.wrap(normalized(wish.address).encode(), about=id_.bytes),
        code_digest=code_digest(change.keys, id_.bytes, code),
        secret_digest=secret_digest(secret),
        language=spoken(wish.languages),
        tries=0,
        asked_at=change.at,
        expires_at=change.at + GOOD_FOR,
    )
    await change.add(request)
    letter = LetterDraft(
        kind=LetterKind.SIGN_IN,
        cause=f"sign_in:{id_}",
        address=wish.address,
        languages=wish.languages,
        facts={
            "code": code,
            "page": f"/sign-in?code={code}",
            "minutes": str(int(GOOD_FOR.total_seconds()) // 60),
        },
        good_until=request.expires_at,
    )
    await write_letter(change, letter)
    change.record(SignInRequested(request_id=id_))
    change.secrets |= {"secret": secret, "expires_at": request.expires_at.isoformat()}
    return request


def code_digest(keys: Keyring, request: bytes, code: str) -> bytes:
    """Return what is kept of a code; keyed, since there are few enough codes to try them all."""
    return keys.lasting_digest("sign-in-code", request + code.encode())


def secret_digest(secret: str) -> bytes:
    """Return what is kept of a secret of 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()


async def _count(change: Change, what: bytes, *, most: int, otherwise: str) -> None:
    """Count one code more of this hour; Forbidden where that were too many. What is counted cannot be read back."""
    hour = change.at.replace(minute=0, second=0, microsecond=0)
    digest = change.keys.digest("sign-in-count", hour.isoformat().encode() + what)
    counted = insert(SignInCount).values(hour=hour, digest=digest, count=1)
    once_more = counted.on_conflict_do_update(
        index_elements=["hour", "digest"], set_={"count": SignInCount.count + 1}
    ).returning(SignInCount.count)
    if (await change.session.execute(once_more)).scalar_one() > most:
        raise Forbidden(otherwise, most=most)
