"""Roll calls: what was voted for each seat, in the order of the body."""

from __future__ import annotations

from typing import Any

Call = dict[str, Any]
"""One line of a roll call: the seat, its sector, whether it voted, and its vote, if one is told."""


def of_seats(vote: dict[str, Any]) -> list[Call]:
    """Return every seat that could vote, those among them that did not."""
    cast = {one["seat"]["id"]: one for one in vote["votes"] if one["seat"]}
    return [
        {"seat": one["seat"], "sector": one["sector"], "voted": one["hasVoted"], "vote": cast.get(one["seat"]["id"])}
        for one in vote["seats"]
        if one["seat"]
    ]


def of_votes(vote: dict[str, Any]) -> list[Call]:
    """Return the seats for which something was voted."""
    return [{"seat": one["seat"], "sector": None, "voted": True, "vote": one} for one in vote["votes"]]
