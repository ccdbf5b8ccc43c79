"""Everything of one list of a thing, page by page, as everybody may read it."""

from __future__ import annotations

from typing import Any

from hub.exporting.asking import PAGE, Visitor


async def all_of(visitor: Visitor, text: str, id_: str, listed: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a thing with what else is asked of it (nothing, where nobody may see it), and all nodes of one list."""
    nodes: list[dict[str, Any]] = []
    after = None
    while True:
        found: dict[str, Any] = (await visitor.ask(text, {"id": id_, "first": PAGE, "after": after}))["node"] or {}
        if not found:
            return {}, []
        nodes += found[listed]["nodes"]
        if not found[listed]["pageInfo"]["hasNextPage"]:
            return found, nodes
        after = found[listed]["pageInfo"]["endCursor"]
