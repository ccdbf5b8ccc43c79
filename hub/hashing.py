"""Hashes of what is said: the same words give the same hash, on every machine and in every program."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


def content_hash(said: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what something says, in canonical JSON (RFC 8785), as `sha256:<hexadecimal>`."""
    return "sha256:" + hashlib.sha256(rfc8785.dumps(dict(said))).hexdigest()
