"""Receipts: a code to ask with and a hash to compare with.

The code has 80 random bits in Crockford's base 32, in groups of four, and a check character:
`7ZK2-0QHM-3VBT-9XEA-5`. The hash is the SHA-256 of what was said (RFC 8785) together with a random salt, so
that nobody can find the answers by trying them out.
"""

from __future__ import annotations

import secrets

from hub.hashing import content_hash

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = DIGITS + "*~$=U"
"""The check character is the number modulo 37: it finds every single wrong or exchanged character."""

READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
"""What people write for what they read."""

RANDOM_BITS = 80
LENGTH = RANDOM_BITS // 5


def new_code() -> str:
    """Return a new receipt code."""
    return written(secrets.randbits(RANDOM_BITS))


def written(number: int) -> str:
    """Return the code that stands for a number."""
    digits = "".join(DIGITS[number >> shift & 31] for shift in range(RANDOM_BITS - 5, -1, -5))
    groups = [digits[start : start + 4] for start in range(0, LENGTH, 4)]
    return "-".join([*groups, CHECKS[number % 37]])


def read(code: str) -> str | None:
    """Return a code as it is kept, however it was typed; None where it cannot be one."""
    plain = code.upper().translate(READ_AS)
    if len(plain) != LENGTH + 1 or any(digit not in DIGITS for digit in plain[:-1]):
        return None
    number = 0
    for digit in plain[:-1]:
        number = number << 5 | DIGITS.index(digit)
    return written(number) if CHECKS[number % 37] == plain[-1] else None


def new_salt() -> bytes:
    """Return the random part of a response's hash."""
    return secrets.token_bytes(16)


def response_hash(said: dict[str, object], *, salt: bytes) -> str:
    """Return the hash of what a response says."""
    return content_hash({**said, "salt": salt.hex()})
