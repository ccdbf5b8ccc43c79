"""Everything of one list of a body, page by page, as everybody may read it."""

from __future__ import annotations

from typing import Any

from hub.exporting.asking import PAGE, Visitor


async def all_of(visitor: Visitor, text: str, body: str, listed: str) -> tuple[str | None, list[dict[str, Any]]]:
    """Return the name of a body, or None if nobody may see it, and all nodes of one of its lists."""
    name, nodes, after = None, [], None
    while True:
        found = (await visitor.ask(text, {"id": body, "first": PAGE, "after": after}))["node"]
        if not found:
            return None, []
        name = found["name"]["text"] if found["name"] else ""
        nodes += found[listed]["nodes"]
        if not found[listed]["pageInfo"]["hasNextPage"]:
            return name, nodes
        after = found[listed]["pageInfo"]["endCursor"]
