"""Invitations: codes that let whoever holds one answer a consultation that is for the invited only."""

from __future__ import annotations

import hashlib

from hub.consultations.receipts import new_code, read


def new_invitation() -> str:
    """Return a new code: 80 random bits and a check character, written as receipts are."""
    return new_code()


def digest(code: str) -> bytes:
    """Return what is kept of a code, however it was typed; of one that cannot be a code, something that is nowhere."""
    return hashlib.sha256(b"invitation:" + (read(code) or "").encode()).digest()
