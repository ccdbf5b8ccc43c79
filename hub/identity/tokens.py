"""Bearer tokens: a prefix that tells their kind, 256 random bits in base 62, and a checksum.

`hub_pat_` begins a token that somebody made for a program of theirs, `hub_cli_` one of an organisation's program,
`hub_sin_` the one of a sign-in.

The prefix lets scanners find a leaked token, and the checksum lets the door refuse a mistyped or invented
one without asking the database. At rest only the SHA-256 is kept: nobody guesses 256 random bits, so a slow
hash has no use.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib

PERSONAL, OF_CLIENT, SIGN_IN = "hub_pat_", "hub_cli_", "hub_sin_"
PREFIXES = (PERSONAL, OF_CLIENT, SIGN_IN)
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SECRET_LENGTH = 43
CHECKSUM_LENGTH = 6


def new_token(kind: str = PERSONAL) -> str:
    """Return a new token of a kind; it is shown once and kept nowhere."""
    secret = _base62(int.from_bytes(secrets.token_bytes(32)), SECRET_LENGTH)
    return kind + secret + _checksum(secret)


def well_formed(token: str) -> bool:
    """Whether this can be a token of the hub at all: its prefix, its length, its checksum."""
    if not token.startswith(PREFIXES) or len(token) != len(PERSONAL) + SECRET_LENGTH + CHECKSUM_LENGTH:
        return False
    secret, checksum = token[len(PERSONAL) : -CHECKSUM_LENGTH], token[-CHECKSUM_LENGTH:]
    return secret.isascii() and secret.isalnum() and _checksum(secret) == checksum


def of_sign_in(token: str) -> bool:
    """Whether a well-formed token is the one of a sign-in."""
    return token.startswith(SIGN_IN)


def digest(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def _checksum(secret: str) -> str:
    return _base62(zlib.crc32(secret.encode()), CHECKSUM_LENGTH)


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(DIGITS))
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))
