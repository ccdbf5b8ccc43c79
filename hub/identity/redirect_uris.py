"""Addresses to which a browser is sent back, as OAuth 2 wants them (RFC 6749, 3.1.2; RFC 8252, 7.3; RFC 9700, 4.1).

They are compared letter by letter, so nothing in them is a pattern. What is sent there is worth stealing: it goes over
TLS, or to a program on the same machine.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from hub.errors import Problem

MOST_URIS = 10
LONGEST_URI = 2_000
VISIBLE = frozenset(map(chr, range(0x21, 0x7F)))


def problem_with_uri(uri: str, *, path: tuple[str, ...]) -> Problem | None:
    """Say what is wrong with an address to be sent back to; None if it is good."""
    if not 1 <= len(uri) <= LONGEST_URI or not VISIBLE.issuperset(uri) or set(uri) & set('*\\<>"{}|^`'):
        return Problem("BAD_REDIRECT_URI", path)
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return Problem("BAD_REDIRECT_URI", path)
    if "#" in uri or parts.username is not None or parts.password is not None or port == 0:
        return Problem("BAD_REDIRECT_URI", path)
    if ".." in parts.path.split("/") or not _is_safe(parts):
        return Problem("BAD_REDIRECT_URI", path)
    return None


def _is_safe(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if parts.scheme == "https":
        return "." in host.strip(".") or _is_loopback(host)
    return parts.scheme == "http" and _is_loopback(host)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
