"""One count: when it is too small to be shown, and how what is shown of it is written."""

from __future__ import annotations

import enum
from dataclasses import dataclass

SMALLEST = 10
"""The k of all rules, unless another is set: a cell must hold this many to be shown."""


class Reason(enum.StrEnum):
    """Why a cell is withheld. For the hub's own eyes: it says of a primary cell that it is small."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True)
class Cell:
    """What is shown of a count: the count itself, or nothing and the reason."""

    shown: int | None
    reason: Reason | None = None


@dataclass(frozen=True)
class Choices:
    """How many options a person chooses who answers a question at all."""

    least: int = 1
    most: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most or self.most < 1:
            raise ValueError(f"Nobody can choose at least {self.least} and at most {self.most} options.")

    @property
    def is_single(self) -> bool:
        """Whether everybody chooses exactly one option, so that the options add up to those who answered."""
        return self.least == self.most == 1


SINGLE = Choices()


def is_small(count: int, published: int, *, k: int) -> bool:
    """Whether a count must be withheld for itself.

    What a count reveals is what is left of it when the answers that anybody can read one by one are taken away. That
    nobody is left reveals nothing; that few are left does, however large the count is.
    """
    return count < k or 0 < count - published < k


def cell(count: int, *, hidden: bool, small: bool) -> Cell:
    """Return what is shown of a count."""
    if not hidden:
        return Cell(count)
    return Cell(None, Reason.PRIMARY if small else Reason.SECONDARY)


def require_possible(k: int) -> None:
    """Refuse a k that protects nobody."""
    if k < 1:
        raise ValueError(f"A cell cannot be asked to hold at least {k}.")
