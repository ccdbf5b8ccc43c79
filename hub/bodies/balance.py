"""Balance: how a body is made up, counted exactly, and whether that is what a rule of parity wants.

Only seats with a vote are counted in which somebody sits now. A gender counts where its holder said it for this, and as
a figure alone: of fewer than three people nothing is told and nothing follows, since that would tell of each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hub.bodies.parity_models import ParityConsequence, ParityDimension

GROUPS = 2
"""How many groups there are where it is not the body that says it: government and others, women and men."""

FEWEST_DECLARED = 3


@dataclass(frozen=True)
class VotingSeat:
    """A seat with a vote: for whom it is there, and what its holder said, if somebody sits there now."""

    sector: str
    territory: str | None
    held: bool
    gender: str | None


@dataclass(frozen=True)
class Balance:
    """How a body is made up in one dimension."""

    counts: dict[str, int]
    counted: int
    unknown: int
    met: bool


def weigh(dimension: str, tolerance: int, seats: Sequence[VotingSeat]) -> Balance:
    """Count a body in one dimension, and say whether no group has more than its equal part and the tolerance."""
    held = [seat for seat in seats if seat.held]
    groups, among = GROUPS, GROUPS
    match dimension:
        case "sector":
            known: list[str | None] = ["government" if s.sector == "government" else "others" for s in held]
        case "gender":
            known = [seat.gender for seat in held]
        case _:
            known = [seat.territory for seat in held]
            among = len({seat.territory for seat in seats if seat.territory is not None})
            groups = max(among, 1)
    counts = Counter(group for group in known if group is not None)
    total = sum(counts.values())
    unknown = len(known) - total
    if dimension == "gender" and total < FEWEST_DECLARED:
        return Balance({}, 0, len(known), met=True)
    # In whole numbers, so that a share of exactly what is allowed is allowed.
    met = all(count * groups * 100 <= total * (100 + tolerance * groups) for count in counts.values())
    return Balance(dict(sorted(counts.items())), total, unknown, met)


def shown(version: int, dimension: str, tolerance: int, consequence: str, balance: Balance) -> dict[str, Any]:
    """Return a figure as it is told."""
    return {
        "dimension": ParityDimension(dimension),
        "version": version,
        "tolerance": tolerance,
        "consequence": ParityConsequence(consequence),
        "met": balance.met,
        "counted": balance.counted,
        "unknown": balance.unknown,
        "groups": [
            {"code": code, "count": count, "share": round(count * 100 / balance.counted, 6)}
            for code, count in balance.counts.items()
        ],
    }
