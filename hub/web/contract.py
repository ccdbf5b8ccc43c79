"""The public contract as a text."""

from __future__ import annotations

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

CONTRACT = files("graphql_schema") / "schema.graphql"


async def printed_schema(request: Request) -> Response:
    """The schema in GraphQL's own language, for tools and for people."""
    return Response(
        CONTRACT.read_bytes(),
        media_type="application/graphql; charset=utf-8",
        headers={"cache-control": "public, max-age=300", "access-control-allow-origin": "*"},
    )
