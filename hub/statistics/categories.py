"""Categories: which values of a dimension (states, kinds of respondents) a release tells apart, and which it does not.

How many responses there are in all is always known. So a category that holds too few is not left out, which subtraction
would undo, but merged with others into one residual category; and since the dimension is divided alike in all tables of
a release, nothing is gained by comparing them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hub.statistics.counts import SMALLEST, is_small, require_possible


class Categories(NamedTuple):
    """How a dimension is divided. Where nothing is shown, the dimension is not published at all."""

    shown: tuple[str, ...]
    merged: tuple[str, ...]
    """What the residual category is made of; empty, if all are shown."""


def published_categories(
    counts: Mapping[str, int], k: int = SMALLEST, *, published: Mapping[str, int] | None = None
) -> Categories:
    """Return the categories that may be shown, in the order given, and those that become one residual category.

    `counts` holds the responses of each category, and `published` how many of them can be read one by one. The next
    smallest is merged until the residual category could be shown itself; of equal ones, the first given.
    """
    require_possible(k)
    known = published or {}
    order = {name: place for place, name in enumerate(counts)}
    merged = {name for name in counts if is_small(counts[name], known.get(name, 0), k=k)}

    def settled() -> bool:
        together, of_these_published = (sum(of.get(name, 0) for name in merged) for of in (counts, known))
        return not merged or not is_small(together, of_these_published, k=k)

    for name in sorted(counts.keys() - merged, key=lambda name: (counts[name], order[name])):
        if settled():
            break
        merged.add(name)
    if len(merged) == len(counts):
        return Categories((), tuple(counts))
    return Categories(tuple(n for n in counts if n not in merged), tuple(n for n in counts if n in merged))
