"""Sending: the headers of an answer, who may keep a copy of it, and what a browser may let other origins read.

The endpoint looks at no cookie, so an answer depends on nothing that a browser sends by itself: every origin may ask,
without credentials. What a caller without a token reads by GET may be kept for a few seconds by anybody, and asked for
again by its mark (`ETag`); everything else is kept by nobody.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from starlette.types import Send

from graphql_schema.receiving import Headers

KEPT_SECONDS = 5
"""How long a copy of a public answer is as good as new: about as long as it takes to read its first line."""

PREFLIGHT_SECONDS = 7_200
"""How long a browser remembers what it may send; no browser remembers longer."""

SLOWEST = 10.0
"""Seconds for which somebody who stays connected may take nothing of what is sent."""

PUBLIC = b"public, max-age=%d" % KEPT_SECONDS
NOBODY = b"no-store"
VARY = (b"vary", b"Accept, Accept-Language, Authorization")
ANY_ORIGIN = (b"access-control-allow-origin", b"*")
EXPOSED = (
    b"access-control-expose-headers",
    b"ETag, X-Request-Id, Retry-After, RateLimit, RateLimit-Policy, Allow, WWW-Authenticate",
)
SENT = b"Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-None-Match, *"
"""What a caller may send: what tools add of their own does no harm, but `*` does not stand for `Authorization`."""

PREFLIGHT: Headers = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", SENT),
    (b"access-control-max-age", b"%d" % PREFLIGHT_SECONDS),
    (b"allow", b"GET, HEAD, POST, OPTIONS"),
)

MARKS = re.compile(rb'(?:W/)?("[^"]*")')


@dataclass(slots=True)
class Reply:
    """What is answered: a status, a body, further headers, and whether everybody may keep a copy."""

    status: int
    body: bytes
    headers: Headers = ()
    public: bool = False
    mark: bytes | None = None
    """The validator of the body, where it is known already."""


def mark(body: bytes, media_type: str) -> bytes:
    """Return the strong validator of a body in its media type."""
    digest = hashlib.sha256(media_type.encode() + b"\n" + body).digest()
    return b'"' + urlsafe_b64encode(digest[:18]) + b'"'


def has_copy(header: bytes, etag: bytes) -> bool:
    """Whether `If-None-Match` names this mark: as one of a list, as `*`, or weakly, which is good enough to read."""
    return header.strip() == b"*" or etag in MARKS.findall(header)


async def send_reply(
    send: Send, reply: Reply, media_type: str, headers: Mapping[bytes, bytes], *, method: str, request_id: str
) -> None:
    """Send an answer; to a caller who has it already, only that nothing changed."""
    status, body = reply.status, reply.body
    kept: Headers = ((b"cache-control", NOBODY),)
    if reply.public:
        etag = reply.mark or mark(body, media_type)
        kept = ((b"cache-control", PUBLIC), (b"etag", etag))
        if has_copy(headers.get(b"if-none-match", b""), etag):
            status = 304
    described: Headers = ()
    if status != 304:
        described = (_content_type(media_type), (b"content-length", b"%d" % len(body)))
    common = (VARY, (b"x-request-id", request_id.encode()), ANY_ORIGIN, EXPOSED)
    await _send(send, status, (*described, *kept, *common, *reply.headers), b"" if method == "HEAD" else body)


def taken() -> asyncio.Timeout:
    """Return the block in which somebody takes what is sent; TimeoutError where they take nothing for too long."""
    return asyncio.timeout(SLOWEST)


@cache
def _content_type(media_type: str) -> tuple[bytes, bytes]:
    return b"content-type", f"{media_type}; charset=utf-8".encode()


async def send_preflight(send: Send, *, request_id: str) -> None:
    """Tell a browser what other origins may send here."""
    await _send(send, 204, ((b"x-request-id", request_id.encode()), ANY_ORIGIN, EXPOSED, *PREFLIGHT), b"")


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": b"" if status in (204, 304) else body})
