"""Proving: a provider has said who somebody is; whoever began that gets a code, to be exchanged for a sign-in.

The code goes through the browser's address line, so it is worth nothing without the secret that the front end keeps in
that browser and of which the hub has known the SHA-256 since before anybody was sent away.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import require
from hub.identity import curp
from hub.identity.events import SignInProven
from hub.identity.provider_models import ProvenSignIn
from hub.identity.rules import may_prove
from hub.identity.verifying import person_token
from hub.keys import Keyring
from hub.mail.addresses import address_digest, normalized, problem_with
from hub.providers.provider import NotProven, Outcome, Proof
from hub.wording import spoken

GOOD_FOR = dt.timedelta(minutes=5)


async def prove(change: Change, proof: Proof, *, challenge: bytes, languages: Collection[str]) -> str:
    """Keep what a provider said for some minutes, and return the code that stands for it."""
    known = address_of(proof)
    require(may_prove(challenge=challenge))
    id_, code = uuid7(), secrets.token_urlsafe(32)
    number = None if proof.curp is None else curp.normalized(proof.curp)
    if number is not None and curp.problems_of(number):
        raise NotProven(Outcome.NOT_BELIEVED, "no CURP")
    await change.add(
        ProvenSignIn(
            id=id_,
            code_digest=code_digest(code),
            challenge=challenge,
            provider=proof.provider,
            issuer=proof.issuer,
            subject_digest=identity_digest(change.keys, b"subject", proof.issuer, proof.subject),
            session_digest=(
                None if proof.session is None else identity_digest(change.keys, b"session", proof.issuer, proof.session)
            ),
            assurance=proof.assurance,
            acr=proof.acr,
            person_token=None if number is None else person_token(change.keys, number),
            days=proof.days,
            address_digest=None if known is None else address_digest(change.keys, known),
            address=None if known is None else change.keys.wrap(known.encode(), about=id_.bytes),
            language=spoken(languages),
            proven_at=change.at,
            expires_at=change.at + GOOD_FOR,
        )
    )
    change.record(SignInProven(proven_id=id_))
    return code


def address_of(proof: Proof) -> str | None:
    """Return the address that is believed to be somebody's; None where it is none that could be written to."""
    if proof.email is None or problem_with(proof.email, path=("email",)) is not None:
        return None
    return normalized(proof.email)


def identity_digest(keys: Keyring, what: bytes, issuer: str, name: str) -> bytes:
    """Return what is kept of a subject or a session of an issuer; lasting, since an account is known by it."""
    return keys.lasting_digest("provider", what + b"\0" + issuer.encode() + b"\0" + name.encode())


def code_digest(code: str) -> bytes:
    """Return what is kept of a code of 256 random bits."""
    return hashlib.sha256(code.encode()).digest()
