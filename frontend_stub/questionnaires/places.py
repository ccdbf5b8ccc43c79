"""The territories that a place is chosen from, in the order of their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

from frontend_stub.languages import chosen
from frontend_stub.whoever import hub_of

Choice = dict[str, str]


async def territories(request: Request, kind: str, *, parent: str | None = None) -> list[Choice]:
    """Return the territories of a kind, or those of them that lie in another one."""
    found: list[Choice] = []
    after: str | None = None
    while True:
        variables = {"kind": [kind], "parent": parent, "after": after}
        page = (await hub_of(request).ask("territories", variables, language=chosen(request)))["territories"]
        found += [{"code": one["id"], "label": one["name"]} for one in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def places(request: Request, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return territories by their ids."""
    wanted = sorted({id_ for id_ in ids if id_})[:100]
    if not wanted:
        return {}
    nodes = (await hub_of(request).ask("named_places", {"ids": wanted}, language=chosen(request)))["nodes"]
    return {node["id"]: node for node in nodes if node and "id" in node}


def called(place: dict[str, Any]) -> str:
    """Return what a place is called: a municipality with its state."""
    parent = place["parent"]
    return f"{place['name']}, {parent['name']}" if place["kind"] == "MUNICIPALITY" and parent else str(place["name"])
