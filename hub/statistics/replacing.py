"""Replacing: whether counts that were published may be published again after they changed.

Who keeps the earlier state can subtract it from the later one. What is left are counts too, of those who came and went
in between, and few of them are as telling as few in a cell.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from hub.statistics.counts import SMALLEST, require_possible


def may_replace(old_true: Mapping[Hashable, int], new_true: Mapping[Hashable, int], k: int = SMALLEST) -> bool:
    """Whether a state may follow an earlier one: every true count stayed as it was or changed by at least k.

    Every count means those that are withheld as well, all margins, and what is left without the published answers
    (`Table.true_counts` gives them all). A count that only one of the states has was none in the other. Ask this of
    every state that was ever published, not only of the last: ten come and eleven go are two lawful changes, and one
    person between the first state and the third.
    """
    require_possible(k)
    changes = (new_true.get(name, 0) - old_true.get(name, 0) for name in old_true.keys() | new_true.keys())
    return all(change == 0 or abs(change) >= k for change in changes)
