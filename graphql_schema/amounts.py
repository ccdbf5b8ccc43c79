"""Numbers of nodes as far as they are known before an operation is asked, and else what they follow from.

Most prices are plain numbers. What depends on variables is kept as sums, products and sizes, shared where fragments
are shared, and worked out for each set of sizes once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphql import BooleanValueNode, IntValueNode, ListValueNode, NullValueNode, ValueNode, VariableNode

from graphql_schema.limits import CAP
from graphql_schema.planning.abstract import MOST_IDS
from graphql_schema.planning.pages import DEFAULT_PAGE, LARGEST_PAGE


class Amount(ABC):
    """A number of nodes that follows from the sizes of variables."""

    __slots__ = ()

    def of(self, sizes: Mapping[str, int | None], known: dict[int, int]) -> int:
        """Return the number for these sizes; `known` holds what was worked out already."""
        found = known.get(id(self))
        if found is None:
            found = known[id(self)] = min(self._of(sizes, known), CAP)
        return found

    @abstractmethod
    def _of(self, sizes: Mapping[str, int | None], known: dict[int, int]) -> int:
        """Work the number out."""


Number = int | Amount
"""As far as it is known."""


def worked_out(number: Number, sizes: Mapping[str, int | None], known: dict[int, int]) -> int:
    """Return a number for these sizes."""
    return number if isinstance(number, int) else number.of(sizes, known)


class Sum(Amount):
    """What is certain, and what is not."""

    __slots__ = ("certain", "parts")

    def __init__(self, certain: int, parts: list[Amount]) -> None:
        self.certain, self.parts = certain, parts

    def _of(self, sizes: Mapping[str, int | None], known: dict[int, int]) -> int:
        return self.certain + sum([part.of(sizes, known) for part in self.parts])


class Times(Amount):
    """So many times a number."""

    __slots__ = ("factor", "number")

    def __init__(self, factor: Number, number: Number) -> None:
        self.factor, self.number = factor, number

    def _of(self, sizes: Mapping[str, int | None], known: dict[int, int]) -> int:
        factor = worked_out(self.factor, sizes, known)
        return factor * worked_out(self.number, sizes, known) if factor else 0


class Dearest(Amount):
    """The largest of several numbers."""

    __slots__ = ("numbers",)

    def __init__(self, numbers: list[Number]) -> None:
        self.numbers = numbers

    def _of(self, sizes: Mapping[str, int | None], known: dict[int, int]) -> int:
        return max([worked_out(number, sizes, known) for number in self.numbers])


class Size(Amount):
    """What follows from the values of arguments that are variables."""

    __slots__ = ("by", "values")

    def __init__(self, values: list[int | str | None], by: Callable[[list[int | None]], int]) -> None:
        self.values, self.by = values, by

    def _of(self, sizes: Mapping[str, int | None], known: dict[int, int]) -> int:
        return self.by([sizes.get(value) if isinstance(value, str) else value for value in self.values])


def sum_of(numbers: Iterable[Number]) -> Number:
    """Return the sum of numbers."""
    certain, parts = 0, []
    for number in numbers:
        if isinstance(number, int):
            certain += number
        else:
            parts.append(number)
    if not parts:
        return min(certain, CAP)
    return parts[0] if len(parts) == 1 and not certain else Sum(certain, parts)


def product_of(factor: Number, number: Number) -> Number:
    """Return so many times a number."""
    if isinstance(factor, int) and isinstance(number, int):
        return min(factor * number, CAP)
    if number == 0 or factor == 0:
        return 0
    return number if factor == 1 else Times(factor, number)


def dearest_of(numbers: list[Number]) -> Number:
    """Return the largest of numbers."""
    certain = [number for number in numbers if isinstance(number, int)]
    return max(certain, default=0) if len(certain) == len(numbers) else Dearest(numbers)


# ---- values ---------------------------------------------------------------------------------------------------


def size_of(value: Any) -> int | None:
    """Return what of a variable's value decides a price: a number, the length of a list, a yes as 1 and a no as 0."""
    if value is None or isinstance(value, bool):
        return None if value is None else int(value)
    if isinstance(value, list):
        return min(len(value), LARGEST_PAGE + 1)
    if isinstance(value, int | float):
        # Larger pages are refused with words of their own, and so is what is no whole number.
        return int(min(max(value, 0), LARGEST_PAGE + 1)) if value == value else 0
    return 1


def size_given(value: ValueNode | None) -> int | str | None:
    """Return the size of an argument's value, or the name of the variable that it is."""
    match value:
        case None | NullValueNode():
            return None
        case VariableNode():
            return value.name.value
        case BooleanValueNode():
            return int(value.value)
        case IntValueNode():
            # A number of thousands of digits is no page either, and need not be read to know that.
            return size_of(int(value.value) if len(value.value) < 10 else LARGEST_PAGE + 1)
        case ListValueNode():
            return size_of([None] * len(value.values))
    return 1


def size_certain(value: ValueNode | None) -> int | None:
    """Return the size of a value in which no variable stands."""
    size = size_given(value)
    assert not isinstance(size, str)  # noqa: S101 - a default value is no variable
    return size


def number_of(values: list[int | str | None], by: Callable[[list[int | None]], int]) -> Number:
    """Return what follows from the sizes of arguments, some of which may be variables."""
    certain = [value for value in values if not isinstance(value, str)]
    return by(certain) if len(certain) == len(values) else Size(values, by)


def page_size(given: list[int | None]) -> int:
    """Return how many items a page has at most, by `first` and `last`."""
    sizes = [min(max(size, 1), LARGEST_PAGE) for size in given if size is not None]
    return max(sizes, default=DEFAULT_PAGE)


def ids_size(given: list[int | None]) -> int:
    """Return how many things are asked for by their ids."""
    return min(given[0] or 0, MOST_IDS)


def wanted(given: list[int | None]) -> int:
    """Return 1 where `@include` lets a selection be made, else 0."""
    return 0 if given[0] == 0 else 1


def left_out(given: list[int | None]) -> int:
    """Return 0 where `@skip` leaves a selection out, else 1."""
    return 0 if given[0] == 1 else 1
