"""Lists that an address narrows down: what was asked for, and how the list goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

MOST_LETTERS = 200
"""The most letters of a field of a list's form; what is longer is no search."""


def clipped(request: Request, name: str) -> str:
    """Return what an address asks for under a name; nothing where it does not."""
    return request.query_params.get(name, "").strip()[:MOST_LETTERS]


def onward(request: Request, page: Mapping[str, Any], cursor: str = "desde") -> dict[str, Any]:
    """Return where a list goes on, and where it began: its own address with another cursor, and what narrows it.

    `cursor` is what an address calls it, for one of several lists of a page.
    """
    begun = cursor in request.query_params
    following = request.url.include_query_params(**{cursor: page["endCursor"]}) if page["hasNextPage"] else None
    return {
        "following": f"?{following.query}" if following is not None else None,
        "beginning": f"?{request.url.remove_query_params(cursor).query}" if begun else None,
    }
