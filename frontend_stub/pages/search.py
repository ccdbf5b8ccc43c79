"""One search over what was asked, decided, ordered and studied, and by whom; each group with its own count."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.narrowing import clipped
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of

FEWEST_LETTERS = 2


async def page(request: Request) -> Response:
    """Show the box alone, or what was found by the words in it."""
    words = clipped(request, "q")
    long_enough = len(words) >= FEWEST_LETTERS
    found = await hub_of(request).ask("search", {"words": words}, language=chosen(request)) if long_enough else None
    total = sum(group["totalCount"] for group in found.values()) if found else 0
    return shown(request, "search.html", q=words, found=found, total=total)


routes = [Route("/buscar", page)]
