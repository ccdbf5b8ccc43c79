"""Requesting to sign in: a code is sent to the address, and a secret is told to whoever asked. It takes both.

Nothing here looks whether the address is known: the answer, its time and the letter are the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import structlog

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Forbidden, Invalid, WrongState, require
from hub.identity.counts import count_one_more, span_of
from hub.identity.events import SignInRequested
from hub.identity.rules import may_request_sign_in
from hub.identity.sign_in_models import SignInRequest
from hub.keys import Keyring
from hub.mail.addresses import address_digest, normalized, problem_with
from hub.mail.models import LetterKind
from hub.mail.writing import LetterDraft, write_letter
from hub.wording import spoken

log = structlog.get_logger(__name__)

GOOD_FOR = dt.timedelta(minutes=15)
CODE_DIGITS = 8

LETTERS_TO_AN_ADDRESS = 3
"""How many codes are sent to one address in an hour of the clock, for whoever asks from one network."""

LETTERS_TO_AN_ADDRESS_IN_ALL = 9
"""How many are sent to it for all networks together: a few strangers do not keep its owner out, nor flood the box."""

LETTERS_FROM_A_NETWORK = 20
"""How many codes may be asked for from one network in an hour of the clock."""

TOGETHER = dt.timedelta(minutes=10)
"""In what time the codes of everybody are counted: short, so that whoever uses them up shuts nobody out for long."""

MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The wish to sign in: with which address, in which languages, from which network."""

    address: str
    languages: Collection[str]
    network: str | None
    most: int | None = None
    """How many codes are sent to everybody together within ten minutes; None for no limit."""


async def request_sign_in(change: Change, wish: Wish) -> SignInRequest:
    """Send a code to an address, and tell whoever asked the secret without which it is worth nothing."""
    require(may_request_sign_in(change.viewer))
    problem = problem_with(wish.address, path=("email",))
    if problem is not None:
        raise Invalid([problem])
    return await send_code(change, wish, kind=LetterKind.SIGN_IN, page="/entrar")


async def send_code(
    change: Change, wish: Wish, *, kind: LetterKind, page: str, sign_in_id: UUID | None = None
) -> SignInRequest:
    """Write a letter with a code that this page takes: to sign in, or, where one is, to show again who one is."""
    digest = address_digest(change.keys, wish.address)
    await _require_few(change, wish, digest)
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
        sign_in_id=sign_in_id,
    )
    await change.add(request)
    letter = LetterDraft(
        kind=kind,
        cause=f"sign_in:{id_}",
        address=wish.address,
        languages=wish.languages,
        facts={
            "code": code,
            "page": f"{page}?code={code}",
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


async def _require_few(change: Change, wish: Wish, digest: bytes) -> None:
    """Go on while few enough codes were asked for: to this address, from this network, and by everybody together.

    What is refused counts for nothing: the count is undone with everything else. So whoever is stopped at their own
    network does not use up what is left for the others.
    """
    # Where nobody can tell who asks from where, all of it is one network.
    from_there = b"address:" + digest + (wish.network or "").encode()
    for counted, most in (
        (from_there, LETTERS_TO_AN_ADDRESS),
        (b"address in all:" + digest, LETTERS_TO_AN_ADDRESS_IN_ALL),
    ):
        if await count_one_more(change, counted) > most:
            raise Forbidden("CODES_TO_AN_ADDRESS", most=most)
    if wish.network is not None:
        network = b"network:" + wish.network.encode()
        if await count_one_more(change, network) > LETTERS_FROM_A_NETWORK:
            raise Forbidden("CODES_FROM_A_NETWORK", most=LETTERS_FROM_A_NETWORK)
    if wish.most is None:
        return
    asked = await count_one_more(change, b"everybody", within=TOGETHER)
    left = span_of(change.at, TOGETHER) + TOGETHER - change.at
    if asked == wish.most:
        # Exactly one of all processes sees this number in a span, however many are turned away after it.
        log.warning("sign_ins_paused", most=wish.most, seconds=math.ceil(left.total_seconds()))
    if asked > wish.most:
        raise WrongState("SIGN_INS_PAUSED", minutes=max(1, math.ceil(left / MINUTE)))
