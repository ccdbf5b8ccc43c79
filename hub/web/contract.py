"""The public contract as a text."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

CONTRACT = files("graphql_schema") / "schema.graphql"


@cache
def _contract() -> tuple[bytes, str]:
    """Return the text and its mark: both are of this release, and change with it only."""
    text = CONTRACT.read_bytes()
    return text, f'"{hashlib.sha256(text).hexdigest()[:24]}"'


async def printed_schema(request: Request) -> Response:
    """The schema in GraphQL's own language, for tools and for people."""
    text, mark = _contract()
    headers = {
        "cache-control": "public, max-age=300",
        "etag": mark,
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, X-Request-Id",
    }
    asked = request.headers.get("if-none-match", "")
    if asked.strip() == "*" or mark in (part.strip().removeprefix("W/") for part in asked.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="application/graphql; charset=utf-8", headers=headers)
